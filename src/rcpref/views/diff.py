"""`rcpref diff`: what differs between two data sets, for scripts and for release notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rcpref.answers.diff import ADDED, CHANGED, REMOVED, Change, changes
from rcpref.answers.references import claim_of
from rcpref.answers.values import shown_value
from rcpref.data.dataset import Data
from rcpref.data.loading import is_overlay, load
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.model import publishers
from rcpref.report.blocks import Block, Facts, Heading, Span, quiet
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import DIFFERENCE
from rcpref.views.words import claim_date

_PLURALS = {
    "dataset": "data set",
    "property": "properties",
    "source": "sources",
    "state": "States",
    "record": "records",
    "claim": "claims",
    "text": "texts",
    "passage": "passages",
}
_SINGULARS = {"state": "State"}


class _Both(NamedTuple):
    old: Data
    new: Data


def opened(path: str) -> Data:
    """The data set at a path; a folder without ``dataset.toml`` is an overlay."""
    if not path.strip():
        raise UsageProblem("the path of a data set is empty", "give a data folder or overlay")
    return load(overlay=path) if is_overlay(path) else load(path)


def diffing(old: Data, new: Data, paths: tuple[str, str | None]) -> Report:
    both = _Both(old, new)
    found = [_difference_of(change, both) for change in changes(old, new)]
    query = {
        "command": "diff",
        "old": paths[0],
        "new": paths[1],
        "old_dataset": {"version": old.version, "date": old.date, "digest": old.digest},
    }
    columns = DIFFERENCE.columns(difference=lambda line: _words(line.change, both, named=False))
    report = report_of(new, query, DIFFERENCE, found, columns)
    summary = _summary([each.change for each in found], both)
    report.notices.append(summary)
    report.blocks = lambda _: _blocks(report, summary, both)
    return report


class Difference(Fields):
    """A change, the key of its source, and that source if only the older data have it."""

    change: Change
    source: str
    old_source: Mapping[str, Any] | None


def _difference_of(change: Change, both: _Both) -> Difference:
    (data, plain), source, before = _side(change, both), "", None
    if change.what == "claim":
        source = str(plain["source"])
    elif change.what in ("text", "passage"):
        source = str(data.document["texts"][change.ref.partition("/")[0]]["document"])
    if source and change.change == REMOVED:
        before = both.old.document["sources"][source]
    same = before == both.new.document["sources"].get(source)
    return Difference(change, source, None if same else before)


def _side(change: Change, both: _Both) -> tuple[Data, Mapping[str, Any]]:
    """The newer data set that has the thing, and the thing."""
    return (both.old, change.old or {}) if change.new is None else (both.new, change.new)


def _summary(found: Sequence[Change], both: _Both) -> str:
    if not found:
        same = "no difference"
        return same if both.old == both.new else f"{same} except in the order of the items"
    parts = []
    for change in (ADDED, CHANGED, REMOVED):
        things = [each.what for each in found if each.change == change]
        counts = [
            f"{number} {_PLURALS[what] if number != 1 else _SINGULARS.get(what, what)}"
            for what, number in Counter(things).items()
            if what != "dataset"
        ]
        counts += ["the data set's own facts"] if "dataset" in things else []
        parts += [f"{change}: {', '.join(counts)}"] if counts else []
    return "; ".join(parts)


def _words(change: Change, both: _Both, named: bool) -> str:
    if change.change == CHANGED:
        return "; ".join(_fields(change, both, named))
    data, plain = _side(change, both)
    if change.what == "claim":
        claim = claim_of(data, change.ref)
        assert claim is not None
        return shown_value(data, claim, short=not named)
    if change.what == "source":
        return ", ".join([plain["title"], *_about(plain)])
    return _IN_WORDS.get(change.what, "{name}").format_map(plain)


_IN_WORDS = {
    "property": "{label} ({type}): {definition}",
    "record": "{kind}: {name}",
    "text": "{title}",
    "passage": "{text}",
}


def _fields(change: Change, both: _Both, named: bool) -> Iterator[str]:
    codes = {"disputed"}
    if change.what == "claim" and both.new.type_of(change.property) == "states":
        codes.add("value")
    was, now = change.old or {}, change.new or {}
    for field in change.fields:
        names = both if named and field in codes else None
        lead = "" if named and field == "value" else f"{field}: "
        yield from _field(field, was.get(field), now.get(field), lead, names)


def _field(key: str, was: Any, now: Any, lead: str, names: _Both | None) -> Iterator[str]:
    if isinstance(was, dict) or isinstance(now, dict):
        one, two = was or {}, now or {}
        for part in {**two, **one}:
            if one.get(part) != two.get(part):
                inner = f"{key}.{part}"
                yield from _field(inner, one.get(part), two.get(part), f"{inner}: ", names)
    elif key == "passages":
        yield "passages in another order"
    elif _strings(was) or _strings(now):
        yield lead + _strings_apart(was, now, names)
    elif isinstance(was, list) or isinstance(now, list):
        yield f"{key} changed"  # parts with words of their own, such as mentions
    elif was is None:
        yield f"{key} added: {_quoted(now)}"
    elif now is None:
        yield f"{key} removed: {_quoted(was)}"
    else:
        if isinstance(was, str) and isinstance(now, str):
            was, now = _unlike(was, now)
        yield f"{lead}{_quoted(was)} → {_quoted(now)}"


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _strings_apart(was: Any, now: Any, names: _Both | None) -> str:
    def without(one: Any, two: Any, sign: str, data: Data | None) -> list[str]:
        other = set(two) if isinstance(two, list) else set()
        found = [each for each in one if each not in other] if isinstance(one, list) else []
        # Words, where the property has become one of States since.
        known = data.countries if data else {}
        return [f"{sign}{known[each].name if each in known else each}" for each in found]

    came = without(now, was, "+", names and names.new)
    return ", ".join([*came, *without(was, now, "-", names and names.old)]) or "in another order"


def _quoted(value: Any) -> str:
    """A value within a line of others: truth values as in TOML, words with marks."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"“{text}”" if " " in text else text


_SHORT = 80  # texts up to this length are shown whole, of longer ones the words that differ


def _unlike(was: str, now: str) -> Sequence[str]:
    """Two texts without the words at both ends that they share, where they are long."""
    if max(len(was), len(now)) <= _SHORT:
        return was, now
    one, two = was.split(" "), now.split(" ")
    most = min(len(one), len(two))
    head = next((n for n in range(most) if one[n] != two[n]), most)
    rest = most - head
    tail = next((n for n in range(rest) if one[-1 - n] != two[-1 - n]), rest)
    # One word on either side says where it is.
    start, end = max(0, head - 1), max(0, tail - 1)
    kept = (" ".join(words[start : len(words) - end]) for words in (one, two))
    return [f"{'… ' if start else ''}{each}{' …' if end else ''}" for each in kept]


def _about(source: Mapping[str, Any]) -> list[str]:
    return [*filter(None, [publishers(source["publisher"])]), source.get("date") or "undated"]


def _blocks(report: Report, summary: str, both: _Both) -> list[Block]:
    if report.chosen:
        return [report.grid()] if report.lines else [quiet(f"{summary}.")]
    title = f"Changes of the data from {both.old.version} to {both.new.version}"
    blocks: list[Block] = [Heading(title, 1), quiet(f"{summary}.")]
    groups: dict[str, list[tuple[str, list[Span], str]]] = {}
    for each in sorted(report.lines, key=lambda each: each.change.what == "source"):
        line = (each.change.change, _spans(each, both), "")
        groups.setdefault(_group(each.change, both), []).append(line)
    blocks += [Facts(heading, lines) for heading, lines in groups.items()]
    return blocks


def _group(change: Change, both: _Both) -> str:
    """The heading under which it stands: short name of the record, title of the text."""
    if change.record:
        section, key, name = "records", change.record, "short_name"
    elif change.what in ("text", "passage"):
        section, key, name = "texts", change.ref.partition("/")[0], "title"
    else:
        plural = _PLURALS[change.what]
        return plural[0].upper() + plural[1:]
    data = both.new if key in both.new.document[section] else both.old
    return str(data.document[section][key][name])


def _spans(found: Difference, both: _Both) -> list[Span]:
    data, _ = _side(found.change, both)
    words = _words(found.change, both, named=True).replace("\n", " ")
    spans = [Span(_called(found.change, data)), Span(words)]
    if not found.source:
        return spans
    plain = data.document["sources"][found.source]
    title = Span(plain["title"], "", plain.get("url", ""))
    return [*spans, Span(" — "), title, Span(f", {', '.join(_about(plain))}", "quiet")]


def _called(change: Change, data: Data) -> str:
    """What the line is about, where its heading does not say it."""
    if change.what == "claim":
        claim = claim_of(data, change.ref)
        assert claim is not None
        when = claim_date(data, claim, iso=True) if claim.date else ""
        apart = ", ".join(filter(None, (claim.group, claim.role, when)))
        return f"{claim.property}{f' ({apart})' if apart else ''}: "
    if change.what == "passage":
        return f"{change.ref.partition('/')[2]}: "
    if change.what in ("property", "source", "state"):
        return f"{change.ref}: "
    return ""
