"""Small classes of named fields that take next to no time to make.

A command makes some forty of them at its start: a NamedTuple takes fifty microseconds, a
frozen dataclass half a millisecond, one of these six. Who uses the Python API gets named
tuples and dataclasses.
"""

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Fields:
    """A class whose annotations are its fields, as those of a dataclass; nothing changes them.

    Type checkers hold that every field is given, of its type, and never assigned.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._fields = (*cls._fields, *cls.__annotations__)

    def __init__(self, *values: Any, **named: Any) -> None:
        own = self.__dict__
        own.update(zip(self._fields, values, strict=False))
        own.update(named)

    @property
    def _values(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self._fields)

    def _replace(self, **changed: Any) -> Self:
        """One like this, with other values in some fields."""
        return type(self)(*self._values, **changed)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values == self._values

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({', '.join(shown)})"
