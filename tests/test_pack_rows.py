"""A clinic's packs and what does not belong in them: odd rows, other clinics, patients; and what takeout has of them."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import text, update

from planner.clinic.sealing import seal
from planner.clinic.sheets.pack_order import place_pack
from planner.clinic.sheets.packs import own_packs, pack_place
from planner.clinic.tables import ClinicPack, Therapist
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.library.reader import load
from tests.clinics import send
from tests.rooms import SAFE, Room, errors, exercises
from tests.sheet_forms import Form, a_pack
from tests.test_packs import NOTE, SAID, THIN_BONES, TOLD, left_out, programme_form, saved, with_exercise


def test_exercises_and_styles_that_are_no_more_are_named(fresh: Room, library: Library) -> None:
    pack = a_pack(fresh.engine, fresh.home, "Older")
    kept: dict[str, Any] = {"exercises": ["gone_for_good", "bridge", "pelvic_tilt"], "doses": {"bridge": "beginner", "pelvic_tilt": "odd"}}
    forged(fresh, pack, {**kept, "style": "gone_style", "typed": {"gone_for_good": {"sets": 2}}, "told": {"gone_for_good": "x"}})
    page = fresh.press(fresh.form(), f"pack:{pack}")
    assert set(exercises(Form(page.text))) == {"bridge", "pelvic_tilt"}
    assert "gone for good: we no longer have this." in left_out(page) and "gone style: we no longer have this." in left_out(page)
    body = fresh.body(fresh.prints(Form(page.text), checked="yes"))
    assert set(body.edits.exercises) == {"bridge", "pelvic_tilt"} and body.edits.doses["bridge"] == "start"


def forged(room: Room, pack: str, programme: Any) -> None:
    """Writes a programme into a row as no page of ours would, sealed as ours are."""
    sealed = seal(SAFE, room.home.clinic, pack_place(pack), json.dumps(programme).encode())
    with writing(room.engine) as rows:
        rows.execute(update(ClinicPack).where(ClinicPack.id == pack).values(programme=sealed))


@pytest.mark.parametrize(
    "programme",
    [
        {"exercises": ["seated_flexion", "bridge", "pelvic_tilt"], "insisted": ["exercise:seated_flexion"], "initials": "Jt"},
        {"exercises": ["seated_flexion", "bridge", "pelvic_tilt"], "style": "deep_tissue", "pressure": 99, "doses": {"bridge": "strong"}},
        {"exercises": ["bridge", "pelvic_tilt"], "typed": {"bridge": {"sets": 10**9, "repeats": -5, "evil": 1, "days_a_week": "7"}}},
        {"exercises": ["bridge"] * 500 + ["pelvic_tilt"], "told": {"bridge": "x" * 9999}, "note": "n" * 9999, "minutes": "999"},
        {"exercises": "bridge", "doses": ["x"], "typed": [1], "told": 3, "style": ["x"], "pressure": "9"},
        ["bridge"],
        None,
    ],
)
def test_no_programme_whatever_opens_what_is_shut(fresh: Room, library: Library, programme: Any) -> None:
    pack = a_pack(fresh.engine, fresh.home, "Forged")
    forged(fresh, pack, programme)
    page = fresh.press(fresh.form(), f"pack:{pack}", tick=[THIN_BONES], expects=200)
    form = Form(page.text)
    assert "insist:" not in page.text and form.all("insisted") == [] and len(form.one("note")) <= 300
    sheet = fresh.sheet(fresh.prints(Form(fresh.press(form, "update", tick=[THIN_BONES], minutes="30", note="").text), checked="yes"))
    assert "exercise:seated_flexion" not in sheet and library.massages["deep_tissue"].title not in sheet
    assert "Jt" not in sheet  # no code of a sheet has a small letter


def test_another_clinics_pack_is_not_there_and_opens_nowhere_else(fresh: Room, app: Flask) -> None:
    other = Room(app)
    theirs = saved(other, other.begun(), "Theirs", note="their quiet phrase")
    page = fresh.press(fresh.begun(), theirs, note="mine")
    assert "their quiet phrase" not in page.text and Form(page.text).one("pack") != "Theirs" and Form(page.text).one("note") == "mine"
    with writing(fresh.engine) as rows:  # a row that somebody moved opens no more: it is sealed for its clinic and its place
        rows.execute(update(ClinicPack).where(ClinicPack.id == theirs.removeprefix("pack:")).values(clinic_id=fresh.home.clinic))
    page = fresh.press(fresh.form(), theirs)
    assert Form(page.text).one("pack") == "Theirs" and "their quiet phrase" not in page.text and Form(page.text).all("exercise") == []


def test_nothing_that_was_typed_can_be_read_in_the_database(fresh: Room) -> None:
    saved(fresh, programme_form(fresh), "Secret")
    with fresh.engine.connect() as connection:
        dump = repr(
            [
                [bytes(one) if isinstance(one, memoryview) else one for one in row]
                for row in connection.execute(text("select * from clinic_pack"))
            ]
        )
    assert "Secret" in dump and NOTE not in dump and TOLD not in dump and "bridge" not in dump


def test_no_patient_belongs_in_a_pack(fresh: Room) -> None:
    page = fresh.get("/clinic/new").text
    assert "Nothing about one patient belongs in it." in page.partition('id="saving"')[2]
    form = fresh.begun(tick=["rf_prev:no"], goal_words="play my cello", reference="R 77", note=NOTE)
    pack = Form(fresh.press(fresh.form(), saved(fresh, form, "Plain")).text)
    assert "cello" not in json.dumps(pack.data) and "R 77" not in json.dumps(pack.data)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"note": "n" * 301}, "note"),
        ({"note": "drink 茶"}, "note"),
        ({"dose-sets-bridge": "99"}, "dose-bridge"),
        ({"dose-told-bridge": "w" * 81}, "dose-bridge"),
    ],
)
def test_what_cannot_be_printed_makes_no_pack(fresh: Room, sent: dict[str, Any], field: str) -> None:
    form, before = with_exercise(fresh, "bridge"), fresh.everything()
    page = fresh.press(form, "save", title="New", **sent, expects=422)
    assert field in errors(page) and fresh.everything() == before and Form(page.text).one("title") == "New"


def test_a_sheet_that_triage_stops_makes_a_pack_of_answers(fresh: Room) -> None:
    page = fresh.press(fresh.begun(tick=["rf_saddle:yes"]), "save", title="Stopped", note=NOTE)
    assert "answers alone" in SAID.findall(page.text)[0]
    pack = next(one for one in Form(page.text).buttons if one.startswith("pack:"))
    assert Form(fresh.press(fresh.form(), pack).text).one("note") == ""


def test_a_pack_sent_twice_is_one_and_another_programme_is_another(fresh: Room) -> None:
    form = fresh.begun()
    assert saved(fresh, form, "Once", note=NOTE) == saved(fresh, form, "Once", note=NOTE)
    page = fresh.press(form, "save", title="Once", note="other words", expects=422)
    assert list(errors(page)) == ["title"]


def test_the_takeout_has_the_programme_and_nobody_elses(owned: Room, app: Flask) -> None:
    other = Room(app)
    saved(other, other.begun(), "Theirs", note="their quiet phrase")
    saved(owned, programme_form(owned), "Ours")
    a_pack(owned.engine, owned.home, "Answers")
    answer = send(owned.owner(), "/clinic/takeout", "/clinic/profile", expects=200)
    zipped = ZipFile(BytesIO(answer.data))
    found = {one["title"]: one["programme"] for one in json.loads(zipped.read("packs.json"))}
    assert set(found) == {"Ours", "Answers"} and found["Answers"] is None
    assert found["Ours"]["note"] == NOTE and found["Ours"]["told"] == {"bridge": TOLD} and found["Ours"]["style"] == "shiatsu"
    assert found["Ours"]["typed"]["bridge"]["repeats"] == 12 and found["Ours"]["minutes"] == "30"
    assert b"their quiet phrase" not in zipped.read("packs.json")
    (name,) = [one["id"] for one in json.loads(zipped.read("packs.json")) if one["title"] == "Ours"]
    with writing(owned.engine) as rows:
        place_pack(rows, rows.get_one(Therapist, owned.home.owner), load(), own_packs(rows, SAFE, load(), owned.home.clinic), name, "star")
    again = ZipFile(BytesIO(send(owned.owner(), "/clinic/takeout", "/clinic/profile", expects=200).data))
    liked = {one["id"]: one["packs"] for one in json.loads(again.read("people.json"))}
    assert liked[owned.home.owner] == {"stars": [name], "order": []} and liked[owned.home.therapist] == {"stars": [], "order": []}
