"""Write what the program answers into a folder, one file an output, to compare two of them.

    PYTHONPATH=../older/src python3 tools/outputs.py /tmp/before
    python3 tools/outputs.py /tmp/after
    python3 tools/outputs.py /tmp/before --against /tmp/after

A checkout is run as its wheel is, with baked data, in one process. Only the command and the
public Python API are asked, so that any version will do; outputs.txt says what.
"""

import argparse
import importlib.util
import io
import itertools
import os
import re
import shlex
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from unittest import mock

FORMATS = {
    "auto": "",
    "terminal": "",
    "table80": "-f table --width 80 --color never",
    "table160": "-f table --width 160 --color never",
    "colour": "-f table --width 100 --color always",
    "tsv": "-f tsv --header",
    **{each: f"-f {each}" for each in ("csv", "json", "markdown")},
}
WHOLE = [each for each in FORMATS if each not in ("auto", "terminal")]
USUAL = {"HOME": ".", "COLUMNS": "100", "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}
OVERLAY = """id = "igc"\nkind = "process"
claim = [{property = "milestone", value = "More.", as_of = "2020", source = "iom-midcom"}]
"""


def expanded(pattern: str, groups: Mapping[str, list[str]]) -> Iterator[str]:
    """Every line that a pattern means."""
    parts = [part.split("|") for part in re.split(r"[{}]", pattern)]
    known = [[one for each in part for one in groups.get(each, [each])] for part in parts]
    yield from ("".join(words) for words in itertools.product(*known))


def printed(line: str, terminal: bool = False, environ: Mapping[str, str] = USUAL) -> str:
    """What a command line prints, and how it ends."""
    from rcpref.cli.app import run

    out, err, names = io.BytesIO(), io.BytesIO(), io.BytesIO(b"igc\nsacm\n")
    streams = [io.TextIOWrapper(each, "utf-8", write_through=True) for each in (names, out, err)]
    with (
        mock.patch.dict(os.environ, environ, clear=True),
        mock.patch.multiple(sys, stdin=streams[0], stdout=streams[1], stderr=streams[2]),
        mock.patch.object(streams[1], "isatty", lambda: terminal),
    ):
        code = run(shlex.split(line))
    text = f"$ rcpref {line}\n{out.getvalue().decode()}--- exit {code}\n{err.getvalue().decode()}"
    return re.sub(r"\x1b]8;id=\d+", "\x1b]8;id=N", text)  # the number is a random one


def called(data: Any, line: str) -> str:
    """What a method of the data set returns, as text."""
    method, *words = shlex.split(line)
    named = dict(word.split("=", 1) for word in words if "=" in word)
    try:
        value = getattr(data, method)(*(each for each in words if "=" not in each), **named)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if isinstance(value, str) or not isinstance(value, Iterable):
        return str(value)
    parts = value.items() if isinstance(value, Mapping) else value
    return "\n".join([type(value).__name__, *map(str, map(as_plain, parts))])


def as_plain(part: Any) -> Any:
    """All fields of a row, of which its own words may be a few."""
    return part._asdict() if hasattr(part, "_asdict") else part


def files_of(path: Path) -> Iterator[tuple[str, str]]:
    """What an export has written, as text."""
    if path.is_file():
        base = sqlite3.connect(path).iterdump() if path.suffix == ".sqlite" else ()
        text = "\n".join(base) or path.read_bytes().decode(errors="backslashreplace")
        yield path.name, text


def outputs() -> Iterator[tuple[str, str, str]]:
    """All outputs: the command, the line with its format, the text."""
    import rcpref
    from rcpref.cli import commands

    data = rcpref.load()
    rows = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    lines = [row.split(" ", 1) for row in rows if not row.startswith("#")]
    groups = defaultdict(list)
    for record in data:
        groups[record.kind.upper()].append(record.id)
    groups["COMMAND"] = list(commands.COMMANDS)
    for way, line in ((way, line) for way, text in lines for line in expanded(text, groups)):
        words = ["rcpref", *line.split(" ")]
        if way == "api":
            yield "api", line, called(data, line)
        elif way == "completion":
            typed = {"COMP_WORDS": "\n".join(words), "_TYPER_COMPLETE_ARGS": " ".join(words)}
            asked = {"COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
            for shell in ("bash", "zsh", "fish"):
                environ = {**typed, **asked, "_RCPREF_COMPLETE": f"complete_{shell}"}
                yield "completion", f"{line}.{shell}", printed("", environ=environ)
        elif way == "export":
            yield "export", f"{line}.auto", printed(f"export {line}")
            for name, text in files_of(Path(words[1])):
                yield "export", name, text
        else:
            command = words[1] if words[1] in groups["COMMAND"] else "other"
            for name in WHOLE if way == "whole" else way.split(","):
                text = printed(f"{line} {FORMATS[name]}".strip(), name == "terminal")
                yield command, f"{line}.{name}", text


def install(folder: str) -> None:
    """Let this process import the checkout of its environment as its wheel has it."""
    spec = importlib.util.find_spec("rcpref")
    assert spec and spec.origin, "install rcpref"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--target", folder, Path(spec.origin).parents[2]], check=True)
    sys.path.insert(0, folder)


def write(folder: Path) -> int:
    """Write all outputs into a new folder; how many there are."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        install(f"{work}/package")
        (Path(work) / "run/overlay/processes").mkdir(parents=True)
        os.chdir(f"{work}/run")
        Path("overlay/processes/igc.toml").write_text(OVERLAY, encoding="utf-8")
        for command, line, text in outputs():
            file = folder / command / re.sub(r"[^\w.,=+-]+", "_", line)
            file.parent.mkdir(exist_ok=True)
            file.write_text(text.replace(work, "WORK"), encoding="utf-8", newline="")
    return len(list(folder.glob("*/*")))


def change(old: str, new: str) -> tuple[int, tuple[str, ...]]:
    """The first line that differs: its number, and what it says that the other does not."""
    pairs = itertools.zip_longest(old.split("\n"), new.split("\n"), fillvalue="(end)")
    number, one, two = next((n, a, b) for n, (a, b) in enumerate(pairs, 1) if a != b)
    words = [deque(re.split(r"[^\w.:-]+", each)) for each in (one, two)]
    for end, drop in ((0, deque.popleft), (-1, deque.pop)):
        while words[0] and words[1] and words[0][end] == words[1][end]:
            for each in words:
                drop(each)
    pair = map(" ".join, words) if any(words) else (one, two)  # white space or signs alone
    return number, tuple(each[:160] for each in pair)


def compare(old: Path, new: Path) -> int:
    """Print which files of two folders differ, those that differ alike together; how many."""
    texts = [
        {f"{file.parent.name}/{file.name}": file.read_bytes().decode() for file in top.glob("*/*")}
        for top in (old, new)
    ]
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in sorted(texts[0] | texts[1]):
        one, two = (each.get(name) for each in texts)
        if one is None or two is None:
            alike["(added)" if one is None else "(gone)", ""].append(name)
        elif one != two:
            number, words = change(one, two)
            alike[words].append(f"{name}:{number}")
    for (was, is_now), names in sorted(alike.items(), key=lambda each: -len(each[1])):
        print(f"{len(names)} files:\n  - {was}\n  + {is_now}", *names, sep="\n      ")
    kinds = Counter(name.partition("/")[0] for names in alike.values() for name in names)
    print(f"{kinds.total()} of {len(texts[0] | texts[1])} differ", *kinds.most_common())
    return kinds.total()


def main() -> int:
    """Write, or compare what has been written; exit code 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--against", type=Path)
    asked = parser.parse_args()
    if asked.against:
        if not (asked.folder.is_dir() and asked.against.is_dir()):
            parser.error("both must be folders that this has written")
        return int(compare(asked.folder, asked.against) > 0)
    print(f"{write(asked.folder.resolve())} outputs in {asked.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
