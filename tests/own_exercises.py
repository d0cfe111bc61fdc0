"""A clinic's own exercises for tests, written through its pages as a browser would."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.conftest import token
from tests.rooms import Room

BALL = {
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


def sends(room: Room, expects: int = 303, at: str = "new", picture: bytes = b"", **changed: Any) -> TestResponse:
    """The form of an exercise, sent with changes; an empty list sends no such field."""
    data: MultiDict[str, Any] = MultiDict({**BALL, **changed, "csrf_token": token(room.client, f"{ADDRESS}/{at}")})
    if picture:
        data["picture"] = (BytesIO(picture), "photo.jpg")
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
