"""Write the JSON Schemas of the data files beside them: python3 docs/schemas.py.

Editors that know taplo's `#:schema` lines complete and check a data file by them.
"""

from pathlib import Path

from rcpref.schemas import FILES, as_json

FOLDER = Path(__file__).parent.parent / "data" / "schema"


def main() -> None:
    """Write those of all TOML files."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        if name.endswith(".toml"):
            (FOLDER / name).with_suffix(".json").write_text(as_json(name), encoding="utf-8")


if __name__ == "__main__":
    main()
