"""What is wrong with data, and where.

A problem names the file, the key and the remedy. Codes: E1xx form, E2xx vocabulary, E3xx
references, E4xx dates.
"""

from typing import NamedTuple

MAX_PROBLEMS = 1_000
"""Most problems that are looked for."""


class Problem(NamedTuple):
    """Something wrong with the data.

    Attributes:
        code: Code of the rule, as in ``E301``.
        file: The file, relative to the folder it was read from; empty in an exported JSON.
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


class Enough(Exception):
    """No more problems are looked for: nobody would read more, or they would mislead."""


class Problems:
    """The problems of one data set.

    Attributes:
        found: What is wrong, in the order in which it is read.
    """

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep a problem.

        Raises:
            Enough: There are too many.
        """
        # A key or value from the data may be as long as a file.
        code, file, *told = problem
        self.found.append(Problem(code, file, *map(_clipped, told)))
        if len(self.found) == MAX_PROBLEMS:
            message = f"has {MAX_PROBLEMS:,} problems or more; no more are looked for"
            self.found.append(Problem("E102", "", "", message, "correct these first"))
            raise Enough


class Place:
    """Where a table stands, to say what is wrong in it.

    Args:
        problems: Where to keep what is wrong.
        file: The file, relative to the folder; empty in an exported JSON.
        within: The part of an exported JSON.
    """

    def __init__(self, problems: Problems, file: str = "", within: str = "") -> None:
        self._problems = problems
        self._file = file
        self._within = within

    def __str__(self) -> str:
        return self._file or self._within

    def problem(self, code: str, key: str, message: str, remedy: str) -> None:
        """Something is wrong here.

        Args:
            code: Code of the rule.
            key: Where in the table; empty for all of it.
            message: What is wrong.
            remedy: What to do.
        """
        place = ": ".join(filter(None, (self._within, key)))
        self._problems.add(Problem(code, self._file, place, message, remedy))


def _clipped(text: str) -> str:
    """The text, or its beginning and its end where it is very long."""
    return text if len(text) <= 400 else f"{text[:250]} [...] {text[-100:]}"
