"""The public Python API: look-up, answers, what is handed out, and what it imports."""

import datetime

import pytest

import rcpref

# Look-up ------------------------------------------------------------------------------


def test_a_record_by_its_id(data: rcpref.Dataset) -> None:
    record = data["bali-process"]
    assert record is data["bali-process"]
    assert record is data.records["bali-process"]
    assert record is data.find("Bali Process")
    assert record.claims_of("chair")
    assert {claim.property for claim in record.claims_of("chair")} == {"chair"}


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("bali-proces", ("bali-process",)),
        ("Bali Process", ("bali-process",)),
        ("RCM", ("puebla-process",)),
        ("zzzz", ()),
        ("", ()),
    ],
)
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
    for ask in asked:
        with pytest.raises(rcpref.NotFound) as caught:
            ask()
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
    for ask in (data.find, data.find_state, data.members, data.memberships_of, data.cite):
        with pytest.raises(rcpref.UsageProblem, match="empty"):
            ask(name)


@pytest.mark.parametrize("name", [None, 5, float("nan"), b"sacm"])
def test_a_name_that_is_no_text(data: rcpref.Dataset, name: object) -> None:
    """A gap in somebody's table is told, not looked for."""
    for ask in (data.find, data.find_state, data.members, data.__getitem__):
        with pytest.raises(TypeError, match="a name is text"):
            ask(name)  # type: ignore[index]


def test_every_state_and_record_by_each_strong_name(data: rcpref.Dataset) -> None:
    for record in data:
        assert data.find(record.id) is record
    for code, country in data.countries.items():
        assert country.alpha3 == code
        assert data.find_state(code) is data.find_state(country.alpha2) is country
        assert data.find_state(country.name) is country


# Dates --------------------------------------------------------------------------------


@pytest.mark.parametrize("date", ["", " ", "today", "2013-13", "2013-02-30", "13", "2014/2013"])
def test_a_date_that_is_none(data: rcpref.Dataset, date: str) -> None:
    """An empty one, too: it is not the date of the data, and never today."""
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
    for ask in asked:
        with pytest.raises(rcpref.DateError) as caught:
            ask()
        assert repr(date) in str(caught.value)
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("date", [2013, 2013.0, datetime.date(2013, 5, 1)])
def test_a_date_that_is_no_text(data: rcpref.Dataset, date: object) -> None:
    for ask in (
        lambda: data.members("SACM", date),  # type: ignore[arg-type]
        lambda: data.chairs("SACM", date),  # type: ignore[arg-type]
        lambda: data.search("Peru", as_of=date),  # type: ignore[arg-type]
        lambda: rcpref.parse_date(date),
    ):
        with pytest.raises(TypeError, match="a date is text such as '2013'"):
            ask()


def test_no_date_is_that_of_the_data(data: rcpref.Dataset) -> None:
    assert data.members("SACM") == data.members("SACM", data.date)
    assert data.members("SACM").as_of == data.date == data.info.date
