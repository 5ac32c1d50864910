"""Build hook: bakes the TOML data into one JSON file for the wheel.

Parsing the TOML at every start would cost more than all the rest of a command. The
JSON is made from the very files that the wheel carries, checked like at any start, and
stamped with their digest. An editable install has none: there the TOML is read.
"""

import json
import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeData(BuildHookInterface[Any]):
    """Adds ``rcpref/data/baked.json`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bake the data, unless the wheel is an editable one."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        try:
            from rcpref.dataset import digest_of
            from rcpref.loading import BAKED
            from rcpref.reading import read_folder
        finally:
            sys.path.pop(0)
        document = read_folder(os.path.join(self.root, "data"))
        baked = {"digest": digest_of(document), "document": document}
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, BAKED)
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            json.dump(baked, stream, ensure_ascii=False, separators=(",", ":"))
        build_data["force_include"][path] = f"rcpref/data/{BAKED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only needed for the build."""
        if version != "editable":
            self.folder.cleanup()
