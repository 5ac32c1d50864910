"""`rcpref diff`: what differs between two data sets, for scripts and for release notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rcpref.answers.diff import Change, changes
from rcpref.data.dataset import Data
from rcpref.data.loading import is_overlay, load
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.report.blocks import Block, Facts, Heading, Span, quiet
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import DIFFERENCE

_NAMED_BY = {"property": "label", "source": "title", "claim": "value", "passage": "text"}
"""The key that says what was added or removed, where it is not the title or name."""


class Difference(Fields):
    """A change, the same in words, and the source of a claim."""

    change: Change
    difference: str
    sources: tuple[str, ...]


def opened(path: str) -> Data:
    """The data set at a path; a folder without ``dataset.toml`` is an overlay."""
    if not path.strip():
        raise UsageProblem("the path of a data set is empty", "give a data folder or overlay")
    return load(overlay=path) if is_overlay(path) else load(path)


def diffing(old: Data, new: Data, paths: tuple[str, str | None]) -> Report:
    """Compare two data sets; the exit code is 1 where they differ."""
    rows = []
    for change in changes(old, new):
        plain = change.new or change.old or {}
        sources = (plain["source"],) if change.what == "claim" else ()
        rows.append(Difference(change, _in_words(change), sources))
    query = {
        "command": "diff",
        "old": paths[0],
        "new": paths[1],
        "old_dataset": {"version": old.version, "date": old.date, "digest": old.digest},
    }
    report = report_of(new, query, DIFFERENCE, rows)
    counts = Counter(row.change.change for row in rows)
    summary = ", ".join(f"{counts[word]} {word}" for word in ("added", "changed", "removed"))
    if not rows and old == new:
        summary = "no difference"
    elif not rows:
        summary = "no difference except in the order of the items"
    report.notice(summary)
    report.exit_code = 1 if rows else 0

    def blocks(_: object) -> list[Block]:
        if report.chosen:
            return [report.grid()] if rows else [quiet(f"{summary}.")]
        title = f"Changes of the data from {old.version} to {new.version}"
        return [Heading(title, 1), quiet(f"{summary}."), *_groups(rows, old, new)]

    report.blocks = blocks
    return report


def _in_words(change: Change) -> str:
    old, new = change.old or {}, change.new or {}
    if change.change == "changed":
        keys = [key for key in {**new, **old} if old.get(key) != new.get(key)]
        return "; ".join(f"{key}: {_field(old.get(key), new.get(key))}" for key in keys)
    plain = new or old
    return _said(plain.get(_NAMED_BY.get(change.what, "name"), plain.get("title")))


def _field(old: Any, new: Any) -> str:
    """Say how a value differs; of a list, which items came and went."""
    if not isinstance(old, list) or not isinstance(new, list):
        return f"{_said(old)} → {_said(new)}"
    came = [f"+{_said(each)}" for each in new if each not in old]
    went = [f"-{_said(each)}" for each in old if each not in new]
    return ", ".join([*came, *went]) or "in another order"


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(each)}" for key, each in value.items())
    return " ".join(str(value).split())


def _groups(rows: Sequence[Difference], old: Data, new: Data) -> list[Block]:
    """The changes for people: those of a record under its name, and all others below."""
    groups: dict[str, list[tuple[str, Sequence[Span], str]]] = {}
    others = []
    for row in rows:
        change = row.change
        data = old if change.new is None else new
        if not change.record:
            lead = f"{change.what} {change.ref}: "
            others.append((change.change, [Span(lead), Span(row.difference)], ""))
            continue
        heading = data.document["records"][change.record]["short_name"]
        date = change.ref.partition("@")[2].partition(":")[0]
        lead = f"{change.property} ({date}): " if change.property else ""
        spans = [Span(lead), Span(row.difference)]
        for key in row.sources:
            source = data.document["sources"][key]
            spans += [Span(" — "), Span(source["title"], "", source.get("url", ""))]
        groups.setdefault(heading, []).append((change.change, spans, ""))
    blocks: list[Block] = [Facts(heading, lines) for heading, lines in groups.items()]
    if others:
        blocks.append(Facts("Vocabulary, sources, States and texts", others))
    return blocks
