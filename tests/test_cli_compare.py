"""`rcpref compare` and `matrix`: they add up, with each other and with `members`."""

import csv
import io
import re
from typing import Any

import pytest

from asking import ask, bundled, certain, claims, essence, members, records_with_members
from conftest import run_command
from helpers import folded, in_terminal, output, rows, sample

COMPARISONS = [
    (("bali-process", "colombo-process"), None),
    (("bali-process", "colombo-process"), "2013-05"),
    (("abu-dhabi-dialogue", "colombo-process"), "2013-05"),
    (("prague-process", "budapest-process", "igc"), "2013-05"),
    (("midsa", "comesa", "sacm"), "2019"),
    (("oas", "andean-community"), "2023-11"),
    (("khartoum-process", "rabat-process", "european-union"), "2020"),
    (("igad-rcp", "midcom", "commit-process"), "2026"),
    (("khartoum-process", "colombo-process"), "2013-05"),
    (("iom", "eclac"), "2014-06"),
]
"""Records and a date: with shared, separate, uncertain, disputed and unknown members."""


def dated(as_of: str | None) -> tuple[str, ...]:
    """The option for a date; none for what is last known."""
    return ("--as-of", as_of) if as_of else ()


def compared(records: tuple[str, ...], as_of: str | None) -> Any:
    return ask("compare", *records, *dated(as_of))


def every(records: tuple[str, ...], as_of: str | None) -> list[dict[str, Any]]:
    """The States of a comparison: those that are certain, and then the uncertain ones."""
    report = compared(records, as_of)
    assert all(item["where"] != "uncertain" for item in report["items"])
    assert {item["where"] for item in report["uncertain"]} <= {"uncertain"}
    return [*report["items"], *report["uncertain"]]


# compare ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("records", "as_of"), COMPARISONS)
def test_it_adds_up(records: tuple[str, ...], as_of: str | None) -> None:
    items = every(records, as_of)
    where: dict[str, set[str]] = {}
    for item in items:
        where.setdefault(item["where"], set()).add(item["id"])
    known = {"shared", "some", "uncertain", *(f"only {record}" for record in records)}
    assert set(where) <= known
    assert sum(map(len, where.values())) == len({item["id"] for item in items})
    uncertain = {item["id"]: item for item in items if item["where"] == "uncertain"}
    some = {item["id"]: item for item in items if item["where"] == "some"}
    for record in records:
        parts = [
            where.get("shared", set()),
            where.get(f"only {record}", set()),
            *(
                {code for code, item in group.items() if item["answers"][record]["answer"] == "yes"}
                for group in (some, uncertain)
            ),
        ]
        assert sum(map(len, parts)) == len(certain(record, as_of)), record
        assert set[str]().union(*parts) == certain(record, as_of), record


KEYS = ["answer", "basis", "reason", "last_known", "distance", "standing", "rests_on"]


@pytest.mark.parametrize(("records", "as_of"), COMPARISONS[:6])
def test_each_place_follows_from_the_answers(records: tuple[str, ...], as_of: str | None) -> None:
    for item in every(records, as_of):
        assert list(item) == ["id", "name", "where", "count", "answers"]
        assert list(item["answers"]) == list(records)
        said = {record: answer["answer"] for record, answer in item["answers"].items()}
        inside = [record for record in records if said[record] == "yes"]
        assert item["count"] == len(inside)
        if set(said.values()) - {"yes", "no"}:
            wanted = "uncertain"
        elif len(inside) == len(records):
            wanted = "shared"
        else:
            wanted = f"only {inside[0]}" if len(inside) == 1 else "some"
        assert item["where"] == wanted
        for record, answer in item["answers"].items():
            assert list(answer) == KEYS
            full = members(record, as_of).get(item["id"])
            if full is not None:
                assert essence(answer) == full
            bodies = {str(claim.value) for claim in bundled()[record].claims_of("membership_of")}
            for evidence in answer["rests_on"]:
                assert claims()[evidence["ref"]].record in (record, *bodies)


@pytest.mark.parametrize(("records", "as_of"), COMPARISONS[1:6])
def test_lines_have_the_certain_ones_and_stderr_the_others(
    records: tuple[str, ...], as_of: str | None
) -> None:
    result = output("compare", *records, *dated(as_of))
    items = every(records, as_of)
    assert result.ids == [item["id"] for item in items if item["where"] != "uncertain"]
    for row in rows(result.out):
        assert set(row[3:-1]) <= {"yes", "no"}
        assert int(row[-1]) == row[3:-1].count("yes") > 0
    uncertain = [item["id"] for item in items if item["where"] == "uncertain"]
    line = f"{len(uncertain)} uncertain (-f json has them)" if uncertain else ""
    assert result.err.rstrip("\n").partition("no complete list")[0].rstrip("; ") == line


def test_the_order_of_the_names_changes_no_place() -> None:
    one = compared(("bali-process", "colombo-process"), "2013-05")
    two = compared(("colombo-process", "bali-process"), "2013-05")
    assert {item["id"]: item["where"] for item in one["items"]} == {
        item["id"]: item["where"] for item in two["items"]
    }
    assert one["query"]["records"] == two["query"]["records"][::-1]


def test_shared_come_first_and_each_group_goes_by_code() -> None:
    items = every(("prague-process", "budapest-process", "igc"), "2013-05")
    order = ["shared", "some", "only prague-process", "only budapest-process", "only igc"]
    places = [([*order, "uncertain"].index(item["where"]), item["id"]) for item in items]
    assert places == sorted(places)


@pytest.mark.parametrize("args", [("compare", "mtm", "rabat-process"), ("matrix",)])
def test_a_count_of_members_that_is_not_of_all_of_them_says_so(args: tuple[str, ...]) -> None:
    # No list of the MTM was read whole; one of the Rabat Process was.
    assert {claim.complete for claim in bundled()["mtm"].claims_of("members")} == {False}
    for text in (output(*args).err, folded(in_terminal(*args, columns=160).plain)):
        assert re.search(r"[Nn]o complete list of members is known of [^.;]*\bMTM\b", text)
        assert not re.search(r"[Nn]o complete list of members is known of [^.;]*Rabat", text)


@pytest.mark.parametrize(
    "line",
    sample(["compare midcas igc", "matrix"], ["compare midcas igc"]),
)
def test_what_is_dormant_is_told_beside_counts_of_members(line: str) -> None:
    asleep = next(c for c in bundled()["midcas"].claims_of("status") if c.value == "dormant")
    told = f"MIDCAS dormant since {asleep.from_}"
    assert told in output(*line.split(), "-f", "csv").err
    assert told in folded(output(*line.split(), "-f", "table").out)
    assert "ormant" not in output(*line.split(), "--as-of", "2013", "-f", "table").out


def test_without_a_date_it_is_as_last_known_with_its_age() -> None:
    records = ("midcas", "rabat-process")
    report = compared(records, None)
    assert report["query"]["as_of"] is None
    for record in records:
        codes = {i["id"] for i in report["items"] if i["answers"][record]["answer"] == "yes"}
        assert codes == certain(record)
    text = folded(in_terminal("compare", *records, columns=160).plain)
    assert text.startswith("MIDCAS and Rabat Process as last known")
    assert "MIDCAS 10 certain, 0 more possible; newest evidence: 2015 [" in text
    # For the day of the data, a list of 2015 is too old.
    today = compared(records, "today")
    assert today["query"]["as_of"] == bundled().date
    said = [i["answers"]["midcas"]["answer"] for i in every(records, "today")]
    assert set(said) == {"possible", "unknown"}
    assert said.count("possible") == 10


def test_a_state_that_a_process_never_named_is_not_possible_there() -> None:
    # The last list of MIDWA is old, and that makes no European State a possible member.
    for item in every(("rabat-process", "midwa"), "2026"):
        if item["id"] not in members("midwa", "2026"):
            assert item["answers"]["midwa"]["answer"] != "possible", item["id"]


# matrix ----------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=[None, "2013-05", "2026"], ids=str)
def matrix(request: pytest.FixtureRequest) -> Any:
    return ask_matrix(*dated(request.param))


def ask_matrix(*args: str) -> Any:
    """The JSON report of `matrix`; its items count and cite nothing themselves."""
    report = run_command("matrix", *args, "-f", "json").json
    assert report["count"] == len(report["items"])
    assert set(report["sources"]) <= set(bundled().sources)
    return report


def test_each_pair_has_one_line_and_those_that_share_most_come_first(matrix: Any) -> None:
    pairs = [frozenset((item["record"], item["other"])) for item in matrix["items"]]
    assert len(pairs) == len(set(pairs)) > 100
    every = {key for pair in pairs for key in pair}
    assert len(pairs) == len(every) * (len(every) - 1) / 2
    counts = [(item["shared"], item["shared_possible"]) for item in matrix["items"]]
    assert counts == sorted(counts, reverse=True)
    assert all(low <= high for low, high in counts)


def test_it_counts_the_members_of_each(matrix: Any) -> None:
    as_of = matrix["query"]["as_of"]
    count = {item["record"]: item["members"] for item in matrix["items"]}
    count |= {item["other"]: item["other_members"] for item in matrix["items"]}
    for record in sorted(count)[::2]:
        assert count[record] == len(certain(record, as_of))
    processes = {key for key in records_with_members() if bundled()[key].kind == "process"}
    for record in sorted(processes - count.keys()):
        assert {item["answer"] for item in members(record, as_of).values()} <= {"no", "unknown"}


@pytest.mark.parametrize("pair", [
    ("bali-process", "colombo-process"),
    ("abu-dhabi-dialogue", "colombo-process"),
    ("rabat-process", "midwa"),
    ("prague-process", "budapest-process"),
    ("igad-rcp", "midcom"),
])  # fmt: skip
def test_a_line_counts_what_compare_calls_shared(matrix: Any, pair: tuple[str, str]) -> None:
    as_of = matrix["query"]["as_of"]
    items = every(pair, as_of)
    lines = [item for item in matrix["items"] if {item["record"], item["other"]} == {*pair}]
    if not lines:
        # Nothing is known of the members of one of them.
        assert not any(item["where"] == "shared" for item in items)
        return
    assert lines[0]["shared"] == sum(item["where"] == "shared" for item in items)
    may_be = [
        item
        for item in items
        if all(
            item["id"] in members(record, as_of) and answer["answer"] not in ("no", "unknown")
            for record, answer in item["answers"].items()
        )
    ]
    assert lines[0]["shared_possible"] == len(may_be)


def test_csv_has_the_same_lines(matrix: Any) -> None:
    as_of = matrix["query"]["as_of"]
    lines = csv.DictReader(io.StringIO(output("matrix", *dated(as_of), "-f", "csv").out))
    for line, item in zip(lines, matrix["items"], strict=True):
        assert line == {
            key: str(item[key] or "") if key == "as_of" else str(item[key]) for key in line
        }
        assert line["as_of"] == (as_of or "")


def test_records_can_be_named(matrix: Any) -> None:
    """They are asked for in any kind, and count what they count among all."""
    date = dated(matrix["query"]["as_of"])
    report = ask_matrix("rabat process", "igc", "ECOWAS", "IGC", *date)
    pairs = [frozenset((item["record"], item["other"])) for item in report["items"]]
    both = frozenset(("igc", "rabat-process"))
    assert set(pairs) == {
        both,
        frozenset(("ecowas", "rabat-process")),
        frozenset(("ecowas", "igc")),
    }
    assert report["items"][pairs.index(both)] in matrix["items"]


def test_those_without_known_members_are_named() -> None:
    for date in ("2013-05", None):
        result = output("matrix", *dated(date))
        silent = {
            record.id
            for record in bundled().of_kind("process")
            if {item["answer"] for item in members(record.id, date).values()} <= {"no", "unknown"}
        }
        assert ({"khartoum-process", "au-hoai", "midcom"} <= silent) == (date is not None)
        names = ", ".join(bundled()[key].short_name for key in sorted(silent))
        then = f" {'in May 2013' if date else ''}".rstrip()
        assert f"no members known{then}: {names}; " in result.err
        assert not {row[0] for row in rows(result.out)} & silent
        assert not {row[2] for row in rows(result.out)} & silent


@pytest.mark.parametrize("columns", [80, 200])
def test_people_read_both_counts(matrix: Any, columns: int) -> None:
    args = ("matrix", "rabat-process", "midwa", *dated(matrix["query"]["as_of"]))
    (item,) = ask_matrix(*args[1:])["items"]
    text = in_terminal(*args, columns=columns).plain
    names = item["short_name"], item["other_name"]
    (line,) = [line for line in text.splitlines() if line.startswith(names[0])]
    counts = [str(item["shared"]), str(item["shared_possible"])]
    assert line.split() == [*" ".join(names).split(), *counts]
    assert "At most: with the possible and disputed members." in folded(text)
    assert max(map(len, text.splitlines())) <= columns


def test_a_comparison_has_what_else_is_true_of_a_state() -> None:
    report = ask("compare", "igad", "east-african-community")
    (eritrea,) = [item for item in report["items"] if item["id"] == "ERI"]
    effects = [each["effect"] for each in eritrea["answers"]["igad"]["standing"]]
    assert effects == ["absent", "withdrawal-announced"]
