"""A meeting that is announced is told as such, and is no sign that a process works."""

from pathlib import Path

import pytest

from conftest import run_command
from helpers import folded, rows, write_files

OWN = """\
id = "own-process"
kind = "process"
name = "Own Process"
short_name = "Own Process"

[[claim]]
property = "founded"
value = "2010"
source = "note"

[[claim]]
property = "meeting"
value = "First meeting"
as_of = "2015-03"
source = "note"

[[claim]]
property = "next_meeting"
value = "Summit of the Own Process"
as_of = "2027"
source = "note"
"""

SOURCES = """\
[note]
title = "A note"
publisher = ["Ministry"]
type = "document"
tier = "primary"
date = "2026-02"
"""


@pytest.fixture
def own(tmp_path: Path) -> str:
    files = {"processes/own-process.toml": OWN, "sources.toml": SOURCES}
    return str(write_files(tmp_path, files))


def test_it_is_no_sign_that_a_process_works(own: str) -> None:
    columns = ("list", "processes", "--columns", "id,last_seen_active", "--data", own)
    assert ["own-process", "2015-03"] in rows(run_command(*columns).out)
    for date in ("today", "2027", "2028"):
        lines = rows(run_command(*columns, "--as-of", date).out)
        assert ["own-process", "2015-03"] in lines
    active = rows(run_command("list", "processes", "--active-since", "2020", "--data", own).out)
    assert "own-process" not in [row[0] for row in active]


def test_it_is_told_as_announced_and_after_its_date_as_without_a_report(own: str) -> None:
    asked = ("show", "own-process", "--data", own, "-f", "table")
    card = folded(run_command(*asked).out)
    assert "Last meeting First meeting (March 2015)" in card
    assert "Next meeting Summit of the Own Process (2027)" in card
    assert "no report of it is known" not in card
    assert "Next meeting" not in run_command(*asked, "--as-of", "2016").out
    after = folded(run_command(*asked, "--as-of", "2029").out)
    assert "Summit of the Own Process (2027) [1]; no report of it is known" in after


def test_it_is_a_property_and_a_planned_meeting_of_the_timeline(own: str) -> None:
    value = run_command("show", "own-process", "-p", "next_meeting", "--data", own, "-f", "json")
    assert [item["value"] for item in value.json["items"]] == ["Summit of the Own Process"]
    report = run_command("timeline", "own-process", "--data", own, "-f", "json")
    held = {item["date"]: item["held"] for item in report.json["items"]}
    assert held == {"2010": None, "2015-03": "held", "2027": "planned"}


def test_a_session_that_its_forum_only_announces_was_not_held_for_certain() -> None:
    card = folded(run_command("show", "imrf", "-f", "table").out)
    assert "Second International Migration Review Forum" in card
    assert "announced, no report of it is known" in card
    lines = rows(run_command("timeline", "imrf", "--columns", "record,held").out)
    assert dict(lines) == {"imrf": "", "imrf-2022": "held", "imrf-2026": "planned"}
    lines = rows(run_command("list", "forums", "--met", "2026-05").out)
    assert "imrf" not in [row[0] for row in lines]
