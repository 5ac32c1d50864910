"""`rcpref members`, `state`, `compare`, `matrix`: who belongs to what, at a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership import (
    ANSWERS,
    CAPACITIES,
    NO,
    POSSIBLE,
    UNKNOWN,
    YES,
    Answer,
    chairs_at,
    member_at,
    members_at,
    named_at,
    not_yet_founded,
    states_named,
)
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval, parse
from rcpref.errors import NotFound, UsageProblem, echo
from rcpref.model import MEMBER_KINDS, OVERLAY
from rcpref.model.records import Claim, Record
from rcpref.report.blocks import Block, Cell, Column, Facts, Gap, Grid, Heading, Prose, Row, Span
from rcpref.report.marks import Marks
from rcpref.report.report import Report
from rcpref.views.certainty import (
    NO_WHOLE_LIST,
    answer_item,
    asked_date,
    date_words,
    joined,
    marked,
    overlay_notice,
    quiet,
    rests_on,
    sources_of,
    uncertain_line,
    undated_line,
    without_whole_list,
)
from rcpref.views.items import shown_date

if TYPE_CHECKING:
    from rcpref.model.countries import Country


def answers_wanted(text: str | None) -> tuple[str, ...]:
    """The kinds of answer to print: ``yes`` unless others, or ``all``, are asked for.

    Raises:
        UsageProblem: There is no such answer.
    """
    if text is None:
        return (YES,)
    wanted = [part.strip().lower() for part in text.split(",")]
    for part in wanted:
        if part not in (*ANSWERS, "all"):
            raise UsageProblem(
                f"no answer {echo(part)}", f"answers: {', '.join(ANSWERS)}, or several, or all"
            )
    return tuple(answer for answer in ANSWERS if answer in wanted or "all" in wanted)


# members ----------------------------------------------------------------------------

_ANSWER_COLUMNS = (
    Column("id", "Code", room=60, style="id"),
    Column("name", "State", style="name"),
    Column("answer", "Answer"),
    Column("basis", "Basis"),
    Column("reason", "Why"),
    Column("sources", "Sources", room=1000),
)


def _answer_row(key: str, name: str, answer: Answer) -> Row:
    return {
        "id": key,
        "name": name,
        "answer": answer.answer,
        "basis": answer.basis,
        "reason": answer.reason,
        "sources": sources_of(answer.rests_on),
    }


def members(data: Dataset, record: Record, as_of: str | None, wanted: Sequence[str]) -> Report:
    """The member States of a record at a date.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date; None for that of the data.
        wanted: The kinds of answer to print.

    Raises:
        NotFound: Nothing is known of its members.
    """
    asked = asked_date(data, as_of)
    answers = members_at(record, asked)
    if not answers:
        raise NotFound(
            f"no list of members of {record.short_name} is known",
            f"rcpref show {record.id} has what is known of those who take part",
        )
    shown = {state: answers[state] for state in answers if answers[state].answer in wanted}
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for state, answer in shown.items():
        name = data.countries[state].name
        rows.append(_answer_row(state, name, answer))
        items.append({"id": state, "name": name, **answer_item(answer)})
    query = {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
    }
    report = Report(data, query, _ANSWER_COLUMNS, rows, items=items)
    if wanted == (YES,):
        report.people = ["name", "id", "basis", "reason"]
    else:
        report.people = ["name", "id", "answer", "basis", "reason"]
    left = {state: answer for state, answer in answers.items() if state not in shown}
    line = uncertain_line(left, no=not shown)
    if not shown and wanted == (YES,) and _all_no(answers):
        line = f"no member States at {asked.text}: {next(iter(answers.values())).reason}"
    if not line and not shown:
        line = f"no State with such an answer at {asked.text}"
    line = joined(line, undated_line(shown.values()))
    if without_whole_list([record]) and not _all_no(answers):
        line = joined(line, NO_WHOLE_LIST)
    report.notices += [line] if line else []
    report.blocks = lambda: _member_blocks(data, record, asked, report, shown, line)
    return report


def _incomplete(records: Sequence[Record]) -> list[str]:
    """A line that names the records of which no list of members was read whole."""
    partial = [record.short_name for record in without_whole_list(records)]
    return [f"no complete list of the members is known of {', '.join(partial)}"] if partial else []


def _all_no(answers: dict[str, Answer]) -> bool:
    """Whether every answer is no for one and the same reason: not yet founded."""
    return len({(answer.answer, answer.reason) for answer in answers.values()}) == 1 and all(
        answer.answer == NO for answer in answers.values()
    )


def _member_blocks(
    data: Dataset,
    record: Record,
    asked: Interval,
    report: Report,
    shown: dict[str, Answer],
    line: str,
) -> list[Block]:
    marks = Marks(data)
    rows = [
        {**row, "reason": marked(answer.reason, answer.rests_on, marks)}
        for row, answer in zip(report.rows, shown.values(), strict=True)
    ]
    count = f"{len(rows)} {'State' if len(rows) == 1 else 'States'}"
    blocks: list[Block] = [
        Heading(f"Members of {record.short_name} at {date_words(data, asked)}: {count}", 1)
    ]
    if rows:
        blocks.append(report.grid(rows))
    if line:
        blocks += [Gap(), quiet(f"Not certain: {line}." if rows else f"{line}.")]
    blocks += _beside(record, asked, marks)
    return [*blocks, *marks.block()]


def _beside(record: Record, asked: Interval, marks: Marks) -> list[Block]:
    """What changes no answer but belongs beside it: suspensions, contested exits."""
    events = [claim for claim in record.claims if claim.property == "membership_event"]
    if not events:
        return []
    lines = [
        (shown_date(claim) or "undated", [Span(str(claim.value))], marks.mark(claim.source))
        for claim in events
    ]
    return [Facts(f"Beside the answer for {asked.text}, which it does not change", lines)]


_OBSERVER_COLUMNS = (
    _ANSWER_COLUMNS[0],
    Column("name", "Observer", style="name"),
    *_ANSWER_COLUMNS[2:],
)


def observers(data: Dataset, record: Record, as_of: str | None, wanted: Sequence[str]) -> Report:
    """The observers of a record at a date: States, then organizations as last named.

    Raises:
        NotFound: Nothing is known of observers.
    """
    from rcpref.answers.time import at_date

    asked = asked_date(data, as_of)
    answers = members_at(record, asked, "observers")
    named = at_date(record.claims_of("observer_organizations"), asked, "texts")
    if not answers and not named.claims:
        raise NotFound(f"no observers of {record.short_name} are known")
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for state, answer in answers.items():
        if answer.answer in wanted:
            name = data.countries[state].name
            rows.append(_answer_row(state, name, answer))
            items.append({"id": state, "name": name, **answer_item(answer)})
    founding = not_yet_founded(record, asked)
    left = {state: answer for state, answer in answers.items() if answer.answer not in wanted}
    for claim in named.claims:
        for name in claim.values:
            reason = f"named {claim.date}" if claim.date else "named in an undated source"
            at = named.how == "at" and bool(claim.date)
            answer = Answer(YES if at else POSSIBLE, "listed", reason, (claim,))
            if founding:
                answer = Answer(NO, "event", f"founded {founding.value}", (founding,))
            if answer.answer not in wanted:
                left[name] = answer
                continue
            rows.append(_answer_row(name, name, answer))
            items.append({"id": name, "name": name, **answer_item(answer)})
    query = {
        "command": "members",
        "record": record.id,
        "as_of": asked.text,
        "answers": list(wanted),
        "observers": True,
    }
    report = Report(data, query, _OBSERVER_COLUMNS, rows, items=items)
    line = uncertain_line(left, no=not rows)
    if founding and not rows:
        line = f"no observers at {asked.text}: founded {founding.value}"
    report.notices += [line] if line else []
    report.people = ["name", "id", "answer", "basis", "reason"]

    def blocks() -> list[Block]:
        marks = Marks(data)
        marked_rows = [
            {**row, "reason": f"{row['reason']} {''.join(map(marks.mark, _keys(row)))}"}
            for row in rows
        ]
        title = f"Observers of {record.short_name} at {date_words(data, asked)}"
        found: list[Block] = [Heading(title, 1)]
        found += [report.grid(marked_rows)] if rows else []
        found += [Gap(), quiet(f"Not certain: {line}.")] if line else []
        return [*found, *marks.block()]

    report.blocks = blocks
    return report


def _keys(row: Row) -> tuple[str, ...]:
    sources = row["sources"]
    return sources if isinstance(sources, tuple) else ()


_CHANGE_COLUMNS = (
    Column("id", "Code", room=60, style="id"),
    Column("name", "State", style="name"),
    Column("change", "Change"),
    Column("before", "Before"),
    Column("after", "After"),
    Column("reason", "Why"),
    Column("sources", "Sources", room=1000),
)


def _events_between(record: Record, state: str, start: Interval, end: Interval) -> list[Claim]:
    """Joinings and leavings of a State that can have happened from one date to another."""
    return [
        claim
        for key in ("member_joined", "member_left")
        for claim in record.claims_of(key)
        if state in claim.values and claim.as_of and start.first <= parse(claim.as_of).last
        if parse(claim.as_of).first <= end.last
    ]


def changes(data: Dataset, record: Record, first: str, second: str) -> Report:
    """Who joined, left, became uncertain or certain between two dates.

    Raises:
        NotFound: Nothing is known of its members.
        UsageProblem: The second date does not come after the first.
    """
    start, end = asked_date(data, first), asked_date(data, second)
    if not start.before(end):
        raise UsageProblem(f"{second} does not come after {first}", "give the earlier date first")
    before, after = members_at(record, start), members_at(record, end)
    if not before:
        raise NotFound(f"no list of members of {record.short_name} is known")
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    claims: list[list[Claim]] = []
    for state in before:
        one, two = before[state], after[state]
        if one.answer == two.answer:
            continue
        change = _change(one.answer, two.answer)
        events = _events_between(record, state, start, end)
        used = list(dict.fromkeys([*one.rests_on, *two.rests_on, *events]))
        reason = f"{start.text}: {one.reason}; {end.text}: {two.reason}"
        for event in events:
            words = f"{'joined' if event.property == 'member_joined' else 'left'} {event.as_of}"
            if words not in reason:
                reason += f"; {words}"
        name = data.countries[state].name
        claims.append(used)
        rows.append(
            {
                "id": state,
                "name": name,
                "change": change,
                "before": one.answer,
                "after": two.answer,
                "reason": reason,
                "sources": sources_of(used),
            }
        )
        items.append(
            {
                "id": state,
                "name": name,
                "change": change,
                "before": answer_item(one),
                "after": answer_item(two),
                "events": rests_on(events),
            }
        )
    query = {"command": "members", "record": record.id, "changes": [start.text, end.text]}
    report = Report(data, query, _CHANGE_COLUMNS, rows, items=items)
    beside = _incomplete([record])
    report.notices += beside
    if not rows:
        report.notices.append(f"no change is known between {start.text} and {end.text}")

    def blocks() -> list[Block]:
        marks = Marks(data)
        marked_rows = [
            {**row, "reason": marked(str(row["reason"]), used, marks)}
            for row, used in zip(rows, claims, strict=True)
        ]
        title = f"{record.short_name}: changes between {start.text} and {end.text}"
        found: list[Block] = [Heading(title, 1)]
        found.append(report.grid(marked_rows) if rows else quiet("No change is known."))
        found += [Gap(), *(quiet(f"{line}.") for line in beside)] if beside else []
        return [*found, *marks.block()]

    report.people = ["name", "change", "before", "after", "reason"]
    report.blocks = blocks
    return report


def _change(before: str, after: str) -> str:
    if after == YES:
        return "joined" if before == NO else "became certain"
    if after == NO:
        return "left" if before == YES else "became certain"
    return "became uncertain" if before in (YES, NO) else "still uncertain"


# state ------------------------------------------------------------------------------

_STATE_COLUMNS = (
    Column("id", "Id", room=110, style="id"),
    Column("short_name", "Short name", style="name"),
    Column("kind", "Kind", room=140),
    Column("capacity", "Capacity"),
    Column("answer", "Answer"),
    Column("basis", "Basis", room=100),
    Column("reason", "Why"),
    Column("sources", "Sources", room=1000),
    Column("state", "State", room=1000),
)

_CAPACITY_WORDS = {
    "members": "member",
    "associate_members": "associate member",
    "observers": "observer",
    "participating_states": "participating State",
    "partner_states": "partner State",
    "candidate_states": "candidate",
    "invited_states": "invited",
    "chair": "chair",
}


def state(data: Dataset, country: Country, as_of: str | None, wanted: Sequence[str]) -> Report:
    """Everything that a State takes part in at a date, and where it cannot be said.

    Args:
        data: The data set.
        country: The State.
        as_of: The date; None for that of the data.
        wanted: The kinds of answer to print.
    """
    asked = asked_date(data, as_of)
    found = _capacities(data, country.alpha3, asked)
    parts = [
        (code, entry)
        for code in _territories(data, country.alpha3)
        for entry in _capacities(data, code, asked)
        if entry[2].answer not in (NO, UNKNOWN)
    ]
    every = [(country.alpha3, entry) for entry in found] + parts
    shown = [(code, entry) for code, entry in every if entry[2].answer in wanted]
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for code, (record, capacity, answer) in shown:
        name = data.countries[code].name
        shown_as = capacity if code == country.alpha3 else f"{capacity} ({name})"
        rows.append(_state_row(code, record, shown_as, answer))
        items.append(
            {
                "id": record.id,
                "short_name": record.short_name,
                "kind": record.kind,
                "capacity": capacity,
                "state": code,
                **answer_item(answer),
            }
        )
    query = {
        "command": "state",
        "state": country.alpha3,
        "as_of": asked.text,
        "answers": list(wanted),
    }
    report = Report(data, query, _STATE_COLUMNS, rows, items=items)
    left = {
        _entry_name(data, country, code, record, capacity): answer
        for code, (record, capacity, answer) in every
        if answer.answer not in (*wanted, NO)
    }
    line = uncertain_line(left)
    if not rows and not line:
        line = f"nothing at {asked.text}: {country.name} is in none of them"
    line = joined(line, undated_line(answer for _, (_, _, answer) in shown))
    report.notices += [line] if line else []
    report.blocks = lambda: _state_blocks(data, country, asked, found, parts)
    return report


_Entry = tuple[Record, str, Answer]


def _entry_name(data: Dataset, country: Country, code: str, record: Record, capacity: str) -> str:
    """An entry in one word: the record, the capacity unless member, the territory if one."""
    beside = [capacity] if capacity != "member" else []
    if code != country.alpha3:
        beside.append(data.countries[code].name)
    return f"{record.id} ({', '.join(beside)})" if beside else record.id


def _state_row(code: str, record: Record, capacity: str, answer: Answer) -> dict[str, Cell]:
    return {
        "id": record.id,
        "short_name": record.short_name,
        "kind": record.kind,
        "capacity": capacity,
        "answer": answer.answer,
        "basis": answer.basis,
        "reason": answer.reason,
        "sources": sources_of(answer.rests_on),
        "state": code,
    }


def _capacities(data: Dataset, code: str, asked: Interval) -> list[_Entry]:
    """Each record with the State's membership and whatever else it is there."""
    found: list[_Entry] = []
    for kind in (*MEMBER_KINDS, "forum"):
        for record in data.of_kind(kind):
            if kind != "forum":
                found.append((record, "member", named_at(record, code, asked)))
            named = {c.property for c in record.claims if code in c.values or code in c.disputed}
            for key in CAPACITIES[1:]:
                if key in named:
                    answer = member_at(record, code, asked, key)
                    if answer.answer not in (NO, UNKNOWN):
                        found.append((record, _CAPACITY_WORDS[key], answer))
            for holder in chairs_at(record, asked) if "chair" in named else ():
                if code in holder.states:
                    answer = Answer(holder.answer, holder.basis, holder.reason, holder.rests_on)
                    found.append((record, "chair", answer))
    return found


def _territories(data: Dataset, code: str) -> list[str]:
    """Territories that some source lists by themselves, naming this State beside them."""
    countries = data.document["countries"]
    return [key for key, raw in countries.items() if raw.get("listed_with") == code]


def _state_blocks(
    data: Dataset,
    country: Country,
    asked: Interval,
    found: Sequence[_Entry],
    parts: Sequence[tuple[str, _Entry]],
) -> list[Block]:
    marks = Marks(data)
    columns = [column for column in _STATE_COLUMNS if column.key not in ("sources", "state", "id")]

    def grid(entries: Sequence[_Entry]) -> Grid:
        rows = []
        for record, capacity, answer in entries:
            row = _state_row("", record, capacity, answer)
            rows.append({**row, "reason": marked(answer.reason, answer.rests_on, marks)})
        return Grid([*columns, _STATE_COLUMNS[0]], rows)

    title = f"{country.name} at {date_words(data, asked)}"
    blocks: list[Block] = [Heading(title, 1)]
    certain = [entry for entry in found if entry[2].answer == YES]
    open_ones = [entry for entry in found if entry[2].answer not in (YES, NO)]
    unknown = [entry for entry in open_ones if entry[2].answer == UNKNOWN]
    uncertain = [entry for entry in open_ones if entry[2].answer != UNKNOWN]
    blocks += [grid(certain)] if certain else [Gap(), quiet("Nothing certain.")]
    if uncertain:
        blocks += [Heading("Not certain"), grid(uncertain)]
    if parts:
        blocks += [Heading(f"Listed by themselves, printed with {country.name}")]
        printed: dict[str, None] = {}
        bullets: list[Block] = []
        for code, (record, capacity, answer) in parts:
            raw = data.document["countries"][code]
            name = data.countries[code].name
            reason = marked(answer.reason, answer.rests_on, marks)
            text = f"{name}: {record.short_name}, {capacity}: {answer.answer}, {reason}"
            bullets.append(Prose([Span(text)], bullet=True))
            mark = marks.mark(raw["listed_source"])
            printed[f"{name} in {mark}: {raw['listed_note']}."] = None
        blocks += [*(quiet(line) for line in printed), *bullets]
    if unknown:
        reasons: dict[str, list[str]] = {}
        for record, _, answer in unknown:
            reasons.setdefault(answer.reason, []).append(record.short_name)
        blocks += [Heading("Where membership cannot be said")]
        blocks += [
            Prose([Span(f"{', '.join(names)}: "), Span(reason, "quiet")], bullet=True)
            for reason, names in reasons.items()
        ]
    return [*blocks, *marks.block()]


# compare ----------------------------------------------------------------------------


def compare(data: Dataset, records: Sequence[Record], as_of: str | None) -> Report:
    """Shared and separate members of two or more records at a date.

    A State stands under "uncertain" where one of the answers is neither yes nor no.

    Raises:
        UsageProblem: Fewer than two different records.
        NotFound: Nothing is known of the members of one of them.
    """
    records = list(dict.fromkeys(records))
    if len(records) < 2:
        raise UsageProblem("there is nothing to compare", "give two or more different records")
    asked = asked_date(data, as_of)
    for record in records:
        if not states_named(record):
            raise NotFound(
                f"no list of members of {record.short_name} is known",
                f"rcpref show {record.id} has what is known of those who take part",
            )
    codes = sorted({code for record in records for code in states_named(record)})
    answers = {
        code: {record.id: named_at(record, code, asked) for record in records} for code in codes
    }
    where = {code: _where(answers[code]) for code in codes}
    columns = [
        Column("id", "Code", room=60, style="id"),
        Column("name", "State", style="name"),
        Column("where", "Where"),
        *(Column(record.id, record.short_name) for record in records),
    ]
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    order = {"shared": 0, "some": 1, "only": 2}
    certain = [code for code in codes if where[code] not in ("", "uncertain")]
    ids = [record.id for record in records]
    certain.sort(key=lambda code: (order[where[code].split()[0]], *_rank(where[code], ids), code))
    for code in certain:
        cells: dict[str, Cell] = {record.id: answers[code][record.id].answer for record in records}
        name = data.countries[code].name
        rows.append({"id": code, "name": name, "where": where[code], **cells})
    uncertain = [code for code in codes if where[code] == "uncertain"]
    for code in (*certain, *uncertain):
        items.append(
            {
                "id": code,
                "name": data.countries[code].name,
                "where": where[code],
                "answers": {key: answer_item(found) for key, found in answers[code].items()},
            }
        )
    query = {"command": "compare", "records": ids, "as_of": asked.text}
    report = Report(data, query, columns, rows, items=items)
    if uncertain:
        report.notices.append(f"uncertain: {', '.join(uncertain)} ({len(uncertain)})")
    elif not rows:
        reasons = {found.reason for each in answers.values() for found in each.values()}
        report.notices.append(f"no members of any at {asked.text}: {'; '.join(sorted(reasons))}")
    report.notices += [*_incomplete(records), *overlay_notice(records)]
    report.blocks = lambda: _compare_blocks(data, records, asked, where, answers)
    return report


def _where(answers: dict[str, Answer]) -> str:
    """Where a State is a member: shared, only X, some; uncertain; empty for nowhere."""
    said = [answer.answer for answer in answers.values()]
    if all(answer == NO for answer in said):
        return ""
    if any(answer not in (YES, NO) for answer in said):
        return "uncertain"
    inside = [key for key, answer in answers.items() if answer.answer == YES]
    if len(inside) == len(answers):
        return "shared"
    return f"only {inside[0]}" if len(inside) == 1 else "some"


def _rank(where: str, ids: Sequence[str]) -> tuple[int]:
    return (ids.index(where.removeprefix("only ")) if where.startswith("only ") else 0,)


def _compare_blocks(
    data: Dataset,
    records: Sequence[Record],
    asked: Interval,
    where: dict[str, str],
    answers: dict[str, dict[str, Answer]],
) -> list[Block]:
    marks = Marks(data)
    names = " and ".join(record.short_name for record in records)
    blocks: list[Block] = [Heading(f"{names} at {date_words(data, asked)}", 1)]
    lines: list[tuple[str, Sequence[Span], str]] = []
    for record in records:
        own = [answers[code][record.id] for code in answers]
        yes = sum(answer.answer == YES for answer in own)
        used = "".join(
            marks.mark(key)
            for key in sources_of(claim for answer in own for claim in answer.rests_on)
        )
        beside = " (from your overlay)" if record.overlay else ""
        lines.append((record.short_name + beside, [Span(f"{yes} certain members {used}")], ""))
    blocks.append(Facts("", lines))
    blocks += [quiet(f"{line}.") for line in _incomplete(records)]
    groups = ["shared", "some", *(f"only {record.id}" for record in records)]
    titles = {f"only {record.id}": f"Only in {record.short_name}" for record in records}
    titles |= {"shared": "In all", "some": "In some"}
    for group in groups:
        codes = [code for code in where if where[code] == group]
        if codes or group == "shared":
            blocks += [Heading(f"{titles[group]}: {len(codes)}")]
            if codes:
                listed = ", ".join(f"{data.countries[code].name} ({code})" for code in codes)
                blocks.append(Prose([Span(listed)], indent=2))
    uncertain = [code for code in where if where[code] == "uncertain"]
    if uncertain:
        blocks += [Heading(f"Uncertain: {len(uncertain)}")]
        for code in uncertain:
            said = "; ".join(
                f"{record.short_name}: {answers[code][record.id].answer}"
                f" ({answers[code][record.id].reason})"
                for record in records
            )
            spans = [Span(f"{data.countries[code].name} ({code}): "), Span(said, "quiet")]
            blocks.append(Prose(spans, indent=2))
    return [*blocks, *marks.block()]


# matrix -----------------------------------------------------------------------------


def matrix(data: Dataset, kinds: Sequence[str], as_of: str | None) -> Report:
    """Overlap of the certain members of all records of some kinds at a date.

    A cell counts the States that are certain members of both. In tables and Markdown
    "7+2" says that two more are possible or disputed members of both; in TSV, CSV and
    JSON the uncertain ones have columns of their own.
    """
    asked = asked_date(data, as_of)
    certain: dict[str, set[str]] = {}
    wider: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    silent: list[str] = []
    claims: list[Claim] = []
    own: set[str] = set()
    for kind in kinds:
        for record in data.of_kind(kind):
            answers = members_at(record, asked)
            known = {s: a for s, a in answers.items() if a.answer not in (NO, UNKNOWN)}
            if not known:
                silent.append(record.short_name)
                continue
            names[record.id] = record.short_name
            certain[record.id] = {s for s, a in known.items() if a.answer == YES}
            wider[record.id] = set(known)
            rests = [claim for answer in known.values() for claim in answer.rests_on]
            if data.overlay and any(c.source.startswith(OVERLAY) for c in rests):
                own.add(record.id)
            claims += rests
    if not names:
        raise NotFound(f"no members of any of them are known at {asked.text}")
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    people: list[Row] = []
    for place, one in enumerate(names, 1):
        row: dict[str, Cell] = {"id": one, "short_name": names[one]}
        cells: dict[str, Cell] = {"short_name": f"{place} {names[one]}"}
        item: dict[str, Any] = {"id": one, "short_name": names[one], "shared": {}, "uncertain": {}}
        for number, two in enumerate(names, 1):
            both = len(certain[one] & certain[two])
            more = len(wider[one] & wider[two]) - both
            row[two] = item["shared"][two] = both
            row[f"{two}?"] = item["uncertain"][two] = more
            cells[str(number)] = (f"{both or '.'}+{more}" if more else str(both or ".")) + (
                "" if one != two else "*"
            )
        if one in own:
            item["overlay"] = True
        rows.append(row)
        items.append(item)
        people.append(cells)
    columns = [Column("id", "Id", style="id"), Column("short_name", "Short name", style="name")]
    columns += [Column(key, name, number=True) for key, name in names.items()]
    columns += [Column(f"{key}?", f"{name}, uncertain", number=True) for key, name in names.items()]
    query = {"command": "matrix", "kinds": list(kinds), "as_of": asked.text}
    report = Report(data, query, columns, rows, items=items)
    if silent:
        report.notices.append(f"no members known at {asked.text}: {', '.join(silent)}")
    counted = [data.records[key] for key in names]
    beside = [*_incomplete(counted), *overlay_notice(counted)]
    report.notices += beside

    def blocks() -> list[Block]:
        heads = [Column("short_name", "", style="name")]
        heads += [
            Column(str(number), str(number), number=True) for number in range(1, len(names) + 1)
        ]
        found: list[Block] = [
            Heading(f"Shared members at {date_words(data, asked)}", 1),
            report.grid() if report.chosen else Grid(heads, people, bands=True),
            Gap(),
            quiet("The columns have the numbers of the rows; *: its own members; .: none."),
            quiet("7+2: seven certain, two more possible or disputed in both or in one of them."),
        ]
        if silent:
            found.append(quiet(f"No members known at {asked.text}: {', '.join(silent)}."))
        found += [quiet(f"{line}.") for line in beside]
        found.append(
            quiet(
                f"From {len(sources_of(claims))} sources: rcpref members NAME says which, and why."
            )
        )
        return found

    report.blocks = blocks
    return report
