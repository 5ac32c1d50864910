"""The page of a State: what it takes part in, in which capacity, and what names it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import COUNTED
from rcpref.export.atlas.markup import Content, Html, element, html, joined, link
from rcpref.export.atlas.words import also
from rcpref.model import KINDS, MEMBER_KINDS
from rcpref.spelling import key_of
from rcpref.views.record import places_of
from rcpref.views.state import Role
from rcpref.views.words import CAPACITY_WORDS, MEMBER

if TYPE_CHECKING:
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.model.countries import Country
    from rcpref.model.records import Record


def states(data: Data, answers: Answers, codes: Iterable[str]) -> list[Html]:
    """A page for each of some States."""
    roles: dict[str, list[Role]] = {code: [] for code in codes}
    for role in _roles(data, answers):
        if role.answer.answer in COUNTED:
            roles[role.state].append(role)
    chairs: dict[str, list[Html]] = {}
    for key, holders in answers.holders.items():
        for holder in holders:
            for code in holder.states:
                record = data.records[key]
                chairs.setdefault(code, []).append(_named(record, f" ({holder.reason})"))
    return [_page(data, code, found, chairs.get(code, [])) for code, found in roles.items()]


def _roles(data: Data, answers: Answers) -> Iterator[Role]:
    """What States are in each record, as last known, but in the chair."""
    for key, known in answers.last_known.items():
        for code, found in known.items():
            yield Role(data.records[key], MEMBER, code, found)
    for key, capacities in answers.beside.items():
        for capacity, known in capacities.items():
            for code, found in known.items():
                yield Role(data.records[key], CAPACITY_WORDS[capacity], code, found)


def _page(data: Data, code: str, roles: list[Role], chairs: list[Html]) -> Html:
    country = data.countries[code]
    codes = ", ".join(filter(None, (code, country.alpha2, country.numeric)))
    places = ", ".join(places_of(country))
    card = _card(data, code, roles, chairs)
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


def _card(data: Data, code: str, roles: list[Role], chairs: list[Html]) -> Html:
    """What it is a member of, what else it is, what it chairs, where it is named."""
    lines: list[Html] = []

    def line(label: str, named: list[Html]) -> None:
        if named:
            lines.extend((element("dt", label), element("dd", joined(named))))

    roles.sort(key=lambda role: role.record.short_name.casefold())
    certain = [role for role in roles if role.answer.certain]
    member = [role.record for role in certain if role.capacity == MEMBER]
    for kind in MEMBER_KINDS:
        names = [_named(record) for record in member if record.kind == kind]
        line(f"{KINDS[kind].capitalize()} {len(names)}", names)
    for words in CAPACITY_WORDS.values():
        if words != MEMBER:
            names = [_named(role.record) for role in certain if role.capacity == words]
            line(words[0].upper() + words[1:], names)
    line("In the chair of", chairs)
    line("Not certain", [_uncertain(role) for role in roles if not role.answer.certain])
    if not lines:
        line("Member of", [html("nothing, certain or not, as far as claims say")])
    passages = data.passages_naming(state=code)
    line("Named in", [link(passage.ref, passage.ref) for passage in passages])
    return element("dl", *lines, class_="card")


def _uncertain(role: Role) -> Html:
    capacity = f"{role.capacity}, " if role.capacity != MEMBER else ""
    return _named(role.record, f" ({capacity}{role.answer.answer})")


def _named(record: Record, remark: str = "") -> Html:
    """The name of a record as a link, with a remark in small behind it."""
    small: Content = element("small", remark) if remark else None
    return joined([link(record.id, record.short_name), small], "")


def _other_names(data: Data, country: Country) -> list[str]:
    """Other and former names, and those in other languages, each once."""
    raw = data.document["countries"][country.alpha3]
    found = {key_of(country.name): "", key_of(country.official_name): ""}
    for name in (*raw.get("aliases", ()), *raw.get("names", {}).values()):
        found.setdefault(key_of(name), name)
    return [name for name in found.values() if name]
