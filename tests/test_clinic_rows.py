"""The rows of clinics: they survive a backup, a copy to the other database and the migration, and go with their clinic."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.clinic.people import audit, invitations, sign_ins
from planner.clinic.sheets.own_exercises import OwnExercise
from planner.clinic.tables import Clinic, ClinicPack, Handout, Note, OutgoingMail, Passkey, Printed, Recovery, Spent, Therapist
from planner.clinic.waiting_room.intake_tables import Consent, Intake, PickUpWord, Tablet, WrongWords
from planner.database.engines import open_database
from planner.database.revisions import current, newest
from planner.database.sessions import reading, writing
from planner.upkeep.backup import back_up, copy, restore
from planner.upkeep.every_table import METADATA
from planner.upkeep.upgrading import altering, migrate, upgrade
from tests.clinics import House, events, house, now
from tests.keeping import BODY, find, keep

NO_CLINICS = ("kept_plan", "kept_gone", "chore", "health_link", "account_request")
WAITING = ("outgoing_mail", "intake", "pick_up_word", "wrong_words")
"""What no copy takes along: a link that was sent can be made anew, and must not be sent twice."""
"""What patients keep, and what is a row of nobody: test_backup.py has them, and test_links_left_behind.py the last."""
TABLES = [table for table in METADATA.sorted_tables if table.name not in NO_CLINICS]


def filled(engine: Engine, name: str = "a") -> House:
    """A clinic with a row in every table; its handouts name each other in both directions of the order of ids."""
    home = house(engine, name)
    mine: dict[str, Any] = {"clinic_id": home.clinic, "therapist_id": home.owner}
    paper: dict[str, Any] = {"kept_key": b"k" * 32, "sealed_code": b"\x00\xff", "made": now(), **mine}
    with writing(engine) as session:
        session.get_one(Clinic, home.clinic).logo = b"\x89PNG"
        first, last = (f"{digit}{home.clinic[1:]}" for digit in "0f")
        session.add(Handout(id=last, read_back=True, **paper))
        session.flush()
        session.add(Handout(id=first, previous=last, revoked=now(), **paper))
        session.flush()
        session.get_one(Handout, last).previous = first
        session.add(Printed(handout_id=first, number=1, therapist_id=home.owner, made=now(), sheet=b"\x00\xff", chart=b"\xff"))
        session.add(ClinicPack(clinic_id=home.clinic, title="Desk ✓", answers="{}", programme=b"\x00\xff", made=now()))
        session.add(OwnExercise(clinic_id=home.clinic, root="0" * 32, sealed=b"\x00\xff", made=now()))
        session.add(Note(sealed=b"\x01", used=now(), **mine))
        key = Passkey(therapist_id=home.owner, credential=home.clinic.encode(), public_key=b"p", sign_count=2**32 - 1)
        key.label, key.made = "phone", now()
        session.add_all([key, Recovery(therapist_id=home.owner, code_hash=b"r" * 32)])
        session.add(Spent(key=home.clinic.encode(), expires=now() + timedelta(minutes=5)))
        sign_ins.begin(session, home.owner, now())
        session.add(OutgoingMail(clinic_id=home.clinic, sealed=b"\x00\xff", due=now(), expires=now() + timedelta(days=7)))
        invitations.invite(session, now(), session.get_one(Therapist, home.owner), f"new@{name}.example", "owner")
        waiting_room(session, home, first)
    return home


def waiting_room(session: Session, home: House, handout: str) -> None:
    """A row in each of its tables."""
    later, key = now() + timedelta(days=7), home.clinic.encode()
    session.add(Intake(key=key, clinic_id=home.clinic, sealed=b"\x00\xff", expires=later))
    session.flush()
    session.add(PickUpWord(key=key, intake_key=key, sealed=b"\x00\xff", expires=later))
    session.add(WrongWords(clinic_id=home.clinic, day=now().date(), tries=2))
    session.add(Tablet(clinic_id=home.clinic, token_hash=key, made=now(), expires=later))
    session.add(Consent(handout_id=handout, made=now(), sealed=b"\x00\xff"))


def everything(engine: Engine, without: tuple[str, ...] = ()) -> dict[str, set[str]]:
    tables = [table for table in TABLES if table.name not in without]
    with reading(engine) as session:
        found = {table.name: {repr(row) for row in session.execute(select(table))} for table in tables}
    assert all(found.values()), [name for name, rows in found.items() if not rows]
    return found


def test_the_migrations_make_what_the_program_expects(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_backup_holds_every_row(engine: Engine, tmp_path: Path) -> None:
    home = filled(engine)
    before = everything(engine, WAITING)
    back_up(engine, tmp_path / "all.zip")
    with writing(engine) as session:
        session.execute(delete(Clinic))
        session.execute(delete(Spent))
    restore(engine, tmp_path / "all.zip", force=True)
    assert everything(engine, WAITING) == before
    with writing(engine) as session:
        assert not session.scalars(select(OutgoingMail)).all(), "what was sent since is not sent again"
        audit.record(session, now(), "exported", by=session.get_one(Therapist, home.owner))  # a restored table takes new rows
    assert events(engine, home.clinic)[-1] == "exported"


def test_rows_are_the_same_on_the_other_database(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    here, there = open_database(sqlite_url), open_database(postgres_url)
    filled(here)
    copy(here, there)
    assert everything(there, WAITING) == everything(here, WAITING)
    back = open_database(f"sqlite:///{tmp_path / 'back.sqlite3'}")
    upgrade(back)
    copy(there, back)
    assert everything(back, WAITING) == everything(here, WAITING)
    there.dispose()


def test_deleting_a_clinic_takes_all_its_rows_and_no_others(engine: Engine) -> None:
    home, other = filled(engine, "a"), filled(engine, "b")
    with writing(engine) as session:
        session.execute(delete(Clinic).where(Clinic.id == home.clinic))
    left = everything(engine)
    for rows in left.values():
        assert not [row for row in rows if home.clinic in row or home.owner in row] or rows is left["spent"]
    assert len(left["therapist"]) == 2 and other.clinic in repr(left)
    with pytest.raises(IntegrityError), writing(engine) as session:  # too late
        session.add(Note(clinic_id=home.clinic, therapist_id=home.owner, sealed=b"", used=now()))


def test_the_migration_leaves_kept_plans_alone(engine: Engine) -> None:
    code = keep(engine)
    filled(engine)
    with altering(engine) as connection:
        migrate(connection, "0001")
    assert current(engine) == "0001"
    upgrade(engine)
    assert current(engine) == newest()
    found = find(engine, code)
    assert found and found.body.answers == BODY.answers
    filled(engine)
