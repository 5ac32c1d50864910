"""What a command imports at its start, and the memory that it takes."""

import os
import sys

import pytest

import rcpref
from conftest import apart
from imports import NEVER, ONCE_ASKED, are_in, imported_by, is_inside, peak_of

pytestmark = pytest.mark.process

COMMANDS = (
    ("list", "processes"),
    ("list",),
    ("show", "bali-process"),
    ("conclusions",),
    ("text", "lima-2013/conclusion-5"),
)


@pytest.mark.parametrize("args", [("--help",), ("list", "--help"), ("--version",)], ids=" ".join)
def test_help_and_version_read_no_data(args: tuple[str, ...]) -> None:
    modules = imported_by(*args)
    assert not are_in(modules, ("tomli", "rcpref.data.document", "rcpref.data.loading"))


RULES = ("rcpref.answers.chair", "rcpref.answers.membership.rules", "rcpref.views.summary")
LOOKUPS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("list", "processes"), RULES),
    (("conclusions",), RULES),
    (("cite", "lima-2013/conclusion-5"), RULES),
    (("search", "evidence"), RULES),
    (("show", "bali-process"), ("rcpref.data.names",)),
    (("members", "igc"), ()),
    (("state", "Kenya"), ()),
)


@pytest.mark.parametrize(("args", "others"), LOOKUPS, ids=lambda each: " ".join(each[:2]))
def test_a_look_up_makes_no_dataclass_and_reads_no_form(
    args: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """The form is for JSON; what `dataclasses` makes takes half a millisecond a class."""
    assert not are_in(imported_by(*args), ("dataclasses", "rcpref.data.form", *others))


def test_what_json_needs_of_the_form_would_be_seen() -> None:
    assert "rcpref.data.form" in imported_by("members", "igc", "-f", "json")


def test_neither_a_card_nor_a_table_needs_the_tables_of_rich() -> None:
    for args in (("show", "bali-process"), ("list", "processes")):
        assert "rich.table" not in imported_by(*args, "-f", "table")


@pytest.mark.parametrize("format", ["json", "csv", "markdown"])
def test_no_format_for_a_pipe_needs_rich(format: str) -> None:
    assert not are_in(imported_by("list", "processes", "-f", format), NEVER)


def test_a_command_does_not_import_the_others() -> None:
    for args, own in (
        (("list", "processes"), "rcpref.cli.list"),
        (("show", "oas"), "rcpref.cli.show"),
        (("conclusions",), "rcpref.cli.conclusions"),
    ):
        commands = {f"rcpref.cli.{name}" for name in ("list", "show", "text", "conclusions")}
        commands.add("rcpref.cli.about")
        assert imported_by(*args) & commands == {own}


@pytest.mark.parametrize(
    "args", [("members", "igc"), ("state", "Kenya"), ("matrix",)], ids=" ".join
)
def test_answers_on_membership_do_not_pay_for_listings_and_sources(args: tuple[str, ...]) -> None:
    listings = ("rcpref.views.list", "rcpref.views.text")
    others = (*listings, "rcpref.model.vocabulary")
    assert not are_in(imported_by(*args), others)


def test_a_checkout_reads_the_toml_and_no_more() -> None:
    """Where nothing is baked."""
    checkout = {"PYTHONPATH": os.path.dirname(os.path.dirname(rcpref.__file__))}
    modules = imported_by("list", "processes", env=checkout)
    assert {"tomli", "rcpref.data.document"} <= modules
    assert not are_in(modules, NEVER)
    assert not are_in(modules, (*ONCE_ASKED, "json"))


def test_what_is_watched_for_would_be_seen() -> None:
    """A table needs Rich: had the test above no eyes, this one would tell."""
    assert "rich" in imported_by("list", "processes", "-f", "table")


def test_the_package_itself_imports_nothing() -> None:
    done = apart(
        [sys.executable, "-c", "import sys, rcpref; print(*sorted(sys.modules))"], check=True
    )
    modules = set(done.stdout.decode().split())
    assert {module for module in modules if is_inside(module, ("rcpref",))} == {"rcpref"}


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="Linux tells the peak")
@pytest.mark.parametrize("args", [("members", "bali-process"), ("list", "processes")], ids=" ".join)
def test_the_peak_of_memory_is_below_forty_mebibytes(args: tuple[str, ...]) -> None:
    assert 0 < peak_of(*args) < 40
