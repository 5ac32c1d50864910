"""The atlas: whole, readable without its script, its answers those of the API, nothing obeyed."""

import base64
import gzip
import hashlib
import json
import math
import re
import shutil
from functools import cache
from importlib import resources
from itertools import accumulate
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

import rcpref
from asking import bundled
from conftest import apart, once, run_command
from helpers import HARMLESS, refuse, sample
from rcpref.answers.membership.members import Membership, Turns, members_at
from rcpref.answers.time import AsOf, as_of
from rcpref.answers.timeline import happenings
from rcpref.answers.values import not_seen_since, shown_value
from rcpref.citation.items import citation_of
from rcpref.citation.styles import text
from rcpref.dates import parse
from rcpref.export import atlas as atlases
from rcpref.export.atlas import atlas
from rcpref.export.atlas.answers import times_of
from rcpref.export.pictures.svg import palette
from rcpref.model import MEMBER_KINDS
from rcpref.report.html import element
from rcpref.views.summary import basis_of, caveat, counted, summary
from rcpref.wording import in_words
from webpage import PROCESSES, TERMS, Element, hostile_overlay, read

DATES = (
    "1985", "1996", "1996-07", "2002-02", "2003", "2008-11", "2013", "2013-05",
    "2016", "2019-12", "2024-02", "2026-11", None,
)  # fmt: skip
"""What is asked for: years, months, and what is last known."""

FEW = ("1985", "2013-05", None)

KB = 1000


@once
def made() -> str:
    return atlas(bundled()).decode()


@once
def page() -> Element:
    return read(made())


@cache
def by_id() -> dict[str, Element]:
    return {each["id"]: each for each in page().all() if each["id"]}


@cache
def plain() -> dict[str, Any]:
    """What the script is given."""
    found: dict[str, Any] = json.loads(by_id()["Data"].text())
    return found


@cache
def refs() -> list[str]:
    """The claims in the order in which they stand on the page."""
    folds = page().all("div", class_="claims")
    return [row["id"] for fold in folds for row in fold.all("tr") if row["id"]]


# The file ------------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_the_command_writes_the_same_bytes_and_no_others(tmp_path: Path) -> None:
    place = tmp_path / "ein Atlas é.html"
    written = run_command("export", str(place)).out.split("\t")
    assert place.read_bytes() == made().encode()
    assert written[:2] == [str(place), str(len(made().encode()))]
    refuse("export", str(place), codes=(3,))
    assert [each.name for each in tmp_path.iterdir()] == [place.name]


def test_it_is_small_enough_to_be_mailed() -> None:
    content = made().encode()
    assert len(content) <= 2_700 * KB
    assert len(gzip.compress(content, 9)) <= 560 * KB


def test_it_asks_for_nothing_and_lets_nothing_run_but_its_own_script() -> None:
    head = page().first("head")
    policy = next(each["content"] for each in head.all("meta") if each["http-equiv"])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    scripts = [each for each in page().all("script") if "json" not in (each["type"] or "")]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == [f"'{digest(each.text())}'" for each in scripts]
    assert [rules["style-src"]] == [f"'{digest(each.text())}'" for each in page().all("style")]
    assert rules["require-trusted-types-for"] == "'script'"
    assert rules["trusted-types"] == "'none'"
    for each in page().all():
        assert not {"src", "srcset", "style", "action", "formaction"} & each.attributes.keys()
        assert not [key for key in each.attributes if key.startswith("on")], each.attributes
    assert [each["href"] for each in page().all("link")] == ["data:,"]
    style = page().first("style").text()
    assert not re.findall(r"url\((?!#)|@import", style)
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|eval\(|fetch\(|document\.write"
    assert not any(re.search(sinks, each.text()) for each in scripts)


def digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    ids = [each["id"] for each in page().all() if each["id"]]
    assert len(ids) == len(set(ids))
    links = {unquote(each["href"][1:]) for each in page().all("a") if each["href"][:1] == "#"}
    dated = {link for link in links if re.fullmatch(r"[^/@]+@\d{4}(-\d\d)?", link)}
    assert {link.partition("@")[0] for link in dated} | (links - dated) <= set(ids)
    uses = {each["href"][1:] for each in page().all("use")}
    assert uses <= set(ids)
    outward = {each["href"] for each in page().all("a") if each["href"][:1] != "#"}
    assert all(link.startswith(("https://", "http://")) for link in outward)


def test_addresses_in_the_manual_lead_somewhere() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "atlas.md").read_text("utf-8")
    named = set(re.findall(r"`#([^`]+)`", manual))
    assert {"bali-process@2013-05", "KEN@2013"} <= named
    ids = {key.partition("@")[0] for key in named if not key.startswith("search:")}
    assert {re.sub("^(Overlap)/.*", r"\1", key) for key in ids} <= by_id().keys()


# All of the data, without the script -----------------------------------------------------


def test_every_record_claim_source_state_and_passage_is_there() -> None:
    data = bundled()
    assert set(data.records) <= by_id().keys()
    assert set(refs()) == {claim.ref for claim in data.claims()}
    assert {f"source:{key}" for key in data.sources} <= by_id().keys()
    claims = [claim for claim in data.claims() if data.type_of(claim.property) == "states"]
    assert {code for claim in claims for code in claim.values} <= by_id().keys()
    assert {passage.ref for passage in data.passages()} <= by_id().keys()


def test_a_claim_has_its_value_date_source_and_note() -> None:
    data = bundled()
    for claim in data.claims():
        value, date, source = by_id()[claim.ref].all("td")
        said = value.text()
        for part in claim.values:
            kind = data.type_of(claim.property)
            if kind == "states":
                part = data.countries[part].name
            elif kind == "record":
                part = data[part].short_name
            assert part in said, claim
        assert not claim.note or claim.note in said, claim
        assert (claim.as_of or "").partition("/")[0] in date.text()
        assert source.first("a")["href"] == f"#source:{claim.source}", claim
        if data.sources[claim.source].tier != "primary":
            assert data.sources[claim.source].tier in source.text()


def test_the_text_stands_there_word_for_word_each_passage_with_its_address_and_citation() -> None:
    for passage in bundled().passages():
        own = by_id()[passage.ref]
        if passage.within:
            assert own.text("sup") == passage.text
            continue
        assert own.first("p", "h2", class_="said").text("sup") == passage.text
        assert own.first("a")["href"] == f"#{passage.ref}"
        cited = run_command("cite", passage.ref).out.strip()
        assert own.first("details").first("p").text() == f"{cited}; {passage.ref}"


@pytest.mark.wide
def test_without_a_script_each_page_has_the_answers_as_last_known() -> None:
    data = bundled()
    for record in data:
        has_members = record.kind in MEMBER_KINDS
        answers = data.states_of(record.id) if has_members else {}
        shown: dict[str, tuple[str, str]] = {}
        for table in by_id()[record.id].all("table", class_="who"):
            for row in list(table.all("tr"))[1:]:
                whom, why, _ = row.all("td")
                said = row.first("th").text().split()[0], why.text("small")
                shown |= {link["href"][1:]: said for link in whom.all("a")}
        assert shown == {code: (each.answer, given(each)[2]) for code, each in answers.items()}


@pytest.mark.parametrize("code", ["KEN", "PER", "FRA", "GBR", "USA", "TWN", "CHE"])
def test_without_a_script_the_page_of_a_state_says_what_it_is_in(code: str) -> None:
    """As `rcpref state` says, in every capacity, and what is not certain."""
    answers = ("yes", "possible", "disputed")
    asked = run_command("state", code, "--answer", ",".join(answers), "-f", "json").json
    # Territories that are printed with it have their own pages.
    own = [item for item in asked["items"] if item["state"] == code]
    certain = {(item["id"], item["capacity"]) for item in own if item["answer"] == "yes"}
    open_ones = {item["id"] for item in own if item["answer"] != "yes"}
    shown, not_certain = set(), set()
    label = ""
    for part in by_id()[code].first("dl").all("dt", "dd"):
        if part.tag == "dt":
            label = part.text()
            continue
        for link in part.all("a"):
            key, capacity = link["href"][1:], label[:1].lower() + label[1:]
            if label == "Not certain":
                not_certain.add(key)
            elif label == "In the chair of":
                shown.add((key, "chair"))
            elif label not in ("Named in", "Left"):
                shown.add((key, "member" if label[-1].isdigit() else capacity))
    assert (shown, not_certain) == (certain, open_ones)
    if not certain and not open_ones:
        assert "certain or not" in by_id()[code].text()


def test_the_page_of_a_state_says_its_standing_and_what_it_left() -> None:
    card = by_id()["MLI"].first("dl").text()
    assert "African Union (suspended since 1 June 2021)" in card
    assert "Left" in by_id()["GBR"].first("dl").text()
    assert "European Union (on 31 January 2020)" in by_id()["GBR"].first("dl").text()
    rows = by_id()["igad"].first("table", class_="who").all("tr")
    eritrea = next(row for row in rows if "ERI" in {a["href"][1:] for a in row.all("a")})
    assert "announced its withdrawal on 12 December 2025" in eritrea.text()
    claim = "igad/membership_event@2025-12-12:eritrea-mfa-2025-12-12"
    assert f"#{claim}" in {a["href"] for a in eritrea.all("a")}
    assert eritrea["class"] == "apart"


@pytest.mark.wide
def test_the_matrix_without_a_script_counts_shared_members() -> None:
    heads, *rows = by_id()["Matrix"].all("tr")
    ids = [link["href"][1:] for link in heads.all("a")]
    for one, row in zip(ids, rows, strict=True):
        counts = [cell.text() for cell in row.all("td")]
        own = set(bundled().members(one))
        shared = [len(own & set(bundled().members(two))) for two in ids]
        assert counts == [str(count or "·") for count in shared]


def test_titles_and_names_in_other_languages_say_which() -> None:
    for key, source in bundled().sources.items():
        title = next(each for each in by_id()[f"source:{key}"].content if each != "")
        known = source.language if source.language != "en" else ""
        assert (title["lang"] if isinstance(title, Element) else "") == (known or ""), key
    names = by_id()["KEN"].first("p", class_="also")
    assert {each.text(): each["lang"] for each in names.all("span")}["Кения"] == "ru"


def test_tables_have_heads() -> None:
    for table in page().all("table"):
        assert list(table.all("thead")), table.text()[:80]


def test_what_happened_is_there_year_by_year() -> None:
    shown = {
        (refs()[number], plain()["events"]["kinds"][kind], date, *what)
        for rows in plain()["events"]["years"].values()
        for number, kind, date, *what in rows
    }
    for each in happenings(bundled()):
        claim = each.claims[0]
        told = each.what.replace(shown_value(bundled(), claim), "\t", 1)
        what = [] if told == "\t" else [told]
        assert (claim.ref, each.event, parse(each.date).words, *what) in shown
    assert {"2024", "1985"} <= plain()["events"]["years"].keys()


def test_both_sides_of_every_disagreement_are_there() -> None:
    own = by_id()["Disputes"]
    shown = {unquote(link["href"][1:]) for link in own.all("a")}
    found = [each for record in bundled() for each in bundled().disputes(record.id)]
    assert own.first("h1").text() == f"Where sources disagree: {len(found)}"
    assert {claim.ref for each in found for claim in each.claims} <= shown


# Answers for all dates -------------------------------------------------------------------


def value(runs: list[Any], place: int) -> Any:
    starts = accumulate(runs[::2])
    return [what for start, what in zip(starts, runs[1::2], strict=True) if start <= place][-1]


def place(date: str | None) -> tuple[int, int]:
    """Which of the two lists a date is in, and where."""
    first, last = plain()["span"]
    if date is None:
        return 1, (int(last[:4]) - int(first)) * 12 + int(last[5:])
    years = int(date[:4]) - int(first)
    return (1, years * 12 + int(date[5:]) - 1) if "-" in date else (0, years)


def several(numbers: int | list[int]) -> list[int]:
    return [numbers] if isinstance(numbers, int) else numbers


def told(answer: list[Any], first: int) -> tuple[str, str, str, list[str]]:
    """An answer of a record whose first claim has some number."""
    kind, basis, reason, claims, *standing = answer
    data = plain()
    words = [*several(reason), *(part for parts in standing for part in parts)]
    return (
        data["signs"][kind][1],
        data["bases"][basis],
        "; ".join(data["reasons"][part] for part in words),
        [refs()[first + number] for number in several(claims)],
    )


def given(answer: Any) -> tuple[str, str, str, list[str]]:
    standing = getattr(answer, "standing", ())  # of a State, not of a chair
    reason = in_words([*answer.why, *(each.part for each in standing)], people=True)
    basis = "" if isinstance(answer, rcpref.Holder) else basis_of(answer)
    claims = [*answer.rests_on, *(each.claim for each in standing)]
    return answer.answer, basis, reason, [claim.ref for claim in dict.fromkeys(claims)]


def asked_for(date: str | None) -> AsOf:
    return as_of(date, bundled().date)


@pytest.mark.parametrize("date", sample(DATES, FEW))
def test_every_answer_on_membership_is_that_of_the_api(date: str | None) -> None:
    precision, at = place(date)
    capacities = dict.fromkeys(plain()["capacities"])
    for record in bundled():
        first, answers, groups, _, _ = plain()["records"].get(record.id, [0, [], {}, None, {}])
        assert groups.keys() <= capacities.keys()
        for capacity in capacities:
            shown = {}
            for codes, *runs in groups.get(capacity, []):
                for code in re.findall("...", codes):
                    shown[code] = told(answers[value(runs[precision], at)], first)
            has_members = record.kind in MEMBER_KINDS
            asked = members_at(bundled(), record, asked_for(date), capacity) if has_members else {}
            assert shown == {code: given(each) for code, each in asked.items()}, record.id


@pytest.mark.parametrize("date", sample(DATES, FEW))
def test_every_chair_is_that_of_the_api(date: str | None) -> None:
    precision, at = place(date)
    for record in [*bundled().of_kind("process"), *bundled().of_kind("forum")]:
        first, _, _, chairs, _ = plain()["records"].get(record.id, [0, [], {}, None, {}])
        holders, *runs = chairs or [[]]
        shown = [holders[number] for number in value(runs[precision], at)] if runs else []
        asked = bundled().chairs(record.id, date)
        assert [(tuple(states), told(rest, first)) for states, *rest in shown] == [
            (each.states, given(each)) for each in asked
        ], record.id


@pytest.mark.parametrize(
    "date", sample([*DATES[:-1], "2010-06", "2016-07", "2022-12", "2023"], FEW)
)
def test_every_heading_is_that_of_the_command_with_what_speaks_against_it(date: str) -> None:
    data, asked = bundled(), asked_for(date)
    precision, at = place(date)
    for key, (_, _, groups, _, headings) in plain()["records"].items():
        assert headings.keys() == groups.keys()
        for capacity, runs in headings.items():
            found = members_at(data, data[key], asked, capacity)
            heading = summary(data, data[key], asked, found, capacity).heading_parts
            parts = [*heading, *caveat(data[key], found.values(), capacity)]
            wanted = in_words(parts, people=True)
            assert plain()["headings"][value(runs[precision], at)] == wanted, (key, capacity)


@pytest.mark.parametrize("key", sample(["khartoum-process", "pidc", "cmc", "cis-conference"]))
def test_no_answer_turns_between_the_days_on_which_answers_can(key: str) -> None:
    """Or a month that was not asked for would be wrong. One State stands for those like it."""
    data = bundled()
    months = times_of(data).months[:-1]
    membership = Membership(data, data[key], months[0])
    states = {membership.register.statements(state): state for state in membership.states}.values()
    turns = Turns(data, data[key])
    for state in states:
        days = turns.of(state)
        before: tuple[int, Any] = (-1, None)
        for month in months:
            # The page has no distances: they turn with every year.
            found = membership.at(month).of(state)._replace(distance=None)
            span = sum(day < month.date.first for day in days)
            still = span == sum(day <= month.date.last for day in days)
            assert not still or before[0] != span or found == before[1], (state, month)
            before = (span if still else -1, found)


@pytest.mark.wide
def test_the_small_maps_say_how_many_members_there_are() -> None:
    data = bundled()
    small = {each["data-of"]: each for each in page().all("a", class_="small-map")}
    assert set(small) == {
        record.id for kind in ("process", "body") for record in data.of_kind(kind)
    }
    for key, each in small.items():
        states = [link["href"] for link in each.all("use")]
        assert len(set(states) - {"#Areas"}) == len(data.states_of(key))
        if not data.members(key).answers:
            assert "no list of members is known" in each.text()
            continue
        found = run_command("members", key, "-f", "json").json["summary"]
        if found["states"]:
            assert counted(found["states"], found["territories"]) in each.text()


def test_records_stand_under_the_region_of_those_that_take_part() -> None:
    regions: dict[str, str] = {}
    region = ""
    for part in by_id()["Home"].all("h2", "a"):
        if part.tag == "h2":
            region = part.text()
        elif part["data-of"]:
            regions[part["data-of"]] = region
    shown = {key: regions[key] for key in ("sacm", "midwa", "asean", "rabat-process", "apc")}
    assert shown == {
        "sacm": "Americas",
        "midwa": "Africa",
        "asean": "Asia",
        "rabat-process": "Across regions",
        "apc": "No member is known by name",
    }
    lead = by_id()["Home"].first("p", class_="lead").text()
    assert lead.startswith("A process is a state-led, continuing dialogue on migration")


@pytest.mark.parametrize("date", sample(DATES, FEW))
def test_what_nobody_has_seen_for_years_is_that_of_the_api(date: str | None) -> None:
    """By the day from which it is told: the page compares no more than days."""
    data, asked = bundled(), asked_for(date)
    first = str(asked.date.first)
    for record in data:
        words, since = plain()["seen"].get(record.id, ["", "9999"])
        seen = not_seen_since(data, record.id, asked)
        assert (words if first > since else "") == (parse(seen).words if seen else ""), record.id


def test_citations_are_those_of_the_command() -> None:
    cited = plain()["cited"]
    for record in bundled():
        named = {"NAME": record.name, "ID": record.id}
        form = "".join(named.get(part, part) for part in cited["record"])
        assert cited["own"].get(record.id, form) == text(citation_of(bundled(), record))
    assert cited["all"] == text(citation_of(bundled(), bundled()))
    assert len(cited["own"]) < 20


def test_a_list_of_one_moment_between_two_dates_is_no_period() -> None:
    small = {each["data-of"]: each.text() for each in page().all("a", class_="small-map")}
    assert "list made between 1 January 2007 and 30 June 2013" in small["mtm"]
    assert "last seen active: September 2014" in small["mtm"]
    assert not [text for text in small.values() if re.search(r"\d(/| to )\d", text)]


def test_what_is_listed_in_part_opens_and_members_stand_below() -> None:
    own = by_id()["bali-process"]
    facts = own.first("details", class_="facts")
    folded = list(facts.first("dl").all("details"))
    assert [each.first("summary").text() for each in folded] == ["and 2 more", "and 10 more"]
    assert "Switzerland, United Kingdom" in folded[0].text()
    assert "and 33 more in the table below" in own.first("div", class_="now").text()
    chair = next(dd for dd in own.first("dl").all("dd") if "Indonesia (" in dd.text())
    assert [link["href"] for link in chair.all("a")][:2] == ["#AUS", "#IDN"]


@pytest.mark.parametrize("key", ["midwa", "rabat-process", "bali-process"])
def test_islands_that_are_specks_have_a_dot(key: str) -> None:
    uses = {each["href"] for each in by_id()[key].first("svg", class_="map").all("use")}
    for code in ("CPV", "COM", "MDV", "VUT"):
        assert f"#s-{code}" not in uses
    assert key != "midwa" or "#m-CPV" in uses


@pytest.mark.process
@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_words_that_every_object_of_a_script_has_are_no_names() -> None:
    given = json.dumps({key: plain()[key] for key in ("meant", "exact", "generic", "small")})
    script = "\n".join(
        [
            f"const D = {given};",
            "const pages = [], all = () => [];",
            (resources.files(atlases) / "script" / "names.js").read_text("utf-8"),
            "const words = Object.getOwnPropertyNames(Object.prototype);",
            "const found = ['Korea', ...words].map((word) => [word, [...meaningOf(word)]]);",
            "console.log(JSON.stringify(Object.fromEntries(found)));",
        ]
    )
    done = apart(["node", "-"], input=script, text=True, check=True)
    found = json.loads(done.stdout)
    assert found.pop("Korea") == ["KOR", "PRK"]
    assert "constructor" in found and not any(found.values())


def test_words_from_right_to_left_stand_apart_from_what_follows() -> None:
    assert element("b", "صحيفة, 2013-05") == "<b><bdi>صحيفة</bdi>, 2013-05</b>"
    assert element("b", "قمة (وثيقة), A") == "<b><bdi>قمة (وثيقة</bdi>), A</b>"
    assert element("title", "قمة 2013") == "<title>قمة 2013</title>"
    assert element("i", title="قمة 2013") == '<i title="قمة 2013"></i>'


def test_pictures_have_the_same_colours_and_steps_as_in_documents() -> None:
    style = page().first("style").text()
    shown = dict(re.findall(r"--([\w-]+):(#\w+);", style.partition("}")[0]))
    assert shown == palette()
    for name in shown.keys() & {"yes", "carried", "no", "possible", "land", "founding", "h3"}:
        assert f"var(--{name})" in style
    heads, *rows = by_id()["Matrix"].all("tr")
    names = [link.text() for link in heads.all("a")]
    pairs = {
        frozenset((item["short_name"], item["other_name"])): item
        for item in run_command("matrix", "-f", "json").json["items"]
    }
    for one, row in zip(names, rows, strict=True):
        for two, cell in zip(names, row.all("td"), strict=True):
            item = pairs.get(frozenset((one, two)))
            if item and item["shared"]:
                smaller = min(item["members"], item["other_members"])
                step = math.ceil(5 * item["shared"] / smaller)
                assert cell["class"] == f"h{step}", (one, two)
    keys = [each.classes[-1] for each in by_id()["Overlap"].all("i")]
    assert keys == ["h1", "h2", "h3", "h4", "h5"]


def test_a_founding_and_a_meeting_have_signs() -> None:
    timeline = page().first("ol", class_="timeline")
    assert {each.tag for each in timeline.all(class_="born")} == {"path"}
    meetings = [each for group in timeline.all("g", class_="met") for each in group.all("circle")]
    by_year = [each for each in meetings if each["class"] == "year"]
    dates = [refs()[int(each["data-c"])].rpartition("@")[2] for each in by_year]
    assert 0 < len(by_year) < len(meetings)
    assert not [date for date in dates if re.match(r"\d{4}-\d\d", date)]


def test_the_timeline_has_every_term_in_the_chair() -> None:
    """Those of the API; where no end is said, they go on, and are told apart."""
    lanes = page().first("ol", class_="timeline").all("li")
    rows = {row.first("a")["href"][1:]: row for row in lanes if list(row.all("a"))}
    for key, row in rows.items():
        terms = list(row.first("g", class_="terms").all("g"))
        asked = bundled().chair_terms(key)
        assert sorted(refs()[int(each["data-c"])] for each in terms) == sorted(
            term.rests_on[0].ref for term in asked
        )
    names = {text.text() for text in rows["igc"].all("text")}
    assert {"GBR", "NLD"} <= names
    term = list(rows["budapest-process"].first("g", class_="terms").all("g"))[-1]
    sure, beyond = term.all("rect")
    assert (sure.classes, beyond.classes) == (["sure"], ["open"])
    assert int(sure["x"]) + int(sure["width"]) == int(beyond["x"])
    words = "Türkiye from January 2006, named in October 2013 and last on 27 November 2025"
    assert term.first("title").text() == words


# Hostile words ---------------------------------------------------------------------------


@pytest.mark.usefixtures("small")
def test_words_of_an_overlay_are_words(tmp_path: Path) -> None:
    home = hostile_overlay(tmp_path)
    text = atlas(rcpref.load(overlay=home)).decode()
    assert not {sign for sign in text if not sign.isprintable()} - HARMLESS
    found = read(text)
    assert {each.tag for each in found.all()} == {each.tag for each in page().all()}
    for tag in ("script", "style"):
        assert len(list(found.all(tag))) == len(list(page().all(tag)))
    links = [each["href"] for each in found.all("a")]
    assert not [link for link in links if link.startswith("javascript")]
    ids = [each["id"] for each in found.all() if each["id"]]
    assert len(ids) == len(set(ids))
    assert {*TERMS, *PROCESSES} <= set(ids)
    own = next(each for each in found.all("section") if each["id"] == "script")
    assert "</script><script>alert(1)</script>" in own.first("h1").text()
    assert "from your overlay" in own.text()
    # The page is passed on: it does not say where the overlay lies.
    assert "with an overlay" in found.first("footer").text() and home not in text


def test_a_value_of_an_attribute_is_in_quotation_marks_where_html_needs_them() -> None:
    assert element("a", "x", href="a b=c/") == '<a href="a b=c/">x</a>'
    assert element("a", "x", href="#a/b") == "<a href=#a/b>x</a>"
