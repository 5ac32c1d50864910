"""Words that several views share: dates, values and passages as people read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from rcpref.answers.time import AsOf, as_of
from rcpref.data.dataset import Data
from rcpref.dates import parse
from rcpref.errors import UsageProblem, echo
from rcpref.model import LISTED, OVERLAY
from rcpref.report.blocks import Item, Span
from rcpref.spelling import key_of

if TYPE_CHECKING:
    from rcpref.model.records import Claim
    from rcpref.model.texts import Emphasis, Passage

    class Called(Protocol):
        """A row with a name."""

        @property
        def name(self) -> str:
            """The name."""


T = TypeVar("T", bound="Called")


def asked_for(data: Data, text: str | None) -> AsOf:
    """The date that a question is asked for: the one given, or what is last known."""
    return as_of(text, data.date)


def date_words(data: Data, asked: AsOf) -> str:
    """The date as it is printed with an answer: "as last known", "in 2013-05".

    Of a date after that of the data it says so: what is known is carried on to it.
    """
    if asked.last_known:
        return "as last known"
    said = asked.date.said
    if asked.date.text == data.date:
        return f"{said} (the date of the data)"
    later = asked.date.after(parse(data.date))
    return f"{said} (after the date of the data, {data.date})" if later else said


def property_named(data: Data, name: str, kind: str = "") -> str | None:
    """The property that a name means: its key, else its label; None if there is none."""
    from rcpref.spelling import key_of

    asked = key_of(name)
    by_label: dict[str, str] = {}
    vocabulary: Mapping[str, Mapping[str, Any]] = data.document["properties"]
    for key, raw in vocabulary.items():
        if kind and kind not in raw["kinds"]:
            continue
        if key_of(key) == asked:
            return key
        by_label.setdefault(key_of(raw["label"]), key)
    return by_label.get(asked)


_OF_MEETINGS = ("attended", "meeting_participants")
"""Properties whose dates are those of meetings, beside all events."""


def claim_date(data: Data, claim: Claim, bounds: bool = False) -> str:
    """The date of a claim as people read it, the bounds of an undated one if asked for.

    A meeting dated a/b went on from a to b; of all else that was true at one time between.
    """
    if claim.as_of is not None:
        first, _, last = claim.as_of.partition("/")
        if not last:
            return first
        lasting = data.type_of(claim.property) == "event" or claim.property in _OF_MEETINGS
        return f"{first} to {last}" if lasting else f"between {first} and {last}"
    if claim.from_ and claim.until:
        return f"{claim.from_} to {claim.until}"
    if claim.from_ or claim.until:
        return f"from {claim.from_}" if claim.from_ else f"until {claim.until}"
    ends = [("not before", claim.not_before), ("not after", claim.not_after)] if bounds else []
    return ", ".join(["undated", *(f"{name} {day}" for name, day in ends if day)])


def written_date(claim: Item) -> str:
    """The date of a claim's item as it is written in references; empty for an undated one."""
    if claim["as_of"] is not None:
        return str(claim["as_of"])
    ends = claim.get("from", ""), claim.get("until", "")
    return "..".join(ends) if any(ends) else ""


def from_sources(keys: Collection[str], named: Iterable[str] = ()) -> str:
    """How many sources something is from: "From 12 sources, 2 of them from your overlay"."""
    count = f"From {len(keys)} {'source' if len(keys) == 1 else 'sources'}"
    if names := "; ".join(named):
        return f"{count}: {names}"
    own = sum(key.startswith(OVERLAY) for key in keys)
    how_many = "" if own == len(keys) else f"{own} of them "
    overlay = f", {how_many}from your overlay" if own else ""
    return f"{count}{overlay}"


def data_line(data: Data) -> str:
    """Which data a file is made of that may be passed on: it does not name the overlay."""
    from rcpref.version import versions

    overlay = ", with an overlay" if data.overlay else ""
    return f"{versions(data.version, data.date)}{overlay}, sha256 {data.digest[:12]}."


def together(*lines: str) -> str:
    """Notices as one line; what is empty is left out."""
    return "; ".join(filter(None, lines))


def in_order_of_names(rows: Iterable[T]) -> list[T]:
    """Rows in the order of their names, in which people look for one; programs have codes."""
    from rcpref.spelling import key_of

    return sorted(rows, key=lambda row: key_of(row.name))


_EMPHASES = {"bold": "strong", "italic": "emphasis", "bold-italic": "strong-emphasis"}


def passage_spans(data: Data, passage: Passage) -> list[Span]:
    """The words of a passage with the source's emphasis and its footnote marks."""
    text = passage.text
    cuts: list[tuple[int, int, str]] = []
    for part in passage.emphasis:
        start = _place(text, part)
        cuts.append((start, start + len(part.words), _EMPHASES[part.style]))
    marks = sorted(
        (text.index(note.mark_after) + len(note.mark_after), note.number)
        for note in data.footnotes_in(passage.ref)
        if note.mark_after
    )
    spans: list[Span] = []
    edges = sorted(
        {0, len(text), *(c[0] for c in cuts), *(c[1] for c in cuts), *(m[0] for m in marks)}
    )
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        spans += [Span(str(number), "footnote") for place, number in marks if place == start]
        if start < end:
            style = next((c[2] for c in cuts if c[0] <= start and end <= c[1]), "")
            spans.append(Span(text[start:end], style))
    return spans


def _place(text: str, part: Emphasis) -> int:
    place = -1
    for _ in range(part.occurrence):
        place = text.index(part.words, place + 1)
    return place


# The kinds and capacities that commands take, in singular or plural -------------------


def kind_named(
    word: str, among: Mapping[str, str] | None = None, offered: Sequence[str] = ()
) -> str:
    """The kind that a word means, in singular or plural, with or without hyphen."""
    among = LISTED if among is None else among
    asked = key_of(word)
    for singular, plural in among.items():
        if asked and asked in (key_of(singular), key_of(plural)):
            return singular
    known = [plural for kind, plural in among.items() if not offered or kind in offered]
    from rcpref.answers.suggestions import nearest

    near = nearest(word, ((plural, plural) for plural in known), limit=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageProblem(f"no kind {echo(word)}", f"{hint}kinds: {', '.join(known)}")


MEMBER, CHAIR = "member", "chair"
"""What a State is that is a member, or in the chair."""

CAPACITY_WORDS = {
    "members": MEMBER,
    "associate_members": "associate member",
    "observers": "observer",
    "participating_states": "participating State",
    "partner_states": "partner State",
    "candidate_states": "candidate",
    "invited_states": "invited",
}
"""What a State is in each capacity."""


def capacity_named(word: str) -> str:
    """The capacity that a word means: one of `CAPACITY_WORDS`, or its property."""
    asked = key_of(word)
    for key, words in CAPACITY_WORDS.items():
        said = key_of(words)
        if asked in (said, f"{said}s", key_of(key), key_of(key.removesuffix("_states"))):
            return key
    raise UsageProblem(
        f"no capacity {echo(word)}", f"capacities: {', '.join(CAPACITY_WORDS.values())}"
    )
