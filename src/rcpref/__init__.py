"""Reference on regional consultative processes on migration (RCPs) and regional bodies.

`load` gives the data set, and the data set answers: who was a member or chaired at a date,
where sources disagree, what a text says word for word. Every answer names the claims on
which it rests, and every claim its source. Which processes shared most members in 2013?

>>> from itertools import combinations
>>> import rcpref
>>> data = rcpref.load()
>>> members = {p.short_name: data.members(p.id, as_of="2013") for p in data.of_kind("process")}
>>> for one, two in combinations(members, 2):
...     shared = members[one].keys() & members[two].keys()
...     if len(shared) >= 35:
...         print(len(shared), one, two, sep=", ")
49, Budapest Process, Prague Process
39, MTM, Rabat Process
46, Rabat Process, Tripoli Process

Only what is certain is counted; `Members.uncertain` has the rest. Everything in `__all__` is
public, everything else may change. Whatever is handed out is read-only, or the caller's
own: records, claims, sources, texts and answers are frozen and can be pickled.
"""

from __future__ import annotations

# Type checkers take this name for true wherever it stands. To import it would be most of
# the time before `rcpref.cli.main` begins and an interrupt gives no traceback any more.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from typing import Any

    from rcpref.answers.chair import ChairTerm as ChairTerm
    from rcpref.answers.chair import Holder as Holder
    from rcpref.answers.comparison import Compared as Compared
    from rcpref.answers.comparison import MemberChange as MemberChange
    from rcpref.answers.comparison import Overlap as Overlap
    from rcpref.answers.diff import Change as Change
    from rcpref.answers.disputes import Dispute as Dispute
    from rcpref.answers.membership.answer import Answer as Answer
    from rcpref.answers.membership.answer import Standing as Standing
    from rcpref.answers.rules import Finding as Finding
    from rcpref.answers.search import Hit as Hit
    from rcpref.answers.time import AsOf as AsOf
    from rcpref.answers.time import when as when
    from rcpref.answers.timeline import Happening as Happening
    from rcpref.answers.values import Value as Value
    from rcpref.api import Dataset as Dataset
    from rcpref.api import MemberRow as MemberRow
    from rcpref.api import Members as Members
    from rcpref.api import load as load
    from rcpref.dates import Interval as Interval
    from rcpref.dates import parse_date as parse_date
    from rcpref.errors import AmbiguousName as AmbiguousName
    from rcpref.errors import DataError as DataError
    from rcpref.errors import DateError as DateError
    from rcpref.errors import NotFound as NotFound
    from rcpref.errors import OutputError as OutputError
    from rcpref.errors import RcprefError as RcprefError
    from rcpref.errors import UsageProblem as UsageProblem
    from rcpref.export import Written as Written
    from rcpref.export.panel import PanelRow as PanelRow
    from rcpref.export.panel import Spell as Spell
    from rcpref.model.countries import Country as Country
    from rcpref.model.records import Claim as Claim
    from rcpref.model.records import Record as Record
    from rcpref.model.sources import Author as Author
    from rcpref.model.sources import Source as Source
    from rcpref.model.texts import Emphasis as Emphasis
    from rcpref.model.texts import Mention as Mention
    from rcpref.model.texts import Note as Note
    from rcpref.model.texts import Passage as Passage
    from rcpref.model.texts import Text as Text
    from rcpref.model.vocabulary import DatasetInfo as DatasetInfo
    from rcpref.model.vocabulary import Property as Property
    from rcpref.version import __version__ as __version__

_NAMES = {
    "answers.chair": "ChairTerm Holder",
    "answers.comparison": "Compared MemberChange Overlap",
    "answers.diff": "Change",
    "answers.disputes": "Dispute",
    "answers.membership.answer": "Answer Standing",
    "answers.rules": "Finding",
    "answers.search": "Hit",
    "answers.time": "AsOf when",
    "answers.timeline": "Happening",
    "answers.values": "Value",
    "api": "Dataset MemberRow Members load",
    "dates": "Interval parse_date",
    "errors": "AmbiguousName DataError DateError NotFound OutputError RcprefError UsageProblem",
    "export": "Written",
    "export.panel": "PanelRow Spell",
    "model.countries": "Country",
    "model.records": "Claim Record",
    "model.sources": "Author Source",
    "model.texts": "Emphasis Mention Note Passage Text",
    "model.vocabulary": "DatasetInfo Property",
    "version": "__version__",
}
_HOMES = {name: home for home, names in _NAMES.items() for name in names.split()}

__all__ = sorted(_HOMES)


if not TYPE_CHECKING:  # or a type checker would take any name for one of rcpref

    def __getattr__(name: str) -> Any:
        """Import the home of a public name on first use: `rcpref --help` needs none of them."""
        from importlib import import_module

        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'rcpref' has no attribute {name!r}")
        value = getattr(import_module(f"rcpref.{home}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
