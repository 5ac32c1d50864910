"""The form of the data files: which keys there are, of what type, and what they mean.

`rcpref.data.reading` checks files by it, `rcpref.schemas` describes it for other tools.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rcpref.model import KINDS, OVERLAY, PASSAGE_KINDS, PROPERTY_TYPES, TIERS

STR, STRS, BOOL, INT, DATE = "string", "strings", "boolean", "integer", "date"
VALUE, NAMES, TABLES, OBJECT = "value", "names", "tables", "object"

LARGEST = 10**9 - 1
"""Largest whole number in the data."""


class Field(NamedTuple):
    """A key of a table.

    Attributes:
        type: string, strings (a list that is not empty), boolean, integer (from 0 to
            `LARGEST`), date (a prefix date or an interval of two), value (what a claim
            states), names (by ISO 639 code), tables, or object.
        required: Whether it must be there.
        choices: The words that it may hold; empty for any.
        about: What it means, for those who write the data.
    """

    type: str
    required: bool = False
    choices: Sequence[str] = ()
    about: str = ""


Fields = Mapping[str, Field]


class Key(NamedTuple):
    """The form of an id, key or code: signs that no shell, path or reference reads.

    Attributes:
        pattern: Regular expression for the whole of it.
        about: The same in words.
    """

    pattern: str
    about: str

    def fits(self, text: str) -> bool:
        """Whether a text has this form."""
        return re.fullmatch(self.pattern, text) is not None


_HYPHENATED = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
ID_KEY = Key(_HYPHENATED, "lower-case letters, digits and hyphens, as in bali-process")
SOURCE_KEY = Key(_HYPHENATED, "lower-case letters, digits and hyphens, as in mrs-45")
EXPORTED_SOURCE_KEY = Key(f"({OVERLAY})?{_HYPHENATED}", SOURCE_KEY.about)
PROPERTY_KEY = Key("[a-z0-9_]+", "lower-case letters, digits and underscores, as in member_joined")
STATE_KEY = Key("[A-Z]{3}", "the three capitals of ISO 3166-1")

DATASET: Fields = {
    "title": Field(STR, True, about="Title of the data set"),
    "version": Field(STR, True, about="Version of the data; any change of a fact raises it"),
    "date": Field(DATE, True, about="Day to which the data speak; the date of every answer"),
    "schema_version": Field(INT, True, about="Version of the form of the data files"),
    "licence": Field(STR, True, about="Licence of the data, as an SPDX identifier"),
    "licence_note": Field(STR, True, about="What the licence does not cover"),
    "citation": Field(STR, True, about="How to cite the data, without version and date"),
}
PROPERTY: Fields = {
    "label": Field(STR, True, about="What people read"),
    "type": Field(STR, True, PROPERTY_TYPES, "Type of the values of its claims"),
    "definition": Field(STR, True, about="What it means, in one line"),
    "group": Field(STR, True, about="Group under which it is shown"),
    "order": Field(INT, True, about="Place among all properties"),
    "kinds": Field(STRS, True, tuple(KINDS), "Kinds of records that it is used for"),
}
SOURCE: Fields = {
    "title": Field(STR, True, about="Title of the page or document, in its own language"),
    "publisher": Field(STR, True, about="Who published it; several with semicolons"),
    "tier": Field(
        STR,
        True,
        TIERS,
        "primary: the process, body, a government or organisation that runs it; "
        "secondary: press, research; tertiary: encyclopaedias, collections",
    ),
    "date": Field(DATE, about="Date of publication, as precise as it says"),
    "url": Field(STR, about="Address at which it was read"),
    "copy": Field(BOOL, about="Read on a site that keeps a copy"),
    "copy_at": Field(STR, about="The site that keeps the copy"),
}
COUNTRY: Fields = {
    "alpha3": Field(STR, True, about="ISO 3166-1 alpha-3 code (XKX for Kosovo)"),
    "alpha2": Field(STR, True, about="ISO 3166-1 alpha-2 code"),
    "numeric": Field(STR, about="UN M49 code, three digits"),
    "name": Field(STR, True, about="Short name in English"),
    "official_name": Field(STR, True, about="Official name in English"),
    "region": Field(STR, True, about="UN M49 region"),
    "subregion": Field(STR, True, about="UN M49 subregion"),
    "un_member": Field(BOOL, True, about="Whether a member of the United Nations"),
    "aliases": Field(STRS, about="Other names for look-up, former ones included"),
    "names": Field(NAMES, about="Names in other languages"),
    "listed_with": Field(STR, about="Code of the State with which a source lists it"),
    "listed_source": Field(STR, about="Key of that source"),
    "listed_note": Field(STR, about="How the source prints it"),
}
RECORD: Fields = {
    "id": Field(STR, True, about="Lower-case letters, digits and hyphens; the file's name"),
    "kind": Field(STR, True, tuple(KINDS), "Kind of record; the folder has its plural"),
    "name": Field(STR, True, about="Official name"),
    "short_name": Field(STR, True, about="Everyday name, for tables"),
    "acronym": Field(STR, about="Acronym or symbol"),
    "aliases": Field(STRS, about="Other names for look-up"),
    "names": Field(NAMES, about="Names in other languages"),
    "claim": Field(TABLES, about="What is stated about it"),
}
CLAIM: Fields = {
    "property": Field(STR, True, about="A key of properties.toml"),
    "value": Field(VALUE, True, about="What is stated; States as alpha-3 codes in a list"),
    "as_of": Field(DATE, about="When the source says it held or happened"),
    "from": Field(DATE, about="Since when it held"),
    "until": Field(DATE, about="Until when it held; left out: not known"),
    "source": Field(STR, True, about="A key of sources.toml"),
    "passage": Field(STR, about="Where in a text it stands, as in lima-2013/paragraph-3"),
    "complete": Field(BOOL, about="Whether the whole list was read"),
    "stated_total": Field(INT, about="How long the source says the list is"),
    "disputed": Field(STRS, about="States whose place the source marks as disputed"),
    "derived": Field(BOOL, about="Put together by the editors; note says how"),
    "group": Field(STR, about="Name of the group that the value belongs to"),
    "role": Field(STR, about="Capacity in which the record took part"),
    "note": Field(STR, about="What a careful reader should know"),
}
TEXT: Fields = {
    "id": Field(STR, True, about="Id of the meeting; the file's name"),
    "title": Field(STR, True, about="Title of the document"),
    "document": Field(STR, True, about="Id of the document's record and key of its source"),
    "meeting": Field(STR, True, about="Id of the meeting's record"),
    "language": Field(STR, True, about="ISO 639 code"),
    "date": Field(DATE, True, about="Date of the document"),
    "passage": Field(TABLES, True, about="Its parts, in the order of the document"),
}
PASSAGE: Fields = {
    "kind": Field(STR, True, tuple(PASSAGE_KINDS), "Kind of passage"),
    "number": Field(INT, True, about="Number among those of its kind, from 1"),
    "text": Field(STR, True, about="The words, exactly as in the source"),
    "emphasis": Field(TABLES, about="Words in bold or italic"),
    "mentions": Field(TABLES, about="Words that name a record or State"),
    "notes": Field(TABLES, about="Editor's notes beside words"),
    "within": Field(STR, about="For a theme: reference of its paragraph"),
    "mark_in": Field(STR, about="For a footnote: reference of the passage with its mark"),
    "mark_after": Field(STR, about="For a footnote: the words right before its mark"),
}
EMPHASIS: Fields = {
    "style": Field(STR, True, ("bold", "italic", "bold-italic"), "How they are printed"),
    "words": Field(STR, True, about="Words of the passage"),
    "occurrence": Field(INT, about="Which one, where they stand there several times"),
}
MENTION: Fields = {
    "words": Field(STR, True, about="Words of the passage"),
    "record": Field(STR, about="Id of the record that they name"),
    "state": Field(STR, about="Alpha-3 code of the State that they name"),
}
NOTE: Fields = {
    "words": Field(STR, True, about="Words of the passage"),
    "note": Field(STR, True, about="The editor's note"),
    "sic": Field(BOOL, about="Whether they are to be quoted with [sic]"),
}

ITEMS: Mapping[str, Fields] = {
    "claim": CLAIM,
    "passage": PASSAGE,
    "emphasis": EMPHASIS,
    "mentions": MENTION,
    "notes": NOTE,
    "country": COUNTRY,
}
"""Form of the tables in lists of tables, by the key of the list."""

VALUES = {"integer": INT, "date": DATE, "texts": STRS, "states": STRS}
"""Types of the values of claims by the type of their property; any other: a string."""
