"""Start-up of rcpref beside a Typer hello world: python3 benchmarks/startup.py [RUNS].

Builds the wheel, installs it into a fresh environment, compiles byte-code, and runs the
commands in turn with a hello world made with Typer on the same interpreter. What counts
is the ratio within a round: absolute times say more about the machine than about the
program. Needs the package `build`.
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
    (site / "hello.py").write_text(HELLO)
    script = bin_folder / "hello"
    script.write_text(f"#!{python}\nimport sys\nfrom hello import app\nsys.exit(app())\n")
    script.chmod(0o755)
    subprocess.run([python, "-m", "compileall", "-q", str(site)], check=True, env=clean())
    return bin_folder


def clean() -> dict[str, str]:
    """The environment without what changes how Python starts."""
    off = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
    return {key: value for key, value in os.environ.items() if key not in off}


def once(command: list[str]) -> float:
    """Seconds that a run takes."""
    start = time.perf_counter()
    subprocess.run(
        command,
        env=clean(),
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
        hello = [str(bin_folder / "hello")]
        once(hello)
        print(f"{runs} rounds, Python {sys.version.split()[0]}; ratio to a Typer hello world")
        print(f"{'command':32} {'median':>7} {'min':>6} {'max':>6} {'ms':>7}")
        times: dict[str, list[float]] = {command: [] for command in COMMANDS}
        ratios: dict[str, list[float]] = {command: [] for command in COMMANDS}
        for _ in range(runs):
            base = once(hello)
            for command in COMMANDS:
                spent = once([str(bin_folder / "rcpref"), *command.split()])
                times[command].append(spent)
                ratios[command].append(spent / base)
        for command in COMMANDS:
            found = ratios[command]
            middle = statistics.median(found)
            spent = statistics.median(times[command]) * 1000
            print(f"{command:32} {middle:7.2f} {min(found):6.2f} {max(found):6.2f} {spent:7.1f}")


if __name__ == "__main__":
    main()
