"""A tablet in a waiting room: it comes back to its start, forgets each person, and shows nothing but the questions."""

from __future__ import annotations

import pytest

from planner.domain.model import Library
from tests.clinics import send
from tests.conftest import cookie, only
from tests.people import well
from tests.rooms import Room
from tests.test_intake import picks_up
from tests.waiting import a_tablet, begins, hands_in, has_answered


@pytest.mark.parametrize("way", ["over", "start", "ended"])
def test_a_tablet_comes_back_to_its_start_and_forgets_the_person(fresh: Room, library: Library, way: str) -> None:
    tablet = a_tablet(fresh)
    assert cookie(tablet, "clinic") == "", "whoever set it up is signed out"
    begins(tablet)
    has_answered(tablet, library, well(library, goal_words="my own cello"))
    word = hands_in(tablet)
    assert cookie(tablet, "answers") and cookie(tablet, "intake")
    if way == "over":
        assert send(tablet, "/intake/over", "/intake/word").location == "/intake"
    elif way == "ended":
        listed = fresh.get("/clinic/waiting-room").text
        send(fresh.client, only(r'action="(/clinic/waiting-room/tablets/\w+/end)"', listed), "/clinic/waiting-room")
    response = tablet.get("/intake", expects=410 if way == "ended" else 200)
    assert cookie(tablet, "answers") == cookie(tablet, "cleared") == cookie(tablet, "intake") == ""
    assert word not in response.text and "cello" not in response.text
    if way != "over":
        assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    if way == "ended":
        assert cookie(tablet, "tablet") == ""
        return
    for url in (
        "/",
        "/ask",
        "/ask/safety1",
        "/answers",
        "/plan",
        "/plan.pdf",
        "/stop",
        "/clear",
        "/cleared",
        "/keep",
        "/kept",
        "/exercises",
    ):
        assert tablet.get(url, expects=303).location == "/intake", url
    for url in ("/intake/word", "/intake/consent", "/intake/over"):
        assert tablet.get(url, expects=303).location == "/intake", url
    assert picks_up(fresh, word) == 200, "the answers wait all the same"


def test_during_a_visit_a_tablet_shows_the_questions_and_nothing_else(fresh: Room, library: Library) -> None:
    tablet = a_tablet(fresh)
    begins(tablet)
    has_answered(tablet, library)
    for url in ("/clear", "/keep", "/kept", "/exercises", "/"):
        assert tablet.get(url, expects=303).location == "/intake", url
    assert tablet.get("/plan.json", expects=303).location == "/intake"
    begins(tablet)
    for url in ("/ask/age", "/privacy", "/accessibility"):
        tablet.get(url, expects=200)


def test_whoever_signs_in_on_a_tablet_can_end_it(fresh: Room) -> None:
    tablet = a_tablet(fresh)
    tablet.get("/clinic/sign-in", expects=200)
    assert str(tablet.get("/clinic/waiting-room", expects=303).location).startswith("/clinic/sign-in")
