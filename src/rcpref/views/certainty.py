"""Parts that all views of dated answers share: the date asked for, items, notices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.membership import NO, UNKNOWN, YES, Answer, states_named, whole_list
from rcpref.data.dataset import Dataset
from rcpref.dates import Interval, parse
from rcpref.report.blocks import Quiet, Span
from rcpref.report.marks import Marks

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record


def asked_date(data: Dataset, as_of: str | None) -> Interval:
    """The date that a question is asked for: the one given, or that of the data.

    Raises:
        DateError: The text is not a date.
    """
    return parse(as_of if as_of is not None else data.date)


def date_words(data: Dataset, asked: Interval) -> str:
    """The date as it is printed with an answer."""
    return f"{asked.text} (the date of the data)" if asked.text == data.date else asked.text


def rests_on(claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The claims that an answer rests on, for JSON: without their value and note.

    A list of 49 States beside each of them would bury the answer; the reference leads
    to the whole claim, which `show` prints.
    """
    items = []
    for claim in claims:
        item: dict[str, Any] = {
            "ref": claim.ref,
            "property": claim.property,
            "as_of": claim.as_of,
            "source": claim.source,
        }
        for key, value in (("from", claim.from_), ("until", claim.until)):
            if value is not None:
                item[key] = value
        if claim.derived:
            item["derived"] = True
        items.append(item)
    return items


def answer_item(answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return {
        "answer": answer.answer,
        "basis": answer.basis,
        "reason": answer.reason,
        "rests_on": rests_on(answer.rests_on),
    }


def sources_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Keys of the sources of claims, each once."""
    return tuple(dict.fromkeys(claim.source for claim in claims))


def marked(reason: str, claims: Iterable[Claim], marks: Marks) -> str:
    """A reason with the marks of the sources that it rests on."""
    found = "".join(marks.mark(key) for key in sources_of(claims))
    return f"{reason} {found}".strip()


def uncertain_line(answers: Mapping[str, Answer], *, no: bool = False) -> str:
    """One line that counts and names what is not certain.

    Args:
        answers: Answers by State or record.
        no: Whether to say the reasons of a certain no, too.
    """
    groups: dict[str, list[str]] = {}
    for key, answer in answers.items():
        if answer.answer not in (YES, NO) or (no and answer.answer == NO):
            groups.setdefault(answer.answer, []).append(key)
    parts = []
    for kind in ("possible", "disputed", NO, UNKNOWN):
        keys = groups.get(kind, [])
        if not keys:
            continue
        reasons = dict.fromkeys(answers[key].reason for key in keys)
        if len(reasons) == 1 and len(keys) > 1:
            parts.append(f"{kind}: {', '.join(keys)} ({len(keys)}: {next(iter(reasons))})")
        else:
            parts.append(f"{kind}: {', '.join(keys)} ({len(keys)})")
    return "; ".join(parts)


NO_WHOLE_LIST = "no complete list of the members is known, there may be others"
"""What to say of a record of which no list of members was read whole."""


def undated_line(answers: Iterable[Answer]) -> str:
    """How many of some answers rest on nothing but lists without a date; empty for none."""
    count = sum(answer.basis == "undated" for answer in answers)
    if not count:
        return ""
    rest = "rests" if count == 1 else "rest"
    return f"{count} {rest} on undated lists alone, it is not known for which time"


def without_whole_list(records: Iterable[Record]) -> list[Record]:
    """Those of which members are known, but no list that was read whole."""
    return [record for record in records if states_named(record) and not whole_list(record)]


def joined(*lines: str) -> str:
    """Notices as one line; what is empty is left out."""
    return "; ".join(filter(None, lines))


def overlay_notice(records: Iterable[Record]) -> list[str]:
    """A line that names the records that come from the reader's own overlay, if any do."""
    own = [record.id for record in records if record.overlay]
    return [f"from your overlay: {', '.join(own)}"] if own else []


def quiet(text: str) -> Quiet:
    """A line in small voice."""
    return Quiet([Span(text)])


def state_names(data: Dataset, codes: Sequence[str]) -> str:
    """Names of States, joined by commas."""
    return ", ".join(data.countries[code].name for code in codes)
