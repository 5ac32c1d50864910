"""Reference on regional consultative processes on migration (RCPs) and regional bodies.

>>> import rcpref
>>> data = rcpref.load()
>>> data["bali-process"].short_name
'Bali Process'
>>> data.passage("lima-2013/conclusion-5").text.split(",")[0]
'Deepening the evidence base'
>>> sorted(data.members("SACM", as_of="2013-05"))[:3]
['ARG', 'BOL', 'BRA']

Everything in `__all__` is public; everything else may change. Whatever is handed out is
read-only: records, claims, sources, texts and answers are frozen and can be pickled.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rcpref.api import Dataset, Members, load
    from rcpref.checks import Finding
    from rcpref.dated import when
    from rcpref.dates import Interval
    from rcpref.dates import parse as parse_date
    from rcpref.disputes import Dispute
    from rcpref.errors import (
        AmbiguousName,
        DataError,
        DateError,
        NotFound,
        OutputError,
        RcprefError,
        UsageProblem,
    )
    from rcpref.export import Written
    from rcpref.membership import Answer, Holder
    from rcpref.model.records import Claim, Record
    from rcpref.model.texts import Emphasis, Mention, Note, Passage, Text
    from rcpref.model.vocabulary import Country, DatasetInfo, Property, Source
    from rcpref.search import Hit
    from rcpref.views.values import Value

__version__ = "0.1.0"

_HOMES = {
    "AmbiguousName": "errors",
    "Answer": "membership",
    "Claim": "model.records",
    "Country": "model.vocabulary",
    "DataError": "errors",
    "Dataset": "api",
    "DatasetInfo": "model.vocabulary",
    "DateError": "errors",
    "Dispute": "disputes",
    "Emphasis": "model.texts",
    "Finding": "checks",
    "Hit": "search",
    "Holder": "membership",
    "Interval": "dates",
    "Members": "api",
    "Mention": "model.texts",
    "NotFound": "errors",
    "Note": "model.texts",
    "OutputError": "errors",
    "Passage": "model.texts",
    "Property": "model.vocabulary",
    "RcprefError": "errors",
    "Record": "model.records",
    "Source": "model.vocabulary",
    "Text": "model.texts",
    "UsageProblem": "errors",
    "Value": "views.values",
    "Written": "export",
    "load": "api",
    "parse_date": "dates:parse",
    "when": "dated",
}
"""Modules of the public names, with the name that it has there where it is another."""

__all__ = [
    "AmbiguousName",
    "Answer",
    "Claim",
    "Country",
    "DataError",
    "Dataset",
    "DatasetInfo",
    "DateError",
    "Dispute",
    "Emphasis",
    "Finding",
    "Hit",
    "Holder",
    "Interval",
    "Members",
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
    "Value",
    "Written",
    "__version__",
    "load",
    "parse_date",
    "when",
]


if not TYPE_CHECKING:  # or a type checker would take any name for one of rcpref

    def __getattr__(name: str) -> Any:
        """Import the home of a public name on first use: `rcpref --help` needs none of them."""
        from importlib import import_module

        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'rcpref' has no attribute {name!r}")
        module, _, own = home.partition(":")
        value = getattr(import_module(f"rcpref.{module}"), own or name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
