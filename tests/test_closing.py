"""Deleting a clinic: nothing of it is left, others keep everything, and what comes too late is told so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from planner.clinic import closing
from planner.clinic.sheets.handouts import Sheet, make_handout
from planner.clinic.tables import Audit, Clinic, Handout
from planner.database.sessions import reading, writing
from planner.kept.plans import Gone, KeptGone, KeptPlan
from planner.library.reader import load
from planner.upkeep.every_table import METADATA
from tests.clinics import House, house, now, person, send, signed_in
from tests.conftest import TOKEN
from tests.keeping import together
from tests.rooms import SAFE, Room, errors
from tests.sheet_forms import FakeRenderer, Form, a_body, a_handout
from tests.test_takeout import full

TRACES = {"kept_gone", "spent"}  # hashes alone, of plans and of browsers


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.clinic.printing.pool", FakeRenderer)


@pytest.fixture
def home(engine: Engine) -> House:
    return house(engine, "a")


@pytest.fixture
def room(site: Flask) -> Room:
    """`client` is the therapist's browser; its owner has another."""
    return Room(site)


def owner(room: Room) -> FlaskClient:
    return signed_in(room.app, room.home.owner)


def name_of(room: Room) -> str:
    with reading(room.engine) as rows:
        return rows.get_one(Clinic, room.home.clinic).name


def end(room: Room) -> Any:
    return send(owner(room), "/clinic/delete", name=name_of(room))


@pytest.mark.parametrize("typed", ["", "x", "delete", "Clinic", "Clinic %"])
def test_deleting_wants_the_name(room: Room, typed: str) -> None:
    before = room.everything()
    page = send(owner(room), "/clinic/delete", name=typed)
    assert page.status_code == 422 and "name" in errors(page) and f'value="{typed}"' in page.text
    assert {name: rows for name, rows in room.everything().items() if name != "signed_in"} == {
        name: rows for name, rows in before.items() if name != "signed_in"
    }


def test_capitals_and_spaces_are_forgiven(room: Room) -> None:
    assert send(owner(room), "/clinic/delete", name=f"  {name_of(room).upper().replace(' ', '  ')} ").status_code == 303


def test_after_deleting_nothing_of_it_is_left_and_others_have_everything(room: Room) -> None:
    other = Room(room.app)
    theirs = full(other.engine, other.home, "theirs")
    mine = (room.home.clinic, room.home.owner, room.home.therapist)
    before = {name: [row for row in rows if not any(one in row for one in mine)] for name, rows in other.everything().items()}
    names = full(room.engine, room.home, "mine")
    code, patient = room.code(names[0]), room.app.test_client()
    assert patient.get(f"/kept/{code}").status_code == 200
    answer = end(room)
    assert answer.status_code == 303 and answer.location == "/clinic/gone" and "clinic=;" in answer.headers["Set-Cookie"]
    assert "is deleted" in room.app.test_client().get("/clinic/gone").text
    assert patient.get(f"/kept/{code}").status_code == 404
    after = other.everything()
    assert {name for name in after if after[name] != Counter(before[name])} <= TRACES
    with room.engine.connect() as connection:
        every = repr([connection.execute(select(table)).all() for table in METADATA.sorted_tables])
    for trace in (*mine, *names, "mine"):
        assert trace not in every, trace
    assert other.client.get(f"/clinic/sheets/{theirs[0]}").status_code == 200


def test_no_backup_brings_its_plans_back(room: Room) -> None:
    name = a_handout(room.engine, room.home)
    keys = set(SAFE.row_keys(room.opened(name).code))
    end(room)
    with reading(room.engine) as rows:
        assert (
            keys <= set(rows.scalars(select(KeptGone.key))) and not rows.scalars(select(KeptPlan.key).where(KeptPlan.key.in_(keys))).all()
        )


def late_ones(room: Room) -> dict[str, Callable[[], Any]]:
    """What a therapist's open pages may still send."""
    name = a_handout(room.engine, room.home)
    token = {"csrf_token": Form(room.client.get("/clinic/new").text).one("csrf_token")}
    printed = room.begun().with_(do="print", checked="yes", note="late")
    client = room.client
    return {
        "print": lambda: client.post("/clinic/new", data=printed),
        "revoke": lambda: client.post(f"/clinic/sheets/{name}/revoke", data=token),
        "digits": lambda: client.post(f"/clinic/repeat/{name}", data={**token, "digits": "5312"}),
        "rename": lambda: client.post("/clinic/account", data={**token, "name": "New", "initials": "N"}),
    }


def test_what_comes_too_late_is_told_so(room: Room) -> None:
    late = late_ones(room)
    end(room)
    for what, do in late.items():
        answer = do()
        assert answer.status_code == 410 and "This has been deleted" in answer.text, what
    assert room.client.get("/clinic/sheets").status_code == 303 and room.handouts() == 0
    stranger = room.app.test_client()
    stranger.set_cookie("clinic", "x" * 43)
    token = TOKEN.search(stranger.get("/clinic/sign-in").text)
    assert token and stranger.post("/clinic/account", data={"csrf_token": token[1]}).status_code == 401


def test_one_who_was_let_in_before_it_was_deleted_writes_nothing(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is read, then the clinic goes, then the form is kept: whatever it is, it is 410 and leaves no trace."""
    late, real = late_ones(room), {}
    from planner.web.clinic import access

    real["visit"] = access._visit

    def slow(token: str) -> Any:
        found = real["visit"](token)
        monkeypatch.setattr(access, "_visit", real["visit"])
        with writing(room.engine) as rows:
            closing.delete_clinic(rows, SAFE, room.home.clinic, now())
        return found

    monkeypatch.setattr(access, "_visit", slow)
    answer = late["rename"]()
    assert answer.status_code == 410 and "This has been deleted" in answer.text


@pytest.mark.parametrize("what", ["print", "revoke", "digits"])
def test_a_sheet_that_is_written_while_the_clinic_goes_is_not(room: Room, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    late = late_ones(room)
    from planner.web.clinic import access

    real = access._visit

    def slow(token: str) -> Any:
        found = real(token)
        monkeypatch.setattr(access, "_visit", real)
        with writing(room.engine) as rows:
            closing.delete_clinic(rows, SAFE, room.home.clinic, now())
        return found

    monkeypatch.setattr(access, "_visit", slow)
    assert late[what]().status_code in (404, 410)
    with reading(room.engine) as rows:
        assert not rows.scalars(select(Handout.id).where(Handout.clinic_id == room.home.clinic)).all()
        assert (
            not rows.scalars(select(KeptPlan.key)).all()
            and not rows.scalars(select(Audit.id).where(Audit.clinic_id == room.home.clinic)).all()
        )


def test_many_who_print_while_the_clinic_goes_leave_no_orphan(engine: Engine, home: House) -> None:
    body, me = a_body(load()), person(engine, home.therapist)

    def do(number: int) -> str:
        with writing(engine) as rows:
            if number == 3:
                closing.delete_clinic(rows, SAFE, home.clinic, now())
                return "deleted"
            return make_handout(rows, SAFE, me, Sheet(replace(body, note=str(number))), now()).id

    found = together(6, do)
    faults = [one for one in found if isinstance(one, Exception)]
    assert "deleted" in found and all(isinstance(one, Gone) for one in faults), faults
    with reading(engine) as rows:
        assert not rows.scalars(select(Handout.id)).all() and not rows.scalars(select(KeptPlan.key)).all()


def test_a_clinic_is_deleted_once(engine: Engine, home: House) -> None:
    def do(_: int) -> None:
        with writing(engine) as rows:
            closing.delete_clinic(rows, SAFE, home.clinic, now())

    found = together(2, do)
    assert sorted(type(one).__name__ for one in found) == ["Gone", "NoneType"]
