"""The line as it was typed: its command, and what to say where it has none."""

from collections.abc import Sequence
from itertools import takewhile

from rcpref.cli.commands import COMMANDS
from rcpref.cli.options import VALUED
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model import LISTED
from rcpref.version import PROGRAM

GONE = {
    "chart": "rcpref export atlas.html",
    "which": "rcpref search NAME",
    "new": "docs/overlay.md has a commented example of a file",
    "schema": "docs/data-model.md describes the files and the JSON",
    "--status": "rcpref list processes --columns short_name,status,last_seen_active",
    "--excel": "rcpref export data.xlsx",
    "--to": "rcpref export atlas.html",
}
"""Commands and options that are no more, and what took their place."""


QUESTION_WORDS = ("are", "did", "do", "does", "is", "was", "were", "what", "when", "where", "who")
"""In small letters these begin a question: `is` is no code of Iceland there, as `IS` is."""


def completed(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the line with its command, and the words of a line that has none.

    A first word that is no command is a name: the line is that of `show`. `rcpref help COMMAND`
    is `rcpref COMMAND --help`.
    """
    options = takewhile(lambda arg: arg != "--", args)
    if [arg.partition("=")[0] for arg in options].count("--data") > 1:
        raise UsageProblem("only one --data can answer", "leave out the others")
    place = _first_word(args)
    before, rest = list(args[:place]), list(args[place:])
    if rest[:1] == ["help"]:
        rest = [*rest[1:], "--help"]
    if not rest or rest[0] in (*COMMANDS, "--help"):
        return [*before, *rest], []
    if rest[0] in GONE or not rest[0].strip() or {"-h", "--help"} & set(rest):
        raise _no_command(rest[0], rest[1:])
    words = list(takewhile(lambda word: word == "-" or not word.startswith("-"), rest))
    if len(words) > 1 and words[0] in QUESTION_WORDS:
        raise _no_question(words)
    return [*before, "show", *rest], words


def _no_question(words: Sequence[str]) -> UsageProblem:
    """Return the error for a question: its words must not be read as codes of States."""
    message = f"{echo(' '.join(words))} is a question, not a name"
    return UsageProblem(message, f"{PROGRAM} --help lists the commands that answer questions")


def _first_word(args: Sequence[str]) -> int:
    """Return the place of the first argument that is neither an option nor the value of one."""
    place = 0
    while place < len(args) and args[place].startswith("-") and args[place] not in ("-", "--"):
        place += 2 if args[place] in VALUED else 1
    return place


def _no_command(word: str, others: Sequence[str]) -> UsageProblem:
    hint = GONE.get(word, "")
    names = [other for other in others if not other.startswith("-")]
    if names:
        hint = hint.replace("NAME", _quoted(names))
    if not hint:
        near = commands_near(word)
        hint = f"did you mean {', '.join(near)}?" if near else f"{PROGRAM} --help lists them"
    return UsageProblem(f"no such command: {echo(word)}", hint)


def unknown(words: Sequence[str], error: NotFound) -> Exception:
    """Return the error for a line whose first word is neither a command nor part of a name.

    Args:
        words: The words of a line without a command.
        error: What was said of them as names.
    """
    if not error.name or not " ".join(words).startswith(error.name):
        return error
    from rcpref.answers.suggestions import SHOWS_ALL

    hint, near = error.hint, commands_near(words[0])
    if words[0] in LISTED.values():
        hint = f"{PROGRAM} list {_quoted(words)}"
    elif near:
        hint = f"did you mean {', '.join([*near, *error.nearest])}?"
    elif hint == SHOWS_ALL:
        searched = any(sign.isalnum() for word in words for sign in word)
        hint = f"{PROGRAM} search {_quoted(words)}" if searched else f"{PROGRAM} --help"
    return UsageProblem(f"no command, record or State named {echo(error.name)}", hint)


def commands_near(word: str) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(word.lower()[:80], [*COMMANDS, "help"], cutoff=0.7)


def _quoted(words: Sequence[str]) -> str:
    import shlex

    return shlex.join(words)
