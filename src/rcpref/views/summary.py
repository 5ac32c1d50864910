"""The whole of the answers on one record in a line: how many, how old, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rcpref.answers.counts import Discrepancy, discrepancy
from rcpref.answers.membership.answer import DISPUTED, NO, POSSIBLE, UNDATED, YES
from rcpref.answers.membership.evidence import FOUNDERS, JOINED, LEFT, MEMBERS
from rcpref.answers.validity import property_at
from rcpref.data.dataset import Data
from rcpref.dates import newest, parse
from rcpref.model import TERRITORY
from rcpref.report.blocks import Item

if TYPE_CHECKING:
    from rcpref.answers.time import AsOf
    from rcpref.model.records import Claim, Record


def summary(
    data: Data,
    record: Record,
    as_of: AsOf,
    items: Sequence[Item],
    capacity: str = MEMBERS,
    whole: bool = True,
) -> dict[str, Any]:
    """What JSON says of the answers on one record as a whole.

    Args:
        data: The data set.
        record: A process, body or organization.
        as_of: The date.
        items: States, each with its answer, whatever that is.
        capacity: The capacity that was asked for.
        whole: Whether the items are all that there are: of some of them alone nothing is said
            that would be of the record.
    """
    certain = [item for item in items if item["answer"] == YES]
    territories = [item for item in certain if is_territory(data, item["id"])]
    against = _against(record, as_of) if whole and capacity == MEMBERS else None
    found: dict[str, Any] = {
        "states": len(certain) - len(territories),
        "territories": len(territories),
        "possible": sum(item["answer"] == POSSIBLE for item in items),
        "disputed": sum(item["answer"] == DISPUTED for item in items),
        "undated": sum(item["basis"] == UNDATED for item in certain),
        "last_known": newest(item["last_known"] for item in certain),
        "last_listed": newest(_dates(certain, (capacity, FOUNDERS))),
        "count_against_list": against.words if against else None,
    }
    beside = [f"; a count of {against.counting.as_of} says {against.counted}"] if against else []
    asleep = dormant_line([record], as_of)
    words = [heading(as_of, items, found, whole), *beside, f"; {asleep}" if asleep else ""]
    return {**found, "heading": "".join(words)}


def _against(record: Record, as_of: AsOf) -> Discrepancy | None:
    """The count that speaks against the newest list, where the date is not before that list."""
    found = discrepancy(record)
    if found is None or as_of.date.before(parse(str(found.members.as_of))):
        return None
    return found


def _said(claim: Claim) -> str:
    return parse(claim.as_of).said if claim.as_of else claim.date


def dormant_line(records: Sequence[Record], as_of: AsOf) -> str:
    """Which records do not meet any more, as far as is known for the date; one has no name."""
    parts = []
    for record in records:
        found = property_at(record, "status", as_of, "choice")
        for claim in found.claims:
            if claim.value == "dormant" and claim.date and found.how != "later":
                when = f"since {claim.from_}" if claim.from_ else _said(claim)
                parts.append(f"{record.short_name} {when}" if records[1:] else when)
                break
    lead = "dormant: " if records[1:] else "dormant "
    return f"{lead}{', '.join(parts)}" if parts else ""


def is_territory(data: Data, code: str) -> bool:
    """Whether a member is a territory by its `status`; all others are counted as States."""
    country = data.document["countries"].get(code)
    return country is not None and country.get("status") == TERRITORY


def counted(states: int, territories: int = 0) -> str:
    """How many: "1 State", "42 States, 3 territories"."""
    words = f"{states} {'State' if states == 1 else 'States'}"
    if territories:
        words += f", {territories} {'territory' if territories == 1 else 'territories'}"
    return words


def heading(as_of: AsOf, items: Sequence[Item], found: Item, whole: bool = True) -> str:
    """How many and how old: "8 States, last listed 2013-05; no newer list is known"."""
    if not found["states"] and not found["territories"]:
        return _none(items, found, whole)
    words = counted(found["states"], found["territories"])
    if not as_of.last_known:
        return words
    words += _age(items, found)
    listed = found["last_listed"]
    if not whole or not listed or parse(listed).last.year >= as_of.date.first.year - 1:
        return words
    return words if _newer_undated(items, listed) else f"{words}; no newer list is known"


def _none(items: Sequence[Item], found: Item, whole: bool) -> str:
    """What is known where no State is certain: never that there are none, unless it is."""
    open_ones = [f"{found[answer]} {answer}" for answer in (POSSIBLE, DISPUTED) if found[answer]]
    if open_ones:
        return f"none certain, {', '.join(open_ones)}"
    if not whole:
        return "none certain"
    reasons = {item["reason"] for item in items if item["answer"] == NO}
    if len(reasons) == 1 and len(items) == len([i for i in items if i["answer"] == NO]):
        return f"none: {reasons.pop()}"
    return "none known" if any(item["answer"] != NO for item in items) else "none"


def _age(items: Sequence[Item], found: Item) -> str:
    """When the answers were last known, or that it is not known when they held."""
    certain = [item for item in items if item["answer"] == YES]
    if found["undated"] == len(certain):
        return f", undated{_bounds(certain)}"
    words = f", last listed {found['last_listed']}" if found["last_listed"] else ""
    left = [item for item in items if item["answer"] == NO]
    changed = newest([*_dates(certain, (JOINED,)), *_dates(left, (LEFT,))])
    if changed and (not words or parse(changed).after(parse(found["last_listed"]))):
        words += f", last {'change' if words else 'joined'} {changed}"
    if found["undated"]:
        bounds = _bounds(certain) if _newer_undated(certain, found["last_listed"]) else ""
        words += f", {found['undated']} of them undated{bounds}"
    return words


def _newer_undated(items: Sequence[Item], listed: str | None) -> bool:
    """Whether an undated list that answers rest on is newer than the newest dated one."""
    bounds = _undated(items, "not_before") if listed else ()
    return any(bound and parse(bound).after(parse(str(listed))) for bound in bounds)


def _dates(items: Iterable[Item], properties: Sequence[str]) -> list[str]:
    """Dates of the claims on some properties that the answers rest on."""
    return [
        claim["as_of"]
        for item in items
        for claim in item["rests_on"]
        if claim["property"] in properties and claim["as_of"]
    ]


def _bounds(certain: Sequence[Item]) -> str:
    """The bounds that all undated lists share: ", not before 2018-07-20"."""
    words = ""
    for key, name in (("not_before", "not before"), ("not_after", "not after")):
        known = _undated(certain, key)
        if len(known) == 1 and (bound := known.pop()):
            words += f", {name} {bound}"
    return words


def _undated(certain: Sequence[Item], key: str) -> set[str]:
    """One of the bounds of the undated lists that answers rest on; empty where one has none."""
    return {
        claim.get(key) or ""
        for item in certain
        if item["basis"] == UNDATED
        for claim in item["rests_on"]
    }
