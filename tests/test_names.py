"""Look-up of records and States by name; what spellings mean is in test_spellings.py.

The rule by which a name fits is written here a second time, as simply as it can be, and
the program is held to it: it finds what the rule finds, and never anything else.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rcpref
from conftest import Result, examples
from helpers import LIMA_PROCESSES, cases
from rcpref.answers.names import find_any, find_record, find_state
from rcpref.answers.suggestions import nearest, offered
from rcpref.errors import AmbiguousName, NotFound, UsageProblem
from rcpref.model.records import Record
from rcpref.spelling import GENERIC, SMALL

FINDERS: tuple[Callable[[rcpref.Dataset, str], Record | rcpref.Country], ...] = (
    find_any,
    find_record,
    find_state,
)


def id_of(found: Record | rcpref.Country) -> str:
    return found.id if isinstance(found, Record) else found.alpha3


# The rule ------------------------------------------------------------------------------

LETTERS = {"ø": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"}
SPELLINGS = {"isation": "ization", "labour": "labor", "centre": "center"}
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER TURNED COMMA}" + (
    "\N{MODIFIER LETTER APOSTROPHE}"
)


def words(text: str) -> list[str]:
    """Lower-case words without accents and punctuation, in American spelling."""
    for sign in APOSTROPHES:
        text = text.replace(sign, "")
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(LETTERS.get(sign, sign) for sign in unicodedata.normalize("NFKD", text))
    text = "".join(sign for sign in text if not unicodedata.category(sign).startswith("M"))
    text = text.replace("+", " plus ").replace("&", " and ")
    for british, american in SPELLINGS.items():
        text = text.replace(british, american)
    return re.findall(r"[^\W_]+", text)


def whole(text: str) -> str:
    return "".join(words(text))


def short_of_record(text: str) -> str:
    kept = "".join(word for word in words(text) if word not in GENERIC)
    return kept.replace("进程", "").replace("对话", "")


def short_of_state(text: str) -> str:
    return "".join(word for word in words(text) if word not in SMALL)


class Names(NamedTuple):
    """All names of one record or State: those that count most, and the others."""

    strong: list[str]
    weak: list[str]


def names_of_records(data: rcpref.Dataset) -> dict[str, Names]:
    return {
        record.id: Names(
            [record.id, record.short_name, record.name, *filter(None, [record.acronym])],
            [*record.aliases, *(name for _, name in record.names)],
        )
        for record in data
    }


def names_of_states(data: rcpref.Dataset) -> dict[str, Names]:
    return {
        code: Names(
            [code, state.alpha2, state.name, state.official_name, *filter(None, [state.numeric])],
            [*state.aliases, *(name for _, name in state.names)],
        )
        for code, state in data.countries.items()
    }


class Rule:
    """Whom a name fits, by what is stated: strong names, then weak, then shortened ones.

    Two names, one in brackets, come before shortened ones; ends of names last, for States.
    """

    def __init__(
        self, everyone: Mapping[str, Names], short: Callable[[str], str], by_end: bool = False
    ) -> None:
        self.everyone = everyone
        self.short = short
        self.by_end = by_end
        self.strong: dict[str, set[str]] = defaultdict(set)
        self.weak: dict[str, set[str]] = defaultdict(set)
        self.shortened: dict[str, set[str]] = defaultdict(set)
        for key, names in everyone.items():
            for name in names.strong:
                self.strong[whole(name)].add(key)
            for name in names.weak:
                self.weak[whole(name)].add(key)
            for name in [*names.strong, *names.weak]:
                self.shortened[self.short(name)].add(key)
        self.all_names = [
            (key, name)
            for key, names in everyone.items()
            for name in dict.fromkeys([*names.strong, *names.weak])
        ]
        self.words = sorted({word for _, name in self.all_names for word in words(name)})
        self.spaced = [(key, f" {' '.join(words(name))} ") for key, name in self.all_names]

    def fits(self, query: str) -> set[str]:
        if query in self.everyone:
            return {query}
        two_names = re.fullmatch(r"(.*)\(([^()]*)\)[^(]*", query, re.DOTALL)
        both: set[str] = set()
        if two_names and not whole(query[two_names.end(2) :]):
            both = self.fits_one(two_names[1]) & self.fits_one(two_names[2])
        return self.fits_whole(query) or both or self.fits_by_rule(query)

    def fits_one(self, query: str) -> set[str]:
        return self.fits_whole(query) or self.fits_by_rule(query)

    def fits_whole(self, query: str) -> set[str]:
        key = whole(query)
        return (self.strong.get(key) or self.weak.get(key) or set()) if key else set()

    def fits_by_rule(self, query: str) -> set[str]:
        key = self.short(query)
        found = self.shortened.get(key, set()) if key else set()
        return found or (self.fits_end(query) if self.by_end else set())

    def fits_end(self, query: str) -> set[str]:
        end = f" {' '.join(words(query))} "
        ending, having = set(), set()
        for key, spaced in self.spaced if end.strip() else ():
            having |= {key} if end in spaced else set()
            ending |= {key} if spaced.endswith(end) else set()
        return ending if ending == having and len(ending) in (2, 3, 4) else set()

    def __repr__(self) -> str:
        return f"<Rule for {len(self.everyone)}>"


@pytest.fixture(scope="module")
def records(data: rcpref.Dataset) -> Rule:
    return Rule(names_of_records(data), short_of_record)


@pytest.fixture(scope="module")
def states(data: rcpref.Dataset) -> Rule:
    return Rule(names_of_states(data), short_of_state, by_end=True)


def records_named(data: rcpref.Dataset, query: str) -> set[str]:
    return {match.key for match in data.plain.names.match(query, states=False)}


def states_named(data: rcpref.Dataset, query: str) -> set[str]:
    return {match.key for match in data.plain.names.match(query, kinds=None)}


# Kinds and generic words ------------------------------------------------------------


def test_a_record_comes_before_a_state(data: rcpref.Dataset) -> None:
    assert id_of(find_any(data, "CAN")) == find_record(data, "CAN").id == "andean-community"
    assert find_state(data, "CAN").name == "Canada"
    assert id_of(find_any(data, "Canada")) == "CAN"


def test_a_look_up_can_be_kept_to_some_kinds(data: rcpref.Dataset) -> None:
    assert find_record(data, "lima", ("meeting",)).id == "lima-2013"
    assert find_record(data, "lima", ("process", "body")).id == "sacm"
    with pytest.raises(NotFound):
        find_record(data, "bali-process", ("meeting",))


@pytest.mark.parametrize(("name", "what"), cases({
    "CIS is a body": ["cis", "CIS"],
    "IGAD is a body": ["igad"],
    "East African Community is a body": ["East African Community"],
    "IOM is an organization": ["iom"],
    "Kenya is a State": ["KEN"],
}))  # fmt: skip
def test_what_is_called_so_is_told_where_it_is_of_another_kind(
    data: rcpref.Dataset, name: str, what: str
) -> None:
    """The CIS is no CIS Conference, though words of that may be left out."""
    with pytest.raises(NotFound) as caught:
        data.chairs(name)
    assert str(caught.value) == f"{what}, which has no chair that changes"


def test_an_exact_id_or_code_is_no_other_name_of_another_kind() -> None:
    kinds: dict[str, Any] = {
        "delta": {"kind": "body", "name": "Union"},
        "one": {"name": "One", "aliases": ["Delta"]},
        "two": {"name": "The PER Process"},
    }
    world = dataset_of(states={"PER": {"name": "Peru"}}, **kinds)
    assert find_record(world, "Delta", ("process",)).id == "one"
    with pytest.raises(NotFound):
        find_record(world, "delta", ("process",))
    assert find_record(world, "per").id == id_of(find_any(world, "per")) == "two"
    with pytest.raises(NotFound):
        find_record(world, "PER")
    assert id_of(find_any(world, "PER")) == "PER"


def test_generic_words_are_those_that_the_field_leaves_out() -> None:
    assert {"the", "process", "dialogue", "migration", "regional", "forum"} <= GENERIC
    assert {"processus", "proceso", "processo", "процесс", "conference"} <= GENERIC
    assert {whole(word) for word in GENERIC} == GENERIC
    assert GENERIC | {"of"} >= SMALL


@pytest.mark.parametrize(("query", "wanted"), cases({
    "budapest-process": ["Processus Budapest"],
    "prague-process": ["Dialogue de Prague", "布拉格", "布拉格对话"],
    "puebla-process": ["Conferencia de Puebla"],
    "colombo-process": ["Коломбский диалог"],
    "bali-process": ["بالي"],
    None: ["Commission for Latin America and the Caribbean Economic"],
    "oas": ["Organization of the American States"],
}))  # fmt: skip
def test_generic_words_of_other_languages_may_be_left_out_too(
    query: str, wanted: str | None
) -> None:
    names: dict[str, Any] = {
        "budapest-process": {"names": {"fr": "Processus de Budapest"}},
        "prague-process": {"names": {"zh": "布拉格进程", "fr": "Processus de Prague"}},
        "puebla-process": {"names": {"es": "Proceso de Puebla"}},
        "colombo-process": {"names": {"ru": "Коломбский процесс"}},
        "bali-process": {"names": {"ar": "عملية بالي"}},
        "eclac": {"name": "Economic Commission for Latin America and the Caribbean"},
        "oas": {"name": "Organization of American States"},
    }
    small = dataset_of(**names)
    assert {match.key for match in small.plain.names.match(query, states=False)} == (
        {wanted} if wanted else set()
    )


# States ----------------------------------------------------------------------------------


@given(st.data())
def test_no_generic_word_beside_its_name_finds_a_state(
    data: rcpref.Dataset, states: Rule, choice: st.DataObject
) -> None:
    _, name = choice.draw(st.sampled_from(states.all_names))
    word = choice.draw(st.sampled_from(sorted(GENERIC - SMALL)))
    query = choice.draw(st.sampled_from((f"{name} {word}", f"{word} {name}")))
    # Unless that is a name, as "Congo" is of one State and "do Congo" a part of another's.
    assert states_named(data, query) <= states.fits_whole(query) | states.fits_end(query)


KOREAS: dict[str, dict[str, object]] = {
    "KOR": {"name": "Republic of Korea", "aliases": ["South Korea"],
        "names": {"es": "Corea del Sur"}},
    "PRK": {"name": "DPR Korea", "aliases": ["North Korea"], "names": {"es": "Corea del Norte"}},
    "GIN": {"name": "Republic of Guinea"},
    "ISL": {"name": "Republic of Iceland"},
}  # fmt: skip


@pytest.mark.parametrize("query", ["Korea", "KOREA", " k\N{LATIN SMALL LETTER O WITH ACUTE}rea "])
def test_the_end_of_the_names_of_two_states_names_both(query: str) -> None:
    world = dataset_of(states=KOREAS)
    for find in (find_any, find_state):
        with pytest.raises(AmbiguousName) as caught:
            find(world, query)
        assert caught.value.candidates == ("KOR", "PRK")
        assert "Republic of Korea (KOR), DPR Korea (PRK)" in caught.value.message
    assert find_state(world, "Korea (PRK)").alpha3 == "PRK"


def test_a_name_comes_before_the_end_of_others() -> None:
    named: dict[str, Any] = {**KOREAS, "KOR": {"name": "Republic of Korea", "aliases": ["Korea"]}}
    assert find_state(dataset_of(states=named), "Korea").alpha3 == "KOR"


@pytest.mark.parametrize("query", ["Republic", "Guinea", "Corea", "Republic of", "of Korea of"])
def test_what_ends_no_names_or_one_or_tells_none_apart_is_no_name(query: str) -> None:
    # A part of one name alone, the beginning of two, what others have elsewhere.
    with pytest.raises(NotFound):
        find_state(dataset_of(states=KOREAS), query)


def test_what_ends_the_names_of_many_states_is_no_name() -> None:
    islands = {f"I{number}": {"name": f"{number} Islands"} for number in range(10, 14)}
    assert len(dataset_of(states=islands).plain.names.match("Islands", kinds=None)) == 4
    more = {**islands, "I14": {"name": "14 Islands"}}
    assert not dataset_of(states=more).plain.names.match("Islands", kinds=None)
    more = {**islands, "X": {"name": "Islands of X"}}
    assert not dataset_of(states=more).plain.names.match("Islands", kinds=None)


# A code of a State that is the acronym of a record ---------------------------------------

UNION: dict[str, Any] = {
    "states": {
        "AUS": {"alpha2": "AU", "name": "Australia"},
        "UKR": {"alpha2": "UA", "name": "Ukraine"},
    },
    "african-union": {"acronym": "AU", "aliases": ["UA"]},
    "aus": {"name": "Association for Tests"},
}


@pytest.mark.parametrize(
    ("query", "state"), [("AU", "AUS"), ("au", "AUS"), ("A.U.", "AUS"), ("UA", "UKR")]
)
def test_a_code_of_two_letters_means_a_record_and_a_state(query: str, state: str) -> None:
    world = dataset_of(**UNION)
    with pytest.raises(AmbiguousName) as caught:
        find_any(world, query)
    assert set(caught.value.candidates) == {"african-union", state}
    assert {match.key for match in world.plain.names.match(query)} == {"african-union", state}
    # What a command takes decides where it takes one kind alone.
    assert find_record(world, query).id == "african-union"
    assert find_state(world, query).alpha3 == state
    assert id_of(find_any(world, f"{state} ({query})")) == state
    assert id_of(find_any(world, f"African Union ({query})")) == "african-union"


def test_a_longer_code_means_the_record(data: rcpref.Dataset) -> None:
    world = dataset_of(**UNION)
    assert id_of(find_any(world, "aus")) == "aus"
    assert find_state(world, "Aus").alpha3 == "AUS"


# Two names, one in brackets ------------------------------------------------------------


def names_of_footnote_1(data: rcpref.Dataset) -> list[str]:
    """The names of the processes, as footnote 1 of the Chair's Summary writes them."""
    took_part, others = data.passage("lima-2013/footnote-1").text.split(". ", 1)
    names = [name.strip().removeprefix("and ") for name in took_part.split(";")]
    more = re.search("formalised \N{EN DASH} (.*) and (.*) \N{EN DASH} also", others)
    assert more
    return [*names, more[1], more[2]]


def test_names_are_understood_as_footnote_1_writes_them(
    data: rcpref.Dataset, run: Callable[..., Result]
) -> None:
    names = names_of_footnote_1(data)
    assert len(names) == 15
    assert "Migration Dialogue for Southern Africa (MIDSA)" in names
    found = run("show", *names, "-f", "json").json["items"]
    assert sorted(item["id"] for item in found) == LIMA_PROCESSES


def test_two_names_that_fit_the_same_two_records_list_both() -> None:
    small = dataset_of(a={"aliases": ["Delta", "D"]}, b={"aliases": ["Delta", "D"]}, c={})
    with pytest.raises(AmbiguousName):
        find_record(small, "Delta (D)")
    assert find_record(small, "Delta (b)").id == "b"


@given(st.data())
def test_two_names_find_what_has_both(
    data: rcpref.Dataset, records: Rule, states: Rule, choice: st.DataObject
) -> None:
    for rule, named in ((records, records_named), (states, states_named)):
        key, one = choice.draw(st.sampled_from(rule.all_names))
        own = [*rule.everyone[key].strong, *rule.everyone[key].weak]
        other = st.one_of(st.sampled_from(own), st.sampled_from([n for _, n in rule.all_names]))
        query = f"{one} ({choice.draw(other)})"
        assert named(data, query) == rule.fits(query)


# What is not found, or not just once ---------------------------------------------------


@pytest.mark.parametrize("find", FINDERS[:2])
def test_a_name_that_fits_two_records_lists_them(
    data: rcpref.Dataset, find: Callable[[rcpref.Dataset, str], object]
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        find(data, "the Lima process meeting")
    error = caught.value
    assert sorted(error.candidates) == ["lima-2013", "sacm"]
    assert error.exit_code == 2
    for words in ("'the Lima process meeting'", *error.candidates):
        assert words in error.message
    assert error.hint


@pytest.mark.parametrize("query", ["lima", "LIMA", " l\u00edma "])
def test_of_two_records_that_which_begins_so_is_meant(data: rcpref.Dataset, query: str) -> None:
    assert id_of(find_any(data, query)) == "lima-2013"
    with pytest.raises(AmbiguousName):
        find_record(data, query)


def test_every_offer_is_understood_when_it_is_typed(data: rcpref.Dataset) -> None:
    for record in data:
        assert find_record(data, offered(data, record.id)) is record
    for code, country in data.countries.items():
        assert find_any(data, offered(data, code)) is country


@pytest.mark.parametrize("query", ["zzzz", "qwxyz process", "x" * 10_000, "ξένος", "中国民主"])
def test_an_unknown_name_is_an_error_without_a_guess(data: rcpref.Dataset, query: str) -> None:
    for find in FINDERS:
        with pytest.raises(NotFound) as caught:
            find(data, query)
        assert caught.value.nearest == ()
        assert caught.value.hint


@pytest.mark.parametrize("query", ["", " ", "\t\n", "\N{NO-BREAK SPACE}"])
def test_an_empty_name_is_wrong_usage(data: rcpref.Dataset, query: str) -> None:
    for find in FINDERS:
        with pytest.raises(UsageProblem) as caught:
            find(data, query)
        assert not isinstance(caught.value, AmbiguousName)
        assert caught.value.exit_code == 2
        assert caught.value.hint


@pytest.mark.parametrize("query", ["???", "-", "''", "...", "\N{ZERO WIDTH SPACE}", "\N{EM DASH}"])
def test_signs_alone_are_near_to_nothing(data: rcpref.Dataset, query: str) -> None:
    for find in FINDERS:
        with pytest.raises((NotFound, UsageProblem)) as caught:
            find(data, query)
        assert getattr(caught.value, "nearest", ()) == ()


@pytest.mark.parametrize(("query", "offers"), [
    # Not for being a process, too.
    ("Processus de Khartum", ["khartoum-process"]),
    ("Proceso de Ginebra", []),
    ("Dialogue of Nowhere", []),
    ("Mediterranean", ["5-plus-5-dialogue", "mtm"]),
    ("Caribbean proces", ["caricom", "cmc", "oecs"]),
    # In any order, and with words that are misspelt or that no name has.
    ("migration in the Caribbean, consultatons on", ["cmc"]),
    ("EU Horn of Africa meetings 2015", ["khartoum-process"]),
    ("Africa Horn", ["khartoum-process", "au-hoai"]),
])  # fmt: skip
def test_what_is_offered_goes_by_the_words_that_tell_names_apart(
    data: rcpref.Dataset, query: str, offers: list[str]
) -> None:
    with pytest.raises(NotFound) as caught:
        find_record(data, query)
    assert set(offers) <= set(caught.value.nearest)
    assert bool(offers) == bool(caught.value.nearest)


@given(st.data())
@pytest.mark.wide
def test_a_word_that_few_names_have_offers_what_has_it(
    data: rcpref.Dataset, records: Rule, choice: st.DataObject
) -> None:
    key, name = choice.draw(st.sampled_from(records.all_names))
    telling = [word for word in words(name) if word not in GENERIC]
    some = choice.draw(st.permutations(telling)) if telling else []
    having = {
        each
        for each, other in records.all_names
        if all(any(there.startswith(word) for there in words(other)) for word in some)
    }
    exact = {each for each, other in records.all_names if words(other) == list(some)}
    if len(having) <= 3 and exact <= {key}:
        try:
            found = [id_of(find_record(data, " ".join(some)))]
        except AmbiguousName as error:
            found = list(error.candidates)
        except NotFound as error:
            found = list(error.nearest)
        except UsageProblem:
            found = [key]
        assert key in found


def test_an_acronym_is_offered_with_what_it_means() -> None:
    names: dict[str, Any] = {
        "cccm": {"name": "Caribbean Consultations", "acronym": "CCCM"},
        "bali-process": {"name": "Bali Process on Smuggling"},
    }
    world = dataset_of(**names)
    for query, hint in (
        ("Court of Justice", "rcpref list shows what there is"),
        ("Caribbean Court", "did you mean Caribbean Consultations (cccm)?"),
        ("Carib", "did you mean Caribbean Consultations (cccm)?"),
        ("cccmm", "did you mean cccm?"),
        ("smuggling", "did you mean bali-process?"),
    ):
        with pytest.raises(NotFound) as caught:
            find_record(world, query)
        assert caught.value.hint == hint


def test_words_that_many_names_have_are_no_offer() -> None:
    many = {f"x{number}": {"name": f"Land of the People of {number}"} for number in range(12)}
    with pytest.raises(NotFound) as caught:
        find_state(dataset_of(states=many), "Land")
    assert caught.value.nearest == ("x0", "x1", "x2")
    many["x12"] = {"name": "Land of the People of 12"}
    with pytest.raises(NotFound) as caught:
        find_state(dataset_of(states=many), "Land")
    assert caught.value.nearest == ()


def test_words_that_names_have_come_before_words_that_they_begin(data: rcpref.Dataset) -> None:
    with pytest.raises(NotFound) as caught:
        find_any(data, "South Africa dialogue")
    assert caught.value.nearest == ("ZAF",)


# What the data mention ---------------------------------------------------------------------


def test_what_the_data_mention_is_not_misspelt() -> None:
    """A former State is known from notes alone; another is not offered in its place."""
    states = {"SVK": {"name": "Slovakia"}}
    plain = dataset_of(states=states, a={})
    with pytest.raises(NotFound) as caught:
        find_state(plain, "Czechoslovakia")
    assert caught.value.nearest == ("SVK",)
    noted = dataset_of(states=states, a={}, note="for Czechoslovakia, counted apart")
    for query in ("Czechoslovakia", "czechoslovakia"):
        with pytest.raises(NotFound) as caught:
            find_state(noted, query)
        assert caught.value.nearest == ()
        assert caught.value.hint == f"the data mention it: rcpref search {query}"
    # Whole words in their order.
    for query in ("Czechoslovaki", "counted for", "\x1bCzechoslovakia"):
        with pytest.raises(NotFound) as caught:
            find_state(noted, query)
        assert "search" not in caught.value.hint


def test_nearest_offers_each_key_once_and_no_more_than_asked() -> None:
    names = [("a", "Budapest"), ("a", "Budapesti"), ("b", "Bucharest"), ("c", "Budapests")]
    assert nearest("budapes", names) == ["a", "c"]
    assert nearest("budapes", names, limit=1) == ["a"]
    assert nearest("qqqq", names) == []


def test_names_that_are_as_near_come_in_the_order_of_the_data() -> None:
    names = [(key, f"theme-{key}") for key in "31524"]
    assert nearest("theme-9", names) == ["3", "1", "5"]


def test_nearest_compares_a_number_of_names_at_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    real = SequenceMatcher.ratio

    def counted(matcher: Any) -> float:
        nonlocal compared
        compared += 1
        return real(matcher)

    monkeypatch.setattr(SequenceMatcher, "ratio", counted)
    names = [(str(number), f"heavily named {number:06}") for number in range(20_000)]
    assert nearest("heavily nammed 012345", names)[0] == "12345"
    assert compared <= 5_000
    compared = 0
    # Of most names the letters tell that they are not like it.
    assert nearest("colombo", [*names, ("c", "Columbo")]) == ["c"]
    assert compared == 1


def test_nearest_leaves_out_what_is_much_less_like_the_name_than_the_best() -> None:
    assert nearest("columbos", [("b", "Columbus"), ("c", "Kolumbo")]) == ["b", "c"]
    assert nearest("colombos", [("b", "Columbus"), ("a", "Colombo")]) == ["a"]
    assert nearest("colombos", [("b", "Columbus")]) == ["b"]


# A small world, for what the bundled data have no case of -------------------------------


def dataset_of(
    states: Mapping[str, Mapping[str, Any]] | None = None, note: str = "", **names: Any
) -> rcpref.Dataset:
    """Records with these names alone, all processes; States; a note on the first record."""
    records = {
        key: {"id": key, "kind": "process", "name": key, "short_name": key, **raw}
        for key, raw in names.items()
    }
    countries = {
        code: {"alpha3": code, "alpha2": code[:2], "official_name": str(raw["name"]), **raw}
        for code, raw in (states or {}).items()
    }
    plain = {"region": "Asia", "subregion": "Asia", "un_member": True}
    parts = ("dataset", "properties", "sources", "texts")
    claims: dict[str, list[Any]] = {key: [] for key in names}
    for noted in [*claims.values()][:1] if note else ():
        noted.append({"property": "founded", "value": "2000", "source": "x", "note": note})
    return rcpref.Dataset(
        {
            "records": records,
            "claims": claims,
            "countries": {code: {**raw, **plain} for code, raw in countries.items()},
            **{part: {} for part in parts},
        }
    )


def test_a_strong_name_comes_before_a_weak_one_and_that_before_a_shortened_one() -> None:
    small = dataset_of(
        a={"name": "The Delta Process"},
        b={"aliases": ["delta"]},
        c={"names": {"fr": "Delta"}},
        d={"acronym": "DELTA", "name": "Gamma Forum"},
        e={"name": "gamma"},
    )
    assert [find_record(small, "delta").id, find_record(small, "gamma").id] == ["d", "e"]
    weak = dataset_of(
        a={"name": "The Delta Process"}, b={"aliases": ["delta"]}, c={"names": {"fr": "Delta"}}
    )
    assert {match.key for match in weak.plain.names.match("Delta", states=False)} == {"b", "c"}
    shortened = dataset_of(a={"name": "The Delta Process"}, b={"aliases": ["Delta Dialogue"]})
    assert {match.key for match in shortened.plain.names.match("delta", states=False)} == {"a", "b"}
    assert {match.strength for match in shortened.plain.names.match("delta", states=False)} == {3}
    assert find_record(shortened, "the delta process").id == "a"
    assert find_record(shortened, "delta dialogue").id == "b"


def test_an_id_as_it_is_written_comes_before_all() -> None:
    small = dataset_of(delta={"name": "Beta"}, gamma={"acronym": "DELTA"})
    assert find_record(small, "delta").id == "delta"
    with pytest.raises(AmbiguousName) as caught:
        find_record(small, "Delta")
    assert set(caught.value.candidates) == {"delta", "gamma"}


def test_a_name_of_generic_words_alone_is_found_whole() -> None:
    small = dataset_of(a={"name": "Regional Forum on Migration"}, b={"name": "Migration Dialogue"})
    assert find_record(small, "regional forum on migration").id == "a"
    with pytest.raises(NotFound):
        find_record(small, "regional forum")


@pytest.mark.parametrize(("name", "query"), [
    ("Øresund & Łódź", "oresund and lodz"),
    ("Đakovica Þing", "dakovica thing"),
    ("Cæsar Œuvre", "caesar oeuvre"),
    ("Iğdır", "igdir"),
    ("İzmir", "izmir"),
    ("Straße", "STRASSE"),
    ("ﬁnal", "final"),
    ("Việt Nam", "viet nam"),
    ("Ἀθῆναι", "αθηναι"),
    ("Labour Centre Organisation", "labor center organization"),
    ("Migrants' Home", "migrants home"),
    ("Home Office", "home office"),
    ("N² plus", "n2+"),
])  # fmt: skip
def test_letters_of_many_languages(name: str, query: str) -> None:
    small = dataset_of(x={"name": name})
    assert find_record(small, query).id == "x"
    assert find_record(dataset_of(x={"name": query}), name).id == "x"


# The program against the rule ----------------------------------------------------------


def test_every_name_finds_what_has_it(data: rcpref.Dataset, records: Rule, states: Rule) -> None:
    for rule, named in ((records, records_named), (states, states_named)):
        for key, name in rule.all_names:
            found = rule.fits(name)
            assert named(data, name) == found, name
            # A weak name may be a strong one of another: then that is found.
            if key not in found:
                assert whole(name) not in map(whole, rule.everyone[key].strong), (key, name)
                assert found <= rule.strong[whole(name)], (key, name, found)


def test_records_are_found_by_all_their_names(data: rcpref.Dataset, records: Rule) -> None:
    """No name of a record is hidden by a stronger one of another."""
    hidden = [(key, name) for key, name in records.all_names if key not in records.fits(name)]
    assert not hidden


def test_every_name_of_a_record_finds_it_or_an_error_names_it(data: rcpref.Dataset) -> None:
    for record in data:
        names = [record.id, record.short_name, record.name, record.acronym, *record.aliases]
        for name in filter(None, [*names, *(name for _, name in record.names)]):
            for find in (find_record, find_any):
                try:
                    found = {id_of(find(data, name))}
                except AmbiguousName as error:
                    found = set(error.candidates)
                assert record.id in found, name


@given(st.data())
def test_a_record_is_found_without_its_generic_words(
    data: rcpref.Dataset, records: Rule, choice: st.DataObject
) -> None:
    key, name = choice.draw(st.sampled_from(records.all_names))
    kept = [word for word in words(name) if word not in GENERIC or choice.draw(st.booleans())]
    query = " ".join(kept)
    if set(kept) <= GENERIC:
        return
    found = records_named(data, query)
    # What is left may be the whole name of another.
    assert key in found or found == records.fits_whole(query) != set()


# Signs that separate words or stand around them.
SEPARATORS = ' -_./,:;!?()[]"\N{EN DASH}\N{NO-BREAK SPACE}\t'


CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.swapcase, str.title)


@st.composite
def written_otherwise(draw: st.DrawFn, name: str) -> str:
    """The name with other case, without accents, with other spaces and punctuation."""
    if draw(st.booleans()):
        parts = unicodedata.normalize("NFD", name)
        name = "".join(sign for sign in parts if not unicodedata.combining(sign))
    name = unicodedata.normalize(draw(st.sampled_from(("NFC", "NFD", "NFKC"))), name)
    name = draw(st.sampled_from(CASES))(name)
    around = st.text(SEPARATORS, max_size=3)
    between = st.text(SEPARATORS, min_size=1, max_size=3)
    pieces = re.split(r"(\s+)", name)
    return (
        draw(around)
        + "".join(draw(between) if not piece.strip() else piece for piece in pieces)
        + draw(around)
    )


@given(st.data())
def test_a_name_written_otherwise_finds_what_has_it(
    data: rcpref.Dataset, records: Rule, states: Rule, choice: st.DataObject
) -> None:
    for rule, named in ((records, records_named), (states, states_named)):
        key, name = choice.draw(st.sampled_from(rule.all_names))
        query = choice.draw(written_otherwise(name))
        found = named(data, query)
        assert found == rule.fits(query)
        assert found == rule.fits(name)
        if key not in found:
            assert found <= rule.strong[whole(name)]


@given(st.data())
def test_words_of_names_find_what_the_rule_finds(
    data: rcpref.Dataset, records: Rule, states: Rule, choice: st.DataObject
) -> None:
    # Words of records and generic ones more often: States have many more.
    words_of = (records.words, records.words, states.words, [*sorted(GENERIC), "+", "&"])
    word = st.one_of(*map(st.sampled_from, words_of))
    some = choice.draw(st.lists(word, min_size=1, max_size=6))
    query = choice.draw(st.sampled_from(SEPARATORS)).join(some)
    assert records_named(data, query) == records.fits(query)
    assert states_named(data, query) == states.fits(query)


def damaged(names: Iterable[str]) -> st.SearchStrategy[str]:
    """Names with a letter taken out, put in or changed."""

    @st.composite
    def one(draw: st.DrawFn) -> str:
        name = draw(st.sampled_from(sorted(set(names))))
        place = draw(st.integers(0, len(name)))
        kept = draw(st.integers(0, 1))
        return name[:place] + draw(st.text(max_size=2)) + name[place + kept :]

    return one()


@given(st.data())
def test_no_other_text_finds_what_has_not_that_name(
    data: rcpref.Dataset, records: Rule, states: Rule, choice: st.DataObject
) -> None:
    every = [name for rule in (records, states) for _, name in rule.all_names]
    query = choice.draw(st.one_of(st.text(), damaged(every)))
    assert records_named(data, query) <= records.fits(query)
    assert states_named(data, query) <= states.fits(query)


@settings(max_examples=examples(8))
@given(st.text(max_size=40))
def test_any_text_is_found_or_an_error_of_the_three(data: rcpref.Dataset, query: str) -> None:
    for find in FINDERS:
        try:
            id_of(find(data, query))
        except NotFound as error:
            assert query.strip()
            assert set(error.nearest) <= {*data.records, *data.countries}
        except AmbiguousName as error:
            assert len(set(error.candidates)) == len(error.candidates) > 1
        except UsageProblem:
            assert not whole(query)
