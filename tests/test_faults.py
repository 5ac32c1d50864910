"""What may go wrong around a command: pipes, disks, signals, surroundings."""

import os
import shutil
import signal
import subprocess
import sys
import zipapp
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest

import installed
import rcpref
from conftest import COMMAND, apart, environment, run_process
from helpers import HARMLESS, assert_complaint, in_true_terminal, output, raw, refuse
from rcpref.data.loading import data_folder

pytestmark = pytest.mark.process

BIG = ("list", "states", "--all", "-f", "json")
"""More than any pipe holds at once."""

CALLS: list[tuple[str, ...]] = [
    (), ("--version",), ("list", "--help"), ("list", "processes", "-f", "table"), BIG,
]  # fmt: skip
"""One of each way in which words come to standard output."""

UNBUFFERED = {"PYTHONUNBUFFERED": "1"}

BUFFERED_OR_SOME_NOT: list[tuple[tuple[str, ...], dict[str, str]]] = [
    *((args, {}) for args in CALLS),
    *((args, UNBUFFERED) for args in ((), BIG)),
]

buffering = pytest.mark.parametrize("env", [{}, UNBUFFERED], ids=["buffered", "unbuffered"])
every_call = pytest.mark.parametrize("args", CALLS, ids=lambda args: " ".join(args) or "bare")
needs_shell = pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
needs_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")


def start(
    args: Sequence[str], stdout: int, env: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [COMMAND, *args],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env=environment(env),
    )


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, err = process.communicate(timeout=60)
    return process.returncode, err.decode()


def in_shell(
    script: str, args: Sequence[str], env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a script in which "$@" is the command with its arguments."""
    return apart(["sh", "-c", script, "sh", COMMAND, *args], env=environment(env))


def assert_as_usual(done: subprocess.CompletedProcess[bytes], *args: str) -> None:
    """A run has ended as it does in the surroundings of these tests."""
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == output(*args).out


# Closed pipes ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "env"), BUFFERED_OR_SOME_NOT, ids=lambda value: " ".join(value) or "bare"
)
def test_a_reader_that_has_gone_before_the_first_word(
    args: tuple[str, ...], env: dict[str, str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = start(args, writer, env)
    os.close(writer)
    assert end(process) == (141, "")


@buffering
def test_a_reader_that_goes_after_the_first_letter(env: dict[str, str]) -> None:
    reader, writer = os.pipe()
    process = start(BIG, writer, env)
    os.close(writer)
    assert os.read(reader, 1) == b"{"
    os.close(reader)
    assert end(process) == (141, "")


@pytest.mark.parametrize(
    ("args", "taken"),
    [(("text",), 500), (("list", "--help"), 2), *((BIG, taken) for taken in (2, 65_536, 70_001))],
)
def test_a_reader_that_goes_at_any_byte(args: tuple[str, ...], taken: int) -> None:
    reader, writer = os.pipe()
    process = start(args, writer)
    os.close(writer)
    read = b""
    while len(read) < taken and (part := os.read(reader, taken - len(read))):
        read += part
    os.close(reader)
    code, err = end(process)
    # What fits in the pipe is written before the reader goes.
    assert (code, err) in ((0, ""), (141, ""))
    whole = output(*args).out.encode()
    assert read == whole[:taken]
    assert code == 141 or len(whole) <= taken + 65_536


@pytest.mark.parametrize("args", [("nope",), ("show", "zzqqxx"), ("list", "--limit", "x")])
def test_a_reader_of_errors_that_goes_at_any_byte(args: tuple[str, ...]) -> None:
    """Both streams in one pipe, as 2>&1 has it."""
    for taken in (1, 20):
        reader, writer = os.pipe()
        command = [COMMAND, *args]
        process = subprocess.Popen(command, stdout=writer, stderr=writer, env=environment())
        os.close(writer)
        assert b"rcpref: error: "[:taken].startswith(os.read(reader, taken)[:15])
        os.close(reader)
        assert process.wait(timeout=60) in (1, 2)


@needs_shell
@buffering
@pytest.mark.parametrize("args", [("list", "processes"), BIG], ids=" ".join)
def test_head(args: tuple[str, ...], env: dict[str, str]) -> None:
    done = in_shell('"$@" | head -n 1', args, env)
    assert done.stderr == b""
    assert done.stdout.decode() == output(*args).out.split("\n")[0] + "\n"


def test_an_error_on_a_pipe_whose_reader_has_gone() -> None:
    for args, code in ((("list", "nonsense"), 2), (("show", "zzqqxx"), 1)):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.Popen(
            [COMMAND, *args], stdout=subprocess.PIPE, stderr=writer, env=environment()
        )
        os.close(writer)
        out, _ = process.communicate(timeout=60)
        assert (process.returncode, out) == (code, b"")


# Full disks ------------------------------------------------------------------------


WRITTEN = (
    "show igc -f table", "show igc -f html", "cite lima-2013", "export -", "check",
)  # fmt: skip
"""And one of each that writes it in a way of its own."""


@needs_full
@pytest.mark.parametrize(
    ("args", "env"),
    [
        *BUFFERED_OR_SOME_NOT,
        *((tuple(line.split()), {}) for line in WRITTEN),
        (("list",), {"RCPREF_DEBUG": "1"}),
    ],
    ids=lambda value: " ".join(value) or "bare",
)
def test_a_full_device(args: tuple[str, ...], env: dict[str, str]) -> None:
    with open("/dev/full", "wb") as full:
        code, err = end(start(args, full.fileno(), env))
    assert code == 3
    assert_complaint(err)
    assert "No space left on device" in err
    assert err.count("\n") == 1


@needs_full
def test_an_error_on_a_full_device() -> None:
    with open("/dev/full", "wb") as full:
        done = apart([COMMAND, "list", "nonsense"], stderr=full)
    assert (done.returncode, done.stdout) == (2, b"")


@needs_shell
@buffering
def test_a_disk_that_is_full_before_the_end(tmp_path: Path, env: dict[str, str]) -> None:
    """Never half an answer with the code of a whole one."""
    target = tmp_path / "answer.json"
    done = in_shell(f"ulimit -f 16; \"$@\" > '{target}'", BIG, env)
    assert target.stat().st_size < len(output(*BIG).out.encode())
    assert done.returncode == 3
    assert_complaint(done.stderr.decode())


@buffering
def test_a_pipe_that_does_not_wait(env: dict[str, str]) -> None:
    """All of it or an error, also where the other end has made the pipe non-blocking."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    process = start(BIG, writer, env)
    os.close(writer)
    process.wait(timeout=60)
    read = b"".join(iter(lambda: os.read(reader, 65536), b""))
    os.close(reader)
    code, err = end(process)
    if code == 0:
        assert read.decode() == output(*BIG).out
    else:
        assert code == 3
        assert_complaint(err)


# Closed streams --------------------------------------------------------------------


@needs_shell
@every_call
def test_standard_output_is_closed(args: tuple[str, ...]) -> None:
    done = in_shell('"$@" >&-', args)
    assert done.returncode == 3
    assert_complaint(done.stderr.decode())


@needs_shell
@pytest.mark.parametrize("closing", ["2>&-", "<&-", "<&- 2>&-"])
def test_standard_error_or_input_is_closed(closing: str) -> None:
    done = in_shell(f'"$@" {closing}', ("list", "bodies"))
    assert_as_usual(done, "list", "bodies")
    done = in_shell(f'"$@" {closing}', ("list", "nonsense"))
    assert (done.returncode, done.stdout) == (2, b"")


@needs_shell
def test_all_streams_are_closed() -> None:
    for args in (("list",), ("list", "nonsense"), ("--help",)):
        assert in_shell('"$@" <&- >&- 2>&-', args).returncode == 3


# Signals ---------------------------------------------------------------------------


def interruptible() -> None:
    """Undo what a shell does to jobs in its background: they do not hear of interrupts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@buffering
def test_an_interrupt_while_it_writes(env: dict[str, str]) -> None:
    reader, writer = os.pipe()
    process = subprocess.Popen(
        [COMMAND, *BIG],
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment(env),
        preexec_fn=interruptible,
    )
    os.close(writer)
    # From the first letter on it waits for a reader: the rest does not fit in the pipe.
    assert os.read(reader, 1) == b"{"
    process.send_signal(signal.SIGINT)
    assert end(process) == (130, "")
    os.close(reader)


SIGNALS = [signal.SIGINT, signal.SIGTERM]

WHILE_LOADING = """\
import os
import signal
import sys

signal.signal(signal.SIGINT, signal.default_int_handler)


def watch(event, args):
    if event == "open" and str(args[0]).endswith("sources.toml"):
        os.kill(os.getpid(), signal.SIGINT)


sys.addaudithook(watch)
"""


@pytest.mark.parametrize("args", [("check",), ("diff",), ("list", "--data")], ids=" ".join)
def test_an_interrupt_while_it_loads(tmp_path: Path, args: tuple[str, ...]) -> None:
    (tmp_path / "sitecustomize.py").write_text(WHILE_LOADING)
    done = raw(*args, data_folder(), env={"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


ON_IMPORT = """\
import builtins, os, signal, sys
ready = builtins.__import__
def interrupted(name, *args):
    if {when}: {act}
    return ready(name, *args)
builtins.__import__ = interrupted
"""

KILL = "os.kill(os.getpid(), signal.SIGINT)"

AROUND_MAIN = {
    "while the command line is imported": ON_IMPORT.format(
        when="name == 'rcpref.cli.app'", act=KILL
    ),
    "before anything else": "import os, signal, rcpref.cli.app\n"
    f"rcpref.cli.app.run = lambda args: {KILL}\n",
    "when all is done": "import os, signal, rcpref.cli.app\ndone = rcpref.cli.app.run\n"
    f"rcpref.cli.app.run = lambda args: (done(args), {KILL})[0]\n",
}
"""What sends an interrupt where the command line is not yet, or no longer, at work."""


@pytest.mark.parametrize("name", AROUND_MAIN)
def test_an_interrupt_before_or_after_the_command_line_is_at_work(name: str) -> None:
    code = AROUND_MAIN[name] + "from rcpref.__main__ import program\nprogram()\n"
    done = apart([sys.executable, "-c", code], preexec_fn=interruptible)
    assert (done.returncode, done.stderr) == (130, b"")


def test_an_interrupt_that_is_ignored_stays_ignored() -> None:
    code = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    code += AROUND_MAIN["when all is done"] + "from rcpref.__main__ import program\nprogram()\n"
    assert_as_usual(apart([sys.executable, "-c", code]))


AT_A_STEP = """\
import os
import signal
import sys

steps = 0


def watch(event, args):
    global steps
    making = event in ("os.mkdir", "os.rename", "os.link", "os.remove") or (
        event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR)
    )
    if making:
        steps += 1
        if steps == {step}:
            os.kill(os.getpid(), {number})


if {number} == signal.SIGINT:
    signal.signal(signal.SIGINT, signal.default_int_handler)
sys.addaudithook(watch)
"""
"""What sends a signal just before the so-manieth step that changes anything on disk."""


def stopped_at(folder: Path, step: int, number: int, *args: str) -> int:
    """Run a command that is stopped there; its exit code."""
    hook = folder / "hook"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(AT_A_STEP.format(step=step, number=int(number)))
    env = {"PYTHONPATH": str(hook), "PYTHONDONTWRITEBYTECODE": "1"}
    done = raw(*args, env=env)
    assert b"Traceback" not in done.stderr
    assert b"error" not in done.stderr
    assert done.returncode in (0, 128 + number)
    return done.returncode


@pytest.mark.wide
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("number", SIGNALS)
@pytest.mark.parametrize("there", [False, True], ids=["new", "forced"])
def test_a_signal_at_any_step_of_an_export_leaves_the_old_or_the_new(
    tmp_path: Path, number: signal.Signals, there: bool
) -> None:
    ended = []
    for step in (1, 2, 3):
        work = tmp_path / str(step)
        work.mkdir()
        target = work / "a.json"
        if there:
            target.write_text("mine")
        force = ["--force"] if there else []
        code = stopped_at(tmp_path, step, number, "export", str(target), *force)
        if code == 0 or (target.exists() and target.read_text("utf-8") != "mine"):
            assert os.listdir(work) == ["a.json"]
            assert rcpref.load(str(target))
        else:
            assert os.listdir(work) == (["a.json"] if there else [])
        ended.append(code)
    assert ended[0] != 0, "no signal came"


def sabotage(folder: Path, module: str, error: str) -> dict[str, str]:
    """Surroundings in which the import of a module raises an error."""
    (folder / "sitecustomize.py").write_text(
        "import sys\n"
        "class Saboteur:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        f"            raise {error}\n"
        "sys.meta_path.insert(0, Saboteur())\n"
    )
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize(
    "module",
    ["typing", "typer", "rcpref.cli.app", "rcpref.cli.about", "rcpref.views.about", "json"],
)
def test_an_interrupt_while_it_starts(tmp_path: Path, module: str) -> None:
    args = ("about", "-f", "json")
    done = raw(*args, env=sabotage(tmp_path, module, "KeyboardInterrupt"))
    assert (done.returncode, done.stdout) == (130, b"")
    assert b"Traceback" not in done.stderr


FAILURES = (
    "ImportError('cannot import name x\\n\\x1b[31m')", "ModuleNotFoundError('No module named x')",
    "MemoryError()", "SyntaxError('invalid syntax')", "EOFError('marshal data too short')",
    "OSError(5, 'Input/output error')",
)  # fmt: skip
"""What an import may raise."""

WHILE_IT_STARTS = ("typing", "typer", "rcpref.cli.app")
"""Modules that are imported before the command line is at work."""

AT_WORK = ("rcpref.cli.about", "rcpref.views.about", "json", "rich")
"""And by the command itself."""


@pytest.mark.parametrize(("module", "error"), [
    *((WHILE_IT_STARTS[1], error) for error in FAILURES),
    *product((*WHILE_IT_STARTS[::2], *AT_WORK), FAILURES[:1]),
])  # fmt: skip
def test_an_import_that_fails_while_it_starts(tmp_path: Path, module: str, error: str) -> None:
    """As in an install that is being replaced, or with too little memory."""
    done = raw("about", "-f", "table", env=sabotage(tmp_path, module, error))
    assert (done.returncode, done.stdout) == (3, b"")
    text = done.stderr.decode()
    lines = text.splitlines()
    assert lines[0].startswith("rcpref: error: ")
    assert len(lines) <= 2
    assert all(line.isprintable() for line in lines)
    if error.startswith(("Import", "ModuleNotFound")):
        assert_complaint(text)
        assert "install rcpref again" in text


def test_an_import_that_fails_before_anything_can_be_said(tmp_path: Path) -> None:
    env = sabotage(tmp_path, "typer", "ImportError('x')")
    done = in_shell('"$@" 2>&-', ("about",), env)
    assert (done.returncode, done.stdout) == (3, b"")


# The unexpected --------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", ["RuntimeError('[/x] \\x1b[31m\\nred')", "KeyError('x')", "RecursionError"]
)
def test_the_unexpected_is_one_line_and_a_hint(tmp_path: Path, error: str) -> None:
    done = raw("about", env=sabotage(tmp_path, "rcpref.views.about", error))
    assert (done.returncode, done.stdout) == (3, b"")
    lines = done.stderr.decode().split("\n")
    assert len(lines) == 3
    assert lines[0].startswith("rcpref: error: this should not happen: ")
    assert "RCPREF_DEBUG=1" in lines[1]
    assert lines[0].isprintable()


def test_debug_shows_where_the_unexpected_happened(tmp_path: Path) -> None:
    env = sabotage(tmp_path, "rcpref.views.about", "RuntimeError('sabotage')")
    done = raw("about", env={**env, "RCPREF_DEBUG": "1"})
    assert done.stdout == b""
    assert b"Traceback (most recent call last)" in done.stderr
    assert b"RuntimeError: sabotage" in done.stderr
    # 1 is for an answer of nothing; to look closer must not turn a fault into that.
    assert done.returncode == 3
    for value in ("0", ""):
        assert b"Traceback" not in raw("about", env={**env, "RCPREF_DEBUG": value}).stderr


# Surroundings ----------------------------------------------------------------------


def test_without_a_home_or_any_variable() -> None:
    for env in ({k: v for k, v in environment().items() if k not in ("HOME", "USER")}, {}):
        done = apart([COMMAND, "list", "bodies"], env=env)
        assert_as_usual(done, "list", "bodies")


def test_in_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    for name in ("rcpref.py", "typer.py", "json.py", "tomli.py"):
        (folder / name).write_text("raise SystemExit('taken from the wrong place')\n")
    folder.chmod(0o555)
    before = sorted(os.listdir(folder))
    try:
        for args in (("list", "bodies"), ("show", "oas", "-f", "table"), ("about", "-f", "json")):
            done = apart([COMMAND, *args], cwd=folder)
            assert_as_usual(done, *args)
        assert sorted(os.listdir(folder)) == before
    finally:
        folder.chmod(0o755)


@needs_shell
@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be removed there")
def test_in_a_folder_that_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = in_shell(f"cd '{folder}' && rmdir '{folder}' && \"$@\"", ("list", "bodies"))
    assert_as_usual(done, "list", "bodies")


@pytest.mark.parametrize("encoding", ["utf-8:nonsense", "latin-1:strict"])
def test_an_encoding_that_no_text_can_be_written_in(encoding: str) -> None:
    env = {"PYTHONIOENCODING": encoding}
    assert_as_usual(raw("list", "bodies", env=env), "list", "bodies")
    assert b"Usage: rcpref list" in raw("list", "--help", env=env).stdout
    expected = refuse("show", "zzqqxx", codes=[1])
    assert refuse("show", "zzqqxx", codes=[1], env=env, run=run_process) == expected


NO_LOCALE = {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}


TABLE, SEARCH = ("show", "igc", "-f", "table"), ("search", "lima", "-f", "json")


@pytest.mark.parametrize(("args", "env"), [
    *product((TABLE, SEARCH), ({"LC_ALL": "C", **NO_LOCALE},)),
    (TABLE, {"LC_ALL": "xx_YY.nonsense"}),
    (TABLE, {"LANG": "", "LC_ALL": "", "COLUMNS": "-1", "TERM": ""}),
    (TABLE, {"COLUMNS": "abc", "LINES": "0", "TERM": "nonsense", "COLORTERM": "\x1b[31m"}),
    (TABLE, {"NO_COLOR": "nonsense", "FORCE_COLOR": "", "CLICOLOR_FORCE": "0"}),
    (SEARCH, {"TMPDIR": "/nonexistent", "SQLITE_TMPDIR": "/nonexistent"}),
    (SEARCH, {"RCPREF_DEBUG": "nonsense", "RCPREF_DATA": ""}),
    (SEARCH, {"PYTHONWARNINGS": "nonsense", "PYTHONHASHSEED": "7"}),
    (TABLE, {"PYTHONWARNINGS": "error"}),
    (TABLE, {"HOME": "/nonexistent/nowhere", "XDG_CONFIG_HOME": "/nope"}),
], ids=str)  # fmt: skip
def test_variables_of_nonsense_change_nothing(args: tuple[str, ...], env: dict[str, str]) -> None:
    done = raw(*args, env=env)
    expected = output(*args)
    # Python has something to say about its own variables.
    said = b"".join(line for line in done.stderr.splitlines(True) if b"-W option" not in line)
    assert (done.returncode, said.decode()) == (0, expected.err)
    assert done.stdout.decode() == expected.out


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("columns", [0, 1, 2])
def test_a_terminal_of_hardly_any_columns(columns: int) -> None:
    for args in (("show", "igc"), ("matrix",), ("check",)):
        screen = in_true_terminal(*args, columns=columns)
        assert screen.code == 0
        assert all(sign.isprintable() or sign in HARMLESS for sign in screen.plain)


def test_a_stray_completion_variable_gives_no_traceback() -> None:
    for value in ("nonsense", "complete_bash", "complete_zsh", "source_bash"):
        done = raw("list", env={"_RCPREF_COMPLETE": value})
        assert b"Traceback" not in done.stderr


def test_as_a_module() -> None:
    done = apart([sys.executable, "-m", "rcpref", "list", "bodies"])
    assert_as_usual(done, "list", "bodies")


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("args", [("list",), ("--version",)], ids=" ".join)
def test_from_an_archive(tmp_path: Path, args: tuple[str, ...]) -> None:
    package = Path(os.environ[installed.VARIABLE]) / "rcpref"
    shutil.copytree(package, tmp_path / "app" / "rcpref")
    archive = tmp_path / "rcpref.pyz"
    zipapp.create_archive(tmp_path / "app", archive, main="rcpref.__main__:program")
    done = apart([sys.executable, str(archive), *args])
    assert (done.returncode, done.stdout) == (3, b"")
    text = done.stderr.decode()
    assert_complaint(text)
    assert f"rcpref cannot run from an archive, {archive}\n" in text
    assert "shiv or pex" in text and "install rcpref again" not in text
