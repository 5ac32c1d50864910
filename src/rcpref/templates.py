"""Commented templates for the files of an overlay: what to fill in, and what it means.

What is explained stands in comments, and so do the examples: a template states nothing
about anybody. Only the names of a new record are live and empty, so that ``rcpref
check`` asks for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rcpref.data import form
from rcpref.data.dataset import Data
from rcpref.model import TIERS

if TYPE_CHECKING:
    from rcpref.model.vocabulary import Property

SOURCE = "my-source"
"""Key of the source in the examples."""

TYPES = {
    "text": "the words of the source",
    "texts": "a list of such words",
    "choice": "one of the words that the definition names",
    "event": "what happened, in words",
    "url": "an address",
    "integer": "a whole number",
    "date": 'a date, as in "2013-05"',
    "states": 'a list of ISO 3166-1 alpha-3 codes, as in ["KEN", "PER"]',
    "record": "the id of another record",
}
"""What the values of each type of property look like."""


def record_template(data: Data, kind: str, key: str) -> str:
    """The file of a record in an overlay.

    For a record that the data have, it is a file of claims to add; an overlay leaves
    the names of such a record out.
    """
    known = data.document["records"].get(key)
    lines = ["#:schema ../schema/record.json"]
    if known is None:
        lines += [
            f"# A new record of the kind {kind}. Fill in its names.",
            f'id = "{key}"',
            f'kind = "{kind}"',
            "# Official name.",
            'name = ""',
            "# The everyday one, for tables.",
            'short_name = ""',
            "# Acronym, other names for look-up, names by language (ISO 639), where it has them:",
            '# acronym = "ABC"',
            '# aliases = ["Another Name"]',
            '# names = { fr = "Nom" }',
        ]
    else:
        lines += [
            f"# Claims to add to {known['short_name']} ({kind}). Its names are in the",
            "# data already, and an overlay cannot change them.",
            f'id = "{key}"',
        ]
    properties = [each for each in data.properties.values() if kind in each.kinds]
    used = {each.type for each in properties}
    lines += [
        "",
        "# A claim is one statement from one source. What no claim states is unknown, not",
        "# false: leave out what the source does not say. Write one such block for each:",
        "#",
        *_example(properties),
        "",
        "# The keys of a claim:",
        *_explained(_keys(form.CLAIM)),
        "",
        f"# Properties for the kind {kind}, with the type of their values:",
        *_explained({f"{each.key} ({each.type})": each.definition for each in properties}),
        "",
        "# Types:",
        *_explained({name: words for name, words in TYPES.items() if name in used}),
    ]
    return "\n".join([*lines, ""])


def sources_template() -> str:
    """The file of the sources of an overlay, with one example in comments."""
    lines = [
        "#:schema schema/sources.json",
        "# Sources: one table for each, under a key that claims name it by.",
        "#",
        f"# [{SOURCE}]",
        '# title = "Title of the page"',
        '# publisher = ["Who published it"]',
        '# type = "webpage"',
        f'# tier = "{TIERS[0]}"',
        '# date = "2024-05"',
        '# url = "https://example.org/"',
        "",
        "# The keys of a source:",
        *_explained(_keys(form.SOURCE)),
    ]
    return "\n".join([*lines, ""])


def _example(properties: list[Property]) -> list[str]:
    """A claim in words alone, of a property that takes any."""
    free = next(each for each in properties if each.type == "text")
    return [
        "# [[claim]]",
        f'# property = "{free.key}"',
        '# value = "the words of the source"',
        '# as_of = "2024-05"',
        f'# source = "{SOURCE}"',
    ]


def _keys(keys: form.Form) -> dict[str, str]:
    """What each key of a table means, and whether it must be there."""
    return {
        name: f"{key.about} (always there)" if key.required else key.about
        for name, key in keys.items()
    }


def _explained(words: dict[str, str]) -> list[str]:
    width = max(map(len, words))
    return [f"#   {key:{width}}  {meaning}" for key, meaning in words.items()]
