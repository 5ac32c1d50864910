"""Pictures for notebooks and files."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING

from rcpref.errors import only_path

if TYPE_CHECKING:
    from rcpref.data.dataset import Data


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture as SVG, which a notebook shows as it is.

    Attributes:
        title: What it shows.
        svg: The picture.
        data: The data set that it is made of.
    """

    title: str
    svg: str
    data: Data

    def save(self, path: str | PathLike[str], *, force: bool = False) -> None:
        """Write it to a file, whole or not at all.

        Args:
            path: Path of the file, which ends in .svg.
            force: Replace a file that exists.

        Raises:
            UsageProblem: The name is not that of an SVG.
            OutputError: It cannot be written, exists already, or is inside the data.

        >>> import rcpref, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     rcpref.load().map("Bali Process").save(f"{folder}/bali.svg")
        """
        from rcpref.export.pictures import save

        save(self.data, only_path(path), lambda: self.svg, force)

    def _repr_svg_(self) -> str:
        """What a notebook shows."""
        return self.svg

    def __repr__(self) -> str:
        return f"<Picture of {self.title}: {len(self.svg)} characters of SVG>"
