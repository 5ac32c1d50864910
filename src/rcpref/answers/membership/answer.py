"""The answers: yes, possible, disputed, no, unknown; how each is shown, what it rests on."""

from typing import TYPE_CHECKING, NamedTuple

from rcpref.fields import Fields
from rcpref.wording import Part, Why, in_words

if TYPE_CHECKING:
    from rcpref.model.records import Claim


class Sign(Fields):
    """How people are shown an answer: in words, in colour, as a pattern, as a character."""

    key: str  # for ids of patterns and classes of style sheets
    words: str  # of a legend
    meaning: str
    ground: str  # colours of what it fills, and of its borders
    border: str
    solid: str  # the character of a terminal; empty where land is left as it is
    style: str  # of that character
    ink: str = ""  # colour of the pattern; empty for none
    pattern: str = ""  # a path, in a square with sides of `TILE`


TILE = 60  # side of the square that a pattern repeats, in tenths of a pixel

_STRIPES = "M-15 15L15 -15M0 60L60 0M45 75L75 45"
_CROSSES = "M0 0L60 60M60 0L0 60"
_BARS = "M0 30H60"
_DOTS = "M21 30a9 9 0 1 0 18 0a9 9 0 1 0 -18 0z"


class Kind(Fields):
    """One of the answers."""

    word: str
    sign: Sign
    certain: bool = False
    open: bool = False  # neither yes nor no: told in a notice, counted in an upper count
    older: Sign | None = None  # where the evidence is not of the time asked for
    apart: Sign | None = None  # of a State that has a standing

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Its signs, in the order of legends."""
        return tuple(filter(None, (self.sign, self.older, self.apart)))


YES, NO, POSSIBLE, DISPUTED, UNKNOWN = "yes", "no", "possible", "disputed", "unknown"

KINDS = (
    Kind(YES, certain=True,
         sign=Sign("yes", "yes", "A member at some time in the date asked for.",
                   "#0f4259", "#ffffff", "█", "id"),
         older=Sign("carried", "yes, by older or undated evidence",
                    "A member, by evidence of another time or without a date.",
                    "#4f8ca9", "#ffffff", "▓", "id"),
         apart=Sign("apart", "yes, but suspended, absent and so on",
                    "A member that is suspended, excluded, absent, not invited or about to leave, "
                    "or whose membership is contested.",
                    "#0f4259", "#ffffff", "▚", "id", "#ffffff", _BARS)),
    Kind(POSSIBLE, open=True,
         sign=Sign("possible", "possible",
                   "Evidence before and after differs, or is too far away to be certain.",
                   "#e2edf2", "#3f7d99", "░", "", "#3f7d99", _STRIPES)),
    Kind(DISPUTED, open=True,
         sign=Sign("disputed", "disputed",
                   "Sources of the same time contradict each other, or a source says so itself.",
                   "#fbe9d7", "#a24e14", "╳", "hit", "#a24e14", _CROSSES)),
    Kind(NO,
         sign=Sign("no", "no", "Named at another time; not a member at this time.",
                   "#dcd6c6", "#8b867b", "", "")),
    Kind(UNKNOWN,
         sign=Sign("unknown", "not known", "No source says.",
                   "#ebe8df", "#8b867b", "?", "quiet", "#6d695f", _DOTS)),
)  # fmt: skip
"""All answers, in their order; whatever lists answers is made from this table. What is certain
is dark, what was certain at another time lighter: in grey print and to all eyes. Patterns are
for what is not certain, and for a member with a standing."""

ANSWERS = tuple(kind.word for kind in KINDS)  # all answers, the certain one first

CERTAIN = tuple(kind.word for kind in KINDS if kind.certain)
OPEN = tuple(kind.word for kind in KINDS if kind.open)

COUNTED = tuple(kind.word for kind in KINDS if kind.certain or kind.open)
"""The answers of those that take part, or may: an upper count counts them."""

CAPACITY_NAMES = {
    "members": ("member", "Members"),
    "associate_members": ("associate member", "Associates"),
    "observers": ("observer", "Observers"),
    "participating_states": ("participating State", "Participating"),
    "partner_states": ("partner State", "Partner States"),
    "candidate_states": ("candidate", "Candidates"),
    "invited_states": ("invited", "Invited"),
}
"""Properties that list States in some capacity: what one of them is, and the label of all."""

LISTED, EVENT, BETWEEN, CARRIED, UNDATED = "listed", "event", "between", "carried", "undated"

BASES = (LISTED, EVENT, BETWEEN, CARRIED, UNDATED)
"""What an answer can rest on; an unknown one rests on nothing."""


class Standing(NamedTuple):
    """What is true of a State in a process or body at a date, and does not end its membership.

    Attributes:
        effect: suspended, excluded, absent, not-invited, withdrawal-announced or contested;
            or what ended one of these within the date: reinstated, returned or
            withdrawal-revoked.
        since: Date of the event, as it is written.
        claim: The claim that says so.
    """

    effect: str
    since: str
    claim: "Claim"

    def __repr__(self) -> str:
        return f"<Standing {self.effect} {self.since}, {self.claim.source}>"

    @property
    def part(self) -> Part:
        """The part of a reason that says it."""
        return Part(self.effect, (self.since,))


class Answer(NamedTuple):
    """Whether a State was a member at some time in the date asked for.

    Attributes:
        answer: yes, possible, disputed, no or unknown; the rules are those of
            docs/membership.md.
        basis: listed (lists of that time), event (a joining, a leaving, a founding or a
            launch), between (evidence before and after), carried (evidence on one side),
            undated (lists without a date); None where nothing is known.
        why: The reason, as parts: each with a code, its dates, and a number or name.
        rests_on: The claims that it rests on.
        last_known: Date of the newest evidence that it rests on, as it is written; None
            where that has no date.
        distance: Whole years, rounded down, from the date asked for to the nearest list
            that decides; 0 where a list of that time, a joining or a leaving decides; None
            where only undated lists do, or nothing. For what is last known they are counted
            from the date of the data.
        standing: What else is true of the State at that date: suspended, absent, a
            withdrawal announced, and so on. It changes no answer.
    """

    answer: str
    basis: str | None
    why: Why
    rests_on: tuple["Claim", ...] = ()
    last_known: str | None = None
    distance: int | None = None
    standing: tuple[Standing, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is a certain yes."""
        return self.answer in CERTAIN

    @property
    def reason(self) -> str:
        """The reason in words, with dates in ISO 8601."""
        return in_words(self.why)

    @property
    def all_parts(self) -> Why:
        """The reason, followed by the standing of the State."""
        return (*self.why, *(each.part for each in self.standing))

    def __bool__(self) -> bool:
        """Refused: an answer is not just yes or no.

        Raises:
            TypeError: Always.
        """
        raise TypeError("an answer is one of five: ask for .certain, or compare .answer")
