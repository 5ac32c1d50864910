"""`rcpref diff`: what differs between two data sets, for scripts and for release notes.

The report is that of the newer data set. An item names its `source`, which the JSON
envelope describes as the newer data set does; where that no longer has it, or says
something else of it, the item of what was removed describes it under `old_source`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rcpref.answers.diff import ADDED, CHANGED, REMOVED, Change, changes
from rcpref.answers.references import claim_of
from rcpref.data.dataset import Dataset
from rcpref.data.loading import is_overlay, load
from rcpref.errors import UsageProblem
from rcpref.report.blocks import Block, Column, Facts, Heading, Row, Span
from rcpref.report.report import Report
from rcpref.views.certainty import quiet
from rcpref.views.items import shown_date, shown_value

_COLUMNS = (
    Column("ref", "Reference", style="id"),
    Column("change", "Change"),
    Column("what", "What"),
    Column("record", "Record"),
    Column("property", "Property"),
    Column("difference", "Difference"),
    Column("sources", "Sources"),
)

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

SAME = "no difference"
"""What is said of two data sets that are equal."""


def opened(path: str) -> Dataset:
    """The data set at a path.

    A folder with ``dataset.toml`` is taken as a whole data set, one without as an overlay
    to the bundled data. Anything else is left to `rcpref.data.loading.load`.

    Raises:
        DataError: It cannot be read or breaks a rule of form.
        UsageProblem: The path is empty.
    """
    if not path.strip():
        raise UsageProblem("the path of a data set is empty", "give a data folder or overlay")
    return load(overlay=path) if is_overlay(path) else load(path)


def diffing(old: Dataset, new: Dataset, paths: tuple[str, str | None]) -> Report:
    """What differs between two data sets.

    Args:
        old: The older one.
        new: The newer one, which answers.
        paths: Where they were read, as they were named; None for the bundled data.
    """
    found = changes(old, new)
    rows: list[Row] = []
    items: list[dict[str, Any]] = []
    for change in found:
        source = _source(change, old, new)
        rows.append(
            {
                "ref": change.ref,
                "change": change.change,
                "what": change.what,
                "record": change.record,
                "property": change.property,
                "difference": _difference(change, old, new, named=False),
                "sources": (source,) if source else (),
            }
        )
        items.append(_item(change, source, old, new))
    query = {
        "command": "diff",
        "old": paths[0],
        "new": paths[1],
        "old_dataset": {"version": old.version, "date": old.date, "digest": old.digest},
    }
    report = Report(new, query, _COLUMNS, rows, items=items)
    summary = _summary(found, old, new)
    report.notices.append(summary)
    report.blocks = lambda: _blocks(report, found, summary, old, new)
    return report


def _summary(found: Sequence[Change], old: Dataset, new: Dataset) -> str:
    """One line of counts: of each change and each thing, in the order of the data."""
    if not found:
        return SAME if old == new else f"{SAME} but in the order of what they hold"
    parts = []
    for change in (ADDED, CHANGED, REMOVED):
        own = [each.what for each in found if each.change == change]
        counts = [
            f"{own.count(what)} {_counted(what, own.count(what))}"
            for what in dict.fromkeys(own)
            if what != "dataset"
        ]
        counts += ["the data set's own facts"] if "dataset" in own else []
        parts += [f"{change}: {', '.join(counts)}"] if counts else []
    return "; ".join(parts)


def _counted(what: str, number: int) -> str:
    return _PLURALS[what] if number != 1 else "State" if what == "state" else what


def _side(change: Change, old: Dataset, new: Dataset) -> tuple[Dataset, Mapping[str, Any]]:
    """The data set in which the thing stands, the newer one if it can, and the thing."""
    if change.new is not None:
        return new, change.new
    assert change.old is not None
    return old, change.old


def _source(change: Change, old: Dataset, new: Dataset) -> str:
    """Key of the source of a claim, text or passage; empty for all else."""
    data, plain = _side(change, old, new)
    if change.what == "claim":
        return str(plain["source"])
    if change.what in ("text", "passage"):
        return str(data.document["texts"][change.ref.partition("/")[0]]["document"])
    return ""


def _item(change: Change, source: str, old: Dataset, new: Dataset) -> dict[str, Any]:
    item: dict[str, Any] = {
        "change": change.change,
        "what": change.what,
        "ref": change.ref,
        "record": change.record,
        "property": change.property,
        "fields": list(change.fields),
        "old": change.old,
        "new": change.new,
    }
    if source:
        item["source"] = source
        if change.change == REMOVED:
            before = old.document["sources"][source]
            if before != new.document["sources"].get(source):
                item["old_source"] = before
    return item


# In words ---------------------------------------------------------------------------


def _difference(change: Change, old: Dataset, new: Dataset, named: bool) -> str:
    """What differs, in words.

    Args:
        change: The change.
        old: The older data set.
        new: The newer one.
        named: Names of States instead of their codes.
    """
    if change.change == CHANGED:
        assert change.old is not None
        assert change.new is not None
        codes = {"disputed"}
        if change.what == "claim" and new.type_of(change.property) == "states":
            codes.add("value")
        parts: list[str] = []
        for field in change.fields:
            states = (old, new) if named and field in codes else None
            lead = "" if named and field == "value" else f"{field}: "
            parts += _field(field, change.old.get(field), change.new.get(field), lead, states)
        return "; ".join(parts)
    data, plain = _side(change, old, new)
    if change.what == "claim":
        claim = claim_of(data, change.ref)
        assert claim is not None
        return shown_value(data, claim, short=not named)
    if change.what == "property":
        return f"{plain['label']} ({plain['type']}): {plain['definition']}"
    if change.what == "source":
        return _told(plain)
    if change.what == "record":
        return f"{plain['kind']}: {plain['name']}"
    return str(plain["text" if change.what == "passage" else _NAME.get(change.what, "name")])


_NAME = {"text": "title"}


def _field(
    key: str, was: Any, now: Any, lead: str, states: tuple[Dataset, Dataset] | None
) -> Iterator[str]:
    """What differs in one field.

    Args:
        key: Its key.
        was: Its older value; None if there was none.
        now: Its newer value; None if there is none.
        lead: What stands before it where both are there.
        states: Where the names of States are, if it holds codes that are to be named.
    """
    if isinstance(was, dict) or isinstance(now, dict):
        one, two = was or {}, now or {}
        for part in {**two, **one}:
            if one.get(part) != two.get(part):
                inner = f"{key}.{part}"
                yield from _field(inner, one.get(part), two.get(part), f"{inner}: ", states)
    elif key == "passages":
        yield "passages in another order"
    elif _strings(was) or _strings(now):
        came, went = _without(now, was), _without(was, now)
        if states is not None:
            went, came = _names(states[0], went), _names(states[1], came)
        parts = [*(f"+{each}" for each in came), *(f"-{each}" for each in went)]
        yield lead + (", ".join(parts) or "in another order")
    elif isinstance(was, list) or isinstance(now, list):
        yield f"{key} changed"  # parts with words of their own, such as mentions
    elif was is None:
        yield f"{key} added: {_quoted(now)}"
    elif now is None:
        yield f"{key} removed: {_quoted(was)}"
    elif isinstance(was, str) and isinstance(now, str):
        yield f"{lead}{' → '.join(map(_quoted, _unlike(was, now)))}"
    else:
        yield f"{lead}{_quoted(was)} → {_quoted(now)}"


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _without(one: Any, two: Any) -> list[str]:
    """The items of a list that another one has not."""
    other = set(two) if isinstance(two, list) else set()
    return [each for each in one if each not in other] if isinstance(one, list) else []


def _names(data: Dataset, codes: Sequence[str]) -> list[str]:
    # Words, where the property has become one of States since.
    known = data.countries
    return [known[code].name if code in known else code for code in codes]


def _quoted(value: Any) -> str:
    """A value within a line of others: truth values as in TOML, words with marks."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"“{text}”" if " " in text else text


_SHORT = 80
"""Texts up to this length are shown whole, of longer ones the words that differ."""


def _unlike(was: str, now: str) -> tuple[str, str]:
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
    return _cut(one, start, end), _cut(two, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    kept = " ".join(words[start : len(words) - end])
    return f"{'… ' if start else ''}{kept}{' …' if end else ''}"


def _told(source: Mapping[str, Any]) -> str:
    """Title, publisher and date of a source."""
    return ", ".join([source["title"], *_about(source)])


def _about(source: Mapping[str, Any]) -> list[str]:
    return [source["publisher"], source.get("date") or "undated"]


# For people -------------------------------------------------------------------------


def _blocks(
    report: Report, found: Sequence[Change], summary: str, old: Dataset, new: Dataset
) -> list[Block]:
    if report.chosen:
        return [report.grid()] if found else [quiet(f"{summary}.")]
    title = f"Changes of the data from {old.version} to {new.version}"
    blocks: list[Block] = [Heading(title, 1), quiet(f"{summary}.")]
    groups: dict[str, list[tuple[str, list[Span], str]]] = {}
    for change in sorted(found, key=lambda each: each.what == "source"):
        line = (change.change, _spans(change, old, new), "")
        groups.setdefault(_group(change, old, new), []).append(line)
    blocks += [Facts(heading, lines) for heading, lines in groups.items()]
    return blocks


def _group(change: Change, old: Dataset, new: Dataset) -> str:
    """The heading under which a change stands: short name of the record, title of the text."""
    if change.record:
        data = new if change.record in new.records else old
        return str(data.document["records"][change.record]["short_name"])
    if change.what in ("text", "passage"):
        key = change.ref.partition("/")[0]
        data = new if key in new.texts else old
        return str(data.document["texts"][key]["title"])
    plural = _PLURALS[change.what]
    return plural[0].upper() + plural[1:]


def _spans(change: Change, old: Dataset, new: Dataset) -> list[Span]:
    """One line: what it is, its date, what differs, and the source."""
    data, _ = _side(change, old, new)
    words = _difference(change, old, new, named=True).replace("\n", " ")
    spans = [Span(_called(change, data)), Span(words)]
    if source := _source(change, old, new):
        plain = data.document["sources"][source]
        spans.append(Span(" — "))
        spans.append(Span(plain["title"], "", plain.get("url", "")))
        spans.append(Span(f", {', '.join(_about(plain))}", "quiet"))
    return spans


def _called(change: Change, data: Dataset) -> str:
    """What the line is about, where its heading does not say it."""
    if change.what == "claim":
        claim = claim_of(data, change.ref)
        assert claim is not None
        apart = ", ".join(filter(None, (claim.group, claim.role, shown_date(claim))))
        return f"{change.property}{f' ({apart})' if apart else ''}: "
    if change.what == "passage":
        return f"{change.ref.partition('/')[2]}: "
    if change.what in ("property", "source", "state"):
        return f"{change.ref}: "
    return ""
