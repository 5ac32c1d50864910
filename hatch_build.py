"""Build hook: bakes the TOML data into one file of JSON for the wheel, and the index of a search.

Parsing the TOML at every start would cost more than all the rest of a command, and so would
making the index at every search. Both are made from the very files that the wheel carries,
checked like at any start, and stamped with their digest. An editable install has neither:
there the TOML is read.
"""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BakeData(BuildHookInterface[Any]):
    """Adds ``baked.jsonl`` and ``search.index`` to ``rcpref/data/bundled`` in a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bake the data, unless the wheel is an editable one."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        try:
            from rcpref.answers.search import index_image
            from rcpref.answers.values import known_of
            from rcpref.data.baked import bake
            from rcpref.data.dataset import Data
            from rcpref.data.document import read_folder
            from rcpref.data.loading import BAKED, INDEX
        finally:
            sys.path.pop(0)
        data = Data(read_folder(os.path.join(self.root, "data")))
        files = {BAKED: bake(data.document, data.digest, known_of(data))}
        if index := index_image(data):
            files[INDEX] = index
        self.folder = tempfile.TemporaryDirectory()
        for name, content in files.items():
            path = os.path.join(self.folder.name, name)
            with open(path, "wb") as stream:
                stream.write(content)
            build_data["force_include"][path] = f"rcpref/data/bundled/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was only needed for the build."""
        if version != "editable":
            self.folder.cleanup()
