"""Time and memory with 1, 10 and 100 times the data: python3 benchmarks/growth.py [ROUNDS].

The bundled data are multiplied: every record, with its names, claims and sources, is there
so many times under other ids. The States and the text stay, as there are no more of them.
The wheel is installed into a fresh environment, whose data are then exchanged, both the
TOML and what is baked of it. Needs the package `build`.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from startup import clean, prepare

SCALES = (1, 10, 100)

LINES = (
    "list processes",
    "show bali-process",
    "members bali-process",
    "state Kenya",
    "search evidence base",
    "disputes",
    "check",
    "export {}/data.json",
    "export {}/data.sqlite",
    "export {}/data.zip",
)


UNLIMITED = """
import sys

if sys.argv[1] == "check":
    import rcpref.data.files as files

    files.MAX_BYTES = files.MAX_FOLDER = 1 << 30
from rcpref.__main__ import program

program()
"""
"""Runs the program; `check`, which reads the TOML, on more than its limits allow."""


def multiplied(scale: int) -> dict[str, Any]:
    """The bundled document with every record so many times."""
    import rcpref
    from rcpref.model import KINDS

    plain = {key: dict(part) for key, part in rcpref.load().document.items()}
    records, claims, sources = {}, {}, dict(plain["sources"])
    for number in range(scale):
        end = f"-{number}" if number else ""
        for key, raw in plain["records"].items():
            names = {
                name: f"{raw[name]}{end}"
                for name in ("name", "short_name", "acronym")
                if name in raw
            }
            aliases = {"aliases": [f"{each}{end}" for each in raw.get("aliases", ())]}
            made = {**raw, **names, **(aliases if raw.get("aliases") else {}), "id": f"{key}{end}"}
            made.pop("names", None)
            records[f"{key}{end}"] = made
            claims[f"{key}{end}"] = [
                {**claim, "source": f"{claim['source']}{end}"} for claim in plain["claims"][key]
            ]
        if end:
            sources |= {f"{key}{end}": raw for key, raw in plain["sources"].items()}
    kinds = list(KINDS)
    order = sorted(records, key=lambda key: (kinds.index(records[key]["kind"]), key))
    plain |= {
        "sources": sources,
        "records": {key: records[key] for key in order},
        "claims": {key: claims[key] for key in order},
    }
    return plain


def toml(table: Mapping[str, Any], skip: Sequence[str] = ()) -> str:
    """Keys and plain values of a table; strings of JSON are strings of TOML, too."""
    return "".join(f"{key} = {_value(value)}\n" for key, value in table.items() if key not in skip)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_value(part)}' for key, part in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    return json.dumps(value, ensure_ascii=False)


def write(document: Mapping[str, Any], folder: Path) -> None:
    """Put the document in the place of the records, claims and sources of a data folder."""
    from rcpref.answers.search import index_image
    from rcpref.answers.values import known_of
    from rcpref.data.baked import bake
    from rcpref.data.dataset import Data
    from rcpref.data.loading import BAKED, INDEX
    from rcpref.model import KINDS

    data = Data(document)
    (folder / BAKED).write_bytes(bake(document, data.digest, known_of(data)))
    (folder / INDEX).write_bytes(index_image(data) or b"")
    sources = (f"[{json.dumps(key)}]\n{toml(raw)}" for key, raw in document["sources"].items())
    (folder / "sources.toml").write_text("\n".join(sources), encoding="utf-8")
    for kind in KINDS.values():
        shutil.rmtree(folder / kind)
        (folder / kind).mkdir()
    for key, raw in document["records"].items():
        claims = (f"[[claim]]\n{toml(claim)}" for claim in document["claims"][key])
        text = "\n".join([toml(raw), *claims])
        (folder / KINDS[raw["kind"]] / f"{key}.toml").write_text(text, encoding="utf-8")


class Cost(NamedTuple):
    """What one run took.

    Attributes:
        seconds: Time of the processor.
        mib: Peak of its memory, in MiB.
    """

    seconds: float
    mib: float


def run(program: Path, line: str, folder: Path) -> Cost:
    """Run one command line, its output thrown away."""
    for old in folder.iterdir():
        old.unlink()
    process = subprocess.Popen(
        [program.with_name("python"), "-c", UNLIMITED, *line.format(folder).split()],
        env=clean(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"rcpref {line}: exit code {process.returncode}")
    # That of the processor: others may be at work on the machine, too.
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(rounds: int) -> dict[str, list[Cost]]:
    """For each command line the median cost at each scale."""
    found: dict[str, list[Cost]] = {line: [] for line in LINES}
    with tempfile.TemporaryDirectory() as name:
        bin_folder = prepare(Path(name))
        data = next((Path(name) / "env" / "lib").glob("python*/site-packages/rcpref/data/bundled"))
        target = Path(name) / "target"
        target.mkdir()
        for scale in SCALES:
            # In a process of its own: what this one has ever held in memory would count as
            # that of the processes it starts.
            subprocess.run([sys.executable, __file__, "--write", str(scale), data], check=True)
            for line in LINES:
                costs = [run(bin_folder / "rcpref", line, target) for _ in range(rounds)]
                middle = statistics.median(cost.seconds for cost in costs)
                found[line].append(Cost(middle, max(cost.mib for cost in costs)))
    return found


def table(found: Mapping[str, Sequence[Cost]]) -> str:
    """What was measured as a Markdown table."""
    heads = "".join(f" {scale}x: s | MiB |" for scale in SCALES)
    lines = [
        f"| `rcpref` |{heads} growth |",
        f"| --- |{' ---: | ---: |' * len(SCALES)} ---: |",
    ]
    for line, costs in found.items():
        # What is the same at every scale, as the start of Python, falls out.
        first, ten, hundred = (cost.seconds for cost in costs)
        # What ten times the data add is lost in the noise where it is next to nothing.
        factor = f"{(hundred - first) / (ten - first):.1f}" if ten - first > 0.03 else ""
        cells = "".join(f" {cost.seconds:.2f} | {cost.mib:.0f} |" for cost in costs)
        lines.append(f"| `{line.replace('{}/', '')}` |{cells} {factor} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--write"]:
        write(multiplied(int(sys.argv[2])), Path(sys.argv[3]))
        return
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    print(f"{rounds} rounds, Python {sys.version.split()[0]}\n")
    print(table(measure(rounds)))


if __name__ == "__main__":
    main()
