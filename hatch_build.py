"""Build hook: bakes the TOML data into one file of JSON for the wheel.

Parsing the TOML at every start would cost more than all the rest of a command. The
JSON is made from the very files that the wheel carries, checked like at any start, and
stamped with their digest. An editable install has none: there the TOML is read.
"""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeData(BuildHookInterface[Any]):
    """Adds ``rcpref/data/bundled/baked.jsonl`` to a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bake the data, unless the wheel is an editable one."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        try:
            from rcpref.data.baked import bake
            from rcpref.data.digest import digest_of
            from rcpref.data.loading import BAKED
            from rcpref.data.reading import read_folder
        finally:
            sys.path.pop(0)
        document = read_folder(os.path.join(self.root, "data"))
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, BAKED)
        with open(path, "wb") as stream:
            stream.write(bake(document, digest_of(document)))
        build_data["force_include"][path] = f"rcpref/data/bundled/{BAKED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only needed for the build."""
        if version != "editable":
            self.folder.cleanup()
