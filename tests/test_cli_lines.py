"""Command lines in plain tables: what is refused, what means the same, what is shown.

Each table says in its first lines how to read it.
"""

import re
import shlex
from pathlib import Path

import pytest

from asking import table
from conftest import environment, run_inside
from helpers import folded, hint_of, output, refuse


def lines_of(name: str) -> list[str]:
    """The lines of a table, without remarks."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


# Refused -------------------------------------------------------------------------------

REFUSED = [[*line.split(" | "), ""][:4] for line in lines_of("refused.txt")]

TO_TYPE = re.compile(
    r"(?:^|(?<!words): )rcpref ((?!.*(?:NAME| > )).*?)(?: (?:shows|has|lists|says) .*|$)"
)
"""The command line in a hint, if that can be typed as it is."""


def matches(message: str, wanted: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, wanted.split("..."))), message))


@pytest.mark.parametrize(("line", "code", "error", "hint"), REFUSED, ids=[r[0] for r in REFUSED])
def test_a_line_is_refused_with_its_reason_and_a_hint_that_works(
    line: str, code: str, error: str, hint: str
) -> None:
    done = refuse(*shlex.split(line), codes=[1, 2, 3])
    found = done.err.splitlines()[0].removeprefix("rcpref: error: ")
    same = done.code == int(code) and matches(found, error) and matches(hint_of(done), hint)
    assert same, f"tests/refused.txt: now {line} | {done.code} | {found} | {hint_of(done)}"
    if typed := TO_TYPE.search(hint_of(done)):
        # A search may find nothing, and says so.
        again = run_inside(shlex.split(typed[1]), environment())
        assert again.code == 0 or (again.code == 1 and typed[1].startswith("search "))


# Alike ---------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", lines_of("alike.txt"))
def test_a_line_does_the_same_as_another(pair: str) -> None:
    one, other = pair.split(" = ")
    assert output(*shlex.split(one)) == output(*shlex.split(other))


def test_no_line_of_a_table_stands_twice() -> None:
    pairs = [pair.split(" = ")[0] for pair in lines_of("alike.txt")]
    lines = [*(line for line, *_ in REFUSED), *pairs]
    assert len(lines) == len(set(lines))


# Told ----------------------------------------------------------------------------------

SIGNS = ("$", "^", "+", "-", "=")


def shown() -> dict[str, list[str]]:
    """The table by claims, each with its lines."""
    found: dict[str, list[str]] = {}
    for line in lines_of("shown.txt"):
        if line.startswith(SIGNS):
            found[[*found][-1]].append(line)
        else:
            assert line not in found, f"tests/shown.txt: {line} stands there twice"
            found[line] = []
    return found


def answer(line: str) -> str:
    """What a command line shows on a terminal or, with a bar at its end, prints in a pipe."""
    words = shlex.split(line)
    if words[-1] == "|" or "-f" in words:
        done = output(*(word for word in words if word != "|"))
        return folded(f"{done.out}\n{done.err}")
    table(*words, columns=80)
    return folded(table(*words, columns=160))


def is_shown(sign: str, words: str, text: str) -> bool:
    """Whether words are where their sign says, any mark for that of the table."""
    there = re.sub(r"\\\[(\\\^)?\d+\\\]", r"\\[\1\\d+\\]", re.escape(words))
    if sign == "=":
        return text == words
    return bool(re.match(there, text) if sign == "^" else re.search(there, text)) == (sign != "-")


@pytest.mark.parametrize("claim", shown())
def test_an_answer_tells_what_is_claimed(claim: str) -> None:
    text = ""
    for line in shown()[claim]:
        sign, words = line.split(" ", 1)
        if sign == "$":
            text = answer(words)
        else:
            assert is_shown(sign, words, text), f"tests/shown.txt: {claim}: {line}\n{text}"
