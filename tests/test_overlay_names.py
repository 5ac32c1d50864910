"""Names of an overlay: they take nothing from the bundled data, and are said to be its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import rcpref
from conftest import environment, run_command, run_inside
from helpers import output, refuse, write_files

SHARED = [
    "Kenya",
    "KEN",
    "KE",
    "404",
    "Bali",
    "Bali Process",
    "IGC",
    "Lima",
    "Peru Kenya",
    "A/69/207 (es)",
]
"""Names of a process of the overlay: those of States and records, and such as they begin."""

FILES = {
    "sources.toml": """\
[own-page]
title = "About the process"
publisher = ["Own Process"]
tier = "primary"
date = "2024-05"

[own-minutes]
title = "Minutes"
publisher = ["Own Process"]
tier = "primary"
date = "2024-06"
""",
    "processes/own-process.toml": f"""\
id = "own-process"
kind = "process"
name = "Own Process for Tests"
short_name = "Own Process"
aliases = {SHARED!r}
names = {{ fr = "Processus des consultations à Lima" }}

[[claim]]
property = "members"
value = ["KEN", "UGA", "XAA"]
as_of = "2024"
source = "own-page"
complete = true

[[claim]]
property = "chair"
value = ["UGA"]
from = "2023"
until = "2024"
source = "own-page"
""",
    "organizations/own-secretariat.toml": """\
id = "own-secretariat"
kind = "organization"
name = "Own Secretariat"
short_name = "Secretariat"
acronym = "ICMPD"
""",
    "meetings/own-meeting.toml": """\
id = "own-meeting"
kind = "meeting"
name = "Own Meeting"
short_name = "Own Meeting"
acronym = "Lima 2013"
aliases = ["Lima", "Summary"]

[[claim]]
property = "start_date"
value = "2024-06-01"
source = "own-page"
""",
    "documents/own-minutes.toml": """\
id = "own-minutes"
kind = "document"
name = "Own Minutes"
short_name = "Own Minutes"
""",
    "texts/aa-minutes.toml": """\
id = "aa-minutes"
title = "Minutes"
document = "own-minutes"
meeting = "own-meeting"
language = "en"
date = "2024-06"

[[passage]]
kind = "conclusion"
number = 5
text = "Words of our own."

[[passage]]
kind = "paragraph"
number = 99
text = "More words of our own."
""",
    "countries.toml": """\
[[country]]
alpha3 = "XAA"
alpha2 = "XA"
name = "Ruritania"
official_name = "Kingdom of Ruritania"
region = "Europe"
subregion = "Eastern Europe"
un_member = false
aliases = ["Uganda"]
""",
    "properties.toml": """\
[own_rating]
label = "Own rating"
type = "integer"
definition = "How the ministry rates it"
group = "substance"
order = 500
kinds = ["process"]
""",
}
"""An overlay without an error that gives to its own whatever names it can."""


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(write_files(tmp_path_factory.mktemp("names"), FILES))


@pytest.fixture(scope="module")
def own(overlay: str) -> rcpref.Dataset:
    return rcpref.load(overlay=overlay)


# What both have --------------------------------------------------------------------------

BOTH = [
    (("show", "kenya"), "KEN", "own-process"),
    (("kenya",), "KEN", "own-process"),
    (("bali",), "bali-process", "own-process"),
    (("show", "ken"), "KEN", "own-process"),
    (("show", "Igc"), "igc", "own-process"),
    (("show", "kenya", "igad-rcp"), "KEN", "own-process"),
    (("show", "-p", "chair", "bali"), "bali-process", "own-process"),
    (("members", "bali process"), "bali-process", "own-process"),
    (("members", "Kenya"), "KEN", "own-process"),
    (("members", "igad-rcp", "Bali"), "bali-process", "own-process"),
    (("state", "Kenya"), "KEN", "own-process"),
    (("state", "uganda"), "UGA", "XAA"),
    (("timeline", "lima"), "lima-2013", "own-meeting"),
    (("compare", "bali", "igad-rcp"), "bali-process", "own-process"),
    (("disputes", "Bali"), "bali-process", "own-process"),
    (("map", "Bali"), "bali-process", "own-process"),
    (("chart", "timeline", "Bali"), "bali-process", "own-process"),
    (("cite", "bali"), "bali-process", "own-process"),
    (("cite", "Lima 2013"), "lima-2013", "own-meeting"),
    (("text", "Lima"), "lima-2013", "own-meeting"),
    (("list", "processes", "--member", "kenya"), "KEN", "own-process"),
    (("list", "processes", "--chair", "Uganda"), "UGA", "XAA"),
    (("list", "processes", "--attended", "Lima"), "lima-2013", "own-meeting"),
    (("list", "processes", "--secretariat", "ICMPD"), "icmpd", "own-secretariat"),
]


@pytest.mark.parametrize(("args", "one", "other"), BOTH, ids=lambda each: str(each))
def test_a_name_that_an_overlay_shares_is_the_error_that_lists_both(
    overlay: str, args: tuple[str, ...], one: str, other: str
) -> None:
    error = run_command(*args, "--data", overlay, code=2).err.splitlines()
    assert " fits " in error[0]
    for key in (one, other):
        assert key in error[0]
    assert error[1:] == ["hint: use one of these ids"]


@pytest.mark.parametrize("command", ["show", "members", "state", "cite"])
def test_a_shared_name_on_standard_input_is_refused_too(overlay: str, command: str) -> None:
    line = (command, "-", "--data", overlay)
    found = run_inside(line, environment(), stdin=b"Kenya\n")
    assert (found.code, found.out) == (2, "")
    assert "Kenya (KEN), own-process" in found.err


def test_the_api_refuses_a_shared_name(own: rcpref.Dataset) -> None:
    asked: list[tuple[Callable[[str], Any], str, set[str]]] = [
        (own.find, "Bali", {"bali-process", "own-process"}),
        (own.find, "Kenya", {"KEN", "own-process"}),
        (own.find_state, "Uganda", {"UGA", "XAA"}),
        (own.members, "Bali Process", {"bali-process", "own-process"}),
        (own.timeline, "Kenya", {"KEN", "own-process"}),
        (lambda name: own.member("own-process", name), "kenya", {"KEN", "own-process"}),
    ]
    for question, name, candidates in asked:
        with pytest.raises(rcpref.AmbiguousName) as caught:
            question(name)
        assert set(caught.value.candidates) == candidates


def test_which_names_both_and_says_that_neither_is_taken(overlay: str) -> None:
    items = run_command("which", "kenya", "--data", overlay, "-f", "json").json["items"]
    assert {item["id"]: item.get("overlay") for item in items} == {"own-process": True, "KEN": None}
    assert {item["taken"] for item in items} == {"none: it fits several, use an id"}


# What is bundled stays ---------------------------------------------------------------------

EXACT = [
    ("show", "KEN"),
    ("KEN",),
    ("show", "KE"),
    ("show", "404"),
    ("which", "KEN"),
    ("which", "KE"),
    ("which", "igc"),
    ("state", "KEN"),
    ("state", "KE"),
    ("state", "UGA"),
    ("members", "igc"),
    ("members", "bali-process", "igc"),
    ("show", "PER", "KEN"),
    ("list", "processes", "--attended", "lima-2013"),
    ("list", "processes", "--secretariat", "International Centre for Migration Policy Development"),
    ("cite", "a-69-207-es"),
    ("cite", "mrs-45", "a-res-65-170"),
    ("cite", "lima-2013"),
    ("text", "lima-2013"),
    ("text",),
    ("text", "lima-2013/conclusion-5"),
    ("text", "conclusion-5"),
    ("text", "Conclusion", "5"),
    ("text", "conclusion-1..3"),
    ("text", "Lima conclusion 5"),
    ("text", "Lima", "conclusion", "5"),
    ("text", "Lima/conclusion-5"),
    ("text", "lima 2013 conclusion 5"),
    ("text", "paragraph 4", "--quote"),
    ("cite", "conclusion-5"),
    ("cite", "Lima conclusion 5"),
    ("cite", "Lima", "conclusion", "5"),
    ("cite", "lima/conclusion-5"),
    ("cite", "Lima", "conclusion", "5", "mrs-45"),
    ("conclusions",),
]
"""Ids, codes, keys and references, letter for letter, in whose place the overlay has a name."""


@pytest.mark.parametrize("args", EXACT, ids=" ".join)
def test_ids_codes_keys_and_passages_mean_what_they_mean_without_an_overlay(
    overlay: str, args: tuple[str, ...]
) -> None:
    lines = run_command(*args, "--data", overlay).lines
    theirs = [line for line in lines if "own-" not in line]
    assert theirs == output(*args).lines
    # What it adds to a State is the claims of its own.
    assert theirs == lines or args[-1] in ("KEN", "KE", "404", "UGA")


def test_names_that_only_the_overlay_has_mean_its_own(overlay: str, own: rcpref.Dataset) -> None:
    for name in (
        "own-process",
        "OWN PROCESS",
        "own-process (Own Process)",
        "Processus des consultations à Lima",
    ):
        assert own.find(name).id == "own-process"
        assert run_command("members", name, "--data", overlay).ids == ["KEN", "UGA", "XAA"]
    assert own.find_state("Ruritania").alpha3 == own.find_state("XA").alpha3 == "XAA"
    assert run_command("text", "aa-minutes/conclusion-5", "--data", overlay).ids == [
        "aa-minutes/conclusion-5"
    ]
    for reference in (
        "Summary conclusion 5",
        "Own Minutes conclusion 5",
        "own-meeting/conclusion-5",
    ):
        assert run_command("text", reference, "--data", overlay).out.endswith("of our own.\n")
    # The Lima summary has no such paragraph.
    assert (
        run_command("text", "own-meeting", "--data", overlay)
        .lines[1]
        .endswith("More words of our own.")
    )


def test_an_own_name_of_two_bundled_ones_does_not_swallow_them(overlay: str) -> None:
    for command in ("show", "timeline"):
        error = run_command(command, "Peru", "Kenya", "--data", overlay, code=2).err
        assert "'Peru Kenya' can be read as 'Peru' and 'Kenya' or as 'Peru Kenya'" in error
    # Codes are codes, and quotation marks hold a name together.
    assert run_command("show", "PER", "KEN", "--data", overlay).ids[0] == "PER"
    whole = run_command("members", "Peru Kenya", "--data", overlay)
    assert whole.ids == ["KEN", "UGA", "XAA"]


def test_a_name_with_words_left_out_takes_no_whole_name(tmp_path: Path) -> None:
    """A "Kenya Process" is no Kenya, though its name may be given without "Process"."""
    head = FILES["processes/own-process.toml"].partition("aliases")[0]
    files = {
        "processes/own-process.toml": head + 'aliases = ["Kenya Process", "Dialogue on Peru"]\n'
    }
    folder = str(write_files(tmp_path, files))
    for name in ("Kenya", "Peru", "KEN"):
        hint = refuse("members", name, "--data", folder, codes=(1,)).err
        assert hint == refuse("members", name, codes=(1,)).err
        assert run_command("state", name, "--data", folder).ids == output("state", name).ids
        assert run_command("which", name, "--data", folder).out == output("which", name).out
    assert run_command("which", "Kenya Process", "--data", folder).ids == ["own-process"]
