"""Everything in the documentation that is made by the program: python3 docs/pages.py.

Runs the cog blocks of README.md and docs/*.md, which hold what commands print, and writes
the reference of the Python API and the man page. With --check nothing is written and the exit
code is 1 where a page is not up to date.
"""

import io
import json
import os
import shlex
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import api
import cogapp
import man

import rcpref
from rcpref.answers.time import years_of
from rcpref.cli.app import run
from rcpref.cli.commands import COMMANDS
from rcpref.data import form
from rcpref.export.panel import SPELLS, tables_with

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

WIDTH = 88
"""Columns of the terminal that the examples are shown on."""


def out(text: str) -> None:
    """Print into the page: cog puts a module of its name there while it runs."""
    sys.modules["cog"].outl(text)


def printed(line: str, *more: str) -> str:
    """What a command line prints on standard output."""
    words = shlex.split(line)
    assert words[0] == "rcpref", line
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    with (
        mock.patch.dict(os.environ, {**kept, "COLUMNS": str(WIDTH)}, clear=True),
        redirect_stdout(stream),
        redirect_stderr(io.StringIO()),
    ):
        code = run([*words[1:], *more])
    assert code == 0, line
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()


def console(line: str, lines: int = 0, skip: str = "") -> None:
    """A command line and what it prints on a terminal.

    Args:
        line: The command line.
        lines: How many lines of it to show; 0 for all.
        skip: Leave out everything from the line that begins with this.
    """
    _block(line, printed(line, "-f", "table", "--color", "never"), lines, skip)


def pipe(line: str, lines: int = 0) -> None:
    """A command line and what it prints into a pipe."""
    _block(line, printed(line), lines, "")


def _block(line: str, text: str, lines: int, skip: str) -> None:
    found = text.rstrip("\n").split("\n")
    if skip:
        found = found[: next(i for i, each in enumerate(found) if each.startswith(skip))]
    while found and not found[-1].strip():
        found.pop()
    if lines and len(found) > lines:
        found = [*found[:lines], "..."]
    out("```console\n$ " + line + "\n" + "\n".join(found) + "\n```")


def counts() -> None:
    """What there is, in one sentence."""
    data = rcpref.load()
    claims = sum(len(record.claims) for record in data)
    kinds = {kind: len(data.of_kind(kind)) for kind in ("process", "body")}
    out(
        f"{claims:,} claims on {len(data)} records from {len(data.sources)} sources: "
        f"{kinds['process']} processes, {kinds['body']} regional bodies, forums, summits, "
        "meetings, documents and terms."
    )


def answers(*asked: tuple[str, str, str | None]) -> None:
    """Answers on membership as a table: each asked for by record, State and date."""
    out("| asked | answer | basis | reason |\n| --- | --- | --- | --- |")
    for record, state, date in asked:
        as_of = f" --as-of {date}" if date else ""
        line = f"rcpref state {state}{as_of} --answer all -f json"
        items = json.loads(printed(line))["items"]
        item = next(item for item in items if item["id"] == record)
        name = rcpref.load().countries[state].name
        what = f"{name}, {item['short_name']}, {date or 'last known'}"
        out(f"| {what} | {item['answer']} | {item['basis'] or ''} | {item['reason']} |")


def commands() -> None:
    """The help of every command."""
    _help("rcpref --help")
    for name in COMMANDS:
        out(f"\n## rcpref {name}\n")
        _help(f"rcpref {name} --help")


def _help(line: str) -> None:
    page = [each.rstrip() for each in printed(line).split("\n")]
    out(f"```console\n$ {line}\n" + "\n".join(page).strip("\n") + "\n```")


_TYPES = {
    form.STR: "string",
    form.STRS: "list of strings",
    form.BOOL: "true or false",
    form.INT: "whole number",
    form.DATE: "prefix date",
    form.VALUE: "string, number or list",
    form.NAMES: "names by language",
    form.TABLES: "tables",
}


def keys(name: str) -> None:
    """The keys of a data file, or of a table in it, as a table."""
    fields = {
        "dataset": form.DATASET,
        "properties": form.PROPERTY,
        "sources": form.SOURCE,
        "author": form.AUTHOR,
        "record": form.RECORD,
        "claim": form.CLAIM,
        "country": form.COUNTRY,
        "text": form.TEXT,
        "passage": form.PASSAGE,
    }[name]
    out("| key | form | | meaning |\n| --- | --- | --- | --- |")
    for key, field in fields.items():
        needed = "needed" if field.required else ""
        about = field.about
        if field.choices and name != "record":
            about += f" ({', '.join(field.choices)})"
        out(f"| `{key}` | {_TYPES[field.type]} | {needed} | {about} |")


def tables() -> None:
    """The tables of the exports, with their columns."""
    for table in (*tables_with(years_of("2013", "2013")), SPELLS):
        out(f"\n### {table.name}\n\n{table.description}. Key: `{', '.join(table.key)}`.\n")
        out("| column | type | meaning |\n| --- | --- | --- |")
        for field in table.fields:
            about = field.description
            if field.refers:
                about += f"; `{field.refers[0]}.{field.refers[1]}`"
            if field.choices:
                about += f" ({', '.join(field.choices)})"
            out(f"| `{field.name}` | {field.type} | {about} |")


def main() -> int:
    """Make all pages anew, or check them."""
    check = "--check" in sys.argv[1:]
    os.chdir(ROOT)
    stale = []
    for maker in (api, man):
        if (made := maker.page()) != maker.PAGE.read_text(encoding="utf-8"):
            stale.append(maker.PAGE.name)
            if not check:
                maker.PAGE.write_text(made, encoding="utf-8")
    options = ["--check", "--diff"] if check else ["-r"]
    pages = [str(page.relative_to(ROOT)) for page in PAGES]
    code: int = cogapp.Cog().main(["cog", "-I", "docs", *options, *pages])
    for name in stale:
        print(f"{name}: {'is not up to date' if check else 'written'}", file=sys.stderr)
    return 1 if check and (stale or code) else 0


if __name__ == "__main__":
    sys.exit(main())
