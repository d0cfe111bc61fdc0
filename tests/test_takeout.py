"""Taking everything along and deleting the clinic: all of it, of one moment, nobody else's; and what comes too late."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select

from planner.clinic import closing, invitations, notes
from planner.clinic.handouts import Sheet, make_handout, revoke_handout
from planner.clinic.tables import Audit, Clinic, Handout, Passkey, Therapist
from planner.clinic.takeout import harmless, write_takeout
from planner.codes import grouped
from planner.database import reading, writing
from planner.kept import Gone, KeptGone, KeptPlan
from planner.library import load
from planner.tables import METADATA
from tests.bench_forms import FakeRenderer, Form, a_body, a_handout, a_pack
from tests.clinics import PASSWORD, House, hashed, house, now, person, send, signed_in
from tests.conftest import TOKEN
from tests.keeping import together
from tests.pictures import picture
from tests.rooms import SAFE, Room, errors

FILES = {"profile.json", "people.json", "packs.json", "notes.json", "handouts.json", "handouts.csv", "audit.json", "audit.csv"}
TRACES = {"kept_gone", "spent"}  # hashes alone, of plans and of browsers


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.clinic.printing.pool", FakeRenderer)


@pytest.fixture
def home(engine: Engine) -> House:
    return house(engine, "a")


def take(engine: Engine, clinic_id: str) -> ZipFile:
    out = BytesIO()
    with reading(engine) as rows:
        write_takeout(rows, SAFE, load(), clinic_id, out, now())
    return ZipFile(out)


def rows_of(zipped: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(zipped.read(name).decode("utf-8-sig"), newline="")))


def full(engine: Engine, home: House, word: str) -> list[str]:
    """Something of each kind, with `word` in it. Returns the ids of its handouts: one open, one revoked."""
    body = a_body(load(), goal_words=f"{word} goal")
    names = [a_handout(engine, home, replace(body, note=f"{word} note"), reference=f"{word} ref", pack=f"{word} pack")]
    names.append(a_handout(engine, home, replace(body, note=f"{word} revoked"), previous=names[0]))
    a_pack(engine, home, f"{word} own")
    with writing(engine) as rows:
        me = rows.get_one(Therapist, home.therapist)
        me.totp = f"{word} totp".encode()
        notes.remember(rows, SAFE, me, f"{word} last", now())
        rows.get_one(Clinic, home.clinic).logo = picture()
        key = {"credential": f"{word} key".encode(), "public_key": b"", "sign_count": 0, "label": f"{word} phone", "made": now()}
        rows.add(Passkey(therapist_id=me.id, **key))
        invitations.invite(rows, now(), rows.get_one(Therapist, home.owner), f"{word}@new.example", "therapist")
    with writing(engine) as rows:
        opened = Room.opened(room_of(engine, home), names[1])
        revoke_handout(rows, SAFE, person(engine, home.therapist), opened, now())
    return names


def room_of(engine: Engine, home: House) -> Any:
    return type("Of", (), {"engine": engine, "home": home})()


def test_everything_is_in_it_and_nothing_of_others(engine: Engine, home: House) -> None:
    other = house(engine, "b")
    names, _theirs = full(engine, home, "mine"), full(engine, other, "theirs")
    zipped = take(engine, home.clinic)
    assert set(zipped.namelist()) == FILES | {"logo.png"} and zipped.testzip() is None and zipped.read("logo.png") == picture()
    data = {name: json.loads(zipped.read(name)) for name in FILES if name.endswith(".json")}
    assert data["profile.json"]["name"] == "Clinic a" and [one["title"] for one in data["packs.json"]] == ["mine own"]
    assert [one["email"] for one in data["people.json"]] == ["owner@a.example", "therapist@a.example"]
    assert data["people.json"][1]["passkeys"] == ["mine phone"] and data["people.json"][1]["one_time_codes"] is True
    assert [one["note"] for one in data["notes.json"]] == ["mine last"]
    first, second = data["handouts.json"]
    assert first["id"] == names[0] and first["content"]["note"] == "mine note" and first["content"]["answers"]["goal_words"] == "mine goal"
    assert first["content"]["edits"]["exercises"] and len(first["code"]) == 21 and first["by"] == "Theo Therapist"
    assert second["content"] is None and second["revoked"] and second["follows"] == names[0] and second["code"] == ""
    assert {"clinic", "handout", "revoked", "pack", "invited"} <= {one["what"] for one in data["audit.json"]}
    for name in zipped.namelist():
        assert b"theirs" not in zipped.read(name) and b"b.example" not in zipped.read(name), name


def test_no_secret_is_in_it(engine: Engine, home: House) -> None:
    full(engine, home, "mine")
    zipped = take(engine, home.clinic)
    text = b"".join(zipped.read(name) for name in zipped.namelist())
    for secret in (b"argon2", hashed(PASSWORD).encode(), b"mine totp", b"mine key", b"token", b"sealed"):
        assert secret not in text, secret


def test_the_table_for_spreadsheets_says_the_same_in_words(engine: Engine, home: House) -> None:
    names = full(engine, home, "mine")
    zipped = take(engine, home.clinic)
    first, second = rows_of(zipped, "handouts.csv")
    assert first["id"] == names[0] and first["reference"] == "mine ref" and first["pack"] == "mine pack" and first["note"] == "mine note"
    titles = [load().exercises[name].title for name in json.loads(zipped.read("handouts.json"))[0]["content"]["edits"]["exercises"]]
    assert first["exercises"] == "; ".join(titles) != "" and "low back" in first["answers"].lower()
    assert second["answers"] == second["note"] == "" and second["revoked"]
    assert len(rows_of(zipped, "audit.csv")) == len(json.loads(zipped.read("audit.json")))
    raw = zipped.read("handouts.csv")
    assert raw.startswith(b"\xef\xbb\xbfmade,by,") and raw.count(b"\r\n") == 3


@pytest.mark.parametrize("typed", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "\rx", "\n=1", "＝1"])
def test_nothing_in_it_is_a_formula(engine: Engine, home: House, typed: str) -> None:
    assert harmless(typed) == f"'{typed}" and harmless("R 12") == "R 12" and harmless(None) == ""
    a_handout(engine, home, replace(a_body(load()), note=typed), reference=typed)
    (row,) = rows_of(take(engine, home.clinic), "handouts.csv")
    assert row["reference"] == row["note"] == f"'{typed}"


def test_words_that_no_encoding_takes_and_quotes_survive(engine: Engine, home: House) -> None:
    odd = 'a "b", \ud800 גב 🌱\n"c;'
    a_handout(engine, home, replace(a_body(load()), note=odd))
    zipped = take(engine, home.clinic)
    assert json.loads(zipped.read("handouts.json"))[0]["content"]["note"] == odd
    assert rows_of(zipped, "handouts.csv")[0]["note"] == odd.replace("\ud800", "?")


def test_a_clinic_without_anything_gives_a_whole_file(engine: Engine, home: House) -> None:
    zipped = take(engine, home.clinic)
    assert json.loads(zipped.read("handouts.json")) == [] and rows_of(zipped, "handouts.csv") == []
    with pytest.raises(Gone), reading(engine) as rows:
        write_takeout(rows, SAFE, load(), "f" * 32, BytesIO(), now())


def test_it_is_of_one_moment_also_while_the_clinic_is_deleted(engine: Engine, home: House, monkeypatch: pytest.MonkeyPatch) -> None:
    names = full(engine, home, "mine")
    from planner.clinic import takeout

    real = takeout.packs

    def meanwhile(session: Any, clinic_id: str) -> Any:
        with writing(engine) as rows:
            closing.delete_clinic(rows, SAFE, home.clinic, now())
        return real(session, clinic_id)

    monkeypatch.setattr(takeout, "packs", meanwhile)
    zipped = take(engine, home.clinic)
    found = json.loads(zipped.read("handouts.json"))
    assert [one["id"] for one in found] == names and found[0]["content"]["note"] == "mine note" and json.loads(zipped.read("packs.json"))


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


def test_the_download(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    full(room.engine, room.home, "mine")
    for most in (4 << 20, 10):  # from memory, and in pieces
        monkeypatch.setattr("planner.web.clinic.leaving.IN_MEMORY", most)
        answer = send(owner(room), "/clinic/takeout", "/clinic/profile")
        assert answer.status_code == 200 and answer.mimetype == "application/zip" and len(answer.data) == answer.content_length
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=") and answer.headers["Cache-Control"] == "no-store"
        assert "exported" in {one["what"] for one in json.loads(ZipFile(BytesIO(answer.data)).read("audit.json"))}
        answer.close()


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
    from planner.web.clinic import door

    real["visit"] = door._visit

    def slow(token: str) -> Any:
        found = real["visit"](token)
        monkeypatch.setattr(door, "_visit", real["visit"])
        with writing(room.engine) as rows:
            closing.delete_clinic(rows, SAFE, room.home.clinic, now())
        return found

    monkeypatch.setattr(door, "_visit", slow)
    answer = late["rename"]()
    assert answer.status_code == 410 and "This has been deleted" in answer.text


@pytest.mark.parametrize("what", ["print", "revoke", "digits"])
def test_a_sheet_that_is_written_while_the_clinic_goes_is_not(room: Room, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    late = late_ones(room)
    from planner.web.clinic import door

    real = door._visit

    def slow(token: str) -> Any:
        found = real(token)
        monkeypatch.setattr(door, "_visit", real)
        with writing(room.engine) as rows:
            closing.delete_clinic(rows, SAFE, room.home.clinic, now())
        return found

    monkeypatch.setattr(door, "_visit", slow)
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


def test_codes_in_the_takeout_are_those_on_the_paper(room: Room) -> None:
    name = a_handout(room.engine, room.home)
    (row,) = json.loads(take(room.engine, room.home.clinic).read("handouts.json"))
    assert row["code"] == room.code(name) == grouped(room.opened(name).code)
