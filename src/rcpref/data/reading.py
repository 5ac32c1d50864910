"""TOML files of a data folder -> one checked document.

The document is the whole data set as plain dictionaries and lists; it is what the
digest is taken of, what a wheel carries as JSON and what `rcpref.data.loading` turns into
the model. Every rule about the form of the data is here, and every problem names the
file, the key and the remedy.

Codes: E1xx form, E2xx vocabulary, E3xx references, E4xx dates.

An overlay is a folder of the same form, without ``dataset.toml``, that adds records,
claims, sources, properties, States and texts to a document. What comes from it stays
told apart: the keys of its sources begin with ``overlay:``, and its records say
``overlay = true``.
"""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import tomli

from rcpref import dates
from rcpref.data import form
from rcpref.data.digest import digest_of
from rcpref.data.form import Field
from rcpref.errors import DataError, DateError
from rcpref.model import KINDS, OVERLAY, SCHEMA_VERSION

# What is read is limited far above what anybody writes by hand (the bundled data are 0.6
# MiB in 85 files; 78 claims on a record, 962 characters in a string), and far below what
# would keep a reader waiting: comparing claims takes the square of their number.
MAX_BYTES = 32 * 1024 * 1024
"""Largest data file that is read."""
MAX_FOLDER = 64 * 1024 * 1024
"""Most bytes that are read of one folder."""
MAX_FILES = 20_000
"""Most files of one kind."""
MAX_CLAIMS = 1_000
"""Most claims on one record, those of an overlay included."""
MAX_ITEMS = 10_000
"""Longest list."""
MAX_LETTERS = 20_000
"""Longest string, in characters."""
MAX_PROBLEMS = 1_000
"""Most problems that are looked for."""

Document = dict[str, Any]
"""The data set as plain data: dataset, properties, sources, countries, records (their
names), claims (by record), texts."""

_BIDI_MARKS = "\u200c\u200d\u200e\u200f"
_ALLOWED = "\n\u00a0\u202f" + _BIDI_MARKS


class _Enough(Exception):
    """So many problems have been found that nobody would read more of them."""


class Problem(NamedTuple):
    """Something wrong with the data.

    Attributes:
        code: Code of the rule, as in ``E301``.
        file: The file, relative to the folder it was read from.
        key: Where in the file.
        message: What is wrong.
        remedy: What to do.
    """

    code: str
    file: str
    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: {self.message} [{self.code}]"


def read_folder(folder: str, base: Mapping[str, Any] | None = None) -> Document:
    """Read and check a data folder.

    Args:
        folder: Path of the folder that holds ``dataset.toml`` and the rest.
        base: The document to which the folder is an overlay; None if it is whole.

    Returns:
        The document; for an overlay, that of the base with what it adds.

    Raises:
        DataError: The first problem found, with file, key and remedy.
    """
    reader = Reader(folder, base)
    document = reader.document()
    _refuse(reader)
    return document


def read_exported(path: str) -> Document:
    """Read and check a data set that was exported as JSON.

    Args:
        path: Path of the file.

    Returns:
        The document.

    Raises:
        DataError: The first problem found, with key and remedy.
    """
    reader = ExportedReader(path)
    document = reader.document()
    _refuse(reader)
    return document


def _refuse(reader: "Reader") -> None:
    """Raise the first problem found, if there is any."""
    if not reader.problems:
        return
    problem = reader.problems[0]
    more = len(reader.problems) - 1
    raise DataError(
        f"{os.path.join(reader.folder, problem.file) if problem.file else reader.folder}"
        f"{': ' + problem.key if problem.key else ''}: {problem.message} [{problem.code}]"
        + (f" (and {more} more)" if more else ""),
        problem.remedy,
    )


class Reader:
    """Reads one data folder and collects every problem of form on the way.

    Args:
        folder: Path of the folder.
        base: The document to which the folder is an overlay; None if it is whole.

    Attributes:
        problems: What is wrong, in the order of files and keys.
    """

    source_fields: Mapping[str, Field] = form.SOURCE
    record_fields: Mapping[str, Field] = form.RECORD
    source_key: form.Key = form.SOURCE_KEY

    def __init__(self, folder: str, base: Mapping[str, Any] | None = None) -> None:
        self.folder = folder
        # While they are read, the claims are in their records, as they are in the files.
        self.base = _joined(base) if base is not None else None
        self.problems: list[Problem] = []
        self._size = 0
        self._passage_refs: frozenset[str] = frozenset()

    def document(self) -> Document:
        """Read all files; what has a problem is left out of the result."""
        try:
            return self._read()
        except _Enough:
            return {}

    def _read(self) -> Document:
        base: Document = self.base or {"records": {}, "texts": {}}
        self._open()
        if self.problems:
            return _split(base) if self.base else {}
        document: Document = {
            "dataset": self._dataset(),
            "properties": self._keyed("properties.toml", form.PROPERTY, form.PROPERTY_KEY),
            "sources": self._keyed("sources.toml", self.source_fields, self.source_key),
            "countries": self._countries(),
            # A claim that an overlay adds must not reach the document below it.
            "records": {
                key: {**record, "claims": list(record["claims"])}
                for key, record in base["records"].items()
            },
            "texts": dict(base["texts"]),
        }
        files: dict[str, str] = {}
        for kind, folder in KINDS.items():
            for file in self._files(folder):
                self._record(file, kind, document["records"], files)
        for file in self._files("texts"):
            self._text(file, document["texts"], files)
        if not self.problems:
            self._listed_with(document)
            self._passage_refs = frozenset(
                f"{key}/{passage['kind']}-{passage['number']}"
                for key, text in document["texts"].items()
                for passage in text["passages"]
            )
            for key, file in files.items():
                if key.startswith("text "):
                    self._passages(file, document["texts"][key.removeprefix("text ")], document)
                else:
                    self._claims(file, document["records"][key], document)
        if self.base is not None and not self.problems:
            self._label(document)
            kinds = list(KINDS)
            document["records"] = dict(
                sorted(
                    document["records"].items(),
                    key=lambda pair: (kinds.index(pair[1]["kind"]), pair[0]),
                )
            )
        return _split(document)

    def _open(self) -> None:
        """See whether there is anything to read."""
        if not os.path.isdir(self.folder):
            self._problem("E102", "", "", "is not a folder", "give the path of a data folder")
        elif self.base is not None and not self._has_files():
            remedy = "put processes/NAME.toml or the like into it"
            self._problem("E102", "", "", "has no data files", remedy)

    def _has_files(self) -> bool:
        names = ("properties.toml", "sources.toml", "countries.toml", "texts", *KINDS.values())
        return any(os.path.exists(os.path.join(self.folder, name)) for name in names)

    def _label(self, document: Document) -> None:
        """Say of each claim of an overlay, by its source, that it comes from there."""
        base = self.base or {}
        for key, record in document["records"].items():
            known = base["records"].get(key)
            if known is None:
                record["overlay"] = True
            first_new = len(known["claims"]) if known else 0
            for place, claim in enumerate(record["claims"]):
                if place >= first_new:
                    source = claim["source"]
                    record["claims"][place] = {**claim, "source": OVERLAY + source}
                    entry = {**document["sources"][source], "overlay": True}
                    document["sources"][OVERLAY + source] = entry
        documents = {text["document"] for text in document["texts"].values()}
        for key in [key for key in document["sources"] if key not in base["sources"]]:
            if not key.startswith(OVERLAY):
                # Kept under its own key only where a text of the overlay needs it.
                if key in documents:
                    document["sources"][key] = {**document["sources"][key], "overlay": True}
                else:
                    del document["sources"][key]

    # Files -------------------------------------------------------------------------

    def _problem(self, code: str, file: str, key: str, message: str, remedy: str) -> None:
        # A key or value from the data may be as long as a file.
        told = map(_clipped, (key, message, remedy))
        self.problems.append(Problem(code, file, *told))
        if len(self.problems) == MAX_PROBLEMS:
            message = f"has {MAX_PROBLEMS:,} problems or more; no more are looked for"
            self.problems.append(Problem("E102", "", "", message, "correct these first"))
            raise _Enough

    def _files(self, folder: str) -> list[str]:
        path = os.path.join(self.folder, folder)
        if not os.path.lexists(path):
            return []
        try:
            names = sorted(os.listdir(path), key=_by_id)
        except OSError as error:
            self._problem("E102", folder, "", _reason(error), "make it a readable folder")
            return []
        files = [
            f"{folder}/{name}"
            for name in names
            if name.endswith(".toml") and not name.startswith(".")
        ]
        if len(files) > MAX_FILES:
            message = f"has more than {MAX_FILES:,} files"
            self._problem("E102", folder, "", message, "leave out what you do not need")
            return []
        return files

    def _parse(self, file: str) -> dict[str, Any] | None:
        content = self._content(file, os.path.join(self.folder, file))
        if content is None:
            return None
        try:
            return tomli.loads(content.replace("\r\n", "\n"))
        except (ValueError, RecursionError) as error:
            message = f"is not valid TOML: {str(error) or 'it is nested too deeply'}"
            self._problem("E101", file, "", message, "correct the syntax at that place")
        return None

    def _content(self, file: str, path: str) -> str | None:
        """The text of a file; None, with a problem, if it cannot be read."""
        try:
            # Opening a FIFO or a device could wait for ever: look before.
            status = os.stat(path)
            if not stat.S_ISREG(status.st_mode):
                self._problem("E102", file, "", "is not a plain file", "put a data file there")
                return None
            content = b""
            if status.st_size <= MAX_BYTES:
                with open(path, "rb") as stream:
                    # Somebody may be writing to it: it may have grown since.
                    content = stream.read(MAX_BYTES + 1)
            if max(status.st_size, len(content)) > MAX_BYTES:
                message = f"is larger than {MAX_BYTES // 1024 // 1024} MiB"
                self._problem("E102", file, "", message, "split it, one record a file")
                return None
            self._size += len(content)
            if self._size > MAX_FOLDER:
                message = f"makes the folder larger than {MAX_FOLDER // 1024 // 1024} MiB"
                self._problem("E102", file, "", message, "leave out what you do not need")
                return None
            return content.decode("utf-8-sig")
        except OSError as error:
            self._problem("E102", file, "", _reason(error), "make it a readable file")
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 (byte {error.start + 1})"
            self._problem("E102", file, "", message, "save it as UTF-8")
        except ValueError:  # a path with a NUL
            self._problem("E102", file, "", "is not a path", "give the path of a file")
        return None

    def _optional(self, file: str) -> dict[str, Any] | None:
        """The same for a file that an overlay need not have."""
        if self.base is not None and not os.path.lexists(os.path.join(self.folder, file)):
            return None
        return self._parse(file)

    # Form --------------------------------------------------------------------------

    def _shape(
        self, file: str, key: str, table: Mapping[str, Any], fields: Mapping[str, Field]
    ) -> bool:
        """Whether the table has the required keys, no others, and the right types."""
        before = len(self.problems)
        dot = f"{key}." if key else ""
        for name in table:
            if name not in fields:
                known = ", ".join(fields)
                self._problem(
                    "E104", file, dot + name, "is not a known key", f"use one of: {known}"
                )
        for name, field in fields.items():
            if name not in table:
                if field.required:
                    self._problem("E103", file, dot + name, "is missing", f"add {name} = ...")
                continue
            self._type(file, dot + name, table[name], field)
        return len(self.problems) == before

    def _type(self, file: str, key: str, value: Any, field: Field) -> None:
        wanted = _type_problem(value, field.type)
        if wanted:
            self._problem("E105", file, key, f"must be {wanted}", f"write {key} as {wanted}")
            return
        if isinstance(value, list) and len(value) > MAX_ITEMS:
            message = f"is a list of more than {MAX_ITEMS:,}"
            self._problem("E102", file, key, message, "split it, or leave some out")
            return
        if field.type in (form.TABLES, form.OBJECT):
            return  # each table is checked with its own fields
        for text in _strings(value):
            if len(text) > MAX_LETTERS:
                message = f"has more than {MAX_LETTERS:,} characters"
                self._problem("E102", file, key, message, "shorten it")
                return
            if not text.strip():
                self._problem("E109", file, key, "is empty", "fill it in or leave the key out")
                return
            if not _is_clean(text):
                self._problem(
                    "E106",
                    file,
                    key,
                    "has control or bidi-override characters",
                    "delete the characters that cannot be seen",
                )
                return
        if field.type == form.DATE:
            self._date(file, key, value)
        for text in _strings(value) if field.choices else ():
            if text not in field.choices:
                known = ", ".join(field.choices)
                self._problem("E204", file, key, f"{text!r} is not known", f"use one of: {known}")

    def _date(self, file: str, key: str, value: str) -> None:
        try:
            dates.parse(value)
        except DateError as error:
            code = "E402" if "/" in value and "before" in error.message else "E401"
            self._problem(code, file, key, error.message, error.hint)

    # Single files ------------------------------------------------------------------

    def _dataset(self) -> dict[str, Any]:
        if self.base is not None:
            return dict(self.base["dataset"])
        table = self._parse("dataset.toml")
        if table is None or not self._shape("dataset.toml", "", table, form.DATASET):
            return {}
        self._version("dataset.toml", table["schema_version"])
        return table

    def _version(self, file: str, version: int) -> None:
        if version != SCHEMA_VERSION:
            self._problem(
                "E105",
                file,
                "schema_version",
                f"is {version}; this program reads {SCHEMA_VERSION}",
                "use the data that came with the program, or the program made for these data",
            )

    def _keyed(self, file: str, fields: Mapping[str, Field], key_form: form.Key) -> dict[str, Any]:
        name = file.removesuffix(".toml")
        known: dict[str, Any] = self.base[name] if self.base is not None else {}
        result = dict(known)
        for key, table in (self._optional(file) or {}).items():
            if not self._is_key(file, key, key_form):
                continue
            if key in known and table != known[key]:
                remedy = "an overlay only adds: give it another key"
                self._problem("E107", file, key, "is already in the data", remedy)
            elif not isinstance(table, dict):
                self._problem("E105", file, key, "must be a table", f"write [{key}]")
            elif self._shape(file, key, table, fields):
                result[key] = table
        return result

    def _is_key(self, file: str, key: str, key_form: form.Key) -> bool:
        """Whether the key of a table has its form: shells and references hold it."""
        before, place = len(self.problems), f"key {key!r}"
        self._type(file, place, key, Field(form.STR))
        if len(self.problems) == before and not key_form.fits(key):
            self._problem("E105", file, place, "is not a key", f"use {key_form.about}")
        return len(self.problems) == before

    def _countries(self) -> dict[str, Any]:
        file = "countries.toml"
        result: dict[str, Any] = dict(self.base["countries"]) if self.base is not None else {}
        table = self._optional(file)
        if table is None or not self._shape(file, "", table, {"country": Field(form.TABLES, True)}):
            return result
        for index, country in enumerate(table["country"], 1):
            code = country.get("alpha3")
            key = f"country[{code if isinstance(code, str) else index}]"
            if not self._shape(file, key, country, form.COUNTRY):
                continue
            code = country["alpha3"]
            if code in result:
                self._problem("E107", file, key, "is there twice", "keep one of the two")
            elif not form.STATE_KEY.fits(code):
                remedy = f"use {form.STATE_KEY.about}"
                self._problem("E105", file, f"{key}.alpha3", "is not an alpha-3 code", remedy)
            result[code] = country
        return result

    def _listed_with(self, document: Document) -> None:
        """A territory printed with a State: the State and the source must exist."""
        file = "countries.toml"
        for code, country in document["countries"].items():
            given = [name for name in country if name.startswith("listed_")]
            key = f"country[{code}]"
            if given and len(given) < 3:
                self._problem(
                    "E103",
                    file,
                    key,
                    "needs listed_with, listed_source and listed_note together",
                    "give all three, or none",
                )
            elif given and country["listed_with"] not in document["countries"]:
                self._problem(
                    "E302",
                    file,
                    f"{key}.listed_with",
                    f"{country['listed_with']!r} is not in countries.toml",
                    "use the ISO 3166-1 alpha-3 code",
                )
            elif given and country["listed_source"] not in document["sources"]:
                self._problem(
                    "E301",
                    file,
                    f"{key}.listed_source",
                    f"{country['listed_source']!r} is not in sources.toml",
                    "add the source there, or correct the key",
                )

    # Records -----------------------------------------------------------------------

    def _record(self, file: str, kind: str, records: dict[str, Any], files: dict[str, str]) -> None:
        table = self._parse(file)
        if table is None:
            return
        key = table.get("id")
        known = self.base["records"].get(key) if self.base and isinstance(key, str) else None
        if known is not None:
            # An overlay may leave out the names of a record that it adds claims to.
            table = {**{name: known[name] for name in self.record_fields if name in known}, **table}
        if not self._shape(file, "", table, self.record_fields):
            return
        key = table["id"]
        changed = [
            name for name in table if name != "claim" and known and table[name] != known.get(name)
        ]
        if changed:
            remedy = "an overlay adds claims to a record; leave its other keys out"
            self._problem("E107", file, changed[0], "differs from the data", remedy)
            return
        if key in files or (key in records and known is None):
            self._problem(
                "E107",
                file,
                "id",
                f"{key!r} is also in {files.get(key, 'another file')}",
                "give one of them another id",
            )
            return
        if os.path.basename(file) != f"{key}.toml":
            self._problem(
                "E108", file, "id", f"is {key!r}, unlike the file's name", f"name it {key}.toml"
            )
        else:
            self._id(file, key)
        if table["kind"] != kind:
            folder = KINDS[table["kind"]]
            self._problem(
                "E108",
                file,
                "kind",
                f"is {table['kind']!r}, unlike the folder",
                f"move it to {folder}/",
            )
        claims = table.pop("claim", [])
        if len(claims) + len(known["claims"] if known else ()) > MAX_CLAIMS:
            message = f"has more than {MAX_CLAIMS:,} claims"
            self._problem("E102", file, "claim", message, "leave out what you do not need")
            return
        good = [
            claim
            for index, claim in enumerate(claims, 1)
            if self._shape(file, _claim_key(index, claim), claim, form.CLAIM)
        ]
        table["claims"] = [*known["claims"], *good] if known else good
        records[key] = table
        files[key] = file

    def _id(self, file: str, key: str) -> None:
        """An id stands in references and in names of files."""
        if not form.ID_KEY.fits(key):
            remedy = f"use {form.ID_KEY.about}"
            self._problem("E105", file, "id", f"{key!r} is not an id", remedy)

    def _claims(self, file: str, record: Mapping[str, Any], document: Document) -> None:
        known = self.base["records"].get(record["id"]) if self.base is not None else None
        own = record["claims"][len(known["claims"]) :] if known else record["claims"]
        for index, claim in enumerate(own, 1):
            key = _claim_key(index, claim)
            prop = document["properties"].get(claim["property"])
            if prop is None:
                self._problem(
                    "E201",
                    file,
                    f"{key}.property",
                    f"{claim['property']!r} is not in properties.toml",
                    "use a property from there, or add this one",
                )
                continue
            if record["kind"] not in prop["kinds"]:
                self._problem(
                    "E202",
                    file,
                    f"{key}.property",
                    f"is not used for the kind {record['kind']!r}",
                    "use another property, or add the kind in properties.toml",
                )
            self._value(file, key, claim, prop["type"], document["countries"])
            if claim["source"] not in document["sources"]:
                self._problem(
                    "E301",
                    file,
                    f"{key}.source",
                    f"{claim['source']!r} is not in sources.toml",
                    "add the source there, or correct the key",
                )
            if "passage" in claim and claim["passage"] not in self._passage_refs:
                self._problem(
                    "E303",
                    file,
                    f"{key}.passage",
                    f"{claim['passage']!r} is not a passage of any text",
                    "use a reference such as lima-2013/paragraph-3",
                )
            self._claim_dates(file, key, claim)

    def _value(
        self, file: str, key: str, claim: Mapping[str, Any], kind: str, countries: Mapping[str, Any]
    ) -> None:
        expected = {
            "integer": form.INT,
            "date": form.DATE,
            "texts": form.STRS,
            "states": form.STRS,
        }.get(kind, form.STR)
        wanted = _type_problem(claim["value"], expected)
        if wanted:
            self._problem(
                "E203",
                file,
                f"{key}.value",
                f"must be {wanted}, as {claim['property']} is of type {kind}",
                f"write value as {wanted}",
            )
            return
        if kind == "date":
            self._date(file, f"{key}.value", claim["value"])
        codes = [("disputed", code) for code in claim.get("disputed", ())]
        if kind == "states":
            codes += [("value", code) for code in claim["value"]]
        for name, code in codes:
            if code not in countries:
                self._problem(
                    "E302",
                    file,
                    f"{key}.{name}",
                    f"{code!r} is not in countries.toml",
                    "use the ISO 3166-1 alpha-3 code",
                )
        for name in ("value", "disputed"):
            listed = claim.get(name)
            if isinstance(listed, list) and (twice := _twice(listed)) is not None:
                self._problem(
                    "E107",
                    file,
                    f"{key}.{name}",
                    f"{twice!r} is there twice",
                    "keep one of the two",
                )

    def _claim_dates(self, file: str, key: str, claim: Mapping[str, Any]) -> None:
        if "from" not in claim or "until" not in claim:
            return
        if dates.parse(claim["until"]).last < dates.parse(claim["from"]).first:
            self._problem(
                "E402",
                file,
                f"{key}.until",
                f"{claim['until']!r} is before from = {claim['from']!r}",
                "exchange the two or correct one",
            )

    # Texts -------------------------------------------------------------------------

    def _text(self, file: str, texts: dict[str, Any], files: dict[str, str]) -> None:
        table = self._parse(file)
        if table is None or not self._shape(file, "", table, form.TEXT):
            return
        key = table["id"]
        if key in texts:
            self._problem("E107", file, "id", f"{key!r} is there twice", "give one another id")
            return
        if os.path.basename(file) != f"{key}.toml":
            self._problem(
                "E108", file, "id", f"is {key!r}, unlike the file's name", f"name it {key}.toml"
            )
        else:
            self._id(file, key)
        passages = []
        seen = set()
        for index, passage in enumerate(table.pop("passage"), 1):
            place = _passage_key(index, passage)
            if not self._shape(file, place, passage, form.PASSAGE):
                continue
            for name, fields in (
                ("emphasis", form.EMPHASIS),
                ("mentions", form.MENTION),
                ("notes", form.NOTE),
            ):
                for number, part in enumerate(passage.get(name, ()), 1):
                    self._shape(file, f"{place}.{name}[{number}]", part, fields)
            label = (passage["kind"], passage["number"])
            if label in seen:
                self._problem("E107", file, place, "is there twice", "number them anew")
            seen.add(label)
            passages.append(passage)
        table["passages"] = passages
        texts[key] = table
        files["text " + key] = file

    def _passages(self, file: str, text: Mapping[str, Any], document: Document) -> None:
        for name in ("document", "meeting"):
            if text[name] not in document["records"]:
                self._unknown_record(file, name, text[name])
        if text["document"] not in document["sources"]:
            self._problem(
                "E301",
                file,
                "document",
                f"{text['document']!r} is not in sources.toml",
                "add the document there under its id",
            )
        words_of = {
            f"{text['id']}/{passage['kind']}-{passage['number']}": passage["text"]
            for passage in text["passages"]
        }
        for index, passage in enumerate(text["passages"], 1):
            key = _passage_key(index, passage)
            for name in ("within", "mark_in"):
                if name in passage and passage[name] not in words_of:
                    self._problem(
                        "E303",
                        file,
                        f"{key}.{name}",
                        f"{passage[name]!r} is not a passage of this text",
                        f"use a reference such as {text['id']}/paragraph-1",
                    )
            quoted = [
                (f"{name}[{number}]", part["words"], passage["text"])
                for name in ("emphasis", "mentions", "notes")
                for number, part in enumerate(passage.get(name, ()), 1)
            ]
            if passage.get("within") in words_of:
                quoted.append(("text", passage["text"], words_of[passage["within"]]))
            if passage.get("mark_in") in words_of:
                after = passage.get("mark_after", "")
                quoted.append(("mark_after", after, words_of[passage["mark_in"]]))
            for number, part in enumerate(passage.get("emphasis", ()), 1):
                found = passage["text"].count(part["words"])
                if found and not 1 <= part.get("occurrence", 1) <= found:
                    self._problem(
                        "E305",
                        file,
                        f"{key}.emphasis[{number}].occurrence",
                        f"{part['words']!r} is there {found} times",
                        f"use a number from 1 to {found}",
                    )
            for name, words, whole in quoted:
                if not words or words not in whole:
                    self._problem(
                        "E305",
                        file,
                        f"{key}.{name}",
                        f"{words!r} is not in the passage",
                        "copy the words exactly as they stand there",
                    )
            for number, part in enumerate(passage.get("mentions", ()), 1):
                place = f"{key}.mentions[{number}]"
                if ("record" in part) == ("state" in part):
                    self._problem(
                        "E103", file, place, "needs a record or a state", "name one of the two"
                    )
                elif "record" in part and part["record"] not in document["records"]:
                    self._unknown_record(file, f"{place}.record", part["record"])
                elif "state" in part and part["state"] not in document["countries"]:
                    self._problem(
                        "E302",
                        file,
                        f"{place}.state",
                        f"{part['state']!r} is not in countries.toml",
                        "use the ISO 3166-1 alpha-3 code",
                    )

    def _unknown_record(self, file: str, key: str, record: str) -> None:
        self._problem(
            "E304", file, key, f"{record!r} is not a record", "correct the id, or add the record"
        )


class ExportedReader(Reader):
    """Reads a data set that was exported as JSON, by the rules for a data folder.

    The JSON is taken apart into the tables that the files of a folder hold, so that every
    rule of form applies; problems name the place in the JSON. What an overlay added may
    say so, as it did when it was exported.

    Args:
        path: Path of the file.
    """

    source_fields: Mapping[str, Field] = {**form.SOURCE, "overlay": Field(form.BOOL)}
    record_fields: Mapping[str, Field] = {**form.RECORD, "overlay": Field(form.BOOL)}
    source_key: form.Key = form.EXPORTED_SOURCE_KEY

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._tables: dict[str, Any] = {}
        self._digest: str | None = None

    def document(self) -> Document:
        """Read the file; what has a problem is left out of the result."""
        document = super().document()
        if not self.problems and self._digest not in (None, digest_of(document)):
            remedy = "leave it out if you have changed the data on purpose"
            self._problem("E105", "", "digest", "is not that of these data", remedy)
        return document

    def _problem(self, code: str, file: str, key: str, message: str, remedy: str) -> None:
        folder, _, name = file.removesuffix(".toml").partition("/")
        place = ("texts" if folder == "texts" else "records") + f".{name}" if name else folder
        super()._problem(code, "", ": ".join(filter(None, (place, key))), message, remedy)

    def _open(self) -> None:
        import json

        content = self._content("", self.folder)
        if content is None:
            remedy = "give a data folder, or a JSON file that rcpref export has written"
            self.problems = [each._replace(remedy=remedy) for each in self.problems]
            return
        try:
            whole = json.loads(content, object_pairs_hook=_once)
        except (ValueError, RecursionError) as error:
            deep = isinstance(error, RecursionError)
            message = f"is not valid JSON: {'it is nested too deeply' if deep else error}"
            self._problem("E101", "", "", message, "export the data anew")
            return
        if not isinstance(whole, dict):
            self._problem("E105", "", "", "is not an object", "export the data anew")
        elif self._shape("", "", whole, _EXPORTED):
            self._version("", whole["schema_version"])
            self._digest = whole.get("digest")
            self._take_apart(whole)

    def _take_apart(self, whole: Mapping[str, Any]) -> None:
        for name in ("dataset", "properties", "sources"):
            self._tables[f"{name}.toml"] = whole[name]
        countries = whole["countries"]
        self._tables["countries.toml"] = {"country": list(countries.values())}
        for key, country in countries.items():
            if isinstance(country, dict) and country.get("alpha3") != key:
                remedy = "use the code in alpha3 as the key"
                self._problem("E108", "countries", key, "is not the code of that State", remedy)
        for section, singular, plural in (
            ("records", "claim", "claims"),
            ("texts", "passage", "passages"),
        ):
            # In the files the tables of a list are called by the singular.
            names = {plural: singular, singular: f"{singular} (for {plural})"}
            for key, raw in whole[section].items():
                if not isinstance(raw, dict):
                    self._problem("E105", "", f"{section}.{key}", "is not an object", "make it one")
                    continue
                kind = raw.get("kind")
                folder = KINDS.get(kind, "processes") if isinstance(kind, str) else "processes"
                file = f"{folder if section == 'records' else 'texts'}/{key}.toml"
                self._tables[file] = {names.get(name, name): raw[name] for name in raw}

    def _files(self, folder: str) -> list[str]:
        files = (file for file in self._tables if file.startswith(f"{folder}/"))
        return sorted(files, key=_by_id)

    def _parse(self, file: str) -> dict[str, Any] | None:
        return dict(self._tables[file])


_EXPORTED = {
    "schema_version": Field(form.INT, True),
    "digest": Field(form.STR),
    **{
        name: Field(form.OBJECT, True)
        for name in ("dataset", "properties", "sources", "countries", "records", "texts")
    },
}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, in which no key may stand twice."""
    twice = _twice([key for key, _ in pairs])
    if twice is not None:
        raise ValueError(f"the key {twice!r} is there twice in one object")
    return dict(pairs)


def exported(document: Mapping[str, Any], digest: str) -> Document:
    """The document in the form of an exported JSON: the claims are in their records."""
    joined = _joined(document)
    order = ("dataset", "properties", "sources", "countries", "records", "texts")
    head = {"schema_version": SCHEMA_VERSION, "digest": digest}
    return {**head, **{name: joined[name] for name in order}}


def _joined(document: Mapping[str, Any]) -> Document:
    records = {
        key: {**record, "claims": document["claims"][key]}
        for key, record in document["records"].items()
    }
    return {
        **{key: document[key] for key in document if key not in ("records", "claims")},
        "records": records,
    }


def _split(document: Document) -> Document:
    records, claims = {}, {}
    for key, record in document["records"].items():
        claims[key] = record["claims"]
        records[key] = {name: value for name, value in record.items() if name != "claims"}
    return {
        "dataset": document["dataset"],
        "properties": document["properties"],
        "sources": document["sources"],
        "countries": document["countries"],
        "records": records,
        "claims": claims,
        "texts": document["texts"],
    }


def _reason(error: OSError) -> str:
    return f"cannot be read: {error.strerror or error}"


def _by_id(file: str) -> str:
    """By which files are sorted: "igc" comes before "igc-own", "igc-own.toml" would not."""
    return file.removesuffix(".toml")


def _claim_key(index: int, claim: Any) -> str:
    name = claim.get("property") if isinstance(claim, dict) else None
    return f"claim {index} ({name})" if isinstance(name, str) else f"claim {index}"


def _passage_key(index: int, passage: Mapping[str, Any]) -> str:
    kind, number = passage.get("kind"), passage.get("number")
    # Python refuses to write down a number of thousands of digits.
    if isinstance(kind, str) and (isinstance(number, str) or not _type_problem(number, form.INT)):
        return f"passage {kind}-{number}"
    return f"passage {index}"


def _twice(items: Iterable[str]) -> str | None:
    """The first item that has been there before; None if each is there once."""
    seen: set[str] = set()
    for item in items:
        if item in seen:
            return item
        seen.add(item)
    return None


def _clipped(text: str) -> str:
    """The text, or its beginning and its end where it is very long."""
    return text if len(text) <= 400 else f"{text[:250]} [...] {text[-100:]}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from value
        yield from value.values()


def _is_clean(text: str) -> bool:
    return text.isprintable() or all(
        character.isprintable() or character in _ALLOWED for character in text
    )


def _type_problem(value: Any, wanted: str) -> str:
    """What the value should be, or an empty string if it is."""
    if wanted in (form.STR, form.DATE):
        if isinstance(value, str):
            return ""
        return "a string" if wanted == form.STR else 'a date in quotes, such as "2013-05"'
    if wanted == form.BOOL:
        return "" if isinstance(value, bool) else "true or false"
    if wanted == form.INT:
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= form.LARGEST
        return "" if good else f"a whole number from 0 to {form.LARGEST}"
    if wanted == form.STRS:
        good = isinstance(value, list) and bool(value) and _all_are(value, str)
        return "" if good else "a list of strings that is not empty"
    if wanted == form.TABLES:
        good = isinstance(value, list) and _all_are(value, dict)
        return "" if good else "a list of tables"
    if wanted == form.OBJECT:
        return "" if isinstance(value, dict) else "an object"
    if wanted == form.NAMES:
        good = isinstance(value, dict) and _all_are(value.values(), str)
        return "" if good else 'a table of names by language, such as { fr = "..." }'
    good = (
        isinstance(value, str)
        or not _type_problem(value, form.INT)
        or (isinstance(value, list) and _all_are(value, str))
    )
    return "" if good else "a string, a whole number or a list of strings"


def _all_are(values: Iterable[Any], kind: type) -> bool:
    return all(isinstance(value, kind) for value in values)
