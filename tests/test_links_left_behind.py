"""Health links live for days: they go with their plan, and no backup and no move to another database takes them along."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, func, select

from planner.database.engines import open_database
from planner.database.sessions import reading, writing
from planner.kept.health_links import HealthLink, new_link, share
from planner.upkeep.backup import back_up, copy, restore
from planner.upkeep.upgrading import upgrade
from tests.keeping import ON, SAFE, delete, find, keep


def shared(engine: Engine) -> str:
    """The code of a plan with a link."""
    code = keep(engine)
    with writing(engine) as session:
        kept = find(engine, code)
        drawn = new_link(session, SAFE, kept, ON) if kept else None
        assert kept and drawn
        share(session, kept, drawn, b"{}", "application/fhir+json", ON)
    return code


def links(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(HealthLink)) or 0


def test_a_link_goes_with_its_plan_and_no_other_does(engine: Engine) -> None:
    stays, gone = shared(engine), shared(engine)
    delete(engine, gone)
    assert links(engine) == 1 and find(engine, stays)


def test_a_backup_has_the_plan_without_its_link(engine: Engine, tmp_path: Path) -> None:
    code = shared(engine)
    back_up(engine, tmp_path / "backup.zip")
    restore(engine, tmp_path / "backup.zip", force=True)
    assert find(engine, code) and not links(engine)


def test_the_other_database_gets_the_plan_without_its_link(sqlite_url: str, postgres_url: str, tmp_path: Path) -> None:
    here, there, back = (open_database(url) for url in (sqlite_url, postgres_url, f"sqlite:///{tmp_path / 'back.sqlite3'}"))
    code = shared(here)
    copy(here, there)
    upgrade(back)
    copy(there, back)
    assert all(find(one, code) for one in (here, there, back))
    assert [links(one) for one in (here, there, back)] == [1, 0, 0]
    there.dispose()
