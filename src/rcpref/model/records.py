"""Records and claims."""

from builtins import property as computed  # `Claim.property` is a field

from rcpref.fields import dataclass

Stated = str | int | tuple[str, ...]
"""What a claim states: a string, a whole number, or several strings (names, codes)."""


@dataclass(frozen=True, repr=False)
class Claim:
    """One statement about one record.

    Attributes:
        record: Id of the record.
        property: Key of the property, which rules the type of the value.
        value: A string (text, choice, event, url; a prefix date for a date; the id of a
            record), an integer, or a tuple of strings (texts; ISO 3166-1 alpha-3 codes for
            States).
        source: Key of the source.
        as_of: Prefix date or interval at which it held or happened; None if undated.
        from_: Prefix date since which it held; None if not known.
        until: Prefix date until which it held; None if not known, which is not today.
        passage: Reference of the passage of a text that says so.
        complete: Whether the whole list was read. An incomplete list says nothing
            about States that it does not name. None if the value is not a list.
        stated_total: How long the source itself says the list is.
        disputed: States whose place in the list is marked as disputed; the note says why.
        derived: Put together by the editors from the source; `note` says how.
        group: Name of the group that the value belongs to.
        role: Capacity in which the record took part.
        note: What a careful reader should know.
        number: 1, or which one it is of several claims that would have the same
            reference.
        not_before: Where no date is given, the prefix date before which it was not yet
            true; None if not known.
        not_after: The same for the date after which it was true no more.
        states: States that an event is about, as alpha-3 codes.
        effect: What the event does to their standing: suspended, reinstated,
            withdrawal-announced, withdrawal-revoked, absent, returned, not-invited, excluded
            or contested; None if nothing.
        about: Id of the body whose event it is, where a process only repeats it.
    """

    record: str
    property: str
    value: Stated
    source: str
    as_of: str | None = None
    from_: str | None = None
    until: str | None = None
    passage: str | None = None
    complete: bool | None = None
    stated_total: int | None = None
    disputed: tuple[str, ...] = ()
    derived: bool = False
    group: str | None = None
    role: str | None = None
    note: str | None = None
    number: int = 1
    not_before: str | None = None
    not_after: str | None = None
    states: tuple[str, ...] = ()
    effect: str | None = None
    about: str | None = None

    @computed
    def date(self) -> str:
        """The date as it is written in references: `as_of`, `from..until`, or empty."""
        if self.as_of is not None:
            return self.as_of
        if self.from_ is not None or self.until is not None:
            return f"{self.from_ or ''}..{self.until or ''}"
        return ""

    @computed
    def ref(self) -> str:
        """Reference of the claim, unique in the data set.

        >>> import rcpref
        >>> rcpref.Claim("sacm", "chair", ("PER",), "x-2013", as_of="2013").ref
        'sacm/chair@2013:x-2013'
        """
        mark = f"#{self.number}" if self.number > 1 else ""
        return f"{self.record}/{self.property}@{self.date or 'undated'}:{self.source}{mark}"

    def __hash__(self) -> int:
        # What tells nearly all apart: to hash the States of long lists would take longer.
        return hash((self.record, self.property, self.source, self.date, self.number))

    def __repr__(self) -> str:
        return f"<Claim {self.ref}: {'; '.join(self.values)[:40]}>"

    @computed
    def values(self) -> tuple[str, ...]:
        """The value as a tuple of strings, whatever its type."""
        return self.value if isinstance(self.value, tuple) else (str(self.value),)


@dataclass(frozen=True, repr=False)
class Record:
    """A process, body, organization, forum, summit, meeting, document, office or term.

    Attributes:
        id: Its key, unique among all records; never used again for another.
        kind: process, body, organization, forum, summit, meeting, document, office or term.
        name: Official name.
        short_name: The everyday one, for tables.
        acronym: Acronym or symbol; None if it has none.
        aliases: Other names it is looked up by.
        names: Names in other languages, as (ISO 639 code, name).
        claims: All claims about it, in the order of the data.
        overlay: Whether the record comes from an overlay of the reader's own.
    """

    id: str
    kind: str
    name: str
    short_name: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    claims: tuple[Claim, ...] = ()
    overlay: bool = False

    def claims_of(self, key: str) -> tuple[Claim, ...]:
        """The claims with the property `key`, in the order of the data."""
        if not isinstance(key, str):
            raise TypeError(f"a property is text, not {key!r}")
        return tuple(claim for claim in self.claims if claim.property == key)

    def __repr__(self) -> str:
        return f"<Record {self.kind} {self.id!r}: {self.short_name}, {len(self.claims)} claims>"
