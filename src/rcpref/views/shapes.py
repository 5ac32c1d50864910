"""The fields of every answer: what JSON, TSV, tables and exports have.

A new column is a line here. A completion imports this module, too: it imports next to nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from rcpref.model import HELD, HELD_KINDS, KINDS, PLANNED, TIERS
from rcpref.report.blocks import Cell, Column

if TYPE_CHECKING:
    from rcpref.model.records import Claim

TEXT, NAME, TEXTS, DATE, DAY = "text", "name", "texts", "date", "day"
"""Words; words that come again and again; several; a prefix date; a day."""

INTEGER, NUMBER, TRUTH, ONLY_TRUE = "integer", "number", "truth", "true"
"""A whole number, any, a truth value; one that is told only where it is true."""

ID, CODE, ANSWER, BASIS, VALUE = "id", "code", "answer", "basis", "value"
"""Ids, alpha-3 codes, the words of an answer, text or a whole number."""

GIVEN, GIVENS, EVIDENCE = "given", "given by record", "evidence"
"""A whole answer, or one for each record; claims without their values."""

STANDING = "standing"
"""What else is true of a member: effects, each since a date and with its claim."""

CLAIM, CLAIMS, TIERED = "claim", "claims", "claims with tiers"
"""Claims: one, several, several with the tiers of their sources."""

OBJECT, CSL, RULE = "object", "csl", "rule"
"""Plain data: any, a CSL-JSON item; the code of a rule."""


class Field(Column):
    type: str = TEXT  # what it holds: one of the words above
    of: str = ""
    """Attribute of the line that it is read from, with dots between; empty for the key."""
    choices: Sequence[str] = ()  # the words that it may hold; empty for any
    null: bool = False  # whether it can be empty
    optional: bool = False  # whether JSON has it only where there is something in it
    place: int = 0  # its column stands behind those with a lower number; else in the order here
    item: bool = True  # whether JSON has it; what it has not is for tables alone
    table: bool = True  # whether it has a column; what has none is for programs alone
    unasked: bool = True  # whether the column is printed if none is named
    about: str = ""  # what it holds, in the words of exports

    @cached_property
    def value(self) -> Callable[[Any], Any]:
        return attrgetter(self.of or self.key)

    def read(self, line: Any) -> Cell:
        """The cell of a line in its column; a line may be an item already."""
        if self.cell is not None or isinstance(line, dict):
            return super().read(line)
        value = self.value(line)
        if self.type == DAY:
            return str(value)
        cell: Cell = value.answer if self.type == GIVEN else value
        return cell


def _inside(key: str, type: str, of: str = "", **more: Any) -> Field:
    return Field(key, "", type=type, of=of, table=False, **more)


class Shape:
    """What each line of an answer holds: fields in the order of JSON."""

    def __init__(self, *fields: Field) -> None:
        self.fields = fields

    def columns(self, *more: Column, **cells: Callable[[Any], Cell]) -> list[Column]:
        fields = [field for field in self.fields if field.table]
        found: list[Column] = [
            each._replace(cell=cells[each.key]) if each.key in cells else each for each in fields
        ]
        return sorted([*found, *more], key=lambda column: getattr(column, "place", 0))

    def unasked(self) -> list[str]:
        """Keys of the columns that are printed if none is named."""
        columns = self.columns()
        return [each.key for each in columns if not isinstance(each, Field) or each.unasked]


def sources_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.source for claim in claims))


def _sources(*paths: str, **more: Any) -> Field:
    """The column with the sources of some claims of a line."""
    read = [attrgetter(path) for path in paths]

    def cell(line: Any) -> Cell:
        return sources_of(claim for each in read for claim in each(line))

    return Field("sources", "Sources", room=1000, cell=cell, item=False, **more)


# Answers on members ------------------------------------------------------------------


_ANSWERS = "Whether it was a member at some time in that date"
_BASES = "What the answer rests on; none where it is unknown"
_CERTAIN = "True where the answer is yes, false where it is no; none where it is neither"
_KEYS = "Keys of the sources that it rests on, with semicolons"
_DISTANCE = (
    "Whole years from that date to the nearest list that decides; 0 where a list of that time, a "
    "joining or a leaving decides; none where undated lists alone do, or nothing"
)
_STANDING = (
    "What else is true of it then, with semicolons: suspended, excluded, absent, not-invited, "
    "withdrawal-announced, contested; or what ended it then: reinstated, returned, "
    "withdrawal-revoked; none for none"
)


def _standing(at: str, place: int = 1) -> Field:
    read = attrgetter(f"{at}standing")

    def cell(line: Any) -> Cell:
        return tuple(each.effect for each in read(line))

    found = Field("standing", "Standing", room=1000, type=STANDING, of=f"{at}standing", cell=cell)
    return found._replace(place=place, about=_STANDING)


def _answered(at: str, room: int = 120) -> tuple[Field, ...]:
    return (
        Field("answer", "Answer", type=ANSWER, of=f"{at}answer", about=_ANSWERS),
        Field("basis", "Basis", room=100, type=BASIS, of=f"{at}basis", null=True, about=_BASES),
        Field("reason", "Why", of=f"{at}reason", about="The reason in words"),
        _sources(f"{at}rests_on", null=True, about=_KEYS),
        Field(
            "last_known",
            "Last known",
            room=room,
            type=DATE,
            of=f"{at}last_known",
            null=True,
            place=1,
            about="Date of the newest evidence; none if undated",
        ),
        Field(
            "distance",
            "Distance",
            number=True,
            type=INTEGER,
            of=f"{at}distance",
            null=True,
            place=1,
            unasked=False,
            about=_DISTANCE,
        ),
        _standing(at),
        _inside("rests_on", EVIDENCE, f"{at}rests_on"),
    )


GIVEN_ANSWER = Shape(*_answered(""))  # an answer by itself

_NAME = Field("name", "State", style="name", type=NAME)

PARTY = Shape(
    Field("id", "Code", room=60, style="id", type=ID),
    _NAME,
    *_answered("answer."),
)
"""`members`: a State or organization with the answer for it."""

OBSERVER = Shape(PARTY.fields[0], _NAME._replace(label="Observer"), *PARTY.fields[2:])

_STATE = Field("id", "Code", room=60, style="id", type=CODE, of="state")

MAPPED = Shape(_STATE._replace(of="id"), *PARTY.fields[1:])
"""`map`: a State with the answer for it."""


def _capacity(line: Any) -> str:
    return f"{line.capacity} ({line.territory})" if line.territory else str(line.capacity)


ROLE = Shape(
    Field("id", "Id", room=130, style="id", type=ID, of="record.id"),
    Field("short_name", "Short name", style="name", type=NAME, of="record.short_name"),
    Field("kind", "Kind", room=140, choices=tuple(KINDS), of="record.kind"),
    Field("capacity", "Capacity", cell=_capacity),
    Field("state", "State", room=1000, type=CODE, place=1),
    *_answered("answer.", room=150),
    Field("last_seen_active", "Last seen active", room=1000, type=DATE, null=True, place=2),
)
"""`state`: what a State is in a record."""

MEMBERSHIP = Shape(
    Field("state", "Code", style="id", type=CODE, of="country.alpha3"),
    Field("name", "State", type=NAME, of="country.name", unasked=False),
    Field("record", "Id", style="id", type=ID, of="record.id"),
    Field("short_name", "Short name", type=NAME, of="record.short_name", unasked=False),
    *(
        field._replace(unasked=field.key in ("answer", "basis", "reason", "standing"))
        for field in _answered("answer.")
    ),
)
"""`member`: whether a State is a member of a record."""

CHANGE = Shape(
    _STATE,
    _NAME,
    Field("change", "Change", type=NAME),
    Field("before", "Before", type=GIVEN),
    Field("after", "After", type=GIVEN),
    _inside("events", EVIDENCE),
    Field("reason", "Why", item=False),
    _sources("before.rests_on", "after.rests_on", "events"),
)
"""`members --changes`: a State whose answer is not the same at two dates."""

COMPARED = Shape(
    _STATE,
    _NAME,
    Field("where", "Where", type=NAME),
    Field("count", "In how many", number=True, type=INTEGER, of="certain", place=1),
    _inside("answers", GIVENS),
)
"""`compare`: a State with the answer of each record, which has a column of its own."""

FACT = Shape(
    Field("id", "Id", room=140, type=ID, of="record", place=1),
    Field("property", "Property", room=1000, place=3),
    # A number is text here, too: what is in the column depends on the property.
    Field("value", "Value", style="name", cell=lambda f: str(f.plain), type=VALUE, of="plain"),
    Field("name", "Name", null=True),
    Field("answer", "Answer", type=ANSWER, of="value.answer", null=True),
    Field("basis", "Basis", of="value.basis"),
    Field("reason", "Date or reason"),
    _sources("value.claims"),
    Field("last_known", "Last known", of="value.last_known", null=True, place=2),
    _standing("value.", place=2),
    Field("note", "Note", room=1000, null=True, place=3),
    _inside("rests_on", EVIDENCE, "value.claims"),
)
"""`show --property`: a value of a property of a record."""

_OVERLAY = _inside("overlay", ONLY_TRUE, optional=True)

PAIR = Shape(
    Field("record", "Id", room=140, style="id", type=NAME),
    Field("short_name", "Record", style="name", type=NAME),
    Field("other", "Other id", room=140, style="id", type=NAME),
    Field("other_name", "Other", style="name", type=NAME),
    Field("shared", "Shared", number=True, type=INTEGER),
    Field("shared_possible", "At most", number=True, type=INTEGER),
    Field("members", "Members", number=True, type=INTEGER),
    Field("other_members", "Of the other", number=True, type=INTEGER),
    Field("as_of", "As of", room=100, type=DATE, null=True),
)
"""`matrix`: two records and how many members they share."""

PANEL = Shape(
    Field("record", "Record", type=NAME),
    Field("short_name", "Short name", type=NAME),
    Field("state", "Code", type=CODE),
    _NAME,
    Field("as_of", "As of", type=DATE),
    Field("first", "First day", type=DAY),
    Field("last", "Last day", type=DAY),
    Field("certain", "Certain", type=TRUTH, null=True, about=_CERTAIN),
    *_answered(""),
)

# What happened, what differs ---------------------------------------------------------

EVENT = Shape(
    Field("date", "Date", style="id"),
    Field("first", "First day", type=DAY, place=1),
    Field("last", "Last day", type=DAY, place=1),
    Field("record", "Id", room=140, type=NAME),
    Field("short_name", "Whose", style="name", type=NAME, item=False),
    Field("event", "Event", room=70, type=NAME),
    Field("what", "What"),
    _sources("claims"),
    _inside("claims", CLAIMS),
    Field(
        "held",
        "Held",
        room=1000,
        choices=(HELD, PLANNED),
        null=True,
        place=2,
        about="Of a meeting: held, or planned, if no report is known",
    ),
    Field(
        "series",
        "Session of",
        room=1000,
        type=ID,
        null=True,
        place=2,
        about="Id of the forum, if a meeting or summit is its session",
    ),
)
"""`timeline`: what happened to a record."""

CHAIR_TERM = Shape(
    Field("record", "Id", type=NAME, item=False),
    Field("short_name", "Record", type=NAME, item=False),
    Field("states", "States", type=TEXTS),
    Field("since", "Since", type=DATE, null=True),
    Field("until", "Until", type=DATE, null=True),
    Field("first", "First day", type=DAY),
    Field("last", "Last day", type=DAY),
    Field("following", "Next from", type=DAY, null=True),
    _inside("rests_on", EVIDENCE),
)
"""A term in the chair."""

DISPUTE = Shape(
    _inside("record", ID, "dispute.record"),
    _inside("property", TEXT, "dispute.property"),
    _inside("reason", TEXT, "dispute.reason"),
    _inside("claims", TIERED),
)
"""`disputes`: claims that cannot all be true."""

_PROPERTY = Field("property", "Property", of="claim.property", item=False)
_VALUE = Field("value", "Value", of="claim.value", item=False)
_DATE = Field("date", "Date", of="claim.date", item=False)
_NOTE = Field("note", "Note", of="claim.note", item=False)
_SOURCE = Field("source", "Source", of="claim.source", item=False)

DISPUTED = Shape(
    Field("id", "Id", style="id", of="dispute.record"),
    _PROPERTY._replace(style="name"),
    _VALUE,
    _DATE,
    _SOURCE,
    Field("tier", "Tier", choices=TIERS),
    Field("reason", "What differs", of="dispute.reason"),
    Field("ref", "Reference", of="claim.ref", unasked=False),
    _NOTE._replace(unasked=False),
)
"""The columns of `disputes`: a line for each of these claims."""

TERM = Shape(
    Field("id", "Id", style="id", type=ID, of="term.id"),
    Field("short_name", "Term", style="name", type=NAME, of="term.short_name"),
    _PROPERTY,
    _VALUE,
    _DATE,
    _NOTE,
    _SOURCE,
    _inside("", CLAIM, "claim"),
)
"""`compare` of terms: what a claim says of one; the keys of the claim stand in the item."""

_PARTS = ("dataset", "property", "source", "state", "record", "claim", "text", "passage")

DIFFERENCE = Shape(
    Field("change", "Change", choices=("added", "removed", "changed"), of="change.change"),
    Field("what", "What", choices=_PARTS, of="change.what"),
    Field("ref", "Reference", style="id", of="change.ref", place=-1),
    Field("record", "Record", of="change.record"),
    Field("property", "Property", of="change.property"),
    # As in the data: the schemas of the data files describe them.
    _inside("old", OBJECT, "change.old", null=True),
    _inside("new", OBJECT, "change.new", null=True),
    Field("difference", "Difference", item=False),
    Field("sources", "Sources", item=False),
)

FINDING = Shape(
    Field("code", "Code", style="id", type=RULE),
    Field("level", "Level", choices=("error", "warning")),
    Field("file", "File", style="name"),
    Field("key", "Key"),
    Field("message", "What is wrong"),
    Field("remedy", "What to do"),
)

# What is looked for ------------------------------------------------------------------

HIT = Shape(
    Field("ref", "Reference", style="id", of="hit.ref"),
    Field("type", "Type", choices=("passage", "name", "claim", "source"), of="hit.type"),
    Field("record", "Record", of="hit.record", null=True),
    Field("title", "What", of="hit.title"),
    Field("snippet", "Words", of="hit.snippet"),
    _inside("matched", TEXTS),
    _inside("score", NUMBER),
    _inside("kind", TEXT, optional=True),
    _inside("number", INTEGER, optional=True),
    _inside("text", TEXT, optional=True),
    _inside("claim", CLAIM, optional=True),
    _inside("source", TEXT, optional=True),
    _OVERLAY,
)

CITATION = Shape(
    Field("ref", "Reference", style="id", of="cited.ref"),
    _inside("style", TEXT),
    Field("citation", "Citation"),
    _inside("csl", CSL, "cited.item"),
    _inside("locator", TEXT, "cited.locator", optional=True),
    _inside("source", TEXT, "cited.source", optional=True),
)

QUOTED = Shape(
    Field("ref", "Reference", style="id", cell=lambda pair: pair[0].ref),
    Field("quote", "Quotation", cell=lambda pair: pair[1]),
)
"""`--quote`: a passage with its words to be pasted."""

# Lines that are items already: what they hold is in the form of the data -------------

_ID = Field("id", "Id", style="id")


def _chosen(*columns: Field) -> tuple[Field, ...]:
    """Columns that are printed only where they are named."""
    return tuple(each._replace(unasked=False) for each in columns)


LISTED = {
    "record": Shape(
        _ID._replace(room=100),
        Field("short_name", "Short name", style="name"),
        Field("acronym", "Acronym", room=140),
        Field("name", "Official name"),
        *_chosen(Field("kind", "Kind"), Field("aliases", "Aliases")),
    ),
    "state": Shape(
        _ID._replace(label="Code"),
        Field("alpha2", "Alpha-2", room=100),
        Field("name", "Name", style="name"),
        Field("official_name", "Official name", room=120),
        Field("region", "UN M49 region"),
        Field("subregion", "Subregion"),
        Field("un_member", "UN member", room=100),
        *_chosen(Field("numeric", "Numeric code"), Field("aliases", "Aliases")),
    ),
    "source": Shape(
        _ID._replace(label="Key"),
        Field("title", "Title"),
        Field("publisher", "Publisher", room=100),
        Field("date", "Date"),
        Field("tier", "Tier"),
        Field("url", "Address", room=160),
        Field("copy", "Copy at", room=160),
        # And the other keys of a source, as they are called.
    ),
    "property": Shape(
        _ID._replace(label="Key"),
        Field("label", "Label", style="name"),
        Field("type", "Type"),
        Field("group", "Group", room=120),
        Field("kinds", "Kinds", room=140),
        Field("definition", "Definition"),
    ),
    "text": Shape(
        _ID,
        Field("title", "Title"),
        Field("date", "Date"),
        Field("language", "Language", room=100),
        Field("passages", "Passages", number=True),
        Field("source", "Source", room=120),
    ),
    "passage": Shape(
        Field("ref", "Reference", style="id"),
        Field("kind", "Kind", room=120),
        Field("number", "Number", room=120, number=True),
        Field("text", "Text"),
    ),
}

_SIZE = Field("size", "Members", room=60, number=True, type=INTEGER, null=True)

OVERVIEWS = {
    "process": Shape(
        _SIZE,
        Field("led_by", "Chair", room=70, item=False),
        Field("last_seen_active", "Last seen active", type=DATE, null=True),
        Field("status_as_of", "Status as of", type=DATE, null=True),
    ),
    **dict.fromkeys(("body", "organization"), Shape(_SIZE)),
    **dict.fromkeys(HELD_KINDS, Shape(Field("held", "Held", type=DATE, null=True))),
}
"""`list` of records, by kind: columns for people, that are there to be chosen elsewhere."""

SHOWN = Shape(
    _ID,
    Field("property", "Property", style="name"),
    Field("value", "Value"),
    Field("date", "Date"),
    Field("source", "Source"),
    Field("passage", "Passage"),
    Field("role", "Role"),
    *_chosen(
        Field("group", "Group"),
        Field("ref", "Reference"),
        Field("label", "Label"),
        Field("complete", "Complete"),
        Field("stated_total", "Stated total", number=True),
        Field("disputed", "Disputed"),
        Field("derived", "Derived"),
        Field("note", "Note"),
        Field("disputed_by", "Disputed by"),
        Field("states", "States"),
        Field("effect", "Effect"),
        Field("about", "About"),
    ),
)
"""`show`: a name, a claim, a passage."""

ABOUT = Shape(Field("key", "Key", style="name"), Field("value", "Value"))
EXPORTED = Shape(
    Field("path", "Path", style="id"),
    Field("bytes", "Bytes", number=True),
    Field("sha256", "SHA-256", room=140),
)
COMMANDS = {
    "about": ABOUT,
    "check": FINDING,
    "cite": CITATION,
    "compare": COMPARED,
    "conclusions": LISTED["passage"],
    "diff": DIFFERENCE,
    "disputes": DISPUTED,
    "export": EXPORTED,
    "map": MAPPED,
    "matrix": PAIR,
    "member": MEMBERSHIP,
    "members": PARTY,
    "search": HIT,
    "show": SHOWN,
    "state": ROLE,
    "text": LISTED["passage"],
    "timeline": EVENT,
}
"""The columns that a command prints; `members --changes` and others have some of their own."""
