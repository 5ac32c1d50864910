"""Pages that look at many records at once: small maps, shared members, records, sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership.answer import COUNTED
from rcpref.answers.membership.answer import KINDS as ANSWER_KINDS
from rcpref.answers.timeline import EVENTS, happenings
from rcpref.answers.values import not_seen_since, shown_value
from rcpref.dates import parse
from rcpref.export.atlas import maps
from rcpref.export.atlas.words import link, table
from rcpref.export.pictures.svg import step_of
from rcpref.model import KINDS, NOT_NAMED
from rcpref.report.html import Content, Html, element, outward
from rcpref.spelling import key_of
from rcpref.views.compare import shown_briefly
from rcpref.views.summary import caveat, counted, summary
from rcpref.views.words import claim_date
from rcpref.wording import clauses, in_words

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Answer
    from rcpref.data.dataset import Data
    from rcpref.export.atlas.answers import Answers
    from rcpref.export.atlas.words import Words
    from rcpref.model.records import Record
    from rcpref.model.sources import Source
    from rcpref.views.compare import Disputed


def by_name(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda record: key_of(record.short_name))


# Home -------------------------------------------------------------------------------

_QUESTIONS = (
    ("Who was in the Bali Process in May 2013?", "bali-process", "@2013-05"),
    ("Who chairs the Rabat Process?", "rabat-process", ""),
    ("What did Lima conclude?", "lima-2013/conclusion-1", ""),
    ("Which processes is Kenya in?", "KEN", ""),
)
"""Questions that the page answers: words, what they lead to, and for when."""


def home(data: Data, answers: Answers) -> Content:
    """The small maps of all processes and bodies by region, as last known."""
    records = [*data.of_kind("process"), *data.of_kind("body")]
    claims = sum(len(record.claims) for record in data)
    lead = (
        f"{len(data.of_kind('process'))} processes and {len(data.of_kind('body'))} regional "
        f"bodies, as last known in {parse(data.date[:7]).words} or in any month since "
        f"{answers.times.span[0]}: {claims:,} claims from {len(data.sources):,} sources."
    )
    questions = [
        element("li", element("a", words, href=f"#{target}{when}"))
        for words, target, when in _QUESTIONS
        if any(target in each for each in (data.records, data.countries, data.plain.passages))
    ]
    return [
        _what_it_is(data),
        element("p", lead, class_="kind"),
        element("ul", *questions, class_="questions") if questions else None,
        maps.legend(),
        [_group(data, answers, *pair) for pair in _by_region(data, answers, records).items()],
    ]


def _what_it_is(data: Data) -> Content:
    """What a process is, by the first claim that defines it."""
    claims = data.records["rcp"].claims_of("definition") if "rcp" in data.records else ()
    if not claims:
        return None
    words = str(claims[0].value).rstrip(".")
    about = ["A ", link("rcp", "process"), " is a ", words[:1].lower() + words[1:], "."]
    return element("p", about, class_="lead")


_MOSTLY = 0.75
"""So many of those that take part lie in the region under which a record stands."""

_ACROSS, _NOWHERE = "Across regions", "No member is known by name"
"""The groups of all others."""


def _by_region(data: Data, answers: Answers, records: Iterable[Record]) -> dict[str, list[Record]]:
    """Records by name under their regions; those of no region at the end."""
    groups: dict[str, list[Record]] = {}
    for record in by_name(records):
        groups.setdefault(_region(data, answers, record.id), []).append(record)
    order = sorted(groups, key=lambda name: (name == _NOWHERE, name == _ACROSS, name))
    return {name: groups[name] for name in order}


def _region(data: Data, answers: Answers, key: str) -> str:
    """The region of a record: that of most who take part, or of all who ever did."""
    known = answers.last_known.get(key, {})
    taking = [code for code, found in known.items() if found.answer in COUNTED] or list(known)
    if not taking:
        return _NOWHERE
    region, most = Counter(data.countries[code].region for code in taking).most_common(1)[0]
    return region if region and most >= _MOSTLY * len(taking) else _ACROSS


def _group(data: Data, answers: Answers, name: str, records: Sequence[Record]) -> list[Html]:
    parts = [element("h2", name)]
    for kind in ("process", "body"):
        cards = [_small_map(data, answers, each) for each in records if each.kind == kind]
        if cards:
            plural = "Processes" if kind == "process" else "Regional bodies"
            parts += [element("h3", plural), element("div", *cards, class_="maps")]
    return parts


def _small_map(data: Data, answers: Answers, record: Record) -> Html:
    known = answers.last_known.get(record.id, {})
    count, *remarks = _short(data, answers, record, known)
    return link(
        record.id,
        maps.small(known) if known else None,
        element("b", record.short_name),
        element("span", element("b", count), *(element("small", each) for each in remarks)),
        class_="small-map",
        data_of=record.id,
    )


def _short(
    data: Data, answers: Answers, record: Record, known: Mapping[str, Answer]
) -> Iterator[str]:
    """How many members, by which list, and other remarks, one by one."""
    asked = answers.times.months[-1]
    if not known:
        yield "no list of members is known"
    else:
        whole = summary(data, record, asked, known)
        count = counted(whole.states, whole.territories)
        parts = [*whole.heading_parts, *caveat(record, known.values())]
        if parts[0].code == "count":
            yield count
            parts = parts[1:]
        if parts and parts[0].code == "by-list":
            parts[0] = parts[0]._replace(code="card-list")
        for clause in clauses(parts):
            if text := in_words(clause, people=True).lstrip(", "):
                yield text
    yield from standing_words(data, known)
    if seen := not_seen_since(data, record.id, asked):
        yield f"last seen active: {parse(seen).words}"


_MOST_STANDING = 2
"""So many States with a standing are named on a small map."""


def standing_words(data: Data, known: Mapping[str, Answer]) -> list[str]:
    """Who is suspended, absent or the like, as the script says it for a date."""
    lines = []
    for code, found in sorted(known.items(), key=lambda pair: data.plain.state_name(pair[0])):
        if found.standing and found.certain:
            standing = in_words([each.part for each in found.standing], people=True)
            lines.append(f"{data.plain.state_name(code)} {standing}")
    more = len(lines) - _MOST_STANDING
    return [*lines[:_MOST_STANDING], f"and {more} more"] if more > 0 else lines


# Shared members ---------------------------------------------------------------------


MOST_COMPARED = 60
"""So many processes are compared with each other; of more, nobody could read the table."""


def overlap(data: Data, answers: Answers) -> Html:
    """How many certain members every two processes share, those of one region side by side."""
    certain = {
        key: {code for code, found in known.items() if found.certain}
        for key, known in answers.last_known.items()
    }
    groups = _by_region(data, answers, data.of_kind("process")).values()
    live = [each for group in groups for each in group if certain.get(each.id)][:MOST_COMPARED]
    heads = [
        element("th", element("span", link(each.id, each.short_name)), scope="col") for each in live
    ]
    rows = [
        element(
            "tr",
            element("th", link(one.id, one.short_name), scope="row"),
            *(_cell(certain[one.id], certain[two.id], one is two) for two in live),
        )
        for one in live
    ]
    return element(
        "table",
        element("caption", "Certain members that two processes share", class_="vh"),
        element("thead", element("tr", element("td"), *heads)),
        element("tbody", *rows),
        id="Matrix",
    )


def _cell(one: set[str], two: set[str], own: bool) -> Html:
    shared = len(one & two)
    shade = step_of(shared, min(len(one), len(two)))
    return element("td", str(shared or "\u00b7"), class_="own" if own else f"h{shade}")


# What happened, where sources disagree ----------------------------------------------


def happened(data: Data, answers: Answers) -> dict[str, Any]:
    """What happened, for the script: by year the number of a claim, kind, date, and what.

    Where a tab stands the value of the claim is meant; that alone is left out. The first year
    has what was before it, the last one what is to come.
    """
    first, last = (answers.times.years[place].date.first.year for place in (0, -1))
    found: dict[str, list[Any]] = {}
    for each in happenings(data):
        claim = each.claims[0]
        row = [answers.numbers[claim.ref], EVENTS.index(each.event), parse(each.date).words]
        what = each.what.replace(shown_value(data, claim), "\t", 1)
        if what != "\t":
            row.append(what)
        found.setdefault(str(min(max(each.first.year, first), last)), []).append(row)
    return {"kinds": EVENTS, "years": found}


def disagreements(data: Data, words: Words, lines: Iterable[Disputed]) -> Html:
    rows: list[Html] = []
    for dispute, own in groupby(lines, lambda line: line.dispute):
        record = data.records[dispute.record]
        about = f": {data.label_of(dispute.property).lower()}"
        why = element("p", in_words(dispute.why, people=True))
        head = element("th", link(record.id, record.short_name), about, why, colspan=3)
        rows.append(element("tr", head))
        for line in own:
            note = element("p", line.claim.note) if line.claim.note else None
            value = element("td", link(line.claim.ref, shown_briefly(data, line.claim)), note)
            when = element("td", claim_date(data, line.claim))
            rows.append(element("tr", when, value, element("td", words.source(line.claim.source))))
    return table(("Date", "What it says", "Source"), rows, "disputes")


# Records, sources -------------------------------------------------------------------


def index(data: Data, codes: Iterable[str]) -> Iterator[Content]:
    sections = {
        plural.capitalize(): [link(r.id, r.short_name) for r in by_name(data.of_kind(kind))]
        for kind, plural in KINDS.items()
    }
    regions: dict[str, list[Html]] = {}
    for code in sorted(codes, key=lambda code: key_of(data.countries[code].name)):
        country = data.countries[code]
        regions.setdefault(country.region or "Elsewhere", []).append(link(code, country.name))
    sections |= {f"States: {region}": regions[region] for region in sorted(regions)}
    for title, links in sections.items():
        if links:
            items = (element("li", each) for each in links)
            yield [element("h2", title), element("ul", *items, class_="links")]


def sources(data: Data) -> Content:
    ordered = sorted(
        data.sources.values(),
        key=lambda source: (source.publishers.casefold(), source.date or "", source.key),
    )
    return map(_source, ordered)


def _source(source: Source) -> Html:
    about = [source.date or "undated"]
    about += [str(author) for author in source.author]
    about += [part for part in (source.series, source.number) if part]
    if source.tier != "primary":
        about.append(f"{source.tier} source")
    if source.copy:
        about.append("read as a copy" + (f" at {source.copy}" if source.copy != NOT_NAMED else ""))
    if source.overlay:
        about.append("from your overlay")
    return element(
        "li",
        outward(source.url or "", source.title, source.language),
        ". ",
        element("span", source.publishers) if source.publishers else None,
        f"{', ' if source.publishers else ''}{', '.join(about)}.",
        element("p", source.note) if source.note else None,
        id=f"source:{source.key}",
    )


# About ------------------------------------------------------------------------------


def signs() -> list[Html]:
    """The signs of answers with what they mean."""
    lines: list[Html] = []
    for kind in ANSWER_KINDS:
        for sign in kind.signs:
            lines.append(element("dt", maps.swatch(sign.key), kind.word))
            lines.append(element("dd", sign.meaning))
    return lines
