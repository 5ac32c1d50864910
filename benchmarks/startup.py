"""Start-up of rcpref beside a Typer hello world: python3 benchmarks/startup.py [ROUNDS].

Builds the wheel, installs it into a fresh environment, compiles byte-code, and runs the
commands in turn with a hello world made with Typer on the same interpreter. What counts
is the ratio within a round: absolute times say more about the machine than about the
program. It is time of the processor, so that waiting for other programs does not count.
A completion (a line that ends in TAB) is compared with the hello world's own completion.
Needs the package `build`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent

HELLO = """
import typer

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command()
def hello(name: str = "world") -> None:
    print("hello", name)
"""

COMMANDS = (
    "list processes",
    "show bali-process",
    "show puebla",
    "member kenya igad-rcp",
    "members colombo-process",
    "state Kenya",
    "matrix",
    "search evidence base",
    "cite lima-2013/conclusion-5",
    "conclusions",
    "text lima-2013/conclusion-5",
    "about",
    "list processes -f json",
    "list processes -f table",
    "show bali-process -f table",
    "--help",
    "--version",
)

TAB = "<TAB>"
COMPLETIONS = (
    f"sho{TAB}",
    f"show ba{TAB}",
    f"state ken{TAB}",
    f"text lima-2013/con{TAB}",
    f"show igc -p ch{TAB}",
    f"list -f js{TAB}",
)


def prepare(folder: Path) -> Path:
    """Install the wheel and the hello world; the folder of their commands."""
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    venv.create(folder / "env", with_pip=True)
    bin_folder = folder / "env" / "bin"
    python = bin_folder / "python"
    wheel = next(folder.glob("*.whl"))
    subprocess.run([python, "-m", "pip", "install", "-q", wheel], check=True)
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    # As Typer makes it, a program completes; the other has nothing that it does not use.
    for name, source in (
        ("hello", HELLO),
        ("hello_tab", HELLO.replace(", add_completion=False", "")),
    ):
        (site / f"{name}.py").write_text(source)
        script = bin_folder / name
        script.write_text(f"#!{python}\nimport sys\nfrom {name} import app\nsys.exit(app())\n")
        script.chmod(0o755)
    subprocess.run([python, "-m", "compileall", "-q", str(site)], check=True, env=clean())
    return bin_folder


def clean() -> dict[str, str]:
    """The environment without what changes how Python starts."""
    off = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    return {key: value for key, value in os.environ.items() if key not in off}


def once(program: str, line: str = "") -> float:
    """Seconds of the processor that a run takes; of a line with TAB, what bash asks for it."""
    args, env = line.split(), clean()
    if line.endswith(TAB):
        env[f"_{Path(program).name.upper()}_COMPLETE"] = "complete_bash"
        env["COMP_WORDS"] = "\n".join(["program", *line.removesuffix(TAB).split()])
        env["COMP_CWORD"] = str(len(args))
        args = []
    run = subprocess.Popen(
        [program, *args], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise subprocess.CalledProcessError(run.returncode, [program, *args])
    return used.ru_utime + used.ru_stime


def bar(line: str) -> float | None:
    """The ratio that a command line may have at most; None for those that go through all data."""
    if line in ("about", "matrix"):
        return None
    if line == "--help":
        return 2.6
    if line.endswith(TAB):
        return 1.1
    if line.endswith("-f table"):
        return 1.7 if line.startswith("show") else 1.6
    if line.startswith("state") or line.endswith("-f json"):
        return 1.35
    return 1.2


class Timed(NamedTuple):
    """What was measured of one command line.

    Attributes:
        line: The command line, without the name of the program.
        ratios: To a hello world that ran right before, round by round.
        bare: To Python that does nothing.
        seconds: What it took.
    """

    line: str
    ratios: list[float]
    bare: list[float]
    seconds: list[float]


def measure(rounds: int) -> list[Timed]:
    """Time all command lines, each beside a hello world, round by round."""
    found = [Timed(line, [], [], []) for line in (*COMMANDS, *COMPLETIONS)]
    with tempfile.TemporaryDirectory() as name:
        bin_folder = prepare(Path(name))
        program, hello, hello_tab, python = (
            str(bin_folder / name) for name in ("rcpref", "hello", "hello_tab", "python")
        )
        once(hello)
        for _ in range(rounds):
            bare = once(python, "-c pass")
            for timed in found:
                tab = timed.line.endswith(TAB)
                base = once(hello_tab, f"--n{TAB}") if tab else once(hello)
                spent = once(program, timed.line)
                timed.ratios.append(spent / base)
                timed.bare.append(spent / bare)
                timed.seconds.append(spent)
    return found


def table(found: Sequence[Timed]) -> str:
    """What was measured as a Markdown table."""
    lines = [
        "| `rcpref` | min | median | max | bar | to bare Python | ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for timed in found:
        middle = statistics.median(timed.ratios)
        limit = bar(timed.line)
        mark = " *" if limit and middle > limit else ""
        line = timed.line.replace(TAB, "⇥")
        lines.append(
            f"| `{line}` | {min(timed.ratios):.2f} | {middle:.2f}{mark} | {max(timed.ratios):.2f} "
            f"| {limit or ''} | {statistics.median(timed.bare):.1f} "
            f"| {statistics.median(timed.seconds) * 1000:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    print(f"{rounds} rounds, Python {sys.version.split()[0]}; ratios to a Typer hello world\n")
    print(table(measure(rounds)))


if __name__ == "__main__":
    main()
