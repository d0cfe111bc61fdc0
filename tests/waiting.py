"""A waiting room, for tests: patients who answer by a clinic's link or on its tablet, and the words that they get."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import update

from planner.clinic.tables import Clinic
from planner.database.sessions import writing
from planner.domain.model import Library
from tests.clinics import send
from tests.conftest import cookie, only
from tests.people import well
from tests.rooms import Room
from tests.walker import Walker

WORD = re.compile(r'data-word="([A-Z]{4})"')
CONSENT = "I know that massage can leave me sore.\nI may stop at any time."


def asks_for_consent(room: Room, text: str = CONSENT) -> None:
    with writing(room.engine) as rows:
        rows.execute(update(Clinic).where(Clinic.id == room.home.clinic).values(consent=text))


def a_link(room: Room) -> str:
    """The path of a new intake link of the room's clinic."""
    send(room.client, "/clinic/waiting-room/link", "/clinic/waiting-room")
    return only(r'id="link" readonly value="https?://[^/]+(/intake/[\w-]+)"', room.get("/clinic/waiting-room").text)


def a_tablet(room: Room) -> FlaskClient:
    """A browser that is the clinic's tablet."""
    client = room.owner()
    assert send(client, "/clinic/waiting-room/tablet", "/clinic/waiting-room").location == "/intake"
    return client


def begins(client: FlaskClient, path: str = "/intake") -> None:
    assert send(client, f"{path}/begin", path).location == "/ask"


def answers(client: FlaskClient, library: Library, said: Mapping[str, Any] | None = None, *, htmx: bool = False) -> Walker:
    """Somebody who has answered all that they were asked."""
    walker = Walker(client, library, said or well(library), htmx=htmx)
    walker.walk()
    return walker


def has_answered(client: FlaskClient, library: Library, said: Mapping[str, Any] | None = None) -> None:
    """The same, at once: the answers of somebody who walked there before. For those who are not stopped."""
    said = dict(said or well(library))
    name = repr(sorted(said.items()))
    if name not in WALKED:
        WALKED[name] = cookie(answers(client.application.test_client(), library, said).client, "answers")
    client.set_cookie("answers", WALKED[name])


WALKED: dict[str, str] = {}
"""Drafts of people who have answered everything. All applications of the tests have one secret."""


def hands_in(client: FlaskClient, **typed: Any) -> str:
    """The word, at the end of the questions."""
    page = client.get("/intake/consent", expects=200).text
    found = re.search(r'name="mark" value="([^"]*)"', page)
    assert send(client, "/intake/consent", mark=found[1] if found else "", **typed).location == "/intake/word"
    return word_on(client)


def word_on(client: FlaskClient, url: str = "/intake/word") -> str:
    return only(WORD, client.get(url, expects=200).text)


def a_word(room: Room, library: Library, said: Mapping[str, Any] | None = None, **typed: Any) -> str:
    """A word of a patient who answered by a link."""
    client = room.app.test_client()
    begins(client, a_link(room))
    has_answered(client, library, said)
    return hands_in(client, **typed)
