"""What the parts of a data set say of each other: references, vocabulary, words, dates.

Looked at when the form of all parts is right.
"""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from rcpref import dates
from rcpref.data import form
from rcpref.data.check import (
    Place,
    check_date,
    check_once,
    check_one_line,
    claim_key,
    passage_key,
    wrong_type,
)
from rcpref.data.form import Form
from rcpref.model import EVENT, OF_EVENTS

Known = tuple[Container[str], str, str, str]
"""What a reference can name; code, message and remedy of the problem that it is not there."""


class Links:
    """All that the references of a data set can lead to."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.properties: Mapping[str, Any] = document["properties"]
        self.sources: Mapping[str, Any] = document["sources"]
        self.date = dates.parse(document["dataset"]["date"])
        refs = {ref for text in document["texts"].values() for ref in _words_of(text)}
        remedy = "correct the id, or add the record"
        self.known: dict[str, Known] = {
            form.PASSAGES: _passages(refs, "any text", "lima-2013/paragraph-3"),
            form.RECORDS: (document["records"], "E304", "is not a record", remedy),
        }
        for name, (code, remedy) in _FILES.items():
            self.known[name] = (document[name], code, f"is not in {name}.toml", remedy)


_FILES = {
    form.PROPERTIES: ("E201", "use a property from there, or add this one"),
    form.SOURCES: ("E301", "add the source there, or correct the key"),
    form.COUNTRIES: ("E302", "use the ISO 3166-1 alpha-3 code"),
}
"""By the file, what is said of a key that is not there."""


def _passages(refs: Container[str], whose: str, such_as: str) -> Known:
    message, remedy = f"is not a passage of {whose}", f"use a reference such as {such_as}"
    return refs, "E303", message, remedy


def _words_of(text: Mapping[str, Any]) -> dict[str, str]:
    """The words of the passages of a text by their references."""
    return {
        f"{text['id']}/{passage['kind']}-{passage['number']}": passage["text"]
        for passage in text["passages"]
    }


def check_links(
    place: Place, table: Mapping[str, Any], expected: Form, known: Mapping[str, Known]
) -> None:
    """Report references of a table to what is not there."""
    for name, each in expected.items():
        if each.refers and name in table:
            _check_there(place.at(name), table[name], known[each.refers])


def _check_there(place: Place, value: Any, known: Known) -> None:
    there, code, message, remedy = known
    for named in value if isinstance(value, list) else [value]:
        if named not in there:
            place.wrong(code, f"{named!r} {message}", remedy)


# States ---------------------------------------------------------------------------------


def check_country_links(place: Place, countries: Mapping[str, Any], links: Links) -> None:
    """States: since when each is one, and who and what they name."""
    for code, country in countries.items():
        here = place.at(f"country[{code}]")
        check_links(here, country, form.COUNTRY, links.known)
        if "since" in country and dates.parse(country["since"]).first > links.date.last:
            message = f"{country['since']!r} is after the date of the data, {links.date.text}"
            here.at("since").wrong("E403", message, "correct the day, or leave it out")


# Claims ---------------------------------------------------------------------------------


def check_claim_links(
    place: Place, record: Mapping[str, Any], claims: list[dict[str, Any]], links: Links
) -> None:
    """Claims against the vocabulary and all that they refer to."""
    for index, claim in enumerate(claims, 1):
        here = place.at(claim_key(index, claim))
        check_links(here, claim, form.CLAIM, links.known)
        prop = links.properties.get(claim["property"])
        if prop is None:
            continue
        if record["kind"] not in prop["kinds"]:
            message = f"is not used for the kind {record['kind']!r}"
            remedy = "use another property, or add the kind in properties.toml"
            here.at("property").wrong("E202", message, remedy)
        _check_claimed(here, claim, prop["type"], links)
        _check_order(here, claim, "from", "until")
        _check_order(here, claim, "not_before", "not_after")
        _check_bounds(here, claim)
        _check_event(here, claim)


def _check_claimed(place: Place, claim: Mapping[str, Any], kind: str, links: Links) -> None:
    """The value of a claim against the type of its property."""
    here, value, expected = place.at("value"), claim["value"], form.VALUES.get(kind, form.STR)
    if wanted := wrong_type(value, expected):
        message = f"must be {wanted}, as {claim['property']} is of type {kind}"
        here.wrong("E203", message, f"write value as {wanted}")
        return
    if kind not in form.AT_LENGTH:
        check_one_line(here, value)
    if expected == form.DATE:
        check_date(here, value)
    if kind in form.VALUES_REFER:
        _check_there(here, value, links.known[form.VALUES_REFER[kind]])
    for name in ("value", "disputed", "states"):
        if isinstance(claim.get(name), list):
            check_once(place.at(name), claim[name])


def _check_order(place: Place, claim: Mapping[str, Any], first: str, last: str) -> None:
    """What a claim says of its time may not end before it begins."""
    if first not in claim or last not in claim:
        return
    if dates.parse(claim[last]).last < dates.parse(claim[first]).first:
        message = f"{claim[last]!r} is before {first} = {claim[first]!r}"
        place.at(last).wrong("E402", message, "swap the two, or correct one")


def _check_bounds(place: Place, claim: Mapping[str, Any]) -> None:
    """Only a claim without a date has bounds: where there is a date they would say nothing."""
    dated = next((each for each in ("as_of", "from", "until") if each in claim), None)
    for name in ("not_before", "not_after"):
        if name in claim and dated:
            message = f"is for a claim without a date; this one has {dated}"
            place.at(name).wrong("E404", message, f"leave out {name} or {dated}")


def _check_event(place: Place, claim: Mapping[str, Any]) -> None:
    """Only an event on membership has States and an effect, and no effect is without States."""
    for name in OF_EVENTS if claim["property"] != EVENT else ():
        if name in claim:
            message = f"is only for claims on {EVENT}; this one is on {claim['property']}"
            place.at(name).wrong("E205", message, f"leave it out, or claim a {EVENT}")
    if "effect" in claim and "states" not in claim:
        remedy = "add the States that the event is about: states = [...]"
        place.at("states").wrong("E103", "is missing", remedy)


# Texts ----------------------------------------------------------------------------------


def check_text_links(place: Place, text: Mapping[str, Any], links: Links) -> None:
    """A text against the records, sources and States that it refers to, and its own words."""
    check_links(place, text, form.TEXT, links.known)
    if text["document"] not in links.sources:
        message = f"{text['document']!r} is not in sources.toml"
        place.at("document").wrong("E301", message, "add the document there under its id")
    words = _words_of(text)
    own = _passages(words, "this text", f"{text['id']}/paragraph-1")
    known = {**links.known, form.PASSAGES: own}
    for index, passage in enumerate(text["passages"], 1):
        here = place.at(passage_key(index, passage))
        check_links(here, passage, form.PASSAGE, known)
        # Words printed with emphasis must stand there as often as is said.
        for number, part in enumerate(passage.get("emphasis", ()), 1):
            found = passage["text"].count(part["words"])
            if found and not 1 <= part.get("occurrence", 1) <= found:
                message = f"{part['words']!r} is there {found} times"
                where = here.at(f"emphasis[{number}].occurrence")
                where.wrong("E305", message, f"use a number from 1 to {found}")
        for name, part, whole in _quoted(passage, words):
            if not part or part not in whole:
                remedy = "copy the words exactly as they are there"
                here.at(name).wrong("E305", f"{part!r} is not in the passage", remedy)
        for number, mention in enumerate(passage.get("mentions", ()), 1):
            where = here.at(f"mentions[{number}]")
            if ("record" in mention) == ("state" in mention):
                where.wrong("E103", "needs a record or a state", "name one of the two")
            else:
                check_links(where, mention, form.MENTION, known)


def _quoted(passage: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """Keys of words that must be in a passage, these words, and those of the passage."""
    for name in form.IN_PASSAGES:
        for number, part in enumerate(passage.get(name, ()), 1):
            yield f"{name}[{number}]", part["words"], passage["text"]
    if passage.get("within") in words:
        yield "text", passage["text"], words[passage["within"]]
    if passage.get("mark_in") in words:
        yield "mark_after", passage.get("mark_after", ""), words[passage["mark_in"]]
