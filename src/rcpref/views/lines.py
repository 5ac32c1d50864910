"""The lines of a card: the answer first, then its date, then the marks of its sources."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from rcpref.answers.chair import chairs as holders_of
from rcpref.answers.chair import next_chairs
from rcpref.answers.membership.answer import (
    ANSWERS,
    CAPACITY_NAMES,
    COUNTED,
    OPEN,
    Answer,
    Standing,
)
from rcpref.answers.membership.evidence import (
    FOUNDERS,
    MEMBERS,
    OBSERVERS,
    OTHER_CAPACITIES,
    Register,
)
from rcpref.answers.membership.members import members_at, standing_of, states_named
from rcpref.answers.time import ENDED, NEXT_MEETING, AsOf
from rcpref.answers.values import (
    NOT_CONFIRMED,
    Gathering,
    Value,
    answer_of,
    at_rest,
    chair_why,
    has_ended,
    is_ahead,
    is_old,
    newest_activity,
    not_seen_since,
    placed,
    sessions,
    shown_states,
    value_at,
    with_sessions,
)
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.fields import Fields
from rcpref.model import HELD_KINDS
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Entry, Span
from rcpref.report.marks import Marks
from rcpref.spelling import key_of
from rcpref.views.shapes import sources_of
from rcpref.views.summary import caveat, leaving_of, left_words, summary
from rcpref.views.words import (
    by_reason,
    claim_date,
    claims_of,
    joined_spans,
    newest_first,
    source_marks,
    state_spans,
)
from rcpref.wording import in_words

_ONCE = (*HELD_KINDS, "document")  # kinds of records that do not last


class Subject(Fields):
    data: Data
    record: Record
    asked: AsOf
    marks: Marks

    def values(self, key: str, undated: bool = False) -> list[Value]:
        """The value of a property; undated items beside dated ones only if asked for."""
        if key not in self.data.document["properties"]:
            return []  # data of somebody else may have another vocabulary
        values = value_at(self.data, self.record, key, self.asked)
        if self.record.kind not in _ONCE:  # what happens once may be still to come
            values = [value for value in values if value.basis != "later"]
        dated = [value for value in values if value.basis != "undated"]
        return values if undated else dated or values

    def claims(self, key: str, undated: bool = False) -> list[Claim]:
        return newest_first(claims_of(self.values(key, undated)))


Line = Callable[[Subject], list[Entry]]
"""What makes a line of a card, or several that belong together, or none."""


def entries(subject: Subject, leave_out: Collection[Line] = ()) -> list[Entry]:
    found: list[Entry] = []
    for line in LINES[subject.record.kind]:
        if isinstance(line, str):
            found += newest_values(subject, line)
        elif line not in leave_out:
            found += line(subject)
    return found


# Any property --------------------------------------------------------------------------


def newest_values(
    subject: Subject, key: str, label: str = "", most: int = 1, undated: bool = False
) -> list[Entry]:
    by_value = {claim.value: claim for claim in reversed(subject.claims(key, undated))}
    claims = newest_first(by_value.values())
    if not claims:
        return []
    left = len(claims) - most
    more = [Span(f"; and {left} more", "quiet")] if left > 0 else []
    spans = joined_spans([_dated_value(subject, claim) for claim in claims[:most]])
    return [Entry(label or subject.data.label_of(key), [*spans, *more])]


def named_values(subject: Subject, key: str, label: str = "", lines: int = 2) -> list[Entry]:
    """A property that names many, cut to some lines."""
    claims = subject.claims(key)
    if not claims:
        return []
    names = list(dict.fromkeys(name for claim in claims for name in claim.values))
    if subject.data.type_of(key) == "states":
        names = sorted(map(subject.data.plain.state_name, names), key=key_of)
    marks = source_marks(claims, subject.marks)
    when = claim_date(subject.data, claims[0], bounds=True)
    timeless = not claims[0].date and subject.record.kind in _ONCE
    end = marks if timeless else [Span(f"({when})", "quiet"), *marks]
    return [Entry(label or subject.data.label_of(key), (), names, lines, end)]


def _dated_value(subject: Subject, claim: Claim, words: str = "") -> list[Span]:
    value = words or "; ".join(claim.values)
    is_address = subject.data.type_of(claim.property) == "url"
    # Of what happened once it is no question when it held.
    timeless = not claim.date and (is_address or subject.record.kind in _ONCE)
    when = claim_date(subject.data, claim, bounds=True)
    about = [] if timeless or when in value else [when]
    about += ["derived"] if claim.derived else []
    return [
        Span(value, "", value if is_address else ""),
        *([Span(f" ({', '.join(about)})", "quiet")] if about else []),
        *subject.marks.spans([claim.source]),
    ]


# What it is ----------------------------------------------------------------------------


def _what(subject: Subject) -> list[Entry]:
    # An undated page may classify it differently from a dated one: both are printed.
    statuses = [
        claim for claim in subject.claims("status", undated=True) if claim.value not in _ELSEWHERE
    ]
    classes = [
        _dated_value(subject, claim)
        for claim in _by_value(subject.claims("classification", undated=True))
    ]
    parts = [[Span("classified as "), *joined_spans(classes, ", as ")]] if classes else []
    if statuses:
        parts.append(
            joined_spans([_dated_value(subject, each) for each in _by_value(statuses)], " or ")
        )
    founded = _dates(subject, claims_of(subject.values("founded")))
    spans = joined_spans([*parts, *([[Span("founded "), *founded]] if founded else [])])
    return [Entry(subject.record.kind.capitalize(), spans)] if spans else []


_ELSEWHERE = ("active", ENDED)
"""Statuses that have a line of their own, with their date."""


def _dates(subject: Subject, claims: Iterable[Claim]) -> list[Span]:
    return joined_spans(
        (
            [Span(parse(str(claim.value)).words), *subject.marks.spans([claim.source])]
            for claim in _by_value(claims)
        ),
        " or ",
    )


def _life(subject: Subject) -> list[Entry]:
    """When a process was last seen active; or when it ended, and what came then."""
    ends = [
        claim
        for claim in claims_of(subject.values(ENDED))
        if parse(str(claim.value)).first <= subject.asked.date.last
    ]
    if ends:
        spans = _dates(subject, ends)
        for claim in subject.claims("succeeded_by")[:1]:
            after = subject.data.document["records"].get(str(claim.value))
            name = after["short_name"] if after else claim.value
            spans += [Span(f"; then: {name}"), *subject.marks.spans([claim.source])]
        return [Entry("Ended", spans)]
    seen = newest_activity(subject.data, subject.record, subject.asked.date.last)
    if at_rest(subject.data, subject.record.id, subject.asked) == ENDED:
        over = [c for c in subject.claims("status", undated=True) if c.value == ENDED]
        when = f"; last seen active {seen.when.words}" if seen else ""
        spans = [Span("when is not known"), *source_marks(over, subject.marks), Span(when)]
        return [
            Entry("Ended", [*spans, *(source_marks(seen.claims, subject.marks) if seen else [])])
        ]
    if seen is None:
        return []
    marks = source_marks(seen.claims, subject.marks)
    silent = not_seen_since(subject.data, subject.record.id, subject.asked)
    later = [Span("; nothing later is known")] if silent else []
    return [Entry("Last seen", [Span(f"active {seen.when.words}"), *marks, *later])]


def _by_value(claims: Iterable[Claim]) -> Collection[Claim]:
    found: dict[str, Claim] = {}
    for claim in claims:
        found.setdefault(str(claim.value), claim)
    return found.values()


def _series(subject: Subject) -> list[Entry]:
    records = subject.data.document["records"]
    parts = []
    for key, lead in (("number", "no. "), ("series", "of ")):
        for value in subject.values(key)[:1]:
            name = records[value.item]["short_name"] if value.item in records else value.item
            marks = subject.marks.spans([value.claims[0].source])
            parts.append([Span(f"{lead}{name}"), *marks])
    return [Entry(subject.record.kind.capitalize(), joined_spans(parts, " "))] if parts else []


def _text(subject: Subject) -> list[Entry]:
    # From the plain data: to make all passages of the model would take longer than the rest.
    for name, text in subject.data.document["texts"].items():
        if subject.record.id in (text["meeting"], text["document"]):
            count = f"{len(text['passages'])} passages"
            marks = subject.marks.spans([text["document"]])
            spans = [Span(count), *marks, Span(f": rcpref text {name}", "hint")]
            return [Entry("Word for word", spans)]
    return []


# Who takes part ------------------------------------------------------------------------

LABELS = {key: CAPACITY_NAMES[key][1] for key in (MEMBERS, OBSERVERS, *OTHER_CAPACITIES)}


def members(subject: Subject) -> list[Entry]:
    """The members: how many, last listed when, who; else how many are counted."""
    if not states_named(subject.record):
        counts = newest_values(subject, "members_count", LABELS[MEMBERS])
        silent = [Entry(LABELS[MEMBERS], [Span("no list is known")])]
        return counts or (silent if subject.record.claims else [])
    answers = members_at(subject.data, subject.record, subject.asked)
    found = [_capacity_entry(subject, MEMBERS, answers)]
    for word in OPEN:
        names = _state_names(subject, answers, word)
        if names and word != _first(answers):
            found.append(Entry("", [Span(f"{len(names)} {word}")], names, 1))
    found += _standing(subject, {code: each.standing for code, each in answers.items()})
    left = {code: leaving_of(each) for code, each in answers.items()}
    found += _states(
        subject,
        "Left",
        {code: (f" ({left_words(c)})", [c]) for code, c in left.items() if c},
    )
    return [*found, *named_values(subject, "member_organizations", "Other members", 1)]


def _states(
    subject: Subject, label: str, about: Mapping[str, tuple[str, Sequence[Claim]]]
) -> list[Entry]:
    """States by their codes, each with words behind its name and the claims that say so."""
    named = subject.data.plain.state_name
    names = [
        subject.marks.behind(f"{named(code)}{words}", sources_of(claims))
        for code, (words, claims) in about.items()
    ]
    return [Entry(label, (), sorted(names, key=key_of), 0)] if names else []


def _standing(subject: Subject, standing: Mapping[str, Sequence[Standing]]) -> list[Entry]:
    about = {
        code: (
            f": {in_words([each.part for each in found], people=True)}",
            [each.claim for each in found],
        )
        for code, found in standing.items()
        if found
    }
    return _states(subject, "Standing", about)


def _standing_in_forum(subject: Subject) -> list[Entry]:
    """A forum has no list of members."""
    register = Register(subject.record, MEMBERS)
    codes = sorted({code for event in register.events for code in event.states})
    date = subject.asked.date
    return _standing(subject, {code: standing_of(register, code, date) for code in codes})


def _observers(subject: Subject) -> list[Entry]:
    states = _in_capacity(subject, OBSERVERS)
    others = named_values(subject, "observer_organizations", LABELS[OBSERVERS], 1)
    if states:
        others = [entry._replace(label="") for entry in others]
    return [*states, *others] or newest_values(subject, "observers_count", LABELS[OBSERVERS])


def _in_capacity(subject: Subject, key: str) -> list[Entry]:
    if not states_named(subject.record, key):
        return []
    answers = members_at(subject.data, subject.record, subject.asked, key)
    some = any(answer.answer in COUNTED for answer in answers.values())
    return [_capacity_entry(subject, key, answers)] if some else []


def _first(answers: Mapping[str, Answer]) -> str:
    """The surest kind of answer that there is."""
    kinds = {answer.answer for answer in answers.values()}
    return next(word for word in ANSWERS if word in kinds)


def _capacity_entry(subject: Subject, key: str, answers: Mapping[str, Answer]) -> Entry:
    """How many, how old, who: the certain ones, else those that are possible."""
    whole = summary(subject.data, subject.record, subject.asked, answers, key)
    shown = _first(answers)
    claims = [c for answer in answers.values() if answer.answer == shown for c in answer.rests_on]
    newest = newest_first(dict.fromkeys(claims))
    lists_first = sorted(newest, key=lambda claim: claim.property not in (key, FOUNDERS))
    spans = [
        Span(in_words(whole.heading_parts, people=True)),
        *source_marks(lists_first, subject.marks),
    ]
    if whole.against:
        # The heading has what the count says; here is its source.
        cited = {claim.source for claim in lists_first[:2]}
        spans += subject.marks.spans({whole.against.counting.source} - cited)
    if parts := caveat(subject.record, answers.values(), key):
        spans.append(Span(f"; {in_words(parts, people=True)}", "quiet"))
    names = _state_names(subject, answers, shown) if shown in COUNTED else []
    return Entry(LABELS[key], spans, names, 2 if key == MEMBERS else 1)


def _state_names(subject: Subject, answers: Mapping[str, Answer], kind: str) -> list[str]:
    named = subject.data.plain.state_name
    names = (named(code) for code, each in answers.items() if each.answer == kind)
    return sorted(names, key=key_of)


# Who leads -----------------------------------------------------------------------------


def chairs(subject: Subject) -> list[Entry]:
    """The chair and who follows; where there is none of its own now, by what rule it is led."""
    found = _chair(subject, "chair", "Chair")
    lines = [*found, *_chair(subject, "co_chair", "Co-chair"), *_next_chair(subject)]
    if not found:
        lines += _chair(subject, "parent_body_chair", "Chair of body")
    # As last known it may be one that was over long ago: the office may have been given up.
    if all(has_ended(answer_of(value), subject.asked) for value in subject.values("chair")):
        lines += newest_values(subject, "chair_rule")
    return lines


def _chair(subject: Subject, key: str, label: str) -> list[Entry]:
    lines: list[Entry] = []
    for values in by_reason(subject.values(key)):
        term = in_words(chair_why(answer_of(values[0]), subject.asked), people=True)
        spans = state_spans(subject.data, values, term)
        marks = source_marks(newest_first(claims_of(values)), subject.marks)
        lines.append(Entry("" if lines else label, [*spans, *marks]))
    return lines


def _next_chair(subject: Subject) -> list[Entry]:
    found = [
        claim
        for claim in next_chairs(subject.record, holders_of(subject.record, subject.asked))
        if claim.as_of and parse(claim.as_of).first <= subject.asked.date.last
    ]
    return [
        Entry(
            "Next chair",
            [
                *_dated_value(subject, claim, shown_states(subject.data, claim.values)),
                *([Span(f"; {NOT_CONFIRMED}")] if is_old(claim, subject.asked) else []),
            ],
        )
        for claim in newest_first(found)[:1]
    ]


def _secretariat(subject: Subject) -> list[Entry]:
    # Undated ones, too: a date may be old, and tells less than that of a count.
    served = newest_values(subject, "secretariat", most=2, undated=True)
    return served or newest_values(subject, "support")


# Meetings ------------------------------------------------------------------------------


def meetings(subject: Subject) -> list[Entry]:
    """The last meeting by the date; where none was asked for, the next that is announced."""
    day = subject.asked.date.last
    every: list[Gathering] = []
    for each in with_sessions(subject.data, subject.record):
        session = subject.data.records[each.claims[0].record]
        # A session is called by its name and place.
        what = each.what if session == subject.record else placed(subject.data, session)
        every += [each._replace(what=what)] if each.what else []
    past = [each for each in every if each.when.first <= day]
    coming = [each for each in every if each.when.first > day]
    lines = []
    # Of several claims on the same days, that with more words says more of the meeting.
    if past:
        last = max(past, key=lambda each: (*each.when[:2], len(each.what)))
        line = _meeting(subject, "Last meeting", last)
        if last.announced and not is_ahead(last.what):
            line = line._replace(spans=[*line.spans, Span("; announced, no report of it is known")])
        seen = newest_activity(subject.data, subject.record, day)
        if seen and seen.when.first.year > last.when.last.year + 1:
            # It works, so it has most likely met since.
            line = line._replace(spans=[*line.spans, Span("; no report of a later one is known")])
        lines.append(line)
    if coming and subject.asked.last_known:
        following = min(coming, key=lambda each: (*each.when[:2], -len(each.what)))
        lines.append(_meeting(subject, "Next meeting", following))
    return [*lines, *_announced(subject)]


def _announced(subject: Subject) -> list[Entry]:
    """The newest meeting announced; after its date, that no report of it is known."""
    for claim in newest_first(subject.claims(NEXT_MEETING))[:1]:
        spans = _dated_value(subject, claim)
        time = parse(claim.as_of) if claim.as_of else None
        if time and time.before(subject.asked.date):
            spans.append(Span("; no report of it is known"))
        return [Entry("Next meeting", spans)]
    return []


def _meeting(subject: Subject, label: str, meeting: Gathering) -> Entry:
    first, *more = meeting.claims
    if not more:
        return Entry(label, _dated_value(subject, first, meeting.what))
    days = " to ".join(dict.fromkeys(str(claim.value) for claim in meeting.claims))
    marks = source_marks(meeting.claims, subject.marks)
    return Entry(label, [Span(meeting.what), Span(f" ({days})", "quiet"), *marks])


def _sessions(subject: Subject) -> list[Entry]:
    day = subject.asked.date.last
    found = [
        record
        for record in sessions(subject.data, subject.record)
        if all(parse(str(c.value)).first <= day for c in record.claims_of("start_date"))
    ]
    if not found:
        return []
    claims = [claim for record in found for claim in record.claims_of("series")]
    spans = [Span(f"{len(found)} with records here"), *source_marks(claims, subject.marks)]
    return [Entry("Sessions", spans, [record.short_name for record in found])]


def _when_and_where(subject: Subject) -> list[Entry]:
    days = [*subject.values("start_date")[:1], *subject.values("end_date")[:1]]
    places = [*subject.values("city")[:1], *subject.values("country")[:1]]
    claims = newest_first(claims_of([*days, *places]))
    if not claims:
        return []
    data = subject.data
    words = [" to ".join(dict.fromkeys(value.item for value in days))]
    for value in places:
        is_state = value.item in data.countries
        words.append(data.plain.state_name(value.item) if is_state else value.item)
    marks = source_marks(claims, subject.marks)
    return [Entry("Held", [Span(", ".join(filter(None, words))), *marks])]


def _attendance(subject: Subject) -> list[Entry]:
    """In what capacity the record took part in meetings, what it did, where that stands."""
    lines = []
    for value in subject.values("attended"):
        meeting, claim = value.item, value.claims[0]
        name = subject.data.document["records"].get(meeting, {}).get("short_name", meeting)
        every = subject.record.claims_of("contribution")
        did = [each for each in every if (each.passage or "").startswith(f"{meeting}/")]
        words = f"took part as {claim.role}" if claim.role else "took part"
        parts = [
            [Span(lead), *([Span(f" ({each.passage})", "quiet")] if each.passage else [])]
            for lead, each in [(words, claim), *(("contribution", each) for each in did)]
        ]
        marks = subject.marks.spans(sorted({each.source for each in (claim, *did)}))
        lines.append(Entry(f"At {name}", [*joined_spans(parts), *marks]))
        refs = {each.passage for each in (claim, *did)}
        named = subject.data.plain.refs_naming(record=subject.record.id)
        others = [ref for ref in named if ref.startswith(f"{meeting}/") and ref not in refs]
        lines += [Entry("", [Span("named in")], others, 1)] if others else []
    return lines


def _participants(subject: Subject) -> list[Entry]:
    document = subject.data.document
    groups: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for key, claims in document["claims"].items():
        short_name = document["records"][key]["short_name"]
        for claim in claims:
            if claim["property"] == "attended" and subject.record.id in claim["value"]:
                role = claim.get("role", "participant")
                groups.setdefault(role, []).append((short_name, claim))
    lines: list[Entry] = []
    for role, found in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        passages = dict.fromkeys(c["passage"] for _, c in found if c.get("passage"))
        where = f" ({', '.join(passages)})" if passages else ""
        marks = subject.marks.spans(dict.fromkeys(claim["source"] for _, claim in found))
        spans = [Span(f"as {role}: {len(found)}"), Span(where, "quiet"), *marks]
        names = [name for name, _ in found]
        lines.append(Entry("" if lines else "Took part", spans, names, 0))
    return lines


# Each kind -----------------------------------------------------------------------------

_OTHERS = tuple(partial(_in_capacity, key=key) for key in OTHER_CAPACITIES)
_PARTIES: Sequence[Line] = (members, *_OTHERS, _observers)
_LEADERS: Sequence[Line] = (chairs, _secretariat, meetings)


def _newest(key: str, most: int = 1, label: str = "") -> Line:
    return partial(newest_values, key=key, label=label, most=most)


def _names(key: str, lines: int = 2) -> Line:
    return partial(named_values, key=key, lines=lines)


LINES: dict[str, Sequence[Line | str]] = {
    "process": (
        _what, _life, *_PARTIES, *_LEADERS, _attendance, _names("topics"), "website",
    ),
    "body": (
        _what, "legal_nature", *_PARTIES, "headquarters", _attendance, "website",
    ),
    "organization": (
        _what, "legal_nature", *_PARTIES, "headquarters", "role", _attendance, "website",
    ),
    "forum": (
        _what, "legal_nature", _newest("membership_rule", label="Members"), "participation_rule",
        _standing_in_forum, *_LEADERS, "periodicity", _sessions, "role", _attendance, "website",
    ),
    "meeting": (
        _series, _when_and_where, "theme", "purpose", _names("chair"), _names("host"),
        _participants, "attendance_count", "mechanisms_count", _names("mechanisms_present"),
        _names("topics"), _newest("outcome_document", most=2), "background_study",
        "related_document", _text, "url",
    ),
    "summit": (
        _series, _when_and_where, "theme", _names("chair"), "mandate", "attendance_text",
        _newest("outcome", most=2), "outcome_document",
    ),
    "document": (
        "title", "adopted", "published", "author", "publisher", "series", "session", "purpose",
        "scope", "refers_to_processes", _names("calls_for", lines=4), _names("topics"),
        _names("covers"), _newest("contribution", most=2), _text, _newest("url", most=3),
    ),
    "office": (
        "holder", "role", _names("former_names"), _attendance,
    ),
    "term": (
        "definition", _newest("terminology", most=3), "mechanisms_count",
    ),
}  # fmt: skip
"""The lines of a card, by the kind of its record; a key is the newest value of a property."""
