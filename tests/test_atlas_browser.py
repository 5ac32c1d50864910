"""The atlas in Chromium: accessible, quiet, alone, and showing what the API says.

Run by `-m browser` alone, with Debian's chromium, playwright and, in the variable AXE_CORE,
the file axe.min.js of the npm package axe-core; .ci/run installs all three.
"""

import csv
import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

import rcpref
import webpage
from asking import bundled
from conftest import run_command
from helpers import write_files
from rcpref.answers.membership.members import member_at, states_named
from rcpref.answers.time import as_of
from rcpref.dates import parse
from rcpref.export.atlas import atlas
from rcpref.export.pictures.svg import palette
from rcpref.views.summary import caveat, summary
from rcpref.views.words import CAPACITY_WORDS
from rcpref.wording import in_words

pytestmark = pytest.mark.browser

VIEWS = (
    "", "#Home@2013", "#bali-process@2013-05", "#rabat-process", "#gfmd@2014", "#african-union",
    "#lima-2013", "#KEN@2013", "#Overlap@2013-05", "#Timeline", "#ByYear@2024", "#Disputes",
    "#text:lima-2013", "#lima-2013/conclusion-5", "#search:evidence", "#Records", "#About", "#rcp",
)  # fmt: skip
"""One view of each kind; that of the sources is long, and looked at once."""

DATES = ("1985", "1996", "1996-07", "2002-02", "2003", "2008-11", "2013", "2013-05", "2016",
         "2019-12", "2024-02", "2026-11", None)  # fmt: skip

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

QUERIES = (
    "evidence", "evidence base", "regional bodies", '"regional bodies" engage', "migra*",
    "migra* AND health", "peru", "Côte d'Ivoire", "cote ivoire", "trafficking OR smuggling",
    "trafficking NOT smuggling", "a NOT b NOT c", "Bali", "bali process", "RCM", "5+5", "5 + 5",
    "country", "countries", "processes", "process", "studies", "Lima 2013", "secretariat ICMPD",
    "ministerial conference", '"ministerial conference"', '"unclosed phrase', "AND", "OR migration",
    "migration AND", "NOT migration", "Türkiye", "turkiye", "Балийский", "2013-05", "A/RES/68/4",
    "zzzz", "the", "GFMD NOT summit OR Lima", "labour mobility", "protection rights migrants",
    "undoc*", "iom", "IOM OR ILO AND mobility", "prague process", "dialogue, dialogue!",
)  # fmt: skip


class View(NamedTuple):
    """A page of a browser, with what it has said and asked for."""

    page: Any
    home: str
    said: list[str]
    asked: list[str]

    def go(self, view: str) -> None:
        self.page.goto("about:blank")
        self.page.goto(f"{self.home}{view}")
        self.page.wait_for_selector("html[data-ready]")

    def type(self, words: str) -> None:
        """Look for words."""
        self.page.fill("#Query", words)
        self.page.press("#Query", "Enter")

    def text(self, what: str) -> Any:
        """The text of an element, as it is seen."""
        return self.page.locator(what).inner_text()

    def run(self, script: str, *args: Any) -> Any:
        return self.page.evaluate(script, *args)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync = pytest.importorskip("playwright.sync_api", reason="pip install playwright")
    chromium = shutil.which("chromium")
    assert chromium, "apt-get install --no-install-recommends chromium"
    with sync.sync_playwright() as play:
        opened = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas under a name that people give to files."""
    place = tmp_path_factory.mktemp("ein Ordner é") / "atlas, März 100%.html"
    place.write_bytes(atlas(bundled()))
    return place


Opener = Callable[..., View]


@pytest.fixture
def opened(browser: Any, file: Path) -> Iterator[Opener]:
    views = []

    def open(
        at: str | None = None,
        width: int = 1280,
        scheme: str = "light",
        script: bool = True,
        path: Path = file,
    ) -> View:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=script,
            offline=True,
            reduced_motion="reduce",
        )
        page = context.new_page()
        view = View(page, path.as_uri(), [], [])
        page.on("console", lambda message: view.said.append(message.text))
        page.on("pageerror", lambda error: view.said.append(str(error)))
        page.on("dialog", lambda dialog: view.said.append(dialog.message))
        page.on("request", lambda request: view.asked.append(request.url))
        views.append(view)
        if at is not None:
            view.go(at)
        return view

    yield open
    for view in views:
        assert view.said == [], "the page, its script or a dialog has said something"
        view.page.context.close()


@cache
def axe() -> str:
    place = os.environ.get("AXE_CORE", "")
    assert place, "set AXE_CORE to the file axe.min.js of the npm package axe-core"
    return Path(place).read_text(encoding="utf-8")


def assert_accessible(view: View, each: object, only: Sequence[str] = ()) -> None:
    """By axe: all rules for a page, or only some of them."""
    view.run(axe())
    asked = {"type": "rule", "values": [*only]} if only else {"type": "tag", "values": RULES}
    found = view.run("asked => axe.run(document, {runOnly: asked})", asked)
    bad = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found["violations"]]
    assert not bad, each


# Accessible, quiet, alone ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "scheme", "views"),
    [(1280, "light", VIEWS), (320, "dark", VIEWS), (390, "light", (*VIEWS[::3], "#Sources"))],
    ids=["wide", "narrow", "between"],
)
def test_every_view_is_accessible_quiet_and_alone(
    opened: Opener, width: int, scheme: str, views: tuple[str, ...]
) -> None:
    view = opened(width=width, scheme=scheme)
    for each in views:
        view.go(each)
        assert view.run("document.documentElement.scrollWidth") <= width, each
        # What is hidden has nothing that could be wrong, but would take ten times as long.
        view.run("document.querySelectorAll('.page:not(.on)').forEach(page => page.remove())")
        assert_accessible(view, each)
    assert {url.partition("#")[0] for url in view.asked} <= {view.home, "about:blank"}


# What it shows is what the API says --------------------------------------------------------

SHOWN = """async ([ids, dates]) => {
  const found = {}, target = (a) => decodeURIComponent(a.hash.slice(1));
  const undated = (a, date) => target(a).replace(new RegExp("@" + date + "$"), "");
  for (const id of ids) for (const date of dates) {
    const moved = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = id + (date ? "@" + date : "");
    await moved;
    const page = document.querySelector(".page.on"), rows = {};
    if (page.id !== id) throw new Error(page.id + " for " + id);
    for (const row of page.querySelectorAll(".who tbody tr")) {
      if (row.cells.length < 4) continue;
      const reason = row.cells[2].cloneNode(true);
      reason.querySelector("small")?.remove();
      const said = [row.cells[0].textContent.split(" ")[0], reason.textContent];
      const claims = [...row.cells[3].querySelectorAll("a")].map((a) => undated(a, date));
      const beside = row.cells[1].querySelector("small")?.textContent || "";
      for (const a of row.cells[1].querySelectorAll("a")) {
        rows[undated(a, date) + beside] = [...said, claims];
      }
    }
    const labels = [...page.querySelectorAll(".now:not([hidden]) dt")], holders = [];
    let dd = labels.find((dt) => dt.textContent === "Chair")?.nextElementSibling;
    for (; dd?.tagName === "DD"; dd = dd.nextElementSibling) holders.push(dd.textContent);
    const counted = labels.find((dt) => dt.textContent === "Members")?.nextElementSibling;
    const map = {};
    for (const use of page.querySelectorAll(".map use:not(.land)")) {
      const from = use.getAttribute("class") || use.parentNode.getAttribute("class");
      map[use.getAttribute("href").slice(3)] = from.replace(/carried|apart/, "yes");
    }
    found[id + "@" + (date || "")] = { rows, holders, map, heading: counted?.textContent };
  }
  return found;
}"""


def evidence(answer: Any) -> list[str]:
    """The first claim of each source."""
    claims: dict[str, str] = {}
    for claim in (*answer.rests_on, *(each.claim for each in answer.standing)):
        claims.setdefault(claim.source, claim.ref)
    return list(claims.values())


def test_answers_reasons_evidence_and_maps_are_those_of_the_api(opened: Opener) -> None:
    data = bundled()
    kinds = ("process", "body", "organization")
    records = [r for r in data if r.kind in kinds and data.states_of(r.id)]
    view = opened("")
    shown = view.run(SHOWN, [[record.id for record in records], list(DATES)])
    for record in records:
        for date in DATES:
            found = shown[f"{record.id}@{date or ''}"]
            asked = data.states_of(record.id, date)
            assert found["rows"] == {
                code: [each.answer, in_words(each.all_parts, people=True), evidence(each)]
                for code, each in asked.items()
            }, (record.id, date)
            # Some codes have no shape.
            assert set(found["map"]) <= set(asked)
            asked_for = as_of(date, data.date)
            heading = summary(data, record, asked_for, asked).heading_parts
            wanted = in_words([*heading, *caveat(record, asked.values())], people=True)
            assert date is None or found["heading"] == wanted, (record.id, date)
            assert found["map"] == {code: asked[code].answer for code in found["map"]}


def test_chairs_are_those_of_the_api(opened: Opener) -> None:
    data = bundled()
    records = [*data.of_kind("process"), *data.of_kind("forum")]
    records = [record for record in records if record.claims_of("chair")]
    view = opened("")
    dates = [date for date in DATES if date]
    shown = view.run(SHOWN, [[record.id for record in records], dates])
    for record in records:
        for date in dates:
            holders = shown[f"{record.id}@{date}"]["holders"]
            asked = data.chairs(record.id, date)
            if not asked:
                assert holders == ["nothing is known for then"], (record.id, date)
                continue
            for text, each in zip(holders, asked, strict=True):
                lead = "" if each.answer == "yes" else f"{each.answer}: "
                names = ", ".join(data.countries[code].name for code in each.states)
                assert text.startswith(f"{lead}{names} ({in_words(each.why, people=True)})"), (
                    record.id,
                    date,
                )


def beside(code: str, date: str | None) -> Iterator[tuple[str, Any]]:
    """What a State is otherwise, as rows of its page have it: id and capacity."""
    asked = as_of(date, bundled().date)
    for record in bundled():
        for capacity, words in CAPACITY_WORDS.items():
            if capacity != "members" and code in states_named(record, capacity):
                found = member_at(bundled(), record, code, asked, capacity)
                if found.answer not in ("no", "unknown"):
                    yield f"{record.id} {words}", found


def test_the_page_of_a_state_is_what_the_api_says(opened: Opener) -> None:
    data = bundled()
    codes = ["KEN", "PER", "FRA", "GBR", "USA", "XKX", "SSD", "HKG", "TKL"]
    view = opened("")
    shown = view.run(SHOWN, [codes, list(DATES)])
    for code in codes:
        for date in DATES:
            asked = {**data.memberships_of(code, date), **dict(beside(code, date))}
            rows = {
                key: [each.answer, in_words(each.all_parts, people=True), evidence(each)]
                for key, each in asked.items()
            }
            assert shown[f"{code}@{date or ''}"]["rows"] == rows, (code, date)


def test_the_small_maps_and_the_matrix_follow_the_date(opened: Opener) -> None:
    data = bundled()
    view = opened()
    for date in ("2003", "2013-05", "2026-11"):
        view.go(f"#Home@{date}")
        tones = view.run(
            "[...document.querySelectorAll('.small-map')].map(card => [card.dataset.of,"
            "Object.fromEntries([...card.querySelectorAll('use:not(.land)')].map(use =>"
            "[use.getAttribute('href').slice(3),"
            "use.getAttribute('class').replace(/carried|apart/, 'yes')]))])"
        )
        for key, map in tones:
            asked = data.states_of(key, date)
            assert map == {code: asked[code].answer for code in map}, (key, date)
        view.go(f"#Overlap@{date}")
        labels = view.run("[...document.querySelectorAll('#Matrix button')].map(b => b.ariaLabel)")
        ids = {record.short_name: record.id for record in data}
        for label in labels:
            if pair := re.fullmatch(r"(.+) and (.+): (\d+) shared", label):
                one, two = (set(data.members(ids[name], date)) for name in pair.group(1, 2))
                assert len(one & two) == int(pair[3]), label


def test_the_text_is_shown_word_for_word(opened: Opener) -> None:
    view = opened("#text:lima-2013")
    for passage in bundled().passages():
        said = view.run(
            "id => { const own = document.getElementById(id);"
            "const said = (own.querySelector('.said') || own).cloneNode(true);"
            "said.querySelectorAll('sup').forEach(mark => mark.remove());"
            "return said.textContent }",
            passage.ref,
        )
        assert said == passage.text, passage.ref


def test_search_finds_what_the_command_finds(opened: Opener) -> None:
    view = opened("")
    for query in QUERIES:
        found = view.run(
            "async query => { location.hash = 'search:' + encodeURIComponent(query);"
            "await new Promise(done => setTimeout(done, 0));"
            "for (let i = 0; i < 100 && document.getElementById('Query').value !== query; i++)"
            "  await new Promise(done => setTimeout(done, 20));"
            "const more = document.getElementById('More'); if (!more.hidden) more.click();"
            "return [...document.querySelectorAll('#Hits > li > a')]"
            ".map(a => decodeURIComponent(a.hash.slice(1)).replace(/^source:/, '')) }",
            query,
        )
        try:
            hits = bundled().search(query, limit=None)
        except (rcpref.NotFound, rcpref.UsageProblem):
            hits = []
        wanted = [hit.ref for hit in hits]
        assert sorted(found) == sorted(wanted), query
        scores = {hit.ref: round(hit.score, 6) for hit in hits}
        if len(scores) == len(hits) and found and found[0] == wanted[0]:
            found, wanted = found[1:], wanted[1:]  # a record that has it as a name
        assert [scores[ref] for ref in found] == [scores[ref] for ref in wanted], query


# Ways through it -------------------------------------------------------------------------


def test_addresses_lead_to_their_views_and_back(opened: Opener) -> None:
    view = opened()
    claim = next(c for c in bundled().claims() if c.number > 1)
    for target, title in (
        ("#bali-process@2013-05", "Bali Process, in May 2013 · RCP atlas"),
        ("#bali-process@2013-05-22", "Bali Process, in May 2013 · RCP atlas"),
        ("#bali-process@1804", "Bali Process, as last known · RCP atlas"),
        ("#KEN@2013", "Kenya, in 2013 · RCP atlas"),
        ("#ken@2013", "Kenya, in 2013 · RCP atlas"),
        ("#Bali-Process", "Bali Process, as last known · RCP atlas"),
        ("#timeline", "Foundings, meetings, chairs · RCP atlas"),
        ("#lima-2013/conclusion-5", f"{bundled().texts['lima-2013'].title} · RCP atlas"),
    ):
        view.go(target)
        assert view.page.title() == title
    view.go("#" + claim.ref.replace("#", "%23"))
    spot = view.page.locator(".target")
    assert spot.get_attribute("id") == claim.ref
    assert spot.is_visible()
    view.go("#bali-process@2030")
    assert "2030, which lies after the data (December 2026)" in view.text("#Notice")
    view.go("#bali-process@1804")
    assert "1804, which lies before 1985" in view.text("#Notice")
    view.page.click("#Now")
    assert view.page.locator("#Notice").is_hidden()
    view.go("#no-such-thing")
    said = view.text("#Count")
    assert said.startswith("There is no page “no-such-thing” here.")
    view.go("#rabat-process")
    view.page.locator(".page.on .who a").first.click()
    assert view.page.locator(".page.on").get_attribute("class") == "page state on"
    view.page.go_back()
    assert view.page.locator(".page.on").get_attribute("id") == "rabat-process"


def test_dots_of_small_states_are_as_wide_as_they_are_meant_to_be(opened: Opener) -> None:
    """WebKit takes the style of an original for all that use it: it has to be right there."""
    view = opened("")
    for name, width in (("dot", "9px"), ("ring", "12px")):
        style = f"getComputedStyle(document.querySelector('[id^=m-] .{name}'))"
        assert view.run(f"{style}.strokeWidth") == width


def test_buttons_move_the_date_by_a_year_and_the_answer_is_read_out(opened: Opener) -> None:
    view = opened("#bali-process", 390)
    assert view.page.locator("#Year").bounding_box()["width"] >= 240
    assert view.page.locator("#On").is_disabled()
    said = view.page.locator("output#At")
    for name, date in (("Back", "2026"), ("Back", "2025"), ("Back", "2024"), ("On", "2025")):
        view.page.click(f"#{name}")
        view.page.wait_for_url(f"{view.home}#bali-process@{date}")
        heading = view.page.locator(".then dd").first.text_content()
        assert said.text_content() == f"{date}: {heading}"
    view.go("#KEN@2013-05")
    assert re.fullmatch(r"May 2013: Processes \d+, Bodies \d+, .*", said.text_content())
    view.go("#bali-process@1985")
    assert view.page.locator("#Back").is_disabled()


def test_the_table_of_the_timeline_is_for_the_keyboard(opened: Opener) -> None:
    view = opened("#Timeline")
    view.page.focus("#Timeline .lead a")
    view.page.keyboard.press("Enter")
    view.page.wait_for_selector("#ByYear.on")
    view.page.focus("#ByYear .events td:last-child a")
    view.page.keyboard.press("Enter")
    view.page.wait_for_selector(".target")


def test_who_skips_to_the_content_stays_on_the_page(opened: Opener) -> None:
    view = opened("#bali-process@2013-05")
    view.page.evaluate("document.activeElement.blur()")
    view.page.keyboard.press("Tab")
    assert view.run("document.activeElement.className") == "skip"
    view.page.keyboard.press("Enter")
    assert view.run("document.activeElement.id") == "Main"
    assert view.page.url.endswith("#bali-process@2013-05")
    view.page.keyboard.press("Tab")
    assert view.run("document.activeElement.closest('main') !== null")


def test_the_keyboard_moves_the_date_and_the_matrix(opened: Opener) -> None:
    view = opened("#bali-process")
    view.page.focus("#Year")
    view.page.keyboard.press("ArrowLeft")
    view.page.wait_for_url(f"{view.home}#bali-process@2026")
    view.page.keyboard.press("ArrowRight")
    view.page.wait_for_url(f"{view.home}#bali-process")
    view.page.keyboard.press("Home")
    view.page.wait_for_url(f"{view.home}#bali-process@1985")
    assert view.page.locator("#Year").get_attribute("aria-valuetext") == "1985"
    view.page.select_option("#Month", "03")
    view.page.wait_for_url(f"{view.home}#bali-process@1985-03")
    view.page.click("#Now")
    view.page.wait_for_url(f"{view.home}#bali-process")
    view.go("#Overlap@2013-05")
    view.page.focus("#Matrix button[tabindex='0']")
    for key in ("ArrowDown", "ArrowRight", "ArrowDown", "Enter"):
        view.page.keyboard.press(key)
    said = view.text("#Shared")
    assert re.match("MIDWA and MIDSA: [0-9]+ shared, in May 2013.", said)


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_of_shared_members_is_marked_answered_in_sight_and_has_an_address(
    opened: Opener, width: int
) -> None:
    view = opened("#Overlap@2020", width)
    view.page.click("#Matrix tr:nth-child(2) td:nth-child(2) button")
    chosen = view.page.locator("#Matrix [aria-current]")
    label = chosen.get_attribute("aria-label")
    said = view.page.locator("#Shared")
    assert said.inner_text().startswith(f"{label}, in 2020. ")
    box = said.bounding_box()
    assert 0 < box["y"] < box["y"] + box["height"] <= 900
    names = label.rpartition(":")[0].split(" and ")
    ids = [each.id for name in names for each in bundled() if each.short_name == name]
    assert view.page.url.endswith(f"#Overlap/{'/'.join(ids)}@2020")
    view.go(f"#{view.page.url.partition('#')[2]}")
    assert chosen.get_attribute("aria-label") == label
    view.page.click("#Now")
    view.page.wait_for_url(f"{view.home}#Overlap/{'/'.join(ids)}")
    assert said.inner_text().startswith(" and ".join(names))
    view.go("#Overlap/igc/igad-rcp@1990")
    assert "IGC and IGAD-RCP: no certain members of both are known in 1990." in said.inner_text()


def test_who_goes_back_finds_the_place_again(opened: Opener) -> None:
    view = opened("#rabat-process")
    link = view.page.locator(".page.on .who tbody a[href='#TUN']").first
    link.scroll_into_view_if_needed()
    place = view.run("scrollY")
    assert place > 200
    link.click()
    view.page.wait_for_selector("#TUN.on")
    assert view.run("scrollY") == 0
    view.page.go_back()
    view.page.wait_for_selector("#rabat-process.on")
    assert view.run("scrollY") == place
    view.page.go_forward()
    view.page.wait_for_selector("#TUN.on")
    assert view.run("scrollY") == 0


def test_a_state_that_is_not_named_says_so_on_the_map_and_leads_to_its_page(
    opened: Opener,
) -> None:
    view = opened("#igc")
    edges = "[...document.querySelectorAll('.page.on .map use.land')].map(use => "
    edges += "getComputedStyle(use).getPropertyValue('--edge'))"
    before = view.run(edges)
    for code in ("BRA", "CHN"):
        at = view.run(
            "code => { const svg = document.querySelector('.page.on .map');"
            "const box = document.getElementById('s-' + code).getBBox();"
            "const at = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2)"
            ".matrixTransform(svg.getScreenCTM()); return [at.x, at.y] }",
            code,
        )
        view.page.mouse.move(*at)
        name = bundled().countries[code].name
        assert view.text(".page.on .hover") == f"{name}: not named"
        assert view.run(edges) == before
    view.page.mouse.click(*at)
    view.page.wait_for_selector("#CHN.on")


def test_what_is_typed_leads_to_a_record_a_state_or_a_search(opened: Opener) -> None:
    view = opened("")
    for typed, id in TYPED.items():
        view.type(typed)
        view.page.wait_for_selector(f"[id='{id}'].on")
    view.go("#search:korea")
    assert view.text("#Named").split("\n") == [
        "Republic of Korea State",
        "DPR Korea State",
    ]
    view.go("#search:colmbo")
    said = view.text("#Count")
    assert said == "Nothing found for “colmbo”. Did you mean Colombo Process?"
    view.go("#search:conclusion%204")
    assert view.page.locator("#Named a").get_attribute("href") == "#lima-2013/conclusion-4"


def test_a_name_is_typed_with_a_date_or_another_name(opened: Opener) -> None:
    view = opened("")
    for typed, address in (
        ("bali 2013", "bali-process@2013"),
        ("Kenya 2010-05", "KEN@2010-05"),
        ("Lima 2013", "lima-2013"),
        ("lima conclusion 4", "lima-2013/conclusion-4"),
        ("colombo abu dhabi", "Overlap/colombo-process/abu-dhabi-dialogue"),
        ("bali 1804", "search:bali%201804"),
        ("peru colombia", "search:peru%20colombia"),
    ):
        view.type(typed)
        view.page.wait_for_url(f"{view.home}#{address}")
    # A date that was chosen stays.
    view.go("#Home@2004")
    view.type("bali")
    view.page.wait_for_url(f"{view.home}#bali-process@2004")


def test_words_that_every_object_of_a_script_has_are_searched(opened: Opener) -> None:
    view = opened("")
    words = view.run("Object.getOwnPropertyNames(Object.prototype)")
    assert {"constructor", "toString", "__proto__", "hasOwnProperty"} <= {*words}
    for word in words:
        view.type(word)
        view.page.wait_for_selector("#Found.on")
        said = view.text("#Count")
        assert said == f"Nothing found for “{word}”.", word
        view.go(f"#{word}")
        assert f"There is no page “{word}” here." in view.text("#Count")


TYPED = {
    "Kenya": "KEN", "Rabat Process": "rabat-process", "evidence": "Found", "turkey": "TUR",
    "turkiye": "TUR", "uk": "GBR", "USA": "USA", "KEN": "KEN", "GBR": "GBR", "404": "KEN",
    "south korea": "KOR", "ivory coast": "CIV", "COTE D IVOIRE": "CIV", "palestine": "PSE",
    "the gambia": "GMB", "bali": "bali-process", "korea": "Found", "Кения": "KEN",
    "lima-2013/conclusion-4": "text:lima-2013", "Lima conclusion 4": "text:lima-2013",
}  # fmt: skip
"""What is typed, and the page to which it leads."""


def test_every_name_means_what_the_command_understands(opened: Opener) -> None:
    data = bundled()
    table = data.plain.names
    names = sorted({name for _, name, _ in (*table.records.listed(), *table.states.listed())})
    assert_understood(opened(), data, names)


SHARED = ("Kenya", "KEN", "KE", "404", "Bali", "Bali Process", "IGC", "Lima", "Colombo", "AU")


def test_a_name_that_an_overlay_shares_means_both(opened: Opener, tmp_path: Path) -> None:
    own = 'id = "own"\nkind = "process"\nname = "Own"\nshort_name = "Own"\n'
    files = {"processes/own.toml": f"{own}aliases = {list(SHARED)}\n"}
    data = rcpref.load(overlay=write_files(tmp_path / "own", files))
    path = tmp_path / "own.html"
    path.write_bytes(atlas(data))
    assert_understood(opened(path=path), data, [*SHARED, *map(str.lower, SHARED), "Own", "KENYA"])


def assert_understood(view: View, data: rcpref.Dataset, names: list[str]) -> None:
    view.go("")
    pages = set(view.run("[...document.querySelectorAll('.record, .state')].map(page => page.id)"))
    shown = view.run("names => names.map(name => [name, meaningOf(name)])", names)
    for name, ids in shown:
        wanted = {match.key for match in data.plain.names.match(name)}
        assert set(ids) == wanted & pages, name


def test_maps_tables_citations_and_addresses_are_taken_away(opened: Opener, tmp_path: Path) -> None:
    view = opened("#midwa@2013", scheme="dark")
    tools = view.page.locator(".page.on .tools").first
    files = {}
    for name in ("SVG", "PNG", "CSV"):
        with view.page.expect_download() as saved:
            tools.get_by_role("button", name=name).click()
        assert saved.value.suggested_filename == f"midwa-2013.{name.lower()}"
        saved.value.save_as(tmp_path / name)
        files[name] = (tmp_path / name).read_bytes()
    root = ElementTree.fromstring(files["SVG"])
    svg = "{http://www.w3.org/2000/svg}"
    words = [each.text for each in root.iter(f"{svg}text")]
    assert "MIDWA, in 2013" in words and "Cabo Verde" in words
    fills = {each.get("fill") for each in root.iter(f"{svg}path")}
    # In the colours of paper, also where the page is dark.
    assert {palette()["land"], palette()["carried"]} <= fills
    assert files["PNG"].startswith(b"\x89PNG")
    rows = list(csv.DictReader(files["CSV"].decode("utf-8-sig").splitlines()))
    asked = bundled().states_of("midwa", "2013")
    assert {row["id"]: row["answer"] for row in rows} == {
        code: each.answer for code, each in asked.items()
    }
    tools.get_by_role("button", name="Copy citation").click()
    cited = run_command("cite", "midwa").out.strip()
    copied = "text => document.querySelector('.page.on').innerText.includes('Copied: ' + text)"
    view.page.wait_for_function(copied, arg=cited)
    tools.get_by_role("button", name="Copy link").click()
    view.page.wait_for_function(copied, arg=view.page.url)
    claim = bundled()["rabat-process"].claims_of("chair")[-1]
    view.go(f"#{claim.ref}")
    view.page.locator(".target .tools button").click()
    view.page.wait_for_function(
        "ref => document.querySelector('.target .tools span').textContent.includes(ref)",
        arg=claim.ref,
    )
    others = {url.partition("#")[0] for url in view.asked} - {view.home, "about:blank"}
    assert all(url.startswith(("data:", "blob:")) for url in others)


def test_a_year_has_a_table_of_what_happened(opened: Opener) -> None:
    view = opened("")
    view.type("what happened in 2024?")
    view.page.wait_for_url(f"{view.home}#ByYear@2024")
    rows = view.page.locator("#ByYear tbody tr")
    found = [each for each in bundled().timeline() if each.first.year == 2024]
    assert rows.count() == len(found)
    shown = rows.last.locator("td").all_inner_texts()
    last = found[-1]
    assert shown == [parse(last.date).words, last.short_name, last.event, last.what]
    assert view.text("#ByYear h2") == f"2024: {len(found)} events"


def test_evidence_keeps_the_date(opened: Opener) -> None:
    view = opened("#bali-process@2013-05")
    view.page.locator(".page.on .who td:last-child a").first.click()
    view.page.wait_for_selector(".target")
    assert view.page.title().startswith("Bali Process, in May 2013")
    assert view.page.url.endswith("@2013-05")
    view.go("#" + view.page.url.partition("#")[2])
    assert view.page.title().startswith("Bali Process, in May 2013")


def test_what_is_last_known_is_folded_up_at_a_date(opened: Opener) -> None:
    view = opened("#bali-process@2013-05")
    facts = view.page.locator(".page.on .facts")
    assert facts.get_attribute("open") is None
    assert facts.locator("summary").first.inner_text() == "As last known (not in May 2013)"
    then = view.page.locator(".page.on .then")
    assert "14 States: Austria" in then.inner_text()
    for fold in then.locator("details").all():
        assert not fold.locator("a").first.is_visible()
        fold.locator("summary").click()
        assert fold.locator("a").first.is_visible()
    view.page.click("#Now")
    assert facts.get_attribute("open") is not None


def test_dates_are_not_broken(opened: Opener) -> None:
    view = opened(width=390)
    for target in ("#bali-process@2013-05", "#rabat-process", "#GBR", "#search:2013-05", "#Home"):
        view.go(target)
        assert not view.run(BROKEN), target


BROKEN = r"""(() => {
  const found = [], walker = document.createTreeWalker(
    document.querySelector(".page.on"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentNode.closest("svg, a[href^=http]")) continue;
    for (const match of node.data.matchAll(/\b\d{4}-\d\d(-\d\d)?\b|lima-2013\/[a-z]+-\d+/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const tops = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top)));
      if (tops.size > 1) found.push(node.parentNode.outerHTML);
    }
  }
  return found;
})()"""


def test_names_stay_while_a_wide_view_moves_sideways(opened: Opener) -> None:
    view = opened(width=390)
    for target, name in (("#Overlap", "#Matrix th[scope=row]"), ("#Timeline", ".timeline li > a")):
        view.go(target)
        assert view.page.locator(".page.on .scrolls").is_visible()
        left = "name => document.querySelector(name).getBoundingClientRect().left"
        before = view.run(left, name)
        view.run("document.querySelector('.page.on .wide').scrollLeft = 300")
        assert view.run(left, name) >= min(before, 0)
    view.go("#KEN")
    top = "name => document.querySelector('.page.on ' + name).getBoundingClientRect().top"
    assert view.run(top, "h1") < view.run(top, ".locator")
    assert view.run(top, "h1") < 200


def test_the_timeline_leads_to_claims_and_the_button_says_what_it_does(opened: Opener) -> None:
    view = opened("#Timeline", scheme="dark")
    button = view.page.locator("#Theme")
    assert button.inner_text().split() == ["Light", "colours"]
    button.click()
    assert button.inner_text().split() == ["Dark", "colours"]
    term = view.page.locator(".timeline li:has(a[href='#igc']) .terms g").nth(1)
    assert term.locator("title").text_content() == "United Kingdom, 2001 to 2002"
    term.click()
    view.page.wait_for_selector(".target")
    assert view.page.locator(".target").get_attribute("id").startswith("igc/chair@")
    view.go("#bali-process")
    assert view.page.locator("#Month").is_hidden()
    view.page.click("#Back")
    view.page.select_option("#Month", "03")
    view.page.wait_for_url(f"{view.home}#bali-process@2026-03")


def test_without_a_script_all_of_it_can_be_read(opened: Opener) -> None:
    view = opened(script=False)
    view.page.goto(view.home)
    for id in ("Home", "bali-process", "KEN", "Overlap", "text:lima-2013", "Sources"):
        assert view.page.locator(f"[id='{id}'] h1").is_visible()
    for id in ("When", "Search", "Theme", "Found"):
        assert view.page.locator(f"#{id}").is_hidden()


def test_a_process_prints_on_two_sheets_at_most(opened: Opener) -> None:
    view = opened()
    keys = [record.id for record in bundled().of_kind("process")]
    keys += ["bali-process@2013-05", "rabat-process@2013-05", "mtm@2010", "iom", "GBR"]
    for target in keys:
        assert sheets(view, target) <= 2, target
    assert sheets(view, "Overlap") <= 2
    view.page.emulate_media(media="print")
    assert not view.page.locator("#Shared .hint").is_visible()


def test_printed_years_are_whole_and_patterns_are_seen(opened: Opener) -> None:
    view = opened("#bali-process@2004")
    view.run("dispatchEvent(new Event('beforeprint'))")
    view.page.emulate_media(media="print")
    view.page.evaluate("document.body.style.width = '703px'")  # A4 with its margins
    tile = view.run(
        "(() => { const map = document.querySelector('.page.on .map');"
        "const scale = /scale\\((.*)\\)/.exec(document.querySelector('#P-possible')"
        ".getAttribute('patternTransform'))[1];"
        "return 60 * scale * map.getScreenCTM().a })()"
    )
    assert 5 < tile < 12  # pixels: stripes of a third of that
    # The last year begins so far to the right that it ends beyond the scale.
    assert view.run("getComputedStyle(document.getElementById('Years')).overflow") == "visible"


def sheets(view: View, target: str) -> int:
    view.go(f"#{target}")
    pdf = view.page.pdf(prefer_css_page_size=True, format="A4")
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_hostile_words_are_shown_and_not_obeyed(opened: Opener, tmp_path: Path) -> None:
    path = tmp_path / "own.html"
    path.write_bytes(atlas(rcpref.load(overlay=webpage.hostile_overlay(tmp_path / "own"))))
    view = opened(path=path)
    views = ["#script", "#script@2013", "#KEN@2013", "#Overlap@2013", "#Home"]
    views += ["#search:alert", "#search:%3Cscript%3Ealert(5)%3C/script%3E", "#%E0%A4%A"]
    for each in views:
        view.go(each)
    view.go("#script@2013")
    name = view.text(".page.on h1")
    assert name.split() == [*webpage.HOSTILE.split(), "3"]
    assert view.run("[...document.querySelectorAll('.who')].length") > 1
    assert {url.partition("#")[0] for url in view.asked} <= {view.home, "about:blank"}
