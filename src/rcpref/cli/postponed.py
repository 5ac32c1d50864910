"""Modules that Typer and Python's own modules import at a start, and that few runs need."""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

SELDOM = (
    *("bz2", "ipaddress", "linecache", "locale", "lzma"),
    *("signal", "subprocess", "textwrap", "tokenize"),
)


class Postponed(ModuleType):
    """A module that has been imported, and that runs when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ and self.__spec__.loader
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def postpone(name: str) -> None:
    """Import a module that runs later, unless it is there already; a tenth of a start is saved.

    `importlib.util.LazyLoader` does not serve here: its modules run at the next `import`.
    """
    if name not in sys.modules and (spec := find_spec(name)):
        module = sys.modules[name] = module_from_spec(spec)
        module.__class__ = Postponed
