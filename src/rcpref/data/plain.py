"""Questions to the plain data that are answered without making anything of the model.

To make claims, States and passages takes longer than most commands have: what only needs a
name, or to know where to look, asks here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rcpref.errors import only_text

NAMES = ("short_name", "name", "official_name", "acronym", "alpha2", "numeric")
"""Keys of records and States that hold one name or code; `aliases` and `names` hold several."""


def names_in(key: str, raw: Mapping[str, Any]) -> Iterator[str]:
    """All names of a record or State, each once: its id or code and those in other languages too.

    Args:
        key: Its id or code.
        raw: The record or State.
    """
    names = [*(raw.get(name) for name in NAMES), key, *raw.get("aliases", ())]
    names += raw.get("names", {}).values()
    yield from dict.fromkeys(name for name in names if name)


class PlainTable(dict[str, Any]):
    """A table of plain data, which nobody can change; for JSON a dict like any other."""

    __slots__ = ()

    if not TYPE_CHECKING:  # to which it stays one that can be changed

        def _refuse(self, *args: Any, **options: Any) -> Any:
            raise TypeError("the plain data cannot be changed; dict() gives a copy of a table")

        __setitem__ = __delitem__ = __ior__ = _refuse
        clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return PlainTable, (dict(self),)


def unchangeable(value: Any) -> Any:
    """Plain data in which no table can be changed."""
    if isinstance(value, dict):
        return PlainTable({key: unchangeable(part) for key, part in value.items()})
    return [unchangeable(part) for part in value] if isinstance(value, list) else value


class Plain:
    """The plain data of a data set.

    Args:
        document: The whole data set.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def has_id(self, name: str, kinds: Collection[str] = ()) -> bool:
        """Whether a name is the id of a record, letter for letter.

        Args:
            name: The name as somebody typed it.
            kinds: Kinds that the record may be of; empty for any.
        """
        raw = self._document["records"].get(only_text(name, "a name"))
        return raw is not None and (not kinds or raw["kind"] in kinds)

    def state_name(self, code: str) -> str:
        """The name of a State.

        Args:
            code: Its alpha-3 code.

        Raises:
            KeyError: There is no such State.
        """
        return str(self._document["countries"][code]["name"])

    def names_of(self, key: str) -> Iterator[str]:
        """All names of a record, each once: its id and those in other languages too.

        Args:
            key: Its id.
        """
        yield from names_in(key, self._document["records"][key])

    def values_claimed(self, key: str) -> frozenset[str]:
        """The values of a property that some claim states.

        Args:
            key: The property.
        """
        return frozenset(
            str(claim["value"])
            for claims in self._document["claims"].values()
            for claim in claims
            if claim["property"] == key
        )

    def records_naming(self, code: str) -> frozenset[str]:
        """Ids of the records of which some claim may name a State: of no other does one.

        Of baked data nothing is read for it, only looked through.

        Args:
            code: Its alpha-3 code.
        """
        claims = self._document["claims"]
        if not isinstance(claims, dict):
            return frozenset(claims.holding(code))
        return frozenset(
            key
            for key, plain in claims.items()
            if any(
                code in states
                for claim in plain
                for states in (claim["value"], claim.get("disputed"))
                if isinstance(states, list)
            )
        )

    def states_named(self) -> list[str]:
        """Codes of the States that any claim or passage names, in the order of the data."""
        properties = self._document["properties"]
        named = {mention for kind, mention in self._naming if kind == "state"}
        for claims in self._document["claims"].values():
            for claim in claims:
                if properties[claim["property"]]["type"] == "states":
                    named.update(claim["value"])
                    named.update(claim.get("disputed", ()))
        return [code for code in self._document["countries"] if code in named]

    @cached_property
    def passages(self) -> Mapping[str, tuple[str, Mapping[str, Any]]]:
        """By the reference of a passage the id of its text, and the passage."""
        return {
            f"{key}/{raw['kind']}-{raw['number']}": (key, raw)
            for key, text in self._document["texts"].items()
            for raw in text["passages"]
        }

    @cached_property
    def own(self) -> frozenset[str]:
        """Ids, codes, keys and references of all that an overlay has added."""
        parts = ("properties", "sources", "countries", "records", "texts")
        own = {
            key for part in parts for key, raw in self._document[part].items() if raw.get("overlay")
        }
        return frozenset(own | {ref for ref, (text, _) in self.passages.items() if text in own})

    def refs_naming(self, record: str = "", state: str = "") -> list[str]:
        """References of the passages that name the record with an id, or the State with a code."""
        own = self._naming.get(("record", record), ())
        both = {*own, *self._naming.get(("state", state), ())}
        return [ref for ref in self.passages if ref in both] if both else []

    @cached_property
    def _naming(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """References of passages by the record or State that they name."""
        found: dict[tuple[str, str], list[str]] = {}
        for ref, (_, raw) in self.passages.items():
            for mention in raw.get("mentions", ()):
                for kind in ("record", "state"):
                    if mention.get(kind):
                        found.setdefault((kind, mention[kind]), []).append(ref)
        return found
