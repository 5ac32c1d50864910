"""Command lines and data that nobody would think of, and what every run must keep.

Some eighty cases run with all tests, the same ones each time. Ten thousand, new ones:

    pytest -m fuzz

Most run in this process, for speed; some, and one in forty of the ten thousand, are run
as the installed command, too, and must end and say the same.
"""

import contextlib
import json
import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import Any, NamedTuple
from zlib import crc32

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from typer.main import get_command

import rcpref
from conftest import COMMAND, Result, apart, environment, examples, run_inside
from helpers import HARMLESS, LINK, STYLING, assert_complaint
from rcpref.answers.chair import CHAIR_KINDS
from rcpref.cli.app import app
from rcpref.cli.commands import COMMANDS
from rcpref.data import form
from rcpref.data.check import TYPES
from rcpref.errors import DataError, RcprefError
from rcpref.model import KINDS, LISTED, MEMBER_KINDS, PROPERTY_TYPES
from rcpref.report.options import COLORS, FORMATS
from test_reading import SMALL, Tree, change_somewhere, write_trees

SECONDS = 10
"""What a case may take of the processor; most take hundredths of one."""

WRITES = ("export", "map")
"""Commands that write, for which every path is kept within the folder of these tests."""


class Hang(BaseException):
    """A case has taken longer than it may; no handler of errors may catch it."""


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise Hang

    # A case may wait for the processor, and long for it, but for nothing else.
    before = {each: signal.signal(each, stop) for each in (signal.SIGPROF, signal.SIGALRM)}
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.alarm(SECONDS * 6)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
        for each, handler in before.items():
            signal.signal(each, handler)


pytestmark = [
    # Each case has a limit of its own, by the same signal.
    pytest.mark.timeout(0),
    pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs alarms"),
]


# Words -------------------------------------------------------------------------------------

HOSTILE = (
    "\x1b[31m", "\x1b]8;;x\x07", "\x9b31m", "\r", "\n", "\t", "\x08", "\x7f", "\u202e", "\u2067",
    "\u200b", "\u2028", "\ufeff", "\u0301", "\u00df", "\u0130", "\udcff", "\U0001f600",
    "\U000e0041", "'", '"', "`", "\\", "[red]", "[/]", "<b>", "|", "*", "%s", "{}", "=", "=1+1",
    ",", ";", "/", "..", "#", "@", "-", "--", "(", ")", " AND ", " NEAR(", ":", "^", "~", " ",
)  # fmt: skip

SIGNS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])


@cache
def pools() -> Mapping[str, list[str]]:
    """Words that mean something, by what they mean."""
    data = rcpref.load()
    names = [name for each in data for name in (each.id, each.acronym, each.name, *each.aliases)]
    states = [name for c in data.countries.values() for name in (c.alpha3, c.name, *c.aliases)]
    claims = [claim.ref for each in data for claim in each.claims[:3]]
    dates = ["2013", "2013-05", "2013-05-22", "2013-06/2015-10-04", "0001", "9999-12-31"]
    return {
        "name": [name for name in names if name],
        "state": states,
        "date": [*dates, "2013-02-29", "2013/2012", "10000", "2013-5", "2013/", "0000", "-1"],
        "ref": [*(passage.ref for passage in data.passages()), *claims, *data.sources, "dataset"],
        "passage": ["lima-2013/conclusion-1..3", "conclusion-5", "paragraph-4", "1..2", "3..1"],
        "kind": [*LISTED, *KINDS.values(), *MEMBER_KINDS, "states"],
        "property": list(data.properties),
        "column": ["id", "name", "ref", "value", "basis", "-name", "id,name", *data.properties],
        "format": list(FORMATS),
        "number": ["1", "5", "0", "-1", "1000000000", "9" * 30, "1.5", "1e3", "x"],
        "search": [
            "evidence",
            '"evidence base"',
            "migra*",
            "a OR b",
            "NOT x",
            "peru AND",
            '"',
            "*",
        ],
        "choice": [*COLORS, "yes", "all", "possible,unknown", "text", "bibtex", "csl-json", "ris"],
        "path": [
            "here",
            "good",
            "none",
            "file",
            "a.json",
            "a.zip",
            "a.sqlite",
            "a.xlsx",
            "members.csv",
            "a.svg",
            "-",
            ".",
        ],
    }


def meant() -> st.SearchStrategy[str]:
    """A word that means something, though perhaps not where it is put."""
    return st.sampled_from(sorted(pools())).flatmap(lambda name: st.sampled_from(pools()[name]))


@st.composite
def damaged(draw: st.DrawFn, words: st.SearchStrategy[str]) -> str:
    """A word with something put in, taken out or turned."""
    word = draw(words)
    place = draw(st.integers(0, len(word)))
    sign = draw(st.sampled_from(HOSTILE) | st.text(SIGNS, max_size=3))
    act = draw(st.sampled_from(("put", "put", "take", "turn", "double", "long")))
    if act == "put":
        return word[:place] + sign + word[place:]
    if act == "take":
        return word[:place] + word[place + 1 :]
    if act == "turn":
        return draw(st.sampled_from((word.upper(), word.swapcase(), word[::-1], word.title())))
    return word * (2 if act == "double" else 40)


def words(pool: str = "") -> st.SearchStrategy[str]:
    """Words for a place: mostly those that belong there, some damaged, some of any letters."""
    fit = st.sampled_from(pools()[pool]) if pool else meant()
    odd = st.one_of(damaged(fit), damaged(fit), meant(), st.text(SIGNS, max_size=8))
    return st.integers(0, 7).flatmap(lambda place: odd if place == 7 else fit)


OF_PARAMETER = {
    "name": "name", "names": "name", "records": "name", "ref": "ref", "refs": "ref",
    "kind": "kind", "key": "property", "as_of": "date", "start": "date", "end": "date",
    "changes": "date", "columns": "column", "sort": "column", "format": "format",
    "color": "choice", "style": "choice", "answer": "choice", "limit": "number",
    "numbers": "number", "words": "search", "search": "search", "topic": "search",
    "member": "state", "attended": "name", "overlay": "path", "folders": "path",
    "old": "path", "new": "path", "target": "path", "file": "path",
}  # fmt: skip
"""Pools by parameter; for any other, words of all."""


@cache
def parameters(command: str) -> tuple[Any, ...]:
    """The arguments and options of a command, as it declares them."""
    group: Any = get_command(app)
    return tuple(each for each in group.get_command(None, command).params if each.name != "help")


class Case(NamedTuple):
    """A command line, the terminal it is typed on, and the format that it asks for."""

    args: tuple[str, ...]
    format: str = ""
    terminal: bool = False
    columns: str = "80"

    @property
    def styled(self) -> bool:
        """Whether styles of our own may be in what it prints."""
        return self.terminal or any("always" in arg for arg in self.args)

    @property
    def environment(self) -> dict[str, str]:
        return environment({"COLUMNS": self.columns, "TERM": "xterm", "LC_ALL": "C.UTF-8"})


def pool_of(command: str, parameter: Any) -> str:
    own = {"text": {"ref": "passage"}, "state": {"name": "state"}}
    return own.get(command, {}).get(parameter.name) or OF_PARAMETER.get(parameter.name, "")


@st.composite
def command_lines(draw: st.DrawFn, options: bool = True) -> Case:
    """A command with its arguments, some of its options, and now and then a stray word."""
    command = draw(st.sampled_from(sorted(COMMANDS)))
    args: list[str] = []
    format = draw(st.sampled_from(("", "", "json", "json", *FORMATS)))
    for each in parameters(command):
        pool = pool_of(command, each)
        if each.param_type_name == "argument":
            least = 1 if each.required else 0
            most = 3 if each.nargs == -1 else 1
            some = draw(st.lists(words(pool), min_size=least, max_size=most))
            args += some
        elif options and (each.name != "format" or not format) and draw(st.integers(0, 7)) == 7:
            name = draw(st.sampled_from(each.opts))
            if each.is_flag:
                args.append(name)
            elif name.startswith("--") and draw(st.booleans()):
                args.append(f"{name}={draw(words(pool))}")
            else:
                args += [name, *(draw(words(pool)) for _ in range(max(each.nargs, 1)))]
    if draw(st.integers(0, 9)) == 9:
        args.insert(draw(st.integers(0, len(args))), draw(damaged(meant())))
    if draw(st.integers(0, 9)) == 9:
        args = draw(st.permutations(args))
    if command in WRITES:
        args = [arg.replace("/", "_").replace("..", "_") for arg in args]
    chosen = ["-f", format] if format else []
    return Case(
        (command, *chosen, *args),
        format,
        draw(st.integers(0, 3)) == 0,
        draw(st.sampled_from(("80", "80", "200", "20", "1", "0", "-1", "x", "1000000000"))),
    )


# What every run must keep ------------------------------------------------------------------


def assert_harmless(text: str, extra: str = "") -> None:
    """Nothing in it that a terminal would obey or that turns text around."""
    odd = {sign for sign in text if not sign.isprintable()} - HARMLESS - set(extra)
    assert not odd, odd


def assert_says_nothing(case: Case, result: Result) -> None:
    """An object without items: what a script that reads JSON gets where nothing is found."""
    assert result.code == 1, result
    assert any("json" in arg for arg in case.args), result
    assert_harmless(result.out)
    report = json.loads(result.out)
    assert (report["count"], report["items"], report["sources"]) == (0, [], {})
    assert report["message"]


def assert_behaves(case: Case, result: Result) -> None:
    """The promises of the output contract that hold for any command line and any data."""
    # An answer of `member` ends with its own: no is 1, and what is not certain 4.
    answered = "member" in case.args and bool(result.out) and "error:" not in result.err
    assert result.code in ((0, 1, 4) if answered else (0, 1, 2, 3)), result
    whole = result.out + result.err
    assert "Traceback" not in whole
    assert "should not happen" not in whole
    found = result.code == 3 and case.args[0] == "check" and not result.err.startswith("rcpref:")
    if result.code and not found and not answered:
        assert_complaint(result.err)
        if result.out:
            assert_says_nothing(case, result)
        return
    assert_harmless(result.err)
    assert "rcpref: error" not in result.err
    # Styles of our own may be there; what is left may not hold another sign of that kind.
    plain = LINK.sub("", STYLING.sub("", result.out)) if case.styled else result.out
    assert_harmless(plain, "\t")
    if case.format == "json" and not {"-h", "--help"} & set(case.args):
        assert isinstance(json.loads(result.out), dict)


def run_case(case: Case) -> Result:
    try:
        with in_time():
            result = run_inside(case.args, case.environment, case.terminal)
    except Hang:
        raise AssertionError(f"this takes longer than {SECONDS} seconds") from None
    assert_behaves(case, result)
    return result


def run_apart(case: Case) -> Result:
    """Run a case as a process of its own."""
    done = apart(
        [COMMAND, *(arg.encode("utf-8", "surrogateescape") for arg in case.args)],
        env=case.environment,
    )
    result = Result(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert_behaves(case._replace(terminal=False), result)
    return result


# Where they run ----------------------------------------------------------------------------

GOOD: dict[str, Tree] = {
    "sources.toml": {"own-note": {"title": "Note", "publisher": ["We"], "tier": "primary"}},
    "processes/own-process.toml": {
        "id": "own-process",
        "kind": "process",
        "name": "[red]Own[/red] <b>Process</b> | *of* `ours` \u200f=1+1",
        "short_name": "=Own",
        "claim": [{"property": "members", "value": ["KEN"], "source": "own-note", "as_of": "2013"}],
    },
}
"""An overlay with all that its form allows to stand in a name."""


@pytest.fixture(scope="module", autouse=True)
def place(baked_data: Path) -> Path:
    """A folder to run in; the words are looked up before the time of a case is taken."""
    pools()
    return baked_data


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[Path]:
    """Be in a folder with an overlay, an empty folder and a file, for one case."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory(dir=folder) as made:
        os.chdir(made)
        try:
            Path("here").mkdir()
            Path("good").mkdir()
            Path("file").write_text("x", encoding="utf-8")
            write_trees(Path("good"), GOOD)
            yield Path(made)
        finally:
            os.chdir(before)


def contents(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}


def run_here(case: Case) -> Result:
    """Run a case in this process; nothing may be written that was not asked for."""
    folder = Path.cwd()
    before = contents(folder)
    result = run_case(case)
    after = contents(folder)
    if result.code or case.args[0] not in WRITES:
        assert after == before, "something was written"
    else:
        assert {name: after[name] for name in before} == before or "--force" in case.args
    return result


def run_everywhere(case: Case, one_in: int = 40) -> None:
    """Run a case in this process and, one in so many, as the command that people install."""
    result = run_here(case)
    # Chosen by what it is: the same one is run so again, when it has failed.
    chosen = crc32(repr(case).encode()) % one_in == 0
    if chosen and not case.terminal and case.args[0] not in WRITES:
        assert run_apart(case) == result


def several(cases: int) -> settings:
    """Settings for so many cases: always the same, unless it is for `-m fuzz`."""
    return settings(
        max_examples=examples(cases),
        # To explain a failure, every line is traced; that alone may take the time of a case.
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )


# Command lines -----------------------------------------------------------------------------


@several(25)
@given(case=command_lines())
def test_any_command_line_is_answered_or_refused(place: Path, case: Case) -> None:
    with inside(place):
        run_here(case)


@pytest.mark.process
@several(10)
@given(case=command_lines())
def test_the_installed_command_says_the_same(place: Path, case: Case) -> None:
    with inside(place):
        run_everywhere(case, one_in=1)


# Overlays ----------------------------------------------------------------------------------

ODD_TEXT = (
    "Peru spoke in Peru.", "[red]x[/red] [/]", "<script>x</script>", "=cmd|'/c calc'!A1", "+1",
    "@x", "| a | b |\n| - | - |", "](javascript:x)", "# x", "1. x", "a\u200d\u200e\u200f",
    "a\u00a0b", "```", "\\x1b[31m", "e\u0301" * 30, "word " * 400, "w" * 3_000,
)  # fmt: skip
"""What may stand in the data and must come out as the words that they are."""


def texts(lines: bool = False) -> st.SearchStrategy[str]:
    plain = st.sampled_from(("Peru", "Own", "a note", "two words", "5+5", "the process"))
    seen = st.characters(exclude_categories=["C", "Z"])
    fit = [text for text in ODD_TEXT if lines or "\n" not in text]
    odd = st.sampled_from(fit) | st.text(seen, min_size=1, max_size=6)
    return st.integers(0, 2).flatmap(lambda place: odd if place == 2 else plain)


def dates() -> st.SearchStrategy[str]:
    return st.sampled_from([*pools()["date"][:6], "2013", "2013", "2024-01"])


@st.composite
def times(draw: st.DrawFn) -> Tree:
    """When a claim holds: nearly always so that it can."""
    one, two = sorted(draw(st.lists(dates(), min_size=2, max_size=2)))
    kinds: tuple[Tree, ...] = (
        {},
        {"as_of": one},
        {"as_of": two},
        {"from": one},
        {"until": one},
        {"from": one[:4], "until": two.partition("/")[2] or two},
        {"not_before": one[:4], "not_after": two},
        {"as_of": one, "from": two, "not_after": one},
    )
    return dict(kinds[draw(st.integers(0, 100)) % 15 % len(kinds)])


def value_of(key: form.Key) -> st.SearchStrategy[Any]:
    if key.pattern is form.LANGUAGE:
        return st.sampled_from(("en", "fr", "pt-BR"))
    if key.choices:
        words = st.sampled_from(list(key.choices))
        return st.lists(words, min_size=1, max_size=2) if key.type == form.STRS else words
    of_type: dict[str, st.SearchStrategy[Any]] = {
        form.STR: texts(key.lines),
        form.STRS: st.lists(texts(), min_size=1, max_size=3, unique=True),
        form.BOOL: st.booleans(),
        form.INT: st.integers(0, 3) | st.just(form.LARGEST),
        form.DATE: dates(),
        form.NAMES: st.dictionaries(st.sampled_from(("fr", "ar")), texts(), min_size=1),
        form.TABLES: st.just([]),
    }
    return of_type[key.type]


@st.composite
def tables(draw: st.DrawFn, /, keys: form.Form, **fixed: Any) -> Tree:
    """A table of a form; optional keys are there now and then."""
    table: Tree = {}
    for name, key in keys.items():
        given = key.attribute or name
        if given in fixed:
            if fixed[given] is not None:
                table[name] = draw(fixed[given])
        elif key.required or draw(st.integers(0, 3)) == 0:
            table[name] = draw(value_of(key))
    return table


def claim_value(type_: str) -> st.SearchStrategy[Any]:
    if type_ == "states":
        codes = st.sampled_from(("KEN", "PER", "UGA", "LKA"))
        return st.lists(codes, min_size=1, max_size=4, unique=True)
    if type_ == "record":
        return st.just("own-0")
    return value_of(form.Key(form.VALUES.get(type_, form.STR), lines=type_ in form.AT_LENGTH))


Vocabulary = Mapping[str, Mapping[str, Any]]


@st.composite
def claims(draw: st.DrawFn, kind: str, own: Vocabulary = MappingProxyType({})) -> Tree:
    """A claim that a record of this kind may have, by the vocabulary of the data and another."""
    every = {**rcpref.load().document["properties"], **own}
    fit = [key for key, each in every.items() if kind in each["kinds"]]
    often = [key for key in (*OFTEN, *own) if key in fit]
    key = draw(st.sampled_from(fit) | st.sampled_from(often or fit))
    codes = st.lists(st.sampled_from(("KEN", "PER")), min_size=1, unique=True)
    made = tables(
        UNTIMED,
        property=st.just(key),
        value=claim_value(every[key]["type"]),
        source=st.sampled_from(("own-note", "own-note", "lima-2013-chairs-summary")),
        passage=st.just("lima-2013/paragraph-3") if draw(st.booleans()) else None,
        disputed=codes if draw(st.integers(0, 5)) == 0 else None,
    )
    return {**draw(made), **draw(times())}


UNTIMED = {name: key for name, key in form.CLAIM.items() if key.type != form.DATE}
"""The keys of a claim that say nothing of its time."""


OFTEN = ("members", "chair", "founded", "member_joined")


@st.composite
def properties(draw: st.DrawFn, names: Sequence[str]) -> dict[str, Tree]:
    """Words of a vocabulary, those that rcpref knows by name mostly of the type that it knows."""
    made: dict[str, Tree] = {}
    for key in draw(st.lists(st.sampled_from(names), max_size=6, unique=True)):
        known = TYPES.get(key)
        kept = known is not None and draw(st.integers(0, 40)) > 0
        made[key] = draw(
            tables(
                form.PROPERTY,
                type=st.just(known) if kept else st.sampled_from(PROPERTY_TYPES),
                kinds=st.lists(st.sampled_from(sorted(KINDS)), min_size=1, unique=True),
            )
        )
    return made


OWN_WORDS = ("own_word", "x", "0", "id", "name", "ref", "value", "members_", "_")
"""Keys of properties that an overlay may add, some of them names of columns."""


@st.composite
def passages(draw: st.DrawFn) -> Tree:
    words = st.just("Peru")
    return draw(
        tables(
            form.PASSAGE,
            text=st.sampled_from(ODD_TEXT).map(lambda text: f"Peru {text}"),
            number=st.integers(1, 5),
            emphasis=st.lists(tables(form.EMPHASIS, words=words, occurrence=None), max_size=2),
            mentions=st.lists(
                tables(form.MENTION, words=words, state=st.just("PER"), record=None), max_size=2
            ),
            notes=st.lists(tables(form.NOTE, words=words), max_size=2),
            within=None,
            mark_in=None,
            mark_after=None,
        )
    )


@st.composite
def overlays(draw: st.DrawFn) -> dict[str, Tree]:
    """An overlay as its form asks for: records, claims, a source, at times a text or a State."""
    # A date makes claims of it dated as well as read.
    note = draw(tables(form.SOURCE, url=st.sampled_from(("https://example.org/", "javascript:x"))))
    trees: dict[str, Tree] = {"sources.toml": {"own-note": note}}
    own = draw(properties(OWN_WORDS)) if draw(st.integers(0, 2)) == 0 else {}
    if own:
        trees["properties.toml"] = dict(own)
    kind = draw(st.sampled_from(sorted(KINDS)))
    for number, each in enumerate((kind, "process")[: draw(st.integers(1, 2))]):
        fixed = {"id": st.just(f"own-{number}"), "kind": st.just(each)}
        made = st.lists(claims(each, own), max_size=6)
        record = draw(tables(form.RECORD, claim=made, **fixed))
        trees[f"{KINDS[each]}/own-{number}.toml"] = record
    more = draw(st.lists(claims("process", own), max_size=4))
    trees["processes/igc.toml"] = {"id": "igc", "claim": more}
    if draw(st.integers(0, 3)) == 0:
        trees["countries.toml"] = {"country": [draw(territories())]}
    if draw(st.integers(0, 3)) == 0:
        names = {"id": "own-note", "kind": "document", "name": "Note", "short_name": "Note"}
        trees["documents/own-note.toml"] = names
        trees["texts/own-text.toml"] = draw(
            tables(
                form.TEXT,
                id=st.just("own-text"),
                document=st.just("own-note"),
                meeting=st.just("lima-2013"),
                passage=st.lists(passages(), min_size=1, max_size=4),
            )
        )
        for number, each in enumerate(trees["texts/own-text.toml"]["passage"]):
            # Nearly always another number for each.
            each["number"] = number % 3 + 1 if number > 2 else number + 1
    return trees


@st.composite
def territories(draw: st.DrawFn) -> Tree:
    """A State or territory, at times one that a source prints beside another."""
    source = st.sampled_from(("own-note", "own-note", "lima-2013-chairs-summary"))
    listed = draw(st.integers(0, 3)) > 0
    return draw(
        tables(
            form.COUNTRY,
            alpha3=st.just("XAA"),
            alpha2=st.just("XA"),
            listed_with=st.just("KEN") if listed else None,
            listed_source=source if listed else None,
            listed_note=st.sampled_from(ODD_TEXT) if listed else None,
        )
    )


OF_OVERLAYS: list[tuple[str, ...]] = [
    ("list",), ("list", "processes"), ("list", "sources", "--all"), ("list", "texts"),
    ("show", "own-0"), ("show", "own-0", "--history"), ("show", "igc", "--as-of", "2013"),
    ("show", "igc", "-p", "members"), ("show", "own-1", "-p", "chair"), ("search", "peru"),
    ("search", "own", "--in", "names"), ("members", "own-1"),
    ("members", "igc", "--changes", "2012", "2024"), ("members", "own-1", "--answer", "all"),
    ("state", "Kenya"), ("state", "PER", "--as-of", "2013-05"), ("compare", "own-1", "igc"),
    ("timeline",), ("timeline", "own-0"), ("disputes",), ("text", "own-text"),
    ("text", "own-text", "--quote"), ("cite", "own-0"), ("cite", "overlay:own-note"),
    ("cite", "own-text/paragraph-1", "--style", "bibtex"), ("check",), ("diff", "mine"),
    ("about",), ("export", "-"), ("export", "out.xlsx"), ("list", "properties"),
    ("export", "out.zip"), ("export", "out.sqlite"), ("export", "claims.csv"),
    ("show", "own-0", "-p", "own_word"), ("list", "processes", "--columns", "id,own_word,x"),
    ("map", "own-1"), ("map", "igc", "-o", "a.svg"),
    ("search", "own", "-p", "own_word"), ("show", "own-0", "--full"),
    ("state", "KEN"), ("state", "XAA"), ("show", "XAA"), ("list", "states", "--all"),
]  # fmt: skip
"""Command lines that meet what these overlays add."""


@st.composite
def with_overlays(draw: st.DrawFn) -> tuple[dict[str, Tree], dict[str, tuple[int, int]], Case]:
    """An overlay, whole or damaged in what it says or in its bytes, and a command line."""
    trees = draw(overlays())
    flipped: dict[str, tuple[int, int]] = {}
    damage = draw(st.sampled_from(("none", "none", "values", "bytes")))
    file = draw(st.sampled_from(sorted(trees)))
    if damage == "values":
        change_somewhere(draw, trees[file])
    elif damage == "bytes":
        flipped[file] = (draw(st.integers(0, 2_000)), draw(st.integers(0, 255)))
    args = draw(st.sampled_from(OF_OVERLAYS))
    format = "" if args[0] == "export" else draw(st.sampled_from(FORMATS))
    chosen = ["-f", format] if format else []
    columns = draw(st.sampled_from(("80", "80", "20", "1")))
    terminal = draw(st.integers(0, 3)) == 0
    return trees, flipped, Case((*args, *chosen, "--data", "mine"), format, terminal, columns)


def run_with_overlay(
    drawn: tuple[dict[str, Tree], dict[str, tuple[int, int]], Case], run: Callable[[Case], object]
) -> None:
    trees, flipped, case = drawn
    mine = Path("mine")
    mine.mkdir()
    write_trees(mine, trees)
    for file, (place, byte) in flipped.items():
        raw = bytearray((mine / file).read_bytes())
        raw[place % len(raw)] = byte
        (mine / file).write_bytes(raw)
    run(case)


@pytest.mark.usefixtures("small")
@several(8)
@given(drawn=with_overlays())
def test_any_overlay_is_used_or_refused(place: Path, drawn: Any) -> None:
    with inside(place):
        run_with_overlay(drawn, run_here)


# Whole data sets, by vocabularies of their own ------------------------------------------------


@st.composite
def data_sets(draw: st.DrawFn) -> dict[str, Tree]:
    """A whole data set with some of the vocabulary of the bundled one, and words of its own."""
    vocabulary = draw(properties((*TYPES, *OFTEN * 5, *OWN_WORDS)))
    first = SMALL["countries.toml"]["country"][0]
    states = [{**first, "alpha3": code, "name": code} for code in ("PER", "KEN", "UGA", "LKA")]
    trees: dict[str, Tree] = {
        "dataset.toml": SMALL["dataset.toml"],
        "sources.toml": {"own-note": SMALL["sources.toml"]["summary"]},
        "countries.toml": {"country": states},
        "properties.toml": dict(vocabulary),
    }
    kinds = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=4))
    for number, kind in enumerate(kinds):
        fit = [key for key, each in vocabulary.items() if kind in each["kinds"]]
        made: list[Tree] = []
        for key in draw(st.lists(st.sampled_from(fit), max_size=5)) if fit else ():
            value = claim_value(vocabulary[key]["type"])
            fixed = {"property": st.just(key), "value": value, "source": st.just("own-note")}
            claim = draw(tables(UNTIMED, **fixed, passage=None, disputed=None))
            made.append({**claim, **draw(times())})
        names = {"id": f"own-{number}", "kind": kind, "name": f"Own {number}"}
        trees[f"{KINDS[kind]}/own-{number}.toml"] = {**names, "short_name": "Own", "claim": made}
    return trees


FILES = (
    "a.json",
    "a.sqlite",
    "a.zip",
    "a.xlsx",
    "members.csv",
    "a.html",
)


def ask_all(data: rcpref.Dataset, target: str) -> None:
    """Put every question to a data set; what cannot be asked of it is an error of ours."""
    asked: list[Callable[[], object]] = [data.check, data.disputes]
    asked += [partial(data.memberships_of, "KEN"), partial(data.search, "own")]
    asked += [partial(data.changes_since, rcpref.load())]
    for record in data:
        asked += [partial(data.cite, record.id, "bibtex")]
        asked += [partial(data.members, record.id, "2012")] * (record.kind in MEMBER_KINDS)
        asked += [partial(data.chairs, record.id)] * (record.kind in CHAIR_KINDS)
        asked += [partial(data.values, record.id, key) for key in data.properties]
    for put in asked:
        with contextlib.suppress(RcprefError):
            put()
    data.export(target)
    if target == "a.json":
        assert rcpref.load(target) == data


def run_data_set(drawn: tuple[dict[str, Tree], str]) -> None:
    trees, target = drawn
    mine = Path("mine")
    mine.mkdir()
    write_trees(mine, trees)
    for args in (("check", "mine"), ("diff", "mine", "mine")):
        run_case(Case(args))
    with contextlib.suppress(DataError), in_time():
        ask_all(rcpref.load("mine"), target)


@several(6)
@given(drawn=st.tuples(data_sets(), st.sampled_from(FILES)))
def test_any_vocabulary_is_used_or_refused(place: Path, drawn: Any) -> None:
    with inside(place):
        run_data_set(drawn)


# Searches --------------------------------------------------------------------------------------

OPERATORS = (
    "AND", "OR", "NOT", "NEAR", '"', "*", "(", ")", "^", ":", "-", "{", "+", "body:", "not",
)  # fmt: skip


@st.composite
def searches(draw: st.DrawFn) -> Case:
    """A search of few words or of very many, its operators anywhere, in some of the places."""
    there = st.sampled_from(pools()["name"] + pools()["state"] + pools()["search"])
    word = st.one_of(there, there, damaged(there), st.sampled_from(OPERATORS), st.text(SIGNS))
    some = draw(st.lists(word, min_size=1, max_size=draw(st.sampled_from((1, 2, 12)))))
    often = draw(st.sampled_from((1, 1, 1, 2, 20, 200, 2_000)))
    between = draw(st.sampled_from((" ", " OR ", " OR ", "", " AND ", " NOT ", '"', "\n")))
    # A system takes 128 KiB for one argument.
    query = between.join(some * often)[:30_000]
    args = ["search", *draw(st.sampled_from(([query], query.split() or [query])))]
    for name, pool in (
        ("-p", "property"),
        ("--kind", "kind"),
        ("--as-of", "date"),
        ("--limit", "number"),
    ):
        if draw(st.integers(0, 11)) == 0:
            args += [name, draw(words(pool))]
    if draw(st.integers(0, 7)) == 0:
        args += ["--in", draw(st.sampled_from(("names", "claims,texts", "sources", "all", "")))]
    format = draw(st.sampled_from(("", "json", *FORMATS)))
    chosen = ["-f", format] if format else []
    return Case((*args, *chosen), format, draw(st.integers(0, 3)) == 0)


@several(20)
@given(case=searches())
def test_any_search_is_answered_or_refused(place: Path, case: Case) -> None:
    with inside(place):
        run_here(case)


# Heavy overlays --------------------------------------------------------------------------------

MOST_LETTERS = 2_000_000
"""So many letters has the file of a heavy record, or every case would take seconds to read."""

TIMES: tuple[Callable[[int], Tree], ...] = (
    lambda _: {"as_of": "2000"},
    lambda n: {"as_of": f"{1900 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"},
    lambda n: {"as_of": f"{1900 + n % 50}/{1950 + n % 70}"},
    lambda n: {"from": f"{1900 + n % 100}", "until": "2020"},
    lambda _: {},
)
"""How the so-manieth of many claims is dated."""

MUCH = ("members", "observers", "member_joined", "member_left", "chair", "group", "status",
        "members_count", "founded", "milestone", "topics", "secretariat", "attended", "meeting",
        "membership_event", "next_chair", "founding_participants")  # fmt: skip


HEAVY = [
    *(line for line in OF_OVERLAYS if "own-1" in line or line[0] in ("disputes", "export")),
    ("show", "own-1"), ("show", "own-1", "--full"), ("show", "own-1", "--history"),
    ("show", "own-1", "--as-of", "1920"), ("show", "own-1", "-p", "members"), ("diff", "mine"),
    ("members", "own-1", "--as-of", "1930", "--answer", "all"), ("matrix",), ("state", "Peru"),
    ("members", "own-1", "--changes", "1900", "1960"), ("timeline", "own-1"), ("search", "own"),
    ("cite", "own-1", "owm-1"), ("show", "owm 1"), ("text", "own-text"), ("list", "processes"),
    ("cite", "own-text/paragraph-1..2000"), ("check", "mine"),
]  # fmt: skip
"""Command lines that read all of what is heavy."""


@st.composite
def heavy(draw: st.DrawFn) -> tuple[dict[str, Tree], dict[str, tuple[int, int]], Case]:
    """A record with very many claims, States or letters, as far as the limits allow."""
    states = list(rcpref.load().countries)[: draw(st.sampled_from((1, 30, 249, 249)))]
    sign = draw(st.sampled_from(("m", "m ", "\u00e9", "\u4e2d", "e\u0301", "[", "*", "`", "m\n")))
    length = draw(st.sampled_from((1, 2_000, 19_000)))
    kinds = draw(st.lists(st.sampled_from(MUCH), min_size=1, max_size=3, unique=True))
    dated = draw(st.sampled_from(TIMES))
    value = {
        "states": states,
        "integer": length,
        "date": "1999",
        "texts": [(sign * length).replace("\n", " ")[:length], "igc"],
        "choice": "active",
        "event": (sign * length)[:length],
        "text": (sign * length)[:length],
    }
    each = max(len(str(value[TYPES[key]])) for key in kinds) + 100
    count = min(draw(st.sampled_from((10, 990, 990))), MOST_LETTERS // each)
    made = [
        {
            "property": kinds[n % len(kinds)],
            "value": value[TYPES[kinds[n % len(kinds)]]],
            "source": "own-note",
            **dated(n),
        }
        for n in range(count)
    ]
    name = ("Own " + (sign * length).replace("\n", " "))[: draw(st.sampled_from((10, 19_000)))]
    some = draw(st.sampled_from((1, 100, 2_000)))
    record = {
        "id": "own-1",
        "kind": "process",
        "name": name,
        "short_name": name,
        "aliases": [f"own {n} {name[:80]}" for n in range(some)],
        "claim": made,
    }
    args = draw(st.sampled_from(HEAVY))
    format = "" if args[0] == "export" else draw(st.sampled_from(FORMATS))
    chosen = ["-f", format] if format else []
    terminal = draw(st.integers(0, 3)) == 0
    trees = {"sources.toml": GOOD["sources.toml"], "processes/own-1.toml": record}
    for n in range(draw(st.sampled_from((0, 0, 300)))):
        term = {"id": f"own-t{n}", "kind": "term", "name": f"Own {n % 7}", "short_name": "Own"}
        trees[f"terms/own-t{n}.toml"] = {**term, "aliases": [f"own term {n}"]}
    if parts := draw(st.sampled_from((0, 0, 2_000))):
        passage = {"kind": "paragraph", "text": "Own words"}
        trees["texts/own-text.toml"] = {
            "id": "own-text",
            "title": "Own",
            "language": "en",
            "date": "2013",
            "document": "lima-2013-chairs-summary",
            "meeting": "lima-2013",
            "passage": [{**passage, "number": n} for n in range(1, parts + 1)],
        }
    return trees, {}, Case((*args, *chosen, "--data", "mine"), format, terminal)


@several(1)
@given(drawn=heavy())
def test_any_heavy_overlay_is_used_or_refused_in_time(place: Path, drawn: Any) -> None:
    with inside(place):
        run_with_overlay(drawn, run_here)


# Thousands of all these ------------------------------------------------------------------------

THOUSANDS: dict[str, tuple[int, st.SearchStrategy[Any], Callable[[Any], object]]] = {
    "command lines": (250, command_lines(), run_everywhere),
    "overlays": (100, with_overlays(), partial(run_with_overlay, run=run_everywhere)),
    "vocabularies": (25, st.tuples(data_sets(), st.sampled_from(FILES)), run_data_set),
    "searches": (100, searches(), run_everywhere),
    "heavy overlays": (25, heavy(), partial(run_with_overlay, run=run_here)),
}
"""By kind, how many cases a part has, how they are made, and what runs one."""


@pytest.mark.fuzz
@pytest.mark.process
@pytest.mark.parametrize("part", range(20))
@pytest.mark.parametrize("kind", THOUSANDS)
def test_thousands(place: Path, kind: str, part: int) -> None:
    """In parts that are small enough for a worker to take one up."""
    cases, strategy, run = THOUSANDS[kind]

    @several(cases)
    @given(drawn=strategy)
    def run_each(drawn: Any) -> None:
        with inside(place):
            run(drawn)

    run_each()
