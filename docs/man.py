"""The man page, made from the commands themselves: written by docs/pages.py."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

import rcpref
from rcpref.cli.app import FIRST_LINES, app
from rcpref.cli.commands import COMMANDS
from rcpref.cli.group import HELP_OPTIONS, loaded
from rcpref.cli.options import SHARED

PAGE = Path(__file__).resolve().parent / "rcpref.1"

_ENVIRONMENT = {
    "RCPREF_DATA": "Folder of an overlay, where --data names none.",
    "COLUMNS": "Width of the screen, where the terminal must not be asked.",
    "NO_COLOR, CLICOLOR, CLICOLOR_FORCE, FORCE_COLOR": "Whether to print in colour, where "
    "--color says nothing.",
    "RCPREF_DEBUG": "1: print the traceback of an error that should not happen.",
}

_EXIT = {
    "0": "Done.",
    "1": "Nothing found, or nothing that is certain.",
    "2": "The line cannot be understood.",
    "3": "The data are bad, or the output cannot be written.",
    "4": "rcpref member: neither yes nor no; for no it is 1.",
    "130": "Interrupted.",
    "141": "The reader of the pipe has gone.",
}


def page() -> str:
    """The page in the language of man."""
    return "".join(line + "\n" for line in _lines())


def _lines() -> Iterator[str]:
    group = get_command(app)
    context = group.make_context("rcpref", [], resilient_parsing=True)
    data = rcpref.load()
    yield f'.TH RCPREF 1 "{data.date}" "rcpref {rcpref.__version__}, data {data.version}"'
    yield ".SH NAME"
    summary, *rest = _paragraphs(group.help)
    yield f"rcpref \\- {_text(summary.rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield r".B rcpref"
    yield r"[\fIOPTIONS\fR] \fICOMMAND\fR [\fIARGUMENTS\fR]"
    yield ".br"
    yield r".B rcpref"
    yield r"\fINAME\fR"
    yield ".SH DESCRIPTION"
    yield from _prose(rest)
    yield ".SH OPTIONS"
    yield "Every command has these, before its name or behind it."
    yield from _options(context, [each for each in loaded("about").params if each.name in SHARED])
    yield "Without a command:"
    others = [each for each in group.get_params(context) if each.name not in SHARED]
    yield from _options(context, others)
    yield ".SH COMMANDS"
    for name in COMMANDS:
        yield from _command(name, context)
    yield ".SH EXIT STATUS"
    yield from _terms(_EXIT)
    yield ".SH ENVIRONMENT"
    yield from _terms(_ENVIRONMENT)
    yield ".SH EXAMPLES"
    yield ".RS 4"
    yield ".EX"
    yield from (_text(f"rcpref {line}") for line in FIRST_LINES)
    yield ".EE"
    yield ".RE"


def _command(name: str, parent: Any) -> Iterator[str]:
    command = loaded(name)
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    parameters = command.get_params(context)
    arguments = [each for each in parameters if each.param_type_name == "argument"]
    own = [
        each
        for each in parameters
        if each not in arguments
        and each.name not in SHARED
        and not set(each.opts) & set(HELP_OPTIONS["help_option_names"])
    ]
    words = " ".join([name, *(str(each.make_metavar(context)) for each in arguments)])
    yield f".SS {_text(words)}"
    yield from _prose(_paragraphs(command.help))
    yield from _options(context, own)
    yield from _examples(command.epilog)


def _options(context: Any, parameters: Any) -> Iterator[str]:
    records = (each.get_help_record(context) for each in parameters)
    yield from _terms(dict(filter(None, records)))


def _terms(terms: dict[str, str]) -> Iterator[str]:
    for words, about in terms.items():
        yield ".TP"
        yield f".B {_text(words)}"
        yield _text(" ".join(about.split()))
    yield ".PP"


def _examples(epilog: str | None) -> Iterator[str]:
    found = [line.strip() for line in (epilog or "").splitlines() if line.startswith("  ")]
    yield ".RS 4"
    yield ".EX"
    yield from (_text(line) for line in found)
    yield ".EE"
    yield ".RE"


def _paragraphs(text: str | None) -> list[str]:
    return [" ".join(part.split()) for part in (text or "").split("\n\n")]


def _prose(paragraphs: list[str]) -> Iterator[str]:
    for index, paragraph in enumerate(paragraphs):
        if index:
            yield ".PP"
        yield _text(paragraph)


def _text(words: str) -> str:
    """Words as man prints them: none of their signs is an order to it."""
    plain = words.replace("\\", "\\e").replace("-", "\\-").replace("\u2019", "'")
    return f"\\&{plain}" if plain.startswith((".", "'")) else plain
