"""`clinic reset-codes`: an owner who is alone and lost their phone gets in again, and nobody else is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from planner.cli.main import main
from planner.clinic.tables import Audit, Recovery, SignedIn
from planner.database.engines import open_database
from planner.database.sessions import reading
from planner.upkeep.upgrading import upgrade
from tests.clinics import engine_of, events, house, person, sign_in
from tests.conftest import an_app
from tests.test_confirming import HERE, a_key
from tests.test_sign_in_rules import codes_on

Command = Callable[..., int]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Command, Flask]]:
    """`clinic reset-codes` on a database, and the site on the same one."""
    url = f"sqlite:///{tmp_path / 'kept.sqlite3'}"
    engine = open_database(url)
    upgrade(engine)
    engine.dispose()
    monkeypatch.setenv("DATABASE_URL", url)
    app = an_app(DATABASE_URL=url, BASE_URL=HERE)
    yield lambda *arguments: main(["clinic", "reset-codes", *arguments]), app
    engine_of(app).dispose()


def test_an_owner_alone_who_lost_phone_and_codes_is_helped(command: tuple[Command, Flask], capsys: pytest.CaptureFixture[str]) -> None:
    reset, app = command
    home = house(engine_of(app), "a")
    codes_on(app, home.owner)
    a_key(app, home.owner)
    client = app.test_client()
    assert sign_in(client, "owner@a.example").location == "/clinic/code"
    assert reset(" OWNER@a.example") == 0
    assert "Olive Owner" in capsys.readouterr().err
    assert sign_in(client, "owner@a.example").location == "/clinic"
    client.get("/clinic/people", expects=200)
    with reading(engine_of(app)) as session:
        rows = session.scalars(select(Audit).where(Audit.what.in_(("codes_off", "passkeys_off")))).all()
        assert {(row.what, row.clinic_id, row.therapist_id, row.about) for row in rows} == {
            ("codes_off", home.clinic, None, "Olive Owner"),
            ("passkeys_off", home.clinic, None, "Olive Owner"),
        }
        assert session.scalars(select(Recovery)).all() == [] and len(session.scalars(select(SignedIn)).all()) == 1


@pytest.mark.parametrize("email", ["", "nobody@a.example", "therapist@a.example", "owner@a.example", "not an address", "\ud800"])
def test_bad_input_is_one_line_and_changes_nothing(command: tuple[Command, Flask], capsys: pytest.CaptureFixture[str], email: str) -> None:
    """The owner has no codes; a therapist's codes are their owner's matter."""
    reset, app = command
    home = house(engine_of(app), "a")
    codes_on(app, home.therapist)
    before = events(engine_of(app), home.clinic)
    assert reset(email) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert events(engine_of(app), home.clinic) == before and person(engine_of(app), home.therapist).totp
