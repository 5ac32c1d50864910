"""Where `rcpref export` writes: whole or not at all, and over nothing that it did not make."""

import contextlib
import errno
import ntpath
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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rcpref
from conftest import (
    COMMAND,
    Result,
    apart,
    environment,
    run_inside,
    use_small,
    validator,
)
from helpers import assert_complaint, cases, hint_of, refuse, sample
from rcpref.errors import OutputError, UsageProblem
from rcpref.export import SUFFIXES, TARGET_KINDS, kind_of, targets
from rcpref.writing import write_file, write_folder

pytestmark = pytest.mark.usefixtures("small")
"""What is written is the same with any data."""

TARGETS = ("all.json", "all.sqlite", "all.zip", "all", "site")
"""One target of each kind that is written in its own way."""

FILES = ("all.json", "all.sqlite", "all.zip")
FOLDERS = ("all", "site")

either = pytest.mark.parametrize("target", ["all.json", "all"], ids=["file", "folder"])
each_file = pytest.mark.parametrize("target", sample(FILES, ["all.zip"]))
each_folder = pytest.mark.parametrize("target", sample(FOLDERS, ["all"]))


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


def line(*args: str | bytes) -> list[str | bytes]:
    """The arguments of an export; to the target `site` a site, unless they say otherwise."""
    to = ("--to", "site") if args[:1] == ("site",) and "--to" not in args else ()
    return ["export", *args, *to]


def export(folder: Path, *args: str | bytes) -> Result:
    """Run the command in a folder."""
    with contextlib.chdir(folder):
        return run_inside(line(*args), environment())


def export_apart(
    folder: Path,
    *args: str | bytes,
    env: Mapping[str, str] | None = None,
    first: Callable[[], object] | None = None,
) -> Result:
    """Run it as a process of its own, in which `first` is called before it starts."""
    done = apart([COMMAND, *line(*args)], cwd=folder, env=environment(env), preexec_fn=first)
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
    if path.is_dir():
        there = {str(file.relative_to(path)): file for file in path.rglob("*") if file.is_file()}
        contents = {name: file.read_bytes() for name, file in there.items()}
        made = {key: contents[key] for key in contents.keys() - {targets.SUMS, targets.MARK}}
        assert targets.sealed(made) == contents
        assert len(made) > 10
    elif path.suffix == ".json":
        assert rcpref.load(str(path)) == rcpref.load()
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            assert targets.SUMS in archive.namelist()
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


@pytest.mark.parametrize(("target", "there", "force", "says"), [
    *((each, "file", "", "exists already") for each in TARGETS),
    ("all.json", "folder", "", "exists already"),
    ("all", "folder", "", "exists already"),
    *((each, "folder", "--force", "is a folder") for each in FILES),
    *((each, "file", "--force", "is a file") for each in FOLDERS),
    ("all.json", "link to file", "--force", "is a symbolic link"),
    ("all.json", "link to folder", "--force", "is a symbolic link"),
    ("all.json", "link to nothing", "", "is a symbolic link"),
    ("all", "link to file", "--force", "is a symbolic link"),
    ("all", "link to folder", "--force", "is a symbolic link"),
    ("all", "link to nothing", "", "is a symbolic link"),
    ("all.json", "fifo", "--force", "is no plain file"),
    ("all", "fifo", "--force", "is no plain file"),
    ("all.json", "socket", "--force", "is no plain file"),
])  # fmt: skip
def test_what_is_there_is_left_alone(
    tmp_path: Path, target: str, there: str, force: str, says: str
) -> None:
    put(tmp_path / target, there)
    result = refused(tmp_path, target, *force.split())
    assert says in result.err
    assert says != "exists already" or "--force" in hint_of(result)


@each_file
def test_force_replaces_a_file(tmp_path: Path, target: str) -> None:
    (tmp_path / target).write_text("mine")
    (tmp_path / target).chmod(0o400)
    assert export(tmp_path, target, "--force").code == 0
    assert_whole(tmp_path / target)
    assert only(tmp_path, target)


@each_folder
def test_force_replaces_a_folder_from_an_export_and_nothing_of_it_stays(
    tmp_path: Path, target: str
) -> None:
    other = {"all": "site", "site": "csv"}[target]
    assert export(tmp_path, target, "--to", other).code == 0
    old = state(tmp_path / target)
    assert export(tmp_path, target, "--force").code == 0
    assert_whole(tmp_path / target)
    assert set(old) & set(state(tmp_path / target)) == {targets.SUMS, targets.MARK}
    assert only(tmp_path, target)


def test_force_replaces_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "all").mkdir()
    assert export(tmp_path, "all", "--force").code == 0
    assert_whole(tmp_path / "all")
    assert only(tmp_path, "all")


def exported_once(factory: pytest.TempPathFactory, target: str) -> Path:
    """An export of small data, to be copied."""
    home = factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        use_small(patch)
        assert export(home, target).code == 0
    return home / target


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported_once(tmp_path_factory, "all")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exported_once(tmp_path_factory, "site")


@pytest.mark.parametrize("kind", sample(["csv", "csv --excel", "site"], ["site"]))
def test_every_folder_says_in_words_that_an_export_has_made_it(tmp_path: Path, kind: str) -> None:
    line = ["all/", "--to", *kind.split()]
    assert export(tmp_path, *line).code == 0
    mark = (tmp_path / "all" / targets.MARK).read_text(encoding="ascii")
    assert mark.startswith("rcpref export has made this folder.")
    before = state(tmp_path)
    assert export(tmp_path, *line, "--force").code == 0
    assert state(tmp_path) == before
    (tmp_path / "all" / "mine").write_text("mine")
    refused(tmp_path, *line, "--force")


def test_an_archive_that_is_unpacked_is_a_folder_from_an_export(tmp_path: Path) -> None:
    assert export(tmp_path, "all.zip").code == 0
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tmp_path / "all")
    assert export(tmp_path, "all", "--force").code == 0


@pytest.mark.parametrize(("foreign", "what"), [
    ("mine.csv", "file"), (".hidden", "file"), ("sub/claims.csv", "file"),
    ("sub", "empty folder"), ("link", "link to folder"),
])  # fmt: skip
def test_force_replaces_no_folder_with_something_of_somebody_else(
    tmp_path: Path, tables: Path, foreign: str, what: str
) -> None:
    shutil.copytree(tables, tmp_path / "all")
    (tmp_path / "all" / foreign).parent.mkdir(exist_ok=True)
    put(tmp_path / "all" / foreign, what)
    result = refused(tmp_path, "all", "--force")
    assert "all was changed after the export: " in result.err
    assert f"{foreign.partition('/')[0]} (added)" in result.err


def test_force_names_some_of_the_files_that_differ(tmp_path: Path, tables: Path) -> None:
    shutil.copytree(tables, tmp_path / "all")
    names = sorted(path.name for path in tables.glob("*.csv"))
    (tmp_path / "all" / names[0]).write_text("mine")
    for name in names[1:]:
        (tmp_path / "all" / name).unlink()
    result = refused(tmp_path, "all", "--force")
    changed, *removed = names
    told = ", ".join([f"{changed} (changed)", *(f"{name} (removed)" for name in removed[:2])])
    assert f"was changed after the export: {told} and {len(names) - 3} more\n" in result.err
    assert "move it away" in hint_of(result)


def test_force_replaces_no_folder_of_a_thesis(tmp_path: Path) -> None:
    """With the names of a handbook, and an honest list by another program."""
    (tmp_path / "all").mkdir()
    files = {"index.md": b"mine", "states.md": b"mine too", "thesis.md": b"mine, all of it"}
    for name, content in {**files, targets.SUMS: targets.sums_of(files)}.items():
        (tmp_path / "all" / name).write_bytes(content)
    refused(tmp_path, "all", "--force")
    # Nor with a mark of that name, whatever is in the list.
    (tmp_path / "all" / targets.MARK).write_text("mine")
    refused(tmp_path, "all", "--force")
    for sums in (b"\xff\xfe\n", targets.sums_of(files)[:-1], b"../all"):
        (tmp_path / "all" / targets.SUMS).write_bytes(sums)
        (tmp_path / "all" / targets.MARK).write_bytes(targets.sealed({})[targets.MARK])
        refused(tmp_path, "all", "--force")


def test_an_export_by_an_earlier_version_is_to_be_moved_away_once(tmp_path: Path) -> None:
    assert export(tmp_path, "all/").code == 0
    (tmp_path / "all" / targets.MARK).unlink()
    result = refused(tmp_path, "all/", "--force")
    assert f"looks like an export by an earlier version, without {targets.MARK}" in result.err
    assert hint_of(result) == "move it away, or give another name"


@pytest.mark.parametrize("name", [targets.SUMS, targets.MARK])
@pytest.mark.parametrize("what", ["fifo", "empty folder", "no text", "a link", "nothing"])
def test_force_waits_for_no_list_and_no_mark(
    tmp_path: Path, tables: Path, name: str, what: str
) -> None:
    shutil.copytree(tables, tmp_path / "all")
    place = tmp_path / "all" / name
    place.rename(tmp_path / "moved")
    if what == "no text":
        place.write_bytes(b"\xff\xfe")
    elif what == "a link":
        place.symlink_to(tmp_path / "moved")
    elif what != "nothing":
        put(place, what)
    refused(tmp_path, "all", "--force")


def test_force_waits_for_no_pipe_that_takes_the_place_of_the_list(
    tmp_path: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(tables, tmp_path / "all")
    real = os.open

    def swapped(path: Any, flags: int, *args: Any, **options: Any) -> int:
        if str(path).endswith(targets.SUMS) and not flags & os.O_CREAT:
            os.unlink(path)
            os.mkfifo(path)
        return real(path, flags, *args, **options)

    monkeypatch.setattr(os, "open", swapped)
    assert export(tmp_path, "all", "--force").code == 3


EDITS = (
    *("change", "file", "remove", "rename", "empty folder", "fifo", "link"),
    *("list", "clear", "nothing"),
)
PLACES = (
    *("mine.md", ".hidden", "processes/mine.md", "mine/index.md", "processes/igc.md"),
    *("index.md", targets.SUMS, targets.MARK),
)


def edit(folder: Path, what: str, number: int, name: str) -> None:
    """Do to a folder what somebody may do to it by hand."""
    place = folder / name
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    file = files[number % len(files)] if files else place
    if what == "change":
        content = file.read_bytes() if file.exists() else b""
        file.write_bytes(content[: number % 2000] + b"mine"[number % 4 :])
    elif what == "remove":
        file.unlink()
    elif what == "list":
        contents = {str(path.relative_to(folder)): path.read_bytes() for path in files}
        (folder / targets.SUMS).write_bytes(targets.sums_of(contents))
    elif what == "clear":
        shutil.rmtree(place if place.is_dir() else place.parent)
        folder.mkdir(exist_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        if what == "rename":
            file.rename(place)
        elif what == "link":
            moved = file.rename(folder.parent / f"moved-{number}")
            place.symlink_to(moved)
        elif what != "nothing":
            put(place, what)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 5000), st.sampled_from(PLACES)),
        min_size=1,
        max_size=3,
    )
)
def test_force_replaces_no_folder_that_is_not_as_an_export_left_it(
    tmp_path: Path, book: Path, edits: list[tuple[str, int, str]]
) -> None:
    shutil.rmtree(tmp_path / "work", ignore_errors=True)
    place = tmp_path / "work" / "site"
    shutil.copytree(book, place)
    whole = state(place)
    for each in edits:
        with contextlib.suppress(OSError):
            edit(place, *each)
    before = state(place)
    if before in (whole, {}):
        assert export(place.parent, "site", "--force").code == 0
        assert state(place) == whole
        return
    result = refused(place.parent, "site", "--force")
    if targets.MARK in before:
        differing = {key for key in before | whole if before.get(key) != whole.get(key)}
        assert any(key in result.err for key in differing)


# Links, and what is no file ------------------------------------------------------------


def test_no_link_is_followed_that_has_a_slash_behind_it(tmp_path: Path, tables: Path) -> None:
    shutil.copytree(tables, tmp_path / "folder")
    (tmp_path / "all").symlink_to("folder")
    assert "is a symbolic link" in refused(tmp_path, "all/", "--force").err


@pytest.mark.parametrize("above", ["link", "link/sub", "real/link", "./link", "real/../link"])
def test_no_link_above_a_target_is_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, above: str
) -> None:
    """Whoever may write there could lead what is written to a place of somebody else."""
    (tmp_path / "else" / "sub").mkdir(parents=True)
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("else")
    (tmp_path / "real" / "link").symlink_to("../else")
    monkeypatch.chdir(tmp_path)
    before = state(tmp_path)
    writes: tuple[Callable[[str], None], ...] = (
        lambda path: write_file(path, b"new\n"),
        lambda path: write_file(path, b"new\n", force=True),
        lambda path: write_folder(path, CONTENT, replace=targets.only_exported),
    )
    for write in writes:
        for place in (f"{above}/all", str(tmp_path / above / "all")):
            with pytest.raises(OutputError, match="link is a symbolic link") as caught:
                write(place)
            assert str(tmp_path / "else") in caught.value.hint
    assert state(tmp_path) == before


@either
def test_a_link_above_a_target_is_told_with_where_it_leads(tmp_path: Path, target: str) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "link").symlink_to("else")
    result = refused(tmp_path, f"link/{target}")
    assert "link is a symbolic link" in result.err
    assert export(tmp_path, hint_of(result).rpartition(": ")[2]).code == 0
    assert_whole(tmp_path / "else" / target)


def test_a_link_of_the_system_may_stand_above_a_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on machines where /tmp is one; nobody else can put one there."""
    real = os.path.islink
    top = f"/{tmp_path.parts[1]}"
    monkeypatch.setattr(os.path, "islink", lambda path: path == top or real(path))
    assert export(tmp_path, str(tmp_path / "all.json")).code == 0


@pytest.mark.parametrize(("device", "to"), [("/dev/full", "json"), ("/dev/null", "csv")])
def test_a_device_is_no_target(tmp_path: Path, device: str, to: str) -> None:
    if not os.path.exists(device):
        pytest.skip(f"needs {device}")
    before = os.lstat(device)
    assert "is no plain file" in refused(tmp_path, device, "--to", to, "--force").err
    assert os.lstat(device).st_rdev == before.st_rdev


# The data themselves -------------------------------------------------------------------

OVERLAY = """\
[own-source]
title = "Title"
publisher = ["Publisher"]
tier = "primary"
"""


@either
@pytest.mark.parametrize("way", ["straight", "dots", "linked parent"])
def test_nothing_is_written_into_the_data(
    tmp_path: Path, small: Path, target: str, way: str
) -> None:
    before = state(small)
    place = small / target
    if way == "dots":
        place = small / "processes" / ".." / target
    elif way == "linked parent":
        (tmp_path / "link").symlink_to(small / "processes")
        place = tmp_path / "link" / target
    try:
        assert "inside the data" in refused(tmp_path, str(place), "--force").err
    finally:
        after = state(small)
        if place.exists():  # a test that fails must not leave it there
            shutil.rmtree(place) if place.is_dir() else place.unlink()
    assert after == before


def test_the_data_folder_is_not_replaced(tmp_path: Path, small: Path) -> None:
    result = refused(tmp_path, f"{small}/", "--to", "csv", "--force")
    assert "inside the data" in result.err


@pytest.mark.parametrize("way", ["own/all.json", "own", "link/all.json", "link/new/all"])
def test_nothing_is_written_into_an_overlay(tmp_path: Path, way: str) -> None:
    (tmp_path / "own" / "new").mkdir(parents=True)
    (tmp_path / "own" / "sources.toml").write_text(OVERLAY)
    (tmp_path / "link").symlink_to("own")
    overlay = "own" if way.startswith("link") else "link"
    result = refused(tmp_path, way, "--data", overlay, "--force")
    assert "inside the data" in result.err


# Places that cannot be written ---------------------------------------------------------


@either
@pytest.mark.parametrize(("parent", "says"), [
    ("missing", "no such file or directory"),
    ("file", "not a directory"),
    ("/proc", ""),  # where not even root makes a file
])  # fmt: skip
def test_a_parent_that_takes_nothing(tmp_path: Path, target: str, parent: str, says: str) -> None:
    if parent == "/proc" and not os.path.isdir(parent):
        pytest.skip("needs /proc")
    put(tmp_path / "file", "file")
    assert f"cannot write {parent}/{target}: {says}" in refused(tmp_path, f"{parent}/{target}").err


@pytest.mark.process
@pytest.mark.parametrize("error", ["EPERM", "EOPNOTSUPP"])
def test_a_disk_without_hard_links(tmp_path: Path, hooks: Path, error: str) -> None:
    fail = f"raise OSError({getattr(errno, error)}, 'no links here')"
    env = hooked(hooks, patched("link", fail))
    assert export_apart(tmp_path, "all.json", env=env).code == 0
    assert_whole(tmp_path / "all.json")
    assert only(tmp_path, "all.json")
    # Somebody else puts a file there at the last moment.
    meanwhile = "open(args[1], 'w').close()"
    env = hooked(hooks, patched("link", f"{meanwhile}; {fail}"))
    result = export_apart(tmp_path, "new.json", env=env)
    assert (result.code, result.out) == (3, "")
    assert "exists already" in result.err
    assert (tmp_path / "new.json").read_bytes() == b""
    assert only(tmp_path, "all.json", "new.json")


def limited(size: int) -> Callable[[], None]:
    """Lets no file of a process grow beyond a size, which is what a full disk looks like."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.process
@pytest.mark.parametrize(
    ("target", "there"),
    sample(
        [*((each, "nothing") for each in TARGETS), ("all.json", "an export"), ("all", "an export")],
        [("all.sqlite", "nothing"), ("all", "an export")],
        several=True,
    ),
)
def test_a_disk_that_is_full(tmp_path: Path, tables: Path, target: str, there: str) -> None:
    force = []
    if there == "an export":
        force = ["--force"]
        if target in FOLDERS:
            shutil.copytree(tables, tmp_path / target)
        else:
            (tmp_path / target).write_text("mine")
    no_byte_code = {"PYTHONDONTWRITEBYTECODE": "1"}
    limits = partial(export_apart, env=no_byte_code, first=limited(2000))
    result = refused(tmp_path, target, *force, run=limits)
    assert "file too large" in result.err


@pytest.mark.process
@pytest.mark.parametrize("target", sample(["all.json", "all", "site"], ["all"]))
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


CONTENT = targets.sealed({"new.csv": b"a,b\n", "sub/new.csv": b"c\n"})

STEPS = ("mkdir", "fsync", "link", "replace", "rename")
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
            if "dir_fd" in options and options["dir_fd"] is not None:
                return real(*args, **options)  # shutil.rmtree, which clears away
            self.count += 1
            if self.count != at:
                return real(*args, **options)
            if done:
                real(*args, **options)
            raise error.with_traceback(None)

        return step


def old_export(folder: Path) -> None:
    """An export that is there before."""
    files = {"dataset.csv": b"old\n", "claims.csv": b"old\n", "sub/old.csv": b"old\n"}
    write_folder(str(folder), targets.sealed(files))


@pytest.mark.parametrize("there", [False, True], ids=["new", "forced"])
@pytest.mark.parametrize("kind", ["file", "folder"])
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    "error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left on device")], ids=repr
)
def test_an_error_at_any_step_leaves_the_old_or_the_new_and_nothing_else(
    tmp_path: Path, there: bool, kind: str, done: bool, error: BaseException
) -> None:
    at = 0
    while True:
        at += 1
        folder = tmp_path / str(at)
        place = folder / "all"
        folder.mkdir()
        if there and kind == "folder":
            old_export(place)
        elif there:
            place.write_bytes(b"old\n")
        old = state(folder)
        with pytest.MonkeyPatch.context() as patch:
            injection = Injection(patch, at, error, done)
            try:
                if kind == "file":
                    write_file(str(place), b"new\n", force=there)
                else:
                    replace = targets.only_exported if there else None
                    write_folder(str(place), CONTENT, replace=replace)
            except OutputError:
                assert isinstance(error, OSError)
            except KeyboardInterrupt:
                assert isinstance(error, KeyboardInterrupt)
        if injection.count < at:
            break
        if state(folder) != old:
            new = (
                {"all": b"new\n"} if kind == "file" else {f"all/{n}": c for n, c in CONTENT.items()}
            )
            found = state(folder)
            files = {key: content for key, (what, content) in found.items() if what == "file"}
            assert files == new, (at, found)
            assert only(folder, "all")
    assert at > 2


@pytest.mark.parametrize(
    ("late", "how"),
    [("own.txt", "added"), ("sub/own.txt", "added"), ("sub2", "added"), ("claims.csv", "changed")],
)
def test_what_comes_into_a_folder_while_it_is_replaced_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str, how: str
) -> None:
    place = tmp_path / "all"
    old_export(place)
    before, real = state(tmp_path), os.rename

    def come(*args: Any) -> None:
        monkeypatch.setattr(os, "rename", real)
        if late == "sub2":
            (place / late).mkdir()
        else:
            (place / late).write_text("mine")
        real(*args)

    monkeypatch.setattr(os, "rename", come)
    with pytest.raises(OutputError, match=rf"all was changed after the export: {late} \({how}\)"):
        write_folder(str(place), CONTENT, replace=targets.only_exported)
    kept = state(tmp_path)
    assert kept.pop(f"all/{late}") != before.pop(f"all/{late}", None)
    assert kept == before


@pytest.mark.process
@pytest.mark.parametrize(
    ("target", "step", "force"),
    [
        ("all.json", "fsync", []),
        ("all.json", "replace", ["--force"]),
        ("all", "rename", ["--force"]),
        ("all", "rename-2", ["--force"]),
    ],
)
def test_what_a_killed_run_leaves_is_hidden_and_in_nobodys_way(
    tmp_path: Path, hooks: Path, tables: Path, target: str, step: str, force: list[str]
) -> None:
    if force and target in FOLDERS:
        shutil.copytree(tables, tmp_path / target)
    elif force:
        (tmp_path / target).write_text("mine")
    before = state(tmp_path)
    step, _, second = step.partition("-")
    kill = "os.kill(os.getpid(), signal.SIGKILL)"
    line = f"calls.append(1); {kill} if len(calls) == {second or 1} else None"
    env = hooked(hooks, f"calls = []\n{patched(step, line)}")
    assert export_apart(tmp_path, target, *force, env=env).code == -signal.SIGKILL
    left = [path for path in tmp_path.iterdir() if path.name.startswith(".rcpref-")]
    if second:
        # The old folder has been moved away, and the new one is not in its place yet.
        whole = {name.removeprefix(f"{target}/"): what for name, what in before.items()}
        assert any(state(path) == {k: v for k, v in whole.items() if k != target} for path in left)
    else:
        now = state(tmp_path)
        assert {key: now[key] for key in now if not key.startswith(".rcpref-")} == before
    assert left
    assert export(tmp_path, target, *force).code == 0
    assert_whole(tmp_path / target)
    assert only(tmp_path, target, *(path.name for path in left))


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
        ("SIGINT", "all", "rename"),
        ("SIGTERM", "all.zip", "link"),
        ("SIGTERM", "all", "rename"),
        ("SIGHUP", "all.sqlite", "fsync"),
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


@pytest.mark.process
def test_a_signal_that_is_ignored_stays_so(tmp_path: Path, hooks: Path) -> None:
    env = hooked(hooks, patched("link", "os.kill(os.getpid(), signal.SIGHUP)"))
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # noqa: E731
    assert export_apart(tmp_path, "all.json", env=env, first=ignore).code == 0
    assert_whole(tmp_path / "all.json")
    assert only(tmp_path, "all.json")


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
@pytest.mark.parametrize(("target", "step", "force"), [
    ("all.json", "link", ""),
    ("all", "rename", ""),
    ("all.json", "replace", "--force"),
    ("all", "rename", "--force"),
])  # fmt: skip
def test_of_exports_at_once_to_the_same_place_one_is_whole(
    tmp_path: Path, hooks: Path, tables: Path, target: str, step: str, force: str
) -> None:
    if force and target in FOLDERS:
        shutil.copytree(tables, tmp_path / target)
    results = at_once(tmp_path, hooks, step, target, *force.split())
    codes = sorted(result.code for result in results)
    assert codes[0] == 0 and {*codes} <= {0, 3} if force else codes == [0, 3, 3]
    for result in results:
        if result.code:
            assert_complaint(result.err)
            assert force or "exists already" in result.err
    assert_whole(tmp_path / target)
    assert only(tmp_path, target)


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
    for name in ("x" * 300 + ".json", "x/" * 3000 + "all"):
        assert "name too long" in refused(tmp_path, name).err


@either
def test_a_name_as_long_as_names_can_be(tmp_path: Path, target: str) -> None:
    name = "x" * (255 - len(target)) + target
    assert export(tmp_path, name).code == 0
    assert export(tmp_path, name, "--force").code == 0
    assert_whole(tmp_path / name)
    assert only(tmp_path, name)


@pytest.mark.parametrize("target", ["all///", "sub/../all"])
def test_a_folder_may_have_a_slash_behind_it(tmp_path: Path, target: str) -> None:
    (tmp_path / "sub").mkdir()
    assert export(tmp_path, target).code == 0
    assert_whole(tmp_path / "all")
    assert "exists already" in refused(tmp_path, target).err
    assert export(tmp_path, target, "--force").code == 0
    assert only(tmp_path, "all", "sub")


@pytest.mark.parametrize("kind", ["json", "sqlite", "table", "html"])
def test_a_file_has_no_slash_behind_it(tmp_path: Path, kind: str) -> None:
    args = ("export", f"{tmp_path}/all/", "--to", kind)
    for more in ((), ("--force",)):
        error = refuse(*args, *more, codes=(2,))
        assert error.err.splitlines()[0].endswith(f"{kind} is one file, not a folder")
        assert hint_of(error) == f"rcpref export {tmp_path}/all --to {kind}"
        (tmp_path / "all").write_text("mine")
    assert (tmp_path / "all").read_text() == "mine"


@pytest.mark.parametrize(
    ("target", "force"), [(".", []), (".", ["--force"]), ("..", ["--force"]), ("/", ["--force"])]
)
def test_a_place_that_cannot_be_made_anew(tmp_path: Path, target: str, force: list[str]) -> None:
    folder = tmp_path / "inner"
    folder.mkdir()
    (folder / "file").write_text("mine")
    before = state(tmp_path)
    refused(folder, target, *force)
    assert state(tmp_path) == before


@pytest.mark.parametrize(("line", "path"), [
    (["export", "all.json"], "all.json"),
    (["export", "sub/all"], "sub/all"),
    (["map", "igc", "-o", "a.svg"], "a.svg"),
    (["chart", "overlap", "-o", "a.svg"], "a.svg"),
    (["new", "process", "own", "--data", "own"], os.path.join("own", "processes", "own.toml")),
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
    assert f"error: cannot write {path}: the current folder is gone\n" in result.err
    assert hint_of(result) == "change to a folder that exists, as with: cd ~"
    assert not list(tmp_path.iterdir())


def test_a_target_is_the_same_by_a_relative_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    assert export(tmp_path / "sub", "../all.json").ids == ["../all.json"]
    assert_whole(tmp_path / "all.json")


@pytest.mark.parametrize("mask", [0o000, 0o027])
def test_modes_are_those_that_the_user_gives_to_new_files(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        for target in ("all.json", "site"):
            assert export(tmp_path, target).code == 0
    finally:
        os.umask(before)
    for path in tmp_path.rglob("*"):
        expected = (0o777 if path.is_dir() else 0o666) & ~mask
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


# Kinds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("args", "says", "hints"), [
    (["all.xml"], "'.xml'", ".sqlite3"),
    (["all.txt"], "'.txt'", "folder of CSV"),
    (["v1.2"], "'.2'", "--to json|csv|sqlite|markdown"),
    (["all.json", "--to", "xml"], "'xml'", "json, csv, sqlite, markdown"),
    (["all", "--to", ""], "''", "json, csv, sqlite, markdown"),
    (["all", "--to", "JSON"], "'JSON'", "json, csv, sqlite, markdown"),
    (["all.json", "--excel"], "not json", ".zip"),
    (["all", "--excel", "--to", "json"], "not json", ".zip"),
    (["all.md", "--excel"], "not markdown", ".zip"),
    (["all.db", "--excel"], "not sqlite", ".zip"),
    (["all.xlsx", "--excel"], "not xlsx", ".zip"),
    (["all.json", "--as-of", "2013"], "all dates", "--as-of"),
    (["site/", "--to", "site", "--as-of", "2013"], "a site holds all dates", "--as-of and --years"),
    (["site/", "--to", "site", "--years", "2013"], "a site holds all dates", "--as-of and --years"),
    (["a.csv", "--to", "spells", "--as-of", "2013"], "spells holds all dates", "leave out --as-of"),
    (["a.csv", "--to", "spells", "--years", "2013"], "spells holds all dates", "leave out --as-of"),
    (["a.html", "--as-of", "2013"], "an atlas holds all dates", "leave out --as-of"),
    (["a.json", "--years", "2013"], "all dates", "--years"),
    (["a.md", "--years", "2013"], "markdown has one date", "csv, sqlite, table, xlsx"),
    (["a.csv", "--years", "2013..2012"], "ends before it begins", "earlier date first"),
    (["a.csv", "--years", "2013", "--as-of", "2013"], "one date or", "leave out one"),
    (["a.csv", "--years", "..2013"], "no first year", "2003..2025"),
    (["a.csv", "--years", "1000..2025"], "1026 years are too many", "360"),
    (["a.csv", "--years", "often"], "'often' is not a date", "2003..2025"),
    (["-", "--as-of", "2013"], "standard output", "leave"),
    (["-", "--years", "2013"], "standard output", "leave"),
    (["-", "--force"], "standard output", "leave"),
    (["-", "--excel"], "not json", ".zip"),
    (["-", "--to", "csv"], "cannot go to standard output", "--to json"),
    (["-", "--to", "table"], "cannot go to standard output", "--to json"),
    (["-", "--to", "html"], "cannot go to standard output", "--to json"),
    (["-", "--to", "sqlite"], "cannot go to standard output", "--to json"),
    (["-", "--to", "markdown"], "cannot go to standard output", "--to json"),
    (["all", "--as-of", "2013-13"], "2013-13", "2013-05"),
    (["all.sqlite", "--as-of", ""], "''", "2013-05"),
    (["all", "-f", "xml"], "'xml'", "--help"),
    (["all.json", "--columns", "path,name"], "'name'", "sha256"),
    (["-", "-f", "csv"], "standard output", "leave"),
    (["-", "--columns", "path"], "standard output", "leave"),
    ([""], "empty", "name"),
    ([" "], "empty", "name"),
    ([], "TARGET", "--help"),
], ids=lambda value: " ".join(value) if isinstance(value, list) else None)  # fmt: skip
def test_wrong_usage_says_what_would_be_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], says: str, hints: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = refuse("export", *args, codes=(2,))
    assert only(tmp_path)
    assert says.lower() in result.err.splitlines()[0].lower()
    assert hints in hint_of(result)


@pytest.mark.parametrize(("target", "kind"), cases({
    "markdown": ["v1.2\\handbook.md"],
    "csv": ["v1.2\\tables\\", "C:\\v1.2\\site", "site/"],
    "sqlite": ["C:\\v1.2\\all.sqlite"],
}))  # fmt: skip
def test_a_target_may_have_the_separators_of_windows(target: str, kind: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "path", ntpath)
        found = kind_of(target)
    assert found == kind


def test_the_hint_on_an_unknown_suffix_lists_all(tmp_path: Path) -> None:
    hint = hint_of(refused(tmp_path, "all.parquet", code=2))
    assert all(suffix in hint for suffix in SUFFIXES)
    assert all(kind in hint for kind in TARGET_KINDS)


@pytest.mark.parametrize(
    ("target", "args"), [("ALL.ZIP", []), ("all.Zip", ["--excel"]), ("b.zip", ["--to", "site"])]
)
def test_an_archive_is_a_file(tmp_path: Path, target: str, args: list[str]) -> None:
    assert export(tmp_path, target, *args).ids == [target]
    assert (tmp_path / target).is_file()
    assert_whole(tmp_path / target)


@pytest.mark.parametrize("kind", TARGET_KINDS)
def test_a_kind_that_is_said_goes_before_the_suffix(tmp_path: Path, kind: str) -> None:
    result = export(tmp_path, "all.data", "--to", kind, "-f", "json")
    assert result.json["query"]["to"] == kind
    assert (tmp_path / "all.data").is_dir() == (kind in ("csv", "site"))
    validator("export").validate(result.json)


# Standard output -----------------------------------------------------------------------


def test_standard_output_takes_the_same_json(tmp_path: Path) -> None:
    assert export(tmp_path, "all.json").code == 0
    file = (tmp_path / "all.json").read_bytes()
    for args in (("-",), ("-", "--to", "json")):
        result = export(tmp_path, *args)
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
    assert (written.kind, list(written.files), written.asked) == ("json", [place], None)
    assert Path(place).read_bytes() == written.files[place]
    with pytest.raises(rcpref.OutputError, match="exists already"):
        data.export(place)
    with pytest.raises(UsageProblem, match="no suffix"):
        data.export(str(tmp_path / "all.xml"))
    with pytest.raises(rcpref.DateError):
        data.export(str(tmp_path / "all"), as_of="never")
    with contextlib.chdir(tmp_path), pytest.raises(UsageProblem):
        data.export("-")
    assert only(tmp_path, "all.json")


@pytest.mark.parametrize("name", ["a\0b.json", "a\0b", "\ud800.json", "\ud800", "\ud800/all"])
def test_a_name_that_no_file_can_have(tmp_path: Path, data: rcpref.Dataset, name: str) -> None:
    with pytest.raises(rcpref.OutputError, match="cannot write"):
        data.export(str(tmp_path / name))
    assert only(tmp_path)


def test_an_export_of_an_export_is_the_same(tmp_path: Path, data: rcpref.Dataset) -> None:
    first, second = (str(tmp_path / name) for name in ("first.json", "second.json"))
    data.export(first)
    rcpref.load(first).export(second)
    assert Path(first).read_bytes() == Path(second).read_bytes()
