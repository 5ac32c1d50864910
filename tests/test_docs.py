"""The documentation: made from the program, and every example in it runs."""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from conftest import environment
from rcpref.cli.commands import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]

TOOLS = ("jq", "sqlite3", "awk")
"""What the recipes use; without one of them its block is not run."""


class Block(NamedTuple):
    """A fenced block of a page."""

    language: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return [
        Block(token.info, token.content, (token.map or [0])[0] + 1)
        for token in tokens
        if token.type == "fence"
    ]


@pytest.mark.process
def test_the_pages_are_as_the_program_makes_them() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "pages.py"), "--check"],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nrun python3 docs/pages.py"


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## rcpref (.+)$", text, re.MULTILINE)
    assert headings == list(COMMANDS)
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES if page.stem != "commands")
    missing = [name for name in COMMANDS if not re.search(rf"\brcpref {name}\b", told)]
    assert not missing, f"show an example of {missing} in README.md or docs/"


# Examples -----------------------------------------------------------------------------


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lines of bash where the examples are at home; the first that fails ends it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**environment(), "PATH": path},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        timeout=110,
        check=False,
    )


def commands(block: Block) -> list[str]:
    return [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]


@pytest.mark.process
@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "commands"], ids=str)
def test_examples_of_the_command_line_work(page: Path, tmp_path: Path) -> None:
    """All of a page, one after the other: what one writes, the next may read."""
    for block in blocks(page):
        if block.language != "console":
            continue
        for line in commands(block):
            if "jq" in line and not shutil.which("jq"):
                continue
            done = shell(line, tmp_path)
            place = f"{page.name}:{block.line}: {line}"
            assert done.returncode in (0, 141), f"{place}\n{done.stderr}"
            assert done.stdout or "export" in line or "diff" in line or "check" in line, place


def test_the_first_screen_has_two_commands() -> None:
    first, second, *_ = [b.text for b in blocks(ROOT / "README.md") if b.language == "sh"]
    assert "pip install" in first
    assert "rcpref" in first
    assert "pytest" in second


def code_of(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.language in ("sh", "python")]


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the exports that the recipes begin with."""
    folder = tmp_path_factory.mktemp("recipes")
    first, *_ = code_of(ROOT / "docs" / "recipes.md")
    done = shell(first.text, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.process
@pytest.mark.parametrize(
    "block", code_of(ROOT / "docs" / "recipes.md")[1:], ids=lambda block: f"line {block.line}"
)
def test_a_recipe_works(block: Block, recipes: Path) -> None:
    if block.language == "python":
        for library in re.findall(r"^import (\w+)", block.text, re.MULTILINE):
            if find_spec(library) is None:
                pytest.skip(f"{library} is not installed")
        script = recipes / "recipe.py"
        script.write_text(block.text, encoding="utf-8")
        done = shell(f"{sys.executable} recipe.py", recipes)
    else:
        for tool in (*TOOLS, "datasette"):
            if re.search(rf"\b{tool}\b", block.text) and not shutil.which(tool):
                pytest.skip(f"{tool} is not installed")
        # It would serve for ever; asked for one page, it answers and ends.
        script_text = re.sub(r"datasette .*", r"\g<0> --get /data/records.json", block.text)
        done = shell(script_text, recipes)
    assert done.returncode in (0, 141), done.stderr
    assert done.stdout.strip() or ">" in block.text, "it says nothing"


@pytest.mark.process
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_on_other_pages_works(page: Path, tmp_path: Path) -> None:
    if page.name in ("recipes.md", "api.md"):
        return  # above; and doctest runs the examples of the reference
    for block in blocks(page):
        if block.language == "python":
            (tmp_path / "example.py").write_text(block.text, encoding="utf-8")
            done = shell(f"{sys.executable} example.py", tmp_path)
            assert done.returncode == 0, f"{page.name}:{block.line}\n{done.stderr}"


# Links --------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """Anchors of the headings of a page, as GitHub makes them."""
    text = page.read_text(encoding="utf-8")
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    plain = [re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads]
    return {*plain, *re.findall(r'<a id="([^"]+)">', text)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        for part in token.children or ():
            target = part.attrs.get("href", part.attrs.get("src"))
            if not target or re.match(r"[a-z]+:", str(target)):
                continue
            path, _, anchor = str(target).partition("#")
            file = (page.parent / path).resolve() if path else page
            assert file.exists(), f"{page.name}: {target} leads nowhere"
            assert file.is_relative_to(ROOT), f"{page.name}: {target} leads out of the project"
            if anchor:
                assert anchor in anchors(file), f"{page.name}: no heading {target}"
