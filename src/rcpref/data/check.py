"""The form of tables: keys, types, words, dates, ids, and what may be there only once.

Each function holds a table against `rcpref.data.form`, and says at its place what is wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from rcpref import dates
from rcpref.data import form
from rcpref.data.form import Form, Key, Pattern
from rcpref.errors import DateError
from rcpref.model import FORMS_READ

# Far above what anybody writes by hand; comparing claims takes the square of their number.
MAX_CLAIMS = 1_000  # most claims on one record, those of an overlay included
MAX_ITEMS = 10_000
MAX_LETTERS = 20_000

_BIDI_MARKS = "\u200c\u200d\u200e\u200f"
_ALLOWED = "\n\u00a0\u202f" + _BIDI_MARKS


# What is wrong with data, and where ---------------------------------------------------
# A problem names the file, the key and the remedy. Codes: E1xx form, E2xx vocabulary, E3xx
# references, E4xx dates.


MAX_PROBLEMS = 1_000


class Problem(NamedTuple):
    """Something wrong with the data, as in ``E301``: where, and what to do."""

    code: str
    file: str  # empty in an exported JSON
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.message} [{self.code}]"


class Enough(Exception):
    """Enough problems are found: nobody would read more, or they would mislead."""


class Place:
    """Where a table or value is, to say what is wrong with it: all problems are in one list."""

    __slots__ = ("_file", "_problems", "_within", "key")

    def __init__(
        self, problems: list[Problem], file: str = "", within: str = "", key: str = ""
    ) -> None:
        self._problems, self._file, self._within, self.key = problems, file, within, key

    def __str__(self) -> str:
        return self._file or self._within

    def at(self, key: str) -> "Place":
        """The place of a key in the table here."""
        key = f"{self.key}.{key}" if self.key else key
        return Place(self._problems, self._file, self._within, key)

    def wrong(self, code: str, message: str, remedy: str) -> Literal[False]:
        """Say that something is wrong here."""
        key = ": ".join(filter(None, (self._within, self.key)))
        # A key or value from the data may be as long as a file.
        self._problems.append(Problem(code, self._file, *map(_clipped, (key, message, remedy))))
        if len(self._problems) == MAX_PROBLEMS:
            message = f"has {MAX_PROBLEMS:,} problems or more; the search stopped there"
            self._problems.append(Problem("E102", "", "", message, "correct these first"))
            raise Enough
        return False


def _clipped(text: str) -> str:
    """The text, or its beginning and its end where it is very long."""
    return text if len(text) <= 400 else f"{text[:250]} [...] {text[-100:]}"


# Tables and values ----------------------------------------------------------------------


def shape(place: Place, table: Mapping[str, Any], expected: Form) -> bool:
    """Whether a table has the required keys, no others, and the right types."""
    good = True
    for name in table:
        if name not in expected:
            known = ", ".join(expected)
            good = place.at(name).wrong("E104", "is not a known key", f"use one of: {known}")
    for name, each in expected.items():
        if name in table:
            good = check_value(place.at(name), table[name], each) and good
        elif each.required:
            good = place.at(name).wrong("E103", "is missing", f"add {name} = ...")
    for every in form.TOGETHER:
        if {*every} <= expected.keys() and 0 < len(table.keys() & {*every}) < len(every):
            message = f"needs {', '.join(every[:-1])} and {every[-1]} together"
            good = place.wrong("E103", message, "give them all, or none")
    return good


def check_value(place: Place, value: Any, expected: Key) -> bool:
    """Whether a value is of the type of its key, not empty, clean, and one of its choices."""
    if wanted := wrong_type(value, expected.type):
        return place.wrong("E105", f"must be {wanted}", f"write {place.key} as {wanted}")
    if isinstance(value, list) and len(value) > MAX_ITEMS:
        message = f"is a list of more than {MAX_ITEMS:,}"
        return place.wrong("E102", message, "split it, or leave some out")
    if expected.type in (form.TABLES, form.OBJECT):
        return True  # each table is checked by its own form
    if not all(_check_words(place, text) for text in strings(value)):
        return False
    if not expected.lines and not check_one_line(place, value):
        return False
    if expected.type == form.DATE:
        return check_date(place, value)
    if expected.pattern and not expected.pattern.fits(value):
        about = f"use {expected.pattern.about}"
        return place.wrong("E105", f"{value!r} is of another form", about)
    return not expected.choices or _check_choices(place, value, expected.choices)


def _check_words(place: Place, text: str) -> bool:
    if len(text) > MAX_LETTERS:
        return place.wrong("E102", f"has more than {MAX_LETTERS:,} characters", "shorten it")
    if not text.strip():
        return place.wrong("E109", "is empty", "fill it in, or delete the key")
    if text.isprintable() or all(sign.isprintable() or sign in _ALLOWED for sign in text):
        return True
    remedy = "delete the characters that cannot be seen"
    return place.wrong("E106", "has control or bidi-override characters", remedy)


def check_one_line(place: Place, value: Any) -> bool:
    """Whether no text in a value has more than one line."""
    if any("\n" in text for text in strings(value)):
        return place.wrong("E106", "has more than one line", "write it on one line")
    return True


def _check_choices(place: Place, value: Any, choices: Sequence[str]) -> bool:
    good = True
    for text in strings(value):
        if text not in choices:
            known = ", ".join(choices)
            good = place.wrong("E204", f"{text!r} is not known", f"use one of: {known}")
    return check_once(place, strings(value)) and good


def check_once(place: Place, items: Iterable[str]) -> bool:
    """Whether none of some texts is there twice."""
    if (twice := first_twice(items)) is not None:
        return place.wrong("E107", f"{twice!r} is there twice", "keep one of the two")
    return True


def check_date(place: Place, value: str) -> bool:
    """Whether it is a prefix date or an interval of two."""
    try:
        dates.parse(value)
    except DateError as error:
        code = "E402" if "/" in value and "before" in error.message else "E401"
        return place.wrong(code, error.message, error.hint)
    return True


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= form.LARGEST


def _is_list(value: Any, kind: type = str) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


_LIKE: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    form.STR: ("a string", lambda value: isinstance(value, str)),
    form.DATE: ('a date in quotes, such as "2013-05"', lambda value: isinstance(value, str)),
    form.BOOL: ("true or false", lambda value: isinstance(value, bool)),
    form.INT: (f"a whole number from 0 to {form.LARGEST}", _is_number),
    form.STRS: ("a list of strings that is not empty", lambda value: value and _is_list(value)),
    form.TABLES: ("a list of tables", lambda value: _is_list(value, dict)),
    form.OBJECT: ("an object", lambda value: isinstance(value, dict)),
    form.NAMES: (
        'a table of names by language, such as { fr = "..." }',
        lambda value: isinstance(value, dict) and _is_list([*value.values()]),
    ),
    # What a claim states; the type of its property says more.
    form.VALUE: (
        "a string, a whole number or a list of strings",
        lambda value: isinstance(value, str) or _is_number(value) or _is_list(value),
    ),
}
"""What the values of each type are like, in words, and whether one is."""


def wrong_type(value: Any, wanted: str) -> str:
    """What a value should be like; empty if it is of the type."""
    words, fits = _LIKE[wanted]
    return "" if fits(value) else words


def strings(value: Any) -> Iterator[str]:
    """The strings that a value is or holds, its keys among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)
    elif isinstance(value, dict):
        yield from value
        yield from value.values()


def first_twice(items: Iterable[str]) -> str | None:
    """The first item that is there a second time; None if there is none."""
    seen: set[str] = set()
    for item in items:
        if item in seen:
            return item
        seen.add(item)
    return None


# Ids and versions -----------------------------------------------------------------------


def check_id(place: Place, key: str, name: str, is_file: bool) -> None:
    """Report an id of a wrong form, or one that differs from its file or key."""
    if key != name:
        named = ("the file's name", f"name it {key}.toml")
        named = named if is_file else ("its key", f"put it under the key {key}")
        place.at("id").wrong("E108", f"is {key!r}, unlike {named[0]}", named[1])
    elif not form.ID_KEY.fits(key):
        place.at("id").wrong("E105", f"{key!r} is not an id", f"use {form.ID_KEY.about}")


def check_version(place: Place, table: Mapping[str, Any]) -> None:
    """Refuse data of another form, before its keys are reported as wrong in this form."""
    version = table.get("schema_version")
    if not wrong_type(version, form.INT) and version not in FORMS_READ:
        forms = " and ".join(map(str, FORMS_READ))
        message = f"the data have form {version}; this program reads forms {forms}"
        remedy = "use the data that came with the program, or the program made for these data"
        place.at("schema_version").wrong("E105", message, remedy)
        raise Enough


# Tables of their own --------------------------------------------------------------------


def check_keyed(
    place: Place,
    table: Mapping[str, Any],
    expected: Form,
    pattern: Pattern,
    known: Mapping[str, Any],
) -> dict[str, Any]:
    """The good ones of tables that have keys: properties, sources."""
    good = {}
    for key, each in table.items():
        here, named = place.at(key), place.at(f"key {key!r}")
        if not check_value(named, key, Key(form.STR)):
            continue
        if not pattern.fits(key):
            named.wrong("E105", "is not a key", f"use {pattern.about}")
        elif key in known and each != known[key]:
            here.wrong(
                "E107", "is already in the data", "an overlay only adds: give it another key"
            )
        elif not isinstance(each, dict):
            here.wrong("E105", "must be a table", f"write [{key}]")
        elif shape(here, each, expected):
            for name in form.PARTS.keys() & each.keys():
                for number, part in enumerate(each[name], 1):
                    shape(here.at(f"{name}[{number}]"), part, form.PARTS[name])
            good[key] = each
    return good


def check_types(place: Place, properties: Mapping[str, Any]) -> None:
    """Report properties that are not of the type that rcpref needs."""
    for key, each in properties.items():
        known = TYPES.get(key, each["type"])
        if each["type"] != known:
            message = f"{each['type']!r} is not the type that rcpref needs for this property"
            remedy = f"write {known}, or give the property another key"
            place.at(f"{key}.type").wrong("E204", message, remedy)


def check_countries(
    place: Place, table: Mapping[str, Any], expected: Form, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The good ones of the States, by code."""
    good: dict[str, Any] = {}
    if not shape(place, table, form.COUNTRIES_FILE):
        return good
    for index, country in enumerate(table["country"], 1):
        code = country.get("alpha3")
        here = place.at(f"country[{code if isinstance(code, str) else index}]")
        if not shape(here, country, expected):
            continue
        if code in known or code in good:
            here.wrong("E107", "is there twice", "keep one of the two")
        elif not form.STATE_KEY.fits(code):
            here.at("alpha3").wrong("E105", "is not an alpha-3 code", f"use {form.STATE_KEY.about}")
        good[code] = country
    return good


def check_claims(place: Place, claims: list[Any], before: int) -> list[dict[str, Any]] | None:
    """The claims of good form; None if they are too many."""
    if len(claims) + before > MAX_CLAIMS:
        message = f"has more than {MAX_CLAIMS:,} claims"
        place.at("claim").wrong("E102", message, "leave out what you do not need")
        return None
    return [
        claim
        for index, claim in enumerate(claims, 1)
        if shape(place.at(claim_key(index, claim)), claim, form.CLAIM)
    ]


def claim_key(index: int, claim: Any) -> str:
    """The place of a claim in the file of its record: its number and property."""
    name = claim.get("property") if isinstance(claim, dict) else None
    return f"claim {index} ({name})" if isinstance(name, str) else f"claim {index}"


def check_passages(place: Place, passages: list[Any]) -> list[dict[str, Any]]:
    """The passages of good form."""
    good = []
    seen = set()
    for index, passage in enumerate(passages, 1):
        here = place.at(passage_key(index, passage))
        if not shape(here, passage, form.PASSAGE):
            continue
        for name in form.IN_PASSAGES:
            for number, part in enumerate(passage.get(name, ()), 1):
                shape(here.at(f"{name}[{number}]"), part, form.PARTS[name])
        label = (passage["kind"], passage["number"])
        if label in seen:
            here.wrong("E107", "is there twice", "number them again from 1")
        seen.add(label)
        good.append(passage)
    return good


def passage_key(index: int, passage: Mapping[str, Any]) -> str:
    """The place of a passage in the file of its text: its kind and number, else its index."""
    kind, number = passage.get("kind"), passage.get("number")
    # Python refuses to write down a number of thousands of digits.
    if isinstance(kind, str) and (isinstance(number, str) or _is_number(number)):
        return f"passage {kind}-{number}"
    return f"passage {index}"


# Properties that rcpref knows by name, and of what type each is -----------------------
# Answers, cards and citations ask for these, and rest on their values: a data set may leave
# them out, and have others of any type, but not the same key for something else.


_KEYS = {
    "states": """
        founding_participants members member_joined member_left associate_members
        participating_states partner_states candidate_states invited_states observers
        meeting_participants chair co_chair next_chair parent_body_chair group country
    """,
    "date": "founded ended start_date end_date adopted published",
    "integer": "members_count observers_count number attendance_count mechanisms_count session",
    "choice": "classification status",
    "record": "membership_of",
    "event": """
        founding_event milestone meeting next_meeting key_document membership_event contribution
    """,
    "texts": """
        former_names member_organizations observer_organizations topics calls_for host
        mechanisms_present attended covers
    """,
    "text": """
        title region legal_nature mandate membership_rule chair_rule holder secretariat
        support headquarters role purpose refers_to_processes definition terminology
        series city theme attendance_text participation_rule periodicity outcome
        outcome_document related_document background_study author publisher scope issn
        succeeded_by
    """,
    "url": "website url",
}

TYPES: Mapping[str, str] = {key: type_ for type_, keys in _KEYS.items() for key in keys.split()}
