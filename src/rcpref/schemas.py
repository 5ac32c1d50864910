"""JSON Schemas (draft 2020-12) of the data files and of all JSON output.

Those of the data files are made from `rcpref.data.form`, those of the output from it and from
`rcpref.views.shapes`; no key goes unnamed, so that a change of shape cannot pass unseen. They
use no keyword that editors with older drafts do not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rcpref.answers.membership.answer import ANSWERS, BASES, OPEN
from rcpref.data import form
from rcpref.data.form import Form, Key
from rcpref.model import EFFECTS, FORM_VERSION, KINDS, SCHEMA_VERSION, TIERS
from rcpref.views import shapes

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
    "export.json": "the whole data set, as rcpref export writes it to JSON",
}

_DESCRIBED = {
    "envelope": "the object that -f json prints, whatever the command",
    "columns": "the same with --columns: items are rows of the columns named",
    "schema": "rcpref schema, without a name",
}


def names() -> dict[str, str]:
    """All schemas by name, with what they describe."""
    return {**FILES, **OUTPUTS}


def schema(name: str) -> Schema:
    """The schema of this name."""
    made = _file(name) if name in FILES else _output(name)
    return {
        "$schema": DRAFT,
        "$id": f"urn:rcpref:schema:{FORM_VERSION if name in FILES else SCHEMA_VERSION}:{name}",
        "title": names()[name],
        **made,
    }


def as_json(name: str) -> str:
    """The schema of this name as the text of a file."""
    import json

    return json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"


# Parts ------------------------------------------------------------------------------

_STR: Schema = {"type": "string"}
_INT: Schema = {"type": "integer"}
_BOOL: Schema = {"type": "boolean"}
_STRS: Schema = {"type": "array", "items": _STR}


def _like(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _by_key(part: Schema) -> Schema:
    return {"type": "object", "additionalProperties": part}


_NAMES = _by_key(_STR)
_DATE = _like(DATE_PATTERN)
_DAY = _like("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_CODE = _like("^[A-Z]{3}$")
_SHA256 = _like("^[0-9a-f]{64}$")


def _or_null(part: Schema) -> Schema:
    if "enum" in part:
        return {**part, "enum": [*part["enum"], None]}
    return {**part, "type": [part["type"], "null"]}


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
        "export.json": _exported(),
    }[name]


def _exported() -> Schema:
    forms = form.IN_EXPORTS
    parts = {
        "schema_version": {"enum": [FORM_VERSION]},
        "digest": _SHA256,
        "dataset": _table(form.DATASET),
        "properties": _keyed(forms["properties"], form.PROPERTY_KEY),
        "sources": _keyed(forms["sources"], form.EXPORTED_SOURCE_KEY),
        "countries": _keyed(forms["countries"], form.STATE_KEY),
        "records": _keyed(forms["records"], form.ID_KEY),
        "texts": _keyed(forms["texts"], form.ID_KEY),
    }
    made = _object(parts)
    made["required"] = [name for name, key in form.EXPORT.items() if key.required]
    return made


# Output -----------------------------------------------------------------------------

_KIND = _enum(*KINDS)

_PRINTED: dict[str, Schema] = {
    **_READ,
    form.STR: _STR,
    form.STRS: _STRS,
    form.INT: _INT,
    form.VALUE: {"type": ["string", "integer", "array"], "items": _STR},
}
"""What the values of each type are in items that are printed."""


def _printed(name: str, key: Key) -> Schema:
    if key.type == form.TABLES:
        return _list(_object(*_keys(form.PARTS[name])))
    made = _CODE if key.refers == form.COUNTRIES else _PRINTED[key.type]
    if key.choices:
        made = _enum(*key.choices)
    if key.type == form.STRS:
        return _list(made) if key.choices or key.refers else made
    may_lack = key.always and not key.required and key.unset is None
    return _or_null(made) if may_lack else made


def _keys(keys: Form, **first: Schema) -> tuple[dict[str, Schema], dict[str, Schema]]:
    """The keys that items always have, these first, and those that they may have."""
    every = form.shown(keys)
    return (
        first | {name: _printed(name, keys[name]) for name, _, always, _ in every if always},
        {name: _printed(name, keys[name]) for name, _, always, _ in every if not always},
    )


_CLAIM_REQUIRED, _CLAIM_OPTIONAL = _keys(form.CLAIM, ref=_STR)
_CLAIM = _object(_CLAIM_REQUIRED, _CLAIM_OPTIONAL)

# Said only of what does come from an overlay.
_OVERLAY: dict[str, Schema] = {name: {"enum": [True]} for name in form.OWN}

_RECORD: dict[str, Schema] = _keys(form.RECORD)[0]
_STATE: dict[str, Schema] = {
    **_keys(form.COUNTRY, id=_CODE)[0],
    "alpha2": _like("^[A-Z]{2}$"),
}

_PASSAGE_KEYS, _PASSAGE_LACKING = _keys(form.PASSAGE, ref=_STR)
_PASSAGE_OPTIONAL = {**_PASSAGE_LACKING, **_OVERLAY}
_PASSAGE_REQUIRED = {**_PASSAGE_KEYS, "source": _STR}
_PASSAGE = _object(_PASSAGE_REQUIRED, _PASSAGE_OPTIONAL)
_QUOTED = _object(_PASSAGE_REQUIRED, {**_PASSAGE_OPTIONAL, "quote": _STR})

_SOURCE, _SOURCE_KEYS = _keys(form.SOURCE)
_SOURCE_OPTIONAL = {**_SOURCE_KEYS, **_OVERLAY}


_TYPES: dict[str, Schema] = {
    shapes.TEXT: _STR,
    shapes.NAME: _STR,
    shapes.TEXTS: _STRS,
    shapes.DATE: _DATE,
    shapes.DAY: _DAY,
    shapes.INTEGER: _INT,
    shapes.NUMBER: {"type": "number"},
    shapes.TRUTH: {"type": "boolean"},
    shapes.ONLY_TRUE: {"enum": [True]},
    shapes.ID: _STR,
    shapes.CODE: _CODE,
    shapes.ANSWER: _enum(*ANSWERS),
    shapes.BASIS: _enum(*BASES),
    shapes.VALUE: {"type": ["string", "integer"]},
    shapes.EVIDENCE: _list(_object(*_keys(form.EVIDENCE, ref=_STR))),
    shapes.STANDING: _list(
        _object({"effect": _enum(*EFFECTS), "since": _DATE, "ref": _STR, "source": _STR})
    ),
    shapes.CLAIM: _CLAIM,
    shapes.CLAIMS: _list(_CLAIM),
    shapes.TIERED: _list(_object({**_CLAIM_REQUIRED, "tier": _enum(*TIERS)}, _CLAIM_OPTIONAL)),
    shapes.OBJECT: {"type": "object"},
    shapes.SOURCE: _object(_SOURCE, _SOURCE_OPTIONAL),
    shapes.CSL: {
        "type": "object",
        "required": ["id", "type", "title"],
        "description": "An item as in the CSL-JSON schema of citationstyles.org",
    },
    shapes.RULE: _like("^[EW][0-9]{3}$"),
}
"""What the values of each type are in the items of answers."""


def _field(field: shapes.Field) -> Schema:
    made = _enum(*field.choices) if field.choices else _TYPES[field.type]
    return _or_null(made) if field.null else made


def _shaped(shape: shapes.Shape, optional: Mapping[str, Schema] = {}) -> Schema:
    """The schema of the items of a shape, which may have some more keys."""
    fields = [field for field in shape.fields if field.item]
    required = {each.key: _field(each) for each in fields if each.key and not each.optional}
    if not all(field.key for field in fields):  # one of them is a whole claim
        return _object({**required, **_CLAIM_REQUIRED}, _CLAIM_OPTIONAL)
    lacking = {each.key: _field(each) for each in fields if each.optional}
    return _object(required, {**lacking, **optional})


_GIVEN = _shaped(shapes.GIVEN_ANSWER)
_ANSWERED: dict[str, Schema] = _GIVEN["properties"]
_TYPES[shapes.GIVEN] = _GIVEN
_TYPES[shapes.GIVENS] = _by_key(_GIVEN)


def _listed() -> list[Schema]:
    """What `list` gives: how many of each kind, or the entries of one kind."""
    # Where each of the words fits that were given.
    fits = {"fits": _by_key(_STRS)}
    text = {"id": _STR, "title": _STR, "date": _DATE, "language": _STR}
    text |= {"passages": _INT, "source": _STR}
    return [
        _object({"kind": _STR, "count": _INT}),
        _object(
            _RECORD,
            {
                **_OVERLAY,
                "claims": _list(_CLAIM),
                **_ANSWERED,
                "met": _DATE,
                **{
                    field.key: _field(field)
                    for shape in shapes.OVERVIEWS.values()
                    for field in shape.fields
                    if field.item
                },
                "occasion": _or_null(_STR),
                **fits,
            },
        ),
        # What may fit a filter, but not for certain.
        _object({"id": _STR, **_ANSWERED}),
        _object(_STATE, {**_OVERLAY, **fits}),
        _object({"id": _STR, **_SOURCE}, {**_SOURCE_OPTIONAL, **fits}),
        _object({"id": _STR, **_keys(form.PROPERTY)[0]}, {**_OVERLAY, **fits}),
        _object(text, {**_OVERLAY, **fits}),
        _object(_PASSAGE_REQUIRED, {**_PASSAGE_OPTIONAL, **fits}),
    ]


def _shown() -> list[Schema]:
    """What `show` gives: a record, a State, or with -p one item of a value."""
    passages = _list(_PASSAGE)

    def claims(more: Mapping[str, Schema]) -> Schema:
        history = {**_CLAIM_OPTIONAL, "in_dispute": _BOOL}
        return _list(_object({**more, **_CLAIM_REQUIRED}, history))

    return [
        _object({**_RECORD, "claims": claims({}), "passages": passages}, _OVERLAY),
        _object(
            {
                **_STATE,
                "kind": _enum("state"),
                "claims": claims({"record": _STR}),
                "passages": passages,
            },
            _OVERLAY,
        ),
        _shaped(shapes.FACT),
    ]


_ASKED: dict[str, Schema] = {"asked": _STR}
"""In an item where several things were asked for at once: for which of them it is."""

_ROW: Schema = {
    "type": "object",
    # A column of properties brings the claims that its values rest on.
    "properties": {"claims": _list(_CLAIM)},
    "additionalProperties": {
        "type": ["string", "integer", "boolean", "array", "null"],
        "items": _STR,
    },
}
_ANY: Schema = {"type": "object"}
_WHOLE: dict[str, Schema] = {
    "states": _INT,
    "territories": _INT,
    **dict.fromkeys(OPEN, _INT),
    "undated": _INT,
    "last_known": _or_null(_DATE),
    "last_listed": _or_null(_DATE),
    "count_against_list": _or_null(_STR),
    "heading": _STR,
}
_SUMMARY = _object({**_WHOLE, "beside": _by_key(_list(_shaped(shapes.PARTY)))})
_SUMMARY_OF: dict[str, Schema] = {
    # Where the members of several were asked for: one for each, by id.
    "members": {"anyOf": [_SUMMARY, _by_key(_SUMMARY)]},
    # The words of the picture.
    "map": _object(
        {**_WHOLE, "beside": _STRS, **dict.fromkeys(("title", "name", "origin", "which"), _STR)}
    ),
    "matrix": _object({"origin": _STR}),
}
_ITEM: Schema = {"$ref": "#/$defs/item"}
_ABOUT = "program title version date code_licence data_licence licence_note citation"
_COUNTED = "schema_version records claims sources properties states passages"

_ITEMS: dict[str, list[Schema]] = {
    "envelope": [_ANY],
    "columns": [_ROW],
    "list": _listed(),
    "show": _shown(),
    "search": [_shaped(shapes.HIT)],
    "which": [_shaped(shapes.MEANING, _ASKED)],
    "member": [_shaped(shapes.MEMBERSHIP)],
    "members": [_shaped(shapes.PARTY, _ASKED), _shaped(shapes.CHANGE, _ASKED)],
    "state": [_shaped(shapes.ROLE, _ASKED)],
    "compare": [_shaped(shapes.COMPARED), _shaped(shapes.TERM)],
    "matrix": [_shaped(shapes.PAIR)],
    "timeline": [_shaped(shapes.EVENT)],
    "map": [_shaped(shapes.MAPPED)],
    "disputes": [_shaped(shapes.DISPUTE)],
    "conclusions": [_QUOTED],
    "text": [_QUOTED],
    "cite": [_shaped(shapes.CITATION)],
    "check": [_shaped(shapes.FINDING)],
    "diff": [_shaped(shapes.DIFFERENCE)],
    "new": [
        _object({"path": _STR, "id": _STR, "kind": _KIND}),
        _object({"id": _STR, "kind": _KIND, "template": _STR}),
    ],
    "export": [_object({"path": _STR, "bytes": _INT, "sha256": _SHA256})],
    "schema": [_object({"name": _STR, "describes": _STR})],
    "about": [
        _object(
            {
                **dict.fromkeys(_ABOUT.split(), _STR),
                "digest": _SHA256,
                **dict.fromkeys(_COUNTED.split(), _INT),
            },
            {"overlay": _STR, "file": _STR},
        )
    ],
}

OUTPUTS = {name: _DESCRIBED.get(name, f"rcpref {name}") for name in _ITEMS}
"""Schemas of JSON output by name: those of the commands are called as the commands."""


def _output(name: str) -> Schema:
    """The envelope with the items of one command; ``$defs/item`` is one item."""
    forms = _ITEMS[name]
    command = _STR if name in ("envelope", "columns") else _enum(name)
    made = _object(
        {
            "schema_version": {"enum": [SCHEMA_VERSION]},
            "dataset": _object(
                {"version": _STR, "date": _DATE, "digest": _SHA256},
                {"overlay": _STR, "file": _STR},
            ),
            "query": {
                "type": "object",
                "properties": {"command": command},
                "required": ["command"],
            },
            "count": _INT,
            "items": _list(_ITEM),
            "sources": _by_key(_object(_SOURCE, _SOURCE_OPTIONAL)),
        },
        {
            # What has an answer that was not asked for, or is not certain.
            "uncertain": _list(_ITEM),
            "summary": _SUMMARY_OF.get(name, _ANY),
            # Why there is nothing, where the count is 0.
            "message": _STR,
        },
    )
    made["$defs"] = {"item": forms[0] if len(forms) == 1 else {"anyOf": forms}}
    return made
