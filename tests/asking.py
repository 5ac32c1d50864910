"""Questions put to the command, and what every dated answer must keep.

Each command line is run once a process; a report that was read as JSON is checked at
once: its sources are just those that its items cite, and its references lead to claims.
"""

import re
from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len

import rcpref
from conftest import once, run_command
from helpers import in_terminal
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import as_of as asked_for
from rcpref.version import versions

MEMBER_KINDS = ("process", "body", "organization")

UNCERTAIN = ("possible", "disputed", "unknown")


@once
def bundled() -> rcpref.Dataset:
    """The bundled data."""
    return rcpref.load()


@once
def claims() -> dict[str, rcpref.Claim]:
    """All bundled claims by reference."""
    return {claim.ref: claim for record in bundled() for claim in record.claims}


@once
def ask(*args: str) -> Any:
    """The JSON report of a command line, checked: what is uncertain in it, too."""
    report = run_command(*args, "-f", "json").json
    assert report["count"] == len(report["items"])
    assert report["dataset"]["digest"] == bundled().digest
    parts = [report["items"], report.get("uncertain"), report.get("summary")]
    assert set(report["sources"]) == cited(parts), args
    for key, source in report["sources"].items():
        assert source == bundled().document["sources"][key]
    for evidence in parts_with(parts, "ref"):
        if "property" not in evidence:
            continue  # a passage
        claim = claims()[evidence["ref"]]
        assert (evidence["property"], evidence["source"]) == (claim.property, claim.source)
        assert evidence["as_of"] == claim.as_of
        assert evidence.get("from") == claim.from_
        assert evidence.get("until") == claim.until
    return report


def parts_with(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """All objects in a JSON value that have a key, however deep."""
    if isinstance(value, dict):
        if key in value:
            yield value
        for part in value.values():
            yield from parts_with(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from parts_with(part, key)


def cited(value: Any) -> set[str]:
    """Keys of all sources that a JSON value cites."""
    # A line with a property that is not known has none.
    return {part["source"] for part in parts_with(value, "source")} - {None}


@once
def told(record: str, as_of: str | None = None) -> dict[str, Any]:
    """Every answer on the members of a record that the command gives, by alpha-3 code."""
    date = ("--as-of", as_of) if as_of is not None else ()
    return {item["id"]: item for item in ask("members", record, "--answer", "all", *date)["items"]}


@once
def members(record: str, as_of: str | None = None) -> dict[str, dict[str, Any]]:
    """Every answer by the rules, without the command: the `essence` of each.

    For tests of other commands; `told` must say the same.
    """
    asked = asked_for(as_of, bundled().date)
    return {
        code: {
            "answer": found.answer,
            "basis": found.basis,
            "reason": found.reason,
            "last_known": found.last_known,
            "refs": [claim.ref for claim in found.rests_on],
        }
        for code, found in members_at(bundled(), bundled()[record], asked).items()
    }


def essence(item: dict[str, Any]) -> dict[str, Any]:
    """What an item says, whatever stands around it."""
    kept = {key: item[key] for key in ("answer", "basis", "reason", "last_known")}
    return {**kept, "refs": [evidence["ref"] for evidence in item["rests_on"]]}


def certain(record: str, as_of: str | None = None) -> set[str]:
    """Codes of those that are members for certain."""
    return {code for code, item in members(record, as_of).items() if item["answer"] == "yes"}


def records_with_members() -> list[str]:
    """Ids of the records of which some membership claim is known."""
    wanted = {"members", "member_joined", "member_left"}
    return [
        record.id
        for record in bundled()
        if record.kind in MEMBER_KINDS and wanted & {claim.property for claim in record.claims}
    ]


_KINDS = "possible|disputed|no|unknown"

_GROUP = re.compile(rf"(\d+) ({_KINDS})(?: \((.*?)\))?(?:, (?=\d+ (?:{_KINDS}))|$)")

_WHERE = re.compile(r" \((?:--answer all lists them|-f json has them)\)$")

FEW = 3
"""So many are named in a notice; of more it says how many they are."""


def named(notice: str) -> dict[str, list[str] | int]:
    """What a notice on standard error names or, of many, counts, by kind of answer."""
    found: dict[str, list[str] | int] = {}
    text = notice.rstrip("\n")
    assert "\n" not in text, text
    if not text.startswith("not listed: "):
        return {}
    text = text.removeprefix("not listed: ").partition("; ")[0]
    where = _WHERE.search(text)
    text = _WHERE.sub("", text)
    place = 0
    for match in _GROUP.finditer(text):
        assert match.start() == place, text
        place = match.end()
        count = int(match[1])
        # What stands in brackets behind a name has commas of its own.
        keys = re.split(r", (?![^(]*\))", match[3]) if match[3] else []
        assert len(keys) == (count if count <= FEW else 0), text
        found[match[2]] = keys or count
    assert place == len(text), text
    assert (where is not None) == any(isinstance(each, int) for each in found.values()), notice
    return found


def few(groups: dict[str, list[str]]) -> dict[str, list[str] | int]:
    """What a notice must say of some names, by kind of answer."""
    return {kind: keys if len(keys) <= FEW else len(keys) for kind, keys in groups.items()}


def table(*args: str, columns: int, marked: bool = True) -> str:
    """What a terminal of so many columns shows, no line of it wider.

    Unless `marked` is false, every source in its list has a mark, and every mark a source.
    """
    screen = in_terminal(*args, columns=columns)
    assert screen.code == 0, screen
    text = screen.plain
    for line in text.splitlines():
        # An address is not broken: what is longer than a line stands alone on it.
        assert cell_len(line) <= columns or re.fullmatch(r" *https?://\S+", line), line
    assert text.splitlines()[-1].startswith(versions(bundled().version, bundled().date))
    if marked:
        assert_marked(text)
    return text


def assert_marked(text: str) -> None:
    """Every mark leads to a source of the list, and every source of the list is used."""
    body, _, sources = text.partition("\nSources\n")
    # Short ones stand two in a line.
    listed = re.findall(r"(?:^ ?|  +)\[(\d+)\] ", sources, re.MULTILINE)
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert set(re.findall(r"\[(\d+)\]", body)) == set(listed)
