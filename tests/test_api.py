"""The public Python API: look-up, answers, what is handed out, and what it imports."""

import contextlib
import copy
import dataclasses
import datetime
import inspect
import pickle
import pydoc
import sys
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rcpref
from asking import ask, bundled, essence, records_with_members
from conftest import apart, examples, run_command, small_data
from helpers import cases
from rcpref.answers.membership.members import members_at
from rcpref.answers.time import as_of as asked_for
from rcpref.data.dataset import sha256
from rcpref.data.loading import data_folder

# Look-up ------------------------------------------------------------------------------


def test_a_record_by_its_id(data: rcpref.Dataset) -> None:
    record = data["bali-process"]
    assert record is data["bali-process"]
    assert record is data.records["bali-process"]
    assert record is data.find("Bali Process")
    assert record.claims_of("chair")
    assert {claim.property for claim in record.claims_of("chair")} == {"chair"}


@pytest.mark.parametrize(("key", "nearest"), cases({
    ("bali-process",): ["bali-proces", "Bali Process"],
    ("puebla-process",): ["RCM"],
    (): ["zzzz", ""],
}))  # fmt: skip
def test_no_record_by_that_id(data: rcpref.Dataset, key: str, nearest: tuple[str, ...]) -> None:
    with pytest.raises(rcpref.NotFound) as caught:
        data[key]
    error = caught.value
    assert isinstance(error, KeyError), "who writes data[key] expects a KeyError"
    assert str(error) == error.message == f"no record has the id {key!r}"
    assert error.nearest == nearest
    for each in nearest:
        assert each in error.hint and data.find(each).id == each
    with pytest.raises(KeyError):
        data[key]
    assert data.records.get(key) is None


def test_in_takes_an_id_or_a_record(data: rcpref.Dataset) -> None:
    assert "bali-process" in data
    assert data["bali-process"] in data
    assert "Bali Process" not in data  # an id, as in data[...]; find() takes other names
    assert "" not in data
    assert 5 not in data
    assert None not in data
    own = rcpref.Record("bali-process", "process", "Other", "Other")
    assert own not in data
    assert rcpref.Record("other", "process", "Other", "Other") not in data


def test_iterating_gives_the_records_in_order(data: rcpref.Dataset) -> None:
    assert [record.id for record in data] == list(data.records)
    assert len(list(data)) == len(data) == len(data.records) > 50
    assert all(record in data and record.id in data for record in data)
    assert all(data[record.id] is record for record in data)


@pytest.mark.parametrize("name", ["Bali Proces", "no such name"])
def test_an_unknown_name(data: rcpref.Dataset, name: str) -> None:
    asked = (
        lambda: data.find(name),
        lambda: data.find_state(name),
        lambda: data.members(name),
        lambda: data.states_of(name),
        lambda: data.member(name, "Peru"),
        lambda: data.member("SACM", name),
        lambda: data.memberships_of(name),
        lambda: data.chairs(name),
        lambda: data.values(name, "chair"),
        lambda: data.disputes(name),
        lambda: data.cite(name),
        lambda: data.claim(name),
        lambda: data.passage(name),
    )
    for put in asked:
        with pytest.raises(rcpref.NotFound) as caught:
            put()
        assert repr(name) in str(caught.value)
    if name == "Bali Proces":
        with pytest.raises(rcpref.NotFound) as caught:
            data.members(name)
        assert caught.value.nearest == ("bali-process",)


def test_a_name_that_fits_several(data: rcpref.Dataset) -> None:
    with pytest.raises(rcpref.AmbiguousName) as caught:
        data.find("Lima")
    assert set(caught.value.candidates) == {"sacm", "lima-2013"}
    assert isinstance(caught.value, rcpref.UsageProblem)


@pytest.mark.parametrize("name", ["", " ", "\t"])
def test_an_empty_name(data: rcpref.Dataset, name: str) -> None:
    for put in (data.find, data.find_state, data.members, data.memberships_of, data.cite):
        with pytest.raises(rcpref.UsageProblem, match="empty"):
            put(name)


def test_every_state_and_record_by_each_strong_name(data: rcpref.Dataset) -> None:
    for record in data:
        assert data.find(record.id) is record
    for code, country in data.countries.items():
        assert country.alpha3 == code
        assert data.find_state(code) is data.find_state(country.alpha2) is country
        assert data.find_state(country.name) is country


# Dates --------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["", " ", "yesterday", "2013-13", "2013-02-30", "13", "2014/2013"])
def test_a_date_that_is_none(data: rcpref.Dataset, date: str) -> None:
    """An empty one, too: it is not what is last known, and not the date of the data."""
    asked = (
        lambda: data.members("SACM", date),
        lambda: data.states_of("SACM", date),
        lambda: data.member("SACM", "Peru", date),
        lambda: data.memberships_of("Peru", date),
        lambda: data.chairs("SACM", date),
        lambda: data.values("SACM", "chair", date),
        lambda: data.search("Peru", as_of=date),
        lambda: data.export("never-written.zip", as_of=date),
        lambda: rcpref.parse_date(date),
    )
    for put in asked:
        with pytest.raises(rcpref.DateError) as caught:
            put()
        assert repr(date) in str(caught.value)
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("word", ["today", "now", "Today"])
def test_today_is_the_date_of_the_data(data: rcpref.Dataset, word: str) -> None:
    assert data.members("SACM", word) == data.members("SACM", data.date)
    assert data.members("SACM", word).as_of == data.date == data.info.date
    assert data.memberships_of("Peru", word) == data.memberships_of("Peru", data.date)
    assert data.chairs("SACM", word) == data.chairs("SACM", data.date)
    assert data.values("SACM", "status", word) == data.values("SACM", "status", data.date)


def test_without_a_date_it_is_as_last_known(data: rcpref.Dataset) -> None:
    """The list of MIDCAS is of 2015: the last that is known, and too old to hold today."""
    known, now = data.members("midcas"), data.members("midcas", "today")
    assert (known.as_of, known.last_known) == (None, "2015")
    assert repr(known) == "<Members of midcas as last known: 10 certain>"
    assert {answer.last_known for answer in known.values()} == {"2015"}
    assert list(now) == []
    assert now.last_known is None
    assert set(now.uncertain) == set(known)
    assert known != now
    assert data.member("midcas", "Chad").answer == "yes"
    assert data.member("midcas", "Chad", "today").answer == "possible"
    assert data.memberships_of("Chad")["midcas"] == data.member("midcas", "Chad")
    (holder,) = data.chairs("SACM")
    assert (holder.states, holder.last_known) == (("BRA",), "2025-11-19")
    (value,) = data.values("midcas", "status")
    assert (value.item, value.basis, value.last_known) == ("dormant", "at", "2016")


def test_what_is_undated_has_no_date(data: rcpref.Dataset) -> None:
    members = data.members("arcp")
    assert len(members) == 22
    assert members.last_known is None
    assert {(answer.basis, answer.last_known) for answer in members.values()} == {("undated", None)}


# What is handed out -------------------------------------------------------------------


def changed(data: rcpref.Dataset) -> rcpref.Change:
    """What has come to the data since they had one claim less."""
    plain = {key: dict(part) for key, part in data.document.items()}
    plain["claims"]["sacm"] = plain["claims"]["sacm"][1:]
    (change,) = data.changes_since(rcpref.Dataset(plain))
    return change


@cache
def handed_out(data: rcpref.Dataset) -> dict[str, Any]:
    """One of each public kind of value that asking gives."""
    passages = list(data.passages())
    return {
        "Answer": data.member("SACM", "Peru"),
        "Author": next(each for s in data.sources.values() for each in s.author),
        "ChairTerm": data.chair_terms("SACM")[0],
        "Change": changed(data),
        "Claim": data["sacm"].claims[0],
        "Compared": data.compare("SACM", "MIDSA")[0],
        "Country": data.countries["PER"],
        "Dataset": data,
        "DatasetInfo": data.info,
        "Dispute": data.disputes()[0],
        "Emphasis": next(each for p in passages for each in p.emphasis),
        "Finding": data.check()[0],
        "Happening": data.timeline("SACM")[0],
        "Hit": data.search("evidence base")[0],
        "Holder": data.chairs("SACM", "2013")[0],
        "Interval": rcpref.parse_date("2013-05"),
        "MemberChange": data.changes("EU", "2013", "2021")[0],
        "MemberRow": data.members("SACM", "2013").rows()[0],
        "Members": data.members("SACM", "2013"),
        "Mention": next(each for p in passages for each in p.mentions),
        "Note": next(each for p in passages for each in p.notes),
        "Overlap": data.edges("2013")[0],
        "PanelRow": data.panel("2013", "2013")[0],
        "Passage": data.passage("lima-2013/conclusion-5"),
        "Property": data.properties["members"],
        "Record": data["sacm"],
        "Spell": data.spells()[0],
        "Standing": data.member("IGAD", "Eritrea").standing[0],
        "Source": data.sources[data["sacm"].claims[0].source],
        "Text": data.texts["lima-2013"],
        "Value": data.values("SACM", "founded")[0],
        "Written": rcpref.Written("a.json", 2, "0" * 64),
    }


ERRORS = {
    "AmbiguousName": rcpref.AmbiguousName("one", "two", ["a", "b"]),
    "DataError": rcpref.DataError("one", "two"),
    "DateError": rcpref.DateError("one", "two"),
    "NotFound": rcpref.NotFound("one", "two", ["a", "b"]),
    "OutputError": rcpref.OutputError("one"),
    "RcprefError": rcpref.RcprefError("one", "two"),
    "UsageProblem": rcpref.UsageProblem("one", "two"),
}

FUNCTIONS = {"load", "parse_date", "when"}

VALUES = sorted({*rcpref.__all__} - {*ERRORS} - FUNCTIONS - {"__version__"})


def test_each_public_name_is_looked_at_here(data: rcpref.Dataset) -> None:
    found = handed_out(data)
    assert sorted(found) == VALUES, "a new public name: add one of it to handed_out"
    for name, value in found.items():
        assert type(value) is getattr(rcpref, name)
    for name, error in ERRORS.items():
        assert type(error) is getattr(rcpref, name)


def fields_of(value: Any) -> list[str]:
    if dataclasses.is_dataclass(value):
        return [field.name for field in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return list(type(value)._fields)  # type: ignore[attr-defined]
    return ["document", "overlay", "records", "countries", "info", "digest", "date", "_digest"]


@pytest.mark.parametrize("name", VALUES)
def test_nothing_can_be_assigned(data: rcpref.Dataset, name: str) -> None:
    value = handed_out(data)[name]
    assert fields_of(value)
    for field in fields_of(value):
        before = getattr(value, field)
        with pytest.raises(AttributeError):
            setattr(value, field, None)
        assert getattr(value, field) is before
    # A dataclass with slots, as a frame is, raises TypeError in Python 3.11.
    with pytest.raises((AttributeError, TypeError)):
        value.own = 1


def leaves(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """What an object is made of in the end, each with the place where it was found."""
    if isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from leaves(part, f"{place}[{index}]")
    elif dataclasses.is_dataclass(value) and not isinstance(value, rcpref.Members):
        for field in dataclasses.fields(value):
            yield from leaves(getattr(value, field.name), f"{place}.{field.name}")
    elif isinstance(value, Mapping):
        assert not isinstance(value, MutableMapping), place
        for key in value:
            yield from leaves(value[key], f"{place}[{key!r}]")
    else:
        yield place, value


def test_nothing_that_can_be_changed_is_shared(data: rcpref.Dataset) -> None:
    """No list or dict in a record, text or answer: one caller cannot change it for others."""
    parts = {
        "records": data.records,
        "sources": data.sources,
        "countries": data.countries,
        "properties": data.properties,
        "texts": data.texts,
        "info": data.info,
        "members": data.members("SACM"),
        "answers": data.members("SACM").answers,
        "uncertain": data.members("abu-dhabi-dialogue", "2013-05").uncertain,
        "states_of": data.states_of("SACM"),
        "disputes": tuple(data.disputes()),
        "chairs": tuple(data.chairs("IGC", "2013-05")),
        "values": tuple(data.values("IGC", "members")),
        "findings": tuple(data.check()),
        "compared": tuple(data.compare("SACM", "IGC")),
        "matrix": tuple(data.matrix(as_of="2013")),
    }
    found = [leaf for name, part in parts.items() for leaf in leaves(part, name)]
    assert len(found) > 10_000
    for place, value in found:
        assert isinstance(value, str | int | float | datetime.date | None), place


@pytest.mark.parametrize(
    "read_only",
    ["records", "sources", "countries", "properties", "texts", "members", "answers", "uncertain"],
)
def test_a_mapping_takes_nothing(data: rcpref.Dataset, read_only: str) -> None:
    members = data.members("abu-dhabi-dialogue", "2013-05")
    found = members if read_only == "members" else getattr(data, read_only, None)
    mapping: Any = found if found is not None else getattr(members, read_only)
    before = dict(mapping)
    with pytest.raises(TypeError):
        mapping["XXX"] = None
    with pytest.raises(TypeError):
        del mapping[next(iter(mapping))]
    for method in ("clear", "pop", "popitem", "setdefault", "update"):
        assert not hasattr(mapping, method)
    assert dict(mapping) == before
    assert len(mapping) == len(before) > 0
    assert "XXX" not in mapping
    with pytest.raises(KeyError):
        mapping["XXX"]


def tables_in(value: Any) -> Iterator[Any]:
    """Every table of plain data, the one that holds the others first."""
    if isinstance(value, Mapping):
        yield value
        for part in value.values():
            yield from tables_in(part)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for part in value:
            yield from tables_in(part)


CHANGES: dict[str, Callable[[Any], Any]] = {
    "assign": lambda table: table.__setitem__("own", "x"),
    "delete": lambda table: table.__delitem__(next(iter(table))),
    "merge": lambda table: table.__ior__({"own": "x"}),
    "clear": lambda table: table.clear(),
    "pop": lambda table: table.pop(next(iter(table))),
    "popitem": lambda table: table.popitem(),
    "setdefault": lambda table: table.setdefault("own", "x"),
    "update": lambda table: table.update(own="x"),
}


@pytest.mark.parametrize("kind", ["baked", "folder", "overlay", "copied"])
def test_no_table_of_the_plain_data_takes_anything(overlay: Path, kind: str) -> None:
    """What is written there would be answered, under the digest of the data."""
    loaded: dict[str, Callable[[], rcpref.Dataset]] = {
        "baked": rcpref.load,
        "folder": lambda: rcpref.load(small_data()),
        "overlay": lambda: rcpref.load(overlay=overlay),
        "copied": lambda: pickle.loads(pickle.dumps(rcpref.load())),
    }
    data = loaded[kind]()
    tables = list(filter(len, tables_in(data.document)))
    assert len(tables) > 300
    for table in tables:
        for name, change in CHANGES.items():
            with contextlib.suppress(TypeError, AttributeError):
                change(table)
                pytest.fail(f"{name}: {table!r:.80}")
    assert all(isinstance(each, tuple) for each in data.document["claims"].values())
    plain = {key: dict(part) for key, part in data.document.items()}
    assert rcpref.Dataset(plain).digest == data.digest


def test_a_list_handed_out_is_the_callers_own(data: rcpref.Dataset) -> None:
    asked: list[Callable[[], Any]] = [
        lambda: data.chairs("IGC", "2013-05"),
        lambda: data.values("IGC", "members"),
        lambda: data.disputes(),
        lambda: data.memberships_of("Peru"),
        lambda: data.of_kind("process"),
        lambda: data.passages_naming(state="PER"),
        lambda: data.search("Peru"),
        lambda: data.check(),
    ]
    for put in asked:
        first = put()
        assert first
        first.clear()
        assert put()


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("protocol", [2, pickle.HIGHEST_PROTOCOL])
def test_all_can_be_pickled_and_copied(data: rcpref.Dataset, name: str, protocol: int) -> None:
    value = handed_out(data)[name]
    for same in (
        pickle.loads(pickle.dumps(value, protocol)),
        copy.copy(value),
        copy.deepcopy(value),
    ):
        assert type(same) is type(value)
        assert same == value
        assert repr(same) == repr(value)
        if name not in UNHASHABLE:
            assert hash(same) == hash(value)
            assert {same, value} == {value}


UNHASHABLE = {"Change", "Compared", "Members"}
"""Mappings, what holds one, and what holds many rows."""


@pytest.mark.parametrize("name", sorted(UNHASHABLE))
def test_what_has_no_hash(data: rcpref.Dataset, name: str) -> None:
    with pytest.raises(TypeError, match="unhashable"):
        hash(handed_out(data)[name])


def test_mappings_can_be_pickled(data: rcpref.Dataset) -> None:
    members = data.members("abu-dhabi-dialogue", "2013-05")
    mappings: list[Mapping[str, Any]] = [members, members.answers, members.uncertain]
    for mapping in (*mappings, data.records, data.countries, data.texts):
        for same in (pickle.loads(pickle.dumps(mapping)), copy.deepcopy(mapping)):
            assert same == mapping
            assert list(same) == list(mapping)


@pytest.mark.parametrize("name", ERRORS)
def test_errors_can_be_pickled(name: str) -> None:
    error = ERRORS[name]
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(same) is type(error)
        assert vars(same) == vars(error)
        assert (same.message, same.hint) == (error.message, error.hint)
        assert str(same) == str(error) == "one"
        assert same.exit_code == error.exit_code


def test_what_is_equal(data: rcpref.Dataset) -> None:
    again = rcpref.load(data_folder())
    assert again == data and hash(again) == hash(data) and again is not data
    assert dict(again.records) == dict(data.records)
    assert len({again, data}) == 1
    assert data != data.document
    members = data.members("SACM", "2013")
    assert members == again.members("SACM", "2013") == dict(members)
    assert members != data.members("SACM", "2013-05"), "asked for another date"
    # Both have no certain member, and are two answers all the same.
    assert not data.members("SACM", "1900") and not data.members("IGC", "1900")
    assert data.members("SACM", "1900") != data.members("IGC", "1900")


def test_answers_are_not_true_or_false(data: rcpref.Dataset) -> None:
    for answer in data.members("abu-dhabi-dialogue", "2013-05").answers.values():
        with pytest.raises(TypeError, match=r"\.certain"):
            bool(answer)
        with pytest.raises(TypeError, match=r"\.certain"):
            assert answer
        assert answer.certain is (answer.answer == "yes")


# Answers ------------------------------------------------------------------------------

RECORDS = st.sampled_from(records_with_members())
DATES = st.one_of(
    st.none(),
    st.dates(datetime.date(1945, 1, 1), datetime.date(2035, 12, 31)).flatmap(
        lambda day: st.sampled_from([day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]])
    ),
    st.tuples(st.integers(1945, 2035), st.integers(0, 20)).map(
        lambda pair: f"{pair[0]}-06/{pair[0] + pair[1]}-10"
    ),
)


@settings(max_examples=examples(6))
@given(RECORDS, DATES)
def test_members_are_those_of_the_rules(name: str, date: str | None) -> None:
    data = bundled()
    asked = asked_for(date, data.date)
    wanted = members_at(data, data[name], asked)
    found = data.members(name, date)
    assert found.record == name
    assert found.as_of == asked.text
    assert found.answers == wanted == data.states_of(name, date)
    assert list(found.answers) == sorted(wanted)
    assert list(found) == [state for state in wanted if wanted[state].answer == "yes"]
    assert len(found) == len(list(found))
    assert dict(found) == {state: wanted[state] for state in found}
    assert dict(found.uncertain) == {
        state: answer for state, answer in wanted.items() if answer.answer not in ("yes", "no")
    }
    for state, answer in wanted.items():
        assert (state in found) is (answer.answer == "yes")
        assert data.member(name, state, date) == answer
        assert data.memberships_of(state, date)[name] == answer
    whole = [c.complete is not False for c in data[name].claims_of("members")]
    assert found.whole is any(whole)


def plain(found: Any, claims: Sequence[rcpref.Claim]) -> dict[str, Any]:
    """An answer, a holder or a value as `essence` gives that of the command."""
    said = {key: getattr(found, key) for key in ("answer", "basis", "reason", "last_known")}
    return {**said, "refs": [claim.ref for claim in claims]}


@pytest.mark.parametrize(
    ("state", "date"), [("Kenya", "2013-05"), ("TR", None), ("Swaziland", "2005"), ("GBR", "2021")]
)
def test_memberships_are_those_of_the_command(
    data: rcpref.Dataset, state: str, date: str | None
) -> None:
    as_of = ("--as-of", date) if date is not None else ()
    code = data.find_state(state).alpha3
    wanted = {
        item["id"]: essence(item)
        for item in ask("state", state, "--answer", "all", *as_of)["items"]
        if item["capacity"] == "member" and item["state"] == code
    }
    memberships = data.memberships_of(state, date)
    found = {key: plain(answer, answer.rests_on) for key, answer in memberships.items()}
    assert found
    assert found == {key: wanted[key] for key in found}
    # What the command has beyond them: records whose claims have never named the State.
    for key in wanted.keys() - found.keys():
        answer = data.member(key, state, date)
        assert wanted[key] == plain(answer, answer.rests_on)
        assert wanted[key]["answer"] in ("no", "unknown")


@pytest.mark.parametrize("name", ["lima-2013", "gfmd", "rcp", "srsg-migration"])
def test_what_has_no_members_says_so(data: rcpref.Dataset, name: str) -> None:
    """An empty answer would say that it has none at that date."""
    for ask_it in (
        lambda: data.members(name),
        lambda: data.states_of(name),
        lambda: data.member(name, "KEN"),
    ):
        with pytest.raises(rcpref.NotFound) as caught:
            ask_it()
        assert "which has no members" in str(caught.value)
        assert data[name].kind in str(caught.value)
    assert run_command("members", name, code=1).err == (
        f"rcpref: error: {caught.value}\nhint: {caught.value.hint}\n"
    )


def test_a_name_is_looked_for_among_what_has_members(data: rcpref.Dataset) -> None:
    """Lima is the Process and the meeting; a meeting has no members."""
    assert data.members("Lima").record == "sacm"
    assert [item["id"] for item in ask("members", "Lima")["items"]] == list(data.members("Lima"))


@pytest.mark.parametrize(
    ("name", "date"),
    [("igc", "2013-05"), ("colombo-process", None), ("colombo-process", "2022"), ("gfmd", "2013")],
)
def test_chairs_are_those_of_the_command(data: rcpref.Dataset, name: str, date: str | None) -> None:
    as_of = ("--as-of", date) if date is not None else ()
    items = ask("show", name, "-p", "chair", *as_of)["items"]
    found = data.chairs(name, date)
    assert [(item["value"], essence(item)) for item in items] == [
        (state, plain(holder, holder.rests_on)) for holder in found for state in holder.states
    ]
    assert found


@pytest.mark.parametrize("name", ["lima-2013", "european-union", "hld-2013"])
def test_what_has_no_changing_chair_says_so(data: rcpref.Dataset, name: str) -> None:
    with pytest.raises(rcpref.NotFound, match="which has no chair that changes"):
        data.chairs(name)


def test_the_one_chair_of_a_meeting_is_a_value(data: rcpref.Dataset) -> None:
    assert [value.item for value in data.values("lima-2013", "chair")] == ["PER"]


@pytest.mark.parametrize(("name", "key", "date"), [
    ("bali-process", "members", "2013"),
    ("bali-process", "founded", None),
    ("igc", "chair", "2013-05"),
    ("puebla-process", "observers", "2013"),
    ("lima-2013", "city", None),
    ("colombo-process", "secretariat", "2013-05"),
    ("colombo-process", "members_count", None),
])  # fmt: skip
def test_values_are_those_of_the_command(
    data: rcpref.Dataset, name: str, key: str, date: str | None
) -> None:
    as_of = ("--as-of", date) if date is not None else ()
    items = ask("show", name, "-p", key, *as_of)["items"]
    found = data.values(name, key, date)
    if key in ("members", "observers"):
        # The command names what is not certain on standard error.
        found = [value for value in found if value.answer == "yes"]
    assert found
    assert [(str(item["value"]), essence(item)) for item in items] == [
        (value.item, plain(value, value.claims)) for value in found
    ]


def test_a_property_that_is_none(data: rcpref.Dataset) -> None:
    for key in ("", "no-such-property", "Members"):
        with pytest.raises(rcpref.UsageProblem, match="no property"):
            data.values("SACM", key)
    # A property of other kinds of records: nothing is claimed.
    assert data.values("SACM", "city") == []


@pytest.mark.parametrize("name", [None, "abu-dhabi-dialogue", "oas", "lima-2013"])
def test_disputes_are_those_of_the_command(data: rcpref.Dataset, name: str | None) -> None:
    items = ask("disputes", *([name] if name else []))["items"]
    wanted = [
        (each["record"], each["property"], each["reason"], [c["ref"] for c in each["claims"]])
        for each in items
    ]
    assert wanted == [
        (each.record, each.property, each.reason, [claim.ref for claim in each.claims])
        for each in data.disputes(name)
    ]


# Claims and passages ------------------------------------------------------------------


def test_a_claim_by_its_reference(data: rcpref.Dataset) -> None:
    every = list(data.claims())
    assert every == [claim for record in data for claim in record.claims]
    assert len({claim.ref for claim in every}) == len(every)
    for claim in every[::37]:
        assert data.claim(claim.ref) is claim
    with pytest.raises(rcpref.NotFound):
        data.claim(f"{every[0].ref}#9")


def test_a_passage_by_its_reference(data: rcpref.Dataset) -> None:
    every = list(data.passages())
    assert len(every) == len({passage.ref for passage in every})
    for passage in every:
        assert data.passage(passage.ref) is passage
        assert passage in data.texts[passage.text_id].passages
    with pytest.raises(rcpref.NotFound):
        data.passage("lima-2013/conclusion-6")


def test_when_a_claim_speaks(data: rcpref.Dataset) -> None:
    claim = rcpref.Claim("x", "chair", ("PER",), "s", from_="2012-03", until="2013")
    found = rcpref.when(claim)
    assert found is not None
    assert (found.first, found.last) == (datetime.date(2012, 3, 1), datetime.date(2013, 12, 31))
    assert rcpref.when(rcpref.Claim("x", "chair", ("PER",), "s")) is None
    for each in data.claims():
        assert (rcpref.when(each) is None) is (each.date == "")


# Search, citation, checks, export -----------------------------------------------------


@pytest.mark.parametrize(("words", "options", "args"), [
    ("evidence base", {}, ()),
    ("migra* AND health", {"places": ["claims"]}, ("--in", "claims")),
    ("peru", {"property": "chair"}, ("--property", "chair")),
    ("trafficking", {"kinds": ["process"], "limit": 3}, ("--kind", "process", "--limit", "3")),
    ("chair", {"as_of": "2013-05", "limit": 50}, ("--as-of", "2013-05", "--limit", "50")),
])  # fmt: skip
def test_hits_are_those_of_the_command(
    data: rcpref.Dataset, words: str, options: dict[str, Any], args: tuple[str, ...]
) -> None:
    items = ask("search", words, *args)["items"]
    found = data.search(words, **options)
    assert [(i["ref"], i["type"], i["record"], i["title"], i["snippet"]) for i in items] == [
        (hit.ref, hit.type, hit.record, hit.title, hit.snippet) for hit in found
    ]
    assert found
    assert sorted(found, key=lambda hit: -hit.score) == found


def test_a_search_without_a_hit_is_empty(data: rcpref.Dataset) -> None:
    """No hit is an answer here, as in any list; the command ends with 1."""
    assert data.search("zzqqxx") == []
    run_command("search", "zzqqxx", code=1)
    for words in ("", " ", "...", '""'):
        with pytest.raises(rcpref.UsageProblem):
            data.search(words)


@pytest.mark.parametrize("style", ["text", "bibtex", "csl-json", "ris"])
def test_citations_are_those_of_the_command(data: rcpref.Dataset, style: str) -> None:
    claim = data["bali-process"].claims[0]
    for ref in ("lima-2013/conclusion-5", "lima-2013", "Bali Process", "dataset", claim.ref):
        assert run_command("cite", ref, "--style", style).out == data.cite(ref, style) + "\n"


def test_a_style_that_is_none(data: rcpref.Dataset) -> None:
    for style in ("", "no-such-style"):
        with pytest.raises(rcpref.UsageProblem):
            data.cite("lima-2013", style)


def test_findings_are_those_of_the_command(data: rcpref.Dataset) -> None:
    assert [each._asdict() for each in data.check()] == ask("check")["items"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("target", ["data.json", "tables.zip", "data.sqlite"])
def test_an_export_is_that_of_the_command(tmp_path: Path, target: str) -> None:
    data = rcpref.load()
    path = str(tmp_path / target)
    as_of = None if target.endswith(".json") else "2013-05"
    written = data.export(path, as_of=as_of)
    content = Path(path).read_bytes()
    assert written == (path, len(content), sha256(content))
    with pytest.raises(rcpref.OutputError):
        data.export(path, as_of=as_of)
    data.export(path, as_of=as_of, force=True)
    run_command("export", path, "--force", *(("--as-of", as_of) if as_of else ()))
    assert Path(path).read_bytes() == content


# Questions that cannot be put ---------------------------------------------------------


WHAT: dict[str, dict[str, Any]] = {
    "a capacity": {"capacity": "members"},
    "a claim": {"claim": rcpref.load()["sacm"].claims[0]},
    "a data set": {"older": rcpref.load()},
    "a date": dict.fromkeys(("as_of", "start", "end", "first", "second", "text"), "2013"),
    "a kind": {"kind": "process", "kinds": "process"},
    "a limit": {"limit": 3},
    "a name": {"name": "sacm", "names": "sacm", "record": "sacm", "state": "Peru"},
    "a path": dict.fromkeys(("path", "overlay", "target"), "never-written.zip"),
    "a place": {"places": "claims"},
    "a property": {"property": "chair", "key": "chair"},
    "a query": {"words": "peru"},
    "a range of years": {"years": "2013.."},
    "a reference": {"ref": "lima-2013/conclusion-5"},
    "a style": {"style": "text"},
    "a unit": {"by": "year"},
    "an event": {"events": "meeting"},
    "an interval": {"other": rcpref.parse_date("2013")},
}
"""The parameters of the public API with a good value each, by what errors call them."""

GOOD = {name: value for each in WHAT.values() for name, value in each.items()}
WRONG: list[object] = [None, 5, 2.5, True, b"sacm", ["sacm"], [None], {}, {3}, "x" * 999]


@cache
def questions() -> dict[str, Callable[..., object]]:
    """Every public function, and every method of a public kind of value, that takes anything."""
    found: dict[str, Callable[..., object]] = {
        name: getattr(rcpref, name) for name in sorted(FUNCTIONS)
    }
    found["Dataset[...]"] = rcpref.load().__getitem__
    for name, value in handed_out(rcpref.load()).items():
        for method in (each for each in dir(value) if not each.startswith("_")):
            asked = getattr(value, method)
            if inspect.ismethod(asked) and asked.__module__.startswith("rcpref."):
                found[f"{name}.{method}"] = asked
    return found


def parameters() -> list[tuple[str, str]]:
    """Each of their parameters that is no mere switch."""
    return [
        (question, name)
        for question, asked in questions().items()
        for name, each in inspect.signature(asked).parameters.items()
        if each.annotation != "bool"
    ]


def is_right(value: object, parameter: inspect.Parameter) -> bool:
    """Whether a value is of a type that a parameter takes."""
    taken = str(parameter.annotation)
    if value is None:  # of bases and events, all
        return "None" in taken or parameter.name in ("basis", "events")
    if isinstance(value, list | dict | set):
        return "Sequence" in taken and all(isinstance(each, str) for each in value)
    if isinstance(value, str):
        return "str" in taken
    return type(value) is int and "int" in taken.split(" | ")


@pytest.mark.parametrize(("question", "parameter"), parameters())
def test_what_is_of_a_wrong_type_is_told_in_plain_words(question: str, parameter: str) -> None:
    """A gap in somebody's table, or a number, is told, not looked for."""
    asked = questions()[question]
    every = inspect.signature(asked).parameters
    what = next(what for what, names in WHAT.items() if parameter in names)
    what = "a name" if question == "Dataset[...]" else what
    for wrong in WRONG:
        if is_right(wrong, every[parameter]):
            continue
        places: list[Any] = []
        given: dict[str, Any] = {}
        for name, each in every.items():
            value = wrong if name == parameter else GOOD.get(name)
            if each.kind is each.VAR_POSITIONAL:
                places.append(value)
            elif name == parameter or each.default is each.empty:
                given[name] = value
        with pytest.raises((TypeError, ValueError), match=f"^{what} is ") as caught:
            asked(*places, **given)
        assert isinstance(caught.value, ValueError if parameter == "limit" else TypeError)
        assert len(str(caught.value)) < 200


@pytest.mark.parametrize(("options", "words"), cases({
    "no place 'text'": [{"places": ["text"]}, {"places": "text"}],
    "no kind 'processes'": [{"kinds": ["processes"]}],
    "no kind 'state'": [{"kinds": ["state"]}],
    "no property 'chairs'": [{"property": "chairs"}],
    "the limit cannot be 0": [{"limit": 0}],
    "the limit cannot be -1": [{"limit": -1}],
}))  # fmt: skip
def test_a_search_where_nothing_can_be(
    data: rcpref.Dataset, options: dict[str, Any], words: str
) -> None:
    """No hit would read as an answer."""
    with pytest.raises(rcpref.UsageProblem, match=words) as caught:
        data.search("Peru", **options)
    assert caught.value.hint


def test_one_word_is_not_its_letters(data: rcpref.Dataset) -> None:
    assert data.search("Peru", places="claims") == data.search("Peru", places=["claims"])
    assert data.search("Peru", kinds="process") == data.search("Peru", kinds=["process"])


@pytest.mark.parametrize("kind", ["", "processes", "state", "Process"])
def test_records_of_a_kind_that_is_none(data: rcpref.Dataset, kind: str) -> None:
    with pytest.raises(rcpref.UsageProblem) as caught:
        data.of_kind(kind)
    assert "process" in caught.value.hint


def test_records_of_each_kind(data: rcpref.Dataset) -> None:
    kinds = list(dict.fromkeys(record.kind for record in data))
    assert [record for kind in kinds for record in data.of_kind(kind)] == list(data)


def test_passages_that_name_something(data: rcpref.Dataset) -> None:
    by_code = data.passages_naming(state="PER")
    assert by_code == data.passages_naming(state="Peru")
    assert by_code == [p for p in data.passages() if any(m.state == "PER" for m in p.mentions)]
    by_id = data.passages_naming("bali-process")
    assert by_id == data.passages_naming(record="Bali Process")
    assert by_id and set(data.passages_naming("Bali Process", "Peru")) == {*by_id, *by_code}
    with pytest.raises(rcpref.NotFound):
        data.passages_naming("no such name")
    with pytest.raises(rcpref.UsageProblem):
        data.passages_naming()


def test_the_vocabulary(data: rcpref.Dataset) -> None:
    for key, each in data.properties.items():
        assert (data.label_of(key), data.type_of(key)) == (each.label, each.type)
    assert data.version == data.info.version
    assert data.date == data.info.date
    assert len(data.digest) == 64 and set(data.digest) <= set("0123456789abcdef")


# Representations ----------------------------------------------------------------------


@pytest.mark.parametrize("name", VALUES)
def test_a_value_says_in_one_line_what_it_is(data: rcpref.Dataset, name: str) -> None:
    words = repr(handed_out(data)[name])
    assert name in words
    assert "\n" not in words
    assert " object at 0x" not in words
    assert len(words) < 500


def test_no_value_is_a_wall_of_text(data: rcpref.Dataset) -> None:
    every: list[tuple[int, list[Any]]] = [
        (200, list(data)),
        (200, list(data.claims())),
        (200, list(data.passages())),
        (200, list(data.texts.values())),
        (200, list(data.sources.values())),
        (100, list(data.countries.values())),
        (100, list(data.properties.values())),
        (100, [data, data.info]),
        (100, [data.records, data.texts, data.members("SACM"), data.members("SACM").answers]),
        (200, [rcpref.Written("a.zip", 10**6, "0" * 64)]),
        # With as many claims as it rests on.
        (1000, list(data.members("Abu Dhabi Dialogue", "2013").answers.values())),
        (1000, list(data.disputes())),
    ]
    for most, values in every:
        for value in values:
            assert len(repr(value)) <= most, repr(value)
    assert repr(data.texts) == "<1: lima-2013>"
    assert repr(data.records).endswith(", ...>")
    assert repr(data.members("Abu Dhabi Dialogue", "2013-05")).endswith(
        f"at 2013-05: {len(data.members('Abu Dhabi Dialogue', '2013-05'))} certain, "
        f"{len(data.members('Abu Dhabi Dialogue', '2013-05').uncertain)} uncertain>"
    )


# Loading ------------------------------------------------------------------------------


@pytest.fixture
def overlay() -> Path:
    """A folder of claims and of a record of its own."""
    return Path(__file__).with_name("fixtures") / "overlay"


def test_a_data_set_with_an_overlay(data: rcpref.Dataset, overlay: Path) -> None:
    own = rcpref.load(overlay=str(overlay))
    assert own.overlay == str(overlay)
    assert own["own-process"].overlay
    assert not own["sacm"].overlay
    assert own != data
    assert own["sacm"] == data["sacm"]
    assert sorted(own.members("Own Process", "2024")) == ["BGD", "KEN", "UGA"]
    assert own["own-process"].claims[0].source.startswith("overlay:")
    for same in (pickle.loads(pickle.dumps(own)), copy.copy(own), copy.deepcopy(own)):
        assert same == own and same.overlay == own.overlay
        assert same["own-process"] == own["own-process"]
    assert rcpref.load() == data, "what an overlay adds stays with it"


def test_paths_may_be_of_pathlib(overlay: Path, tmp_path: Path) -> None:
    assert rcpref.load(Path(small_data())) == rcpref.load(str(small_data()))
    own = rcpref.load(overlay=overlay)
    assert own.overlay == str(overlay)
    assert own == rcpref.load(overlay=str(overlay))
    assert own.export(tmp_path / "own.json").path == str(tmp_path / "own.json")
    again = rcpref.load(tmp_path / "own.json")
    assert again == own and again["own-process"].overlay


@pytest.mark.parametrize("path", ["", "no-such-folder"])
@pytest.mark.parametrize("which", ["path", "overlay"])
def test_data_that_are_not_there(which: str, path: str) -> None:
    """An empty path, too: it is not that of the bundled data."""
    with pytest.raises(rcpref.DataError) as caught:
        rcpref.load(**{which: path})
    assert caught.value.exit_code == 3 and caught.value.hint


def test_the_environment_is_for_the_command_alone(
    data: rcpref.Dataset, overlay: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RCPREF_DATA", str(overlay))
    assert rcpref.load() == data
    assert rcpref.load().overlay is None


# The module ---------------------------------------------------------------------------


def test_the_public_names() -> None:
    assert rcpref.__all__ == sorted(set(rcpref.__all__))
    assert dir(rcpref) == sorted(rcpref.__all__)
    assert {*rcpref._HOMES} == {*rcpref.__all__}
    taken: dict[str, Any] = {}
    exec("from rcpref import *", taken)
    assert {*taken} - {"__builtins__"} == {*rcpref.__all__}
    for name in rcpref.__all__:
        assert taken[name] is getattr(rcpref, name)


@pytest.mark.parametrize("name", ["nothing", "Load", "parse", "__wrapped__", ""])
def test_a_name_that_the_module_has_not(name: str) -> None:
    with pytest.raises(AttributeError, match="module 'rcpref' has no attribute"):
        getattr(rcpref, name)
    assert not hasattr(rcpref, name)


def test_help_tells_of_each_public_name() -> None:
    words = pydoc.render_doc(rcpref, renderer=pydoc.plaintext)  # type: ignore[attr-defined]
    for name in {*rcpref.__all__} - {"__version__"}:
        assert name in words


LOOK = """
import sys
import rcpref
def taken(*more):
    own = {each for each in sys.modules if each.partition(".")[0] == "rcpref"}
    print(*sorted(own | ({"rich", "typer", "sqlite3", "tomli", "click"} & set(sys.modules))))
taken()
data = rcpref.load()
taken()
len(data), "sacm" in data, data["sacm"].claims, data.find("SACM"), data.members("SACM", "2013")
data.chairs("SACM"), data.values("SACM", "members"), data.memberships_of("Peru"), data.disputes()
taken()
"""


@pytest.mark.process
def test_modules_are_imported_when_they_are_asked_for() -> None:
    done = apart([sys.executable, "-c", LOOK])
    assert done.returncode == 0, done.stderr.decode()
    first, loaded, asked = done.stdout.decode().splitlines()
    assert first == "rcpref"
    for line in (loaded, asked):
        assert not {"rich", "typer", "sqlite3", "tomli", "click"} & set(line.split())
        assert "rcpref.data.document" not in line.split()
    # What would tell, were the program blind.
    assert "rcpref.data.dataset" in loaded.split()
    assert "rcpref.answers.names" in asked.split()
