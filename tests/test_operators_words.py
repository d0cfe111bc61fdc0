"""What commands tell whoever runs them: how many, where things are now, and nothing made by a command that could not begin."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import SECRET
from tests.outside import one_line, program


def test_a_batch_that_cannot_be_queued_makes_no_folder(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(json.dumps({}) + "\n")
    line = one_line(program("planner", "plans", str(answers), "--output", str(tmp_path / "plans"), "--queue", SECRET_KEY=SECRET))
    assert line.startswith("backplan: REDIS_URL must be") and list(tmp_path.iterdir()) == [answers]


def test_one_clinic_is_not_called_clinics(sqlite_url: str, tmp_path: Path) -> None:
    settings = {"DATABASE_URL": sqlite_url, "SECRET_KEY": SECRET}
    said = [program("planner", "clinic", "list", **settings).stderr]
    for number in "ab":
        made = program("planner", "clinic", "add", "--name", "A", "--email", f"{number}@a.example", **settings)
        assert made.returncode == 0, made.stderr
        said.append(program("planner", "clinic", "list", **settings).stderr)
    assert [one.partition(".sqlite3: ")[2] for one in said] == ["0 clinics\n", "1 clinic\n", "2 clinics\n"]


def test_a_restore_by_force_says_where_the_rows_before_are(database_url: str, tmp_path: Path) -> None:
    """On PostgreSQL that there are none: whoever needs them makes a backup first."""
    settings, copy = {"DATABASE_URL": database_url, "SECRET_KEY": SECRET}, tmp_path / "copy.zip"
    for command in (("clinic", "add", "--name", "A", "--email", "a@a.example"), ("db", "backup", str(copy))):
        assert program("planner", *command, **settings).returncode == 0
    said = program("planner", "db", "restore", str(copy), "--force", **settings).stderr
    if database_url.startswith("sqlite"):
        file = Path(database_url.removeprefix("sqlite:///") + ".before-restore")
        assert said.endswith(f" rows restored from {copy}; what was there before is in {file}\n") and file.exists()
    else:
        assert said.endswith(f" rows restored from {copy}; of what was there before there is no copy\n")
