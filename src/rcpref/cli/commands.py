"""The table of commands: what each does, in the panels of the help."""

PANELS = {
    "Look up": {
        "show": "Show a process, body, meeting or State on one screen.",
        "member": "Is a State a member of a process or body?",
        "members": "List the members of a process or body.",
        "state": "Show a State's memberships.",
        "list": "List processes, bodies, meetings, sources and more.",
        "search": "Search names, claims, notes, sources and texts.",
        "which": "Show what a name matches.",
        "about": "Show versions, digest, counts, licence, how to cite.",
    },
    "Compare": {
        "compare": "Compare members: shared, separate, uncertain.",
        "timeline": "Show what happened, in order of time.",
        "disputes": "Show where sources disagree for the same time.",
        "map": "Draw the members of a process or body on a map.",
        "matrix": "Count the shared members of each pair of processes.",
        "chart": "Draw the overlap or the history of the processes.",
    },
    "Quote": {
        "conclusions": "Show the conclusions of the Lima meeting.",
        "text": "Show a document or one passage of it, word for word.",
        "cite": "Cite passages, records, claims, sources or the data.",
    },
    "Take away": {
        "export": "Write all data as an atlas, JSON, CSV, SQLite or Markdown.",
    },
    "Curate": {
        "check": "Check data files for errors.",
        "diff": "Compare two data sets claim by claim.",
        "new": "Start a file of an overlay from a commented template.",
        "schema": "Print a JSON Schema of output or of a data file.",
    },
}
"""The commands by the panels of the help, each with the line that says what it does."""

COMMANDS = {name: line for lines in PANELS.values() for name, line in lines.items()}
