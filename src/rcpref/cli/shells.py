"""What a shell asks of `rcpref`: the script that sets completion up, and what TAB offers.

Scripts and protocol are Typer's own, its installer is not: it changes files of the user. What
a completion prints besides its offers would land in the line that somebody types.
"""

import os
from collections.abc import MutableMapping
from typing import Any

from rcpref.cli import typer_private
from rcpref.cli.typer_private import CompletionItem
from rcpref.errors import UsageProblem, echo
from rcpref.report import safe
from rcpref.version import PROGRAM

_LINES = {
    "bash": ("~/.bashrc", 'eval "$({} --show-completion bash)"'),
    "zsh": ("~/.zshrc", 'autoload -Uz compinit; compinit; eval "$({} --show-completion zsh)"'),
    "fish": ("~/.config/fish/config.fish", "{} --show-completion fish | source"),
}
"""For each shell the file that it reads when it starts, and the line that loads the script."""

SHELLS = tuple(_LINES)

_VARIABLE = f"_{PROGRAM.upper()}_COMPLETE"  # of the environment, in which a shell asks

_SIGNS = frozenset("-_.,:/=abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
"""Signs of ASCII that no shell reads within a word."""


def answer(group: Any) -> int:
    """Print what a shell is to offer for the words in its request, else nothing; the exit code."""
    try:
        instruction, _, shell = os.environ[_VARIABLE].partition("_")
        if instruction not in ("complete", "source") or shell not in SHELLS:
            return 1
        if instruction == "source":
            # Typer would run bash, to look at its version.
            write_script(shell)
        elif "COMP_WORDS" not in os.environ or rejoin(os.environ):
            typer_private.leave_help_as_it_is()
            asking = _ASKING[shell](group, {}, PROGRAM, _VARIABLE)
            safe.write(f"{asking.complete()}\n")
        return 0
    except safe.ClosedPipe:
        return 141
    except Exception:
        if os.environ.get("RCPREF_DEBUG") == "1":
            import traceback

            traceback.print_exc()
        return 1


class _Plain:
    """Offers that are one word to every shell: bash fills patterns in, zsh evaluates words."""

    whole = True  # whether the shell takes --format= for a part of the word

    def get_completions(self, args: list[str], incomplete: str) -> list[CompletionItem]:
        """The offers that hold no sign with a meaning; zsh takes =ls for the path of ls."""
        found: list[CompletionItem] = super().get_completions(args, incomplete)  # type: ignore[misc]
        option, sign, _ = incomplete.partition("=")
        for item in found if self.whole and sign and option.startswith("--") else ():
            item.value = f"{option}={item.value}"
        return [
            item
            for item in found
            if not item.value.startswith("=")
            and all(sign in _SIGNS if sign.isascii() else sign.isprintable() for sign in item.value)
        ]


class _Bash(_Plain, typer_private.BashComplete):
    whole = False


class _Zsh(_Plain, typer_private.ZshComplete):
    pass


class _Fish(_Plain, typer_private.FishComplete):
    pass


_ASKING: dict[str, type[_Bash | _Zsh | _Fish]] = {"bash": _Bash, "zsh": _Zsh, "fish": _Fish}


def rejoin(environ: MutableMapping[str, str]) -> bool:
    """Put the words of bash's request, which cuts them at "=" too, together as they were typed."""
    # Typer loses the empty ones: TAB on an empty word before others would complete the next.
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


def refuse_install(shell: str) -> None:
    """Name, as an error, the line that the owner of a start-up file has to add to it."""
    file, line = _LINES[_known(shell)]
    raise UsageProblem(
        f"{PROGRAM} does not change your start-up files",
        f"add this line to {file}: {line.format(PROGRAM)}",
    )


def _known(shell: str) -> str:
    """A shell that there is completion for: the one that is named, else that of SHELL."""
    name = shell or os.path.basename(os.environ.get("SHELL", ""))
    if name not in SHELLS:
        unknown = f"no completion for the shell {echo(name)}"
        message = unknown if name else "the shell is not known"
        raise UsageProblem(message, f"name one of the shells: {', '.join(SHELLS)}")
    return name


def write_script(shell: str) -> None:
    """Print the script that sets completion up; without a name, for the shell of SHELL."""
    asked = {"prog_name": PROGRAM, "complete_var": _VARIABLE, "shell": _known(shell)}
    safe.write(typer_private.completion_script(**asked) + "\n")
