"""More of what the tests of the command share: refusals, terminals, readings of TSV."""

import errno
import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from conftest import COMMAND, SOURCE, Result, apart, environment, once, run_command, run_inside
from rcpref.cli.commands import COMMANDS

# The marks that Unicode does not count as printable and that are harmless all the same.
HARMLESS = frozenset("\n\u00a0\u202f\u200c\u200d\u200e\u200f")

EACH: dict[str, tuple[str, ...]] = {
    "list": ("processes", "--limit", "3"),
    "show": ("igc",),
    "search": ("evidence",),
    "member": ("australia", "igc"),
    "members": ("igc",),
    "state": ("Kenya",),
    "compare": ("igc", "sacm"),
    "matrix": (),
    "timeline": ("igc",),
    "map": ("igc",),
    "disputes": (),
    "conclusions": (),
    "text": ("lima-2013/conclusion-1",),
    "cite": ("lima-2013",),
    "check": (),
    "diff": ("data",),
    "export": ("-",),
    "about": (),
}
"""By command, arguments that succeed; `data` is a copy of the bundled data, beside."""

assert set(EACH) == set(COMMANDS), "EACH in tests/helpers.py has a line for each of COMMANDS"

STYLING = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")

LIMA_PROCESSES = [
    "5-plus-5-dialogue", "abu-dhabi-dialogue", "almaty-process", "bali-process", "budapest-process",
    "colombo-process", "igad-rcp", "igc", "midcas", "midsa", "midwa", "mtm", "prague-process",
    "puebla-process", "sacm",
]  # fmt: skip
"""The 13 processes of footnote 1 and the 2 that were yet to be formalised, by id."""


@once
def output(*args: str) -> Result:
    """What a command line that must succeed prints; each one is run once."""
    return run_command(*args)


@once
def prose(*args: str) -> str:
    """The table of a command line as running words: too narrow for columns side by side."""
    return folded(run_command(*args, "-f", "table", env={"COLUMNS": "44"}).out)


def raw(
    *args: str | bytes, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a process of its own; nothing is checked."""
    return apart([COMMAND, *args], env=environment(env))


def refuse(
    *args: str | bytes,
    codes: Sequence[int] = (1, 2),
    env: Mapping[str, str] | None = None,
    run: Callable[..., Result] = run_inside,
) -> Result:
    """Run a command line that must be refused: a line that says why, at most one hint."""
    result = run(args, environment(env))
    assert result.code in codes, result
    assert result.out == ""
    assert_complaint(result.err)
    return result


def assert_complaint(text: str) -> None:
    """One line of error, at most one of hint, and nothing that a terminal would obey."""
    assert text.endswith("\n")
    lines = text[:-1].split("\n")
    assert len(lines) in (1, 2), text
    assert lines[0].startswith("rcpref: error: ")
    assert len(lines[0]) > len("rcpref: error: ")
    if len(lines) == 2:
        assert lines[1].startswith("hint: ")
        assert len(lines[1]) > len("hint: ")
    for line in lines:
        assert all(sign.isprintable() or sign in HARMLESS for sign in line), line
    assert "Traceback" not in text
    assert "should not happen" not in text


def hint_of(result: Result) -> str:
    """The hint of a refusal; empty where it has none."""
    lines = result.err.splitlines()
    return lines[1].removeprefix("hint: ") if len(lines) == 2 else ""


class Screen(NamedTuple):
    """What a run printed on a terminal, and beside it."""

    code: int
    text: str
    err: str

    @property
    def plain(self) -> str:
        return LINK.sub("", STYLING.sub("", self.text))


def in_terminal(*args: str, columns: int = 80, env: Mapping[str, str] | None = None) -> Screen:
    """Run the command in this process, as on a terminal of so many columns."""
    extra = {"COLUMNS": str(columns), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    done = run_inside(args, environment({**extra, **(env or {})}), terminal=True)
    return Screen(done.code, done.out, done.err)


def in_true_terminal(
    *args: str,
    columns: int = 80,
    env: Mapping[str, str] | None = None,
) -> Screen:
    """Run the command as a process of its own, on a pseudo terminal of so many columns."""
    extra = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [COMMAND, *args],
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=subprocess.PIPE,
        env=environment(extra),
    )
    os.close(slave)
    parts = []
    try:
        while part := os.read(master, 65536):
            parts.append(part)
    except OSError as error:  # Linux ends a terminal without writers so
        if error.errno != errno.EIO:
            raise
    finally:
        os.close(master)
    _, err = process.communicate(timeout=60)
    text = b"".join(parts).decode().replace("\r\n", "\n")
    return Screen(process.returncode, text, err.decode())


def rows(text: str) -> list[list[str]]:
    """TSV as lists of cells, escapes undone."""
    assert text == "" or text.endswith("\n")
    return [[unescaped(cell) for cell in line.split("\t")] for line in text.split("\n")[:-1]]


_ESCAPE = re.compile(r"\\(\\|[tnr]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")


def unescaped(cell: str) -> str:
    """A cell of TSV with its escapes undone."""

    def one(match: re.Match[str]) -> str:
        sign = match[1]
        if len(sign) > 1:
            return chr(int(sign[1:], 16))
        return {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}[sign]

    return _ESCAPE.sub(one, cell)


def folded(text: str) -> str:
    """Text for a comparison of words: one space for any white space."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Lower case, no accents, one space for all that is no letter or digit."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return folded("".join(kept))


def uncut(table: str, markdown: str) -> frozenset[str]:
    """The words of an answer: of its table with all room, and of Markdown, which cuts none."""
    plain = re.sub(r"\\([^\w\s])", r"\1", markdown.replace("&lt;", "<"))
    return frozenset(table.split()) | {word.strip("<>") for word in plain.split()}


CORNERS = (
    "bali-process", "colombo-process", "european-union", "gfmd", "gfmd-2012-port-louis", "igad",
    "iom", "khartoum-process", "lima-2013", "mrs-45", "mtm", "rcp", "soderkoping-process",
    "srsg-migration",
)  # fmt: skip
"""Records that stand for all in the ordinary run: one of each kind, and the odd ones."""


def sample(
    values: Iterable[Any], few: Container[Any] = CORNERS, several: bool = False
) -> list[Any]:
    """Parameters of a test, of which every run has those in `few`, and `-m wide` the others.

    With `several` each is a tuple of more than one parameter.
    """
    return [
        one if one in few else pytest.param(*(one if several else (one,)), marks=pytest.mark.wide)
        for one in values
    ]


QUARTERS = pytest.mark.parametrize("part", sample(range(4), [0]))
"""For tests of much that is alike: every run has a quarter."""


def cases(table: Mapping[Any, Iterable[Any]]) -> list[tuple[Any, Any]]:
    """Cases and what each must give, of a table that has them by what they give."""
    return [(case, given) for given, some in table.items() for case in some]


def source_conclusions() -> list[str]:
    """The five conclusions, word for word, from the copy of the source."""
    return re.findall(r"^- \d\) (.*)$", source_text(), re.MULTILINE)


def source_text() -> str:
    """The copy of the source."""
    return Path(SOURCE).read_text(encoding="utf-8")


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files by their paths in a folder; the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
