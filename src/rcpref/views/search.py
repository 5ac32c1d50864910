"""`rcpref search` and `rcpref which`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rcpref.answers.names import Match, match_records, match_states, nearest_to, unknown_name
from rcpref.answers.search import END, START, Hit, Scope, search
from rcpref.data.dataset import Dataset
from rcpref.errors import UsageProblem
from rcpref.model import KINDS, PASSAGE_KINDS
from rcpref.report.blocks import Block, Column, Gap, Heading, Prose, Row, Span, quiet
from rcpref.report.report import Report
from rcpref.views.items import claim_item, passage_item

_COLUMNS = (
    Column("ref", "Reference", style="id"),
    Column("type", "Type"),
    Column("record", "Record"),
    Column("title", "What"),
    Column("snippet", "Words"),
)


def searching(data: Dataset, query: str, scope: Scope, limit: int | None) -> Report:
    """What fits a query, ranked, with the words marked.

    Raises:
        UsageProblem: There is no word in the query.
        NotFound: Nothing fits.
    """
    hits = search(data, query, scope, limit)
    rows: list[Row] = [
        {
            "ref": hit.ref,
            "type": hit.type,
            "record": hit.record,
            "title": hit.title,
            "snippet": hit.snippet,
        }
        for hit in hits
    ]
    items = [_item(data, hit) for hit in hits]
    asked = {
        "command": "search",
        "words": query,
        "in": list(scope.places),
        "kinds": list(scope.kinds),
        "property": scope.property or None,
        "as_of": scope.as_of.text if scope.as_of else None,
        "limit": limit,
    }
    report = Report(data, asked, _COLUMNS, rows, items=items)
    if limit is not None and len(hits) == limit:
        report.notices.append(f"the first {limit}; --limit N gives more")

    def blocks() -> list[Block]:
        blocks: list[Block] = []
        for hit in hits:
            if blocks:
                blocks.append(Gap())
            head = [Span(hit.ref, "id"), Span(f"  {hit.title}", "quiet")]
            blocks.append(Prose(head))
            blocks.append(Prose(_spans(hit.marked), indent=2))
        if report.notices:
            blocks += [Gap(), quiet(f"{report.notices[0]}.")]
        return blocks

    report.blocks = blocks
    return report


def _item(data: Dataset, hit: Hit) -> dict[str, Any]:
    item: dict[str, Any] = {
        "ref": hit.ref,
        "type": hit.type,
        "record": hit.record,
        "title": hit.title,
        "snippet": hit.snippet,
        "matched": list(dict.fromkeys(s.text for s in _spans(hit.marked) if s.style == "hit")),
        "score": round(hit.score, 4),
    }
    if hit.type == "passage":
        passage = passage_item(data, data.passage(hit.ref))
        item |= {key: passage[key] for key in ("kind", "number", "text", "source")}
    elif hit.type == "claim":
        claim = next(c for c in data.records[str(hit.record)].claims if c.ref == hit.ref)
        item |= {"claim": claim_item(claim), "source": claim.source}
    elif hit.type == "source":
        item["source"] = hit.ref
    return item


def _spans(marked: str) -> list[Span]:
    spans: list[Span] = []
    for part in marked.split(START):
        inside, found, after = part.partition(END)
        if found:
            spans.append(Span(inside, "hit"))
            spans.append(Span(after))
        else:
            spans.append(Span(part))
    return [span for span in spans if span.text]


# which ------------------------------------------------------------------------------

_WHICH_COLUMNS = (
    Column("id", "Id", style="id"),
    Column("kind", "Kind"),
    Column("short_name", "Short name", style="name"),
    Column("matched", "Name that fits"),
    Column("how", "As"),
    Column("taken", "Taken by"),
)


def which(data: Dataset, query: str) -> Report:
    """How a name is understood: the records and States that it fits.

    Raises:
        UsageProblem: The name is empty.
        NotFound: It fits nothing; the nearest names are offered.
    """
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    records, states = match_records(data, query), match_states(data, query)
    if not records and not states:
        raise unknown_name(data, "record or State", query, nearest_to(data, query))
    rows: list[Row] = []
    for match in records:
        raw = data.document["records"][match.key]
        taken = _taken(len(records), "records")
        rows.append(_which_row(match, raw["kind"], raw["short_name"], taken))
    for match in states:
        taken = _taken(len(states), "State alone" if records else "every command")
        name = data.document["countries"][match.key]["name"]
        rows.append(_which_row(match, "state", name, taken))
    report = Report(data, {"command": "which", "name": query}, _WHICH_COLUMNS, rows)

    def blocks() -> list[Block]:
        title = f"\u201c{query}\u201d fits {len(rows)} {'entry' if len(rows) == 1 else 'entries'}"
        return [Heading(title, 1), report.grid()]

    report.blocks = blocks
    return report


def _taken(count: int, what: str) -> str:
    if count > 1:
        return "none: it fits several, use an id"
    return {
        "records": "show and every command that takes records",
        "State alone": "state and the options that take a State",
        "every command": "show, state and the options that take a State",
    }[what]


def _which_row(match: Match, kind: str, name: str, taken: str) -> Row:
    return {
        "id": match.key,
        "kind": kind,
        "short_name": name,
        "matched": match.name,
        "how": match.how,
        "taken": taken,
    }


def kinds_named(words: Sequence[str]) -> tuple[str, ...]:
    """Kinds that words mean; the search refuses those of neither records nor passages."""
    from rcpref.views.kinds import kind_named

    offered = [*KINDS, *PASSAGE_KINDS]
    return tuple(kind_named(word, offered=offered) for word in words)
