"""Commands say which database they used, a backup is never of another one, and `db check` says what does not fit."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from planner.cli.main import main
from planner.clinic.people.outgoing_mail import queue_mail
from planner.clinic.people.post_office import Mail
from planner.database.engines import named, open_database
from planner.database.sessions import writing
from planner.folders import ROOT
from planner.kept.plans import Safe
from tests.clinics import house, now
from tests.conftest import SECRET
from tests.keeping import keep
from tests.smtp_server import Box
from tests.test_mail import settings

OTHER = "quite another secret of more than 32 characters"
Said = tuple[int, str, str]


class Site:
    """An installation's database, and the commands that its operator types."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.file, self.url, self.capsys, self.monkeypatch = file, f"sqlite:///{file}", capsys, monkeypatch
        self.set(DATABASE_URL=self.url, SECRET_KEY=SECRET, KEEP_SECRET="", KEEP_SECRET_FALLBACKS="")

    def set(self, **more: str) -> None:
        for name, value in more.items():
            self.monkeypatch.setenv(name, value)

    def run(self, *command: str) -> Said:
        code = main(list(command))
        out = self.capsys.readouterr()
        return code, out.out, out.err

    def checked(self) -> tuple[int, dict[str, str]]:
        code, out, err = self.run("db", "check")
        assert err.count("\n") == 1 and str(self.file) in err
        return code, dict(line.split(": ", 1) for line in out.splitlines())


@pytest.fixture
def mine(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Site:
    made = Site(Path(sqlite_url.removeprefix("sqlite:///")), monkeypatch, capsys)
    assert made.run("db", "upgrade")[0] == 0
    return made


def test_each_command_that_writes_names_its_database_in_one_line(mine: Site, smtp: Box, tmp_path: Path) -> None:
    mine.set(**settings(smtp))
    copy = tmp_path / "copy.zip"
    for command in (
        ("db", "upgrade"),
        ("db", "purge"),
        ("db", "backup", str(copy)),
        ("db", "restore", "--force", str(copy)),
        ("db", "copy", f"sqlite:///{tmp_path / 'new.sqlite3'}"),
        ("clinic", "add", "--name", "Harbour Lane", "--email", "owner@a.example"),
        ("clinic", "link", "owner@a.example"),
        ("mail", "send"),
        ("mail", "remind"),
    ):
        code, _, said = mine.run(*command)
        assert (code, said.count("\n")) == (0, 1) and said.startswith(f"sqlite:///{mine.file}"), (command, said)


def test_no_name_of_a_database_has_its_password() -> None:
    url = "postgresql+psycopg://plans:hunter2@db.example:5433/clinic?password=hunter2&sslmode=require"
    assert named(url) == "postgresql://plans@db.example:5433/clinic"


def test_a_backup_of_an_unused_or_missing_or_foreign_database_is_refused(mine: Site, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    foreign, hollow = tmp_path / "foreign.sqlite3", tmp_path / "hollow.sqlite3"
    with sqlite3.connect(foreign) as other:
        other.execute("create table plan (words text)")
        other.execute("insert into plan values ('not ours')")
    other.close()
    hollow.touch()
    for file, words in (
        (mine.file, "nothing in it"),
        (tmp_path / "no.sqlite3", "no such file"),
        (foreign, "no tables"),
        (hollow, "no tables"),
    ):
        mine.set(DATABASE_URL=f"sqlite:///{file}")
        code, out, said = mine.run("db", "backup", str(folder / "copy.zip"))
        assert code in (1, 2) and out == "" and re.fullmatch(rf"backplan: [^\n]*{re.escape(str(file))}[^\n]*{words}[^\n]*\n", said), said
    assert list(folder.iterdir()) == [] and not (tmp_path / "no.sqlite3").exists()
    mine.set(DATABASE_URL=mine.url)
    keep(open_database(mine.url))
    assert mine.run("db", "backup", str(folder / "none" / "copy.zip"))[0] == 2
    assert mine.run("db", "backup", str(folder / "copy.zip"))[0] == 0


def test_what_fits_is_said_line_by_line(mine: Site) -> None:
    keep(open_database(mine.url))
    code, found = mine.checked()
    assert code == 0 and found.keys() == {"schema", "secret", "rows"}
    assert (
        "as this program needs" in found["schema"]
        and found["secret"].startswith("the same as before, written down on")
        and "all 2 " in found["rows"]
    )


def test_a_wrong_secret_is_noticed_where_patients_alone_keep_plans(mine: Site) -> None:
    keep(open_database(mine.url))
    mine.set(SECRET_KEY=OTHER)
    code, found = mine.checked()
    assert code == 1 and str(date.today()) in found["secret"] and "KEEP_SECRET_FALLBACKS" in found["secret"]
    assert "another than before" in mine.run("db", "upgrade")[2] and mine.checked()[0] == 1, "a start with it settles nothing"
    mine.set(KEEP_SECRET_FALLBACKS=SECRET.replace(",", ""))
    assert mine.checked()[0] == 1
    mine.set(SECRET_KEY=SECRET)
    assert mine.checked()[0] == 0
    mine.set(SECRET_KEY=OTHER, KEEP_SECRET_FALLBACKS="")
    assert mine.run("db", "check", "--accept")[0] == 0 == mine.checked()[0]


def test_a_secret_that_was_changed_as_readme_says_fits(mine: Site) -> None:
    old = SECRET.replace(",", "")
    mine.set(SECRET_KEY=old)
    assert mine.run("db", "check", "--accept")[0] == 0
    mine.set(SECRET_KEY=OTHER, KEEP_SECRET_FALLBACKS=old)
    code, found = mine.checked()
    assert code == 0 and found["secret"].startswith("new, and has the one from before") and mine.run("db", "upgrade")[0] == 0
    mine.set(KEEP_SECRET_FALLBACKS="")
    code, found = mine.checked()
    assert code == 0 and found["secret"].startswith("the same as before"), "the new one is written down too"


def test_a_machine_that_was_left_with_the_older_secret_is_told_on_the_same_day_too(mine: Site) -> None:
    """The newer one first goes into the fallbacks of every machine, then each seals with it."""
    old, new = SECRET.replace(",", ""), OTHER
    mine.set(SECRET_KEY=old, KEEP_SECRET_FALLBACKS=new)
    assert mine.run("db", "check", "--accept")[0] == 0 == mine.checked()[0]
    mine.set(SECRET_KEY=new, KEEP_SECRET_FALLBACKS=old)
    assert mine.checked()[0] == 0, "before the first start with it"
    assert mine.run("db", "upgrade")[0] == 0 == mine.checked()[0]
    for fallbacks in (new, ""):
        mine.set(SECRET_KEY=old, KEEP_SECRET_FALLBACKS=fallbacks)
        mine.run("db", "upgrade")
        code, found = mine.checked()
        assert code == 1 and "older than the one of" in found["secret"], "its start settles nothing"
    assert mine.run("db", "check", "--accept")[0] == 0 == mine.checked()[0]
    mine.set(SECRET_KEY=new, KEEP_SECRET_FALLBACKS=old)
    assert mine.checked()[0] == 1


def test_a_secret_that_nobody_set_and_nobody_may_write_is_named(mine: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As a service has it whose SECRET_KEY is still empty: the folder of the program is not its own."""
    (tmp_path / "a file").touch()
    monkeypatch.setattr("planner.cli.database_commands.INSTANCE", tmp_path / "a file" / "instance")
    mine.set(SECRET_KEY="")
    code, _, said = mine.run("db", "upgrade")
    assert code == 2 and said.count("\n") == 1 and "SECRET_KEY is not set" in said


def test_sealed_rows_are_tried(mine: Site) -> None:
    engine = open_database(mine.url)
    home = house(engine, "a")
    with writing(engine) as session:
        queue_mail(session, Safe(SECRET), home.clinic, Mail("a@a.example", "s", "t"), now(), now().replace(year=2099))
        queue_mail(session, Safe(OTHER), None, Mail("a@a.example", "s", "t"), now(), now().replace(year=2099))
    code, found = mine.checked()
    assert code == 1 and "1 of 2 sealed rows" in found["secret"] and SECRET not in str(found)
    with writing(engine) as session:
        session.execute(text("delete from outgoing_mail where clinic_id is null"))
    code, found = mine.checked()
    assert code == 0 and "all 1 sealed rows" in found["secret"]


def test_another_schema_and_lost_rows_are_noticed(mine: Site) -> None:
    engine = open_database(mine.url)
    house(engine, "a")
    with sqlite3.connect(mine.file) as raw:
        raw.execute("delete from clinic")
    code, found = mine.checked()
    assert code == 1 and "belong" in found["rows"]
    for change, words in (
        ("drop table note", "as it has them"),
        ("update alembic_version set version_num = '0001'", "0001"),
        ("drop table alembic_version", "no tables"),
    ):
        with sqlite3.connect(mine.file) as raw:
            raw.execute(change)
        raw.close()
        code, found = mine.checked()
        assert code == 1 and words in found["schema"], found
    mine.file.write_bytes(b"no database, but long enough to look like a file of some kind" * 90)
    assert mine.run("db", "check")[0] == 1


def cron_lines() -> list[str]:
    """README's lines for cron, as cron reads them: five fields of time, then a command in which \\% is %."""
    lines = re.findall(r"^(?:[\d*/]+ ){5}(.+)$", (ROOT / "README.md").read_text("utf-8"), re.M)
    return [line.replace(r"\%", "%") for line in lines]


@pytest.mark.slow
def test_the_lines_for_cron_work_as_they_stand(mine: Site, smtp: Box, tmp_path: Path) -> None:
    """In an installation of its own, under the folders that the lines name; all that they know is in instance/backplan.env."""
    keep(open_database(mine.url))
    tree, backups = tmp_path / "srv" / "backplan", tmp_path / "backups"
    shutil.copytree(ROOT / "planner", tree / "planner", ignore=shutil.ignore_patterns("__pycache__"))
    for name in (".venv", "locale", "templates", "static"):
        (tree / name).symlink_to(ROOT / name)
    for folder in (tree / "instance", backups):
        folder.mkdir()
    said = {**settings(smtp), "DATABASE_URL": mine.url, "SECRET_KEY": SECRET, "HOST": ""}
    (tree / "instance" / "backplan.env").write_text("".join(f'{name}="{value}"\n' for name, value in said.items()))
    lines = cron_lines()
    assert len(lines) == 4 and len({line for line in lines if "/srv/backplan" in line}) == 4
    for line in lines:
        command = line.replace("/srv/backplan", str(tree)).replace("/var/backups", str(backups))
        done = subprocess.run(["/bin/sh", "-c", command], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False)
        assert done.returncode == 0 and str(mine.file) in done.stderr and done.stderr.count("\n") == 1, (line, done.stderr)
    assert [file.name for file in backups.iterdir()] == [f"backplan-{date.today()}.zip"]
