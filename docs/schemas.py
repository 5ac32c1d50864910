"""Write the JSON Schemas of the data files beside them: python3 docs/schemas.py.

Editors that know taplo's `#:schema` lines complete and check a data file by them.
"""

import json
from pathlib import Path

from rcpref.schemas import FILES, schema

FOLDER = Path(__file__).parent.parent / "data" / "schema"


def main() -> None:
    """Write those of all TOML files."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        if name.endswith(".toml"):
            text = json.dumps(schema(name), ensure_ascii=False, indent=2) + "\n"
            (FOLDER / name).with_suffix(".json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
