"""What all tests share: the command, in this process and in one of its own; the data.

Tests run the command in this process, on baked data as in a wheel. What needs a process of
its own (pipes, signals, full disks, imports at start-up, other programs) is marked `process`
and uses `run_process`; no other test may start one.
"""

import gc
import importlib
import io
import json
import os
import pkgutil
import stat
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

import pytest
from hypothesis import settings
from typer.main import get_command

import installed
import rcpref
from rcpref.data import loading

P = ParamSpec("P")
R = TypeVar("R")

SOURCE = Path(__file__).with_name("lima-2013-chairs-summary.txt")
COMMAND = str(Path(sys.executable).with_name("rcpref"))

collect_ignore = ["consumer/notebook.py"]
"""It draws with packages that the tests do without; mypy checks it."""

# What would change the output from one machine to the next.
SCRUBBED = (
    "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "NO_COLOR",
    "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8", "RCPREF_DATA",
    "RCPREF_DEBUG", "TERM",
)  # fmt: skip


# The session ---------------------------------------------------------------------------

# The same cases in every run, in any order of tests, and more of them with `-m wide`; other ones
# are for `-m fuzz`, and many more for `-m hypothesis --hypothesis-profile many`.
settings.register_profile("steady", derandomize=True, database=None, deadline=None, max_examples=25)
settings.register_profile("wide", settings.get_profile("steady"), max_examples=200)
settings.register_profile("many", database=None, deadline=None, max_examples=1_000)
settings.register_profile("fuzz", derandomize=False, database=None, deadline=None, max_examples=25)


def examples(count: int) -> int:
    """So many cases for the ordinary run, and as many more for `-m wide` as its profile has."""
    return count * settings().max_examples // 25


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    asked = config.option.markexpr
    usual = config.getoption("--hypothesis-profile") or "steady"
    settings.load_profile(asked if asked in ("fuzz", "wide") else usual)
    if not hasattr(config, "workerinput"):
        if folder := installed.in_memory():
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)
        # Where pytest keeps the temporary files of the session, and clears them away.
        home = config._tmp_path_factory.mktemp("package", numbered=False)  # type: ignore[attr-defined]
        installed.install(home)
        os.environ[installed.VARIABLE] = str(home)
    folder = installed.bundled_in(os.environ[installed.VARIABLE])
    installed.use(folder, pytest.MonkeyPatch())
    # Hypothesis takes constants from the modules that are there: whatever comes first, from all.
    for module in pkgutil.walk_packages(rcpref.__path__, "rcpref."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    _make_once()


def _make_once() -> None:
    """Let all runs in this process share the bundled data and the commands of Typer.

    They are the larger part of a short run, and nothing changes them: `unchanged` sees to it.
    """
    patch, load, home = pytest.MonkeyPatch(), loading._load_baked, os.environ[installed.VARIABLE]
    loaded: dict[tuple[str, type[Any]], Any] = {}

    def shared(path: str, kind: type[Any]) -> Any:
        if not path.startswith(home):
            return load(path, kind)
        if (path, kind) not in loaded:
            loaded[path, kind] = load(path, kind)
        return loaded[path, kind]

    patch.setattr(loading, "_load_baked", shared)
    patch.setattr("rcpref.cli.app.get_command", cache(get_command))


_kept: dict[Any, Any] = {}


def _load_for_runs(
    kind: type[Any],
    folder: str | None,
    overlay: str | None,
    load: Callable[..., Any] = loading.load_as,
) -> Any:
    """Let several runs on the same folder share its data, as long as no byte of it changes."""
    contents = [content_of(path) for path in (folder, overlay) if path is not None]
    if not contents or None in contents:
        return load(kind, folder, overlay)
    key = kind, folder, overlay, os.getcwd(), loading.data_folder(), tuple(contents)
    if key not in _kept:
        found = load(kind, folder, overlay)
        if len(_kept) == 20:
            del _kept[next(iter(_kept))]
        _kept[key] = found
    return _kept[key]


def content_of(folder: str) -> frozenset[tuple[str, bytes]] | None:
    """All files below a folder, small and plain as they are; None where something is not."""
    if not os.path.isdir(folder):  # which takes any text for a path
        return None
    found: list[tuple[str, bytes]] = []
    for place, folders, names in os.walk(folder):
        for path in (os.path.join(place, name) for name in (*folders, *names)):
            status = os.lstat(path)
            if stat.S_ISREG(status.st_mode) and status.st_size < 50_000 and len(found) < 30:
                found.append((path, Path(path).read_bytes()))
            elif not stat.S_ISDIR(status.st_mode):
                return None
    return frozenset(found)


@pytest.fixture(scope="session", autouse=True)
def unchanged() -> Iterator[None]:
    """No run of the session has changed the data that all of them share."""
    yield
    loading.verify(loading.load())
    loading.verify(rcpref.load())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes or a browser, unless it is asked for by `-m`.

    With `-m wide` random cases are run again, and more of them: see its profile.
    """
    if config.option.markexpr == "wide":
        for item in items:
            if item.get_closest_marker("hypothesis") and not item.get_closest_marker("fuzz"):
                item.add_marker("wide")
    for marker in ("fuzz", "browser", "wide"):
        if marker not in config.option.markexpr:
            left = [item for item in items if item.get_closest_marker(marker)]
            items[:] = [item for item in items if not item.get_closest_marker(marker)]
            config.hook.pytest_deselected(items=left)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage what stays, modules and tests, and let it come seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Keep a test that is not marked `process` from starting one."""
    with pytest.MonkeyPatch.context() as patch:
        if not (item.get_closest_marker("process") or item.get_closest_marker("browser")):
            patch.setattr(subprocess.Popen, "__init__", _no_process)
            for name in ("fork", "forkpty"):
                patch.setattr(os, name, _no_process)
        return (yield)


def _no_process(*args: Any, **options: Any) -> None:
    raise AssertionError("mark this test `process`, or let it run the command in this process")


# The command ---------------------------------------------------------------------------


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
    """The environment of a run: this one, scrubbed, with what a test adds.

    A folder that a test adds to PYTHONPATH stands before that of the package.
    """
    kept = {key: value for key, value in os.environ.items() if key not in SCRUBBED}
    added = dict(extra or {})
    parts = (added.get("PYTHONPATH"), os.environ[installed.VARIABLE], kept.get("PYTHONPATH"))
    return {**kept, **added, "PYTHONPATH": os.pathsep.join(filter(None, parts))}


def apart(args: Sequence[Any], **options: Any) -> subprocess.CompletedProcess[Any]:
    """Run a program to its end in this environment, scrubbed; nothing is checked."""
    usual: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 110}
    usual |= {} if "input" in options else {"stdin": subprocess.DEVNULL}
    return subprocess.run(args, **{**usual, "check": False, "env": environment(), **options})


@contextmanager
def surroundings(env: Mapping[str, str]) -> Iterator[None]:
    """Let this process have an environment, and its own again after that.

    `mock.patch.dict` takes longer for it than many commands.
    """
    before = dict(os.environ)
    _turn(before, env)
    try:
        yield
    finally:
        _turn(dict(os.environ), before)


def _turn(there: Mapping[str, str], wanted: Mapping[str, str]) -> None:
    """Make the environment that is there the one that is wanted."""
    for key in there.keys() - wanted.keys():
        del os.environ[key]
    for key, value in wanted.items():
        if there.get(key) != value:
            os.environ[key] = value


class _Terminal(io.TextIOWrapper):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


NEEDS_PROCESS = {"PYTHONIOENCODING", "PYTHONUNBUFFERED", "PYTHONUTF8", "PYTHONWARNINGS"}
"""Variables that Python obeys when it starts."""


def run_inside(
    args: Sequence[str | bytes], env: Mapping[str, str], terminal: bool = False, stdin: bytes = b""
) -> Result:
    """Run the command in this very process, and be as before when it has ended."""
    from rcpref.__main__ import main

    assert not NEEDS_PROCESS & set(env), "let `run_process` run this"
    out, err = io.BytesIO(), io.BytesIO()
    kind = _Terminal if terminal else io.TextIOWrapper
    streams = {
        "stdin": io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"),
        "stdout": kind(out, encoding="utf-8", write_through=True),
        "stderr": io.TextIOWrapper(err, encoding="utf-8", write_through=True),
    }
    with pytest.MonkeyPatch.context() as patch, surroundings(env):
        patch.setattr(sys, "argv", [COMMAND, *map(os.fsdecode, args)])
        patch.setattr(loading, "load_as", _load_for_runs)
        for name, stream in streams.items():
            patch.setattr(sys, name, stream)
        try:
            code = main()
        finally:
            gc.enable()
    for stream in streams.values():
        stream.detach()  # or it would close what it wrote to
    return Result(code, out.getvalue().decode(), err.getvalue().decode())


def run_process(
    args: Sequence[str | bytes], env: Mapping[str, str], stdin: bytes = b"", cwd: Path | None = None
) -> Result:
    """Run the installed command, as a process of its own with its output in pipes."""
    done = apart([COMMAND, *args], env=env, input=stdin, cwd=cwd)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def run_command(
    *args: str | bytes, env: Mapping[str, str] | None = None, code: int = 0, quiet: bool = True
) -> Result:
    """Run the command in this process, as with its output in a pipe; it must end with this code.

    Where that is an error, nothing may be on standard output and the reason on standard
    error, unless `quiet` is false: `check` prints what it finds and leaves with 3.
    """
    result = run_inside(args, environment(env))
    assert result.code == code, result
    assert "Traceback" not in result.err
    if result.out.startswith("{") and "json" in args and not env:
        assert_envelope(result.json)
    if code and quiet:
        assert result.out == ""
        assert result.err.startswith("rcpref: error: ")
    return result


def once(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function gives for some arguments, apart for each set of bundled data."""

    kept: dict[tuple[Any, ...], R] = {}

    @wraps(function)
    def called(*args: P.args, **options: P.kwargs) -> R:
        key = loading.data_folder(), args, tuple(options.items())
        if key not in kept:
            kept[key] = function(*args, **options)
        return kept[key]

    return called


ENVELOPE = ("schema_version", "dataset", "query", "count", "items", "sources")
"""Keys that every report in JSON has."""


def assert_envelope(report: Any) -> None:
    """A report in JSON has its envelope, counts its items and has just the sources it names."""
    if "query" not in report:  # an exported data set
        return
    assert set(ENVELOPE) <= report.keys(), report.keys()
    assert report["count"] == len(report["items"])


@pytest.fixture(scope="session")
def run() -> Callable[..., Result]:
    return run_command


@pytest.fixture(scope="session")
def baked_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the folder of the data, `data`, to run in."""
    folder = tmp_path_factory.mktemp("baked")
    (folder / "data").symlink_to(loading.data_folder())
    return folder


@pytest.fixture(scope="session")
def data() -> rcpref.Dataset:
    return rcpref.load()


@pytest.fixture
def small(data: rcpref.Dataset, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the command have the data of `small.py` for the bundled ones; their folder."""
    return use_small(monkeypatch)


def use_small(patch: pytest.MonkeyPatch) -> Path:
    """The same for as long as a patch lasts."""
    folder = small_data()
    patch.setenv(installed.VARIABLE, installed.small_in(os.environ[installed.VARIABLE]))
    installed.use(str(folder), patch)
    return folder


@cache
def small_data() -> Path:
    """Their folder; alone it is for tests of other folders."""
    return Path(installed.bundled_in(installed.small_in(os.environ[installed.VARIABLE])))
