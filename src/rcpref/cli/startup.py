"""Completion set up for good: the script of a shell, and the line by which it is loaded.

The files that a shell reads at its start are dear to their owners. They are replaced whole
or not at all, a link among them is left alone, and what is there already is not added again.
"""

import os
from typing import NamedTuple

from rcpref.cli.signals import stopped_cleanly
from rcpref.errors import OutputError
from rcpref.reading import read
from rcpref.writing import replace_files


class _Place(NamedTuple):
    """Where a shell finds completion.

    Attributes:
        script: Path of the script.
        startup: Path of the file that the shell reads at its start; empty where it finds
            the script by itself.
        line: What has to stand there. It names no folder whose name could need quotes.
    """

    script: str
    startup: str = ""
    line: str = ""


def install(shell: str, program: str, script: str) -> tuple[str, bool]:
    """Put the script where the shell finds it, and the line into its start-up file.

    Args:
        shell: bash, zsh or fish.
        program: Name of the program.
        script: Text of the script.

    Returns:
        Path of the script, and whether anything had to be written.

    Raises:
        OutputError: It cannot be written, or is no plain file; all is as it was.
    """
    home = os.path.expanduser("~")
    hint = f"{program} --show-completion {shell} prints the script"
    try:
        if not os.path.isabs(home) or not os.path.isdir(home):
            raise OutputError("there is no home folder")
        place = _place(shell, program, home)
        files = _changes(place, script.encode())
        with stopped_cleanly():
            replace_files(files)
    except (OutputError, OSError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise OutputError(f"cannot install completion for {shell}: {reason}", hint) from error
    return place.script, bool(files)


def _place(shell: str, program: str, home: str) -> _Place:
    if shell == "bash":
        script = os.path.join(home, ".bash_completions", f"{program}.sh")
        line = f"source ~/.bash_completions/{program}.sh"
        return _Place(script, os.path.join(home, ".bashrc"), line)
    if shell == "zsh":
        startup = os.path.join(os.environ.get("ZDOTDIR") or home, ".zshrc")
        line = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"
        return _Place(os.path.join(home, ".zfunc", f"_{program}"), startup, line)
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    return _Place(os.path.join(config, "fish", "completions", f"{program}.fish"))


def _changes(place: _Place, script: bytes) -> dict[str, bytes]:
    """What has to be written, by path: the script first, as without it the line would fail."""
    files = {} if _content(place.script) == script else {place.script: script}
    if place.startup:
        # Bytes: what is in there besides may be in any encoding.
        before, line = _content(place.startup), place.line.encode()
        if line not in before.splitlines():
            end = b"" if before.endswith(b"\n") or not before else b"\n"
            files[place.startup] = before + end + line + b"\n"
    return files


def _content(path: str) -> bytes:
    """What is in a file; nothing where it is missing."""
    if not os.path.lexists(path):
        return b""
    if os.path.islink(path):
        raise OutputError(f"{path} is a symbolic link")
    content = read(path, links=False)
    if content is None:
        raise OutputError(f"{path} is no plain file")
    return content
