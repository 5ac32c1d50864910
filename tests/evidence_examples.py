"""The worked examples of the rules of membership answers, read from `evidence_examples.txt`.

They were derived by hand from the page, and hold for the oracle (`evidence_oracle.py`) and for
the production code alike. How a line is written, the file says at its head. Tables of other tests
write claims in the same way, and are read by `table_of`.

>>> from evidence_oracle import oracle, oracle_standing
>>> for example in EXAMPLES:
...     question = (example.record, example.state, example.asked)
...     found = oracle(*question, **example.circumstances)
...     if found[0] != example.answer or example.basis not in (ANY, found[1]):
...         print(f"{example.place}: the oracle says {found}")
...     if example.distance not in (ANY, found[2]):
...         print(f"{example.place}: the oracle counts {found[2]} years")
...     standing = oracle_standing(*question)
...     if example.standing not in (None, tuple(standing)):
...         print(f"{example.place}: the oracle tells {standing}")
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import rcpref

ANY = "any"
DATA_DATE = "2026-11-24"

FOLDER = Path(__file__).parent
FILE = "evidence_examples.txt"
FORM = (
    "RULE NAME | CLAIMS | STATE DATE [CAPACITY] | ANSWER [BASIS] | WHY "
    "[| KEY=VALUE ...] [| says REASON]"
)

T = TypeVar("T")

Claim = dict[str, Any]

Named = Mapping[str, tuple[Claim, ...]]
"""Claims that have one name in capitals."""

LISTS = ("members", "founding_participants", "observers", "participating_states", "invited_states")
STATES = (
    *LISTS, "meeting_participants", "member_joined", "member_left", "chair", "next_chair",
)  # fmt: skip
"""Properties whose values are States; lists are whole, if they do not say otherwise."""


class Example(NamedTuple):
    """One case.

    Attributes:
        name: Unique, with the number of the rule first.
        claims: Claims of the record, as in its TOML.
        state: Alpha-3 code of the State asked about.
        asked: The date D; None for last known.
        answer: Expected answer.
        basis: Expected basis; None for no basis, ANY where the page does not fix it.
        why: Why, by the page.
        capacity: Property asked about.
        since: The day from which the State is one of its own, as countries.toml has it.
        body: Claims of the body that `membership_of` names ("a-body").
        reading: Number of the choice in the oracle's list on which the case hangs.
        newest: Date of the newest evidence, where the case is about that; ANY elsewhere.
        distance: Whole years to what decides, where the case is about that; ANY elsewhere.
        standing: Effects and dates, where the case is about these; None elsewhere.
        says: The reason that people read, where the case is about that; ANY elsewhere.
        place: File and line, for whoever looks for it.
    """

    name: str
    claims: tuple[Claim, ...]
    state: str
    asked: str | None
    answer: str
    basis: str | None
    why: str
    capacity: str = "members"
    since: str | None = None
    body: tuple[Claim, ...] | None = None
    reading: int | None = None
    newest: str | None = ANY
    distance: int | str | None = ANY
    standing: tuple[tuple[str, str], ...] | None = None
    says: str = ANY
    place: str = ""

    @property
    def record(self) -> dict[str, Any]:
        """The record as plain data."""
        return {"id": "a-process", "claims": list(self.claims)}

    @property
    def circumstances(self) -> dict[str, Any]:
        """The further arguments of the oracle."""
        body = None if self.body is None else {"id": "a-body", "claims": list(self.body)}
        return {
            "capacity": self.capacity,
            "since": self.since,
            "body": body,
            "data_date": DATA_DATE,
        }


READ: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(STATES, str.split),
    **dict.fromkeys(("founded", "ended", "status", "membership_of"), str),
    **dict.fromkeys(("meeting", "region", "website"), str),
    "members_count": int,
    **dict.fromkeys(("as_of", "from", "until", "not_before", "not_after"), str),
    "stated_total": int,
    "disputed": lambda text: text.split(","),
    "membership_event": str,
    "states": lambda text: text.split(","),
    **dict.fromkeys(("effect", "about", "group", "role"), str),
    "topics": str.split,
    "complete": {"unsaid": None}.__getitem__,
}
"""How values are read by their property, and further keys of a claim."""


def claim_of(text: str) -> Claim:
    """A claim, as in ``members KEN UGA @2010 incomplete disputed=UGA``."""
    key, *words = text.split()
    value = [word for word in words if not re.search("^@|=|^incomplete$|^derived$", word)]
    pairs = [word.split("=") for word in words if "=" in word]
    pairs += [["as_of", word[1:]] for word in words if word.startswith("@")]
    return {
        "property": key,
        "source": "a-source",
        "value": READ[key](" ".join(value)),
        **({"complete": "incomplete" not in words} if key in LISTS else {}),
        **({"derived": True} if "derived" in words else {}),
        **{name: READ[name](written) for name, written in pairs},
    }


def claims_of(text: str, named: Named = MappingProxyType({})) -> tuple[Claim, ...]:
    """Claims with semicolons between them, each written out or one of the names for several."""
    parts = [part.strip() for part in text.split(";") if part.strip()]
    return tuple(each for part in parts for each in named.get(part) or (claim_of(part),))


def record_of(claims: Sequence[Claim], sources: Sequence[str] = ()) -> rcpref.Record:
    """A process with these claims, of the sources s1, s2 and so on, or of others."""
    made = []
    for number, claim in enumerate(claims):
        keys = {"from_" if key == "from" else key: as_tuple(claim[key]) for key in claim}
        keys["source"] = sources[number] if sources else f"s{number + 1}"
        made.append(rcpref.Claim(record="a-process", **keys))
    return rcpref.Record("a-process", "process", "A Process", "A Process", claims=tuple(made))


def as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def keys_of(columns: Sequence[str], *known: str) -> dict[str, str]:
    """What the last columns of a line have: pairs such as newest=2013, and words after `says`."""
    pairs: dict[str, str] = {}
    for column in columns:
        if column.startswith("says "):
            pairs["says"] = column.removeprefix("says ")
        else:
            pairs |= dict(pair.split("=") for pair in column.split())
    if unknown := pairs.keys() - set(known):
        raise ValueError(f"{', '.join(sorted(unknown))}: not known")
    return pairs


def table_of(
    file: str, form: str, make: Callable[[str, Named, list[str]], T], text: str | None = None
) -> list[T]:
    """What is made of each line of a file: of its place, the names for claims, its columns.

    A text is read in place of that of the file.

    Raises:
        ValueError: A line is not as it must be.
    """
    found: list[T] = []
    named: dict[str, tuple[Claim, ...]] = {}
    text = text or FOLDER.joinpath(file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        place = f"{file}:{number}"
        try:
            if head := re.match("([A-Z_]+) = ", line):
                named[head[1]] = claims_of(line[head.end() :], named)
            elif line and not line.startswith("#"):
                found.append(make(place, named, [part.strip() for part in line.split("|")]))
        except (ValueError, KeyError) as error:
            raise ValueError(f"{place}: {error}; write {form}") from error
    return found


def example_of(place: str, named: Named, columns: list[str]) -> Example:
    """The example of a line."""
    name, claims, question, expected, why, *more = columns
    state, date, *capacity = question.split()
    answer, *basis = expected.split()
    keys: dict[str, Any] = dict(keys_of(more, *Example._field_defaults))
    if "body" in keys:
        keys["body"] = named[keys["body"]]
    if "reading" in keys:
        keys["reading"] = int(keys["reading"])
    if keys.get("newest") == "none":
        keys["newest"] = None
    if "distance" in keys:
        keys["distance"] = None if keys["distance"] == "none" else int(keys["distance"])
    if "standing" in keys:
        told = keys["standing"].replace("none", "").split(",")
        keys["standing"] = tuple(tuple(each.split("@")) for each in told if each)
    [keys["capacity"]] = capacity or ["members"]
    [keys["basis"]] = basis or (None,)
    asked = None if date == "last-known" else date
    return Example(
        name, claims_of(claims, named), state, asked, answer, why=why, place=place, **keys
    )


def read(text: str | None = None) -> tuple[Example, ...]:
    """The examples of the file, or of a text, each with a name of its own."""
    names: set[str] = set()

    def one(place: str, named: Named, columns: list[str]) -> Example:
        example = example_of(place, named, columns)
        if example.name in names:
            raise ValueError("another line has this name")
        names.add(example.name)
        return example

    return tuple(table_of(FILE, FORM, one, text))


EXAMPLES = read()
