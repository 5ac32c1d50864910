"""The words of the data: records, claims, sources, States, properties, texts.

Plain frozen dataclasses. Nothing about a record is stated outside a claim, and every
claim names its source. Dates are prefix dates (see `rcpref.dates`), kept as written.

Each module has what one kind of command needs: what a start imports is paid for at every
start.
"""

from collections.abc import Iterable

FORM_VERSION = 3
"""Version of the form of the data files, and of a data set that is exported as JSON."""

FORMS_READ = (2, FORM_VERSION)
"""Forms that are read: form 3 only adds keys to form 2, so what has form 2 has form 3, too."""

SCHEMA_VERSION = 3  # version of the shape of the JSON that commands print

LIMA = "lima-2013"
"""Id of the meeting in Lima and of its text: what is meant where no meeting or text is named."""

KINDS = {
    "process": "processes",
    "body": "bodies",
    "organization": "organizations",
    "forum": "forums",
    "summit": "summits",
    "meeting": "meetings",
    "document": "documents",
    "office": "offices",
    "term": "terms",
}
"""Kinds of records, singular to plural, in their order everywhere."""

MEMBER_KINDS = ("process", "body", "organization")  # kinds of records that have members
HELD, PLANNED = "held", "planned"  # whether a meeting is known to have been held
HELD_KINDS = ("meeting", "summit")  # kinds of records that are one gathering

TERRITORY = "territory"
COUNTRY_STATUSES = (TERRITORY, "associated", "other")
"""What a country is that is no member of the United Nations. A count of States has all but
territories: a way of counting, no position on the status of any of them."""

TERM = "term"  # the kind of records that are words, with what they mean
COMPARED_KINDS = (*MEMBER_KINDS, TERM)  # kinds of records that can be compared, each with its like
EVENT = "membership_event"  # property of the claims that say how States stand in a process or body
OF_EVENTS = ("states", "effect", "about")  # keys of these claims alone

EFFECTS = (
    "suspended",
    "reinstated",
    "withdrawal-announced",
    "withdrawal-revoked",
    "absent",
    "returned",
    "not-invited",
    "excluded",
    "contested",
)
"""What an event does to the standing of a State."""

_BACK = ("reinstated", "returned")

CLOSED_BY = {
    **dict.fromkeys(("suspended", "absent", "not-invited", "excluded"), _BACK),
    "withdrawal-announced": ("withdrawal-revoked",),
    "contested": EFFECTS,
}
"""Effects that last, and by which later ones each ends. A joining or leaving ends all."""

PASSAGE_KINDS = {
    "heading": "headings",
    "paragraph": "paragraphs",
    "footnote": "footnotes",
    "theme": "themes",
    "key-point": "key-points",
    "conclusion": "conclusions",
    "signature": "signatures",
}
"""Kinds of passages, singular to plural. A theme is a span of a paragraph."""

LISTED = {
    **KINDS,
    "state": "states",
    "source": "sources",
    "property": "properties",
    "text": "texts",
    **PASSAGE_KINDS,
}

TIERS = ("primary", "secondary", "tertiary")
"""Tiers of sources. A tier is shown, it never decides."""

SOURCE_TYPES = (
    "webpage",
    "news",
    "press-release",
    "report",
    "document",
    "legal",
    "journal-article",
    "book",
    "dataset",
    "speech",
)

NOT_NAMED = "[not named]"
"""Stands for a publisher, or the keeper of a copy, that the source does not name."""


def publishers(names: Iterable[str]) -> str:
    """Those who published a source, as people read them; empty where nobody is named."""
    return "; ".join(name for name in names if name != NOT_NAMED)


PROPERTY_TYPES = ("text", "texts", "choice", "event", "url", "integer", "date", "states", "record")
"""Types of property values: see `Claim.value`."""

NO_POSITION = (
    "Names and codes are for look-up only; they take no position on any territory or status."
)
DERIVED = "[derived]"  # stands behind what the editors have put together or inferred
OVERLAY = "overlay:"  # what the keys of sources from an overlay begin with
RENAMED = {"from": "from_"}  # keys whose name Python keeps for itself, and how a claim calls them
