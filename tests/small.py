"""A data set of a few records of the bundled one, as small as all commands can do with.

For tests that do not ask what is in the data: where an export is written, how the words of
an overlay are printed. They are the same with any data, and with these they take no time.
"""

import os
import re
import shutil
from pathlib import Path

RECORDS = (
    "processes/igc", "processes/midcom", "processes/sacm", "bodies/comesa", "organizations/unhcr",
    "forums/hld", "summits/hld-2006", "meetings/lima-2013", "documents/lima-2013-chairs-summary",
    "offices/srsg-migration", "terms/rcp",
)  # fmt: skip
"""One record of each kind, and those that are named by `helpers.EACH`."""

TEXT = "texts/lima-2013"


def write_small(whole: Path, folder: Path) -> None:
    """Write such a folder of data from the whole one."""
    kept = [f"{name}.toml" for name in (*RECORDS, TEXT, "dataset", "properties")]
    for name in kept:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(whole / name, folder / name)
    shutil.copytree(whole / "schema", folder / "schema")
    ids = {os.path.basename(name) for name in RECORDS}
    text = folder / f"{TEXT}.toml"
    # What is said there of other records.
    mention = re.compile(r'(?m)^  \{ record = "([^"]+)".*\n')
    text.write_text(
        mention.sub(lambda line: line[0] if line[1] in ids else "", text.read_text("utf-8")),
        encoding="utf-8",
    )
    said = "".join((folder / name).read_text("utf-8") for name in kept)
    codes = set(re.findall(r'"([A-Z]{3})"', said))
    countries = (whole / "countries.toml").read_text("utf-8").split("\n[[country]]\n")
    own = [each for each in countries[1:] if each[len('alpha3 = "') :][:3] in codes]
    sources = re.split(r"(?m)^\[(?=[\w-]+\]$)", (whole / "sources.toml").read_text("utf-8"))
    cited = set(re.findall(r'(?m)^(?:source|document) = "(.*)"$', said + "".join(own)))
    cited |= set(re.findall(r'(?m)^(?:listed|status)_source = "(.*)"$', "".join(own)))
    parts = {
        "countries": "\n[[country]]\n".join((countries[0], *own)),
        "sources": "[".join(
            (sources[0], *(each for each in sources[1:] if each.partition("]")[0] in cited))
        ),
    }
    for name, content in parts.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
