"""What the build of a wheel finds out about the data: which records name a State, which work."""

import json
from pathlib import Path

import pytest

import rcpref
from evidence_examples import claims_of
from installed import data_folder
from rcpref.answers.time import as_of
from rcpref.answers.values import OVERVIEW, last_active
from test_reading import write_trees

ACTIVE = (
    ("website https://example.org/ @2020", None),
    ("meeting Second meeting @2011-05", "2011-05"),
    ("meeting Third meeting (announced for May 2012) @2012-05", None),
    # The end of a term may only have been planned: its beginning was seen.
    ("chair KEN from=2009 until=2011", "2009"),
    ("chair KEN from=2009 until=2099", "2009"),
    ("members KEN UGA @2010-03", None),
    ("members KEN UGA", None),
    ("status active @2014", "2014"),
    ("status dormant @2014", None),
    # A status that follows from a meeting is not newer than it.
    ("meeting Second meeting @2011-05; status active @2011 derived", "2011-05"),
    ("observers UGA @2008; meeting_participants KEN @2009-02-01", "2009-02-01"),
)


def overlaid(folder: Path, record: str, stated: str) -> rcpref.Dataset:
    names = {"kind": "process", "name": "Own Process", "short_name": "Own"}
    claims = [{**each, "source": "paper"} for each in claims_of(stated)]
    own = {"id": record, **(names if record == "own" else {}), "claim": claims}
    paper = {"title": "Paper", "publisher": ["Press"], "tier": "primary"}
    write_trees(folder, {f"processes/{record}.toml": own, "sources.toml": {"paper": paper}})
    return rcpref.load(overlay=str(folder))


@pytest.mark.parametrize(("stated", "date"), ACTIVE)
def test_a_record_was_last_seen_active_at_the_newest_evidence(
    stated: str, date: str | None, tmp_path: Path
) -> None:
    assert last_active(overlaid(tmp_path, "own", stated), "own") == date


def test_a_wheel_knows_what_the_claims_say() -> None:
    baked, read = rcpref.load(), rcpref.load(str(data_folder()))
    assert baked.plain.known and not read.plain.known
    active = {key: last_active(baked, key) for key in baked.records}
    assert active == {key: last_active(read, key) for key in read.records}
    assert active["bali-process"] is not None
    for code in read.countries:
        known, said = baked.plain.records_naming(code), read.plain.records_naming(code)
        assert dict(known) == dict(said), code
    assert "members" in baked.plain.records_naming("KEN")["igad-rcp"]


def test_a_wheel_has_the_overview_that_the_claims_give() -> None:
    baked, read = rcpref.load(), rcpref.load(str(data_folder()))
    now = as_of(None, read.date)
    for name, overview in OVERVIEW.items():
        found = {key: overview(read, key, now) for key in read.records}
        assert baked.plain.known[name] == json.loads(json.dumps(found)), name


def test_a_wheel_knows_names_as_a_checkout_does() -> None:
    baked, read = rcpref.load().plain.names, rcpref.load(str(data_folder())).plain.names
    names = {name for table in (read.records, read.states) for _, name, _ in table.listed()}
    # Whole, without its first word, and by its last word: each rule is asked.
    queries = {part for name in names for part in (name, name.partition(" ")[2], name.split()[-1])}
    assert len(queries) > 5_000
    for query in sorted(queries - {""}):
        assert baked.match(query) == read.match(query), query


def test_what_an_overlay_says_of_a_bundled_record_is_computed(tmp_path: Path) -> None:
    data = overlaid(tmp_path, "midsa", "meeting A late meeting @2026-11-01; chair AND")
    assert last_active(rcpref.load(), "midsa") != "2026-11-01" == last_active(data, "midsa")
    assert "midsa" not in rcpref.load().plain.records_naming("AND")
    assert data.plain.records_naming("AND")["midsa"] == ["chair"]
