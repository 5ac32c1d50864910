"""Where `rcpref export` writes: whole or not at all, and over nothing that it is not told to."""

import contextlib
import errno
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import rcpref
from conftest import COMMAND, Result, apart, environment, run_inside
from helpers import assert_complaint, hint_of, refuse, sample
from rcpref.data.dataset import sha256
from rcpref.errors import OutputError, UsageProblem
from rcpref.export import CSV_TABLES, SUFFIXES
from rcpref.writing import write_file

pytestmark = pytest.mark.usefixtures("small")
"""What is written is the same with any data."""

TARGETS = ("all.json", "all.sqlite", "all.zip")
"""Some targets, each written in its own way."""

each_target = pytest.mark.parametrize("target", sample(TARGETS, ["all.zip"]))


def state(folder: Path) -> dict[str, tuple[str, object]]:
    """All that is below a folder: what it is, and what is in it."""
    found: dict[str, tuple[str, object]] = {}
    for place, folders, names in os.walk(os.fsencode(folder)):
        for name in (*folders, *names):
            path = os.path.join(place, name)
            mode = os.lstat(path).st_mode
            key = os.fsdecode(os.path.relpath(path, os.fsencode(folder)))
            if stat.S_ISLNK(mode):
                found[key] = "link", os.readlink(path)
            elif stat.S_ISREG(mode):
                found[key] = "file", Path(os.fsdecode(path)).read_bytes()
            else:
                found[key] = "other", stat.S_IFMT(mode)
    return found


def export(folder: Path, *args: str | bytes) -> Result:
    """Run the command in a folder."""
    with contextlib.chdir(folder):
        return run_inside(["export", *args], environment())


def export_apart(
    folder: Path,
    *args: str | bytes,
    env: Mapping[str, str] | None = None,
    first: Callable[[], object] | None = None,
) -> Result:
    """Run it as a process of its own, in which `first` is called before it starts."""
    done = apart([COMMAND, "export", *args], cwd=folder, env=environment(env), preexec_fn=first)
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def refused(
    folder: Path, *args: str | bytes, code: int = 3, run: Callable[..., Result] = export
) -> Result:
    """Run one that must fail, and must leave everything as it was."""
    before = state(folder)
    result = run(folder, *args)
    assert result.code == code, result
    assert result.out == ""
    assert_complaint(result.err)
    assert state(folder) == before
    return result


def assert_whole(path: Path) -> None:
    """A target is as an export makes it."""
    if path.suffix == ".json":
        assert rcpref.load(str(path)) == rcpref.load()
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert "datapackage.json" in archive.namelist()
    else:
        assert path.read_bytes()[:15] == b"SQLite format 3"


def only(folder: Path, *names: str) -> bool:
    """Whether a folder holds these alone: nothing that was in the making."""
    return sorted(os.listdir(folder)) == sorted(names)


# What exists ---------------------------------------------------------------------------


def put(place: Path, what: str) -> None:
    """Let there be something of somebody else in a place."""
    if what == "file":
        place.write_text("mine")
    elif what == "empty folder":
        place.mkdir()
    elif what == "folder":
        place.mkdir()
        put(place / "file", "file")
    elif what == "fifo":
        os.mkfifo(place)
    elif what == "socket":
        with socket.socket(socket.AF_UNIX) as own:
            own.bind(os.path.relpath(place))
    else:
        end = what.removeprefix("link to ")
        if end != "nothing":
            put(place.with_name("else"), end)
        place.symlink_to("else")


@pytest.mark.parametrize(("there", "force", "says"), [
    ("file", "", "exists already"),
    ("link to file", "", "exists already"),
    ("folder", "", "is no plain file"),
    ("folder", "--force", "is no plain file"),
    ("link to folder", "--force", "is no plain file"),
    ("link to nothing", "", "is no plain file"),
    ("link to nothing", "--force", "is no plain file"),
    ("fifo", "--force", "is no plain file"),
    ("socket", "--force", "is no plain file"),
])  # fmt: skip
def test_what_is_there_is_left_alone(tmp_path: Path, there: str, force: str, says: str) -> None:
    put(tmp_path / "all.json", there)
    result = refused(tmp_path, "all.json", *force.split())
    assert says in result.err
    assert says != "exists already" or "--force" in hint_of(result)


@each_target
def test_force_replaces_a_file(tmp_path: Path, target: str) -> None:
    (tmp_path / target).write_text("mine")
    (tmp_path / target).chmod(0o400)
    assert export(tmp_path, target, "--force").code == 0
    assert_whole(tmp_path / target)
    assert only(tmp_path, target)


def test_force_replaces_the_file_that_a_link_leads_to(tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "old.json").write_text("mine")
    (tmp_path / "all.json").symlink_to("else/old.json")
    assert export(tmp_path, "all.json", "--force").code == 0
    assert (tmp_path / "all.json").is_symlink()
    assert_whole(tmp_path / "else" / "old.json")
    assert only(tmp_path / "else", "old.json")


# The data themselves -------------------------------------------------------------------

OVERLAY = """\
[own-source]
title = "Title"
publisher = ["Publisher"]
tier = "primary"
"""


@pytest.mark.parametrize("way", ["straight", "dots", "linked parent"])
def test_nothing_is_written_into_the_data(tmp_path: Path, small: Path, way: str) -> None:
    before = state(small)
    place = small / "all.json"
    if way == "dots":
        place = small / "processes" / ".." / "all.json"
    elif way == "linked parent":
        (tmp_path / "link").symlink_to(small / "processes")
        place = tmp_path / "link" / "all.json"
    try:
        assert "inside the data" in refused(tmp_path, str(place), "--force").err
    finally:
        after = state(small)
        if place.exists():  # a test that fails must not leave it there
            place.unlink()
    assert after == before


@pytest.mark.parametrize("way", ["own/all.json", "link/all.json", "link/new/all.json"])
def test_nothing_is_written_into_an_overlay(tmp_path: Path, way: str) -> None:
    (tmp_path / "own" / "new").mkdir(parents=True)
    (tmp_path / "own" / "sources.toml").write_text(OVERLAY)
    (tmp_path / "link").symlink_to("own")
    overlay = "own" if way.startswith("link") else "link"
    result = refused(tmp_path, way, "--data", overlay, "--force")
    assert "inside the data" in result.err


# Places that cannot be written ---------------------------------------------------------


@pytest.mark.parametrize(("parent", "says"), [
    ("missing", "no such file or directory"),
    ("file", "not a directory"),
    ("/proc", ""),  # where not even root makes a file
])  # fmt: skip
def test_a_parent_that_takes_nothing(tmp_path: Path, parent: str, says: str) -> None:
    target = "all.json"
    if parent == "/proc" and not os.path.isdir(parent):
        pytest.skip("needs /proc")
    put(tmp_path / "file", "file")
    assert f"cannot write {parent}/{target}: {says}" in refused(tmp_path, f"{parent}/{target}").err


def limited(size: int) -> Callable[[], None]:
    """Lets no file of a process grow beyond a size, which is what a full disk looks like."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.process
@each_target
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "forced"])
def test_a_disk_that_is_full(tmp_path: Path, target: str, force: list[str]) -> None:
    if force:
        (tmp_path / target).write_text("mine")
    no_byte_code = {"PYTHONDONTWRITEBYTECODE": "1"}
    limits = partial(export_apart, env=no_byte_code, first=limited(2000))
    result = refused(tmp_path, target, *force, run=limits)
    assert "file too large" in result.err


@pytest.mark.process
@each_target
def test_a_disk_that_is_too_small(tmp_path: Path, target: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    args = ["-t", "tmpfs", "-o", "size=40k", "tmpfs", str(disk)]
    if mount is None or apart([mount, *args]).returncode:
        pytest.skip("needs to mount a small disk")
    try:
        assert "no space left on device" in refused(disk, target).err
    finally:
        apart(["umount", str(disk)], check=True)


# Signals and faults at every step ------------------------------------------------------


STEPS = ("fsync", "replace")
"""What writing does to the disk, besides making files."""


class Injection:
    """Raises an error at one of the steps, before or after it is done."""

    def __init__(self, patch: pytest.MonkeyPatch, at: int, error: BaseException, done: bool):
        self.count = 0
        # A disk from which nothing can be removed is beyond help.
        for name in STEPS if isinstance(error, OSError) else (*STEPS, "unlink"):
            patch.setattr(os, name, self.wrapped(getattr(os, name), at, error, done))

    def wrapped(
        self, real: Callable[..., Any], at: int, error: BaseException, done: bool
    ) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            self.count += 1
            if self.count != at:
                return real(*args, **options)
            if done:
                real(*args, **options)
            raise error.with_traceback(None)

        return step


@pytest.mark.parametrize("there", [False, True], ids=["new", "forced"])
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")], ids=repr
)
def test_an_error_at_any_step_leaves_the_old_or_the_new_and_nothing_else(
    tmp_path: Path, there: bool, done: bool, error: BaseException
) -> None:
    at = 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        place = folder / "all"
        folder.mkdir()
        if there:
            place.write_bytes(b"old\n")
        old = state(folder)
        with pytest.MonkeyPatch.context() as patch:
            injection = Injection(patch, at, error, done)
            try:
                write_file(str(place), b"new\n", force=there)
            except OutputError:
                assert isinstance(error, OSError)
            except KeyboardInterrupt:
                assert isinstance(error, KeyboardInterrupt)
        if injection.count < at:
            break
        assert state(folder) in (old, {"all": ("file", b"new\n")}), at
    assert at > 2


@pytest.mark.process
@pytest.mark.parametrize(("step", "force"), [("fsync", []), ("replace", ["--force"])])
def test_what_a_killed_run_leaves_is_hidden_and_in_nobodys_way(
    tmp_path: Path, hooks: Path, step: str, force: list[str]
) -> None:
    target = "all.json"
    if force:
        (tmp_path / target).write_text("mine")
    before = state(tmp_path)
    env = hooked(hooks, patched(step, "os.kill(os.getpid(), signal.SIGKILL)"))
    assert export_apart(tmp_path, target, *force, env=env).code == -signal.SIGKILL
    (left,) = [path for path in tmp_path.iterdir() if path.name.startswith(".rcpref-")]
    now = state(tmp_path)
    assert {key: now[key] for key in now if key != left.name} == before
    assert export(tmp_path, target, *force).code == 0
    assert_whole(tmp_path / target)
    assert only(tmp_path, target, left.name)


def hooked(folder: Path, code: str) -> dict[str, str]:
    """Surroundings in which some code runs before the command does."""
    (folder / "sitecustomize.py").write_text(code)
    return {"PYTHONPATH": str(folder)}


def patched(step: str, line: str) -> str:
    """Code that does something before a step of the writing."""
    return (
        "import os, signal, time\n"
        f"real = os.{step}\n"
        "def step(*args, **options):\n"
        f"    {line}\n"
        "    return real(*args, **options)\n"
        f"os.{step} = step\n"
    )


@pytest.fixture
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for `hooked`, outside of the one that is looked at."""
    return tmp_path_factory.mktemp("hooks")


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "target", "step"),
    [
        ("SIGINT", "all.json", "fsync"),
        ("SIGINT", "all.sqlite", "replace"),
        ("SIGTERM", "all.zip", "fsync"),
        ("SIGTERM", "all.json", "replace"),
    ],
)
def test_a_signal_leaves_nothing_behind(
    tmp_path: Path, hooks: Path, name: str, target: str, step: str
) -> None:
    env = hooked(hooks, patched(step, f"os.kill(os.getpid(), signal.{name})"))
    number = signal.Signals[name]
    own = signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL
    result = export_apart(tmp_path, target, env=env, first=lambda: signal.signal(number, own))
    assert result == (128 + number, "", "")
    assert only(tmp_path)


# Several at once -----------------------------------------------------------------------

MEETING = """\
open(os.path.join(os.environ["MEET"], str(os.getpid())), "w").close()
    end = time.monotonic() + 30
    while len(os.listdir(os.environ["MEET"])) < 3 and time.monotonic() < end: time.sleep(0.01)"""
"""Waits at a step until three processes have come to it."""


def at_once(folder: Path, hooks: Path, step: str, *args: str) -> list[Result]:
    """Three exports that come to a step at the same time."""
    (hooks / "meet").mkdir()
    env = environment({**hooked(hooks, patched(step, MEETING)), "MEET": str(hooks / "meet")})
    running = [
        subprocess.Popen(
            [COMMAND, "export", *args],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    results = []
    for process in running:
        out, err = process.communicate(timeout=60)
        results.append(Result(process.returncode, out, err))
    assert len(os.listdir(hooks / "meet")) == 3
    return results


@pytest.mark.process
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "forced"])
def test_of_exports_at_once_to_the_same_place_one_is_whole(
    tmp_path: Path, hooks: Path, force: list[str]
) -> None:
    results = at_once(tmp_path, hooks, "replace", "all.json", *force)
    assert [result.code for result in results] == [0, 0, 0]
    assert_whole(tmp_path / "all.json")
    assert only(tmp_path, "all.json")


# Names ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [
    "a b.json", "line\nfeed.json", "\u00e9\u4e2d\U0001f600.json", "esc\x1b[31m.json", "ALL.JSON",
    "./-dash.json", "--.json/../x.json", b"\xff\xfe.json",
], ids=repr)  # fmt: skip
def test_names_of_every_kind(tmp_path: Path, name: str | bytes) -> None:
    (tmp_path / "--.json").mkdir()
    result = export(tmp_path, "--", name)
    assert (result.code, result.err) == (0, "")
    assert all(sign.isprintable() or sign in "\n\t" for sign in result.out)
    place = Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), os.fsencode(name))))
    assert_whole(place if place.suffix == ".json" else place.rename(tmp_path / "all.json"))
    assert len(os.listdir(tmp_path)) == 2


def test_a_name_that_is_much_too_long(tmp_path: Path) -> None:
    for name in ("x" * 300 + ".json", "x/" * 3000 + "all.json"):
        assert "name too long" in refused(tmp_path, name).err


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    target = "all.json"
    name = "x" * (255 - len(target)) + target
    assert export(tmp_path, name).code == 0
    assert export(tmp_path, name, "--force").code == 0
    assert_whole(tmp_path / name)
    assert only(tmp_path, name)


@pytest.mark.parametrize(("line", "path"), [
    (["export", "all.json"], "all.json"),
    (["map", "igc", "-o", "a.svg"], "a.svg"),
], ids=lambda value: value[0] if isinstance(value, list) else "")  # fmt: skip
def test_the_folder_in_which_it_is_called_is_gone(
    tmp_path: Path, line: list[str], path: str
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    with contextlib.chdir(folder):
        folder.rmdir()
        result = run_inside(line, environment())
    assert (result.code, result.out) == (3, "")
    assert_complaint(result.err)
    assert f"error: cannot write {path}: no such file or directory\n" in result.err
    assert not list(tmp_path.iterdir())


def test_a_target_is_the_same_by_a_relative_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert export(tmp_path / "sub", "../all.json").ids == ["../all.json"]
    assert_whole(tmp_path / "all.json")


@pytest.mark.parametrize("mask", [0o000, 0o027])
def test_modes_are_those_that_the_user_gives_to_new_files(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        assert export(tmp_path, "all.json").code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "all.json").stat().st_mode) == 0o666 & ~mask


# Kinds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "says", "hints"), [
    (["all.xml"], "'all.xml' has no suffix that an export knows", "rcpref export atlas.html"),
    (["all"], "'all' has no suffix", "rcpref export atlas.html"),
    (["v1.2"], "'v1.2' has no suffix", "rcpref export atlas.html"),
    (["site/"], "'site/' has no suffix", "rcpref export atlas.html"),
    (["all.csv/"], "'all.csv/' has no suffix", "rcpref export atlas.html"),
    (["handbook.md"], "'handbook.md' has no suffix", "rcpref export atlas.html"),
    (["all.db"], "'all.db' has no suffix", "rcpref export atlas.html"),
    ([".csv"], "'.csv' has no suffix", "rcpref export atlas.html"),
    (["nosuch.csv"], "no table named 'nosuch'", "rcpref export members.csv (tables: "),
    (["all.json", "--as-of", "2013"], ".json is not of one date", "members.csv"),
    (["a.html", "--as-of", "2013"], ".html is not of one date", "members.csv"),
    (["spells.csv", "--as-of", "2013"], "spells.csv is not of one date", "members.csv"),
    (["panel.csv", "--as-of", "2013"], "panel.csv is not of one date", "members.csv"),
    (["a.json", "--years", "2013"], ".json has no answers by year", "panel.csv"),
    (["spells.csv", "--years", "2013"], "spells.csv has no answers by year", "panel.csv"),
    (["members.csv", "--years", "2013"], "members.csv has no answers by year", "panel.csv"),
    (["panel.csv", "--years", "2013..2012"], "ends before it begins", "earlier date first"),
    (["panel.csv", "--years", "..2013"], "no first year", "2003..2025"),
    (["panel.csv", "--years", "1000..2025"], "1026 years are too many", "360"),
    (["panel.csv", "--years", "often"], "'often' is not a date", "2003..2025"),
    (["-", "--as-of", "2013"], "standard output", "leave"),
    (["-", "--years", "2013"], "standard output", "leave"),
    (["-", "--force"], "standard output", "leave"),
    (["all.zip", "--as-of", "2013-13"], "2013-13", "2013-05"),
    (["all.sqlite", "--as-of", ""], "''", "2013-05"),
    (["all.zip", "-f", "xml"], "'xml'", "shows the options"),
    (["all.json", "--columns", "path,name"], "'name'", "sha256"),
    (["-", "-f", "csv"], "standard output", "leave"),
    (["-", "--columns", "path"], "standard output", "leave"),
    ([""], "empty", "rcpref export atlas.html"),
    ([" "], "empty", "rcpref export atlas.html"),
    ([], "FILE", "--help"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else None)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str, hints: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = refuse("export", *args, codes=(2,))
    assert only(tmp_path)
    assert says.lower() in result.err.splitlines()[0].lower()
    assert hints in hint_of(result)


def test_the_hint_on_an_unknown_suffix_or_table_lists_all(tmp_path: Path) -> None:
    result = refused(tmp_path, "all.parquet", code=2)
    assert all(suffix in result.err for suffix in SUFFIXES)
    result = refused(tmp_path, "parquet.csv", code=2)
    assert all(table in hint_of(result) for table in CSV_TABLES)


@pytest.mark.parametrize("target", ["ALL.ZIP", "all.Zip"])
def test_a_suffix_is_known_in_capitals_too(tmp_path: Path, target: str) -> None:
    assert export(tmp_path, target).ids == [target]
    assert_whole(tmp_path / target)


@pytest.mark.parametrize("name", CSV_TABLES)
def test_a_table_is_named_as_the_file(tmp_path: Path, name: str) -> None:
    assert export(tmp_path, f"{name}.csv").code == 0
    assert (tmp_path / f"{name}.csv").read_text(encoding="utf-8").count("\n") > 2


# Standard output -----------------------------------------------------------------------


def test_standard_output_takes_the_same_json(tmp_path: Path) -> None:
    assert export(tmp_path, "all.json").code == 0
    file = (tmp_path / "all.json").read_bytes()
    result = export(tmp_path, "-")
    assert (result.code, result.err) == (0, "")
    assert result.out.encode() == file
    assert only(tmp_path, "all.json")


@pytest.mark.process
@pytest.mark.parametrize("encoding", ["ascii", "utf-16"])
def test_standard_output_loses_nothing_in_a_poorer_encoding(tmp_path: Path, encoding: str) -> None:
    done = apart(
        [COMMAND, "export", "-"], env=environment({"PYTHONIOENCODING": encoding}), check=True
    )
    file = tmp_path / "all.json"
    file.write_bytes(done.stdout.decode(encoding).encode())
    assert rcpref.load(str(file)) == rcpref.load()


@pytest.mark.process
@pytest.mark.parametrize("env", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_reader_that_goes_after_the_first_letter(env: dict[str, str]) -> None:
    done = apart(["sh", "-c", '"$1" export - | head -c 1', "sh", COMMAND], env=environment(env))
    assert (done.stdout, done.stderr) == (b"{", b"")


# The Python API ------------------------------------------------------------------------


def test_the_api_writes_and_refuses_as_the_command_does(
    tmp_path: Path, data: rcpref.Dataset
) -> None:
    place = str(tmp_path / "all.json")
    written = data.export(place)
    content = Path(place).read_bytes()
    assert written == (place, len(content), sha256(content))
    with pytest.raises(rcpref.OutputError, match="exists already"):
        data.export(place)
    with pytest.raises(UsageProblem, match="has no suffix"):
        data.export(str(tmp_path / "all.xml"))
    with pytest.raises(rcpref.DateError):
        data.export(str(tmp_path / "all.zip"), as_of="never")
    with contextlib.chdir(tmp_path), pytest.raises(UsageProblem):
        data.export("-")
    assert only(tmp_path, "all.json")


@pytest.mark.parametrize("name", ["a\0b.json", "\ud800.json", "\ud800/all.json"])
def test_a_name_that_no_file_can_have(tmp_path: Path, data: rcpref.Dataset, name: str) -> None:
    with pytest.raises(rcpref.OutputError, match="cannot write"):
        data.export(str(tmp_path / name))
    assert only(tmp_path)


def test_an_export_of_an_export_is_the_same(tmp_path: Path, data: rcpref.Dataset) -> None:
    first, second = (str(tmp_path / name) for name in ("first.json", "second.json"))
    data.export(first)
    rcpref.load(first).export(second)
    assert Path(first).read_bytes() == Path(second).read_bytes()
