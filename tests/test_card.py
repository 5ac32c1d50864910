"""`rcpref show` on one screen: a card for every record and State, at any width."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len

import rcpref
from conftest import run_command
from helpers import EACH, folded, in_terminal, output, sample, write_files
from rcpref.report import terminal
from rcpref.report.blocks import Block
from rcpref.spelling import key_of
from rcpref.views.show import showing

PRINTING = ("diff", "export")
"""Commands that need files, or make them."""

STATES = ("KEN", "CHE", "PER", "FRA", "AFG", "USA")
"""Of all continents, some in very many records and some in few."""

ROOM = [pytest.param(None, 100, 40, marks=pytest.mark.wide), ("2013-05", 80, 55)]
"""Dates, columns of a terminal, and how many lines a card may have there."""


def named(
    data: rcpref.Dataset, all_states: bool = True
) -> Iterator[rcpref.Record | rcpref.Country]:
    """Every record, and every State that a claim or a text names, or some of those."""
    yield from data
    if not all_states:
        yield from (data.countries[code] for code in STATES)
        return
    codes = {code for record in data for claim in record.claims for code in claim.values}
    mentions = (mention for passage in data.passages() for mention in passage.mentions)
    codes |= {mention.state for mention in mentions if mention.state}
    yield from (data.countries[code] for code in data.countries if code in codes)


def card(
    data: rcpref.Dataset,
    found: rcpref.Record | rcpref.Country,
    columns: int,
    as_of: str | None = None,
) -> str:
    report = showing(data, [found], ["x"], as_of)
    # Its lines are the same at every width.
    blocks = blocks_of(data, found, as_of)
    report.blocks = lambda _: list(blocks)
    return terminal.render(report, columns, False)


@cache
def blocks_of(
    data: rcpref.Dataset, found: rcpref.Record | rcpref.Country, as_of: str | None
) -> tuple[Block, ...]:
    report = showing(data, [found], ["x"], as_of)
    return tuple(report.for_people())


def text(*args: str) -> str:
    return output("show", *args, "-f", "table", "--width", "100").out


def line_of(label: str, shown: str) -> str:
    """What stands behind a label, its further lines included."""
    found = re.search(rf"^  {label} +(.*(?:\n {{4,}}.*)*)", shown, re.MULTILINE)
    assert found, shown
    return folded(found[1])


# Room --------------------------------------------------------------------------------


@pytest.mark.parametrize(("as_of", "columns", "most"), ROOM)
def test_every_card_fits_one_screen(
    data: rcpref.Dataset, as_of: str | None, columns: int, most: int
) -> None:
    all_states = as_of is None
    lengths = {
        found.name: card(data, found, columns, as_of).count("\n")
        for found in named(data, all_states)
    }
    assert len(lengths) > (250 if all_states else 80)
    assert {name: length for name, length in lengths.items() if length > most} == {}


@pytest.mark.parametrize("columns", sample([40, 100], [40]))
def test_no_card_breaks_an_address_or_a_line(data: rcpref.Dataset, columns: int) -> None:
    told = 0
    for record in data:
        shown = card(data, record, columns)
        for line in shown.split("\n"):
            assert cell_len(line) <= columns or re.fullmatch(r"https?://\S+", line), line
        for address in re.findall(r"https?://\S+", shown):
            claimed = [claim for claim in record.claims if claim.property in ("website", "url")]
            assert address.rstrip(";") in {str(claim.value) for claim in claimed}
            told += 1
    assert told > 50


@pytest.mark.parametrize("columns", sample([50, 100], [50]))
def test_names_of_members_are_whole_and_the_others_are_counted(
    data: rcpref.Dataset, columns: int
) -> None:
    seen = 0
    for record in data:
        if record.kind not in ("process", "body", "organization"):
            continue
        names = sorted((data.countries[code].name for code in data.members(record.id)), key=key_of)
        if not names:
            continue
        seen += 1
        # Also where it begins a line, a name is not parted.
        shown = re.sub(r"\n +", " ", card(data, record, columns))
        said = max(n for n in range(len(names) + 1) if ", ".join(names[:n]) in shown)
        assert said > 0, record
        if said < len(names):
            assert f"{names[said - 1]}, and {len(names) - said} more" in shown, record
    assert seen > 30


@pytest.mark.wide
def test_names_of_several_words_stay_on_one_line(data: rcpref.Dataset) -> None:
    names = {country.name for country in data.countries.values() if " " in country.name}
    parted, whole = 0, 0
    for columns in range(60, 100, 3):
        shown = card(data, data["european-union"], columns) + card(data, data["eclac"], columns)
        whole += sum(name in shown for name in names)
        parted += sum(name in folded(shown) and name not in shown for name in names)
    assert whole > 40
    assert parted == 0


# What it says ------------------------------------------------------------------------


@pytest.mark.parametrize("state", sample(STATES, STATES[:2]))
@pytest.mark.parametrize("as_of", [(), ("--as-of", "2013-05")])
def test_a_state_is_told_all_that_it_takes_part_in(state: str, as_of: tuple[str, ...]) -> None:
    shown = folded(text(state, *as_of))
    answer = output("state", state, "--answer", "yes,possible,disputed", *as_of, "-f", "json").json
    own = [item for item in answer["items"] if item["state"] == state]
    assert own
    for item in own:
        beside = {"member": "", "chair": " ("}.get(item["capacity"], f" ({item['capacity']}")
        assert f"{item['short_name']}{beside}" in shown, item
    for kind, label in (("process", "Processes"), ("body", "Bodies")):
        count = sum(
            (item["kind"], item["capacity"], item["answer"]) == (kind, "member", "yes")
            for item in own
        )
        counts = re.search(rf"{label} (\d+)(?: not|:.*? and (\d+) not seen|:)", shown)
        assert sum(int(n or 0) for n in counts.groups()) == count if counts else not count


def test_each_kind_of_record_has_a_card(data: rcpref.Dataset) -> None:
    for record in data:
        shown = card(data, record, 100)
        assert shown.startswith(f"{record.short_name} ({record.id})\n")
        assert "no claims" not in shown


def test_a_record_without_claims_says_so(tmp_path: Path) -> None:
    names = 'id = "new-one"\nkind = "process"\nname = "New One"\nshort_name = "New One"\n'
    folder = str(write_files(tmp_path, {"processes/new-one.toml": names}))
    shown = run_command("show", "new-one", "-f", "table", "--data", folder).out
    assert shown.startswith("New One (new-one, from your overlay)\n")
    assert "no claims in these data" in shown


def test_a_chair_of_a_summit_that_has_a_term_or_no_date(tmp_path: Path) -> None:
    page = '[page]\ntitle = "Page"\npublisher = ["[not named]"]\ntier = "secondary"\n'
    files = {"sources.toml": page}
    for name, dates in (("one", ""), ("two", 'from = "2031"\n'), ("three", 'as_of = "2031"\n')):
        files[f"summits/own-{name}.toml"] = (
            f'id = "own-{name}"\nkind = "summit"\nname = "Own {name}"\nshort_name = "Own {name}"\n'
            f'[[claim]]\nproperty = "chair"\nvalue = ["PER"]\nsource = "page"\n{dates}'
        )
    own = ("-f", "table", "--data", str(write_files(tmp_path, files)))
    for name in ("one", "two", "three"):
        shown = run_command("show", f"own-{name}", *own).out
        assert line_of("Chair", shown).startswith("Peru")
        assert "publisher not named, undated (overlay:page, secondary, from your overlay)" in shown
    chaired = line_of("Chaired", run_command("show", "PER", *own).out)
    assert "Lima 2013" in chaired
    assert "Own one" in chaired
    # The data do not speak of 2031.
    assert "Own three" not in chaired


def test_the_last_line_says_how_to_have_more(data: rcpref.Dataset) -> None:
    hint = text("igc").split("\n")[-4]
    assert "--full" in hint
    assert f"--history shows all {len(data['igc'].claims)} claims" in hint
    full = text("igc", "--full")
    assert "\nMembership\n" in full
    assert "Note: " in full
    assert len(full) > 2 * len(text("igc"))
    assert len(text("igc", "--history")) > len(full)


def test_notes_stand_apart_from_values() -> None:
    for line in text("bali-process", "--full").split("\n"):
        assert "Note: " not in line or line.lstrip().startswith("Note: "), line


def test_a_card_in_markdown_says_what_the_terminal_says() -> None:
    """But for what is for readers on a terminal; names are never cut."""
    shown = output("show", "bali-process", "-f", "markdown").out
    items, _, sources = shown.partition("\n\n[^1]: ")
    lines = [line for line in items.split("\n") if line.startswith(("- ", "  - "))]
    labels = re.findall(r"^- ([^:]+):", items, re.MULTILINE)
    wide = output("show", "bali-process", "-f", "table", "--width", "4000").out
    assert labels == re.findall(r"^  (\w[\w ]*?)  +", wide, re.MULTILINE)
    assert "\n  - 1 disputed: France\n" in items
    for name in output("members", "bali-process", "-f", "tsv", "--columns", "name").out.split("\n"):
        assert name in items
    assert len(lines) < 20
    assert "Note: " not in shown
    assert sources.count("\n[^") == len(set(re.findall(r"\[\^(\d+)\]", items))) - 1
    full = output("show", "bali-process", "--full", "-f", "markdown").out
    assert "\n## Membership\n" in full
    history = output("show", "bali-process", "--history", "-f", "markdown").out
    assert len(shown) < len(full) < len(history)


def test_several_cards_have_their_own_sources() -> None:
    assert text("igc", "oas").count("\nSources\n") == 2


# Sources -----------------------------------------------------------------------------


@pytest.mark.parametrize("as_of", sample([None, "2013-05"], ["2013-05"]))
def test_each_mark_has_its_source_and_each_source_its_mark(
    data: rcpref.Dataset, as_of: str | None
) -> None:
    for found in named(data, as_of is None):
        said, _, listed = card(data, found, 160, as_of).partition("\nSources\n")
        used = set(re.findall(r"\[(\d+)\]", said))
        listed = " ".join(listed.split())
        after = r"(?= \[\d+\] | --| In brackets| Names | rcpref |$)"
        ends = rf"\(([a-z0-9-]+)(?:, secondary|, tertiary)?\){after}"
        sources = re.findall(rf"(?:^| )\[(\d+)\] .*?{ends}", listed)
        assert used == {number for number, _ in sources}, found
        keys = [key for _, key in sources]
        assert len(keys) == len(used)
        assert set(keys) <= set(data.sources)


def test_sources_take_a_line_each_or_are_whole_or_none(data: rcpref.Dataset) -> None:
    for line in (("show", "mtm"), ("members", "mtm"), ("timeline", "mtm"), ("disputes", "mtm")):
        short, whole, none = (
            run_command(*line, *args, "-f", "table").out
            for args in ((), ("--sources",), ("--no-sources",))
        )
        said, _, listed = short.partition("\nSources\n")
        assert "(iom-mtm" in listed
        assert "https://" not in listed
        source = data.sources["iom-mtm"]
        assert source.url
        assert source.url in whole
        assert source.title in folded(whole)
        assert re.search(r"\[\d\]", said)
        assert "Sources" not in none
        assert not re.search(r"\[\d+\]", none)
    assert str(data.sources["iom-mtm"].url) in text("mtm", "--full")


# Text and Markdown -------------------------------------------------------------------


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "command",
    sample([name for name in EACH if name not in PRINTING], ("list", "members", "check", "matrix")),
)
def test_a_table_in_a_pipe_is_what_a_terminal_shows_without_colour(command: str) -> None:
    line = (command, *EACH[command])
    piped = run_command(*line, "-f", "table").out
    shown = in_terminal(*line, "-f", "table", columns=100, env={"NO_COLOR": "1"})
    assert shown.text == piped
    wide = in_terminal(*line, "-f", "table", columns=120, env={"NO_COLOR": "1"}).text
    assert run_command(*line, "-f", "table", "--width", "120").out == wide
    assert run_command(*line, "-f", "table", "--width", "120", env={"COLUMNS": "50"}).out == wide


def test_texts_are_prose_with_numbers_and_their_source() -> None:
    lines = output("conclusions", "-f", "table").out.split("\n")
    numbers = [line.split(" ")[0] for line in lines if re.match(r"\d\) ", line)]
    assert numbers == ["1)", "2)", "3)", "4)", "5)"]
    assert any(line.startswith("Source: Fourth Global Meeting") for line in lines)
    assert 80 < max(map(len, lines)) <= 100
    assert "Source: " in output("text", "-f", "table").out


@pytest.mark.parametrize("line", [
    ("show", "bali-process"),
    ("show", "igc", "oas"),
    ("show", "puebla-process"),
    ("show", "KEN"),
    ("show", "puebla-process", "--full"),
    ("show", "igc", "oas", "--history"),
    ("show", "colombo-process", "-p", "chair"),
    ("members", "iom"),
    ("state", "China"),
    ("compare", "igc", "sacm"),
    ("matrix",),
    ("map", "iom"),
    ("timeline", "igc"),
    ("list", "processes", "--at-lima"),
    ("disputes",),
], ids=" ".join)  # fmt: skip
def test_marks_in_markdown_are_footnotes(line: tuple[str, ...]) -> None:
    shown = output(*line, "-f", "markdown").out
    defined = re.findall(r"^\[\^([\d-]+)\]: ", shown, re.MULTILINE)
    used = set(re.findall(r"(?<!^)\[\^([\d-]+)\]", shown, re.MULTILINE))
    assert len(defined) == len(set(defined))
    assert set(defined) == used
    assert bool(used) == (line[0] not in ("matrix", "map"))
    assert "\\[1\\]" not in shown
    # Nothing that only a reader on a terminal can use.
    for words in ("--history", "--full", "--answer"):
        assert words not in shown
    bare = output(*line, "-f", "markdown", "--no-sources").out
    assert "[^" not in bare


def test_a_footnote_of_a_text_is_not_taken_for_a_source() -> None:
    shown = output("show", "puebla-process", "--full", "-f", "markdown").out
    quoted = [each for each in shown.split("\n\n") if each.startswith("> ")]
    assert quoted
    assert not any("[^" in each for each in quoted)
    text = output("text", "-f", "markdown").out
    assert "[^1]: " in text


def test_markdown_of_facts_reads_as_a_list() -> None:
    shown = output("show", "mtm", "--full", "-f", "markdown").out
    tokens = MarkdownIt("commonmark").parse(shown)
    items = sum(token.type == "list_item_open" for token in tokens)
    assert items == sum(line.startswith("- ") for line in shown.split("\n"))
    assert "- : " not in shown


def test_more_sources_of_an_answer_are_a_number_and_not_more_of_the_answer() -> None:
    """ "[4][8] and 1 more" behind a chair would read as one more chair."""
    for name in ("mtm", "igc", "bali-process", "khartoum-process", "sacm", "igad", "african-union"):
        shown = text(name)
        assert not re.search(r"\] and \d+ more", shown), name
    assert re.search(r"\[\d+\]\[\d+\]\[\+\d+\]", text("igad"))
    markdown = run_command("show", "igad", "-f", "markdown").out
    assert re.search(r"\[\^\d+\]\\\[\+\d+\\\]", markdown)
