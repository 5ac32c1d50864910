"""`rcpref state`: what a State takes part in at a date, and where it cannot be said."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from rcpref.answers.chair import CHAIR_KINDS, chairs
from rcpref.answers.membership.answer import NO, UNKNOWN, YES, Answer
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import member_at, states_named
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.model import MEMBER_KINDS
from rcpref.model.records import Record
from rcpref.report.blocks import Block, Column, Gap, Grid, Heading, Item, Prose, Quiet, Span, quiet
from rcpref.report.marks import Marks, cited
from rcpref.report.report import Report, rows_of
from rcpref.views.certainty import (
    basis_words,
    chosen_bases,
    none_rests,
    parted,
    resting,
    short_line,
    undated_line,
)
from rcpref.views.items import answer_item
from rcpref.views.kinds import CAPACITY_WORDS
from rcpref.views.words import asked_for, date_words, together

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.countries import Country


def state(
    data: Data,
    country: Country,
    as_of: str | None,
    wanted: Sequence[str],
    bases: Sequence[str] = (),
) -> Report:
    """Everything that a State takes part in at a date, and where it cannot be said.

    Args:
        data: The data set.
        country: The State.
        as_of: The date; None for what is last known.
        wanted: The kinds of answer to print.
        bases: What an answer must rest on; empty for all.

    Raises:
        NotFound: No answer rests on these.
    """
    asked = asked_for(data, as_of)
    code = country.alpha3
    naming = data.plain.records_naming(code)
    parts = [
        item
        for each in _territories(data, code)
        for item in resting(capacities(data, each, asked, data.plain.records_naming(each)), bases)
        if item["answer"] not in (NO, UNKNOWN)
    ]

    everywhere = cache(partial(_everywhere, data, country, asked, bases))

    def left() -> list[Item]:
        return parted([*everywhere(), *parts], wanted)[1]

    asks_all = not {NO, UNKNOWN}.isdisjoint(wanted)
    own = everywhere() if asks_all else resting(capacities(data, code, asked, naming), bases)
    if bases and not (own or parts or everywhere()):
        raise none_rests(bases, country.name)
    shown, others = parted([*own, *parts], wanted)
    query = {
        "command": "state",
        "state": code,
        "as_of": asked.text,
        "answers": list(wanted),
        **chosen_bases(bases),
    }
    report = Report(data, query, _columns(data, country), items=shown)
    report.uncertain = left
    # Where nothing can be said is not told unless it is asked for.
    told = [item for item in others if item["answer"] != UNKNOWN]
    line = short_line(told, named=partial(_label, data, country))
    if not shown and not line:
        line = _nothing(data, country, asked, left(), bases)
    line = together(line, undated_line(shown))
    report.notices += [line] if line else []
    when = date_words(data, asked) + basis_words(bases)
    nowhere = _nowhere(country, asked)
    report.blocks = lambda: _blocks(report, country, when, everywhere(), parts, nowhere)
    return report


def _everywhere(data: Data, country: Country, asked: AsOf, bases: Sequence[str]) -> list[Item]:
    """Also where no claim names the State, and it is no member for certain or unknown."""
    return [
        item
        for item in resting(capacities(data, country.alpha3, asked), bases)
        if item["answer"] != UNKNOWN or not _elsewhere(data, item["id"], country)
    ]


def _nothing(
    data: Data, country: Country, asked: AsOf, left: Sequence[Item], bases: Sequence[str]
) -> str:
    """What to say where the State is in nothing: that it is not, or that it is not known."""
    if bases:
        return f"nothing certain {date_words(data, asked)}{basis_words(bases)}"
    answers = {item["answer"] for item in left}
    if UNKNOWN in answers:
        return f"nothing certain {date_words(data, asked)}; --answer all says what is unknown"
    return f"nothing {date_words(data, asked)}: {country.name} is {_nowhere(country, asked)}"


def _nowhere(country: Country, asked: AsOf) -> str:
    """Why a State is in nothing for certain."""
    if country.since and asked.date.before(parse(country.since)):
        return f"a State of its own since {country.since}"
    return "in none of the processes, bodies and organizations here"


def _columns(data: Data, country: Country) -> tuple[Column, ...]:
    def capacity(item: Item) -> str:
        """In what capacity, and which territory, if it is one."""
        part = item["state"] != country.alpha3
        beside = f" ({data.plain.state_name(item['state'])})" if part else ""
        return f"{item['capacity']}{beside}"

    return (
        Column("id", "Id", room=130, style="id"),
        Column("short_name", "Short name", style="name"),
        Column("kind", "Kind", room=140),
        Column("capacity", "Capacity", cell=capacity),
        Column("answer", "Answer"),
        Column("basis", "Basis", room=100),
        Column("reason", "Why", marks=cited),
        Column("sources", "Sources", room=1000, cell=cited),
        Column("state", "State", room=1000),
        Column("last_known", "Last known", room=150),
    )


def _label(data: Data, country: Country, item: Item) -> str:
    """An item in one word: the record, the capacity unless member, the territory if one."""
    beside = [item["capacity"]] if item["capacity"] != "member" else []
    if item["state"] != country.alpha3:
        beside.append(data.plain.state_name(item["state"]))
    return f"{item['id']} ({', '.join(beside)})" if beside else str(item["id"])


def capacities(
    data: Data, code: str, asked: AsOf, among: Collection[str] | None = None
) -> Iterator[Item]:
    """Each record with the State's membership and whatever else it is there.

    Args:
        data: The data set.
        code: Alpha-3 code of the State.
        asked: The date.
        among: Ids of the only records to look at; None for all.
    """
    for kind in (*MEMBER_KINDS, "forum"):
        for key, raw in data.document["records"].items():
            if raw["kind"] != kind or not (among is None or key in among):
                continue
            record = data.records[key]
            for capacity, answer in _in_record(data, record, code, asked):
                yield {
                    "id": record.id,
                    "short_name": record.short_name,
                    "kind": record.kind,
                    "capacity": capacity,
                    "state": code,
                    **answer_item(answer),
                }


def _in_record(data: Data, record: Record, code: str, asked: AsOf) -> Iterator[tuple[str, Answer]]:
    if record.kind != "forum":
        yield "member", member_at(data, record, code, asked)
    named = {c.property for c in record.claims if code in c.values or code in c.disputed}
    for key in CAPACITIES[1:]:
        if key in named:
            answer = member_at(data, record, code, asked, key)
            if answer.answer not in (NO, UNKNOWN):
                yield CAPACITY_WORDS[key], answer
    chaired = "chair" in named and record.kind in CHAIR_KINDS
    for holder in chairs(record, asked) if chaired else ():
        if code in holder.states:
            yield "chair", Answer(*holder[1:])


def _elsewhere(data: Data, key: str, country: Country) -> bool:
    """Whether all States that a record names as members lie on other continents."""
    named = states_named(data.records[key])
    return bool(named) and all(
        data.countries[code].region != country.region for code in named if code in data.countries
    )


def _territories(data: Data, code: str) -> list[str]:
    """Territories that some source lists by themselves, naming this State beside them."""
    countries = data.document["countries"]
    return [key for key, raw in countries.items() if raw.get("listed_with") == code]


# For people -------------------------------------------------------------------------


def _blocks(
    report: Report,
    country: Country,
    when: str,
    own: Sequence[Item],
    parts: Sequence[Item],
    nowhere: str,
) -> list[Block]:
    marks = Marks(report.data)
    # The id comes last, where there is room for it.
    first, *columns = (c for c in report.columns if c.key not in ("sources", "state"))

    def grid(items: Sequence[Item]) -> Grid:
        return Grid([*columns, first], rows_of(report.columns, items, marks))

    blocks: list[Block] = [Heading(f"{country.name} {when}", 1)]
    certain, others = parted(own, (YES,))
    _, others = parted(others, (NO,))
    unknown, uncertain = parted(others, (UNKNOWN,))
    none = "Nothing certain." if others or parts or not own else f"Nothing: it is {nowhere}."
    blocks += [grid(certain)] if certain else [Gap(), quiet(none)]
    if uncertain:
        blocks += [Heading("Not certain"), grid(uncertain)]
    if parts:
        blocks.append(Heading(f"Listed by themselves, printed with {country.name}"))
        blocks += _parts(report.data, parts, marks)
    if unknown and UNKNOWN in report.query["answers"]:
        blocks += [Heading("Where membership cannot be said"), *_unknown(unknown)]
    return [*blocks, *marks.block()]


def _parts(data: Data, parts: Sequence[Item], marks: Marks) -> list[Block]:
    """The territories: how their sources print them, and what each takes part in."""
    printed: dict[str, Block] = {}
    bullets: list[Block] = []
    for item in parts:
        raw = data.document["countries"][item["state"]]
        name = data.plain.state_name(item["state"])
        place = f"{name}: {item['short_name']}, {item['capacity']}"
        reason = [Span(f"{place}: {item['answer']}, {item['reason']}"), *marks.spans(cited(item))]
        bullets.append(Prose(reason, bullet=True))
        mark = marks.spans([raw["listed_source"]])
        line = [Span(f"{name} in"), *mark, Span(f": {raw['listed_note']}.")]
        printed.setdefault(item["state"], Quiet(line))
    return [*printed.values(), *bullets]


def _unknown(items: Sequence[Item]) -> list[Block]:
    """Records of which it cannot be said, by the reason."""
    reasons: dict[str, list[str]] = {}
    for item in items:
        reasons.setdefault(item["reason"], []).append(item["short_name"])
    return [
        Prose([Span(f"{', '.join(names)}: "), Span(reason, "quiet")], bullet=True)
        for reason, names in reasons.items()
    ]
