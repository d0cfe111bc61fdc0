"""The database of a whole thread, read raw as a thief has it: waiting room, sheet, home, check-ins, digits, a massage, next visit, mail."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.clinic.tables import OutgoingMail
from planner.database.sessions import reading
from planner.domain.model import Library
from tests.between_visits import days_on, next_sheet, tells
from tests.checking_in import DONE, phone
from tests.clinics import send
from tests.conftest import an_app, only
from tests.own_exercises import wrote
from tests.people import well
from tests.renderer import FakeRenderer
from tests.rooms import Room, exercises
from tests.sheet_forms import Form
from tests.smtp_server import Box
from tests.test_mail import settings
from tests.test_massage_worth_web import writes
from tests.test_records import chart_on, raw
from tests.waiting import a_word, asks_for_consent

PATIENT: dict[str, Any] = {
    "rf_weight_loss": "unsure",
    "known": ("stenosis",),
    "goal": "sport",
    "goal_words": "play the cello again",
    "peg_p": 5,
}
BALL: dict[str, Any] = {"title": "Walnut on the wall", "step-1": "Roll the walnut slowly.", "step-2": "Then let the walnut drop."}
SIGNED, NOTE, LATER = "Zelda Quill", "Slowly on the stairs.", "Now also the left stairs."
DIGITS, MASSAGE = "5731", 17
"""What the foot of the paper said, and the day of a massage: nothing else happened on that day."""
TABLES_SAY = {"country", "minutes", "goal", "known", "other", "no_floor"}
"""Names of columns and of what is noted in the audit, which are answers' names too."""


@pytest.fixture
def mailing(database_url: str, renderer: FakeRenderer, smtp: Box) -> Iterator[Room]:
    """A clinic with a database of its own on SQLite and on PostgreSQL, whose mail waits because the other server is busy."""
    smtp.refuses = "451 later"
    app: Flask = an_app(DATABASE_URL=database_url, **settings(smtp))
    yield Room(app)
    app.extensions["database"].dispose()


@pytest.mark.slow
def test_nothing_of_a_whole_thread_can_be_read_in_the_database(mailing: Room, library: Library) -> None:
    room, empty = mailing, raw(mailing)
    secrets = invites(room)
    word = at_the_waiting_room(room, library)
    own, first = first_visit(room, word)
    secrets |= {word, *codes_of(room, first), *at_home(room, library, first)}
    with days_on(room, 42):
        second = comes_back(room, first)
        secrets |= codes_of(room, second)
        charts = [line for one in (first, second) for line in chart_on(room, one).splitlines() if len(line) > 9]
        found = raw(room)
        bodies = [room.body(one) for one in (first, second)]
    answers = {word for body in bodies for word in words_of(body.answers)} - TABLES_SAY
    titles = {name for body in bodies for name in (*body.edits.exercises, *titles_of(library, body.edits.exercises))}
    secrets |= answers | titles | {own, *BALL.values(), SIGNED, NOTE, LATER, DIGITS, *charts}
    assert len(answers) > 60 and len(charts) > 20 and own in {one for body in bodies for one in body.edits.exercises}
    assert [one for one in sorted(secrets) if stands_in(found, one) and one.encode() not in empty] == []
    named = ("R 61", room.home.clinic)
    assert all(one.encode() in found for one in named), "what the clinic itself called something can be read: in its list and its audit"


def stands_in(found: bytes, secret: str) -> bool:
    """Whether it can be read there. A few digits stand in many a moment and number by chance: they count where they stand alone."""
    alone = rb"(?<![0-9A-Za-z])%s(?![0-9A-Za-z])" if secret.isdigit() else rb"%s"
    return bool(re.search(alone % re.escape(secret.encode()), found))


def test_digits_are_found_where_they_are_a_value_and_not_within_a_moment() -> None:
    assert all(stands_in(row, DIGITS) for row in (b"5731", b'{"digits": "5731"}', b"\x005731\xff", b"told 5731 at home"))
    assert not stands_in(b"2026-11-30 08:41:15.157312", DIGITS) and stands_in(b"a" + NOTE.encode() + b"b", NOTE)


def invites(room: Room) -> set[str]:
    """Somebody new is invited; the mail waits. What stands in its body."""
    owner = room.owner()
    send(owner, "/clinic/people", email="new@a.example", role="therapist")
    link = only(r'id="link" readonly value="([^"]+)"', owner.get("/clinic/people", expects=200).text)
    with reading(room.engine) as rows:
        assert rows.scalars(select(OutgoingMail)).all(), "it waits"
    return {link, link.rpartition("/")[2], "/clinic/join/", "You have been invited"}


def at_the_waiting_room(room: Room, library: Library) -> str:
    asks_for_consent(room)
    return a_word(room, library, well(library, **PATIENT), agree="1", signed=SIGNED)


def first_visit(room: Room, word: str) -> tuple[str, str]:
    """An exercise of the clinic's own and the sheet that has it; their ids."""
    own = wrote(room, **BALL)
    form = Form(room.press(room.form(), "find", start=word).text)
    form = Form(room.press(form, "settle:rf_weight_loss:no", minutes="30").text)
    form = Form(room.press(form, f"remove:{exercises(form)[-1]}").text)
    form = Form(room.press(form, f"add:{own}").text)
    return own, room.prints(form, checked="yes", note=NOTE, reference="R 61")


def codes_of(room: Room, name: str) -> set[str]:
    return {room.code(name), room.code(name).replace("-", "")}


def at_home(room: Room, library: Library, name: str) -> set[str]:
    """Three check-ins, what is due ticked, and a massage. What the diary says of itself, and the day of the massage."""
    for day, days, pain in ((7, "5", "3"), (14, "4", "6"), (21, "6", "3")):
        tells(room, library, name, day, days=days, pain=pain)
    url = f"/kept/{room.code(name)}"
    with days_on(room, 22):
        walker = phone(room.app, library)
        due = DONE.findall(walker.get(url).text)
        walker.post(f"{url}/done", day=date.today().isoformat(), done=due[0])
        told_on = date.today() - timedelta(days=22 - MASSAGE)
        writes(walker, url, day=told_on.isoformat(), before="8", after="4", morning="5")
    return {told_on.isoformat(), '"pain"', '"entries"', '"massages"', '"done"', '"days"', due[0]}


def comes_back(room: Room, name: str) -> str:
    form = next_sheet(room, name, DIGITS)
    return room.prints(form, checked="yes", note=LATER, reference="R 61")


def words_of(answers: Mapping[str, Any]) -> set[str]:
    """Names of questions, and answers that are words."""
    values = {str(one) for value in answers.values() for one in (value if isinstance(value, tuple) else (value,))}
    return {*answers, *(one for one in values if len(one) > 4)}


def titles_of(library: Library, names: tuple[str, ...]) -> set[str]:
    return {library.exercises[one].title for one in names if one in library.exercises}
