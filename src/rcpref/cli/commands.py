"""All commands by name, and how the first word of a line calls one.

The file of a command holds EXAMPLES for its help, and the function `command`, which takes a
`Context` and its own arguments and returns the report, or None where it has printed already.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import takewhile
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from rcpref.cli import completion, typer_private
from rcpref.cli.options import SHARED, Context, folder, refuse_several, with_parameters
from rcpref.cli.typer_private import CompletionItem, UsageError
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.report.options import OWN_FORMATS
from rcpref.version import PROGRAM

COMMANDS = {
    "list": "List processes, bodies, meetings, sources and more.",
    "show": "Show a process, body, meeting or State on one screen.",
    "search": "Search names, claims, notes, sources and texts.",
    "which": "Show what a name matches.",
    "member": "Is a State a member of a process or body?",
    "members": "List the members of a process or body.",
    "state": "Show a State's memberships.",
    "compare": "Compare members: shared, separate, uncertain.",
    "matrix": "Count the shared members of each pair of processes.",
    "timeline": "Show what happened, in order of time.",
    "map": "Draw the members of a process or body on a map.",
    "disputes": "Show where sources disagree for the same time.",
    "conclusions": "Show the conclusions of the Lima meeting.",
    "text": "Show a document or one passage of it, word for word.",
    "cite": "Cite passages, records, claims, sources or the data.",
    "check": "Check data files for errors.",
    "diff": "Compare two data sets claim by claim.",
    "new": "Start a file of an overlay from a commented template.",
    "export": "Write all data as an atlas, JSON, CSV, SQLite or Markdown.",
    "schema": "Print a JSON Schema of output or of a data file.",
    "about": "Show versions, digest, counts, licence, how to cite.",
}

_GROUPS = {
    "Look up": ("show", "member", "members", "state", "list", "search", "which"),
    "Compare": ("compare", "matrix", "timeline", "disputes", "map"),
    "Quote": ("conclusions", "text", "cite"),
    "Export": ("export",),
    "Curate": ("check", "diff", "new", "schema"),
    "Help": ("help", "about"),
}

_QUESTIONS = {
    "bali": "one screen on a process or State",
    "member eritrea igad": "is it a member?",
    "members colombo-process --as-of 2013-05": "who was a member in May 2013?",
    "list processes": "all processes",
    "conclusions": "what did the Lima meeting conclude?",
    "search evidence base": "where are these words found?",
}
"""Lines to begin with."""

HELP = "help"
"""Explains a command; it has none of the options of the others."""

OUTPUT = "output"
"""The page of help with the options that all commands have."""

HELP_OPTIONS = {"help_option_names": ["-h", "--help"]}

INSTALL, SCRIPT = "--install-completion", "--show-completion"

_LINES = {**COMMANDS, HELP: "Explain a command, with examples."}

_DID_YOU_MEAN = "did you mean "

_ENTERED = "rcpref.entered"
"""Under this the context of the group keeps the words of a line without a command, and the
options behind them."""


class _Reordered(Exception):
    def __init__(self, words: list[str]) -> None:
        self.words = words


class Commands(TyperGroup):
    """A group that imports a command when it is called for, and lists them without.

    A first word that is no command is a name, and the line as if it began with `show`.
    """

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_LINES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in _LINES:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = loaded(cmd_name)
        return self.commands[cmd_name]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The overview, from tables: no command is imported for it."""
        formatter.write_text(self.help)
        formatter.write_paragraph()
        formatter.write_usage(PROGRAM, "NAME | COMMAND ...")
        formatter.write_paragraph()
        with formatter.indentation():
            lines = [(f"{PROGRAM} {line}", what) for line, what in _QUESTIONS.items()]
            formatter.write_dl(lines, col_max=42)
        with formatter.section("Commands"):
            formatter.write_dl([(group, "  ".join(names)) for group, names in _GROUPS.items()])
        options = [each for each in self.get_params(ctx) if each.name not in SHARED]
        with formatter.section("Options"):
            formatter.write_dl([each.get_help_record(ctx) for each in options])
        formatter.write_paragraph()
        for line in (
            f"{PROGRAM} help COMMAND: one command, with examples.",
            f"{PROGRAM} help answers, dates, names: how to read and write them.",
            f"{PROGRAM} help output: options that all commands have.",
        ):
            formatter.write_text(line)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options; behind the two for completion, the shell may be left out."""
        if args in ([INSTALL], [SCRIPT]) and not ctx.resilient_parsing:
            args = [*args, ""]
        words = list(args)
        super().parse_args(ctx, args)
        rest = typer_private.rest_of(ctx)
        before = words[: len(words) - len(rest)]
        if before and before[-1] == "--" and (rest or ctx.resilient_parsing):
            typer_private.leave_rest(ctx, ["show", "--", *rest])
        if "--data" in " ".join(words):
            refuse_several(words)
        # The options of output and data before the command, as defaults of those behind it.
        typed = {key: ctx.params[key] for key in SHARED}
        typed = {key: value for key, value in typed.items() if value != SHARED[key].default}
        ctx.default_map = dict.fromkeys(COMMANDS, typed)
        return list(ctx.args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except _Reordered as meant:
            ctx.meta.pop(_ENTERED)
            typer_private.leave_rest(ctx, meant.words)
            return super().invoke(ctx)
        except EOFError as error:
            # Byte-code that is cut off. Nothing here reads what is typed: Typer would take
            # this for its end.
            raise ImportError(str(error)) from error
        except UsageError as error:
            raise (_unknown_first(ctx, error) or error) from error

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands that begin so, from their table, else names; the group's own options."""
        found = [
            CompletionItem(name, help=line.replace("'", "\u2019"))  # zsh would drop it
            for name, line in _LINES.items()
            if name.startswith(incomplete.lower())
        ]
        options = typer_private.option_completions(self, ctx, incomplete)
        if incomplete and not found and not options:
            return completion.records_and_states.shell_complete(ctx, None, incomplete)
        return [*found, *options]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command: the first word, or `show` for a name."""
        if args[0] in _LINES:
            return super().resolve_command(ctx, args)
        if not ctx.resilient_parsing:
            if not args[0].strip():
                raise no_command(args[0])
            words = takewhile(lambda each: each == "-" or not each.startswith("-"), args)
            entered = list(words)
            ctx.meta[_ENTERED] = entered, args[len(entered) :]
            # Else the help of `show` would be printed for whatever was misspelt.
            if set(args) & set(HELP_OPTIONS["help_option_names"]) and not _begins(ctx, entered):
                raise _unknown(entered[0], _commands_near(entered[0]))
        return "show", self.get_command(ctx, "show"), args


# From the file of a command to a command of Typer --------------------------------------


def loaded(name: str) -> Any:
    """The command of a name, as Typer runs it; its module is imported for that."""
    module = import_module(f"rcpref.cli.{name}")
    single = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=HELP_OPTIONS,
    )
    lines = "".join(f"\n  {example}" for example in module.EXAMPLES)
    function = module.command if name == HELP else _printing(name, module.command)
    single.command(name, cls=_Command, epilog=f"\b\nExamples:{lines}")(function)
    return get_command(single)


class _Command(TyperCommand):
    """A command whose help has what is its own; the options of all commands have a page."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Usage and examples first."""
        summary, *rest = (self.help or "").split("\n\n")
        self.format_usage(ctx, formatter)
        for text in (summary, self.epilog or "", *rest):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(text)
        params = [each for each in self.get_params(ctx) if each.name not in (*SHARED, "help")]
        for title, type_ in (("Arguments", "argument"), ("Options", "option")):
            found = [each.get_help_record(ctx) for each in params if each.param_type_name == type_]
            if records := [each for each in found if each]:
                with formatter.section(title):
                    formatter.write_dl(records)
        if ctx.info_name != HELP:
            formatter.write_paragraph()
            formatter.write_text(f"Output options: {PROGRAM} help {OUTPUT}.")


def _printing(name: str, function: Callable[..., Any]) -> Callable[..., None]:
    """A function with the options of all commands that prints the report of another."""
    every = inspect.signature(function).parameters.values()
    parameters = [each for each in every if each.name != "context"]

    @with_parameters([*parameters, *SHARED.values()])
    def printing(ctx: typer.Context, **arguments: Any) -> None:
        context = Context(**{key: arguments.pop(key) for key in SHARED})
        maker = OWN_FORMATS.get(context.output.format, name)
        if maker != name:
            raise _elsewhere(context.output.format, maker, arguments.get("names"))
        try:
            report = function(context, **arguments)
        except NotFound as error:
            problem = _unknown_first(ctx, error) or error
            if context.output.settled_format() == "json":
                # A script that reads JSON gets some, whatever there is to say.
                from rcpref.report.render import show_nothing

                show_nothing(context.data, name, problem)
            raise problem from error
        if report is None:
            return
        from rcpref.report.render import show

        show(report, context.output)
        if report.exit_code:
            raise typer.Exit(report.exit_code)

    printing.__doc__ = function.__doc__
    return printing


def _elsewhere(format: str, maker: str, names: Any) -> UsageProblem:
    """The error for a format that another command makes, with the line that works."""
    import shlex

    words = [name for name in names or () if not name.startswith("-")]
    line = shlex.join([PROGRAM, maker, *(words if maker == "show" else ()), "-f", format])
    if maker == "show" and (not words or len(line) > 100):
        line = f"{PROGRAM} show igc -f {format}, or for all: {PROGRAM} export site/ --to site"
    return UsageProblem(f"only {PROGRAM} {maker} makes {format}", line)


# A first word that is neither a command nor a name -------------------------------------


def no_command(name: str, topics: Iterable[str] = ()) -> UsageProblem:
    """The error for a word in the place of a command or a topic of the help."""
    near = _commands_near(name, topics)
    hint = f"{_DID_YOU_MEAN}{', '.join(near)}?" if near else f"{PROGRAM} --help lists them"
    return UsageProblem(f"no command {echo(name)}", hint)


def _unknown_first(ctx: Any, error: Exception) -> NotFound | None:
    """The error for a line whose first word is neither a command nor part of a name.

    A line of which the words stand in another order than is taken is run as it is meant.
    """
    words, behind = ctx.meta.get(_ENTERED, ((), ()))
    if not words:
        return None
    near = _commands_near(words[0])
    if isinstance(error, NotFound):
        from rcpref.cli.lines import reordered

        if meant := reordered(_data(ctx), words, [*COMMANDS]):
            raise _Reordered([*meant, *behind]) from error
        if error.name and " ".join(words).startswith(error.name):
            from rcpref.answers.suggestions import SHOWS_ALL

            return _unknown(error.name, near, error.hint if error.hint != SHOWS_ALL else "")
    elif near and not _begins(ctx, words):
        return _unknown(words[0], near)
    return None


def _unknown(name: str, near: Sequence[str], names: str = "") -> NotFound:
    """The error for a name that nothing has; the hint offers commands, and names if it can."""
    hint = names or f"{PROGRAM} --help lists the commands, {PROGRAM} list the data"
    if near:
        offered = names.startswith(_DID_YOU_MEAN)
        others = f", {names.removeprefix(_DID_YOU_MEAN)}" if offered else "?"
        elsewhere = f"{names}; " if names and not offered else ""
        hint = f"{elsewhere}{_DID_YOU_MEAN}{', '.join(near)}{others}"
    return NotFound(f"no command, record or State named {echo(name)}", hint, name=name)


def _commands_near(word: str, topics: Iterable[str] = ()) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word.lower()[:80], [*_LINES, *topics], cutoff=0.7)


def _data(ctx: Any) -> Any:
    from rcpref.data.loading import load_named

    return load_named(folder(ctx.params["overlay"]))


def _begins(ctx: Any, words: Sequence[str]) -> bool:
    names = _data(ctx).plain.names
    beginnings = (" ".join(words[:end]) for end in range(1, len(words) + 1))
    return words[0] == "-" or any(map(names.match, beginnings))
