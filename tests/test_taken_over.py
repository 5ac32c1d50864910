"""The data are edited by hand; a change of a fact is a decision, and this test asks for it.

`taken-over.tsv` has a line for each record: id, number of claims, and a digest of their
values, dates and sources. Whoever changes a claim on purpose writes the new line, which
the failure prints.
"""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from conftest import run_command
from rcpref.data.dataset import Data

TABLE = Path(__file__).with_name("taken-over.tsv")
DATA = Path(__file__).parents[1] / "data"


def line_of(data: Data, key: str) -> str:
    """The line of a record as the table should have it."""
    claims = data.document["claims"][key]
    text = json.dumps(claims, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return f"{key}\t{len(claims)}\t{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def test_every_claim_is_as_it_was_taken_over(data: Data) -> None:
    known = TABLE.read_text(encoding="utf-8").splitlines()
    now = [line_of(data, key) for key in sorted(data.records)]
    changed = [line for line in now if line not in known]
    gone = [line for line in known if line.split("\t")[0] not in data.records]
    assert not changed and not gone, (
        "the claims of these records are not those that tests/taken-over.tsv holds; if the "
        "change is meant, replace their lines with:\n" + "\n".join(changed)
    )


def test_an_export_has_what_is_in_the_files_and_no_more(tmp_path: Path) -> None:
    """Every record, claim, source, State and property comes out as it is in `data/`."""
    target = tmp_path / "data.json"
    run_command("export", str(target))
    exported = json.loads(target.read_text(encoding="utf-8"))
    for part in ("sources", "properties"):
        assert exported[part] == content_of(DATA / f"{part}.toml")
    states = content_of(DATA / "countries.toml")["country"]
    assert exported["countries"] == {state["alpha3"]: state for state in states}
    records = {}
    for path in DATA.glob("*/*.toml"):
        if path.parent.name != "texts":
            record = content_of(path)
            record["claims"] = record.pop("claim")
            records[path.stem] = record
    assert exported["records"] == records
    for path in DATA.glob("texts/*.toml"):
        passages = content_of(path)["passage"]
        assert [each["text"] for each in exported["texts"][path.stem]["passages"]] == [
            each["text"] for each in passages
        ]


def content_of(path: Path) -> dict[str, Any]:
    """A file of the data as it was written, read without rcpref."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_digest_changes_with_the_data(data: Data) -> None:
    from rcpref.data.dataset import digest_of

    document = json.loads(json.dumps({key: dict(part) for key, part in data.document.items()}))
    assert digest_of(document) == data.digest
    document["claims"]["bali-process"][0]["note"] = "another"
    assert digest_of(document) != data.digest


def test_every_claim_has_a_source_and_its_reference_is_unique(data: Data) -> None:
    seen: set[str] = set()
    for record in data:
        for claim in record.claims:
            assert claim.source in data.sources, f"{record.id}: {claim.ref}: add the source"
            assert claim.ref not in seen, f"{record.id}: {claim.ref} stands for two claims"
            seen.add(claim.ref)
