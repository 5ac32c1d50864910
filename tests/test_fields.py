"""The classes of the model are dataclasses to whoever looks, though `dataclasses` makes none."""

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from rcpref.fields import dataclass
from rcpref.model.countries import Country
from rcpref.model.records import Claim, Record
from rcpref.model.sources import Source
from rcpref.model.texts import Passage, Text
from rcpref.model.vocabulary import DatasetInfo, Property

MODEL = (Claim, Country, DatasetInfo, Passage, Property, Record, Source, Text)


def made_by(maker: Any) -> Any:
    @maker(frozen=True, repr=False)
    class Plain:
        """One."""

        first: str
        second: tuple[str, ...] = ()
        third: int = 1

        def __hash__(self) -> int:
            return 7

    return Plain


REAL, MADE = made_by(dataclasses.dataclass), made_by(dataclass)

CALLS: tuple[tuple[tuple[Any, ...], dict[str, Any]], ...] = (
    (("a",), {}),
    (("a", ("b",), 2), {}),
    ((), {"first": "a", "third": 3}),
    ((), {}),
    (("a", (), 1, 2), {}),
    (("a",), {"first": "b"}),
    (("a",), {"fourth": "b"}),
    ((), {"second": ("b",), "fourth": "b"}),
)


def outcome(kind: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    try:
        return dataclasses.astuple(kind(*args, **named))
    except TypeError as error:
        return str(error)


@pytest.mark.parametrize("call", CALLS, ids=str)
def test_a_call_is_taken_or_refused_as_that_of_a_dataclass(
    call: tuple[tuple[Any, ...], dict[str, Any]],
) -> None:
    assert outcome(MADE, *call) == outcome(REAL, *call)


def test_what_is_told_of_a_class_is_what_dataclasses_tell() -> None:
    def told(kind: Any) -> Any:
        fields = [(each.name, each.type, each.default) for each in dataclasses.fields(kind)]
        return dataclasses.is_dataclass(kind), fields, inspect.signature(kind), kind.__match_args__

    assert told(MADE) == told(REAL)
    assert (MADE.__doc__, MADE.__qualname__) == (REAL.__doc__, REAL.__qualname__)
    assert hash(MADE("a")) == hash(REAL("a")) == 7  # a method of its own stays


@pytest.mark.parametrize("kind", MODEL, ids=lambda kind: kind.__name__)
def test_a_thing_of_the_model_is_equal_to_its_copies_and_cannot_be_changed(kind: Any) -> None:
    fields = dataclasses.fields(kind)
    values = {each.name: each.name for each in fields}
    thing = kind(**values)
    for other in (pickle.loads(pickle.dumps(thing)), copy.copy(thing), copy.deepcopy(thing)):
        assert other == thing and hash(other) == hash(thing) and other is not thing
    assert kind(*values.values()) == thing != "thing"
    changed = dataclasses.replace(thing, **{fields[0].name: "other"})
    assert changed != thing and dataclasses.asdict(changed) == {**values, fields[0].name: "other"}
    changes: tuple[Callable[[str], None], ...] = (
        lambda name: setattr(thing, name, "other"),
        lambda name: delattr(thing, name),
    )
    for change in changes:
        with pytest.raises(dataclasses.FrozenInstanceError, match=f"field '{fields[0].name}'"):
            change(fields[0].name)
