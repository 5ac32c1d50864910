"""The words of an answer: yes, possible, disputed, no, unknown, and what it rests on."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from rcpref.model.records import Claim

YES, NO, POSSIBLE, DISPUTED, UNKNOWN = "yes", "no", "possible", "disputed", "unknown"

ANSWERS = (YES, POSSIBLE, DISPUTED, NO, UNKNOWN)
"""All answers, the certain one first."""

LISTED, EVENT, BETWEEN, CARRIED, UNDATED = "listed", "event", "between", "carried", "undated"

BASES = (LISTED, EVENT, BETWEEN, CARRIED, UNDATED)
"""What an answer can rest on; an unknown one rests on nothing."""


class Answer(NamedTuple):
    """Whether a State was a member at some time in the date asked for.

    Attributes:
        answer: yes, possible, disputed, no or unknown; the rules are those of
            docs/membership.md.
        basis: listed (lists of that time), event (a joining, a leaving, a founding or a
            launch), between (evidence before and after), carried (evidence on one side),
            undated (lists without a date); None where nothing is known.
        reason: The reason in words.
        rests_on: The claims that it rests on.
        last_known: Date of the newest evidence that it rests on, as it is written; None
            where that has no date.
    """

    answer: str
    basis: str | None
    reason: str
    rests_on: "tuple[Claim, ...]" = ()
    last_known: str | None = None

    @property
    def certain(self) -> bool:
        """Whether it is a certain yes."""
        return self.answer == YES

    def __bool__(self) -> bool:
        """Refused: an answer is not just yes or no.

        Raises:
            TypeError: Always.
        """
        raise TypeError("an answer is one of five: ask for .certain, or compare .answer")
