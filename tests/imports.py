"""What a command imports at its start, seen from a process of its own."""

import sys
from collections.abc import Mapping
from functools import cache

from conftest import apart, environment

NEVER = ("rich", "pydantic", "importlib.metadata", "importlib.resources", "sqlite3")
ONCE_ASKED = (
    "csv", "hashlib", "asyncio", "http", "urllib.request", "xml", "logging", "rcpref.export",
)  # fmt: skip

# Runs the command with its output in a pipe, then tells what it imported. What the
# interpreter and its site-packages had imported before is not the command's doing.
WRAPPER = """
import sys
before = set(sys.modules)
sys.argv = ["rcpref", *sys.argv[1:]]
from rcpref.__main__ import main
code = main()
peak = 0
try:
    with open("/proc/self/status") as status:
        peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
except OSError:
    pass
sys.stderr.write("\\n".join(["\\0", str(code), str(peak), *sorted(set(sys.modules) - before)]))
"""


def imported_by(*args: str, env: Mapping[str, str] | None = None) -> frozenset[str]:
    """The modules that a command imports; it must succeed and print something."""
    return started(args, tuple((env or {}).items()))[0]


def peak_of(*args: str) -> float:
    """The peak of memory of a command in MiB; 0 where the system does not tell it."""
    return started(args)[1]


@cache
def started(
    args: tuple[str, ...], env: tuple[tuple[str, str], ...] = ()
) -> tuple[frozenset[str], float]:
    """Modules and peak of memory of a command; each one is run once."""
    # A tracer in the child process (coverage) would import modules of its own.
    kept = {key: value for key, value in environment(dict(env)).items() if key[:3] != "COV"}
    done = apart([sys.executable, "-c", WRAPPER, *args], env=kept, check=True)
    assert done.stdout, args
    # Before it, there may be notices.
    _, _, after = done.stderr.decode().partition("\0\n")
    code, peak, *modules = after.split("\n")
    assert code == "0", done.stderr
    assert "rcpref.cli.app" in modules
    return frozenset(modules), int(peak) / 1024


def is_inside(module: str, packages: tuple[str, ...]) -> bool:
    """Whether a module is one of these packages, or in one."""
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def are_in(modules: frozenset[str], packages: tuple[str, ...]) -> list[str]:
    """Which of the modules are in these packages."""
    return sorted(module for module in modules if is_inside(module, packages))
