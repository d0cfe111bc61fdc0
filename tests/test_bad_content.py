"""Broken content is refused whole, with file, path and reason. Each example in bad_content/ is one kind of fault."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from planner.cli.main import main
from planner.folders import CONTENT
from planner.library.reader import BrokenContent, load

EXAMPLES = sorted((Path(__file__).parent / "bad_content").glob("*.toml"))


def broken(folder: Path, example: dict[str, Any]) -> Path:
    """A copy of the content with one fault put in: a text replaced, appended, or a whole file removed or added."""
    shutil.copytree(CONTENT, folder)
    path = folder / example["file"]
    if example.get("remove"):
        path.unlink()
        return folder
    text = path.read_text("utf-8") if path.exists() else ""
    if "replace" in example:
        assert example["replace"] in text, "the example no longer fits the content"
        text = text.replace(example["replace"], example["by"], 1)
    path.write_text(text + example.get("append", ""), "utf-8")
    return folder


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_broken_content_is_refused(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    example = tomllib.loads(path.read_text("utf-8"))
    folder = broken(tmp_path / "content", example)
    with pytest.raises(BrokenContent) as error:
        load(folder)
    told = [str(fault) for fault in error.value.faults]
    assert any(example["names"] in fault and example["reason"] in fault for fault in told), told
    assert main(["check", "--content", str(folder)]) == 1
    assert example["reason"] in capsys.readouterr().err


def test_there_is_an_example_for_each_kind_of_fault() -> None:
    assert len(EXAMPLES) >= 40
