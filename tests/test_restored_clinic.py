"""What a restored backup must not bring back to a clinic: the sheet of a plan that was deleted since, and an e-mail that was sent."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, func, select

from planner.clinic.people.outgoing_mail import queue_mail
from planner.clinic.people.post_office import Mail
from planner.clinic.sheets.records import Chart
from planner.clinic.tables import OutgoingMail, Printed
from planner.database.engines import open_database
from planner.database.sessions import reading, writing
from planner.kept import plans
from planner.kept.plans import Safe
from planner.upkeep.backup import back_up, copy, restore
from planner.upkeep.upgrading import upgrade
from tests.clinics import House, now, person
from tests.conftest import SECRET
from tests.rooms import opened
from tests.sheet_forms import a_handout

SAFE = Safe(SECRET)


def test_the_sheet_of_a_plan_that_was_deleted_since_stays_deleted(engine: Engine, home: House, tmp_path: Path) -> None:
    stays, goes = (a_handout(engine, home, chart=Chart("the clinic's notes")) for _ in range(2))
    back_up(engine, tmp_path / "backup.zip")
    with writing(engine) as rows:
        plans.delete(rows, SAFE, opened(engine, home, goes).code, date.today())
    restore(engine, tmp_path / "backup.zip", force=True)
    with reading(engine) as rows:
        sheets = {row.handout_id: (row.sheet is not None, row.chart is not None) for row in rows.scalars(select(Printed))}
    assert sheets == {stays: (True, True), goes: (False, True)}


def test_an_email_that_waits_is_in_no_backup_and_no_copy(engine: Engine, home: House, tmp_path: Path) -> None:
    with writing(engine) as rows:
        queue_mail(rows, SAFE, home.clinic, Mail("a@b.example", "Join", "A link"), now(), now() + timedelta(days=1))
    assert waiting(engine) == 1
    there = open_database(f"sqlite:///{tmp_path / 'there.sqlite3'}")
    upgrade(there)
    copy(engine, there)
    back_up(engine, tmp_path / "backup.zip")
    restore(engine, tmp_path / "backup.zip", force=True)
    assert [waiting(one) for one in (engine, there)] == [0, 0] and person(there, home.owner).active
    there.dispose()


def waiting(engine: Engine) -> int:
    with reading(engine) as rows:
        return rows.scalar(select(func.count()).select_from(OutgoingMail)) or 0
