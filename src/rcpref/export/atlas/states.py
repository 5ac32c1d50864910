"""The page of a State: what it takes part in, in which capacity, and what names it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from rcpref.answers.membership.answer import COUNTED
from rcpref.export.atlas.markup import Content, Html, element, joined, link
from rcpref.export.atlas.words import also
from rcpref.model import KINDS, MEMBER_KINDS
from rcpref.spelling import key_of
from rcpref.views.kinds import CAPACITY_WORDS

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.countries import Country
    from rcpref.model.records import Record


class _Part(NamedTuple):
    """Where a State takes part: the record, in what capacity if no member, the answer."""

    record: Record
    capacity: str
    found: Answer


def states(data: Data, answers: Answers, codes: Iterable[str]) -> list[Html]:
    """A page for each of some States."""
    parts: dict[str, list[_Part]] = {code: [] for code in codes}
    for part, code in _parts(data, answers):
        if part.found.answer in COUNTED:
            parts[code].append(part)
    chairs: dict[str, list[Html]] = {}
    for key, holders in answers.holders.items():
        for holder in holders:
            for code in holder.states:
                record = data.records[key]
                chairs.setdefault(code, []).append(_named(record, f" ({holder.reason})"))
    return [_page(data, code, own, chairs.get(code, [])) for code, own in parts.items()]


def _parts(data: Data, answers: Answers) -> Iterator[tuple[_Part, str]]:
    for key, known in answers.last_known.items():
        for code, found in known.items():
            yield _Part(data.records[key], "", found), code
    for key, capacities in answers.beside.items():
        for capacity, known in capacities.items():
            for code, found in known.items():
                yield _Part(data.records[key], CAPACITY_WORDS[capacity], found), code


def _page(data: Data, code: str, parts: list[_Part], chairs: list[Html]) -> Html:
    country = data.countries[code]
    codes = ", ".join(filter(None, (code, country.alpha2, country.numeric)))
    places = ", ".join(dict.fromkeys(filter(None, (country.subregion, country.region))))
    card = _card(data, code, parts, chairs)
    official = country.official_name if country.official_name != country.name else None
    return element(
        "section",
        element("p", " \u00b7 ".join(filter(None, (codes, places))), class_="kind"),
        element("h1", country.name),
        element("p", official, class_="full") if official else None,
        element("div", element("h2", "As last known"), card, class_="now"),
        also(_other_names(data, country)),
        class_="page state",
        id=code,
    )


def _card(data: Data, code: str, parts: list[_Part], chairs: list[Html]) -> Html:
    """What it is a member of, what else it is, what it chairs, where it is named."""
    lines: list[Html] = []

    def line(label: str, named: list[Html]) -> None:
        if named:
            lines.extend((element("dt", label), element("dd", joined(named))))

    parts.sort(key=lambda part: part.record.short_name.casefold())
    certain = [part for part in parts if part.found.certain]
    for kind in MEMBER_KINDS:
        own = [part for part in certain if part.record.kind == kind and not part.capacity]
        line(f"{KINDS[kind].capitalize()} {len(own)}", [_named(part.record) for part in own])
    for words in CAPACITY_WORDS.values():
        own = [part for part in certain if part.capacity == words]
        line(words[0].upper() + words[1:], [_named(part.record) for part in own])
    line("In the chair of", chairs)
    line("Not certain", [_uncertain(part) for part in parts if not part.found.certain])
    if not lines:
        said = "nothing, certain or not, as far as claims say"
        lines.extend((element("dt", "Member of"), element("dd", said)))
    passages = data.passages_naming(state=code)
    line("Named in", [link(passage.ref, passage.ref) for passage in passages])
    return element("dl", *lines, class_="card")


def _uncertain(part: _Part) -> Html:
    found = part.found
    capacity = f"{part.capacity}, " if part.capacity else ""
    return _named(part.record, f" ({capacity}{found.answer})")


def _named(record: Record, beside: str = "") -> Html:
    """The name of a record as a link, with words in small beside it."""
    small: Content = element("small", beside) if beside else None
    return joined([link(record.id, record.short_name), small], "")


def _other_names(data: Data, country: Country) -> list[str]:
    """Other and former names, and those in other languages, each once."""
    raw = data.document["countries"][country.alpha3]
    found = {key_of(country.name): "", key_of(country.official_name): ""}
    for name in (*raw.get("aliases", ()), *raw.get("names", {}).values()):
        found.setdefault(key_of(name), name)
    return [name for name in found.values() if name]
