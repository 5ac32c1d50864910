"""No answer changes by accident: all that is said of members and chairs, in tests/answers.tsv.

Write the file anew with `python3 tests/test_answers.py` once a change is meant, and look at
what it changes.
"""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import rcpref
from rcpref.answers.chair import CHAIR_KINDS, Holder, chairs
from rcpref.answers.membership.answer import Answer
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import as_of

FILE = Path(__file__).with_name("answers.tsv")

DATES = (None, "2002", "2013-05", "2013", "2019-07-01", "2026-11-24")
"""Last known; before most of the lists, at Lima, between lists, the date of the data."""

CHAIR_DATES = (None, *map(str, range(1986, 2028)), "2013-05", "2013-05-22", "2026-11-24")


LAST_KNOWN = "last known"
"""What stands in the place of the date where none was asked for."""


class Line(NamedTuple):
    """One answer: of what, when and of whom; what it is, why, and on what it rests."""

    record: str
    property: str
    date: str
    states: str
    answer: str
    basis: str
    reason: str
    refs: str


def answers(data: rcpref.Dataset) -> Iterator[Line]:
    """All answers on members, in whatever capacity, and on chairs."""
    for record in data:
        for key in CAPACITIES:
            for date in DATES:
                for state, found in members_at(data, record, as_of(date, data.date), key).items():
                    yield line(record.id, key, date, state, found)
        for date in CHAIR_DATES if record.kind in CHAIR_KINDS else ():
            for holder in chairs(record, as_of(date, data.date)):
                yield line(record.id, "chair", date, "+".join(holder.states), holder)


def line(record: str, key: str, date: str | None, states: str, found: Answer | Holder) -> Line:
    refs = " ".join(claim.ref for claim in found.rests_on)
    said = found.answer, found.basis or "", found.reason, refs
    return Line(record, key, date or LAST_KNOWN, states, *said)


def digest(text: str) -> str:
    """A text in a few letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:8] if text else ""


def written(data: rcpref.Dataset) -> str:
    """All answers: those of a process for one reason on one line, of a body for one basis.

    A body has members that joined one by one: their reasons are told by a digest alone.
    """
    groups: dict[tuple[str, ...], list[Line]] = {}
    for each in answers(data):
        whole = data[each.record].kind == "process" or each.property == "chair"
        why = (each.reason, digest(each.refs)) if whole else ()
        groups.setdefault((*each[:3], each.answer, each.basis, *why), []).append(each)
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    for (record, key, date, answer, basis, *told), alike in groups.items():
        states = ",".join(each.states for each in alike)
        told = told or [digest("\n".join(f"{each.reason}\t{each.refs}" for each in alike))]
        writer.writerow([record, key, date, states, answer, basis, *told])
    return stream.getvalue()


def test_no_answer_has_changed(data: rcpref.Dataset) -> None:
    found, known = written(data).splitlines(), FILE.read_text(encoding="utf-8").splitlines()
    changed = [f"+ {line}" for line in found if line not in set(known)]
    changed += [f"- {line}" for line in known if line not in set(found)]
    assert not changed, "\n".join(
        [
            "",
            *changed[:40],
            "if this is meant: python3 tests/test_answers.py, and say it in the notes",
        ]
    )
    assert found == known


if __name__ == "__main__":
    FILE.write_text(written(rcpref.load()), encoding="utf-8")
