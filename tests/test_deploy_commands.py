"""Each command that `deploy/` names, run as it stands: the settings, folders and order of an installation, in a folder of the test."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path
from time import monotonic, sleep

import pytest
from cryptography.exceptions import InvalidTag

from planner.clinic.people import accounts
from planner.database.engines import open_database
from planner.database.revisions import newest
from planner.database.sessions import reading
from planner.folders import ROOT
from planner.kept.codes import grouped, read_code
from planner.kept.plans import Body, Safe
from planner.upkeep.upgrading import copy_file
from tests.conftest import SECRET
from tests.keeping import find, keep
from tests.postgres import Cluster, programs
from tests.proxy import free_port
from tests.runbooks import RUNBOOKS, by_the_service, commands_of
from tests.served import PATIENCE
from tests.smtp_server import Box

DEPLOY = ROOT / "deploy"
NAMED = re.findall(r"`(\.venv/bin/python -m planner clinic reset-codes [^`]+)`", RUNBOOKS["RUNBOOK.md"])
SITES_NAME = "back.harbour-lane.example"  # not the one of the files: what is copied as it stands must not lead there

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
        self.file.write_text(self.here(text.replace("plan.example.org", SITES_NAME)))
        self.url = f"sqlite:///{folder / 'lib' / 'backplan.sqlite3'}"

    def here(self, text: str) -> str:
        for place, ours in self.places.items():
            text = text.replace(place, str(ours))
        return re.sub(r"\bNAME\b", SITES_NAME, text)

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

    def drilled(self, commands: list[str], code: str) -> str:
        """What the runbook's curl says of a code, while the drill's server runs. The settings have another machine's address."""
        with self.file.open("a") as file:
            file.write("HOST=192.0.2.7\n")
        port = str(free_port())
        (ask,) = re.findall(r"`(curl -si [^`]+)`", RUNBOOKS["RUNBOOK.md"])
        command = self.here("; ".join(commands[:-1]) + "; exec env " + commands[-1]).replace("8010", port)
        environment = {"PATH": os.environ["PATH"], "BACKPLAN_ENV": str(self.file)}
        server = subprocess.Popen(["/bin/sh", "-c", command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            until = monotonic() + PATIENCE
            said = ""
            while not said and monotonic() < until:
                sleep(0.5)
                said = self.run(ask.replace("8010", port).replace("CODE", code))
        finally:
            server.terminate()
            server.wait(60)
        return said


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
    there.run(lines_of("")[0])
    for command in by_the_service(commands_of("RUNBOOK.md", "Install"))[1:]:  # the first asks a server: tests/test_deploy_ready.py
        said = there.run(command)
    assert "owner@example.org" in said
    engine = open_database(there.url)
    code = keep(engine, Body({"areas": ("low_back",)}, "GB", "abc123", date.today()), safe=Safe(SECRET), on=date.today())
    engine.dispose()
    for command in lines_of("-backup"):
        there.run(command)
    assert len(there.backups()) == 1 and there.backups()[0].stat().st_mode & 0o77 == 0
    *drill, serves = commands_of("RUNBOOK.md", "Restore drill, each quarter")
    assert len(drill) == 4 and "owner@example.org" in there.run(" && ".join(drill))
    drilled = open_database(there.url.replace("backplan.sqlite3", "drill.sqlite3"))
    assert find(drilled, read_code(code) or "", safe=Safe(SECRET), on=date.today())
    with pytest.raises((InvalidTag, ValueError, AssertionError)):
        assert find(drilled, read_code(code) or "", safe=Safe(SECRET[::-1]), on=date.today())
    drilled.dispose()
    assert there.drilled([drill[0], serves], grouped(code)).startswith("HTTP/1.1 200")
    for command in NAMED:
        assert "has no one-time codes" in there.run(command.replace("EMAIL", "owner@example.org"), expects=2)


def test_rows_are_rolled_back_as_the_runbook_says(there: Installation) -> None:
    """From the backup, into an empty database, and only there; on SQLite from the copy that the upgrade made."""
    there.run(lines_of("")[0])
    there.run('.venv/bin/python -m planner clinic add --name "A" --email owner@example.org')
    there.run(lines_of("-backup")[0])
    file = there.places["/var/lib/backplan"] / "backplan.sqlite3"
    copy_file(file, file.with_name(f"{file.name}.before-{newest()}"))
    there.run('.venv/bin/python -m planner clinic add --name "B" --email since@example.org')
    *moved, restore = by_the_service(commands_of("RUNBOOK.md", "Roll back"))
    assert "not empty" in there.run(restore, expects=2) and len(moved) == 3
    for command in moved:
        there.run(command.replace("REVISION", newest()))
    assert owners(there.url) == ["owner@example.org"]
    file.unlink()
    there.run(restore)
    assert owners(there.url) == ["owner@example.org"]


def test_rows_move_to_postgresql_as_the_runbook_says(there: Installation, cluster: Cluster) -> None:
    """With the administrator's two commands as they stand, but for the password, which they ask for."""
    there.run(lines_of("")[0])
    there.run('.venv/bin/python -m planner clinic add --name "A" --email owner@example.org')
    lines = commands_of("TWO-MACHINES.md", "From SQLite to PostgreSQL")
    before = commands_of("RUNBOOK.md", "Roll back")
    asked = [line.removeprefix("sudo -u postgres ") for line in (*lines, *before) if line.startswith("sudo -u postgres")]
    assert [line.split()[0] for line in asked] == ["createuser", "createdb", "createdb"]
    for command in asked:
        there.run(f"PATH=$PATH:{programs()}; {command.replace('--pwprompt', '')} {' '.join(cluster.here()[:-2])} --username postgres")
    (copy,) = [line for line in lines if " db copy " in line]
    there.run(copy.replace("127.0.0.1", f"127.0.0.1:{cluster.port}"))
    url = f"postgresql://backplan:x@127.0.0.1:{cluster.port}/backplan"
    there.file.write_text(re.sub("DATABASE_URL=.*", f"DATABASE_URL={url}", there.file.read_text()))
    (check,) = [line for line in lines if line.endswith(" db check")]
    assert "all fits" in there.run(check) and owners(url.replace("postgresql:", "postgresql+psycopg:")) == ["owner@example.org"]
    there.run(lines[-1])
    assert list(there.places["/var/lib/backplan"].iterdir()) == []
    for name in ("backplan", "backplan_before"):
        cluster.drop(name)


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
