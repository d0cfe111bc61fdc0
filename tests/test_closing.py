"""Deleting a clinic: nothing of it is left, others keep everything, and what comes too late is told so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from planner.clinic import closing
from planner.clinic.sheets.handouts import Sheet, make_handout
from planner.clinic.tables import Audit, Clinic, Handout
from planner.database.sessions import reading, writing
from planner.kept.plans import Gone, KeptGone, KeptPlan
from planner.library.reader import load
from planner.upkeep.every_table import METADATA
from tests.clinics import House, now, person, send
from tests.conftest import token
from tests.keeping import together
from tests.rooms import SAFE, Room, errors
from tests.sheet_forms import a_body, a_handout
from tests.test_takeout import full

TRACES = {"kept_gone", "spent"}  # hashes alone, of plans and of browsers


def name_of(room: Room) -> str:
    with reading(room.engine) as rows:
        return rows.get_one(Clinic, room.home.clinic).name


def end(room: Room) -> TestResponse:
    return send(room.owner(), "/clinic/delete", name=name_of(room))


@pytest.mark.parametrize("typed", ["", "x", "delete", "Clinic", "Clinic %"])
def test_deleting_wants_the_name(alone: Room, typed: str) -> None:
    before = alone.everything()
    page = send(alone.owner(), "/clinic/delete", name=typed, expects=422)
    assert "name" in errors(page) and f'value="{typed}"' in page.text
    assert {name: rows for name, rows in alone.everything().items() if name != "signed_in"} == {
        name: rows for name, rows in before.items() if name != "signed_in"
    }


def test_capitals_and_spaces_are_forgiven(alone: Room) -> None:
    send(alone.owner(), "/clinic/delete", name=f"  {name_of(alone).upper().replace(' ', '  ')} ")
    assert not any(alone.home.clinic in row for rows in alone.everything().values() for row in rows)


def test_after_deleting_nothing_of_it_is_left_and_others_have_everything(alone: Room) -> None:
    other = Room(alone.app)
    theirs = full(other.engine, other.home, "theirs")
    mine = (alone.home.clinic, alone.home.owner, alone.home.therapist)
    before = {name: [row for row in rows if not any(one in row for one in mine)] for name, rows in other.everything().items()}
    names = full(alone.engine, alone.home, "mine")
    code, patient = alone.code(names[0]), alone.app.test_client()
    patient.get(f"/kept/{code}", expects=200)
    answer = end(alone)
    assert answer.status_code == 303 and answer.location == "/clinic/gone" and "clinic=;" in answer.headers["Set-Cookie"]
    alone.app.test_client().get("/clinic/gone", expects=200)
    patient.get(f"/kept/{code}", expects=404)
    after = other.everything()
    assert {name for name in after if after[name] != Counter(before[name])} <= TRACES
    with alone.engine.connect() as connection:
        every = repr([connection.execute(select(table)).all() for table in METADATA.sorted_tables])
    for trace in (*mine, *names, "mine"):
        assert trace not in every, trace
    other.get(f"/clinic/sheets/{theirs[0]}")


def test_no_backup_brings_its_plans_back(alone: Room) -> None:
    name = a_handout(alone.engine, alone.home)
    keys = set(SAFE.row_keys(alone.opened(name).code))
    end(alone)
    with reading(alone.engine) as rows:
        assert (
            keys <= set(rows.scalars(select(KeptGone.key))) and not rows.scalars(select(KeptPlan.key).where(KeptPlan.key.in_(keys))).all()
        )


def late_ones(room: Room) -> dict[str, Callable[[], Any]]:
    """What a therapist's open pages may still send."""
    name = a_handout(room.engine, room.home)
    sent = {"csrf_token": token(room.client, "/clinic/new")}
    printed = room.begun().with_(do="print", checked="yes", note="late")
    client = room.client
    return {
        "print": lambda: client.post("/clinic/new", data=printed),
        "revoke": lambda: client.post(f"/clinic/sheets/{name}/revoke", data=sent),
        "digits": lambda: client.post(f"/clinic/repeat/{name}", data={**sent, "digits": "5312"}),
        "rename": lambda: client.post("/clinic/account", data={**sent, "name": "New", "initials": "N"}),
    }


def test_what_comes_too_late_is_told_so(alone: Room) -> None:
    late = late_ones(alone)
    end(alone)
    for what, do in late.items():
        answer = do()
        assert answer.status_code == 410, what
    alone.get("/clinic/sheets", expects=303)
    assert alone.handouts() == 0
    stranger = alone.app.test_client()
    stranger.set_cookie("clinic", "x" * 43)
    stranger.post("/clinic/account", data={"csrf_token": token(stranger, "/clinic/sign-in")}, expects=401)


def test_one_who_was_let_in_before_it_was_deleted_writes_nothing(alone: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The row is read, then the clinic goes, then the form is kept: whatever it is, it is 410 and leaves no trace."""
    late, real = late_ones(alone), {}
    from planner.web.clinic import access

    real["visit"] = access._visit

    def slow(token: str) -> Any:
        found = real["visit"](token)
        monkeypatch.setattr(access, "_visit", real["visit"])
        with writing(alone.engine) as rows:
            closing.delete_clinic(rows, SAFE, alone.home.clinic, now())
        return found

    monkeypatch.setattr(access, "_visit", slow)
    assert late["rename"]().status_code == 410


@pytest.mark.parametrize("what", ["print", "revoke", "digits"])
def test_a_sheet_that_is_written_while_the_clinic_goes_is_not(alone: Room, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    late = late_ones(alone)
    from planner.web.clinic import access

    real = access._visit

    def slow(token: str) -> Any:
        found = real(token)
        monkeypatch.setattr(access, "_visit", real)
        with writing(alone.engine) as rows:
            closing.delete_clinic(rows, SAFE, alone.home.clinic, now())
        return found

    monkeypatch.setattr(access, "_visit", slow)
    assert late[what]().status_code in (404, 410)
    with reading(alone.engine) as rows:
        assert not rows.scalars(select(Handout.id).where(Handout.clinic_id == alone.home.clinic)).all()
        assert (
            not rows.scalars(select(KeptPlan.key)).all()
            and not rows.scalars(select(Audit.id).where(Audit.clinic_id == alone.home.clinic)).all()
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
