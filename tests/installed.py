"""The package as a wheel has it, with baked data: what the tests and their processes use.

One copy a session, made by the process that the tests were called in; workers take it over.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

import rcpref
from rcpref.answers.search import index_image
from rcpref.data import loading
from rcpref.data.baked import bake

data_folder = loading.data_folder
"""The program's own look-up, before `use` puts another in its place."""

VARIABLE = "RCPREF_TEST_PACKAGE"
"""By it, workers are told of the copy."""

MEMORY = "/dev/shm"
"""Where some systems keep files in memory."""


def in_memory() -> str | None:
    """A folder for temporary files that is in memory; None where the system has none."""
    return MEMORY if os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK) else None


def install(home: Path) -> None:
    """Copy the package with its data into a folder, and bake them."""
    package = home / "rcpref"
    # With the times of the files: byte-code that is there stays good.
    shutil.copytree(Path(rcpref.__file__).parent, package)
    bundled = Path(bundled_in(str(home)))
    shutil.copytree(data_folder(), bundled, dirs_exist_ok=True)
    data = rcpref.load()
    (bundled / loading.BAKED).write_bytes(bake(data.document, data.digest))
    if index := index_image(data):
        (bundled / loading.INDEX).write_bytes(index)


def bundled_in(home: str) -> str:
    """The folder of the data in such a copy."""
    return os.path.join(home, "rcpref", "data", "bundled")


def use(folder: str, patch: pytest.MonkeyPatch) -> None:
    """Let this process look for the bundled data in a folder."""
    before = loading.data_folder

    def after() -> str:
        return folder

    for name, module in list(sys.modules.items()):
        if name.startswith("rcpref.") and getattr(module, "data_folder", None) is before:
            patch.setattr(module, "data_folder", after)
