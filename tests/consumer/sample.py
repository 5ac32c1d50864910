"""What a researcher may write with rcpref, every type said: checked by mypy and run.

Each answer is put to the whole public API; `assert_type` fails in mypy where a type is not
just what is written here, and an assertion fails when it is run.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import assert_type

import rcpref
from rcpref import DataError, DateError, NotFound, OutputError, RcprefError, UsageProblem


def data_set() -> rcpref.Dataset:
    """Loading, and the data set as a collection of records."""
    data = assert_type(rcpref.load(), rcpref.Dataset)
    assert_type(rcpref.__version__, str)
    assert_type(data["bali-process"], rcpref.Record)
    assert_type("bali-process" in data, bool)
    assert_type(len(data), int)
    assert_type(iter(data), Iterator[rcpref.Record])
    assert_type(data.records, Mapping[str, rcpref.Record])
    assert_type(data.sources, Mapping[str, rcpref.Source])
    assert_type(data.countries, Mapping[str, rcpref.Country])
    assert_type(data.properties, Mapping[str, rcpref.Property])
    assert_type(data.texts, Mapping[str, rcpref.Text])
    assert_type(data.info, rcpref.DatasetInfo)
    assert_type(data.of_kind("process"), list[rcpref.Record])
    assert_type(data.overlay, str | None)
    for words in (data.version, data.date, data.digest, data.label_of("chair")):
        assert_type(words, str)
    assert_type(data.type_of("chair"), str)
    assert_type(data.find("RCM"), rcpref.Record)
    assert_type(data.find_state("Swaziland"), rcpref.Country)
    return data


def overlap_of_members(data: rcpref.Dataset, as_of: str) -> dict[tuple[str, str], int]:
    """How many certain members every two processes share."""
    lists: dict[str, rcpref.Members] = {
        record.id: assert_type(data.members(record.id, as_of), rcpref.Members)
        for record in data.of_kind("process")
    }
    return {
        (one, two): shared
        for one in lists
        for two in lists
        if one < two and (shared := len(lists[one].keys() & lists[two].keys()))
    }


def answers(data: rcpref.Dataset) -> None:
    """Members, memberships, chairs, values, disputes."""
    members = data.members("Colombo Process", as_of="2013-05")
    for state, answer in members.items():
        assert_type(state, str)
        assert_type(answer, rcpref.Answer)
    assert_type(members["IND"].rests_on, tuple[rcpref.Claim, ...])
    assert_type(members.answers, Mapping[str, rcpref.Answer])
    assert_type(members.uncertain, Mapping[str, rcpref.Answer])
    assert_type(members.get("KHM"), rcpref.Answer | None)
    assert_type((members.record, members.as_of, members.whole), tuple[str, str | None, bool])
    assert_type(data.states_of("SACM"), Mapping[str, rcpref.Answer])
    answer = assert_type(data.member("EU", "Croatia", as_of="2013"), rcpref.Answer)
    assert_type(answer.standing, tuple[rcpref.Standing, ...])
    assert_type(answer.certain, bool)
    assert_type((answer.answer, answer.basis, answer.reason), tuple[str, str | None, str])
    assert answer.certain and members.answers["KHM"].answer == "no"
    assert_type(data.memberships_of("Kenya"), dict[str, rcpref.Answer])
    for holder in assert_type(data.chairs("IGC", "2013-05"), list[rcpref.Holder]):
        assert_type(holder.states, tuple[str, ...])
        assert_type((holder.answer, holder.basis, holder.reason), tuple[str, str, str])
    for value in assert_type(data.values("Bali Process", "founded"), list[rcpref.Value]):
        assert_type(value.item, str)
        assert_type((value.answer, value.basis), tuple[str | None, str | None])
        assert_type((value.reason, value.claims), tuple[str, tuple[rcpref.Claim, ...]])
    for dispute in assert_type(data.disputes(), list[rcpref.Dispute]):
        assert_type((dispute.record, dispute.property, dispute.reason), tuple[str, str, str])
        assert_type(dispute.claims, tuple[rcpref.Claim, ...])


def tables(data: rcpref.Dataset) -> None:
    """Answers as tables, each with rows that have a type of their own."""
    panel = assert_type(data.panel("2011", "2013"), list[rcpref.PanelRow])
    assert_type(
        [(row.state, row.certain, row.first) for row in panel], list[tuple[str, bool | None, date]]
    )
    assert_type(panel[0].rests_on, tuple[rcpref.Claim, ...])
    assert_type(data.spells(), list[rcpref.Spell])
    assert_type(data.members("igc").rows(), list[rcpref.MemberRow])
    assert_type(data.timeline("sacm", events=["meeting"]), list[rcpref.Happening])
    assert_type(data.edges("2013"), list[rcpref.Overlap])
    assert_type(data.matrix("igc", "mtm", as_of="2013")[0].shared, int)
    assert_type(data.compare("igc", "sacm"), list[rcpref.Compared])
    assert_type(data.changes("EU", "2013", "2021"), list[rcpref.MemberChange])
    assert_type(data.chair_terms("IGC")[0].states, tuple[str, ...])
    picture = assert_type(data.map("Bali Process", "2013"), str)
    assert picture.startswith("<svg")
    terms: list[rcpref.ChairTerm] = data.chair_terms()
    assert terms == data.chair_terms()


def claims(data: rcpref.Dataset) -> None:
    """Claims, their dates and sources."""
    assert_type(data["sacm"].claims, tuple[rcpref.Claim, ...])
    for claim in assert_type(data["sacm"].claims_of("chair"), tuple[rcpref.Claim, ...]):
        assert_type(claim.value, str | int | tuple[str, ...])
        assert_type(claim.values, tuple[str, ...])
        assert_type((claim.ref, claim.date, claim.as_of), tuple[str, str, str | None])
        assert_type(claim.complete, bool | None)
        assert data.claim(claim.ref) == claim
        source = assert_type(data.sources[claim.source], rcpref.Source)
        assert_type((source.title, source.tier, source.url), tuple[str, str, str | None])
        for author in assert_type(source.author, tuple[rcpref.Author, ...]):
            assert_type((author.family, author.given), tuple[str, str | None])
        time = assert_type(rcpref.when(claim), rcpref.Interval | None)
        if time is not None:
            assert_type(time.overlaps(rcpref.parse_date("2013")), bool)
            assert_type((time.first, time.last), tuple[date, date])
    assert_type(data.claims(), Iterator[rcpref.Claim])


def texts(data: rcpref.Dataset) -> None:
    """The Chair's Summary, passage by passage."""
    text = assert_type(data.texts["lima-2013"], rcpref.Text)
    assert_type(text.flow(), tuple[rcpref.Passage, ...])
    passage = assert_type(data.passage("lima-2013/conclusion-5"), rcpref.Passage)
    assert_type((passage.ref, passage.kind, passage.number), tuple[str, str, int])
    assert_type(passage.mentions, tuple[rcpref.Mention, ...])
    assert_type(passage.emphasis, tuple[rcpref.Emphasis, ...])
    assert_type(passage.notes, tuple[rcpref.Note, ...])
    assert_type(data.footnotes_in("lima-2013/paragraph-2"), Sequence[rcpref.Passage])
    assert_type(data.passages(), Iterator[rcpref.Passage])
    assert_type(data.passages_naming(state="Peru"), list[rcpref.Passage])


def search_and_citation(data: rcpref.Dataset) -> None:
    """Hits, citations, findings."""
    hits = assert_type(data.search("evidence base", places=["texts"], limit=None), list[rcpref.Hit])
    assert_type((hits[0].ref, hits[0].snippet), tuple[str, str])
    assert_type((hits[0].record, hits[0].score), tuple[str | None, float])
    assert data.cite(hits[0].ref, style="bibtex").startswith("@")
    for finding in assert_type(data.check(), list[rcpref.Finding]):
        assert_type((finding.code, finding.level, finding.message), tuple[str, str, str])


def export(data: rcpref.Dataset) -> None:
    """A copy of all, and the same data set read from it."""
    with tempfile.TemporaryDirectory() as folder:
        written = assert_type(data.export(Path(folder) / "data.json"), rcpref.Written)
        assert_type(written.files, Mapping[str, bytes])
        assert_type(written.asked, rcpref.AsOf | None)
        again = rcpref.load(Path(folder) / "data.json")
        assert again == data
        for change in assert_type(again.changes_since(data), list[rcpref.Change]):
            assert_type((change.change, change.what, change.ref), tuple[str, str, str])


def errors(data: rcpref.Dataset) -> None:
    """Each error by its own class, or all by one."""
    try:
        data.find("Bali Proces")
    except NotFound as error:
        assert_type(error.nearest, tuple[str, ...])
        assert_type((error.message, error.hint, error.exit_code), tuple[str, str, int])
    try:
        data.find("Lima")
    except rcpref.AmbiguousName as error:
        assert_type(error.candidates, tuple[str, ...])
    kinds: list[type[RcprefError]] = [DataError, DateError, OutputError, UsageProblem, NotFound]
    assert all(issubclass(kind, RcprefError) for kind in kinds)
    as_value: ValueError = DateError("no date")
    as_key: KeyError = NotFound("no name")
    assert str(as_value) == "no date" and str(as_key) == "no name"


def main() -> None:
    """All of it, and a number to print."""
    data = data_set()
    for part in (answers, tables, claims, texts, search_and_citation, export, errors):
        part(data)
    shared = overlap_of_members(data, "2013")
    for (one, two), count in sorted(shared.items()):
        sys.stdout.write(f"{one}\t{two}\t{count}\n")


if __name__ == "__main__":
    main()
