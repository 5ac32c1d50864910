"""`rcpref which`: how a name is understood."""

from __future__ import annotations

from rcpref.data.dataset import Data
from rcpref.data.names import Match
from rcpref.errors import UsageProblem
from rcpref.fields import Fields
from rcpref.report.blocks import Block, Heading
from rcpref.report.report import Report
from rcpref.views.items import report_of
from rcpref.views.shapes import MEANING


class Meaning(Fields):
    """A record or State that a name fits: by which of its names, and what takes it for that."""

    match: Match
    kind: str
    short_name: str
    taken: str
    overlay: bool


def which(data: Data, query: str) -> Report:
    """How a name is understood: the records and States that it fits."""
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    names = data.plain.names
    records, states = names.match(query, states=False), names.match(query, kinds=None)
    if not records and not states:
        from rcpref.answers.suggestions import unknown_name

        raise unknown_name(data, query)
    # As the commands understand it that take both.
    both = [match.key for match in names.match(query)]
    several = bool(names.shared(query))
    found: list[Meaning] = []
    for match in records:
        raw = data.document["records"][match.key]
        if len(records) > 1 and both == [match.key]:
            taken = "show and timeline; elsewhere it fits several"
        else:
            what = "records alone" if len(both) > len(records) else "records"
            taken = _TAKEN["several" if several or len(records) > 1 else what]
        name, overlay = raw["short_name"], bool(raw.get("overlay"))
        found.append(Meaning(match, raw["kind"], name, taken, overlay))
    for match in states:
        what = "State alone" if records else "every command"
        taken = _TAKEN["several" if several or len(states) > 1 else what]
        raw = data.document["countries"][match.key]
        found.append(Meaning(match, "state", raw["name"], taken, bool(raw.get("overlay"))))
    asked = {"command": "which", "name": query}
    report = report_of(data, asked, MEANING, found)

    def blocks() -> list[Block]:
        title = f"\u201c{query}\u201d fits {len(found)} {'entry' if len(found) == 1 else 'entries'}"
        return [Heading(title, 1), report.grid()]

    report.blocks = blocks
    return report


_TAKEN = {
    "several": "none: it fits several, use an id",
    "records": "show and every command that takes records",
    "records alone": "every command that takes records alone",
    "State alone": "state and the options that take a State",
    "every command": "show, state and the options that take a State",
}
