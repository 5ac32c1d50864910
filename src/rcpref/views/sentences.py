"""Sentences: answers, their age and standing as people read them; programs have codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rcpref.answers.membership.answer import (
    BETWEEN,
    CARRIED,
    EVENT,
    LISTED,
    NO,
    OPEN,
    UNDATED,
    YES,
    Answer,
)
from rcpref.answers.membership.evidence import JOINED, LEFT
from rcpref.dates import parse
from rcpref.errors import DateError
from rcpref.model import DERIVED
from rcpref.report.blocks import Marked, Span, joined
from rcpref.views.shapes import sources_of

if TYPE_CHECKING:
    from rcpref.answers.membership.answer import Standing
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim
    from rcpref.report.marks import Marks

_PREFIX = r"\d{4}(?:-\d\d){0,2}"
_DATE = rf"(?<![\d-])({_PREFIX}(?:/{_PREFIX})?)(?![\d-])"
_MADE = rf"(?: {re.escape(DERIVED)})?"
_LISTS = rf"\blists? of ({_DATE}{_MADE}(?:(?:, | and ){_DATE}{_MADE})*)"
_DATED = (
    rf"(some time in |last listed |(?:last|first) list, of |last (?:known|change) "
    rf"|\bclaim of |\b(?:observer|member) in |\b(?:joined|left|founded|ended|named) "
    rf"|\b(?:in|on|within|part of|all of) )?{_DATE}"
)


def in_words(reason: str) -> str:
    """A reason or a heading with its dates as people write them: "joined in May 2013"."""
    if " of them undated" in reason:
        reason = reason.replace(", last listed ", "; newest list of ")
    for rules, people in _PLAIN.items():
        reason = reason.replace(rules, people)
    try:
        # They are compiled when people read something: programs need none of them.
        return re.sub(_DATED, _date_in_words, re.sub(_LISTS, _lists_in_words, reason))
    except DateError:  # it is a part of a name
        return reason


_PLAIN = {
    "; no newer list is known": "",  # the words for the newest list say so
    " of them undated": " of them only in an undated list",
    ", undated": ", in an undated list",
    ", last joined ": ", the last joined ",
    ", last change ": "; last change ",
}
"""What stands in a heading of the rules, and what people read."""


def _lists_in_words(found: re.Match[str]) -> str:
    """When lists were made: the time between two dates in which one was is no term."""
    lead, dates = found[0][: found.start(1) - found.start()], found[1]
    if "/" not in dates:
        return lead + re.sub(_DATE, lambda date: parse(date[0]).words, dates)
    made = re.sub(_DATE, lambda date: parse(date[0]).moment, dates)
    return f"{lead.removesuffix('of ')}made {made}"


def _date_in_words(found: re.Match[str]) -> str:
    lead, when = found[1] or "", parse(found[2])
    if lead in ("in ", "on "):
        return when.moment
    if lead == "some time in ":
        return f"some time {when.moment}"
    if lead == "claim of ":
        return f"claim made {when.moment}" if "/" in found[2] else lead + when.words
    if lead.endswith(" in "):  # an observer in a list
        return f"{lead}a list made {when.moment}" if "/" in found[2] else lead[:-3] + when.moment
    if lead == "last listed " or lead.endswith(" list, of "):
        made = f"made {when.moment}" if "/" in found[2] else f"of {when.words}"
        if lead == "last listed ":
            # A heading counts by it: some may have joined later.
            return f"{'by' if found.string[:1].isdecimal() else 'in'} the newest list, {made}"
        return f"{lead.partition(' list')[0].replace('last', 'newest')} list, {made}"
    if lead in ("within ", "part of ", "all of ") or not lead:
        return f"{lead}{when.words}" if lead or "/" not in found[2] else when.moment
    return f"{lead}{when.moment}"


BASIS_WORDS = {
    LISTED: "in a list of that time",
    EVENT: "joined or left",
    BETWEEN: "between two lists that agree",
    CARRIED: "from an older list",
    UNDATED: "undated list",
}
"""What an answer rests on, as people read it."""

_UNLIKE = "between two lists"  # of two lists that do not agree nothing else is said

EVERY_BASIS = (*BASIS_WORDS.values(), _UNLIKE, "")
"""All that `basis_of` can say, in the order of the bases."""


def basis_of(found: Answer) -> str:
    """What an answer rests on, in words."""
    if found.basis == BETWEEN and found.answer in OPEN:
        return _UNLIKE
    if found.basis == CARRIED and all(c.property in (JOINED, LEFT) for c in found.rests_on):
        return BASIS_WORDS[EVENT]  # no list says so
    return BASIS_WORDS.get(found.basis or "", "")


_COMMON_NOUNS = frozenset((
    "Process", "Dialogue", "Panel", "Union", "Community", "Council", "Commission", "League",
    "Forum", "Conference",
))  # fmt: skip


def with_article(name: str) -> str:
    """A short name as it stands in a sentence: "the Khartoum Process", "IGAD"."""
    return name if _COMMON_NOUNS.isdisjoint(name.split()) else f"the {name}"


_SUBJECTS = (
    (("joined ", "left "), "{state} {verb} {record} {only}{rest}"),
    (("a State of its own",), "{state} has been {reason}"),
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
    parts_of = found.reason.split("; ")
    # A joining or leaving says since when; lists before it only repeat it.
    told = "joined " if found.certain else "left "
    parts_of.sort(key=lambda part: not part.startswith(told))
    reason = in_words("; ".join(parts_of))
    verb, _, rest = reason.partition(" ")
    later = {NO: "joined", YES: "left"}.get(found.answer)
    only = "only " if verb == later else ""
    parts = {"state": state, "record": record, "reason": reason, "verb": verb, "rest": rest}
    for beginnings, form in _SUBJECTS:
        if parts_of[0].startswith(beginnings):
            words = form.format(**parts, only=only)
            return words[:1].upper() + words[1:]
    return f"{state}: {reason}"


def leaving_of(found: Answer) -> Claim | None:
    """The claim on the leaving of a State that has left; None of one that has not."""
    left = [claim for claim in found.rests_on if claim.property == LEFT and claim.as_of]
    return left[-1] if left and found.answer == NO else None


def age_of(found: Answer, asked: AsOf) -> str:
    """How far an older list is from the date: "13 years old", "2 years before that"."""
    lasts = any(claim.property in (JOINED, LEFT) for claim in found.rests_on)
    if found.basis != CARRIED or not found.distance or found.last_known is None or lasts:
        return ""
    years = f"{found.distance} {'year' if found.distance == 1 else 'years'}"
    if asked.last_known:
        return f"{years} old"
    return f"{years} {'before' if parse(found.last_known).before(asked.date) else 'after'} that"


def cell_of(
    reason: str, claims: Iterable[Claim], standing: Iterable[Standing], marks: Marks
) -> Marked:
    """A reason with its sources, and what else is true of the State with those of its own."""
    parts = [marks.behind(in_words(reason), sources_of(claims))] if reason else []
    parts += [marks.behind(each.words, [each.claim.source]) for each in standing]
    return joined(parts)


def standing_spans(standing: Iterable[Standing], marks: Marks) -> list[Span]:
    """What else is true of a State: "suspended since 1 June 2021 [2]"."""
    spans: list[Span] = []
    for each in standing:
        spans += [Span("; ")] if spans else []
        spans += [Span(each.words), *marks.spans([each.claim.source])]
    return spans
