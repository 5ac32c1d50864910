"""The documentation: made from the program, and every example in it runs."""

import ast
import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt

from conftest import apart, environment, run_command, use_small
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
    done = apart([sys.executable, str(ROOT / "docs" / "pages.py"), "--check"], text=True)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}\nrun python3 docs/pages.py"


def test_every_command_is_documented() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## rcpref (.+)$", text, re.MULTILINE)
    assert headings == list(COMMANDS)
    own = ("commands", "data-model")  # which are made from the commands
    told = "".join(page.read_text(encoding="utf-8") for page in PAGES if page.stem not in own)
    missing = [name for name in COMMANDS if not re.search(rf"\brcpref {name}\b", told)]
    assert not missing, f"show an example of {missing} in README.md or docs/"


# Plain English ------------------------------------------------------------------------


def plain_words() -> dict[str, str]:
    """The words that the project no longer uses, with the plain ones."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = text.partition("## Plain English")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.+?) \| (.+?) \|$", section, re.MULTILINE)
    return {word: plain for words, plain in rows for word in re.findall(r"`(.+?)`", words)}


def read_on_a_page(page: Path) -> Iterator[tuple[int, str]]:
    """The lines of a page by number, without examples."""
    kept = re.sub(
        r"^ *```.*?^ *```$",
        lambda found: "\n" * found[0].count("\n"),
        page.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    )
    yield from enumerate(kept.split("\n"), 1)


def read_in_a_module(module: Path) -> Iterator[tuple[int, str]]:
    """Texts with blanks by their line: messages and help. Lists of words begin with a line feed."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    inside: set[ast.expr] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            inside.add(node.value)
        if isinstance(node, ast.FunctionDef) and node.name == "command":
            yield node.lineno, ast.get_docstring(node) or ""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or node in inside:
            continue
        if isinstance(node.value, str) and " " in node.value and node.value[0] != "\n":
            yield node.lineno, node.value


def test_what_people_read_is_in_plain_english() -> None:
    words = plain_words()
    assert len(words) >= 20
    known = re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
    pages = [*PAGES, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md"]
    modules = sorted((ROOT / "src").rglob("*.py"))
    read = [(file, line) for file in pages for line in read_on_a_page(file)]
    read += [(file, line) for file in modules for line in read_in_a_module(file)]
    found = [
        f"{file.relative_to(ROOT)}:{number}: not {match[0]!r} but {words[match[0].lower()]}"
        for file, (number, text) in read
        for match in known.finditer(text)
        if f"`{match[0]}`" not in text  # the table of words
    ]
    assert not found, "\n".join(found)


# Examples -----------------------------------------------------------------------------


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run lines of bash where the examples are at home; the first that fails ends it."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return apart(
        ["bash", "-euo", "pipefail", "-c", script],
        text=True,
        encoding="utf-8",
        env={**environment(), "PATH": path},
        cwd=folder,
    )


def is_plain(script: str) -> bool:
    """Whether it has nothing that a shell must read, but files that output goes to."""
    return all(re.fullmatch(r"rcpref [^|$;&\\]*", line) for line in script.splitlines())


def run_plain(script: str) -> str:
    """Run such lines in this process, in the folder in which it is; what they print."""
    printed = ""
    for line in script.splitlines():
        words, _, file = line.partition(" > ")
        out = run_command(*shlex.split(words)[1:]).out
        if file:
            Path(file).write_text(out, encoding="utf-8")
        else:
            printed += out
    return printed


def run_python(block: Block) -> str:
    """Run an example as a script in this process; what it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as stream:
        exec(compile(block.text, f"line {block.line}", "exec"), {"__name__": "__main__"})
    return stream.getvalue()


def commands(block: Block) -> list[str]:
    return [line[2:] for line in block.text.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "commands"], ids=str)
def test_examples_of_the_command_line_work(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a page, one after the other: what one writes, the next may read."""
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        for line in filter(is_plain, commands(block) if block.language == "console" else ()):
            with pytest.MonkeyPatch.context() as patch:
                # What an export holds is seen by another line, or by nobody.
                if line.startswith("rcpref export") and block.text.count(line.split()[2]) == 1:
                    use_small(patch)
                printed = run_plain(line)
            place = f"{page.name}:{block.line}: {line}"
            assert printed or "diff" in line or "check" in line, place


@pytest.mark.process
@pytest.mark.parametrize("page", [page for page in PAGES if page.stem != "commands"], ids=str)
def test_examples_for_a_shell_work(page: Path, tmp_path: Path) -> None:
    for block in blocks(page):
        for line in commands(block) if block.language == "console" else ():
            if is_plain(line) or ("jq" in line and not shutil.which("jq")):
                continue
            done = shell(line, tmp_path)
            place = f"{page.name}:{block.line}: {line}"
            assert done.returncode in (0, 141), f"{place}\n{done.stderr}"
            assert done.stdout, place


def test_the_first_screen_has_two_commands() -> None:
    first, second, *_ = [b.text for b in blocks(ROOT / "README.md") if b.language == "sh"]
    assert "pip install" in first
    assert "rcpref" in first
    assert "pytest" in second


def code_of(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.language in ("sh", "python")]


BEGINNING, *RECIPES = code_of(ROOT / "docs" / "recipes.md")
"""The exports that the recipes begin with, and those."""

FOR_SHELL = [block for block in RECIPES if not (block.language == "python" or is_plain(block.text))]


def by_line(block: Block) -> str:
    return f"line {block.line}"


@pytest.fixture(scope="module")
def recipes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with those exports."""
    folder = tmp_path_factory.mktemp("recipes")
    with contextlib.chdir(folder):
        *exports, unpacking = BEGINNING.text.splitlines()
        run_plain("\n".join(exports))
        _, _, module, _, archive, tables = shlex.split(unpacking)
        assert module == "zipfile"
        zipfile.ZipFile(archive).extractall(tables)
    return folder


@pytest.mark.wide
@pytest.mark.parametrize(
    "block", [block for block in RECIPES if block not in FOR_SHELL], ids=by_line
)
def test_a_recipe_works(block: Block, recipes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(recipes)
    if block.language == "python":
        for library in re.findall(r"^import (\w+)", block.text, re.MULTILINE):
            if find_spec(library) is None:
                pytest.skip(f"{library} is not installed")
    # A panel of a few years is made in the same way.
    text = block.text.replace('"2003"', '"2022"').replace("2003..", "2024..")
    printed = (
        run_python(block._replace(text=text)) if block.language == "python" else run_plain(text)
    )
    assert printed.strip(), "it says nothing"


@pytest.mark.wide
@pytest.mark.process
@pytest.mark.parametrize("block", FOR_SHELL, ids=by_line)
def test_a_recipe_for_a_shell_works(
    block: Block, recipes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in (*TOOLS, "datasette"):
        if re.search(rf"\b{tool}\b", block.text) and not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    if "while read" in block.text:
        use_small(monkeypatch)  # it takes a process for each record
    # It would serve for ever; asked for one page, it answers and ends.
    script = re.sub(r"datasette .*", r"\g<0> --get /data/records.json", block.text)
    done = shell(script, recipes)
    assert done.returncode in (0, 141), done.stderr
    assert done.stdout.strip() or ">" in block.text, "it says nothing"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_on_other_pages_works(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if page.name in ("recipes.md", "api.md"):
        return  # above; and doctest runs the examples of the reference
    monkeypatch.chdir(tmp_path)
    for block in blocks(page):
        if block.language == "python":
            run_python(block)


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
