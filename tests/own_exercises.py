"""A clinic's own exercises for tests, written through its pages as a browser would."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from io import BytesIO
from secrets import token_hex
from typing import Any

from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from planner.clinic.photos import clean_picture
from planner.clinic.sheets.own_changes import keep_exercise
from planner.clinic.sheets.own_exercises import Written
from planner.clinic.tables import Therapist
from planner.database.sessions import writing
from planner.domain.items import Dose
from tests.clinics import House, now
from tests.conftest import token
from tests.pictures import picture
from tests.rooms import SAFE, Room, exercises
from tests.sheet_forms import Form

BALL: dict[str, Any] = {
    "title": "Ball on the wall",
    "step-1": "Stand with your back to a wall and a ball behind you.",
    "step-2": "Bend your knees a little, so that the ball rolls up your back.",
    "sets": "2",
    "repeats": "9",
    "hold_seconds": "3",
    "sides": "1",
    "times_a_day": "1",
    "days_a_week": "5",
    "start": "standing",
    "purpose": "strength",
    "region": ["low"],
    "demand": ["standing_free"],
}
"""Nothing that a well person may not do; it is done standing."""
ADDRESS = "/clinic/exercises"
CHANGE = re.compile(r'href="/clinic/exercises/([0-9a-f]{32})">')


def sends(room: Room, expects: int = 303, at: str = "new", photo: bytes = b"", **changed: Any) -> TestResponse:
    """The form of an exercise, sent with changes; an empty list sends no such field."""
    data: MultiDict[str, Any] = MultiDict({**BALL, **changed, "csrf_token": token(room.client, f"{ADDRESS}/{at}")})
    if photo:
        data["picture"] = (BytesIO(photo), "photo.jpg")
    return room.post(f"{ADDRESS}/{at}", data, expects, content_type="multipart/form-data")


def listed(room: Room) -> list[str]:
    """Ids of the rows on the clinic's page."""
    return CHANGE.findall(room.get(ADDRESS).text)


def wrote(room: Room, **changed: Any) -> str:
    """The id that an exercise has on sheets, once it was written."""
    before = set(listed(room))
    sends(room, **changed)
    (made,) = set(listed(room)) - before
    return f"own_{made}"


def removes(room: Room, name: str, expects: int = 303) -> TestResponse:
    url = f"{ADDRESS}/{name.removeprefix('own_')}/remove"
    return room.post(url, {"csrf_token": token(room.client, ADDRESS + "/new")}, expects)


def an_exercise(engine: Engine, home: House) -> str:
    """The row of a new exercise of the clinic, with a picture."""
    said = Written(f"Exercise {token_hex(4)}", ("Stand.", "Sit."), Dose(repeats=5), "standing", "strength", ("low",), ())
    image = clean_picture(picture())
    with writing(engine) as rows:
        by = rows.get_one(Therapist, home.therapist)
        made = keep_exercise(rows, SAFE, by, replace(said, size=image.size), image, now())
    assert made
    return made


def added(room: Room, name: str, **typed: Any) -> Form:
    """A sheet with one less of those proposed, and this one."""
    form = room.begun(minutes="30", **typed)
    form = Form(room.press(form, f"remove:{exercises(form)[-1]}").text)
    return Form(room.press(form, f"add:{name}").text)


def moves(html: str, name: str) -> str:
    """What a sheet prints of an exercise."""
    return unescape(html.partition(f'id="exercise:{name}"')[2].partition('class="move"')[0])
