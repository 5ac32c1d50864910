"""What a shell asks of `rcpref`: the script that sets completion up, and what TAB offers.

Scripts and protocol are Typer's own, its installer is not: it starts shells and changes
files of the user. Here is what Typer leaves open: errors like those of all commands, words
that bash has cut in pieces, words that no shell takes for more, and silence. What a
completion prints besides its offers would land in the middle of the line that somebody types.
"""

import os
import sys
from collections.abc import MutableMapping
from typing import Any

from rcpref.cli import typer_private
from rcpref.errors import UsageProblem, echo
from rcpref.report import safe

_LINES = {
    "bash": ("~/.bashrc", 'eval "$({} --show-completion bash)"'),
    "zsh": ("~/.zshrc", 'autoload -Uz compinit; compinit; eval "$({} --show-completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "{} --show-completion fish | source"),
}
"""By shell, the file that it reads at its start and the line by which it loads the script."""

SHELLS = tuple(_LINES)

_WHOLE_WORDS = ("zsh", "fish")
"""Shells that take --format=js for one word, and want all of it back."""

_PLAIN = frozenset("-_.,:/=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""Signs of ASCII that no shell reads within a word."""


def answer(group: Any, program: str) -> int:
    """Print what a shell is to offer for the words in its request.

    Args:
        group: The group of all commands.
        program: Name of the program.

    Returns:
        The exit code. Whatever goes wrong, nothing is offered and nothing said, unless
        RCPREF_DEBUG=1 asks for it.
    """
    stdout = sys.stdout
    try:
        instruction, _, shell = os.environ[variable(program)].partition("_")
        if instruction not in ("complete", "source") or shell not in SHELLS:
            return 1
        if instruction == "source":
            # Typer would run bash, to look at its version.
            safe.write(_script(shell, program))
            return 0
        if "COMP_WORDS" in os.environ and not rejoin(os.environ):
            return 0
        typer_private.register_shells()
        _offer_plain_words(shell)
        typer_private.leave_help_as_it_is()
        # What the encoding lacks is replaced, as in all output.
        if hasattr(stdout, "reconfigure"):
            stdout.reconfigure(errors="rcpref.text")
        group.main([], prog_name=program, standalone_mode=False)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("RCPREF_DEBUG") == "1":
            import traceback

            traceback.print_exc()
        safe.silence(stdout)
        return 141 if isinstance(error, BrokenPipeError) else 1
    return 1


def _offer_plain_words(shell: str) -> None:
    """Let a shell have nothing that it would read as more than a word.

    bash takes what is offered apart and fills patterns in, zsh evaluates it. The keys of
    the data hold no such sign; this stands for all that may ever be offered, what was
    typed before a comma included.

    zsh and fish get --format=json for --format=js, where Typer would offer json.
    """
    base: Any = typer_private.get_completion_class(shell)

    class PlainWords(base):  # type: ignore[misc] # it is known at run time alone
        def get_completions(self, args: list[str], incomplete: str) -> list[Any]:
            found: list[Any] = super().get_completions(args, incomplete)
            option, sign, _ = incomplete.partition("=")
            if shell in _WHOLE_WORDS and sign and option.startswith("--"):
                for item in found:
                    item.value = f"{option}={item.value}"
            return [item for item in found if _is_plain(item.value)]

    typer_private.add_completion_class(PlainWords, shell)


def _is_plain(value: str) -> bool:
    """Whether a value is one word to every shell; zsh takes =ls for the path of ls."""
    signs = (sign in _PLAIN if sign.isascii() else sign.isprintable() for sign in value)
    # Of a value from a completer, startswith is always true.
    return value[:1] != "=" and all(signs)


def variable(program: str) -> str:
    """Name of the environment variable by which a shell asks."""
    return f"_{program.upper()}_COMPLETE"


def rejoin(environ: MutableMapping[str, str]) -> bool:
    """Put the words of bash's request together as they were typed.

    bash cuts words at "=" too, and its script joins them by line feeds, among which Typer
    loses the empty ones: TAB on an empty word before others would complete the next.

    Returns:
        Whether there is something to complete; not so in the name of a file behind ">".
    """
    place = int(environ["COMP_CWORD"])
    words = environ["COMP_WORDS"].split("\n")
    if len(words) == 1:
        return True
    words = words[: place + 1]
    if words[place - 1].endswith((">", "<")) or words[place].endswith((">", "<")):
        return False
    joined: list[str] = []
    for word in words:
        after_sign = joined and joined[-1].startswith("--") and joined[-1].endswith("=")
        if after_sign or (word == "=" and joined and joined[-1].startswith("--")):
            joined[-1] += word
        else:
            joined.append(word)
    environ["COMP_WORDS"] = "\n".join(joined)
    environ["COMP_CWORD"] = str(len(joined) - 1)
    return True


def write_script(shell: str, program: str) -> None:
    """Print the script that sets completion up; without a name, for the shell of SHELL."""
    safe.write(_script(_known(shell), program))


def refuse_install(shell: str, program: str) -> None:
    """Name, as an error, the line that the owner of a start-up file has to add to it."""
    file, line = _LINES[_known(shell)]
    raise UsageProblem(
        f"{program} does not change your start-up files",
        f"add this line to {file}: {line.format(program)}",
    )


def _known(shell: str) -> str:
    """A shell that there is completion for: the one that is named, else that of SHELL."""
    name = shell or os.path.basename(os.environ.get("SHELL", ""))
    if name not in SHELLS:
        unknown = f"no completion for the shell {echo(name)}"
        message = unknown if name else "cannot tell which shell this is"
        raise UsageProblem(message, f"name one of the shells: {', '.join(SHELLS)}")
    return name


def _script(shell: str, program: str) -> str:
    asked = {"prog_name": program, "complete_var": variable(program), "shell": shell}
    return typer_private.completion_script(**asked) + "\n"
