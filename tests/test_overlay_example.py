"""The example of an overlay in docs/overlay.md: it is checked, and it answers."""

import re
from pathlib import Path

import pytest

from conftest import run_command
from helpers import write_files

PAGE = Path(__file__).parents[1] / "docs" / "overlay.md"


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The files of the page, each under the heading with its path."""
    parts = re.split(r"(?m)^## my-overlay/", PAGE.read_text(encoding="utf-8"))[1:]
    files = {}
    for part in parts:
        found = re.search(r"```toml\n(.*?)```", part, re.DOTALL)
        assert found is not None
        files[part.partition("\n")[0]] = found[1]
    assert len(files) == 3
    return str(write_files(tmp_path_factory.mktemp("my-overlay"), files))


def test_it_has_no_error_and_no_warning(overlay: str) -> None:
    result = run_command("check", overlay)
    assert (result.out, result.err) == ("", "errors: 0, warnings: 0\n")


@pytest.mark.parametrize(("line", "shown"), [
    ("members my-process --columns id", "KEN\nTZA\nUGA\n"),
    ("member kenya myp --columns answer", "yes\n"),
    ("show my-process -p chair --columns value", "KEN\n"),
    ("show bali-process -p meeting --history", "Working Group of the ministry"),
])  # fmt: skip
def test_it_answers(overlay: str, line: str, shown: str) -> None:
    assert shown in run_command(*line.split(), "--data", overlay).out
