"""Pictures of a clinic's own exercises, and the rows that hold them: small, sealed, taken along, and gone with the clinic."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from sqlalchemy import select, text

from planner.clinic import closing
from planner.clinic.photos import MOST_KEPT, PHOTO_SIZE, clean_picture
from planner.clinic.sheets.own_exercises import Owned, OwnExercise, Written, as_exercise
from planner.clinic.takeout import write_takeout
from planner.database.sessions import reading, writing
from planner.domain.from_clinic import with_own
from planner.domain.items import Dose
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.library.reader import load
from planner.outputs.drawn_once import drawn_parts
from planner.upkeep import backup
from tests import pictures
from tests.clinics import now
from tests.own_exercises import ADDRESS, BALL, added, moves, sends, wrote
from tests.people import well
from tests.rooms import SAFE, Room, errors


def test_a_picture_is_drawn_anew_small_and_tells_no_place(fresh: Room) -> None:
    name = wrote(fresh, photo=pictures.from_a_phone())
    row = name.removeprefix("own_")
    sent = fresh.get(f"{ADDRESS}/{row}/picture")
    made = Image.open(BytesIO(sent.data))
    assert sent.mimetype in ("image/png", "image/jpeg") and max(made.size) <= max(PHOTO_SIZE) and not made.getexif()
    form = added(fresh, name)
    assert f'src="{ADDRESS}/{row}/picture"' in fresh.press(form, "update").text and f'"{ADDRESS}/{row}/picture"' in fresh.preview(form).text
    handout = fresh.prints(form)
    sheet = fresh.sheet(handout)
    assert "data:image/" in moves(sheet, name) and f"Picture of the exercise: {BALL['title']}" in sheet
    patient, home = fresh.app.test_client(), f"/kept/{fresh.code(handout)}"
    assert f'src="{home}/picture/{row}"' in patient.get(home).text and "data:image" not in patient.get(home).text
    assert patient.get(f"{home}/picture/{row}", expects=200).data == sent.data
    assert not any(row in str(about) + str(part) for about, part in drawn_parts("en", id(load())).items() if about), "it is nobody else's"
    patient.get(f"{home}/picture/{'0' * 32}", expects=404)
    assert "data:image/" in patient.get(f"{home}.html").text and "data:image/" in patient.get(f"{home}.pdf").text


@pytest.mark.parametrize("name", pictures.PICTURES)
def test_every_good_picture_becomes_a_small_one(name: str) -> None:
    made = clean_picture(pictures.picture(name))
    assert len(made.image) <= MOST_KEPT and max(made.size) <= max(PHOTO_SIZE) and Image.open(BytesIO(made.image)).size == made.size


def test_the_heaviest_picture_is_light_and_a_drawing_with_a_program_is_refused(room: Room) -> None:
    assert len(clean_picture(pictures.noise((1300, 1300))).image) <= MOST_KEPT
    for bad in (b"<svg onload=alert(1)>", b"GIF89a", b"%PDF-1.7", pictures.picture()[:200]):
        page = sends(room, 422, photo=bad)
        assert list(errors(page)) == ["picture"] and f'value="{BALL["title"]}"' in page.text


def test_nothing_of_it_can_be_read_in_its_table(fresh: Room) -> None:
    wrote(fresh, photo=pictures.picture())
    with fresh.engine.connect() as connection:
        rows = connection.execute(text("select * from own_exercise")).all()
    dump = repr([[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in rows])
    assert BALL["title"] not in dump and "PNG" not in dump and "standing" not in dump


def test_it_goes_with_everything_and_goes_for_good_with_its_clinic(alone: Room, tmp_path: Any) -> None:
    """On SQLite and on PostgreSQL."""
    name = wrote(alone, photo=pictures.picture())
    alone.prints(added(alone, name))
    out = BytesIO()
    with reading(alone.engine) as rows:
        write_takeout(rows, SAFE, load(), alone.home.clinic, out, now())
    zipped = ZipFile(out)
    (one,) = json.loads(zipped.read("exercises.json"))
    assert (one["id"], one["title"], one["now"]) == (name, BALL["title"], name)
    assert Image.open(BytesIO(zipped.read(one["picture"]))).size == tuple(one["size"])
    assert str(BALL["title"]) in zipped.read("handouts.csv").decode("utf-8-sig")
    file = tmp_path / "copy.zip"
    backup.back_up(alone.engine, file)
    backup.restore(alone.engine, file, force=True)
    assert alone.get(ADDRESS).text.count(str(BALL["title"])) and alone.get(f"{ADDRESS}/{name.removeprefix('own_')}/picture").data
    with writing(alone.engine) as rows:
        closing.delete_clinic(rows, SAFE, alone.home.clinic, now())
        assert rows.scalars(select(OwnExercise)).all() == []


def test_it_is_meant_for_nobody_until_a_therapist_chooses_it(library: Library) -> None:
    said = Written("Ball", ("Stand.", "Sit."), Dose(repeats=5), "standing", "strength", ("low",), ())
    own = as_exercise(Owned("0" * 32, "0" * 32, now(), said), library, str)
    fresh = replace(library)
    both = with_own(fresh, [own])
    read = Journey(both, well(library)).reading
    assert both.tables is fresh.tables, "no request makes them anew"
    assert own.id in read.library.exercises and own.id not in {item.id for item in read.meant("exercises")}
