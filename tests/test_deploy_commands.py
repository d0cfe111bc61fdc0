"""Each command that `deploy/` names, run as it stands: the settings, folders and order of an installation, in a folder of the test."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from planner.clinic.people import accounts
from planner.database.engines import open_database
from planner.database.sessions import reading
from planner.folders import ROOT
from planner.kept.codes import read_code
from planner.kept.plans import Body, Safe
from tests.conftest import SECRET
from tests.keeping import find, keep
from tests.smtp_server import Box

DEPLOY = ROOT / "deploy"
RUNBOOK = (DEPLOY / "RUNBOOK.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n(.*?)^```", RUNBOOK, re.M | re.S)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if " -m planner " in line and not line.startswith("sudo")]
NAMED = re.findall(r"`(\.venv/bin/python -m planner [^`]+)`", RUNBOOK)


pytestmark = pytest.mark.slow  # each command is a process


class Installation:
    """The machine of the runbook: what it has in /etc, /var/lib and /var/backups lies in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.places = {
            "/srv/backplan": ROOT,
            "/etc/backplan": folder,
            "/var/lib/backplan": folder / "lib",
            "/var/backups/backplan": folder / "backups",
        }
        for place in self.places.values():
            place.mkdir(exist_ok=True)
        text = (DEPLOY / "backplan.env.example").read_text("utf-8")
        text = text.replace("SECRET_KEY=", f"SECRET_KEY={SECRET}").replace("KEEP_SECRET=", f"KEEP_SECRET={SECRET}")
        self.file = folder / "backplan.env"
        self.file.write_text(self.here(text))
        self.url = f"sqlite:///{folder / 'lib' / 'backplan.sqlite3'}"

    def here(self, text: str) -> str:
        for place, ours in self.places.items():
            text = text.replace(place, str(ours))
        return text

    def backups(self) -> list[Path]:
        return sorted(self.places["/var/backups/backplan"].iterdir())

    def run(self, command: str, expects: int = 0) -> str:
        """As the service: next to nothing in the environment. What it said."""
        command = self.here(command).replace(
            str(self.places["/var/backups/backplan"] / "backplan-DATE.zip"), str(self.backups()[-1] if self.backups() else "none")
        )
        environment = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": str(self.file)}
        done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == expects and "Traceback" not in done.stderr, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout + done.stderr


@pytest.fixture
def there(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


def lines_of(unit: str) -> list[str]:
    """What a unit runs, as systemd reads it: %% is %, $$ is $."""
    text = (DEPLOY / "systemd" / f"backplan{unit}.service").read_text("utf-8")
    return [line.replace("%%", "%").replace("$$", "$") for line in re.findall(r"^Exec(?:StartPre|Start|StartPost)=(.+)$", text, re.M)]


def owners(url: str) -> list[str]:
    engine = open_database(url)
    with reading(engine) as session:
        found = [person.email for _, people in accounts.clinics(session) for person in people]
    engine.dispose()
    return found


def test_the_runbook_is_followed_to_a_restored_plan(there: Installation) -> None:
    """Install, back up by the unit, drill: the invented plan opens from the drill's database with the same secrets, and with no others."""
    install, drill = (
        [line for line in COMMANDS if "restore" not in line and "drill" not in line],
        [line for line in COMMANDS if "drill" in line],
    )
    assert len(install) == 3 and len(drill) == 3
    for command in install:
        said = there.run(command)
    assert "owner@example.org" in said
    engine = open_database(there.url)
    code = keep(engine, Body({"areas": ("low_back",)}, "GB", "abc123", date.today()), safe=Safe(SECRET), on=date.today())
    engine.dispose()
    for command in lines_of("-backup"):
        there.run(command)
    assert len(there.backups()) == 1 and there.backups()[0].stat().st_mode & 0o77 == 0
    for command in drill:
        said = there.run(command)
    assert "owner@example.org" in said
    drilled = open_database(there.url.replace("backplan.sqlite3", "drill.sqlite3"))
    assert find(drilled, read_code(code) or "", safe=Safe(SECRET), on=date.today())
    with pytest.raises((InvalidTag, ValueError, AssertionError)):
        assert find(drilled, read_code(code) or "", safe=Safe(SECRET[::-1]), on=date.today())
    drilled.dispose()
    for command in NAMED:
        assert "has no one-time codes" in there.run(command.replace("EMAIL", "owner@example.org"), expects=2)


def test_rolled_back_rows_come_from_the_backup(there: Installation) -> None:
    """Into an empty database, and only there: a full one is refused."""
    there.run(lines_of("")[0])
    there.run('.venv/bin/python -m planner clinic add --name "A" --email owner@example.org')
    there.run(lines_of("-backup")[0])
    (restore,) = [line for line in COMMANDS if "restore" in line and "drill" not in line]
    assert "not empty" in there.run(restore, expects=2)
    for file in there.places["/var/lib/backplan"].iterdir():
        file.unlink()
    there.run(restore)
    assert owners(there.url) == ["owner@example.org"]


def test_what_the_timers_run_works_and_says_so(there: Installation, smtp: Box) -> None:
    there.run(lines_of("")[0])
    assert "SMTP_HOST is not set" in there.run(lines_of("-mail-send")[0], expects=2)
    with there.file.open("a") as file:
        file.write(f"SMTP_HOST=127.0.0.1\nSMTP_PORT={smtp.port}\nSMTP_SECURITY=none\nSMTP_FROM=Backplan <plan@example.org>\n")
    assert "0 sent" in there.run(lines_of("-mail-send")[0]) and "0 reminders" in there.run(lines_of("-mail-remind")[0])
    assert "0 expired plans" in there.run(lines_of("-purge")[0])


def test_backups_older_than_a_month_go_and_nothing_else(there: Installation) -> None:
    there.run(lines_of("")[0])
    there.run(lines_of("-purge")[0])  # a database that nobody has used yet is not backed up
    folder = there.places["/var/backups/backplan"]
    old, other = folder / "backplan-2020-01-01-000000.zip", folder / "letters.zip"
    for file in (old, other):
        file.touch()
        os.utime(file, (0, 0))
    for command in lines_of("-backup"):
        there.run(command)
    assert not old.exists() and other.exists() and len(there.backups()) == 2
