"""A backup with what this database has no place for: it is told, and nothing is lost in silence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from planner.upkeep import backup_rows
from planner.upkeep.backup import BadBackup, back_up, restore
from tests.keeping import keep, rows
from tests.test_backup import damaged


@pytest.mark.parametrize(("one", "fault"), [(b', "more": 1}\n', "ValueError"), (b"}" + b" " * 4000 + b"\n", "ValueError"), (b"}\n", "")])
def test_what_this_database_has_no_place_for_is_told(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, one: bytes, fault: str
) -> None:
    """A column that is none was left out in silence; a line without end was read until the memory was full."""
    monkeypatch.setattr(backup_rows, "MOST_LINE", 4000)
    keep(engine)
    back_up(engine, tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as good:
        lines = good.read("kept_plan.jsonl")
    file = damaged(tmp_path, rows={"kept_plan.jsonl": lines.removesuffix(b"}\n") + one})
    if fault:
        with pytest.raises(BadBackup, match=fault):
            restore(engine, file, force=True)
    else:
        restore(engine, file, force=True)
    assert rows(engine) == 1
