"""JSON Schemas: valid themselves, true to the data files, to the reader and to all output."""

import copy
import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

import rcpref
from conftest import run_command, validator
from helpers import sample
from rcpref.cli.commands import COMMANDS
from rcpref.data import form
from rcpref.data.document import check_exported, exported
from rcpref.data.loading import data_folder
from rcpref.schemas import FILES, OUTPUTS, names

DATA = Path(data_folder())
TOML = sorted(DATA.rglob("*.toml"))


def schema_of(file: Path) -> str:
    if file.name in FILES:
        return file.name
    return "text.toml" if file.parent.name == "texts" else "record.toml"


# The schemas themselves ---------------------------------------------------------------


@pytest.mark.parametrize("name", sample(names(), ("members", "list", "envelope")))
def test_the_command_prints_a_schema_of_the_draft_that_it_names(name: str) -> None:
    found = json.loads(run_command("schema", name).out)
    Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"].endswith(f":{name}")


def test_the_list_names_each_schema_and_every_command_has_one() -> None:
    found = run_command("schema").ids
    assert found == list(names())
    missing = set(COMMANDS) - set(found)
    assert not missing, f"give {missing} a line in _ITEMS of schemas.py"


def objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if value.get("type") == "object" and "properties" in value:
            yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


@pytest.mark.parametrize("name", [each for each in names() if each != "envelope"])
def test_no_object_with_named_keys_takes_others(name: str) -> None:
    """Else a new key could come into the output without a new schema."""
    found = json.loads(run_command("schema", name).out)
    open_ones = [each for each in objects(found) if each.get("additionalProperties") is not False]
    # The question has the options of its command; a row of chosen columns has any.
    kept = [each for each in open_ones if not {"command", "claims"} & set(each["properties"])]
    assert not kept


# Data files ---------------------------------------------------------------------------


@pytest.mark.parametrize("file", TOML, ids=lambda file: file.relative_to(DATA).as_posix())
def test_a_data_file_names_its_schema_and_is_as_it_says(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("#:schema "), f"{file}: begin it with #:schema and the path"
    named = (file.parent / first.removeprefix("#:schema ")).resolve()
    assert named.is_file(), f"{file}: {first} leads nowhere"
    schema = json.loads(named.read_text(encoding="utf-8"))
    assert schema["$id"].endswith(f":{schema_of(file)}"), f"{file}: names the schema of others"
    with file.open("rb") as stream:
        Draft202012Validator(schema).validate(tomllib.load(stream))


@pytest.mark.parametrize("name", [each for each in FILES if each.endswith(".toml")])
def test_the_schemas_beside_the_data_are_those_of_the_program(name: str) -> None:
    file = (DATA / "schema" / name).with_suffix(".json")
    same = file.read_text(encoding="utf-8") == run_command("schema", name).out
    assert same, f"{file}: is not up to date; run python3 docs/pages.py"


def test_every_key_of_a_data_file_is_explained() -> None:
    for name in FILES:
        for each in objects(json.loads(run_command("schema", name).out)):
            if "schema_version" in each["properties"] and "records" in each["properties"]:
                continue  # the frame of an export, whose parts are the files
            missing = [
                key
                for key, part in each["properties"].items()
                if "description" not in part and key not in ("claims", "passages", "country")
            ]
            assert not missing, f"{name}: say in rcpref.data.form what {missing} mean"


@cache
def small() -> Any:
    """An export with one record and two of its claims, and no more than they need."""
    whole = exported(rcpref.load().document, "")
    del whole["digest"]
    record = whole["records"]["bali-process"]
    record["claims"] = [c for c in record["claims"] if "passage" not in c][:2]
    whole["records"], whole["texts"] = {record["id"]: record}, {}
    used = {claim["source"] for claim in record["claims"]}
    whole["sources"] = {key: whole["sources"][key] for key in used}
    whole["countries"] = {"PER": whole["countries"]["PER"]}
    return json.loads(json.dumps(whole))


WRONG = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    st.just(""),
    st.lists(st.integers(), min_size=1),
    st.dictionaries(st.text(), st.integers(), min_size=1),
)


# Codes of what a JSON Schema can see. What the property asks of a value, and the letters of
# an id, are not in it.
OF_FORM = {"E103", "E104", "E105", "E109"}


def refused(whole: Any, folder: Path) -> list[str]:
    """What the reader says of the form of an export."""
    file = folder / "data.json"
    file.write_text(json.dumps(whole), encoding="utf-8")
    _, problems = check_exported(str(file))
    return [str(p) for p in problems if p.code in OF_FORM and "is not an id" not in p.message]


def damaged(key: str, claim_key: str | None, value: Any) -> Any:
    """The small export with a key of the record, or of its first claim, put or taken away."""
    whole = copy.deepcopy(small())
    record = whole["records"]["bali-process"]
    table = record if claim_key is None else record["claims"][0]
    name = key if claim_key is None else claim_key
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
    return whole


@given(
    key=st.sampled_from([*form.IN_EXPORTS["records"], "colour"]),
    claim_key=st.none() | st.sampled_from([*form.CLAIM, "hue"]),
    value=WRONG | st.none(),
)
@example(key="", claim_key="stated_total", value=0.0)
@example(key="", claim_key="value", value=1.0)
@example(key="", claim_key="stated_total", value=2.5)
@example(key="", claim_key="stated_total", value=1e300)
@example(key="", claim_key="stated_total", value=-1.0)
@example(key="claims", claim_key=None, value=None)
def test_the_schema_of_an_export_refuses_what_the_reader_does(
    tmp_path_factory: pytest.TempPathFactory, key: str, claim_key: str | None, value: Any
) -> None:
    whole = damaged(key, claim_key, value)
    problems = refused(whole, tmp_path_factory.mktemp("export"))
    assert bool(problems) == (not validator("export.json").is_valid(whole)), problems


def test_a_whole_number_of_json_may_have_a_point(tmp_path: Path) -> None:
    """In JSON Schema 2.0 is an integer; what is read is the whole number."""
    file = tmp_path / "data.json"
    file.write_text(json.dumps(damaged("", "stated_total", 2.0)), encoding="utf-8")
    total = rcpref.load(str(file))["bali-process"].claims[0].stated_total
    assert total == 2 and isinstance(total, int)


def test_an_export_that_nobody_damaged_is_read(tmp_path: Path) -> None:
    file = tmp_path / "data.json"
    file.write_text(json.dumps(small()), encoding="utf-8")
    assert list(rcpref.load(str(file)).records) == ["bali-process"]


# Output -------------------------------------------------------------------------------

LINES: list[tuple[str, ...]] = [
    *(("list", kind) for kind in (
        "processes", "bodies", "organizations", "forums", "summits", "meetings", "documents",
        "offices", "terms", "sources", "properties", "texts", "conclusions", "themes",
        "key-points", "paragraphs", "footnotes", "headings",
    )),
    *(tuple(line.split()) for line in (
        "list", "list states --all", "list processes --member Kenya --as-of 2013-05",
        "list processes --topic labour",
        "list bodies --columns headquarters,membership_event", "show almaty-process --history",
        "show kenya --as-of 2013-05", "show colombo-process -p chair",
        "show bali-process -p members_count", "show bali-process -p topics", "search peru",
        "search IOM --in sources", "which CAN", "member kenya eritrea igad",
        "members midsa --answer all", "members igad-rcp --answer all --as-of 2013-05",
        "members bali-process --observers --answer all",
        "members european-union --changes 2013 2021", "state kenya --answer all",
        "compare midsa comesa igad-rcp", "matrix --kind process,body", "timeline",
        "map bali-process --as-of 2004", "disputes",
        "conclusions", "conclusions 5 --quote", "text", "text lima-2013/theme-2",
        "cite bali-process lima-2013/conclusion-5 mrs-45 dataset a-res-65-170", "check",
        "new process test-process", "schema", "about",
    )),
    ("show", "bali-process", "kenya", "new caledonia", "lima-2013", "mrs-45", "rcp"),
    ("state", "new caledonia"),
]  # fmt: skip


@pytest.mark.parametrize("args", sample(LINES, LINES[::5]), ids=" ".join)
def test_output_is_as_the_schemas_say(args: tuple[str, ...]) -> None:
    report = run_command(*args, "-f", "json").json
    # By that of its command it is validated whenever a test asks for JSON.
    validator("envelope").validate(report)
    name = "columns" if "--columns" in args else args[0]
    item = Draft202012Validator({"$ref": "#/$defs/item", "$defs": _defs(name)})
    for each in report["items"][:3]:
        item.validate(each)


def _defs(name: str) -> Any:
    return json.loads(run_command("schema", name).out)["$defs"]


def test_every_command_with_a_schema_is_looked_at() -> None:
    written = {"diff", "export"}  # tests of their own, which run them, validate their reports
    wanted = set(OUTPUTS) - {"envelope", "columns"} - written
    looked_at = {args[0] for args in LINES}
    assert looked_at == wanted, f"LINES in tests/test_schemas.py: {looked_at ^ wanted}"


@pytest.mark.parametrize("args", [("about",), ("show", "igc"), ("members", "sacm")], ids=" ".join)
def test_a_key_too_much_or_too_few_is_seen(args: tuple[str, ...]) -> None:
    report = run_command(*args, "-f", "json").json
    for change in ("more", "fewer"):
        changed = copy.deepcopy(report)
        if change == "more":
            changed["items"][0]["new_key"] = 1
        else:
            changed["items"][0].popitem()
        with pytest.raises(ValidationError):
            validator(args[0]).validate(changed)
