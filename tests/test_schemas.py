"""The JSON Schemas of the data files: current, and as the data files are."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from helpers import sample

ROOT = Path(__file__).parents[1]
DATA = ROOT / "data"


@pytest.mark.process
def test_the_schemas_are_those_of_the_form() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "schemas.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, ""), "run python3 tools/schemas.py"


@pytest.mark.parametrize(
    "file", sample(sorted(DATA.rglob("*.toml"))), ids=lambda file: str(file.relative_to(DATA))
)
def test_a_data_file_names_its_schema_and_is_as_it_says(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert first.startswith("#:schema "), f"{file}: begin it with #:schema and the path"
    schema = json.loads((file.parent / first.removeprefix("#:schema ")).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(tomllib.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize("claim", [
    {"property": "chair", "value": ["PER"]},
    {"property": "chair", "value": ["PER"], "source": "x", "as_of": "May 2013"},
    {"property": "chair", "value": ["PER"], "source": "x", "colour": "red"},
    {"property": "chair", "value": [], "source": "x"},
], ids=["no source", "a date in words", "an unknown key", "no value"])  # fmt: skip
def test_the_schema_of_a_record_refuses(claim: dict[str, object]) -> None:
    schema = json.loads((DATA / "schema" / "record.json").read_text(encoding="utf-8"))
    with pytest.raises(ValidationError):
        Draft202012Validator(schema).validate({"id": "own", "claim": [claim]})
