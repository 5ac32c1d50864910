"""How many members records share, all by all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rcpref.data.dataset import ReadOnly
from rcpref.frames.frame import as_html, library_of_frames

if TYPE_CHECKING:
    import pandas

    from rcpref.answers.overlap import Membered


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Matrix(Mapping[str, Mapping[str, int]]):
    """How many certain members every two records share, by their ids.

    ``matrix["igc"]["mtm"]`` is a number, and ``matrix["igc"]["igc"]`` how many members a
    record has itself. Records of which nobody is known to be a member are left out.

    Attributes:
        shared: The numbers.
        uncertain: How many more States are possible or disputed members of both, or of
            one of them, in the same form.
        names: Short names of the records by their ids.
    """

    shared: Mapping[str, Mapping[str, int]]
    uncertain: Mapping[str, Mapping[str, int]]
    names: Mapping[str, str]

    def __getitem__(self, record: str) -> Mapping[str, int]:
        return self.shared[record]

    def __iter__(self) -> Iterator[str]:
        return iter(self.shared)

    def __len__(self) -> int:
        return len(self.shared)

    def __repr__(self) -> str:
        return f"<Matrix of {len(self)} records>"

    def to_dict(self) -> dict[str, dict[str, int]]:
        """The numbers as plain data, by the ids of both records."""
        return {one: dict(counts) for one, counts in self.shared.items()}

    def to_pandas(self) -> pandas.DataFrame:
        """The numbers as a data frame of pandas: the ids are its index and its columns.

        Raises:
            UsageProblem: The extra ``rcpref[pandas]`` is not installed.

        >>> import rcpref
        >>> frame = rcpref.load().matrix(as_of="2013").to_pandas()
        >>> int(frame.loc["budapest-process", "prague-process"])
        49
        """
        frame: pandas.DataFrame = library_of_frames().DataFrame(self.to_dict(), dtype="int64")
        return frame

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        lines = [(self.names[one], *counts.values()) for one, counts in self.shared.items()]
        return as_html(["", *self.names.values()], lines, f"Members that {len(self)} records share")


def matrix_of(counted: Sequence[Membered]) -> Matrix:
    """The matrix of some records with their members at a date."""
    every = {one.record.id: one for one in counted}
    shared, uncertain = (
        {key: ReadOnly[int](row) for key, row in rows.items()}
        for rows in (
            {k: {o: one.shared(two) for o, two in every.items()} for k, one in every.items()},
            {k: {o: one.uncertain(two) for o, two in every.items()} for k, one in every.items()},
        )
    )
    names = {key: one.record.short_name for key, one in every.items()}
    return Matrix(ReadOnly(shared), ReadOnly(uncertain), ReadOnly(names))
