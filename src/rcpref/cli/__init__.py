"""The command line: one module for each group of commands, imported when it is called."""

from rcpref.cli.main import main

__all__ = ["main"]
