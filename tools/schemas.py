"""Write the JSON Schemas of the data files to data/schema/: python3 tools/schemas.py [--check].

They are made from `rcpref.data.form`, so that editors complete and check the files as the program
reads them. They use no keyword that editors with older drafts do not know.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rcpref.data import form
from rcpref.data.form import Form, Key
from rcpref.model import FORM_VERSION

FOLDER = Path(__file__).parents[1] / "data" / "schema"

Schema = dict[str, Any]

DRAFT = "https://json-schema.org/draft/2020-12/schema"

DATE_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"
"""Form of a prefix date or an interval of two; whether the day exists is not in it."""

FILES = {
    "dataset.toml": "data/dataset.toml: what the data set says of itself",
    "properties.toml": "data/properties.toml: the vocabulary",
    "sources.toml": "data/sources.toml: where claims come from",
    "countries.toml": "data/countries.toml: States and territories",
    "record.toml": "a record, as in data/processes/bali-process.toml",
    "text.toml": "a text, as in data/texts/lima-2013.toml",
}


def schema(name: str) -> Schema:
    """Return the schema of a kind of data file."""
    return {
        "$schema": DRAFT,
        "$id": f"urn:rcpref:schema:{FORM_VERSION}:{name}",
        "title": FILES[name],
        **_file(name),
    }


def main() -> int:
    """Write the files that are not current, or name them."""
    stale = []
    for name in FILES:
        file = (FOLDER / name).with_suffix(".json")
        text = json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            stale.append(file.name)
            if "--check" not in sys.argv[1:]:
                file.write_text(text, encoding="utf-8")
    for file_name in stale:
        print(f"{file_name}: {'not current' if '--check' in sys.argv[1:] else 'written'}")
    return 1 if stale and "--check" in sys.argv[1:] else 0


# Parts ------------------------------------------------------------------------------

_STR: Schema = {"type": "string"}
_BOOL: Schema = {"type": "boolean"}


def _like(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _by_key(part: Schema) -> Schema:
    return {"type": "object", "additionalProperties": part}


_NAMES = _by_key(_STR)
_DATE = _like(DATE_PATTERN)


def _enum(*words: str) -> Schema:
    return {"enum": list(words)}


def _list(part: Schema) -> Schema:
    return {"type": "array", "items": part}


def _object(required: Mapping[str, Schema], optional: Mapping[str, Schema] = {}) -> Schema:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


# Data files -------------------------------------------------------------------------


_WORDS: Schema = {"type": "string", "minLength": 1}
_NUMBER: Schema = {"type": "integer", "minimum": 0, "maximum": form.LARGEST}

_READ: dict[str, Schema] = {
    form.STR: _WORDS,
    form.STRS: {"type": "array", "items": _WORDS, "minItems": 1},
    form.BOOL: _BOOL,
    form.INT: _NUMBER,
    form.DATE: _DATE,
    form.VALUE: {
        "type": ["string", "integer", "array"],
        "minLength": 1,
        "minimum": 0,
        "maximum": form.LARGEST,
        "items": _WORDS,
        "minItems": 1,
    },
    form.NAMES: _NAMES,
    form.TABLES: {"type": "array"},
    form.OBJECT: {"type": "object"},
}
"""What the values of each type are in data that are read."""


def _read(name: str, key: Key) -> Schema:
    made = dict(_READ[key.type])
    if key.type == form.TABLES:
        made["items"] = _table(form.PARTS[name])
    if key.choices and key.type == form.STRS:
        made |= {"items": _enum(*key.choices), "uniqueItems": True}
    elif key.choices:
        made = _enum(*key.choices)
    if key.pattern:
        made["pattern"] = f"^{key.pattern.regex}$"
    return {**made, **({"description": key.about} if key.about else {})}


def _table(keys: Form) -> Schema:
    made = _object({name: _read(name, key) for name, key in keys.items()})
    made["required"] = [name for name, key in keys.items() if key.required]
    return made


def _keyed(keys: Form, pattern: form.Pattern) -> Schema:
    """Tables by keys of their own, which are of this pattern."""
    names = {"pattern": f"^{pattern.regex}$"}
    return {"type": "object", "propertyNames": names, "additionalProperties": _table(keys)}


def _file(name: str) -> Schema:
    return {
        "dataset.toml": _table(form.DATASET),
        "properties.toml": _keyed(form.PROPERTY, form.PROPERTY_KEY),
        "sources.toml": _keyed(form.SOURCE, form.SOURCE_KEY),
        "countries.toml": _object({"country": _list(_table(form.COUNTRY))}),
        # The file of an overlay may leave out the names of a record that it adds to.
        "record.toml": {**_table(form.RECORD), "required": ["id"]},
        "text.toml": _table(form.TEXT),
    }[name]


if __name__ == "__main__":
    sys.exit(main())
