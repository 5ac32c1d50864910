"""The form of tables: keys, types, words, dates, ids, and what may be there only once.

Each function holds a table against `rcpref.data.form`, and says at its place what is wrong.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from rcpref import dates
from rcpref.data import form
from rcpref.data.form import Form, Key, Pattern
from rcpref.errors import DateError
from rcpref.model import FORMS_READ

# Far above what anybody writes by hand; comparing claims takes the square of their number.
MAX_CLAIMS = 1_000
"""Most claims on one record, those of an overlay included."""
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
    """No more problems are looked for: nobody would read more, or they would mislead."""


class Problems:
    """What is wrong with one data set, in the order in which it is read."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep a problem."""
        # A key or value from the data may be as long as a file.
        code, file, key, message, remedy = problem
        kept = Problem(code, file, _clipped(key), _clipped(message), _clipped(remedy))
        self.found.append(kept)
        if len(self.found) == MAX_PROBLEMS:
            message = f"has {MAX_PROBLEMS:,} problems or more; no more are looked for"
            self.found.append(Problem("E102", "", "", message, "correct these first"))
            raise Enough


class Place:
    """Where a table stands, to say what is wrong in it."""

    def __init__(self, problems: Problems, file: str = "", within: str = "") -> None:
        self._problems = problems
        self._file = file
        self._within = within

    def __str__(self) -> str:
        return self._file or self._within

    def problem(self, code: str, key: str, message: str, remedy: str) -> None:
        """Something is wrong here."""
        place = ": ".join(filter(None, (self._within, key)))
        self._problems.add(Problem(code, self._file, place, message, remedy))


def _clipped(text: str) -> str:
    """The text, or its beginning and its end where it is very long."""
    return text if len(text) <= 400 else f"{text[:250]} [...] {text[-100:]}"


# Tables and values ----------------------------------------------------------------------


def shape(place: Place, key: str, table: Mapping[str, Any], expected: Form) -> bool:
    """Whether a table has the required keys, no others, and the right types."""
    good = True
    dot = f"{key}." if key else ""
    for name in table:
        if name not in expected:
            known = ", ".join(expected)
            place.problem("E104", dot + name, "is not a known key", f"use one of: {known}")
            good = False
    for name, each in expected.items():
        if name in table:
            good = check_value(place, dot + name, table[name], each) and good
        elif each.required:
            place.problem("E103", dot + name, "is missing", f"add {name} = ...")
            good = False
    for every in form.TOGETHER:
        if not {*every} <= expected.keys() or not 0 < len(table.keys() & {*every}) < len(every):
            continue
        message = f"needs {', '.join(every[:-1])} and {every[-1]} together"
        place.problem("E103", key, message, "give them all, or none")
        good = False
    return good


def check_value(place: Place, key: str, value: Any, expected: Key) -> bool:
    """Whether a value is of the type of its key, not empty, clean, and one of its choices."""
    wanted = wrong_type(value, expected.type)
    if wanted:
        place.problem("E105", key, f"must be {wanted}", f"write {key} as {wanted}")
        return False
    if isinstance(value, list) and len(value) > MAX_ITEMS:
        message = f"is a list of more than {MAX_ITEMS:,}"
        place.problem("E102", key, message, "split it, or leave some out")
        return False
    if expected.type in (form.TABLES, form.OBJECT):
        return True  # each table is checked by its own form
    if not all(_check_words(place, key, text) for text in strings(value)):
        return False
    if not expected.lines and not check_one_line(place, key, value):
        return False
    if expected.type == form.DATE:
        return check_date(place, key, value)
    if expected.pattern and not expected.pattern.fits(value):
        place.problem("E105", key, f"{value!r} is of another form", f"use {expected.pattern.about}")
        return False
    return _check_choices(place, key, value, expected)


def _check_words(place: Place, key: str, text: str) -> bool:
    if len(text) > MAX_LETTERS:
        place.problem("E102", key, f"has more than {MAX_LETTERS:,} characters", "shorten it")
    elif not text.strip():
        place.problem("E109", key, "is empty", "fill it in or leave the key out")
    elif not _is_clean(text):
        remedy = "delete the characters that cannot be seen"
        place.problem("E106", key, "has control or bidi-override characters", remedy)
    else:
        return True
    return False


def check_one_line(place: Place, key: str, value: Any) -> bool:
    """Whether no text in a value has more than one line."""
    if any("\n" in text for text in strings(value)):
        place.problem("E106", key, "has more than one line", "write it on one line")
        return False
    return True


def _check_choices(place: Place, key: str, value: Any, expected: Key) -> bool:
    if not expected.choices:
        return True
    wrong = [text for text in strings(value) if text not in expected.choices]
    for text in wrong:
        known = ", ".join(expected.choices)
        place.problem("E204", key, f"{text!r} is not known", f"use one of: {known}")
    twice = first_twice(strings(value))
    if twice is not None:
        place.problem("E107", key, f"{twice!r} is there twice", "keep one of the two")
    return not wrong and twice is None


def check_date(place: Place, key: str, value: str) -> bool:
    """Whether it is a prefix date or an interval of two."""
    try:
        dates.parse(value)
    except DateError as error:
        code = "E402" if "/" in value and "before" in error.message else "E401"
        place.problem(code, key, error.message, error.hint)
        return False
    return True


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= form.LARGEST


def _is_list(value: Any, kind: type = str) -> bool:
    return isinstance(value, list) and all(isinstance(each, kind) for each in value)


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


_LIKE: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    form.STR: ("a string", _is_text),
    form.DATE: ('a date in quotes, such as "2013-05"', _is_text),
    form.BOOL: ("true or false", lambda value: isinstance(value, bool)),
    form.INT: (f"a whole number from 0 to {form.LARGEST}", _is_number),
    form.STRS: ("a list of strings that is not empty", lambda value: value and _is_list(value)),
    form.TABLES: ("a list of tables", lambda value: _is_list(value, dict)),
    form.OBJECT: ("an object", _is_table),
    form.NAMES: (
        'a table of names by language, such as { fr = "..." }',
        lambda value: _is_table(value) and all(map(_is_text, value.values())),
    ),
    # What a claim states; the type of its property says more.
    form.VALUE: (
        "a string, a whole number or a list of strings",
        lambda value: _is_text(value) or _is_number(value) or _is_list(value),
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


def _is_clean(text: str) -> bool:
    return text.isprintable() or all(
        character.isprintable() or character in _ALLOWED for character in text
    )


def first_twice(items: Iterable[str]) -> str | None:
    """The first item that has been there before; None if each is there once."""
    seen: set[str] = set()
    for item in items:
        if item in seen:
            return item
        seen.add(item)
    return None


# Ids and versions -----------------------------------------------------------------------


def check_id(place: Place, key: str, name: str, is_file: bool) -> None:
    """Tell of an id that can be none, or is not what the thing is called where it stands."""
    if key != name:
        named = ("the file's name", f"name it {key}.toml")
        named = named if is_file else ("its key", f"put it under the key {key}")
        place.problem("E108", "id", f"is {key!r}, unlike {named[0]}", named[1])
    elif not form.ID_KEY.fits(key):
        place.problem("E105", "id", f"{key!r} is not an id", f"use {form.ID_KEY.about}")


def check_version(place: Place, table: Mapping[str, Any]) -> None:
    """Refuse data of another form, before what that form has is called wrong by this one."""
    version = table.get("schema_version")
    if not wrong_type(version, form.INT) and version not in FORMS_READ:
        place.problem(
            "E105",
            "schema_version",
            f"the data have form {version}; this program reads forms "
            f"{' and '.join(map(str, FORMS_READ))}",
            "use the data that came with the program, or the program made for these data",
        )
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
        if not check_value(place, f"key {key!r}", key, Key(form.STR)):
            continue
        if not pattern.fits(key):
            place.problem("E105", f"key {key!r}", "is not a key", f"use {pattern.about}")
        elif key in known and each != known[key]:
            remedy = "an overlay only adds: give it another key"
            place.problem("E107", key, "is already in the data", remedy)
        elif not isinstance(each, dict):
            place.problem("E105", key, "must be a table", f"write [{key}]")
        elif shape(place, key, each, expected):
            for name in form.PARTS.keys() & each.keys():
                for number, part in enumerate(each[name], 1):
                    shape(place, f"{key}.{name}[{number}]", part, form.PARTS[name])
            good[key] = each
    return good


def check_types(place: Place, properties: Mapping[str, Any]) -> None:
    """Tell of properties that are not of the type by which rcpref knows them."""
    for key, each in properties.items():
        known = TYPES.get(key, each["type"])
        if each["type"] != known:
            message = f"{each['type']!r} is not the type that rcpref knows this property by"
            remedy = f"write {known}, or give the property another key"
            place.problem("E204", f"{key}.type", message, remedy)


def check_countries(
    place: Place, table: Mapping[str, Any], expected: Form, known: Mapping[str, Any]
) -> dict[str, Any]:
    """The good ones of the States, by code."""
    good: dict[str, Any] = {}
    if not shape(place, "", table, form.COUNTRIES_FILE):
        return good
    for index, country in enumerate(table["country"], 1):
        code = country.get("alpha3")
        key = f"country[{code if isinstance(code, str) else index}]"
        if not shape(place, key, country, expected):
            continue
        code = country["alpha3"]
        if code in known or code in good:
            place.problem("E107", key, "is there twice", "keep one of the two")
        elif not form.STATE_KEY.fits(code):
            remedy = f"use {form.STATE_KEY.about}"
            place.problem("E105", f"{key}.alpha3", "is not an alpha-3 code", remedy)
        good[code] = country
    return good


def check_claims(place: Place, claims: list[Any], before: int) -> list[dict[str, Any]] | None:
    """The claims of good form; None if they are too many."""
    if len(claims) + before > MAX_CLAIMS:
        message = f"has more than {MAX_CLAIMS:,} claims"
        place.problem("E102", "claim", message, "leave out what you do not need")
        return None
    return [
        claim
        for index, claim in enumerate(claims, 1)
        if shape(place, claim_key(index, claim), claim, form.CLAIM)
    ]


def claim_key(index: int, claim: Any) -> str:
    """Where a claim stands in the file of its record: its place and property."""
    name = claim.get("property") if isinstance(claim, dict) else None
    return f"claim {index} ({name})" if isinstance(name, str) else f"claim {index}"


def check_passages(place: Place, passages: list[Any]) -> list[dict[str, Any]]:
    """The passages of good form."""
    good = []
    seen = set()
    for index, passage in enumerate(passages, 1):
        key = passage_key(index, passage)
        if not shape(place, key, passage, form.PASSAGE):
            continue
        for name in form.IN_PASSAGES:
            for number, part in enumerate(passage.get(name, ()), 1):
                shape(place, f"{key}.{name}[{number}]", part, form.PARTS[name])
        label = (passage["kind"], passage["number"])
        if label in seen:
            place.problem("E107", key, "is there twice", "number them anew")
        seen.add(label)
        good.append(passage)
    return good


def passage_key(index: int, passage: Mapping[str, Any]) -> str:
    """Where a passage stands in the file of its text: its kind and number, else its place."""
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
    "event": "founding_event milestone meeting key_document membership_event contribution",
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
