"""Spellings that people use: what each of them means, or that it is refused.

`spellings.tsv` has a spelling and an id, an alpha-3 code, "ambiguous" or "unknown" in each
line. A spelling works by the names of the data and the stated rules, or it is refused.
"""

import unicodedata
from pathlib import Path

from rcpref.answers.names import find_any, find_state
from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound
from rcpref.model.records import Record

TABLE = Path(__file__).with_name("spellings.tsv").read_text(encoding="utf-8").splitlines()
SPELLINGS = dict(line.split("\t") for line in TABLE)


def meaning(data: Data, spelling: str) -> str:
    try:
        found = find_any(data, spelling)
    except AmbiguousName:
        return "ambiguous"
    except NotFound:
        return "unknown"
    return found.id if isinstance(found, Record) else found.alpha3


def test_there_are_enough_of_them_and_none_stands_there_twice() -> None:
    assert len(SPELLINGS) == len(TABLE) >= 300


def test_each_spelling_means_what_the_table_says(data: Data) -> None:
    """However its accents are encoded, and where a State is asked for, too."""
    wrong = []
    for spelling, expected in SPELLINGS.items():
        forms = {unicodedata.normalize(form, spelling) for form in ("NFC", "NFD")}
        found = {meaning(data, each) for each in forms}
        if expected in data.countries:
            found.add(find_state(data, spelling).alpha3)
        if found != {expected}:
            wrong.append(f"tests/spellings.tsv: {spelling}: {expected}, but it means {found}")
    assert not wrong, "\n".join(wrong)
