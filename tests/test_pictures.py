"""Maps: what they show, and that nothing in the data can make them do more."""

import json
import math
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rcpref
from conftest import environment, run_command, run_inside, run_process
from helpers import folded, in_terminal, output, raw, refuse, sample, write_files
from rcpref.answers.membership.evidence import CAPACITIES
from rcpref.answers.membership.members import states_named
from rcpref.export.pictures.shapes import apart, rings, shapes, window_on
from rcpref.export.pictures.svg import LAND, SEA, SIGNS, palette, sign_of
from rcpref.wording import in_words
from webpage import HOSTILE, LONG, hostile_overlay

NAME = "{http://www.w3.org/2000/svg}"
LARGEST = 110_000
"""Bytes that a map may have: it is put into documents and mailed."""

PICTURES = (
    ("map", "bali-process", "--as-of", "2004"),
    ("map", "iom"),
    ("map", "pidc"),
)
HARMLESS_NAMES = frozenset(
    ("svg", "title", "desc", "defs", "pattern", "g", "path", "rect", "circle", "line", "text")
)
HARMLESS_ATTRIBUTES = frozenset(
    (
        *("viewBox", "width", "height", "role", "aria-labelledby", "id", "patternUnits"),
        *("font-family", "font-size", "font-weight", "text-anchor", "transform"),
        *("fill", "stroke", "stroke-width", "d", "x", "y", "x1", "x2", "y1", "y2"),
        *("cx", "cy", "r"),
    )
)


def drawn(*args: str) -> ElementTree.Element:
    """The picture that a command line prints into a pipe."""
    return parsed(output(*args).out)


def parsed(text: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text)
    assert root.tag == f"{NAME}svg"
    return root


def words_of(root: ElementTree.Element) -> list[str]:
    """All lines of words."""
    return [each.text or "" for each in root.iter(f"{NAME}text")]


def told(*args: str) -> str:
    """All words of the picture of a command line, one after the other."""
    return " ".join(words_of(parsed(run_command(*args).out)))


def tips(root: ElementTree.Element) -> list[str]:
    """What is said to who points at a shape."""
    return [each.text or "" for each in root.iter(f"{NAME}title")][1:]


# Shapes ---------------------------------------------------------------------------------


def on_map(longitude: float, latitude: float) -> tuple[float, float]:
    """A place on a map of the world, worked out anew from the paper on the projection."""
    terms = ((1.340264, 1), (-0.081106, 3), (0.000893, 7), (0.003796, 9))

    def at(degrees: float, angle: float) -> tuple[float, float]:
        theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(angle)))
        slope = sum(power * a * theta ** (power - 1) for a, power in terms)
        across = 2 * math.sqrt(3) * math.radians(degrees - 11) * math.cos(theta) / (3 * slope)
        return across, sum(a * theta**power for a, power in terms)

    edge, top = at(191, 0)[0], at(11, 84)[1]
    scale = shapes().width / 2 / edge
    x, y = at(longitude, latitude)
    return (x + edge) * scale, (top - y) * scale


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("KEN", 36.82, -1.29),
        ("ISL", -21.0, 64.1),
        ("CHL", -70.65, -33.45),
        ("NZL", 175.6, -39.0),
        ("RUS", 187.5, 66.0),  # beyond 180 degrees
        ("UKR", 34.1, 45.0),  # on the Crimea
        ("ESH", -13.0, 25.0),
        ("GUF", -53.0, 4.0),
        ("XKX", 21.0, 42.6),
        ("SOM", 45.0, 9.8),
        ("CYP", 33.3, 35.2),
    ],
)
def test_a_place_is_in_the_shape_of_its_code_and_in_no_other(
    code: str, longitude: float, latitude: float
) -> None:
    place = on_map(longitude, latitude)
    assert [each for each, area in shapes().areas.items() if holds(area.path, place)] == [code]


def holds(path: str, place: tuple[float, float]) -> bool:
    """Whether a place is in a path: by how many of its sides are right of it."""
    x, y = place
    crossed = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossed % 2 == 1


def test_every_state_that_the_data_name_has_a_place_on_the_map(data: rcpref.Dataset) -> None:
    named = {code for each in data for key in CAPACITIES for code in states_named(each, key)}
    assert named <= set(shapes().areas)
    assert set(shapes().areas) <= set(data.countries)


@given(st.lists(st.sampled_from(sorted(shapes().areas)), min_size=1, max_size=8))
def test_a_window_holds_all_that_it_is_opened_on(codes: list[str]) -> None:
    window = window_on(codes)
    assert all(window.find(shapes().areas[code].centre) for code in codes)
    assert window.width <= shapes().width
    assert 0 <= window.top <= window.bottom <= shapes().height + 0.01


def test_a_tall_region_has_a_tall_window() -> None:
    window = window_on(["NOR", "DEU", "ESP", "NGA", "COD"])
    assert window.height == pytest.approx(window.width)


def test_the_islands_of_the_pacific_are_seen_together() -> None:
    """Though the map is cut between them."""
    window = window_on(["AUS", "COK", "TON"])
    places = [window.find(shapes().areas[code].centre) for code in ("AUS", "TON", "COK")]
    assert sorted(filter(None, places)) == places
    assert window.width < shapes().width / 2


def test_islands_that_are_specks_have_a_circle() -> None:
    root = drawn("map", "midwa")
    circled = [each.findtext(f"{NAME}title", "") for each in root.iter(f"{NAME}circle")]
    assert [tip for tip in circled if tip.startswith("Cabo Verde: yes")]


def test_circles_on_one_place_are_moved_apart() -> None:
    moved = apart([(100, 100), (100, 100), (130, 100), (5000, 5000)], 100)
    assert all(math.dist(one, two) > 95 for one, two in combinations(moved, 2))
    assert moved[3] == (5000, 5000)


# Signs ----------------------------------------------------------------------------------


def lightness(color: str) -> float:
    """How light a colour is in grey print, from 0 to 100."""
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    y = sum(part * share for part, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
    return float(116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y)


def contrast(one: str, two: str) -> float:
    """How far two colours are apart, as WCAG measures it."""
    light = sorted(((lightness(each) + 16) / 116) ** 3 + 0.05 for each in (one, two))
    return light[1] / light[0]


def test_what_was_carried_stands_out_from_land_and_from_what_is_certain() -> None:
    colours = palette()
    assert contrast(colours["carried"], colours["land"]) >= 2.9
    assert contrast(colours["yes"], colours["carried"]) >= 2.8
    assert contrast(colours["yes"], colours["land"]) >= 8.5
    # Nor does who is no member look like water.
    assert contrast(colours["no"], SEA) >= 1.3


def test_signs_are_told_apart_without_colour() -> None:
    for one, two in combinations(SIGNS, 2):
        assert one.pattern != two.pattern or abs(lightness(one.ground) - lightness(two.ground)) > 20
    assert all(
        sign.pattern or sign.border != "#ffffff" or lightness(LAND) - lightness(sign.ground) > 20
        for sign in SIGNS
    )
    assert len({sign.solid for sign in SIGNS}) == len(SIGNS)


# Maps -----------------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", sample([None, "2004"], ["2004"]))
def test_a_map_shows_the_answers_of_the_api(data: rcpref.Dataset, as_of: str | None) -> None:
    when = ["--as-of", as_of] if as_of else []
    for record in data.of_kind("process")[:: 2 if as_of else 1]:
        if not data.members(record.id, as_of=as_of).answers:
            refuse("map", record.id, *when, codes=(1,))
            continue
        root = parsed(run_command("map", record.id, *when).out)
        fills = {
            title: parent.get("fill")
            for parent in root.iter()
            for each in ([parent] if parent.tag == f"{NAME}circle" else parent)
            if (title := each.findtext(f"{NAME}title"))
        }
        words: list[str] = []
        for code, found in data.members(record.id, as_of=as_of).answers.items():
            sign = sign_of(found)
            words.append(sign.words)
            why = in_words(found.all_parts, people=True)
            tip = f"{data.countries[code].name}: {found.answer}, {why}"
            fill = f"url(#map-{record.id}-{sign.key})" if sign.pattern else sign.ground
            # All that the legend counts is shown.
            assert fills.get(tip) == fill, (record.id, code)
        counts = {f"{each}: {count}" for each, count in Counter(words).items()}
        assert counts <= set(words_of(root))


@pytest.mark.parametrize("record", ["iom", "ilo", "icmpd"])
def test_a_map_is_small_enough_for_a_document(record: str) -> None:
    assert len(run_command("map", record).out) <= LARGEST


def test_a_map_says_what_it_is_for_whom_it_is_read_out() -> None:
    root = drawn("map", "bali-process", "--as-of", "2004")
    labels = [root.find(f".//*[@id='{key}']") for key in root.attrib["aria-labelledby"].split()]
    title, described = ("" if each is None else each.text or "" for each in labels)
    assert root.get("role") == "img"
    assert title.startswith("Members of the Bali Process in 2004")
    assert "possible (7): " in described
    assert "Australia" in described
    lines = " ".join(words_of(root))
    for part in ("take no position", "From 4 sources", "sha256", "in 2004", "37 States"):
        assert part in lines
    assert f"rcpref {rcpref.__version__}, data " in lines


def test_a_picture_says_what_it_is_from() -> None:
    dated = told("map", "bali-process", "--as-of", "2013-05")
    # Two pages have the same publisher and no date; what is not primary is weaker.
    undated = r"read 2026-11 \(2 of them\)"
    assert re.search(rf"From 4 sources: .*{undated}; .*2015-11 \(tertiary\)", dated)
    observers = run_command("members", "bali-process", "--observers", "-f", "json").json
    answered = [i for i in (*observers["items"], *observers["uncertain"]) if len(i["id"]) == 3]
    states = {claim["source"] for each in answered for claim in each["rests_on"]}
    assert f"From {len(states)} source" in told("map", "bali-process", "--capacity", "observer")


def test_a_picture_says_what_is_from_an_overlay(tmp_path: Path) -> None:
    listed = '[[claim]]\nproperty = "members"\nvalue = ["KEN"]\nas_of = "2024"\nsource = "own"\n'
    files = {
        "sources.toml": '[own]\ntitle = "Own"\npublisher = ["Me"]\ntier = "secondary"\n',
        "processes/igc.toml": f'id = "igc"\n{listed}',
    }
    mine = "--data", str(write_files(tmp_path / "mine", files))
    assert "Me, undated (secondary, from your overlay)." in told("map", "igc", *mine)
    assert "overlay" not in told("map", "igc")


def test_a_lighter_tone_is_for_evidence_of_another_time() -> None:
    dated = words_of(drawn("map", "igc", "--as-of", "2013-05"))
    assert any(line.startswith("yes: ") for line in dated)
    assert any(line.startswith("yes, by older") for line in words_of(drawn("map", "igc")))


APART = "yes, but suspended, absent and so on"


def test_members_with_a_standing_have_a_sign_and_are_named(data: rcpref.Dataset) -> None:
    answers = data.members("african-union").answers
    suspended = sorted(code for code, found in answers.items() if found.standing)
    assert {"MLI", "NER"} <= set(suspended)
    names = ", ".join(sorted(data.countries[code].name for code in suspended))
    root = drawn("map", "african-union")
    lines = words_of(root)
    assert f"{APART}: {len(suspended)}" in lines
    assert f"Suspended: {names}." in " ".join(lines)
    marked = [part for part in root.iter() if part.get("fill") == "url(#map-african-union-apart)"]
    said = [tip.text or "" for part in marked for tip in part.iter(f"{NAME}title")]
    assert len(said) == len(suspended)
    why = "in the newest list, of 2025; joined on 25 May 1963; suspended since 1 June 2021"
    assert f"Mali: yes, {why}" in said
    screen = in_terminal("map", "african-union", columns=100)
    top, _, below = screen.plain.partition(f"\n▚ {APART} ({len(suspended)}): ")
    assert "▚" in top
    assert f"Suspended: {names}." in folded(below)


def test_a_standing_is_on_the_map_of_the_time_when_it_held() -> None:
    then = told("map", "african-union", "--as-of", "2012-06")
    assert "Mali" in then.partition("Suspended: ")[2].partition(".")[0]
    for date in ("2011", "2016"):
        assert "Mali" not in told("map", "african-union", "--as-of", date)


def test_a_standing_beside_a_no_has_no_sign_but_is_told() -> None:
    root = drawn("map", "cis")
    described = root.findtext(f"{NAME}desc") or ""
    assert "Ukraine" not in described.partition(APART)[2].partition(";")[0]
    assert re.search(r"[A-Z][a-z ]+: [^.]*Ukraine", " ".join(words_of(root)))


def test_a_record_without_members_is_no_map() -> None:
    error = refuse("map", "gaborone-2011", codes=[1, 2])
    assert "members" in error.err
    nothing = run_inside(("map", "unhcr", "-f", "json"), environment())
    assert (nothing.code, json.loads(nothing.out)["count"]) == (1, 0)
    assert "nothing to draw" in nothing.err
    assert "candidates" in refuse("map", "sacm", "--capacity", "candidate", codes=[1]).err


def test_a_map_lists_states_by_their_names() -> None:
    shown = folded(run_command("map", "bali-process", "--as-of", "2004", "-f", "table").out)
    described = drawn("map", "bali-process", "--as-of", "2004").findtext(f"{NAME}desc") or ""
    for text in (shown, described):
        names = text.partition("yes (37): ")[2].partition("possible")[0]
        assert names.index("Brunei") < names.index("Cambodia") < names.index("China")
        assert names.index("Pakistan") < names.index("Republic of Korea") < names.index("Samoa")


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_on_a_terminal_a_map_is_made_of_characters(columns: int) -> None:
    screen = in_terminal("map", "bali-process", "--as-of", "2004", columns=columns)
    assert screen.code == 0
    assert all(len(line) <= columns for line in screen.plain.splitlines())
    top, _, below = screen.plain.partition("\n█ yes (37): ")
    assert "█" in top
    assert any("\u2800" < sign < "\u2900" for sign in top)
    assert "Australia" in below
    assert "take no position" in folded(below)
    assert len(top.splitlines()) <= 30
    plain = in_terminal(
        "map", "bali-process", "--as-of", "2004", "--color", "never", columns=columns
    )
    assert folded(plain.text) == folded(screen.plain)


def test_columns_that_are_named_are_shown_instead_of_a_map() -> None:
    args = ("map", "sacm", "--as-of", "2013", "--columns", "id,answer")
    assert output(*args).lines == [f"{code}\tyes" for code in sorted(output(*args).ids)]
    assert "⠒" not in in_terminal(*args).plain
    assert re.search(r"^ARG +yes$", in_terminal(*args).plain, re.MULTILINE)


def test_the_map_in_characters_has_each_state_where_it_is() -> None:
    """Of the southern hemisphere nobody but South America, in the left half."""
    lines = in_terminal("map", "sacm", "--as-of", "2013", columns=80).plain.splitlines()
    filled = [line for line in lines if "█" in line and "yes" not in line]
    assert len(filled) > 10
    assert all(line.rindex("█") < 55 for line in filled)
    widths = [line.count("█") for line in filled]
    assert 3 < widths.index(max(widths)) < len(filled) // 2 + 1  # Brazil, and not Patagonia


@pytest.mark.parametrize("args", [
    ("map", "igc", "sacm"),
    ("map", "igc", "--capacity", "friends"),
    ("map", "igc", "--force"),
    ("map", "igc", "-o", "map.png"),
    ("map", "igc", "-o", ""),
    ("map", "igc", "-o", "-", "-f", "csv"),
    ("map", "igc", "-o", "map.svg", "--columns", "nothing"),
], ids=" ".join)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(
    args: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refuse(*args, codes=[2])
    assert not list(tmp_path.iterdir())


# Files ----------------------------------------------------------------------------------


def test_a_picture_is_written_whole_and_over_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    written = run_command("map", "igc", "-o", "a b é.svg", "-f", "json").json["items"]
    text = (tmp_path / "a b é.svg").read_text(encoding="ascii")
    assert text == output("map", "igc").out == run_command("map", "igc", "-o", "-").out
    assert [(each["path"], each["bytes"]) for each in written] == [("a b é.svg", len(text))]
    (tmp_path / "old.svg").write_text("mine", encoding="utf-8")
    assert "exists" in refuse("map", "iom", "-o", "old.svg", codes=[3]).err
    refuse("map", "iom", "-o", "none/new.svg", codes=[3])
    assert (tmp_path / "old.svg").read_text(encoding="utf-8") == "mine"
    run_command("map", "iom", "-o", "old.svg", "--force")
    parsed((tmp_path / "old.svg").read_text(encoding="ascii"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a b é.svg", "old.svg"]


@pytest.mark.parametrize("args", PICTURES, ids=" ".join)
def test_a_picture_has_shapes_and_words_and_nothing_else(args: tuple[str, ...]) -> None:
    text = output(*args).out
    assert text.isascii()
    root = parsed(text)
    for each in root.iter():
        assert each.tag.removeprefix(NAME) in HARMLESS_NAMES
        assert set(each.attrib) <= HARMLESS_ATTRIBUTES
        for value in each.attrib.values():
            assert "//" not in value
    ids = [each.attrib["id"] for each in root.iter() if "id" in each.attrib]
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)
    width, height = map(int, root.attrib["viewBox"].split()[2:])
    for each in root.iter(f"{NAME}text"):
        assert 0 <= int(each.attrib["x"]) <= width
        assert 0 <= int(each.attrib["y"]) <= height


def test_words_of_an_overlay_are_words_in_a_picture(tmp_path: Path) -> None:
    folder = hostile_overlay(tmp_path / "</svg> & more")
    shown = " ".join(HOSTILE.split())
    root = parsed(run_command("map", "script", "--data", folder).out)
    assert {each.tag.removeprefix(NAME) for each in root.iter()} <= HARMLESS_NAMES
    lines = " ".join(words_of(root))
    assert shown in lines
    assert "with an overlay" in lines
    assert folder not in lines
    assert LONG in told("map", "hasownproperty", "--data", folder)


@pytest.mark.process
@pytest.mark.parametrize("args", PICTURES[:2], ids=" ".join)
def test_a_picture_is_the_same_everywhere(args: tuple[str, ...]) -> None:
    elsewhere: dict[str, Any] = {
        "PYTHONHASHSEED": "7",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONIOENCODING": "latin-1",
    }
    done, here = raw(*args, env=elsewhere), output(*args)
    assert (done.returncode, done.stdout.decode()) == (0, here.out)
    assert done.stderr.decode("latin-1") == here.err


@pytest.mark.process
def test_where_there_are_no_dots_a_map_names_the_states_alone() -> None:
    args = ("map", "midsa", "--as-of", "2013", "-f", "table")
    text = run_process(args, environment({"PYTHONIOENCODING": "ascii"})).out
    assert text.isascii()
    drawn, _, names = text.partition("yes")
    assert drawn.count("\n") < 5 and "Angola" in names
