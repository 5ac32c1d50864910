"""Where data are read from: a folder of TOML files, or a JSON file that was exported.

Both give the same tables, part by part, each with its place; `rcpref.data.check` looks at
what is in them.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import tomli

from rcpref.data import form
from rcpref.data.check import Place, Problem, check_version, first_twice, shape
from rcpref.model import KINDS
from rcpref.reading import read

# What is read is limited far above what anybody writes by hand, and far below what would
# keep a reader waiting.
MAX_BYTES = 8 * 1024 * 1024
MAX_FOLDER = 16 * 1024 * 1024  # most bytes that are read of one folder
MAX_FILES = 20_000


_IN_OVERLAYS = ("properties.toml", "sources.toml", "countries.toml", "texts", *KINDS.values())


class ReadTable(NamedTuple):
    """One table as it was read, with what it is called there, which must be its id."""

    place: Place
    table: dict[str, Any]
    name: str = ""
    kind: str = ""  # of a record by its folder; empty for any
    is_file: bool = True


class Folder:
    """A data folder."""

    forms, source_key = form.IN_FILES, form.SOURCE_KEY
    claims, passages = "claim", "passage"  # what the forms call these lists

    def __init__(self, path: str, overlay: bool = False) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self._overlay = overlay
        self._size = 0

    def is_open(self) -> bool:
        """Whether there is anything to read; if not, there is a problem that says why."""
        here = Place(self.problems)
        if not os.path.isdir(self.path):
            here.wrong("E102", "is not a folder", "give the path of a data folder")
        elif self._overlay and not any(
            os.path.exists(os.path.join(self.path, name)) for name in _IN_OVERLAYS
        ):
            remedy = "add a file such as processes/NAME.toml"
            here.wrong("E102", "has no data files", remedy)
        return not self.problems

    def single(self, name: str) -> ReadTable | None:
        """What there is one file of, by its name; None if it is not there or cannot be read."""
        file = f"{name}.toml"
        if self._overlay and not os.path.lexists(os.path.join(self.path, file)):
            return None
        return self._part(file)

    def parts(self, section: str) -> Iterator[ReadTable]:
        """The records, by kind and then by id, or the texts, by id."""
        for kind, folder in KINDS.items() if section == "records" else [("", section)]:
            yield from self._parts(folder, kind)

    def _parts(self, folder: str, kind: str) -> Iterator[ReadTable]:
        path = os.path.join(self.path, folder)
        if not os.path.lexists(path):
            return
        place = Place(self.problems, folder)
        try:
            names = os.listdir(path)
        except OSError as error:
            place.wrong("E102", _reason(error), "make it a readable folder")
            return
        files = (name for name in names if name.endswith(".toml") and not name.startswith("."))
        ids = sorted(name.removesuffix(".toml") for name in files)
        if len(ids) > MAX_FILES:
            message = f"has more than {MAX_FILES:,} files"
            place.wrong("E102", message, "leave out what you do not need")
            return
        for each in ids:
            if part := self._part(f"{folder}/{each}.toml"):
                yield part._replace(kind=kind)

    def _part(self, file: str) -> ReadTable | None:
        place = Place(self.problems, file)
        content = _content(place, os.path.join(self.path, file))
        if content is None:
            return None
        self._size += len(content)
        if self._size > MAX_FOLDER:
            message = f"makes the folder larger than {MAX_FOLDER // 1024 // 1024} MiB"
            place.wrong("E102", message, "leave out what you do not need")
            return None
        if (text := _decoded(place, content)) is None:
            return None
        try:
            table = tomli.loads(text.replace("\r\n", "\n"))
        except (ValueError, RecursionError) as error:
            message = f"is not valid TOML: {str(error) or 'it is nested too deeply'}"
            place.wrong("E101", message, "correct the syntax at that place")
            return None
        return ReadTable(place, table, os.path.basename(file).removesuffix(".toml"))


class Export:
    """A data set that was exported as JSON; what an overlay added may say so there."""

    forms, source_key = form.IN_EXPORTS, form.EXPORTED_SOURCE_KEY
    claims, passages = "claims", "passages"

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.digest: str | None = None
        self.whole: Mapping[str, Any] = {}

    def is_open(self) -> bool:
        """Whether there is anything to read; if not, there is a problem that says why."""
        import json

        here = Place(self.problems)
        content = _content(here, self.path)
        text = None if content is None else _decoded(here, content)
        if text is None:
            remedy = "give a data folder, or a JSON file that rcpref export has written"
            self.problems[:] = [each._replace(remedy=remedy) for each in self.problems]
            return False
        try:
            whole = json.loads(text, object_pairs_hook=_once, parse_float=_number)
        except (ValueError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            message = f"is not valid JSON: {'it is nested too deeply' if deep else error}"
            here.wrong("E101", message, "export the data again")
            return False
        if not isinstance(whole, dict):
            here.wrong("E105", "is not an object", "export the data again")
            return False
        check_version(here, whole)
        if shape(here, whole, form.EXPORT):
            self.whole = whole
            self.digest = whole.get("digest")
            self._look_at_parts()
        return not self.problems

    def _look_at_parts(self) -> None:
        for section in ("countries", "records", "texts"):
            for key, raw in self.whole[section].items():
                if not isinstance(raw, dict):
                    here = Place(self.problems, key=f"{section}.{key}")
                    here.wrong("E105", "is not an object", "make it one")
                elif section == "countries" and raw.get("alpha3") != key:
                    remedy = "use the code in alpha3 as the key"
                    place = Place(self.problems, within="countries", key=key)
                    place.wrong("E108", "is not the code of that State", remedy)

    def single(self, name: str) -> ReadTable | None:
        """The section with this name, as a part of its own."""
        whole = self.whole[name]
        table = {"country": list(whole.values())} if name == "countries" else whole
        return ReadTable(Place(self.problems, within=name), table, is_file=False)

    def parts(self, section: str) -> list[ReadTable]:
        """The records, by kind and then by id, or the texts, by id."""
        kinds = list(KINDS)

        def order(part: ReadTable) -> tuple[int, str]:
            kind = part.table.get("kind")
            return kinds.index(kind) if kind in kinds else 0, part.name

        found = []
        for key, raw in self.whole[section].items():
            place = Place(self.problems, within=f"{section}.{key}")
            found.append(ReadTable(place, dict(raw), key, is_file=False))
        return sorted(found, key=order)


Origin = Folder | Export


def _content(place: Place, path: str) -> bytes | None:
    """What is in a file; None, with a problem, if it cannot be read."""
    try:
        content = read(path, MAX_BYTES)
    except OSError as error:
        place.wrong("E102", _reason(error), "make it a readable file")
        return None
    except ValueError:  # a path with a NUL
        place.wrong("E102", "is not a path", "give the path of a file")
        return None
    if content is None:
        place.wrong("E102", "is not a plain file", "put a data file there")
    elif len(content) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024 // 1024} MiB"
        place.wrong("E102", message, "split it, one record a file")
        return None
    return content


def _decoded(place: Place, content: bytes) -> str | None:
    """The text of a file; None, with a problem, if it is none."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 (byte {error.start + 1})"
        place.wrong("E102", message, "save it as UTF-8")
    return None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which no key may be there twice."""
    twice = first_twice(key for key, _ in pairs)
    if twice is not None:
        raise ValueError(f"the key {twice!r} is there twice in one object")
    return dict(pairs)


def _number(text: str) -> int | float:
    """A number of JSON with a point or exponent: 2.0 is 2, as it is in a JSON Schema."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"
