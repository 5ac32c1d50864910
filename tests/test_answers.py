"""No answer changes by accident: all that is said of members and chairs, in tests/answers.tsv.

Write the file anew with `python3 tests/test_answers.py` once a change is meant, and look at
what it changes.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import rcpref
from rcpref.answers.chair import chairs
from rcpref.answers.membership import members_at
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.time import as_of

FILE = Path(__file__).with_name("answers.tsv")

DATES = (None, "2002", "2013-05", "2013", "2019-07-01", "2026-11-24")
"""Last known; before most of the lists, at Lima, between lists, the date of the data."""

YEARS = [str(year) for year in range(1986, 2028)]


def answers(data: rcpref.Dataset) -> Iterator[list[str]]:
    for record in data:
        for key in CAPACITIES:
            for date in DATES:
                for state, found in members_at(data, record, as_of(date, data.date), key).items():
                    refs = " ".join(claim.ref for claim in found.rests_on)
                    said = [found.answer, found.basis or "", found.reason]
                    yield [record.id, key, date or "", state, *said, digest(refs)]
        if record.kind in ("process", "forum"):
            for date in (None, *YEARS, "2013-05", "2013-05-22", "2026-11-24"):
                for holder in chairs(record, as_of(date, data.date)):
                    refs = " ".join(claim.ref for claim in holder.rests_on)
                    said = [holder.answer, holder.basis, holder.reason]
                    yield [
                        record.id,
                        "chair",
                        date or "",
                        "+".join(holder.states),
                        *said,
                        digest(refs),
                    ]


def digest(refs: str) -> str:
    """The claims that it rests on, in a few letters."""
    import hashlib

    return hashlib.sha256(refs.encode()).hexdigest()[:8] if refs else ""


def written(data: rcpref.Dataset) -> str:
    """All answers, those for one reason on one line."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    groups: dict[tuple[str, ...], list[str]] = {}
    for record, key, date, state, *said in answers(data):
        groups.setdefault((record, key, date, *said), []).append(state)
    for (record, key, date, *said), states in groups.items():
        writer.writerow([record, key, date, ",".join(states), *said])
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
