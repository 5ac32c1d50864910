"""Pictures for documents and terminals: maps, drawn from the items of reports.

A picture shows what its report says and asks nothing of the data by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rcpref.errors import UsageProblem, echo

if TYPE_CHECKING:
    from rcpref.data.dataset import Data

SUFFIX = ".svg"
"""How the name of a file with a picture ends."""


def save(data: Data, path: str, draw: Callable[[], str], force: bool) -> dict[str, bytes]:
    """Write a picture to a file, whole or not at all."""
    from rcpref.data.place import data_folder, refuse_inside
    from rcpref.writing import write_file

    if not path.lower().endswith(SUFFIX):
        raise UsageProblem(
            f"{echo(path)}: a picture is written as SVG",
            f"end the name with {SUFFIX}; rsvg-convert and others convert it to PNG",
        )
    refuse_inside(path, [data_folder(), *filter(None, [data.overlay])])
    content = draw().encode()
    write_file(path, content, force=force)
    return {path: content}
