"""The worst that input within the limits can do: python3 benchmarks/worst.py [PART OF A NAME].

Overlays come from other people. Each case is one that is as heavy as the limits of
docs/checks.md allow in one respect, and a command line that reads it; none may take more
than ten seconds of the processor. Needs `rcpref` beside the Python that runs this.
"""

import itertools
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from growth import toml
from startup import clean

BAR = 10
"""Seconds that nothing may take longer than."""

BUNDLED = "BUNDLED"
"""Stands for the folder of the bundled data."""

MOST = 60
"""Seconds after which it is given up."""

CLAIMS = 990
STATES = 3_000
SOURCE: dict[str, Any] = {
    "title": "Own",
    "publisher": ["Own"],
    "tier": "primary",
    "date": "2020",
    "url": "http://a.b",
}


class Case(NamedTuple):
    """Something heavy.

    Attributes:
        name: What is heavy about it.
        make: Writes an overlay into a folder.
        args: The command line; {} is the overlay.
    """

    name: str
    make: Callable[[Path], None]
    args: Sequence[str]


def codes(count: int) -> list[str]:
    """Codes that no State of the bundled data has."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    every = map("".join, itertools.product("QXZBCD", letters, letters))
    taken = set(bundled_states())
    return list(itertools.islice((code for code in every if code not in taken), count))


def overlay(
    folder: Path,
    claims: Iterable[dict[str, Any]],
    record: dict[str, Any] | None = None,
    **files: str,
) -> None:
    """An overlay with one process and its claims."""
    raw = {"id": "heavy", "kind": "process", "name": "Heavy", "short_name": "Heavy"}
    text = [toml({**raw, **(record or {})})]
    text += [f"[[claim]]\n{toml({'source': 'own', **claim})}" for claim in claims]
    write(folder / "processes" / "heavy.toml", "\n".join(text))
    write(folder / "sources.toml", f"[own]\n{toml(SOURCE)}")
    for name, content in files.items():
        write(folder / f"{name}.toml", content)


def write(path: Path, content: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def countries(count: int = STATES) -> str:
    """States of an overlay."""
    every = []
    for code in codes(count):
        raw: dict[str, Any] = {"alpha3": code, "alpha2": code[:2], "name": f"State {code}"}
        raw |= {"official_name": f"The State {code}"}
        raw |= {"region": "Asia", "subregion": "Central Asia", "un_member": False}
        every.append(f"[[country]]\n{toml(raw)}")
    return "\n".join(every)


def day(number: int) -> str:
    """A day of its own for each number."""
    return f"{1900 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"


def bundled_states() -> list[str]:
    """Codes of the States of the bundled data."""
    import rcpref

    return list(rcpref.load().countries)


def lists(count: int, states: Sequence[str], key: str = "members") -> list[dict[str, Any]]:
    """Dated lists of States."""
    return [
        {"property": key, "value": list(states), "as_of": day(number * 2), "complete": True}
        for number in range(count)
    ]


def full_lists(folder: Path) -> None:
    """As many dated lists as there can be, each of all States."""
    overlay(folder, lists(CLAIMS, bundled_states()))


def chairs(folder: Path) -> None:
    """Half of the claims lists, half of them chairs, of whom all are members."""
    states = bundled_states()
    half = CLAIMS // 2
    overlay(folder, [*lists(half, states), *lists_of_chairs(half, states)])


def lists_of_chairs(count: int, states: Sequence[str]) -> list[dict[str, Any]]:
    """Chairs, all of the States at once."""
    return [
        {"property": "chair", "value": list(states), "as_of": day(number * 2 + 1)}
        for number in range(count)
    ]


def chairs_of_a_year(folder: Path) -> None:
    """All States at once in the chair, in all claims of one year."""
    states = bundled_states()
    overlay(folder, [{"property": "chair", "value": states, "as_of": "2000"}] * CLAIMS)


def undated_chairs(folder: Path) -> None:
    """Chairs without a date, of all States at once, always one of them left out."""
    states = bundled_states()
    left_out = (states[: n % 200] + states[n % 200 + 1 :] for n in range(CLAIMS))
    overlay(folder, [{"property": "chair", "value": value} for value in left_out])


def observers(folder: Path) -> None:
    """Half of the claims lists of members, half of observers, of one year."""
    states = bundled_states()
    claims = [
        {"property": key, "value": states, "as_of": "2000", "note": str(number)}
        for key in ("members", "observers")
        for number in range(CLAIMS // 2)
    ]
    overlay(folder, claims)


def joinings(folder: Path) -> None:
    """Half of the claims lists, half of them joinings and leavings."""
    states, half = bundled_states(), CLAIMS // 2
    events = [
        {
            "property": ("member_joined", "member_left")[number % 2],
            "value": states,
            "as_of": day(number * 2 + 1),
        }
        for number in range(half)
    ]
    overlay(folder, [*lists(half, states), *events])


def long_word(folder: Path) -> None:
    """Values of one word."""
    claims = [{"property": "mandate", "value": "m" * 20_000, "note": str(n)} for n in range(410)]
    overlay(folder, claims, {"aliases": ["a" * 20_000]})


def statuses(folder: Path) -> None:
    """As many statuses of one year as there can be claims."""
    overlay(
        folder,
        [
            {
                "property": "status",
                "value": ("active", "dormant")[n % 2],
                "as_of": "2000",
                "note": str(n),
            }
            for n in range(CLAIMS)
        ],
    )


def different_lists(folder: Path) -> None:
    """As many lists of one year, all different."""
    states = bundled_states()
    overlay(
        folder,
        [
            {
                "property": "members",
                "value": states[: n % 200 + 1],
                "as_of": "2000",
                "complete": True,
            }
            for n in range(CLAIMS)
        ],
    )


def different_chairs(folder: Path) -> None:
    """As many terms in the chair."""
    states = bundled_states()
    overlay(
        folder,
        [
            {"property": "chair", "value": [states[n % 200]], "from": "1990", "until": "2020"}
            for n in range(CLAIMS)
        ],
    )


def many_states(folder: Path) -> None:
    """Members that no list of States has."""
    overlay(folder, lists(380, codes(STATES)), countries=countries())


def aliases(folder: Path) -> None:
    """As many aliases as the limits allow."""
    names = (f"heavily named {number:06}" for number in range(300_000))
    for number, some in enumerate(iter(lambda: list(itertools.islice(names, 10_000)), [])):
        raw = {"id": f"heavy-{number}", "kind": "term", "name": f"Heavy {number}"}
        raw |= {"short_name": f"Heavy {number}"}
        write(folder / "terms" / f"heavy-{number}.toml", toml({**raw, "aliases": some}))


def passages(folder: Path) -> None:
    """As many passages as a text can have."""
    overlay(
        folder,
        [],
        {"kind": "process"},
    )
    write(
        folder / "documents" / "heavy-text.toml",
        toml({"id": "heavy-text", "kind": "document", "name": "Text", "short_name": "Text"}),
    )
    write(
        folder / "meetings" / "heavy-meeting.toml",
        toml({"id": "heavy-meeting", "kind": "meeting", "name": "Met", "short_name": "Met"}),
    )
    head = {
        "id": "heavy-meeting",
        "document": "heavy-text",
        "meeting": "heavy-meeting",
        "title": "T",
        "language": "en",
        "date": "2020-01-01",
    }
    parts = [
        f"[[passage]]\n{toml({'kind': 'paragraph', 'number': n, 'text': f'Words {n}'})}"
        "[[passage.mentions]]\n" + toml({"words": "Words", "record": "heavy"})
        for n in range(1, 9_999)
    ]
    write(folder / "texts" / "heavy-meeting.toml", "\n".join([toml(head), *parts]))
    # The sources of an overlay have its own keys: that of the document stands beside them.
    with open(folder / "sources.toml", "a", encoding="utf-8") as stream:
        stream.write(f"[heavy-text]\n{toml(SOURCE)}")


def nothing(folder: Path) -> None:
    """An overlay that holds next to nothing."""
    overlay(folder, [])


def processes(folder: Path, count: int = 1_000) -> None:
    """So many processes with what one has: lists, joinings, chairs, meetings, topics."""
    states = bundled_states()
    write(folder / "sources.toml", f"[own]\n{toml(SOURCE)}")
    for number in range(count):
        # Steps of a prime: every two processes have some members in common.
        members = [states[(number + 7 * step) % len(states)] for step in range(10 + number % 30)]
        year = 2000 + number % 20
        name = f"Own process {number}"
        raw: dict[str, Any] = {"id": f"own-{number}", "kind": "process", "name": name}
        raw |= {"short_name": name, "aliases": [f"The process of {number}", f"OP {number}"]}
        claims: list[dict[str, Any]] = [
            {"property": "members", "value": members, "as_of": f"{year}", "complete": True},
            {"property": "members", "value": members[1:], "as_of": f"{year + 3}"},
            {"property": "member_joined", "value": members[:1], "as_of": f"{year - 1}"},
            {"property": "founded", "value": f"{year - 2}"},
            {"property": "chair", "value": members[:1], "as_of": f"{year}"},
            {"property": "chair", "value": members[1:2], "as_of": f"{year + 1}"},
            {"property": "meeting", "value": f"Meeting of {year}", "as_of": f"{year}-05"},
            {"property": "status", "value": "active", "as_of": f"{year + 3}"},
            {"property": "website", "value": f"https://example.org/{number}"},
        ]
        text = [toml(raw), *(f"[[claim]]\n{toml({'source': 'own', **claim})}" for claim in claims)]
        write(folder / "processes" / f"own-{number}.toml", "\n".join(text))


def query(words: Iterable[str]) -> list[str]:
    """A search of the overlay."""
    return ["search", *words, "--data", "{}"]


CASES = (
    Case("check: chairs and lists (W503)", chairs, ("check", "{}")),
    Case("check: observers and members (W504)", observers, ("check", "{}")),
    Case("check: joinings and lists (W505)", joinings, ("check", "{}")),
    Case("check: lists of 3,000 States", many_states, ("check", "{}")),
    Case("check: as many passages as there can be", passages, ("check", "{}")),
    Case(
        "table: words of 20,000 letters",
        long_word,
        ("show", "heavy", "-f", "table", "--data", "{}"),
    ),
    Case(
        "history: words of 20,000 letters",
        long_word,
        ("show", "heavy", "--history", "-f", "table", "--data", "{}"),
    ),
    Case(
        "list: a name of 20,000 letters",
        long_word,
        ("list", "processes", "-f", "table", "--data", "{}"),
    ),
    Case("disputes: 990 statuses of one year", statuses, ("disputes", "--data", "{}")),
    Case(
        "disputes: a table of 990 statuses", statuses, ("disputes", "-f", "table", "--data", "{}")
    ),
    Case("disputes: 990 different lists", different_lists, ("disputes", "--data", "{}")),
    Case("disputes: 990 different chairs", different_chairs, ("disputes", "--data", "{}")),
    Case(
        "diff: a table of long words", long_word, ("diff", BUNDLED, "--data", "{}", "-f", "table")
    ),
    Case("diff: a table of lists", joinings, ("diff", BUNDLED, "--data", "{}", "-f", "table")),
    Case(
        "show: 990 chairs of one year",
        chairs_of_a_year,
        ("show", "heavy", "-p", "chair", "--data", "{}"),
    ),
    Case(
        "show: a table of 990 chairs without a date",
        undated_chairs,
        ("show", "heavy", "-p", "chair", "-f", "table", "--data", "{}"),
    ),
    Case("members: 380 lists of 3,000 States", many_states, ("members", "heavy", "--data", "{}")),
    Case(
        "members: at a date", many_states, ("members", "heavy", "--as-of", "2000", "--data", "{}")
    ),
    Case(
        "matrix: 380 lists of 3,000 States",
        many_states,
        ("matrix", "--as-of", "2000", "--data", "{}"),
    ),
    Case(
        "export: 23 years of 380 lists of 3,000 States",
        many_states,
        ("export", "{}/../panel.csv", "--years", "2003..2025", "--data", "{}"),
    ),
    Case(
        "export: 990 lists of all States, for Excel",
        full_lists,
        ("export", "{}/../excel", "--excel", "--data", "{}"),
    ),
    Case(
        "export: an atlas of 990 different lists",
        different_lists,
        ("export", "{}/../atlas.html", "--data", "{}"),
    ),
    Case(
        "members: joinings and lists",
        joinings,
        ("members", "heavy", "--as-of", "1901", "--data", "{}"),
    ),
    Case(
        "members: changes",
        joinings,
        ("members", "heavy", "--changes", "1901", "1903", "--data", "{}"),
    ),
    Case("state: 380 lists of 3,000 States", many_states, ("state", "QAA", "--data", "{}")),
    Case(
        "show: a misspelling among 300,000 aliases",
        aliases,
        ("show", "heavily nammed 123456", "--data", "{}"),
    ),
    Case(
        "cite: a misspelling among 300,000 aliases",
        aliases,
        ("cite", "heavily nammed 123456", "--data", "{}"),
    ),
    Case("which: a long name", aliases, ("which", "m" * 10_000, "--data", "{}")),
    Case("check: 300,000 aliases", aliases, ("check", "{}")),
    Case("search: a misspelling among 300,000 aliases", aliases, query(["zxqwerty"])),
    Case(
        "handbook: 9,998 passages",
        passages,
        ("export", "{}/../book.md", "--data", "{}"),
    ),
    Case(
        "text: 9,998 passages", passages, ("text", "heavy-meeting", "-f", "table", "--data", "{}")
    ),
    Case(
        "text: a misspelling among 9,998 passages",
        passages,
        ("text", "heavy-meeting/pargraph-1", "--data", "{}"),
    ),
    Case(
        "cite: 9,998 passages",
        passages,
        ("cite", "heavy-meeting/paragraph-1..9998", "--data", "{}"),
    ),
    *(
        Case(f"1,000 processes: {' '.join(args)}", processes, (*args, "--data", "{}"))
        for args in (
            ("show", "own-5"),
            ("members", "own-5", "--as-of", "2010"),
            ("state", "KEN"),
            ("list", "processes", "-f", "table"),
            ("search", "own process"),
            *(("matrix", "-f", format) for format in ("csv", "tsv", "json", "table")),
            ("export", "{}/../processes.json", "--force"),
            ("export", "{}/../processes.zip", "--force"),
            ("export", "{}/../processes.sqlite", "--force"),
            ("export", "{}/../processes.md", "--force"),
            ("export", "{}/../processes.csv", "--force"),
            ("export", "{}/../processes.html", "--force"),
        )
    ),
    Case("search: 20,000 words", nothing, query(["evidence"] * 20_000)),
    Case("search: 60,000 quotation marks", nothing, query(['"a'] * 60_000)),
    Case("search: 200 misspellings", nothing, query(f"evidenc{number}x" for number in range(199))),
    Case("search: 20,000 misspellings", nothing, query(f"evidenc{n}x" for n in range(20_000))),
    Case("search: 199 times NOT", nothing, query(["a", *["NOT", "b"] * 99])),
    Case("search: words of 100,000 letters", nothing, query(["m" * 100_000])),
)


class Spent(NamedTuple):
    """What a case took.

    Attributes:
        seconds: Time of the processor.
        mib: Peak of the memory, in MiB.
        code: Exit code; a negative one is the signal by which it was given up.
    """

    seconds: float
    mib: float
    code: int


def run(program: Path, args: Sequence[str], out: Path) -> Spent:
    """Run a command line, for `MOST` seconds of the processor at the most."""
    limit = partial(resource.setrlimit, resource.RLIMIT_CPU, (MOST, MOST))
    with out.open("wb") as stream:
        process = subprocess.Popen(
            [program, *args],
            env=clean(),
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            preexec_fn=limit,
        )
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Spent(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)


def measure(part: str = "") -> dict[str, Spent]:
    """What each case takes whose name has a part."""
    import rcpref.data.loading as loading

    program = Path(sys.executable).with_name("rcpref")
    found = {}
    with tempfile.TemporaryDirectory() as name:
        for case in CASES:
            if part not in case.name:
                continue
            folder = Path(name) / case.make.__name__
            if not folder.is_dir():
                folder.mkdir()
                case.make(folder)
            args = [each.replace("{}", str(folder)) for each in case.args]
            args = [loading.data_folder() if each == BUNDLED else each for each in args]
            out = Path(name) / "out"
            found[case.name] = spent = run(program, args, out)
            said = out.read_bytes()[:200].decode(errors="replace").partition("\n")[0]
            print(f"{spent.seconds:6.1f} s {case.name}: {spent.code} {said}", file=sys.stderr)
    return found


def table(found: Mapping[str, Spent]) -> str:
    """What was measured as a Markdown table."""
    lines = ["| case | s | MiB | exit code |", "| --- | ---: | ---: | ---: |"]
    for name, spent in found.items():
        mark = " *" if spent.seconds > BAR or spent.code < 0 else ""
        lines.append(f"| {name} | {spent.seconds:.1f}{mark} | {spent.mib:.0f} | {spent.code} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    print(table(measure(*sys.argv[1:2])))


if __name__ == "__main__":
    main()
