"""Measure start-up and growth and write docs/performance.md: python3 benchmarks/report.py.

Takes some ten minutes; the machine should have nothing else to do.
"""

import os
import platform
from datetime import date

import growth
import startup

PAGE = startup.ROOT / "docs" / "performance.md"

TEXT = """\
# Performance

Made by `python3 benchmarks/report.py` on {day}: {python} on {system}, {cores} cores. The bars are ratios, for absolute times say more about the machine than about the program; they are held by tests on which modules a command imports, not by timed tests.

## Start-up

`rcpref` from an installed wheel with byte-code compiled, {rounds} rounds, its output thrown away; time of the processor. Each run is compared with a hello world made with Typer that ran right before it on the same interpreter; a completion (⇥: the TAB key in bash) with the hello world's own completion. A median above its bar has a star.

{startup}

## Growth

Time of the processor and peak memory with 1, 10 and 100 times the records, claims and sources; the median of {growth_rounds} rounds. The last column says how much more time 100 times the data add than 10 times the data do: 11 is as fast as the data; it is empty where 10 times the data add next to nothing. `matrix` compares every two records: 101 is as fast as their pairs.

{growth}
"""


def main() -> None:
    """Write the page."""
    rounds, growth_rounds = 21, 3
    text = TEXT.format(
        day=date.today().isoformat(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=platform.system(),
        cores=os.cpu_count(),
        rounds=rounds,
        startup=startup.table(startup.measure(rounds)),
        growth_rounds=growth_rounds,
        growth=growth.table(growth.measure(growth_rounds)),
    )
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
