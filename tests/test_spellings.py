"""Spellings that people use: what each of them means, or that it is refused.

`spellings.tsv` has a spelling and an id, an alpha-3 code, "ambiguous" or "unknown" in each
line. A spelling works by the names of the data and the stated rules, or it is refused.
"""

from pathlib import Path

import pytest

from helpers import sample
from rcpref.answers.names import find_any, find_record, find_state
from rcpref.data.dataset import Data
from rcpref.errors import AmbiguousName, NotFound
from rcpref.model.records import Record

TABLE = Path(__file__).with_name("spellings.tsv").read_text(encoding="utf-8").splitlines()
SPELLINGS = [tuple(line.split("\t")) for line in TABLE]


def meaning(data: Data, spelling: str) -> str:
    try:
        found = find_any(data, spelling)
    except AmbiguousName:
        return "ambiguous"
    except NotFound:
        return "unknown"
    return found.id if isinstance(found, Record) else found.alpha3


def test_there_are_enough_of_them() -> None:
    assert len(SPELLINGS) >= 250
    assert len({spelling for spelling, _ in SPELLINGS}) == len(SPELLINGS)


@pytest.mark.parametrize(("spelling", "expected"), sample(SPELLINGS, SPELLINGS[::6], several=True))
def test_spelling(data: Data, spelling: str, expected: str) -> None:
    assert meaning(data, spelling) == expected


def test_every_record_has_a_spelling_or_a_plain_name(data: Data) -> None:
    for record in data:
        assert find_record(data, record.id) is record


def test_a_code_that_is_also_an_acronym_is_right_in_each_command(data: Data) -> None:
    assert find_record(data, "CAN").id == "andean-community"
    assert find_state(data, "CAN").alpha3 == "CAN"
