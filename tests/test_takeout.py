"""Taking everything along and deleting the clinic: all of it, of one moment, nobody else's; and what comes too late."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine

from planner.clinic import closing
from planner.clinic.people import invitations
from planner.clinic.sheets import notes
from planner.clinic.sheets.handouts import revoke_handout
from planner.clinic.tables import Clinic, Passkey, Therapist
from planner.clinic.takeout import harmless, write_takeout
from planner.database.sessions import reading, writing
from planner.kept.codes import grouped
from planner.kept.plans import Gone
from planner.library.reader import load
from tests.clinics import PASSWORD, House, hashed, house, now, person, send
from tests.pictures import picture
from tests.rooms import SAFE, Room, opened
from tests.sheet_forms import a_body, a_handout, a_pack

KINDS = ("profile", "people", "packs", "exercises", "notes", "handouts", "audit")
FILES = {f"{name}.json" for name in KINDS} | {"handouts.csv", "audit.csv"}


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
        revoke_handout(rows, SAFE, person(engine, home.therapist), opened(engine, home, names[1]), now())
    return names


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
    area = next(one for one in load().questions["areas"].options if one.id == "low_back")
    titles = [load().exercises[name].title for name in json.loads(zipped.read("handouts.json"))[0]["content"]["edits"]["exercises"]]
    assert first["exercises"] == "; ".join(titles) != "" and area.label.lower() in first["answers"].lower()
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

    def meanwhile(session: Any, safe: Any, clinic_id: str) -> Any:
        with writing(engine) as rows:
            closing.delete_clinic(rows, SAFE, home.clinic, now())
        return real(session, safe, clinic_id)

    monkeypatch.setattr(takeout, "packs", meanwhile)
    zipped = take(engine, home.clinic)
    found = json.loads(zipped.read("handouts.json"))
    assert [one["id"] for one in found] == names and found[0]["content"]["note"] == "mine note" and json.loads(zipped.read("packs.json"))


def test_the_download(alone: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    full(alone.engine, alone.home, "mine")
    for most in (4 << 20, 10):  # from memory, and in pieces
        monkeypatch.setattr("planner.web.clinic.leaving.IN_MEMORY", most)
        answer = send(alone.owner(), "/clinic/takeout", "/clinic/profile", expects=200)
        assert answer.mimetype == "application/zip" and len(answer.data) == answer.content_length
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=") and answer.headers["Cache-Control"] == "no-store"
        assert "exported" in {one["what"] for one in json.loads(ZipFile(BytesIO(answer.data)).read("audit.json"))}
        answer.close()


def test_codes_in_the_takeout_are_those_on_the_paper(alone: Room) -> None:
    name = a_handout(alone.engine, alone.home)
    (row,) = json.loads(take(alone.engine, alone.home.clinic).read("handouts.json"))
    assert row["code"] == alone.code(name) == grouped(alone.opened(name).code)
