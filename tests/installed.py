"""The package as a wheel has it, with baked data: what the tests and their processes use.

One copy a session, and one whose data are small, made by the process that the tests were
called in; workers take them over.
"""

import os
import shutil
import sys
from pathlib import Path

import pytest

import rcpref
from rcpref.answers.search import index_image
from rcpref.answers.values import known_of
from rcpref.data import loading
from rcpref.data.baked import bake
from small import write_small

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
    """Copy the package with its data into a folder, and bake them; below it, with small ones."""
    _install(home, Path(data_folder()))
    made = home / "data"
    write_small(Path(data_folder()), made)
    _install(Path(small_in(str(home))), made)


def _install(home: Path, data: Path) -> None:
    # With the times of the files: byte-code that is there stays good.
    shutil.copytree(Path(rcpref.__file__).parent, home / "rcpref")
    bundled = Path(bundled_in(str(home)))
    shutil.copytree(data, bundled, dirs_exist_ok=True)
    read = rcpref.load(str(data))
    (bundled / loading.BAKED).write_bytes(bake(read.document, read.digest, known_of(read)))
    if index := index_image(read):
        (bundled / loading.INDEX).write_bytes(index)


def small_in(home: str) -> str:
    """Where such a folder has the copy whose data are small."""
    return os.path.join(home, "small")


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


def changed_copy(home: Path, *changes: tuple[str, str, str]) -> Path:
    """Copy the package with its data into a folder, with changes to its code; the folder.

    Args:
        home: The folder.
        changes: Path of a file in the package, what stands there once, and what is to.
    """
    shutil.copytree(Path(os.environ[VARIABLE]) / "rcpref", home / "rcpref")
    for name, old, new in changes:
        file = home / "rcpref" / name
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {old!r} is to be found there once"
        file.write_text(text.replace(old, new), encoding="utf-8")
    return home
