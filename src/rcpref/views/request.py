"""What a listing is narrowed down to, as it was asked for."""

from collections.abc import Sequence
from typing import NamedTuple

from rcpref.report.options import spelt


class Wanted(NamedTuple):
    """What a listing is narrowed down to.

    Attributes:
        words: Words that must all be in names of a row, or in what its columns can show.
        attended: A meeting, by any name, that the record took part in.
        member: A State, by any name or code, that is a member for certain.
        capacity: In what other capacity it is to be there, or any State where none is named.
        chair: A State, by any name or code, that is in the chair.
        secretariat: Words or a name of who serves as its secretariat.
        founded: A date, or a range of dates, in which it was founded.
        met: A date, or a range of dates, in which it met.
        as_of: The date for members and values; None for what is last known.
        status: A status that it has at the date.
        classification: A classification that it has at the date.
        region: A region, by its own words, its names or where most members lie.
        topic: Words of one of its topics.
        every: States only: all of them, not just those that some claim or text names.
        columns: Keys of the columns asked for; empty for the usual ones.
        sort: Key of a column, with "-" before it for the reverse; empty for the
            order of the data.
        limit: How many rows at the most; None for all.
    """

    words: Sequence[str] = ()
    attended: str = ""
    member: str = ""
    capacity: str = ""
    chair: str = ""
    secretariat: str = ""
    founded: str = ""
    met: str = ""
    as_of: str | None = None
    status: str = ""
    classification: str = ""
    region: str = ""
    topic: str = ""
    every: bool = False
    columns: Sequence[str] = ()
    sort: str = ""
    limit: int | None = None

    @property
    def sort_key(self) -> str:
        """Key of the column to sort by; empty for none."""
        return spelt(self.sort.removeprefix("-"))
