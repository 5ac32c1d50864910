"""What a release must be: locked dependencies, a changelog that tells of it."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import rcpref
from conftest import run_command
from rcpref.export.files import KEYWORDS
from rcpref.version import versions

ROOT = Path(__file__).resolve().parent.parent


def project() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as stream:
        table: dict[str, object] = tomllib.load(stream)["project"]
    return table


def required() -> list[str]:
    table = project()
    extras = table["optional-dependencies"]
    assert isinstance(extras, dict)
    dependencies = table["dependencies"]
    assert isinstance(dependencies, list)
    return [*dependencies, *(each for extra in extras.values() for each in extra)]


@pytest.mark.parametrize("line", sorted(set(required())))
def test_the_lock_file_has_every_dependency_in_a_version_that_is_allowed(line: str) -> None:
    remedy = "make it anew, see CONTRIBUTING.md"
    wanted = Requirement(line)
    locked = {}
    for pin in re.findall(r"^(\S+==[^\\\n]+)", (ROOT / "requirements-dev.lock").read_text(), re.M):
        found = Requirement(pin.strip())
        if found.marker is None or found.marker.evaluate({"extra": ""}):
            locked[canonicalize_name(found.name)] = next(iter(found.specifier)).version
    name = canonicalize_name(wanted.name)
    assert name in locked, f"requirements-dev.lock lacks {name}: {remedy}"
    assert locked[name] in wanted.specifier, (
        f"requirements-dev.lock: {name} {locked[name]}: {remedy}"
    )


def test_every_pin_has_a_hash_and_no_address() -> None:
    text = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
    pins = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in pin for pin in pins)
    assert "http" not in text


def test_the_changelog_has_the_form_of_keep_a_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert heads[0] == "Unreleased" or heads[0].startswith(f"{rcpref.__version__} of ")
    for head in heads[1:]:
        assert re.fullmatch(r"\d+\.\d+\.\d+ of \d{4}-\d\d-\d\d", head), head
    parts = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert parts == {"What changes for scripts", "Program", "Data", "Schema"}


def test_the_lines_of_the_changelog_for_scripts_are_taken() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    table = text.partition("### What changes for scripts")[2].partition("\n### ")[0]
    cells = [re.split(r"(?<!\\) \| ", row.strip("| "))[1] for row in table.strip().split("\n")[2:]]
    lines = [cell.strip("`").partition(" \\|")[0] for cell in cells if cell.startswith("`rcpref ")]
    assert len(lines) >= 8
    for line in lines:
        words = shlex.split(line)[1:]
        if words[0] != "export":
            assert run_command(*words).out, line


def test_the_citation_file_is_of_the_versions_that_are_here() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    data = rcpref.load()
    for line in (
        versions(data.version, data.date),
        f"\nversion: {data.version}\ndate-released: {data.date}\n",
        f"\n    version: {rcpref.__version__}\n",
        "\nabstract: ",
        "\nkeywords:\n" + "".join(f"  - {keyword}\n" for keyword in KEYWORDS),
    ):
        assert line in text, f"CITATION.cff: say {line.strip()!r}"


def test_the_changelog_tells_of_the_version_of_the_data() -> None:
    data = rcpref.load()
    which = f"{data.version} of {data.date}"
    for page, line in (
        ("CHANGELOG.md", f"Version {which}"),
        ("docs/data-changes.md", f"## {which}"),
    ):
        text = (ROOT / page).read_text(encoding="utf-8")
        assert line in text, f"{page}: tell what is new under {line!r}"
