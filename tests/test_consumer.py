"""The API seen from outside: a sample of its use and one of misuse, by mypy --strict."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hatchling.builders.wheel import WheelBuilder

import rcpref
from conftest import apart, environment

CONSUMER = Path(__file__).parent / "consumer"
SAMPLE = CONSUMER / "sample.py"
NOTEBOOK = CONSUMER / "notebook.py"
MISUSE = CONSUMER / "misuse.txt"
"""Not named .py: no other run of mypy or ruff is to read it."""


class Said(NamedTuple):
    """An error of mypy, without its words."""

    file: str
    line: int
    code: str


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> list[Said]:
    """What mypy has against both, run once and away from the project's own settings.

    It finds rcpref as any other installed package: without py.typed it would find no types.
    """
    folder = tmp_path_factory.mktemp("consumer")
    for file in (SAMPLE, NOTEBOOK, MISUSE):
        text = file.read_text(encoding="utf-8")
        (folder / file.with_suffix(".py").name).write_text(text, encoding="utf-8")
    (folder / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
    done = apart(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--no-error-summary"),
            *("--hide-error-context", "sample.py", "notebook.py", "misuse.py"),
        ],
        cwd=folder,
        text=True,
        env={k: v for k, v in environment().items() if k not in ("MYPYPATH", "PYTHONPATH")},
    )
    assert done.returncode == 1 and not done.stderr, done
    found = re.findall(r"^(\w+\.py):(\d+): error: .* \[([a-z-]+)\]$", done.stdout, re.MULTILINE)
    assert len(found) == done.stdout.count(": error: "), done.stdout
    return [Said(file, int(line), code) for file, line, code in found]


@pytest.mark.process
@pytest.mark.wide
def test_the_sample_has_the_types_that_it_says(errors: list[Said]) -> None:
    assert [each for each in errors if each.file in ("sample.py", "notebook.py")] == []


@pytest.mark.wide
@pytest.mark.process
def test_misuse_is_found(errors: list[Said]) -> None:
    wanted = [
        Said("misuse.py", number, line.rpartition("# ")[2])
        for number, line in enumerate(MISUSE.read_text(encoding="utf-8").splitlines(), 1)
        if "  # " in line
    ]
    assert len(wanted) > 20
    assert [each for each in errors if each.file == "misuse.py"] == wanted


@pytest.mark.process
def test_the_sample_runs() -> None:
    done = apart([sys.executable, str(SAMPLE)], text=True)
    assert (done.returncode, done.stderr) == (0, "")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    data = rcpref.load()
    assert rows
    for one, two, count in rows:
        assert int(count) == len({*data.members(one, "2013")} & {*data.members(two, "2013")})


def test_the_sample_uses_every_public_name() -> None:
    words = set(re.findall(r"\w+", SAMPLE.read_text(encoding="utf-8")))
    assert {*rcpref.__all__} <= words
    methods = {name for name in dir(rcpref.Dataset) if not name.startswith("_")}
    assert methods <= words, "let tests/consumer/sample.py use them, too"


def test_the_marker_of_types_is_in_the_package_and_in_a_wheel() -> None:
    assert (Path(rcpref.__file__).parent / "py.typed").is_file()
    builder = WheelBuilder(str(CONSUMER.parent.parent))
    files = {file.distribution_path for file in builder.recurse_included_files()}
    assert "rcpref/py.typed" in files
    assert "rcpref/api.py" in files
