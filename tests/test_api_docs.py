"""docs/api.md: up to date, complete, and with examples that are run."""

import doctest
import importlib
import inspect
import pkgutil
import re
import runpy
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rcpref

TOP = Path(__file__).parent.parent
PAGE = TOP / "docs" / "api.md"
MAKER = runpy.run_path(str(TOP / "docs" / "api.py"))

NAMES = [name for names in MAKER["GROUPS"].values() for name in names.split()]

MODULES = [rcpref] + [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(rcpref.__path__, "rcpref.")
    if found.name != "rcpref.__main__"
]

# What raises nothing that a caller could bring about by a wrong argument.
WITHOUT_ERRORS = {"Record", "Claim", "Interval", "when", "Dataset.changes_since"}


def public_methods() -> Iterator[tuple[str, Any]]:
    """Functions, methods and properties, those that a public class inherits from rcpref, too."""
    for name in rcpref.__all__:
        value = getattr(rcpref, name)
        if inspect.isfunction(inspect.unwrap(value)):
            yield name, value
        if not isinstance(value, type):
            continue
        for own in dir(value):
            home = next(cls for cls in value.__mro__ if own in vars(cls))
            if own.startswith("_") or not home.__module__.startswith("rcpref"):
                continue
            method = vars(home)[own]
            if callable(method) or isinstance(method, property) or hasattr(method, "func"):
                yield f"{name}.{own}", method


METHODS = dict(public_methods())

SHARED = {
    *dict(MAKER["entries_of"](dict(MAKER["blocks_of"](inspect.getdoc(rcpref.Dataset)))["Args"]))
}


def test_the_page_is_up_to_date() -> None:
    same = PAGE.read_text(encoding="utf-8") == MAKER["page"]()
    assert same, "docs/api.md is not up to date; run python3 docs/api.py"


def test_every_public_name_has_its_place() -> None:
    assert len(NAMES) == len(set(NAMES))
    assert {name for name in NAMES if "." not in name} == {*rcpref.__all__}
    own = {name for name in METHODS if name.startswith("Dataset.")}
    assert {name for name in NAMES if "." in name} == own, "put it into GROUPS of docs/api.py"
    headings = re.findall(r"^###+ (?:class )?`(.+)`$", PAGE.read_text(encoding="utf-8"), re.M)
    assert {*headings} == {*rcpref.__all__, *METHODS}
    assert len(headings) == len({*headings})


def test_the_page_has_no_dead_link() -> None:
    text = PAGE.read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.+)$", text, re.M)
    }
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > len(NAMES)
    for link in links:
        file, _, anchor = link.partition("#")
        assert not anchor or anchor in anchors, link
        assert not file or (PAGE.parent / file).is_file(), link


def test_the_page_has_no_trace_of_its_making() -> None:
    """No name of a private constant, no marks of reStructuredText, no lost section."""
    text = PAGE.read_text(encoding="utf-8")
    assert not re.search(r"(?<!`)``(?!`)|rcpref\.(?!load|parse_date|when|Claim)\w+\.", text)
    assert not re.search(r"^(Args|Returns|Raises|Attributes):", text, re.M)
    own = {name for module in MODULES for name in vars(module) if name.isupper()}
    assert "BASES" in own
    assert not own & {*re.findall(r"`(\w+)`", text)}, "say what it holds: no reader can see it"


@pytest.mark.parametrize("name", METHODS)
def test_a_docstring_says_what_a_caller_needs(name: str) -> None:
    method = METHODS[name]
    text = inspect.getdoc(method) or ""
    assert text, f"{name}: has no docstring"
    assert text.splitlines()[0].endswith("."), f"{name}: its first line is no sentence"
    function: Any = method.fget if isinstance(method, property) else getattr(method, "func", method)
    taken = [key for key in inspect.signature(function).parameters if key != "self"]
    if not taken:
        return
    # The first line may say all of an argument.
    taken = [key for key in taken if f"`{key}`" not in text.splitlines()[0]]
    sections = dict(MAKER["blocks_of"](text))
    told = [key for key, _ in MAKER["entries_of"](sections.get("Args", []))]
    # What many methods take, and the errors that it leads to, the class explains.
    shared = SHARED & {*taken} if name.startswith("Dataset.") else set()
    assert told == taken or (not told and shared == {*taken}), f"{name}: takes {taken}, told {told}"
    if not shared and not WITHOUT_ERRORS & {name, name.partition(".")[0]}:
        assert MAKER["entries_of"](sections.get("Raises", [])), f"{name}: has no Raises"


@pytest.mark.parametrize(
    "name", [name for name in rcpref.__all__ if isinstance(getattr(rcpref, name), type)]
)
def test_a_docstring_says_what_each_field_is(name: str) -> None:
    cls = getattr(rcpref, name)
    text = inspect.cleandoc(vars(cls).get("__doc__") or "")
    assert text.splitlines()[0].endswith(".")
    fields = list(MAKER["fields_of"](cls))
    told = [
        key for key, _ in MAKER["entries_of"](dict(MAKER["blocks_of"](text)).get("Attributes", []))
    ]
    if fields:
        assert told == fields, f"{name}: its fields are {fields}, told are {told}"


def test_every_example_is_run_by_doctest() -> None:
    finder = doctest.DocTestFinder(exclude_empty=True)
    run = {
        (example.source, example.want)
        for module in MODULES
        for test in finder.find(module)
        for example in test.examples
        if doctest.SKIP not in example.options
    }
    shown = [
        (example.source, example.want)
        for block in re.findall(
            r"^```pycon\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S
        )
        for example in doctest.DocTestParser().get_examples(block)
    ]
    assert len(shown) > 40
    assert [example for example in shown if example not in run] == []
    options = tomllib.loads((TOP / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert "src" in options["testpaths"] and "--doctest-modules" in options["addopts"]


@pytest.mark.parametrize(
    "name",
    [name for name in METHODS if name.startswith("Dataset.")] + ["load", "parse_date", "when"],
)
def test_what_takes_arguments_has_an_example(name: str) -> None:
    if name in ("Dataset.label_of", "Dataset.type_of", "Dataset.of_kind"):
        return  # one word in, one word out
    method: Any = METHODS[name]
    if not callable(method) or len(inspect.signature(method).parameters) < (
        2 if "." in name else 1
    ):
        return
    assert ">>> " in (inspect.getdoc(method) or ""), f"{name}: has no example"
