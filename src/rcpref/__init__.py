"""Reference on regional consultative processes on migration (RCPs) and regional bodies.

>>> import rcpref
>>> data = rcpref.load()
>>> data["bali-process"].short_name
'Bali Process'
>>> data.passage("lima-2013/conclusion-5").text.split(",")[0]
'Deepening the evidence base'

Everything in `__all__` is public; everything else may change.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.dataset import Dataset
    from rcpref.errors import (
        AmbiguousName,
        DataError,
        DateError,
        NotFound,
        OutputError,
        RcprefError,
        UsageProblem,
    )
    from rcpref.loading import load
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Emphasis, Mention, Note, Passage, Text
    from rcpref.model.vocabulary import Country, DatasetInfo, Property, Source

__version__ = "0.1.0"

_HOMES = {
    "rcpref.dataset": ("Dataset",),
    "rcpref.errors": (
        "AmbiguousName",
        "DataError",
        "DateError",
        "NotFound",
        "OutputError",
        "RcprefError",
        "UsageProblem",
    ),
    "rcpref.loading": ("load",),
    "rcpref.model.records": ("Claim", "Record"),
    "rcpref.model.texts": ("Emphasis", "Mention", "Note", "Passage", "Text"),
    "rcpref.model.vocabulary": ("Country", "DatasetInfo", "Property", "Source"),
}

__all__ = [
    "AmbiguousName",
    "Claim",
    "Country",
    "DataError",
    "Dataset",
    "DatasetInfo",
    "DateError",
    "Emphasis",
    "Mention",
    "NotFound",
    "Note",
    "OutputError",
    "Passage",
    "Property",
    "RcprefError",
    "Record",
    "Source",
    "Text",
    "UsageProblem",
    "__version__",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import the home of a public name on first use: `rcpref --help` needs none of them."""
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(module), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module 'rcpref' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
