"""What all tests share: the installed command in a subprocess, the bundled data."""

import gc
import io
import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator

import rcpref
from rcpref.data import loading
from rcpref.data.baked import bake
from rcpref.schemas import schema


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless it is asked for by `-m`."""
    if config.option.markexpr:
        return
    left = [item for item in items if item.get_closest_marker("fuzz")]
    items[:] = [item for item in items if not item.get_closest_marker("fuzz")]
    config.hook.pytest_deselected(items=left)


SOURCE = Path(__file__).with_name("lima-2013-chairs-summary.txt")
COMMAND = str(Path(sys.executable).with_name("rcpref"))

# The command is run as a process of its own. To measure coverage in a bearable time,
# `.ci/run` has the same tests call it in this process.
IN_PROCESS = os.environ.get("RCPREF_TEST_IN_PROCESS") == "1"

# What would change the output from one machine to the next.
SCRUBBED = (
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "PYTHONUNBUFFERED",
    "PYTHONUTF8",
    "RCPREF_DATA",
    "RCPREF_DEBUG",
    "TERM",
)


class Result(NamedTuple):
    """What a run of the command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def ids(self) -> list[str]:
        return [line.split("\t")[0] for line in self.lines]

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a run: this one, scrubbed, with what a test adds."""
    kept = {key: value for key, value in os.environ.items() if key not in SCRUBBED}
    return {**kept, **(extra or {})}


class _Terminal(io.TextIOWrapper):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


_runs = itertools.count(1)


def run_inside(args: Sequence[str], env: Mapping[str, str], terminal: bool = False) -> Result:
    """The same in this very process, where its coverage is measured."""
    from rcpref.cli import main as module

    out, err = io.BytesIO(), io.BytesIO()
    names = ("argv", "stdout", "stderr")
    before = [getattr(sys, name) for name in names]
    kept = dict(os.environ)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = [COMMAND, *args]
    kind = _Terminal if terminal else io.TextIOWrapper
    streams = [
        kind(out, encoding="utf-8", write_through=True),
        io.TextIOWrapper(err, encoding="utf-8", write_through=True),
    ]
    sys.stdout, sys.stderr = streams
    code = 0
    try:
        module()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 0
    finally:
        gc.unfreeze()
        gc.enable()
        # What was frozen counts as old, and is hardly ever looked through by itself.
        if next(_runs) % 50 == 0:
            gc.collect()
        for stream in streams:
            stream.detach()  # or it would close what it wrote to
        for name, value in zip(names, before, strict=True):
            setattr(sys, name, value)
        os.environ.clear()
        os.environ.update(kept)
    return Result(code, out.getvalue().decode(), err.getvalue().decode())


def run_command(
    *args: str, env: Mapping[str, str] | None = None, code: int = 0, quiet: bool = True
) -> Result:
    """Run the installed command with its output in a pipe; it must end with this code.

    Where that is an error, nothing may be on standard output and the reason on standard
    error, unless `quiet` is false: `check` prints what it finds and leaves with 3.
    """
    if IN_PROCESS:
        result = run_inside(args, environment(env))
    else:
        done = subprocess.run(
            [COMMAND, *args],
            capture_output=True,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert result.code == code, result
    assert "Traceback" not in result.err
    if result.out.startswith("{") and "json" in args and not env:
        assert_schema(args, result.json)
    if code and quiet:
        assert result.out == ""
        assert result.err.startswith("rcpref: error: ")
    return result


@cache
def validator(name: str) -> Any:
    """What checks a value by one of the JSON Schemas."""
    return Draft202012Validator(schema(name))


_validated: set[tuple[str, ...]] = set()


def assert_schema(args: tuple[str, ...], report: Any) -> None:
    """A JSON report must be as its schema says; each command line is looked at once."""
    if args in _validated or "query" not in report:
        return
    _validated.add(args)
    chosen = any(each.startswith("--col") for each in args)
    validator("columns" if chosen else report["query"]["command"]).validate(report)


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    return run_command


@pytest.fixture(scope="module")
def baked_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a copy of the bundled data, baked as in a wheel; this process uses it.

    For tests that run the command in this process many times: it loads fast.
    """
    folder = tmp_path_factory.mktemp("baked")
    shutil.copytree(loading.data_folder(), folder / "data")
    data = rcpref.load()
    (folder / "data" / loading.BAKED).write_bytes(bake(data.document, data.digest))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "data_folder", lambda: str(folder / "data"))
        yield folder


@pytest.fixture(scope="session")
def data() -> rcpref.Dataset:
    return rcpref.load()
