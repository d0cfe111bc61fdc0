"""One file of settings: what cron runs uses the database of the service, and says which one it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.database.engines import open_database
from planner.folders import ROOT
from planner.settings_file import BadSettingsFile, read_settings_file
from planner.upkeep.upgrading import upgrade
from tests.clinics import house


def cron(*command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """A command in the environment that cron gives it: next to none."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings}
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_a_backup_by_cron_is_of_the_services_database(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'service.sqlite3'}"
    engine = open_database(url)
    upgrade(engine)
    house(engine, "a")
    engine.dispose()
    file = tmp_path / "backplan.env"
    file.write_text(f'# the service\n\nexport DATABASE_URL="{url}"\nKEEP_MONTHS=13\n')
    done = cron("planner", "db", "backup", str(tmp_path / "copy.zip"), BACKPLAN_ENV=str(file))
    assert done.returncode == 0 and "service.sqlite3" in done.stderr and (tmp_path / "copy.zip").exists()
    own = {"BACKPLAN_ENV": str(file), "KEEP_MONTHS": "7"}
    assert read_settings_file(own) == {"DATABASE_URL": url} and own["KEEP_MONTHS"] == "7", "what the environment says goes before the file"


@pytest.mark.parametrize("line", ["DATABASE_URL", "=x", "database_url=x", "$(rm x)", "A B=c"])
def test_a_line_that_is_none_is_named_without_its_value(tmp_path: Path, line: str) -> None:
    file = tmp_path / "backplan.env"
    file.write_text(f"PORT=8000\n{line}\n")
    environment = {"BACKPLAN_ENV": str(file)}
    with pytest.raises(BadSettingsFile, match="line 2 is not NAME=value"):
        read_settings_file(environment)
    assert environment == {"BACKPLAN_ENV": str(file)}


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(BadSettingsFile, match="BACKPLAN_ENV"):
        read_settings_file({"BACKPLAN_ENV": str(tmp_path / "none.env")})


def test_values_come_as_they_are_written(tmp_path: Path) -> None:
    file = tmp_path / "backplan.env"
    file.write_text("SMTP_FROM='Backplan <plan@example.org>'\nSMTP_PASSWORD=a b$c#d\nEMPTY=\nQUOTE=\"\n")
    environment = {"BACKPLAN_ENV": str(file)}
    read_settings_file(environment)
    assert [environment[name] for name in ("SMTP_FROM", "SMTP_PASSWORD", "EMPTY", "QUOTE")] == [
        "Backplan <plan@example.org>",
        "a b$c#d",
        "",
        '"',
    ]


def test_a_mark_of_some_editors_at_its_beginning_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "backplan.env"
    file.write_bytes(b"\xef\xbb\xbfPORT=8123\r\nHOST=127.0.0.1\r\n")
    assert read_settings_file({"BACKPLAN_ENV": str(file)}) == {"PORT": "8123", "HOST": "127.0.0.1"}


def test_a_file_that_cannot_be_read_is_said_in_the_systems_words(tmp_path: Path) -> None:
    latin, round_and_round = tmp_path / "latin.env", tmp_path / "round.env"
    latin.write_bytes(b"PORT=8000\nSMTP_FROM=M\xfcller <a@b.example>\n")
    round_and_round.symlink_to(round_and_round)
    for file, said in (
        (latin, "line 2 is not UTF-8 text"),
        (tmp_path, "Is a directory"),
        (round_and_round, "Too many levels of symbolic links"),
    ):
        done = cron("planner", "db", "check", BACKPLAN_ENV=str(file))
        assert (done.returncode, done.stderr) == (2, f"backplan: {file}: {said}\n")
