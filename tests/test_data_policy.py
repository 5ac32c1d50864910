"""Editorial rules for the bundled data, beyond their form.

The files are read here by the standard library alone, as they are stored, so that a rule
holds whatever the program makes of them; what the program itself refuses to read is no rule
here. A failure lists every place where its rule is broken: file, key, what is wrong, what to do.
"""

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rcpref.model import KINDS

DATA = Path(__file__).resolve().parent.parent / "data"

LIMA = "lima-2013"
PROCESSES_AT_LIMA = {
    "5-plus-5-dialogue", "abu-dhabi-dialogue", "bali-process", "budapest-process",
    "colombo-process", "igad-rcp", "igc", "midsa", "midwa", "mtm", "prague-process",
    "puebla-process", "sacm",
}  # fmt: skip
DIALOGUES_AT_LIMA = {"almaty-process", "midcas"}
BODIES_AT_LIMA = {
    "andean-community", "comesa", "eclac", "ecowas", "european-union", "league-of-arab-states",
    "oas",
}  # fmt: skip
EXPERTS_AT_LIMA = {"icmpd", "ilo", "iom", "unhcr"}

# Official names that several records have by right: the name, the beginning of the ids of
# those records, and why.
SHARED_NAMES = {
    "International migration and development": (
        "a-res-",
        "the General Assembly gives its resolutions on an agenda item one title, session after "
        "session; short name and acronym tell them apart",
    )
}


class Place(NamedTuple):
    """A claim and where it stands."""

    file: str
    key: str
    record: dict[str, Any]
    claim: dict[str, Any]


def read(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return tomllib.load(stream)


def name_of(file: Path) -> str:
    return f"data/{file.relative_to(DATA).as_posix()}"


@pytest.fixture(scope="module")
def records() -> dict[str, dict[str, Any]]:
    """Every record by the name of its file."""
    return {
        name_of(file): read(file)
        for kind in KINDS.values()
        for file in sorted(DATA.glob(f"{kind}/*"))
    }


@pytest.fixture(scope="module")
def claims(records: dict[str, dict[str, Any]]) -> list[Place]:
    return [
        Place(file, f"claim {index} ({claim['property']})", record, claim)
        for file, record in records.items()
        for index, claim in enumerate(record.get("claim", ()), 1)
    ]


@pytest.fixture(scope="module")
def sources() -> dict[str, dict[str, Any]]:
    return read(DATA / "sources.toml")


@pytest.fixture(scope="module")
def properties() -> dict[str, dict[str, Any]]:
    return read(DATA / "properties.toml")


@pytest.fixture(scope="module")
def countries() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read(DATA / "countries.toml")["country"]
    return found


def assert_none(problems: list[str]) -> None:
    assert not problems, "\n".join(["", *problems])


# Files ---------------------------------------------------------------------------------


def test_every_file_is_a_file_of_data() -> None:
    known = {"dataset.toml", "properties.toml", "sources.toml", "countries.toml"}
    folders = {*KINDS.values(), "texts"}
    assert_none(
        [
            f"{name_of(file)}: is no part of the data; remove it or name it *.toml"
            for file in sorted(DATA.rglob("*"))
            if file.is_file()
            and file.parent.name != "schema"  # tests/test_schemas.py looks at these
            and not (file.parent == DATA and file.name in known)
            and not (file.parent.name in folders and file.suffix == ".toml")
        ]
    )


# Claims --------------------------------------------------------------------------------


def test_every_derived_claim_says_how(claims: list[Place]) -> None:
    assert_none(
        [
            f"{at.file}: {at.key}.note: is missing, though the claim is derived; say in a note "
            "how the editors put it together"
            for at in claims
            if at.claim.get("derived") and not at.claim.get("note", "").strip()
        ]
    )


def test_only_lists_are_complete_or_counted(
    claims: list[Place], properties: dict[str, Any]
) -> None:
    assert_none(
        [
            f"{at.file}: {at.key}.{key}: says something of a list, but the property has one "
            f"value; remove {key}"
            for at in claims
            for key in ("complete", "stated_total", "disputed")
            if key in at.claim
            and properties[at.claim["property"]]["type"] not in {"states", "texts"}
        ]
    )


def test_disputed_states_are_in_the_list(claims: list[Place]) -> None:
    assert_none(
        [
            f"{at.file}: {at.key}.disputed: {code} is not in the value; add it there, or remove it"
            for at in claims
            for code in at.claim.get("disputed", ())
            if code not in at.claim["value"]
        ]
    )


def test_no_claim_is_made_twice(records: dict[str, dict[str, Any]]) -> None:
    problems = []
    for file, record in records.items():
        seen: list[dict[str, Any]] = []
        for index, claim in enumerate(record.get("claim", ()), 1):
            if claim in seen:
                problems.append(
                    f"{file}: claim {index} ({claim['property']}): is the same as claim "
                    f"{seen.index(claim) + 1}; remove one of the two"
                )
            seen.append(claim)
    assert_none(problems)


def test_what_was_attended_is_a_record(
    claims: list[Place], records: dict[str, dict[str, Any]]
) -> None:
    kinds = {record["id"]: record["kind"] for record in records.values()}
    assert_none(
        [
            f"{at.file}: {at.key}.value: {meeting!r} is not a meeting or summit; correct the id, "
            "or add its record"
            for at in claims
            if at.claim["property"] == "attended"
            for meeting in at.claim["value"]
            if kinds.get(meeting) not in {"meeting", "summit"}
        ]
    )


# Lima ----------------------------------------------------------------------------------


def at_lima(claims: list[Place], kind: str, role: str) -> set[str]:
    return {
        at.record["id"]
        for at in claims
        if at.claim["property"] == "attended"
        and LIMA in at.claim["value"]
        and (at.record["kind"], at.claim.get("role")) == (kind, role)
    }


@pytest.mark.parametrize(("kind", "role", "count", "wanted"), [
    ("process", "RCP", 13, PROCESSES_AT_LIMA),
    ("process", "dialogue process yet to be formalised", 2, DIALOGUES_AT_LIMA),
    ("body", "regional body", 7, BODIES_AT_LIMA),
    ("organization", "expert", 4, EXPERTS_AT_LIMA),
], ids=["RCPs", "dialogues", "bodies", "experts"])  # fmt: skip
def test_those_at_lima_are_those_of_the_summary(
    claims: list[Place], kind: str, role: str, count: int, wanted: set[str]
) -> None:
    assert len(wanted) == count
    found = at_lima(claims, kind, role)
    assert_none(
        [
            f"data/{KINDS[kind]}/{key}.toml: claim (attended): "
            + (
                f"is missing; the Summary names it: add value = [{LIMA!r}], role = {role!r}"
                if key in wanted
                else f"has the role {role!r}, but the Summary does not name it; remove the claim"
            )
            for key in sorted(found ^ wanted)
        ]
    )


def test_those_at_lima_are_those_of_the_footnotes(claims: list[Place]) -> None:
    passages = read(DATA / "texts" / f"{LIMA}.toml")["passage"]
    for number, kind, count in ((1, "process", 15), (2, "body", 7)):
        footnote = next(
            each for each in passages if (each["kind"], each["number"]) == ("footnote", number)
        )
        named = {mention["record"] for mention in footnote["mentions"] if "record" in mention}
        citing = {
            at.record["id"]
            for at in claims
            if at.record["kind"] == kind
            and at.claim["property"] == "attended"
            and at.claim.get("passage") == f"{LIMA}/footnote-{number}"
        }
        assert len(named) == count
        assert named == citing, (
            f"data/texts/{LIMA}.toml: passage footnote-{number}.mentions: {sorted(named ^ citing)} "
            "are mentioned there or cite it as attended, not both; make the two agree"
        )


# Names ---------------------------------------------------------------------------------


def names_of(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Key and spelling of each name of a record or country."""
    for key in ("name", "short_name", "acronym", "official_name"):
        if key in entry:
            yield key, entry[key]
    for number, alias in enumerate(entry.get("aliases", ()), 1):
        yield f"aliases[{number}]", alias
    for language, name in entry.get("names", {}).items():
        yield f"names.{language}", name


@pytest.fixture(scope="module")
def named(
    records: dict[str, dict[str, Any]], countries: list[dict[str, Any]]
) -> list[tuple[str, str, dict[str, Any]]]:
    """What has names: the file, how its keys begin there, and the record or country."""
    states = [("data/countries.toml", f"{each['alpha3']}.", each) for each in countries]
    return [*((file, "", record) for file, record in records.items()), *states]


def test_names_are_not_empty_and_not_padded(named: list[tuple[str, str, dict[str, Any]]]) -> None:
    assert_none(
        [
            f"{file}: {before}{key}: {name!r} is empty or has space around or doubled inside; "
            "write it with single spaces, or leave the key out"
            for file, before, entry in named
            for key, name in names_of(entry)
            if not name or name != " ".join(name.split())
        ]
    )


def test_an_alias_is_given_once(named: list[tuple[str, str, dict[str, Any]]]) -> None:
    assert_none(
        [
            f"{file}: {before}aliases: {alias!r} is there twice; keep one"
            for file, before, entry in named
            for alias in sorted(set(entry.get("aliases", ())))
            if entry["aliases"].count(alias) > 1
        ]
    )


def spelling(name: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in plain.replace("+", " plus ") if sign.isalnum())


def shared(
    entries: dict[str, dict[str, Any]], keys: tuple[str, ...]
) -> list[tuple[str, dict[str, str]]]:
    """Names that several entries have: the spelling, and the key of each that has it."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    for entry_id, entry in entries.items():
        for key in keys:
            if key in entry:
                owners[spelling(entry[key])].setdefault(entry_id, key)
    return [(name, having) for name, having in owners.items() if len(having) > 1]


def test_no_strong_name_is_shared_by_two_records(records: dict[str, dict[str, Any]]) -> None:
    by_id = {record["id"]: record for record in records.values()}
    files = {record["id"]: file for file, record in records.items()}
    by_right = {spelling(name): start for name, (start, _) in SHARED_NAMES.items()}
    assert_none(
        [
            f"{files[key]}: {having[key]}: {by_id[key][having[key]]!r} is also a name of "
            f"{', '.join(sorted(set(having) - {key}))}; choose another, or list it in "
            "SHARED_NAMES of this test with the reason"
            for name, having in shared(by_id, ("id", "short_name", "acronym", "name"))
            for key in sorted(having)
            if not (having[key] == "name" and key.startswith(by_right.get(name, "\n")))
        ]
    )


@pytest.mark.parametrize("name", SHARED_NAMES)
def test_a_name_listed_as_shared_is_shared(records: dict[str, dict[str, Any]], name: str) -> None:
    having = [record["id"] for record in records.values() if record["name"] == name]
    assert len(having) > 1, f"{having} alone has the name {name!r}; take it out of SHARED_NAMES"


def test_what_is_no_member_of_the_united_nations_has_a_status(
    countries: list[dict[str, Any]], sources: dict[str, Any]
) -> None:
    """Members have none: a name and a code take no position, a source says what else one is."""
    members = {country["alpha3"] for country in countries if country["un_member"]}
    wrong = []
    for country in countries:
        key, status = country["alpha3"], country.get("status")
        source, sovereign = country.get("status_source"), country.get("sovereign")
        if key in members:
            extra = [each for each in country if each == "sovereign" or each.startswith("status")]
            wrong += [
                (key, each, "is a member of the United Nations; remove the key") for each in extra
            ]
            continue
        if status not in ("territory", "associated", "other"):
            wrong.append((key, "status", f"is {status!r}; write territory, associated or other"))
        if source not in sources:
            wrong.append(
                (key, "status_source", f"{source!r} is not in data/sources.toml; name the source")
            )
        if sovereign not in members and (sovereign or status in ("territory", "associated")):
            wrong.append(
                (key, "sovereign", f"{sovereign!r} is no member; name the one it belongs to")
            )
    assert_none([f"data/countries.toml: {key}.{what}: {remedy}" for key, what, remedy in wrong])


def test_no_code_or_name_is_shared_by_two_states(countries: list[dict[str, Any]]) -> None:
    by_code = {country["alpha3"]: country for country in countries}
    assert len(by_code) == len(countries) == 250
    assert_none(
        [
            f"data/countries.toml: {key}.{having[key]}: {by_code[key][having[key]]!r} is also a "
            f"code or name of {', '.join(sorted(set(having) - {key}))}; correct one of them"
            for _, having in shared(
                by_code, ("alpha3", "alpha2", "numeric", "name", "official_name")
            )
            for key in sorted(having)
        ]
    )


# Form of the files ---------------------------------------------------------------------

FORM: dict[str, Callable[[bytes], bool]] = {
    "has a carriage return; end its lines with a line feed": lambda raw: b"\r" in raw,
    "begins with a byte order mark; save it as UTF-8 without one": lambda raw: raw.startswith(
        b"\xef\xbb\xbf"),
    "does not end with one line feed; end it so": lambda raw: (
        not raw.endswith(b"\n") or raw.endswith(b"\n\n")),
    "is not in Unicode's composed form (NFC); normalize it": lambda raw: (
        not unicodedata.is_normalized("NFC", raw.decode())),
}  # fmt: skip


@pytest.mark.parametrize("problem", FORM)
def test_files_have_one_form(problem: str) -> None:
    assert_none(
        [
            f"{name_of(file)}: {problem}"
            for file in sorted(DATA.rglob("*.toml"))
            if FORM[problem](file.read_bytes())
        ]
    )
