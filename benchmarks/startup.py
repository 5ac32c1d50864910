"""Start-up of rcpref beside a Typer hello world: python3 benchmarks/startup.py [RUNS].

Builds the wheel, installs it into a fresh environment, compiles byte-code, and runs the
commands in turn with a hello world made with Typer on the same interpreter. What counts
is the ratio within a round: absolute times say more about the machine than about the
program. A completion (a line that ends in TAB) is compared with the hello world's own
completion. Needs the package `build`.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

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
    """Seconds that a run takes; of a line that ends in TAB, what bash would ask for it."""
    args, env = line.split(), clean()
    if line.endswith(TAB):
        env[f"_{Path(program).name.upper()}_COMPLETE"] = "complete_bash"
        env["COMP_WORDS"] = "\n".join(["program", *line.removesuffix(TAB).split()])
        env["COMP_CWORD"] = str(len(args))
        args = []
    start = time.perf_counter()
    subprocess.run(
        [program, *args],
        env=env,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    with tempfile.TemporaryDirectory() as name:
        bin_folder = prepare(Path(name))
        program, hello, hello_tab = (
            str(bin_folder / name) for name in ("rcpref", "hello", "hello_tab")
        )
        once(hello)
        print(f"{runs} rounds, Python {sys.version.split()[0]}; ratio to a Typer hello world")
        print(f"{'command':32} {'median':>7} {'min':>6} {'max':>6} {'ms':>7}")
        times: dict[str, list[float]] = {command: [] for command in (*COMMANDS, *COMPLETIONS)}
        ratios: dict[str, list[float]] = {command: [] for command in times}
        for _ in range(runs):
            for like, line, commands in (
                (hello, "", COMMANDS),
                (hello_tab, f"--n{TAB}", COMPLETIONS),
            ):
                base = once(like, line)
                for command in commands:
                    spent = once(program, command)
                    times[command].append(spent)
                    ratios[command].append(spent / base)
        for command in times:
            found = ratios[command]
            middle = statistics.median(found)
            spent = statistics.median(times[command]) * 1000
            print(f"{command:32} {middle:7.2f} {min(found):6.2f} {max(found):6.2f} {spent:7.1f}")


if __name__ == "__main__":
    main()
