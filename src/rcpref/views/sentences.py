"""Sentences: answers, their age and standing as people read them; programs have codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import CARRIED, Answer
from rcpref.dates import parse
from rcpref.report.blocks import Span

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Standing
    from rcpref.answers.time import AsOf
    from rcpref.report.marks import Marks

_PREFIX = r"\d{4}(?:-\d\d){0,2}"
_DATED = re.compile(
    rf"(some time in |lists? of |last listed |last list, of "
    rf"|\b(?:joined|left|founded|ended) |\b(?:in|on) )?"
    rf"(?<![\d-])({_PREFIX}(?:/{_PREFIX})?)(?![\d-])"
)


def in_words(reason: str) -> str:
    """A reason with its dates as people write them: "last listed in May 2013"."""
    return _DATED.sub(_date_in_words, reason)


def _date_in_words(found: re.Match[str]) -> str:
    lead, when = found[1] or "", parse(found[2])
    if lead in ("in ", "on "):
        return when.moment
    if lead == "some time in ":
        return f"some time {when.moment}"
    if lead.startswith("last "):
        made = f"made {when.moment}" if "/" in found[2] else f"of {when.words}"
        return f"{'in the ' if 'listed' in lead else ''}newest list, {made}"
    if lead == "list of ":
        return f"list made {when.moment}" if "/" in found[2] else f"{lead}{when.words}"
    if lead == "lists of ":
        return f"{lead}{when.words}"
    return f"{lead}{when.moment}" if lead else when.words


_SUBJECTS = (
    (("joined ", "left "), "{state} {verb} {record} {only}{rest}"),
    (("in ", "not in ", "among ", "not among ", "marked ", "disputed ", "a ", "an "),
     "{state} is {reason}"),
    (("last listed",), "{state} is {reason}"),
    (("first listed",), "{state} was {reason}"),
    (("founded", "not yet"), "{record} was {reason}"),
    (("ended",), "{record} {reason}"),
    (("only for",), "{record} is {reason}"),
)  # fmt: skip
"""By the beginning of a reason: who or what it speaks of."""


def sentence_of(state: str, record: str, found: Answer) -> str:
    """Why an answer is what it is, as a sentence: "Eritrea joined IGAD in September 1993"."""
    reason = in_words(found.reason)
    verb, _, rest = reason.partition(" ")
    only = "only " if (verb == "joined") != found.certain else ""
    parts = {"state": state, "record": record, "reason": reason, "verb": verb, "rest": rest}
    for beginnings, form in _SUBJECTS:
        if found.reason.startswith(beginnings):
            words = form.format(**parts, only=only)
            return words[:1].upper() + words[1:]
    return f"{state}: {reason}"


def age_of(found: Answer, asked: AsOf) -> str:
    """How far an older list is from the date: "13 years old", "2 years before that"."""
    if found.basis != CARRIED or not found.distance or found.last_known is None:
        return ""
    years = f"{found.distance} {'year' if found.distance == 1 else 'years'}"
    if asked.last_known:
        return f"{years} old"
    return f"{years} {'before' if parse(found.last_known).before(asked.date) else 'after'} that"


def standing_spans(standing: Iterable[Standing], marks: Marks) -> list[Span]:
    """What else is true of a State: "suspended since 1 June 2021 [2]"."""
    spans: list[Span] = []
    for each in standing:
        spans += [Span("; ")] if spans else []
        spans += [Span(each.words), *marks.spans([each.claim.source])]
    return spans
