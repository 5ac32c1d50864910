"""Where the bundled data are, and which they are, without reading them."""

import os
import re
from collections.abc import Iterable

from rcpref.errors import DataError, OutputError


def data_folder() -> str:
    """The bundled data: next to this file in a package, three folders up in a checkout."""
    here = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(here, "bundled")
    if os.path.isdir(beside):
        return beside
    top = os.path.dirname(os.path.dirname(os.path.dirname(here)))
    # Only a checkout of this project has a pyproject.toml there; without that check a
    # stray folder named "data" above site-packages would be taken for ours.
    if os.path.isfile(os.path.join(top, "pyproject.toml")):
        return os.path.join(top, "data")
    if not os.path.isdir(here):
        raise DataError(
            f"rcpref cannot run from an archive, {os.path.dirname(os.path.dirname(here))}",
            "make it with shiv or pex: their archives unpack themselves",
        )
    raise DataError(f"the data are missing from {here}", "install rcpref again")


def bundled_version() -> tuple[str, str]:
    """Version and date of the bundled data, without the time that it takes to parse a file."""
    path = os.path.join(data_folder(), "dataset.toml")
    try:
        with open(path, encoding="utf-8") as stream:
            said = dict(re.findall('^(version|date) = "([^"\\n]+)"', stream.read(), re.MULTILINE))
        return said["version"], said["date"]
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: cannot be read", "install rcpref again") from error


_ELSEWHERE = "name a place outside of that folder"


def refuse_inside(path: str, folders: Iterable[str]) -> None:
    """Refuse to write inside one of some folders, the program's own data, or any data folder."""
    try:
        place = _real(path)
        inside = [folder for folder in folders if place.startswith(_real(folder))]
    except (OSError, ValueError) as error:
        from rcpref.writing import cannot_write

        raise cannot_write(path, error) from error
    if inside:
        raise OutputError(f"{path} is inside the data themselves", _ELSEWHERE)
    above = os.path.dirname(os.path.dirname(place))
    while above != os.path.dirname(above):
        if os.path.isfile(os.path.join(above, "dataset.toml")):
            raise OutputError(f"{path} is inside a data folder, {above}", _ELSEWHERE)
        above = os.path.dirname(above)


def _real(path: str) -> str:
    """A path without links, with a separator at its end, as the system compares paths."""
    return os.path.join(os.path.normcase(os.path.realpath(path)), "")
