"""No public name goes by accident: those of rcpref, of its classes and their arguments, in a file.

Write tests/public-names.txt anew with `python3 tests/test_public_names.py` once a change is
meant, and say it in the notes: a name that goes breaks somebody's program.
"""

import dataclasses
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import rcpref

FILE = Path(__file__).with_name("public-names.txt")


def names() -> Iterator[str]:
    for name in rcpref.__all__:
        value = getattr(rcpref, name)
        yield called(name, value)
        if isinstance(value, type):
            yield from (f"{name}.{each}" for each in inside(value))


def inside(cls: Any) -> Iterator[str]:
    """Fields in their order, then methods and properties, inherited ones included."""
    fields: list[str] = list(getattr(cls, "_fields", ()))
    if dataclasses.is_dataclass(cls):
        fields = [each.name for each in dataclasses.fields(cls)]
    yield from fields
    homes = [each for each in cls.__mro__ if each.__module__.startswith("rcpref")]
    known = {name for each in homes for name in vars(each)} - {*fields}
    for name in sorted(known):
        if not name.startswith("_"):
            yield called(name, inspect.getattr_static(cls, name))


def called(name: str, value: Any) -> str:
    """A name; that of a function with its arguments."""
    if not inspect.isfunction(value):
        return name
    taken = inspect.signature(value).parameters.values()
    return f"{name}({', '.join(str(each).split(':')[0] for each in taken if each.name != 'self')})"


def test_every_public_name_is_still_there() -> None:
    assert [*names()] == FILE.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    FILE.write_text("".join(f"{each}\n" for each in names()), encoding="utf-8")
