"""The data set in memory.

Parts of the model are made, and the modules that define them imported, when they are
first asked for: a command that lists processes does not pay for States and sources.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from rcpref.errors import NotFound, UsageProblem, echo, only_text
from rcpref.model import KINDS, RENAMED

if TYPE_CHECKING:
    from rcpref.data.names import Names
    from rcpref.model.countries import Country
    from rcpref.model.records import Record
    from rcpref.model.sources import Source
    from rcpref.model.texts import Passage, Text
    from rcpref.model.vocabulary import DatasetInfo, Property


T = TypeVar("T")


class ReadOnly(Mapping[str, T], Generic[T]):
    """A mapping that nobody can change; unlike a mappingproxy it can be pickled."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._raw = raw

    def __getitem__(self, key: str) -> T:
        value: T = self._raw[key]
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __contains__(self, key: object) -> bool:
        return key in self._raw

    def __repr__(self) -> str:
        first = ", ".join(list(self._raw)[:3])
        return f"<{len(self)}: {first}{', ...' if len(self) > 3 else ''}>"


class Lazy(ReadOnly[T]):
    """One whose values are made from plain data on first use."""

    __slots__ = ("_made", "_make")

    def __init__(self, raw: Mapping[str, Any], make: Callable[[str, Any], T]) -> None:
        super().__init__(raw)
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, key: str) -> T:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = self._make(key, self._raw[key])
        return made


class Data:
    """All facts, texts and vocabulary; `document`, `plain`, `file` are internal."""

    def __init__(
        self,
        document: Mapping[str, Any],
        digest: str | None = None,
        overlay: str | None = None,
        file: str | None = None,  # that answers in place of the bundled data
    ) -> None:
        self.document: Final = _unchangeable(document)
        self.plain: Final = Plain(self.document)
        self.overlay: Final = overlay
        self.file: Final = file
        self._digest = digest

    if not TYPE_CHECKING:  # which would then take any name for an attribute

        def __setattr__(self, name: str, value: Any) -> None:
            if "_digest" in self.__dict__:
                raise AttributeError(f"a data set cannot be changed: {name!r} is not assigned")
            self.__dict__[name] = value

    @cached_property
    def records(self) -> Mapping[str, Record]:
        """Records by id, by kind and then in the order of ids."""
        return Lazy(self.document["records"], self._record)

    def _record(self, key: str, raw: Mapping[str, Any]) -> Record:
        return _record(key, raw, self.document["claims"][key])

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by key."""
        return Lazy(self.document["sources"], _source)

    @cached_property
    def countries(self) -> Mapping[str, Country]:
        """States and territories by ISO 3166-1 alpha-3 code."""
        return Lazy(self.document["countries"], _country)

    @cached_property
    def properties(self) -> Mapping[str, Property]:
        """The vocabulary by key, in its own order."""
        return Lazy(self.document["properties"], _property)

    @cached_property
    def texts(self) -> Mapping[str, Text]:
        """Texts by id."""
        return Lazy(self.document["texts"], _text)

    @cached_property
    def info(self) -> DatasetInfo:
        """What the data set says of itself."""
        from rcpref.model.vocabulary import DatasetInfo

        return DatasetInfo(**self.document["dataset"])

    @property
    def version(self) -> str:
        """Version of the data."""
        return str(self.document["dataset"]["version"])

    @property
    def date(self) -> str:
        """Prefix date to which the data speak."""
        return str(self.document["dataset"]["date"])

    def type_of(self, key: str) -> str:
        """Type of the values of the property `key`, as in `Property.type`.

        Raises:
            KeyError: There is no such property.
        """
        return str(self.document["properties"][only_text(key, "a property")]["type"])

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the data, in 64 hexadecimal digits."""
        if self._digest is None:
            self.__dict__["_digest"] = digest_of(self.document)
        return str(self._digest)

    def label_of(self, key: str) -> str:
        """What people read for the property `key`.

        Raises:
            KeyError: There is no such property.
        """
        return str(self.document["properties"][only_text(key, "a property")]["label"])

    def __getitem__(self, key: str) -> Record:
        return self.records[key]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records.values())

    def __contains__(self, item: object) -> bool:
        """Whether it is a record of the data set, or the id of one."""
        if isinstance(item, str):
            return item in self.records
        from rcpref.model.records import Record

        return isinstance(item, Record) and self.records.get(item.id) == item

    def __len__(self) -> int:
        return len(self.records)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Data) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __reduce__(self) -> tuple[Any, ...]:
        # What has been made from the plain data can be made again.
        plain = {key: PlainTable(part) for key, part in self.document.items()}
        return type(self), (PlainTable(plain), self._digest, self.overlay, self.file)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.version} of {self.date}: {len(self)} records>"

    def of_kind(self, kind: str) -> list[Record]:
        """Records of the kind `kind`, as in `Record.kind`, in the order of their ids.

        Raises:
            UsageProblem: There is no such kind.
        """
        if only_text(kind, "a kind") not in KINDS:
            raise UsageProblem(f"no kind {echo(kind)} of records", f"kinds: {', '.join(KINDS)}")
        raw = self.document["records"]
        return [self.records[key] for key in raw if raw[key]["kind"] == kind]

    def passages(self) -> Iterator[Passage]:
        """All passages of all texts, in order."""
        for text in self.texts.values():
            yield from text.passages

    def passage(self, ref: str) -> Passage:
        """The passage with exactly the reference `ref`, as `Passage.ref` gives it.

        Raises:
            NotFound: There is none.

        >>> import rcpref
        >>> rcpref.load().passage("lima-2013/conclusion-5").text.split(",")[0]
        'Deepening the evidence base'
        """
        if only_text(ref, "a reference") not in self._passages:
            raise NotFound(f"no passage {echo(ref)}")
        return self._passages[ref]

    @cached_property
    def _passages(self) -> Mapping[str, Passage]:
        """All passages by reference."""
        return {passage.ref: passage for passage in self.passages()}

    def footnotes_in(self, ref: str) -> Sequence[Passage]:
        """The footnotes with marks in the passage with the reference `ref`, in their order.

        Raises:
            NotFound: There is no such passage.

        >>> import rcpref
        >>> [note.ref for note in rcpref.load().footnotes_in("lima-2013/paragraph-2")]
        ['lima-2013/footnote-1', 'lima-2013/footnote-2']
        """
        return [*self._footnotes.get(self.passage(ref).ref, ())]

    @cached_property
    def _footnotes(self) -> Mapping[str, Sequence[Passage]]:
        """The footnotes with marks by the reference of the passage that has the mark."""
        found: dict[str, list[Passage]] = {}
        for each in self.passages():
            if each.mark_in and each.mark_after:
                found.setdefault(each.mark_in, []).append(each)
        return found


def _unchangeable(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A document in which nothing can be changed but the lists within its tables."""
    if not isinstance(document, dict) or type(document) is PlainTable:
        return document  # it is so already
    parts = {key: unchangeable(part) for key, part in document.items()}
    parts["claims"] = PlainTable({key: tuple(each) for key, each in parts["claims"].items()})
    return PlainTable(parts)


def _plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A table as arguments of its class of the model, whose fields have the names of its keys."""
    return {key: _frozen(value) for key, value in raw.items()}


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return tuple(value.items()) if isinstance(value, dict) else value


def _record(key: str, raw: Mapping[str, Any], plain_claims: Sequence[Any]) -> Record:
    from rcpref.model.records import Claim, Record

    alike: dict[tuple[str, str, str], int] = {}
    claims = []
    # A claim has its defaults itself: reading them from the class made an atlas a tenth slower.
    own = vars(Claim)
    defaults = {str(name): own[name] for name in Claim.__match_args__ if name in own}
    for plain in plain_claims:
        # Made without checks: hundreds are made at a start, and reading has checked them.
        claim = Claim.__new__(Claim)
        fields = vars(claim)
        fields.update(defaults)
        fields.update(plain, record=key)
        for name, value in plain.items():
            if type(value) is list:
                fields[name] = tuple(value)
        for name, attribute in RENAMED.items():
            if name in fields:
                fields[attribute] = fields.pop(name)
        label = (claim.property, claim.date, claim.source)
        number = alike[label] = alike.get(label, 0) + 1
        if number > 1:
            fields["number"] = number
        claims.append(claim)
    return Record(**_plain(raw), claims=tuple(claims))


def _source(key: str, raw: Mapping[str, Any]) -> Source:
    from rcpref.model.sources import Author, Source

    authors = tuple(Author(**each) for each in raw.get("author", ()))
    return Source(key, **{**_plain(raw), "author": authors})


def _property(key: str, raw: Mapping[str, Any]) -> Property:
    from rcpref.model.vocabulary import Property

    return Property(key, **_plain(raw))


def _country(_: str, raw: Mapping[str, Any]) -> Country:
    from rcpref.model.countries import Country

    return Country(**_plain(raw))


def _text(key: str, raw: Mapping[str, Any]) -> Text:
    from rcpref.model.texts import Emphasis, Mention, Note, Passage, Text

    classes = {"emphasis": Emphasis, "mentions": Mention, "notes": Note}

    def passage(plain: Mapping[str, Any]) -> Passage:
        parts = {
            name: tuple(kind(**part) for part in plain[name])
            for name, kind in classes.items()
            if name in plain
        }
        return Passage(key, **{**plain, **parts})

    return Text(**{**raw, "passages": tuple(map(passage, raw["passages"]))})


# Digests: of the data, which say exactly what answered, and of files ------------------


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def digest_of(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical JSON of a document (sorted keys, no white space)."""
    import json

    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode())


# Questions to the plain data that are answered without making anything of the model ---
# To make claims, States and passages takes longer than most commands have: what only needs a
# name, or to know where to look, asks here.


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
    """The plain data of a data set."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def has_id(self, name: str, kinds: Collection[str] = ()) -> bool:
        """Whether a name is the id of a record, letter for letter."""
        raw = self._document["records"].get(only_text(name, "a name"))
        return raw is not None and (not kinds or raw["kind"] in kinds)

    def state_name(self, code: str) -> str:
        """The name of a State."""
        return str(self._document["countries"][code]["name"])

    @cached_property
    def names(self) -> Names:
        """All names, and what each of them means."""
        from rcpref.data.names import Names

        return Names(self._document)

    def values_claimed(self, key: str) -> frozenset[str]:
        """The values of a property that some claim states."""
        return frozenset(
            str(claim["value"])
            for claims in self._document["claims"].values()
            for claim in claims
            if claim["property"] == key
        )

    @property
    def known(self) -> Mapping[str, Any]:
        """What the build of a wheel finds out: `naming`, and an overview; or nothing."""
        return getattr(self._document, "known", {})

    @cached_property
    def naming(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """By the code of a State the records that name it, with the properties that do."""
        if self.known:
            return self.known["naming"]  # type: ignore[no-any-return]
        properties = self._document["properties"]
        found: dict[str, dict[str, dict[str, None]]] = {}
        for key, plain in self._document["claims"].items():
            for claim in plain:
                name = claim["property"]
                named = claim["value"] if properties[name]["type"] == "states" else ()
                for code in (*named, *claim.get("disputed", ()), *claim.get("states", ())):
                    found.setdefault(code, {}).setdefault(key, {})[name] = None
        return {code: {key: list(each) for key, each in by.items()} for code, by in found.items()}

    def records_naming(self, code: str) -> Mapping[str, Sequence[str]]:
        """Ids of the records with a claim that names a State, with the properties that do."""
        return self.naming.get(code, {})

    @cached_property
    def territories(self) -> Mapping[str, Sequence[str]]:
        """By the code of a State its territories that a source lists separately."""
        if self.known:
            return self.known["territories"]  # type: ignore[no-any-return]
        found: dict[str, list[str]] = {}
        for code, raw in self._document["countries"].items():
            if "listed_with" in raw:
                found.setdefault(raw["listed_with"], []).append(code)
        return found

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """The short names of records by their official names, for the publishers of sources."""
        if self.known:
            return self.known["short_names"]  # type: ignore[no-any-return]
        # No overlay changes what a source says of itself.
        records = self._document["records"].values()
        return {raw["name"]: raw["short_name"] for raw in records if not raw.get("overlay")}

    def states_named(self) -> list[str]:
        """Codes of the States that any claim or passage names, in the order of the data."""
        lists = {
            key for key, raw in self._document["properties"].items() if raw["type"] == "states"
        }
        mentions = (each for _, raw in self.passages.values() for each in raw.get("mentions", ()))
        named = {each["state"] for each in mentions if "state" in each}
        for code, records in self.naming.items():
            if any(not lists.isdisjoint(keys) for keys in records.values()):
                named.add(code)
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
        named = {("record", record), ("state", state)}
        return [
            ref
            for ref, (_, raw) in self.passages.items()
            if not all(named.isdisjoint(each.items()) for each in raw.get("mentions", ()))
        ]
