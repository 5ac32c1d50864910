"""References such as ``lima-2013/conclusion-3``: what of the data they mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.answers.matches import match_any, match_records, record_names
from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo
from rcpref.model import LIMA, OVERLAY, PASSAGE_KINDS
from rcpref.spelling import words

if TYPE_CHECKING:
    from rcpref.model.records import Claim, Record
    from rcpref.model.sources import Source
    from rcpref.model.texts import Passage, Text

DATASET = ("dataset", "data")
"""References of the data set itself."""


class NoSuchNumber(NotFound):
    """A passage of a kind that the text has, with a number that none has."""


def text_named(data: Data, name: str) -> Text | None:
    """The text that a name means: its id, or any name of its meeting or document."""
    if name in data.texts:
        return data.texts[name]
    keys = {match.key for match in match_records(data, name)}
    found = [text for text in data.texts.values() if keys & {text.meeting, text.document}]
    # No overlay changes what a reference means.
    found = [text for text in found if text.id == LIMA] or found
    if len(found) > 1:
        raise AmbiguousName(
            f"{echo(name)} fits several texts: {', '.join(text.id for text in found)}",
            "use one of these ids",
        )
    return found[0] if found else None


def passages_of(data: Data, reference: str) -> tuple[Text, list[Passage]]:
    """The text and the passages that a reference means.

    Args:
        data: The data set.
        reference: ``lima-2013/conclusion-3``, a range such as
            ``lima-2013/conclusion-1..3``, ``lima-2013``, or ``conclusion-3`` for that of
            the text `LIMA`; written with any case and spacing, or as words (``Lima
            conclusion 3``).

    Returns:
        The text, and either the passages that make it up or those that are meant.

    Raises:
        NotFound: No such text or passage; the nearest references are offered.
        NoSuchNumber: It is of a kind that the text has; the hint says which there are.
        UsageProblem: It is empty, or a range that runs backwards.
    """
    if not reference.strip():
        raise UsageProblem("the reference is empty", "write one such as lima-2013/conclusion-3")
    head, slash, tail = reference.partition("/")
    text = text_named(data, head if slash else reference)
    if text and not slash:
        return text, list(text.flow())
    if not slash:
        text, tail = _text_and_tail(data, reference)
    if text:
        if found := _meant(text, tail):
            return text, found
        if alike := _of_kind(text, tail):
            start, dots, end = tail.partition("..")
            whole = f"{_kind_of(start)}{end}" if end.isdigit() else end
            if dots and _range(text, f"{whole}..{start}"):
                raise UsageProblem(f"{echo(tail)} runs backwards", "write the lower number first")
            first, last = alike[0].ref, alike[-1].ref
            raise NoSuchNumber(
                f"no text or passage {echo(reference)}",
                f"there are {first} to {last}" if last != first else f"there is only {first}",
                (first, last),
            )
    refs = [(passage.ref, label) for passage in data.passages() for label in _spellings(passage)]
    from rcpref.answers.suggestions import nearest

    near = nearest(reference, refs)
    raise NotFound(
        f"no text or passage {echo(reference)}",
        f"did you mean {', '.join(near)}?" if near else "rcpref list texts shows the texts",
        near,
    )


def is_passage(data: Data, reference: str) -> bool:
    """Whether words are a reference to passages: "Lima conclusion 3", "paragraph 4"."""
    text, tail = _text_and_tail(data, reference)
    return text is not None and bool(_meant(text, tail))


def _text_and_tail(data: Data, reference: str) -> tuple[Text | None, str]:
    """The text that words without a slash begin with, else `LIMA`; and what they say of it."""
    parts = reference.split()
    for cut in range(1, len(parts)):
        text, tail = text_named(data, " ".join(parts[:cut])), " ".join(parts[cut:])
        if text and _meant(text, tail):
            return text, tail
    return data.texts.get(LIMA), reference


def _meant(text: Text, tail: str) -> list[Passage]:
    """The passages of a text that a reference means behind its slash; empty if none."""
    asked = "".join(words(tail))
    for passage in text.passages:
        if asked and asked in _labels(passage):
            return [passage]
    return _range(text, tail) if ".." in tail else []


def _range(text: Text, tail: str) -> list[Passage]:
    """The passages of a range such as ``conclusion-1..3``; empty if it is none of these."""
    start, _, end = ("".join(words(part)) for part in tail.partition(".."))
    first = next((p for p in text.passages if start in _labels(p)), None)
    if first is None:
        return []
    alike = [passage for passage in text.passages if passage.kind == first.kind]
    last = next((p for p in alike if end == str(p.number) or end in _labels(p)), None)
    if last is None:
        return []
    return [passage for passage in alike if first.number <= passage.number <= last.number]


def _of_kind(text: Text, tail: str) -> list[Passage]:
    """The passages of the kind that a reference such as ``conclusion-9`` names."""
    kind = _kind_of(tail.partition("..")[0])
    return [p for p in text.passages if f"{kind}{p.number}" in _labels(p)]


def _kind_of(label: str) -> str:
    """The kind in a label, as in "conclusion" of ``conclusion-9``."""
    return "".join(words(label)).rstrip("0123456789")


def _labels(passage: Passage) -> set[str]:
    kind = "".join(words(passage.kind))
    plural = "".join(words(PASSAGE_KINDS[passage.kind]))
    return {f"{kind}{passage.number}", f"{plural}{passage.number}"}


def _spellings(passage: Passage) -> tuple[str, str]:
    return passage.ref, f"{passage.kind}-{passage.number}"


def claim_of(data: Data, ref: str) -> Claim | None:
    """The claim with exactly this reference; None if there is none."""
    if "@" not in ref:  # as all of them have: to make the claims takes time
        return None
    record = data.records.get(ref.partition("/")[0])
    return next((claim for claim in record.claims if claim.ref == ref), None) if record else None


def meant(data: Data, ref: str) -> Sequence[Data | Passage | Claim | Record | Source]:
    """What a reference means, to be cited: a range of passages means several.

    In this order: the data set, a passage or text, a claim, a record by any name, a
    source, a source of the overlay by the key that it has there. The name of a meeting whose
    outcome is kept as a text means that document.

    Raises:
        NotFound: Nothing has that reference; the nearest are offered.
        AmbiguousName: It is the name of several records.
        UsageProblem: It is empty.
    """
    if not ref.strip():
        raise UsageProblem("the reference is empty", "cite a record, passage, claim or source")
    if ref.lower() in DATASET:
        return [data]
    if claim := claim_of(data, ref):
        return [claim]
    if ref in data.sources and ref not in data.records:
        return [data.sources[ref]]
    if "/" in ref and text_named(data, ref.partition("/")[0]):
        return passages_of(data, ref)[1]
    if record := _record_meant(data, ref):
        text = data.texts.get(record.id)
        return [data.sources[text.document] if text else record]
    try:
        return passages_of(data, ref)[1]
    except NoSuchNumber:
        raise
    except NotFound as error:
        # Last of all, so that no overlay changes what a reference means.
        if own := data.sources.get(OVERLAY + ref):
            return [own]
        raise _nothing_to_cite(data, ref, error.nearest) from error


def _record_meant(data: Data, ref: str) -> Record | None:
    records = data.document["records"]
    matches = [match for match in match_any(data, ref) if match.key in records]
    if len(matches) > 1:
        ids = [match.key for match in matches]
        raise AmbiguousName(
            f"{echo(ref)} fits several: {', '.join(ids)}", "use one of these ids", ids
        )
    return data.records[matches[0].key] if matches else None


def _nothing_to_cite(data: Data, ref: str, passages: Sequence[str]) -> NotFound:
    from rcpref.answers.suggestions import near_names, nearest

    # A State is no reference and cannot be cited.
    near = near_names(ref, record_names(data))
    near += passages
    near += nearest(ref, ((key, key.removeprefix(OVERLAY)) for key in data.sources))
    near = list(dict.fromkeys(near))[:4]
    hint = f"did you mean {', '.join(near)}?" if near else "cite a record, passage, claim or source"
    return NotFound(f"nothing to cite under {echo(ref)}", hint, near)
