"""The page of a record or a State as blocks: short, which is its card, or whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import NO, OPEN, Answer
from rcpref.answers.membership.evidence import JOINED, LEFT, MEMBERS, Register
from rcpref.answers.membership.members import standing_of
from rcpref.answers.values import (
    chair_why,
    claims_at,
    claims_naming,
    newest_activity,
    not_seen_since,
)
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.model import HELD_KINDS, NO_POSITION
from rcpref.model.records import Record
from rcpref.report.blocks import (
    Block,
    Card,
    Entry,
    FactLine,
    Facts,
    Gap,
    Heading,
    Marked,
    Prose,
    Quiet,
    Quote,
    Span,
    quiet,
)
from rcpref.report.marks import Marks
from rcpref.views.shapes import sources_of
from rcpref.views.summary import leaving_of, left_words, standing_spans
from rcpref.views.words import (
    CHAIR,
    MEMBER,
    claim_facts,
    date_and_mark,
    date_words,
    month_of,
    passage_spans,
)
from rcpref.wording import in_words

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.countries import Country
    from rcpref.views.state import Role


def short_page(data: Data, found: Record | Country, asked: AsOf) -> list[Block]:
    """What is known of a record or State, on one screen; the last line says what is left out."""
    from rcpref.views import lines

    marks = Marks(data)
    if isinstance(found, Record):
        overlay = ", from your overlay" if found.overlay else ""
        title = f"{found.short_name} ({found.id}{overlay})"
        written = dict.fromkeys((found.name, found.acronym or ""))
        names = [each for each in written if each not in (found.short_name, "")]
        entries = lines.entries(lines.Subject(data, found, asked, marks))
        count = len(found.claims)
        more = f"--full adds all names, notes and texts. --history shows all {count} claims."
    else:
        title = f"{found.name} ({found.alpha3})"
        official = found.official_name if found.official_name != found.name else ""
        codes = official, found.alpha2, found.numeric
        names = [*filter(None, codes), *places_of(found)]
        entries = state_entries(data, found, asked, marks)
        more = (
            "In brackets: the newest list that names the State, or when it joined. "
            f"rcpref state {found.alpha3} says why. --full adds all claims and texts."
        )
    when = "" if asked.last_known else f", {date_words(data, asked)}"
    return [
        Heading(f"{title}{when}", 1),
        *([Prose([Span(", ".join(names))])] if names else []),
        Card(entries or [Entry("", [Span("no claims in these data", "quiet")])]),
        *marks.block(),
        *([] if isinstance(found, Record) or found.un_member else [quiet(NO_POSITION)]),
        Quiet([Span(more, "hint")]),
    ]


def places_of(country: Country) -> list[str]:
    """The part of a continent in which a State lies, and the continent."""
    return list(dict.fromkeys(filter(None, (country.subregion, country.region))))


# The lines of a State ------------------------------------------------------------------

_STATE_LINES = {"process": "Processes", "body": "Bodies", "organization": "Organizations"}


def state_entries(data: Data, country: Country, asked: AsOf, marks: Marks) -> list[Entry]:
    """What a State takes part in, what it left or chairs, where texts name it."""
    from rcpref.views.state import roles_of

    naming_it = data.plain.records_naming(country.alpha3)
    every = list(roles_of(data, country.alpha3, asked, naming_it))
    led = [role for role in every if role.capacity == CHAIR and role.answer.answer != NO]
    roles = [role for role in every if role.capacity != CHAIR]
    found: list[Entry] = []
    # Where else than by membership it stands apart: suspended, absent, about to leave.
    for key in naming_it:
        register = Register(data.records[key], MEMBERS)
        if standing := standing_of(register, country.alpha3, asked.date):
            label = "" if found else "Now" if asked.last_known else "Then"
            spans = [Span(f"{register.record.short_name}: "), *standing_spans(standing, marks)]
            found.append(Entry(label, spans))
    for kind, label in _STATE_LINES.items():
        certain = [role for role in roles if role.answer.certain and role.record.kind == kind]
        member = [role for role in certain if role.capacity == MEMBER]
        silent = {
            role.record.id: newest_activity(data, role.record, asked.date.last)
            for role in member
            if not_seen_since(data, role.record.id, asked)
        }
        lives = [_part(data, role, asked, marks) for role in member if role.record.id not in silent]
        others = [_part(data, role, asked, marks) for role in certain if role.capacity != MEMBER]
        found += _named(label, lives, str(len(lives)))
        names = [
            marks.behind(
                f"{role.record.short_name} (last seen {month_of(seen.when.text)})",
                sources_of(seen.claims)[:1],
            )
            for role in member
            if (seen := silent.get(role.record.id))
        ]
        lead = f"{'and ' if lives else ''}{len(names)} not seen active for years"
        found += _named("" if lives else label, names, lead)
        found += _named("" if member else label, others, "other roles")
    for word in OPEN:
        names = [_part(data, role, asked, marks) for role in roles if role.answer.answer == word]
        found += _named(word.capitalize(), names)
    left = [
        marks.behind(f"{role.record.short_name} ({left_words(claim)})", (claim.source,))
        for role in roles
        if (claim := leaving_of(role.answer))
    ]
    found += _named("Left", left)
    found += _named("Chair of", [_in_chair(role, asked, marks) for role in led])
    found += _named("Chaired", _chaired(data, country, asked, marks))
    refs = data.plain.refs_naming(state=country.alpha3)
    return [*found, *([Entry("Named in", (), refs, 1)] if refs else [])]


def _named(label: str, names: Sequence[Marked], lead: str = "") -> list[Entry]:
    if names and lead:
        first, *more = names
        names = [Marked(f"{lead}: {first.words}", first.numbers), *more]
    return [Entry(label, (), names, 0)] if names else []


def _part(data: Data, role: Role, asked: AsOf, marks: Marks) -> Marked:
    """A record with the capacity, unless it is member, and how that is known."""
    words = [role.capacity] if role.capacity != MEMBER else []
    if asked.last_known:
        words.append(_known_by(data, role.state, role.answer))
    about = f" ({', '.join(words)})" if words else ""
    return marks.behind(f"{role.record.short_name}{about}", _newest(role.answer))


def _known_by(data: Data, code: str, found: Answer) -> str:
    """The newest list that has the State, or when it joined."""
    naming = [
        claim
        for claim in found.rests_on
        if claim.as_of and code in (*claim.values, *claim.disputed)
    ]
    if not naming:
        return "undated list"
    claim = max(naming, key=lambda each: parse(str(each.as_of)).last)
    when = parse(str(claim.as_of))
    if claim.property == LEFT:
        # What a body left is not open to its processes.
        return f"left {data.records[claim.record].short_name} {when.words}"
    if claim.property == JOINED:
        return f"joined {when.words}"
    # A range in words reads like a term.
    return f"list made {when.moment}" if " to " in when.words else f"list of {when.words}"


def _in_chair(role: Role, asked: AsOf, marks: Marks) -> Marked:
    found = role.answer
    term = in_words(chair_why(found, asked), people=True)
    lead = "" if found.certain else f"{found.answer}, "
    return marks.behind(f"{role.record.short_name} ({lead}{term})", _newest(found))


def _newest(found: Answer) -> tuple[str, ...]:
    claims, known = found.rests_on, found.last_known
    newest = [claim for claim in claims if known in (claim.as_of, claim.until, claim.from_)]
    return tuple(claim.source for claim in (newest or claims)[:1])


def _chaired(data: Data, country: Country, asked: AsOf, marks: Marks) -> list[Marked]:
    """The meetings and summits that it had chaired by the date."""
    return [
        marks.behind(raw["short_name"], (claim["source"],))
        for key, raw in data.document["records"].items()
        if raw["kind"] in HELD_KINDS
        for claim in data.document["claims"][key]
        if claim["property"] == CHAIR and country.alpha3 in claim["value"]
        if not claim.get("as_of") or parse(claim["as_of"]).first <= asked.date.last
    ]


def whole_page(
    data: Data, found: Record | Country, asked: AsOf | None, properties: Sequence[str] = ()
) -> list[Block]:
    """Names, claims (of a date, or all), what texts say; or just claims on some properties."""
    marks = Marks(data)
    if not isinstance(found, Record):
        blocks = [Heading(found.name, 1), *_state_blocks(data, found, asked, marks)]
    elif properties:
        claims = [each for each in found.claims if each.property in properties]
        blocks = [Heading(found.short_name, 1), *claim_facts(data, found, claims, asked, marks)]
    else:
        about = Span(f" ({kind_words(found)})", "quiet")
        id_line: FactLine = ("Id", [Span(found.id, "id"), about], "")
        parts = _record_blocks(data, found, asked, marks, id_line)
        blocks = [Heading(found.short_name, 1), *parts]
        if asked is not None and found.claims:
            spans = [Span(f"Claims that hold {date_words(data, asked)}, or the nearest to it.")]
            if left := len(found.claims) - len(claims_at(data, found, asked)):
                words = f" {left} more of other dates"
                spans += [Span(words), Span(": --history", "hint"), Span(".")]
            blocks += [Gap(), Quiet(spans)]
    return [*blocks, *marks.block()]


def _record_blocks(
    data: Data, record: Record, asked: AsOf | None, marks: Marks, id_line: FactLine
) -> list[Block]:
    """The page of a record without title and sources."""
    names = (record.name, record.short_name)
    others = "; ".join(name for name in record.aliases if name not in names)
    lines = [
        ("Official name", record.name if record.name != record.short_name else ""),
        ("Acronym", record.acronym if record.acronym not in names else ""),
        ("Also called", others),
    ]
    written: list[FactLine] = [(label, [Span(name)], "") for label, name in lines if name]
    return [
        Facts("", [*written, id_line]),
        *claim_facts(data, record, claims_at(data, record, asked), asked, marks),
        *_mentions(data, record.id, data.plain.refs_naming(record=record.id), marks),
    ]


def kind_words(record: Record) -> str:
    return f"{record.kind}, from your overlay" if record.overlay else record.kind


def _state_blocks(data: Data, country: Country, asked: AsOf | None, marks: Marks) -> list[Block]:
    codes = ", ".join(filter(None, (country.alpha3, country.alpha2, country.numeric)))
    names: list[FactLine] = [
        ("Official name", [Span(country.official_name)], ""),
        ("Codes", [Span(codes)], ""),
        ("UN M49", [Span(f"{country.region}, {country.subregion}")], ""),
    ]
    claims: list[FactLine] = [
        (
            data.records[claim.record].short_name,
            [Span(data.label_of(claim.property))],
            date_and_mark(claim, marks),
        )
        for claim in claims_naming(data, country.alpha3, asked)
    ]
    return [
        Facts("", names),
        *([Facts("Named in claims on", claims)] if claims else []),
        *_mentions(data, country.alpha3, data.plain.refs_naming(state=country.alpha3), marks),
    ]


# What texts say ------------------------------------------------------------------------


def _mentions(data: Data, key: str, refs: Sequence[str], marks: Marks) -> list[Block]:
    """Each passage that names a record or State, word for word, the naming words marked."""
    blocks: list[Block] = []
    for text in data.texts.values():
        passages = [data.passage(ref) for ref in refs if ref.startswith(f"{text.id}/")]
        if passages:
            title = f"What the {data.records[text.document].short_name} says"
            blocks.append(Heading(marks.behind(title, (text.document,))))
        for passage in passages:
            named = [each.words for each in passage.mentions if key in (each.record, each.state)]
            blocks.append(Quote(passage_spans(data, passage, named), passage.ref))
            blocks += [
                Prose([Span(f"Editor's note: {note.note}", "quiet")], indent=2)
                for note in passage.notes
            ]
    return blocks
