"""Draw the pictures of the README: python3 docs/pictures.py.

A picture of a terminal is what the command prints on one of that width, drawn as SVG by
Rich. That of the atlas is taken in Chromium by playwright, where both are installed.
"""

import shutil
import sys
import tempfile
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


def photograph(data: rcpref.Dataset, name: str, view: str) -> None:
    """Write a picture of the atlas, opened at an address within it."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        chromium = None
    if chromium is None:
        print(f"{name}.png is left as it is: no chromium, or no playwright", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        atlas = Path(folder) / "atlas.html"
        data.export(str(atlas))
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 800})
        page.goto(f"{atlas.as_uri()}{view}")
        page.wait_for_selector("html[data-ready]")
        page.screenshot(path=FOLDER / f"{name}.png")
        browser.close()
    print(FOLDER / f"{name}.png", file=sys.stderr)


def main() -> None:
    """Write all pictures."""
    data = rcpref.load()
    record = data["bali-process"]
    draw("card", "rcpref bali", showing(data, [record], ["bali"]), 96)
    photograph(data, "atlas", "#bali-process@2013-05")
    draw("members", "rcpref members igad-rcp", members(data, data["igad-rcp"], None, ("yes",)), 96)


if __name__ == "__main__":
    main()
