"""The command in this process, as tests run it, and in one of its own: no difference."""

import gc
import re
from pathlib import Path

import pytest

from conftest import environment, run_inside, run_process
from helpers import EACH, Screen, in_terminal, in_true_terminal, sample

LINES: list[tuple[str | bytes, ...]] = [
    *((command, *args) for command, args in EACH.items()),
    (),
    ("--help",),
    ("--version",),
    ("members", "--help"),
    *(("show", "igc", "-f", format) for format in ("table", "json", "markdown")),
    ("list", "processes", "--header"),
    ("--show-completion", "bash"),
    ("show", "zzqqxx"),
    ("show", b"zzq\xff\x1b[31m"),
    ("show", ""),
    ("list", "nonsense"),
    ("list", "processes", "--limit", "x"),
    ("list", "--data", "nowhere"),
    ("--nope",),
    ("nope",),
]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with small data, which are used, too: the two ways are the same with any."""
    monkeypatch.chdir(tmp_path)
    Path("data").symlink_to(small)


@pytest.mark.process
@pytest.mark.parametrize(
    "line", sample(LINES, LINES[2::3]), ids=lambda line: ascii(line[1:2]) if line else "nothing"
)
def test_in_a_pipe(line: tuple[str | bytes, ...]) -> None:
    assert run_inside(line, environment()) == run_process(line, environment())


@pytest.mark.process
@pytest.mark.parametrize(
    ("columns", "env"),
    [(60, {}), pytest.param(120, {"NO_COLOR": "1"}, marks=pytest.mark.wide)],
    ids=str,
)
def test_on_a_terminal(columns: int, env: dict[str, str]) -> None:
    for line in ((), ("list", "bodies"), ("show", "igc"), ("matrix",), ("show", "zzqqxx")):
        one, other = (
            run(*line, columns=columns, env=env) for run in (in_terminal, in_true_terminal)
        )
        assert alike(one) == alike(other), line


def alike(screen: Screen) -> Screen:
    """A screen without the numbers that Rich gives to links by lot."""
    return screen._replace(text=re.sub(r"(\x1b\]8;id=)\d+", r"\1", screen.text))


@pytest.mark.process
def test_with_variables_of_its_own(tmp_path: Path) -> None:
    for env in (
        {"RCPREF_DATA": str(tmp_path / "nowhere")},
        {"COLUMNS": "40", "FORCE_COLOR": "1"},
        {"_RCPREF_COMPLETE": "complete_bash", "COMP_WORDS": "rcpref\nshow\nbal", "COMP_CWORD": "2"},
    ):
        line = ("show", "igc", "-f", "table")
        assert run_inside(line, environment(env)) == run_process(line, environment(env))


@pytest.mark.wide
def test_a_run_leaves_nothing_behind() -> None:
    """Or thousands of runs in this process would fill the memory."""

    def objects_after(rounds: int) -> int:
        for _ in range(rounds):
            for command, args in EACH.items():
                assert run_inside((command, *args), environment()).code == 0
        gc.collect()
        return len(gc.get_objects())

    before = objects_after(2)
    assert objects_after(2) - before < 200
