"""The name of the program, its version and that of the data."""

PROGRAM = "rcpref"
__version__ = "0.2.0"


def versions(data: str, date: str) -> str:
    """Program and data in one line, as in: rcpref 0.1.0, data 1.2.0 of 2026-11-24."""
    return f"{PROGRAM} {__version__}, data {data} of {date}"
