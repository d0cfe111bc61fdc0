"""What tests of batches share: people as lines of a file, and a job that is begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from planner.cli import many
from planner.cli.batch import Batch, Settings, begin_anew, clear_remains
from planner.library.reader import load

WELL = {"areas": ["low_back"]}


def jsonl(*people: Any) -> bytes:
    return "".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in people).encode()


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def batch(tmp_path: Path, given: bytes, form: str = "json", size: int = 2, *, spread: bool = False) -> Batch:
    """A job that is begun, whose chunks the test makes itself."""
    for name in ("out", "out.batch"):
        (tmp_path / name).mkdir(exist_ok=True)
    (tmp_path / "in").write_bytes(given)
    settings = Settings(form, False, "en", "2026-11-21", True, spread)
    many.TEXTS_A_CHUNK, many.PAPERS_A_CHUNK, kept = size, size, (many.TEXTS_A_CHUNK, many.PAPERS_A_CHUNK)
    found = many.batch_of(str(tmp_path / "in"), tmp_path / "out", tmp_path / "out.batch", load(), settings, table=False)
    many.TEXTS_A_CHUNK, many.PAPERS_A_CHUNK = kept
    begin_anew(found)
    clear_remains(found)
    return found
