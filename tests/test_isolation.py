"""The command keeps to itself: no network, no other program, no file beside its targets."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import rcpref
from conftest import COMMAND, apart, environment, small_data, use_small
from helpers import EACH, output, sample
from rcpref.cli.commands import COMMANDS
from rcpref.data.loading import data_folder

pytestmark = pytest.mark.process

WATCH = """\
import os
import sys

FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn",
             "os.spawn", "ftplib.", "http.", "urllib.", "smtplib.", "webbrowser.")
WRITING = ("os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.truncate",
           "os.chmod", "os.rmdir", "shutil.", "tempfile.", "sqlite3.connect")
FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC


def say(words):
    os.write(2, f"WATCHED {words}\\n".encode("utf-8", "backslashreplace"))


def watch(event, args):
    if event.startswith(FORBIDDEN):
        say(event)
        raise OSError(f"{event} is forbidden")
    if event.startswith(WRITING) and isinstance(args[0], str) and args[0] != ":memory:":
        say(f"{event} {os.path.abspath(args[0])}")
    if event == "open" and isinstance(args[0], (str, bytes)) and args[2] & FLAGS:
        if os.fsdecode(args[0]) != os.devnull:
            say(f"open {os.path.abspath(os.fsdecode(args[0]))}")


sys.addaudithook(watch)
"""
"""Python tells a hook of every socket, process and file before it is made."""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Surroundings in which a watch is kept, with folders of their own for all that is written."""
    folder = tmp_path_factory.mktemp("watch")
    (folder / "sitecustomize.py").write_text(WATCH)
    for name in ("home", "tmp", "work"):
        (folder / name).mkdir()
    shutil.copytree(small_data(), folder / "work" / "data")
    home = {name: str(folder / "home") for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    # Byte-code is written by Python itself, for whatever it imports.
    more = {
        "PYTHONPATH": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with pytest.MonkeyPatch.context() as patch:
        use_small(patch)
        return environment({**home, **more})


def snapshot(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.lstat().st_size)
        for path in folder.rglob("*")
        if "__pycache__" not in path.parts
    }


def run(args: list[str], env: dict[str, str]) -> tuple[int, list[str]]:
    """Run a command line in the watched folder; its exit code and what the watch saw."""
    done = apart(args, env=env, cwd=Path(env["TMPDIR"]).parent / "work")
    lines = done.stderr.decode().splitlines()
    return done.returncode, [line for line in lines if line.startswith("WATCHED ")]


@pytest.mark.parametrize("act", [
    "import socket; socket.socket()", "import socket; socket.getaddrinfo('example.org', 80)",
    "import urllib.request as r; r.urlopen('http://127.0.0.1:9')",
    "import subprocess; subprocess.run(['true'])", "open('x', 'w')", "import os; os.mkdir('y')",
    "import sqlite3; sqlite3.connect('z')",
])  # fmt: skip
def test_the_watch_sees(watched: dict[str, str], act: str) -> None:
    _, seen = run([sys.executable, "-c", act], watched)
    assert seen


LINES = [
    *((command, *EACH[command]) for command in COMMANDS),
    (),
    ("--help",),
    ("--version",),
    ("show", "zzqqxx"),
    ("list", "nonsense"),
    ("show", "igc", "-f", "table", "--color", "always"),
    ("cite", "lima-2013", "--style", "no-such-style"),
    ("search", "x" * 1000),
]


@pytest.mark.parametrize("line", sample(LINES, LINES[::3]), ids=" ".join)
def test_no_command_goes_elsewhere(watched: dict[str, str], line: tuple[str, ...]) -> None:
    folder = Path(watched["TMPDIR"]).parent
    before = snapshot(folder)
    code, seen = run([COMMAND, *line], watched)
    assert code in (0, 1, 2)
    assert seen == []
    assert snapshot(folder) == before


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_goes_nowhere(watched: dict[str, str], shell: str) -> None:
    asked = {
        "_RCPREF_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": "rcpref\nshow\nb",
        "COMP_CWORD": "2",
        "_TYPER_COMPLETE_ARGS": "rcpref show b",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert run([COMMAND], {**watched, **asked}) == (0, [])


@pytest.mark.parametrize("line", [
    ("export", "target/a.json"),
    ("export", "target/a.zip"),
    ("export", "target/a.sqlite"),
    ("export", "target/a.xlsx"),
    ("export", "target/members.csv"),
], ids=" ".join)  # fmt: skip
def test_what_is_written_is_written_at_the_target(
    watched: dict[str, str], line: tuple[str, ...]
) -> None:
    folder = Path(watched["TMPDIR"]).parent
    target = folder / "work" / "target"
    target.mkdir()
    try:
        before = set(snapshot(folder))
        code, seen = run([COMMAND, *line], watched)
        assert code == 0
        assert seen
        assert all(f" {target}{os.sep}" in each for each in seen), seen
        made = set(snapshot(folder)) - before
        assert made
        assert all(each.startswith(f"{target}{os.sep}") for each in made)
        assert not [each for each in made if Path(each).name.startswith(".")]
    finally:
        shutil.rmtree(target)


def test_an_install_that_cannot_be_written_to(tmp_path: Path) -> None:
    """The package and its data in a folder of root's, say; nothing is changed in it."""
    package = tmp_path / "site" / "rcpref"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(rcpref.__file__).parent, package, ignore=ignored)
    if not (package / "data" / "bundled").exists():
        shutil.copytree(data_folder(), package / "data" / "bundled")
    folders = [tmp_path / "site", *(each for each in package.rglob("*") if each.is_dir()), package]
    for folder in folders:
        folder.chmod(0o555)
    before = snapshot(tmp_path)
    env = environment({"PYTHONPATH": str(tmp_path / "site"), "PYTHONDONTWRITEBYTECODE": "1"})
    try:
        for args in (("list", "bodies"), ("search", "evidence"), ("show", "oas", "-f", "table")):
            done = apart([sys.executable, "-P", "-m", "rcpref", *args], env=env, cwd=tmp_path)
            assert (done.returncode, done.stdout.decode()) == (0, output(*args).out)
        where = [sys.executable, "-P", "-c", "import rcpref; print(rcpref.__file__)"]
        found = apart(where, env=env, check=True)
        assert found.stdout.decode().startswith(str(tmp_path))
        assert snapshot(tmp_path) == before
    finally:
        for folder in folders:
            folder.chmod(0o755)
