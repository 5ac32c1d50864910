"""The form of the data: every key there is, of what type, and what it means.

Each key is described here once, and the rest derives from it: checks, items of JSON, schemas,
tables of exports and documentation. A new key is a line here and one in the class
of the model that holds it.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rcpref.fields import Fields
from rcpref.model import (
    COUNTRY_STATUSES,
    EFFECTS,
    KINDS,
    OVERLAY,
    PASSAGE_KINDS,
    PROPERTY_TYPES,
    RENAMED,
    SOURCE_TYPES,
    TIERS,
)

STR, STRS, BOOL, INT, DATE = "string", "strings", "boolean", "integer", "date"
"""Text, a list of texts that is not empty, a whole number to `LARGEST`, a prefix date."""

VALUE, NAMES, TABLES, OBJECT = "value", "names", "tables", "object"
"""What a claim states, names by ISO 639 code, a list of tables, a table with keys of its own."""

LARGEST = 10**9 - 1

PROPERTIES, SOURCES, COUNTRIES = "properties", "sources", "countries"
RECORDS, PASSAGES = "records", "passages"
"""Where the things are to which keys refer."""

ALWAYS, IF_SET, NEVER = "always", "if set", "never"
"""Whether the items of JSON show a key."""


class Pattern(Fields):
    """The form of an id, key or code: signs that no shell, path or reference reads."""

    regex: str
    about: str

    def fits(self, text: str) -> bool:
        """Whether a text has this form."""
        return re.fullmatch(self.regex, text) is not None


_HYPHENATED = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
ID_KEY = Pattern(_HYPHENATED, "lower-case letters, digits and hyphens, as in bali-process")
SOURCE_KEY = Pattern(_HYPHENATED, "lower-case letters, digits and hyphens, as in mrs-45")
EXPORTED_SOURCE_KEY = Pattern(f"({OVERLAY})?{_HYPHENATED}", SOURCE_KEY.about)
PROPERTY_KEY = Pattern(
    "[a-z0-9_]+", "lower-case letters, digits and underscores, as in member_joined"
)
STATE_KEY = Pattern("[A-Z]{3}", "the three capitals of ISO 3166-1")
WIKIDATA = Pattern("Q[1-9][0-9]*", "a Q and digits, as in Q419")
LANGUAGE = Pattern(
    "[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", "a BCP 47 tag, as in es or pt-BR"
)


class Key(Fields):
    """A key of a table."""

    type: str  # one of the words above
    required: bool = False
    choices: Sequence[str] = ()  # the words that it may hold; empty for any
    about: str = ""  # what it means, for those who write the data and who read exports
    pattern: Pattern | None = None
    refers: str = ""  # where the thing is that it names
    item: str = IF_SET  # items of JSON always show one that is required
    default: Any = None  # in the model, where it is left out; `unset` says it of any type
    attribute: str = ""  # how the model calls it; empty for as it is called here
    column: str | None = ""  # how tables of exports call it; None where they have none
    cell: str = ""  # what that column holds, where it is not just what `about` says
    # Of a name or label in several lines, the second would stand without a source behind it.
    lines: bool = False

    @property
    def unset(self) -> Any:
        """What the model has where it is left out."""
        return () if self.type in (STRS, NAMES, TABLES) else self.default

    @property
    def always(self) -> bool:
        """Whether the items of JSON have it whatever it holds."""
        return self.item == ALWAYS or (self.required and self.item != NEVER)


Form = Mapping[str, Key]
"""The keys of a table."""


DATASET: Form = {
    "title": Key(STR, True, about="Title of the data set"),
    "version": Key(STR, True, about="Version of the data; any change of a fact raises it"),
    "date": Key(DATE, True, about="Day of the data; what today means in questions"),
    "schema_version": Key(INT, True, about="Version of the form of the data files"),
    "licence": Key(STR, True, about="Licence of the data, as an SPDX identifier"),
    "licence_note": Key(STR, True, about="What the licence does not cover", lines=True),
    "citation": Key(STR, True, about="How to cite the data, without version and date"),
    "url": Key(STR, about="Address at which the data are published"),
}
PROPERTY: Form = {
    "label": Key(STR, True, about="What people read"),
    "type": Key(STR, True, PROPERTY_TYPES, "Type of the values of its claims"),
    "group": Key(STR, True, about="Group under which it is shown", column="group_name"),
    "definition": Key(STR, True, about="What it means, in one line"),
    "order": Key(INT, True, about="Place among all properties", column=None),
    "kinds": Key(STRS, True, tuple(KINDS), "Kinds of records that it is used for", column=None),
}
SOURCE: Form = {
    "title": Key(STR, True, about="Title of the page or document, in its own language"),
    "title_en": Key(STR, about="The title in English, where it is in another language"),
    "author": Key(TABLES, about="The persons who wrote it"),
    "publisher": Key(STRS, True, about="Who published it; [not named] where nobody is named"),
    "type": Key(STR, False, SOURCE_TYPES, "What it is"),
    "tier": Key(
        STR,
        True,
        TIERS,
        "primary: the process, body, a government or organisation that runs it; "
        "secondary: press, research; tertiary: encyclopaedias, collections",
    ),
    "date": Key(DATE, about="Date of publication, as precise as it says"),
    "accessed": Key(DATE, about="Day on which it was read, or the copy was stored"),
    "language": Key(STR, about="Language, as a BCP 47 tag", pattern=LANGUAGE),
    "number": Key(STR, about="Number or symbol, as in A/RES/68/4"),
    "series": Key(STR, about="Series to which it belongs"),
    "container": Key(STR, about="Work that it is part of, such as a journal or an encyclopaedia"),
    "volume": Key(STR, about="Volume of the series or of that work"),
    "pages": Key(STR, about="Its pages in that work, as in 12-34"),
    "issn": Key(STR, about="International Standard Serial Number"),
    "isbn": Key(STR, about="International Standard Book Number"),
    "doi": Key(STR, about="Digital Object Identifier"),
    "url": Key(STR, about="Address at which it was read"),
    "copy": Key(STR, about="Where a copy was read, if not at the publisher's own address"),
    "archived": Key(STR, about="Address of the stored copy that was read"),
    "archived_date": Key(DATE, about="Day on which that copy was stored"),
    "note": Key(STR, about="What a careful reader should know"),
    "editors_note": Key(STR, about="How the editors read or dated it; not for readers"),
}
AUTHOR: Form = {
    "family": Key(STR, True, about="Family name, or the only one"),
    "given": Key(STR, about="Given names"),
}
COUNTRY: Form = {
    "alpha3": Key(STR, True, about="ISO 3166-1 alpha-3 code (XKX for Kosovo)", item=NEVER),
    "alpha2": Key(STR, True, about="ISO 3166-1 alpha-2 code"),
    "numeric": Key(STR, about="UN M49 code, three digits", item=ALWAYS),
    "cow": Key(STR, about="Letters of the Correlates of War project", item=ALWAYS),
    "cow_number": Key(INT, about="Number of the Correlates of War project", item=ALWAYS),
    "gw_number": Key(INT, about="Number in the list of Gleditsch and Ward", item=ALWAYS),
    "wikidata": Key(STR, about="Identifier of Wikidata", pattern=WIKIDATA, item=ALWAYS),
    "name": Key(STR, True, about="Short name in English"),
    "official_name": Key(STR, True, about="Official name in English"),
    "region": Key(STR, True, about="UN M49 region"),
    "subregion": Key(STR, True, about="UN M49 subregion"),
    "un_member": Key(BOOL, True, about="Whether a member of the United Nations"),
    "status": Key(
        STR,
        choices=COUNTRY_STATUSES,
        about="What it is, if not a member of the United Nations",
        item=ALWAYS,
    ),
    "sovereign": Key(
        STR, about="Code of the State that it belongs to", refers=COUNTRIES, item=ALWAYS
    ),
    "status_source": Key(STR, about="Key of the source of both", refers=SOURCES, item=NEVER),
    "status_note": Key(STR, about="The words of that source", item=NEVER, lines=True),
    "since": Key(DATE, about="First day as a State of its own, if after 1985", item=ALWAYS),
    "aliases": Key(
        STRS, about="Other names for look-up, former ones included", item=ALWAYS, column=None
    ),
    "names": Key(NAMES, about="Names in other languages", item=ALWAYS, column=None),
    "listed_with": Key(
        STR, about="Code of the State with which a source lists it", refers=COUNTRIES, item=NEVER
    ),
    "listed_source": Key(STR, about="Key of that source", refers=SOURCES, item=NEVER),
    "listed_note": Key(STR, about="How the source prints it", item=NEVER, lines=True),
}
RECORD: Form = {
    "id": Key(STR, True, about="Lower-case letters, digits and hyphens; the file's name"),
    "kind": Key(STR, True, tuple(KINDS), "Kind of record; the folder has its plural"),
    "name": Key(STR, True, about="Official name"),
    "short_name": Key(STR, True, about="Everyday name, for tables"),
    "acronym": Key(STR, about="Acronym or symbol", item=ALWAYS),
    "aliases": Key(STRS, about="Other names for look-up", item=ALWAYS, column=None),
    "names": Key(NAMES, about="Names in other languages", item=ALWAYS, column=None),
    "claim": Key(TABLES, about="What is stated about it", item=NEVER, column=None),
}
CLAIM: Form = {
    "property": Key(STR, True, about="A key of properties.toml", refers=PROPERTIES),
    "value": Key(
        VALUE,
        True,
        about="What is stated; States as alpha-3 codes in a list",
        cell="What is stated; the items of a list joined by '; '",
        lines=True,
    ),
    "as_of": Key(DATE, about="When the source says it held or happened", item=ALWAYS),
    "from": Key(DATE, about="Since when it held", attribute=RENAMED["from"], column="from_date"),
    "until": Key(DATE, about="Until when it held; left out: not known", column="until_date"),
    "not_before": Key(
        DATE, about="For undated claims: the earliest date at which it can have been true"
    ),
    "not_after": Key(
        DATE, about="For undated claims: the latest date at which it can have been true"
    ),
    "source": Key(STR, True, about="A key of sources.toml", refers=SOURCES),
    "passage": Key(
        STR, about="Passage of the text that says so, as in lima-2013/paragraph-3", refers=PASSAGES
    ),
    "complete": Key(BOOL, about="Whether the whole list was read"),
    "stated_total": Key(INT, about="How long the source says the list is"),
    "group": Key(STR, about="Name of the group that the value belongs to", column="group_name"),
    "role": Key(STR, about="Capacity in which the record took part"),
    "states": Key(
        STRS,
        about="States that a membership_event is about",
        refers=COUNTRIES,
        cell="States that a membership_event is about, joined by '; '",
    ),
    "effect": Key(
        STR, choices=EFFECTS, about="What the membership_event does to the standing of these States"
    ),
    "about": Key(
        STR,
        about="Body that the membership_event belongs to, if a process only repeats it",
        refers=RECORDS,
    ),
    "note": Key(STR, about="What a careful reader should know", lines=True),
    "disputed": Key(
        STRS,
        about="States whose place is disputed; the note says why",
        refers=COUNTRIES,
        column=None,
    ),
    "derived": Key(BOOL, about="Put together by the editors; note says how", default=False),
}
_TIMES = ("as_of", "from", "until", "not_before", "not_after")
EVIDENCE: Form = {key: CLAIM[key] for key in ("property", *_TIMES, "source", "derived")}
"""What answers say of the claims that they rest on: all but what is stated at length."""

TEXT: Form = {
    "id": Key(STR, True, about="Id of the meeting; the file's name"),
    "title": Key(STR, True, about="Title of the document"),
    "document": Key(
        STR, True, about="Id of the document's record and key of its source", refers=RECORDS
    ),
    "meeting": Key(STR, True, about="Id of the meeting's record", refers=RECORDS),
    "language": Key(STR, True, about="ISO 639 code"),
    "date": Key(DATE, True, about="Date of the document"),
    "passage": Key(
        TABLES, True, about="Its parts, in the order of the document", item=NEVER, column=None
    ),
}
PASSAGE: Form = {
    "kind": Key(STR, True, tuple(PASSAGE_KINDS), "Kind of passage"),
    "number": Key(INT, True, about="Number among those of its kind, from 1"),
    "text": Key(STR, True, about="The words, exactly as in the source", lines=True),
    "emphasis": Key(TABLES, about="Words in bold or italic", item=ALWAYS, column=None),
    "mentions": Key(TABLES, about="Words that name a record or State", item=ALWAYS, column=None),
    "notes": Key(TABLES, about="Editor's notes on words", item=ALWAYS, column=None),
    "within": Key(STR, about="For a theme: reference of its paragraph", refers=PASSAGES),
    "mark_in": Key(
        STR, about="For a footnote: reference of the passage with its mark", refers=PASSAGES
    ),
    "mark_after": Key(STR, about="For a footnote: the words right before its mark", lines=True),
}
EMPHASIS: Form = {
    "style": Key(STR, True, ("bold", "italic", "bold-italic"), "How they are printed"),
    "words": Key(STR, True, about="Words of the passage", lines=True),
    "occurrence": Key(INT, about="Which one, if they occur several times", item=ALWAYS, default=1),
}
MENTION: Form = {
    "words": Key(STR, True, about="Words of the passage", lines=True),
    "record": Key(STR, about="Id of the record that they name", refers=RECORDS),
    "state": Key(STR, about="Alpha-3 code of the State that they name", refers=COUNTRIES),
}
NOTE: Form = {
    "words": Key(STR, True, about="Words of the passage", lines=True),
    "note": Key(STR, True, about="The editor's note"),
    "sic": Key(BOOL, about="Whether to quote them with [sic]", item=ALWAYS, default=False),
}
OWN: Form = {"overlay": Key(BOOL, about="Whether it comes from an overlay", default=False)}
"""In an export, the key of what an overlay added, in addition to those of files."""

TOGETHER = (
    ("listed_with", "listed_source", "listed_note"),
    ("status", "status_source"),
    ("archived", "archived_date"),
)
"""Keys that mean something together alone."""

IN_PASSAGES: Mapping[str, Form] = {"emphasis": EMPHASIS, "mentions": MENTION, "notes": NOTE}
"""Forms of the tables in a passage."""

PARTS: Mapping[str, Form] = {
    "claim": CLAIM,
    "claims": CLAIM,
    "passage": PASSAGE,
    "passages": PASSAGE,
    "country": COUNTRY,
    "author": AUTHOR,
    **IN_PASSAGES,
}
"""Form of the tables in lists of tables, by the key of the list."""

COUNTRIES_FILE: Form = {"country": Key(TABLES, True, about="States and territories")}
SECTIONS = ("dataset", "properties", "sources", "countries", "records", "texts")
"""Parts of a data set while the claims are in their records, as they are in an export."""

EXPORT: Form = {
    "schema_version": Key(INT, True, about="Version of the form of the data"),
    "digest": Key(STR, about="SHA-256 over the canonical JSON of the data"),
    **{name: Key(OBJECT, True) for name in SECTIONS},
}


IN_FILES: Mapping[str, Form] = {
    "properties": PROPERTY,
    "sources": SOURCE,
    "countries": COUNTRY,
    "records": RECORD,
    "texts": TEXT,
}
"""Forms of what the files of a folder hold, by section."""


def _exported(form: Form) -> Form:
    """A form with what says where it comes from; claims and passages in the plural, required."""
    lists = {name: key for name, key in form.items() if name in ("claim", "passage")}
    plural = {f"{name}s": key._replace(required=True) for name, key in lists.items()}
    return {**{name: key for name, key in form.items() if name not in lists}, **OWN, **plural}


IN_EXPORTS = {name: _exported(form) for name, form in IN_FILES.items()}

VALUES = {"integer": INT, "date": DATE, "texts": STRS, "states": STRS}
"""Types of the values of claims by the type of their property; any other: a string."""

AT_LENGTH = ("text", "event")  # types of properties whose values may have several lines

VALUES_REFER = {"states": COUNTRIES, "record": RECORDS}
"""Where the things are that values name, by the type of their property."""


Shown = tuple[str, str, bool, Any]
"""A key of an item of JSON: its name, that in the model, whether always there, and what unset."""


def shown(form: Form) -> tuple[Shown, ...]:
    """The keys that items of JSON have, in their order."""
    return tuple(
        (name, key.attribute or name, key.always, key.unset)
        for name, key in form.items()
        if key.item != NEVER
    )
