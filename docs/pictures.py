"""Draw the terminal pictures of the README: python3 docs/pictures.py.

Each picture is what the command prints on a terminal of that width, drawn as SVG by
Rich.
"""

import sys
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

import rcpref
from rcpref.report.report import Report
from rcpref.report.terminal import render
from rcpref.views.members import members
from rcpref.views.show import showing

FOLDER = Path(__file__).with_name("pictures")


def draw(name: str, command: str, report: Report, width: int) -> None:
    """Write one picture."""
    console = Console(record=True, width=width, file=StringIO(), color_system="standard")
    console.print(Text.from_ansi(f"$ {command}\n" + render(report, width, True)))
    svg = console.export_svg(title="rcpref", unique_id=name)
    (FOLDER / f"{name}.svg").write_text(svg.rstrip() + "\n", encoding="utf-8")
    print(FOLDER / f"{name}.svg", file=sys.stderr)


def main() -> None:
    """Write all pictures."""
    data = rcpref.load()
    record = data["bali-process"]
    draw("card", "rcpref bali", showing(data, [record], ["bali"]), 96)
    draw("members", "rcpref members igad-rcp", members(data, data["igad-rcp"], None, ("yes",)), 96)


if __name__ == "__main__":
    main()
