"""Look-up of the one record or State that a name means.

An id, as scripts have it, is known letter for letter, without what compares names. Two that
fit a name at the same strength make an error that lists both; a misspelt name is never
guessed: what is offered instead is in `rcpref.answers.suggestions`, which few starts of the
program need and those that do import when they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound, UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.answers.matches import Match
    from rcpref.model.countries import Country
    from rcpref.model.records import Record


def find_record(data: Data, query: str, kinds: tuple[str, ...] = ()) -> Record:
    """The one record that a name means.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: Look among these kinds only; empty for all.

    Raises:
        NotFound: No record has that name; the nearest names are offered.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    if _is_bundled_id(data, query, kinds):
        return data.records[query]
    from rcpref.answers.matches import match_records

    matches = _checked(data, query, match_records(data, query, kinds))
    if not matches:
        from rcpref.answers.suggestions import no_record

        raise no_record(data, query, kinds)
    return data.records[matches[0].key]


def find_of_kinds(data: Data, query: str, kinds: tuple[str, ...], what: str) -> Record:
    """The one record of some kinds that a name means.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        kinds: The kinds.
        what: What these kinds have and no others do, for the error.

    Raises:
        NotFound: None of them has that name; where a record of another kind does, it
            says so.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    try:
        return find_record(data, query, kinds)
    except NotFound:
        from rcpref.answers.matches import match_records, match_states

        matches = match_records(data, query)
        states = [] if matches else match_states(data, query)
        if len(states) == 1:
            state = data.countries[states[0].key]
            raise NotFound(
                f"{state.name} is a State, which has no {what}",
                f"rcpref state {state.alpha3} has what it takes part in",
            ) from None
        if len(matches) != 1:
            raise
        other = data.records[matches[0].key]
        article = "an" if other.kind[0] in "aeiou" else "a"
        raise NotFound(
            f"{other.short_name} is {article} {other.kind}, which has no {what}",
            f"rcpref show {other.id} has what is known of it",
        ) from None


def find_state(data: Data, query: str) -> Country:
    """The one State or territory that a name or code means.

    Raises:
        NotFound: None has that name; the nearest names are offered.
        AmbiguousName: Several have it.
        UsageProblem: The query is empty.
    """
    from rcpref.answers.matches import match_states

    matches = _checked(data, query, match_states(data, query))
    if not matches:
        from rcpref.answers.suggestions import no_state

        raise no_state(data, query)
    return data.countries[matches[0].key]


def find_any(data: Data, query: str) -> Record | Country:
    """The record or, where no record fits, the State that a name means.

    Raises:
        NotFound: Neither a record nor a State has that name.
        AmbiguousName: Several have it, or a record has the name that is a State's code of
            two letters.
        UsageProblem: The query is empty.
    """
    # An id as short as the code of a State may mean that, too.
    if len(query) > 3 and _is_bundled_id(data, query):
        return data.records[query]
    from rcpref.answers.matches import match_any

    matches = _checked(data, query, match_any(data, query))
    if not matches:
        from rcpref.answers.suggestions import nothing_named

        raise nothing_named(data, query)
    key = matches[0].key
    return data.records[key] if key in data.document["records"] else data.countries[key]


def _is_bundled_id(data: Data, query: str, kinds: tuple[str, ...] = ()) -> bool:
    return data.plain.has_id(query, kinds) and not data.document["records"][query].get("overlay")


def _checked(data: Data, query: str, matches: list[Match]) -> list[Match]:
    if not query.strip():
        raise UsageProblem("the name is empty", "give an id, acronym or name")
    if matches:
        refuse_shared(data, query, matches)
    if len(matches) > 1:
        raise _ambiguous(data, query, matches)
    return matches


def refuse_shared(data: Data, query: str, matches: Sequence[Match] = ()) -> None:
    """Refuse a name that an overlay shares with the bundled data, whatever is looked for.

    Args:
        data: The data set.
        query: The name as somebody typed it.
        matches: What it fits of that which is looked for.

    Raises:
        AmbiguousName: It fits something bundled and something else of an overlay.
    """
    if data.overlay:
        from rcpref.answers.matches import shared

        if found := shared(data, query):
            fits = {match.key: match for match in (*found, *matches)}
            raise _ambiguous(data, query, list(fits.values()))


def _ambiguous(data: Data, query: str, matches: Sequence[Match]) -> AmbiguousName:
    from rcpref.answers.suggestions import offered

    fits = ", ".join(offered(data, match.key, query) for match in matches)
    return AmbiguousName(
        f"{echo(query)} fits {len(matches)} entries: {fits}",
        "use one of these ids",
        tuple(match.key for match in matches),
    )
