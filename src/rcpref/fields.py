"""Small classes of named fields that take next to no time to make.

A command makes some forty of them at its start: a NamedTuple takes fifty microseconds, a
frozen dataclass half a millisecond, one of these six. The public Python API has named tuples
and dataclasses; this module makes a dataclass in fifteen microseconds.
"""

from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Fields:
    """A class whose annotations are its fields; type checkers hold that all are given."""

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
        kept = {name: value for name, value in vars(self).items() if name in self._fields}
        return type(self)(**{**kept, **changed})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other._values == self._values

    def __hash__(self) -> int:
        return hash(self._values)

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({', '.join(shown)})"


if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import replace as replace
else:

    def replace(thing, **changed):
        """One like this, with other values in some fields."""
        return type(thing)(
            **({name: getattr(thing, name) for name in thing.__match_args__} | changed)
        )

    def dataclass(**options):
        """Make a class a frozen dataclass, all of whose fields are compared."""
        # `dataclasses` compiles its methods at every start: here they are closures. It is asked
        # for what only it can tell: fields, signature, what is wrong with a call.
        return lambda cls: _Model(cls, options).made()


class _Model:
    """A class of the model, and what it was before it got its methods."""

    def __init__(self, cls: type, options: dict[str, bool]) -> None:
        self.cls, self.options = cls, options
        self.names = tuple(cls.__annotations__)
        left = ("__dict__", "__weakref__")
        space = {name: each for name, each in vars(cls).items() if name not in left}
        self.space = {"__qualname__": cls.__qualname__, **space}

    def made(self) -> type:
        """The class, with the methods that it does not have itself."""
        for name, method in self._methods().items():
            if name not in self.space:
                setattr(self.cls, name, method)
        return self.cls

    @cached_property
    def real(self) -> type:
        """The class that `dataclasses` makes of it."""
        from dataclasses import dataclass as really

        return really(**self.options)(type(self.cls.__name__, self.cls.__bases__, self.space))

    def _methods(self) -> dict[str, Any]:
        names = self.names
        every = frozenset(names)
        required = every - self.space.keys()
        values = attrgetter(*names)

        def init(thing: Any, *given: Any, **named: Any) -> None:
            # As few steps as can be, for hundreds of claims are made at a start: what is not
            # given is read from the class, where the defaults are.
            each = {**dict(zip(names, given, strict=False)), **named} if given else named
            if not required <= each.keys() <= every or len(each) != len(given) + len(named):
                self.real(*given, **named)  # says what is wrong
            vars(thing).update(each)

        def refuse(_: Any, name: str, *value: Any) -> NoReturn:
            from dataclasses import FrozenInstanceError

            raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")

        def alike(thing: Any, other: Any) -> Any:
            return values(thing) == values(other) if type(other) is type(thing) else NotImplemented

        return {
            "__init__": init,
            "__eq__": alike,
            "__hash__": lambda thing: hash(values(thing)),
            "__setattr__": refuse,
            "__delattr__": refuse,
            "__replace__": replace,
            "__match_args__": names,
            "__dataclass_fields__": _Asked(self, "__dataclass_fields__"),
            "__dataclass_params__": _Asked(self, "__dataclass_params__"),
            "__signature__": _Asked(self, "__signature__"),
        }


class _Asked:
    """An attribute that the real dataclass has."""

    def __init__(self, model: _Model, name: str) -> None:
        self._model, self._name = model, name

    def __get__(self, _: Any, kind: type) -> Any:
        if self._name != "__signature__":
            return getattr(self._model.real, self._name)
        from inspect import signature

        return signature(self._model.real)
