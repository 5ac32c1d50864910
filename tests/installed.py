"""The package as a wheel has it, with baked data: what the tests and their processes use.

One copy a session, made by the process that the tests were called in; workers take it over.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import rcpref
from rcpref.answers.search import index_image
from rcpref.data import loading
from rcpref.data.baked import bake

VARIABLE = "RCPREF_TEST_PACKAGE"
"""By it, workers are told of the copy."""

MEMORY = "/dev/shm"
"""Where some systems keep files in memory."""


def in_memory() -> str | None:
    """A folder for temporary files that is in memory; None where the system has none."""
    return MEMORY if os.path.isdir(MEMORY) and os.access(MEMORY, os.W_OK) else None


def install() -> Path:
    """Copy the package and its data, and bake them; the folder to look for packages in."""
    home = Path(tempfile.mkdtemp(prefix="rcpref-tests-", dir=in_memory()))
    package = home / "rcpref"
    # With the times of the files: byte-code that is there stays good.
    shutil.copytree(Path(rcpref.__file__).parent, package)
    bundled = package / "data" / "bundled"
    shutil.copytree(loading.data_folder(), bundled, dirs_exist_ok=True)
    data = rcpref.load()
    (bundled / loading.BAKED).write_bytes(bake(data.document, data.digest))
    if index := index_image(data):
        (bundled / loading.INDEX).write_bytes(index)
    return home


def use(home: Path) -> None:
    """Let this process read the data of the copy."""
    checkout, folder = loading.data_folder, str(home / "rcpref" / "data" / "bundled")
    for name, module in list(sys.modules.items()):
        if name.startswith("rcpref.") and getattr(module, "data_folder", None) is checkout:
            module.__dict__["data_folder"] = lambda: folder
