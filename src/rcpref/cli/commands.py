"""All commands by name.

A command has a file of its own in this folder, named as it is. The file holds EXAMPLES,
command lines for the end of its help, the common case first, and the function `command`,
which takes a `Context` and its own arguments and options and returns the report to print,
or None where it has printed already. The file is imported when the command is called.
"""

COMMANDS = {
    "list": "List processes, bodies, meetings, sources and all else.",
    "show": "Show records: names, claims, sources, what Lima says.",
    "search": "Search names, claims, notes, sources and texts.",
    "which": "Tell how a name is understood.",
    "members": "List the members of a process or body.",
    "state": "Tell what a State takes part in.",
    "compare": "Compare members: shared, separate, uncertain.",
    "matrix": "Count the shared members of every two processes.",
    "timeline": "Tell what happened, in order of time.",
    "map": "Draw the members of a process or body on a map.",
    "chart": "Draw the overlap or the history of the processes.",
    "disputes": "Show where sources disagree for the same time.",
    "conclusions": "Read the conclusions of the Lima meeting.",
    "text": "Read a document or one passage of it, word for word.",
    "cite": "Cite passages, records, claims, sources or the data.",
    "check": "Check data by coded rules: what is wrong, and where.",
    "diff": "Compare two data sets claim by claim.",
    "new": "Begin a file of an overlay from a commented template.",
    "export": "Write all data as an atlas, JSON, CSV, SQLite or Markdown.",
    "schema": "Print a JSON Schema of output or of a data file.",
    "about": "Tell versions, digest, counts, licence, how to cite.",
}
"""Every command with its line in the overview, in the order of the overview."""

NOTHING = "rcpref.nothing"
"""Under this, the context of a command keeps what prints that it has found nothing."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}


HELP = "help"
"""What explains a command; it answers nothing and has none of the options of the others."""
