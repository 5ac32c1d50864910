"""References such as ``lima-2013/conclusion-3``: what of the data they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.names import refuse_shared
from rcpref.data.dataset import Data
from rcpref.data.names import BUNDLED
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo
from rcpref.model import LIMA, OVERLAY, PASSAGE_KINDS
from rcpref.spelling import key_of

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.model.sources import Source
    from rcpref.model.texts import Passage, Text

DATASET = ("dataset", "data")


class NoSuchNumber(NotFound):
    """A passage of a kind that the text has, with a number that none has."""


def text_named(data: Data, name: str) -> Text | None:
    """The text that a name means: its id, or any name of its meeting or document."""
    found = next(filter(None, (_texts_named(data, name, part) for part in _parts(data))), [])
    if found and name not in data.texts:
        refuse_shared(data, name)
    if len(found) > 1:
        ids = ", ".join(text.id for text in found)
        raise AmbiguousName(f"{echo(name)} matches several texts: {ids}", "use one of these ids")
    return found[0] if found else None


def _parts(data: Data) -> Sequence[bool | None]:
    """Where to look for a reference, in order: no overlay changes what one means."""
    return (BUNDLED, None) if data.overlay else (BUNDLED,)


def _texts_named(data: Data, name: str, part: bool | None) -> list[Text]:
    """The texts that a name fits, of the bundled data alone or with those of an overlay."""
    texts = [text for text in data.texts.values() if part in (None, text.overlay)]
    if name in data.texts:
        return [text for text in texts if text.id == name]
    keys = {match.key for match in data.plain.names.match(name, states=False, part=part)}
    found = [text for text in texts if keys & {text.meeting, text.document}]
    return [text for text in found if text.id == LIMA] or found


def passages_of(data: Data, reference: str) -> tuple[Text, list[Passage]]:
    """The text and the passages that a reference means; of a text alone all that make it up."""
    if not reference.strip():
        raise UsageProblem("the reference is empty", "write one such as lima-2013/conclusion-3")
    if found := passages_meant(data, reference):
        return found
    head, slash, tail = reference.partition("/")
    text = text_named(data, head if slash else reference)
    if text and not slash:
        return text, list(text.flow())
    if not slash:
        text, tail = data.texts.get(LIMA), reference
    if text and (alike := _of_kind(text, _kind_of(tail))):
        start, dots, end = tail.partition("..")
        whole = f"{_kind_of(start)}{end}" if end.isdigit() else end
        if dots and _range(data, text, f"{whole}..{start}"):
            raise UsageProblem(f"{echo(tail)} runs backwards", "write the lower number first")
        first, last = alike[0].ref, alike[-1].ref
        raise NoSuchNumber(
            f"no text or passage {echo(reference)}",
            f"there are {first} to {last}" if last != first else f"there is only {first}",
            (first, last),
        )
    refs = [(p.ref, label) for p in data.passages() for label in (p.ref, f"{p.kind}-{p.number}")]
    from rcpref.answers.suggestions import nearest

    near = nearest(reference, refs)
    raise NotFound(
        f"no text or passage {echo(reference)}",
        f"did you mean {', '.join(near)}?" if near else "rcpref list texts shows the texts",
        near,
    )


def passages_meant(data: Data, reference: str) -> tuple[Text, list[Passage]] | None:
    """The passages that a reference such as "Lima conclusion 3" or "paragraph 4" means."""
    cuts = [(head, tail) for head, tail in _cuts(reference) if _kind_of(tail) in _KINDS]
    for part in _parts(data) if cuts else ():
        for head, tail in cuts:
            for text in _texts_named(data, head or LIMA, part):
                ref = data.plain.names.passages[text.id].get(key_of(tail))
                if found := [data.passage(ref)] if ref else _range(data, text, tail):
                    return text, found
    return None


_LONGEST = 8  # so many words at the most name passages: "key point 1 .. key point 3"
_KINDS = {key_of(kind) for pair in PASSAGE_KINDS.items() for kind in pair}


def _cuts(reference: str) -> list[tuple[str, str]]:
    """Where a reference may have the name of a text, and what it says of it; none for `LIMA`."""
    head, slash, tail = reference.partition("/")
    if slash:
        return [(head, tail)] if head else []
    parts = reference.split()
    places = range(max(0, len(parts) - _LONGEST), len(parts))
    return [(" ".join(parts[:place]), " ".join(parts[place:])) for place in places]


def _range(data: Data, text: Text, tail: str) -> list[Passage]:
    """The passages of a range such as ``conclusion-1..3``; empty if it is none of these."""
    start, _, end = map(key_of, tail.partition(".."))
    kind, refs = _kind_of(tail), data.plain.names.passages[text.id]
    ends = (refs.get(start), refs.get(end) or refs.get(f"{kind}{end}"))
    alike = _of_kind(text, kind)
    numbers = [passage.number for end in ends for passage in alike if passage.ref == end]
    if ".." not in tail or len(numbers) != 2:
        return []
    return [passage for passage in alike if numbers[0] <= passage.number <= numbers[1]]


def _of_kind(text: Text, kind: str) -> list[Passage]:
    """The passages of a kind as a label has it, in singular or plural."""
    return [p for p in text.passages if kind in (key_of(p.kind), key_of(PASSAGE_KINDS[p.kind]))]


def _kind_of(label: str) -> str:
    """The kind in a label, as in "conclusion" of ``conclusion-9`` and ``conclusion-1..3``."""
    return key_of(label.partition("..")[0]).rstrip("0123456789")


def claim_of(data: Data, ref: str) -> Claim | None:
    """The claim with exactly this reference; None if there is none."""
    if "@" not in ref:  # as all of them have: to make the claims takes time
        return None
    record = data.records.get(ref.partition("/")[0])
    return next((claim for claim in record.claims if claim.ref == ref), None) if record else None


def meant(data: Data, ref: str) -> Sequence[Data | Passage | Claim | Record | Source]:
    """What a reference means, to be cited: a range of passages means several."""
    if not ref.strip():
        raise UsageProblem("the reference is empty", "cite a record, passage, claim or source")
    if ref.lower() in DATASET:
        return [data]
    exact = claim_of(data, ref) or (None if ref in data.records else data.sources.get(ref))
    if exact:
        return [exact]
    if found := passages_meant(data, ref):
        return found[1]
    if "/" in ref and text_named(data, ref.partition("/")[0]):
        return passages_of(data, ref)[1]
    if entry := _record_meant(data, ref):
        return [entry]
    try:
        return passages_of(data, ref)[1]
    except NoSuchNumber:
        raise
    except NotFound as error:
        # Last of all, so that no overlay changes what a reference means.
        if own := data.sources.get(OVERLAY + ref):
            return [own]
        raise _nothing_to_cite(data, ref, error.nearest) from error


def _record_meant(data: Data, ref: str) -> Record | Source | None:
    """The record of this name; the document where its outcome is kept as a text."""
    records = data.document["records"]
    matches = [match for match in data.plain.names.match(ref) if match.key in records]
    if not matches:
        return None
    refuse_shared(data, ref)
    if len(matches) > 1:
        ids = [match.key for match in matches]
        several = f"{echo(ref)} matches several: {', '.join(ids)}"
        raise AmbiguousName(several, "use one of these ids", ids)
    record = data.records[matches[0].key]
    text = data.texts.get(record.id)
    # No overlay changes what the name of a bundled meeting means.
    return data.sources[text.document] if text and text.overlay == record.overlay else record


def _nothing_to_cite(data: Data, ref: str, passages: Sequence[str]) -> NotFound:
    from rcpref.answers.suggestions import near_names, nearest

    # A State is no reference and cannot be cited.
    near = near_names(ref, data.plain.names.records.listed())
    near += passages
    near += nearest(ref, ((key, key.removeprefix(OVERLAY)) for key in data.sources))
    near = list(dict.fromkeys(near))[:4]
    hint = f"did you mean {', '.join(near)}?" if near else "cite a record, passage, claim or source"
    return NotFound(f"nothing to cite under {echo(ref)}", hint, near)
