"""Two machines with one PostgreSQL and one Redis: what is counted, said and drawn at one holds at the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from planner.clinic.waiting_room import guesses
from planner.clinic.waiting_room.pick_up_words import new_word
from planner.domain.model import Library
from planner.folders import ROOT
from planner.kept.codes import grouped, new_code
from planner.web.draft import DRAFT_COOKIE, Draft, sealed
from tests.clinics import signed_in
from tests.conftest import an_app
from tests.people import well
from tests.redis_server import RedisServer
from tests.rooms import Room
from tests.served import Served, served
from tests.waiting import a_word

pytestmark = pytest.mark.slow
MISSES_A_MINUTE = 20


@pytest.fixture
def two(redis: RedisServer, postgres_url: str) -> Iterator[list[Served]]:
    settings = {"REDIS_URL": redis.url, "PDF_WORKERS": "1", "TRUSTED_PROXIES": "1", "BASE_URL": "http://localhost:8000"}
    with ExitStack() as stack:
        yield [stack.enter_context(served(postgres_url, ROOT, **settings)) for _ in range(2)]


def asked(site: Served, path: str, **headers: str) -> tuple[int, bytes]:
    try:
        with urlopen(Request(site.address + path, headers={"X-Forwarded-For": "203.0.113.7", **headers}), timeout=120) as found:
            return found.status, found.read()
    except HTTPError as error:
        with error:
            return error.code, error.read()


def test_codes_that_open_nothing_are_counted_over_both(two: list[Served]) -> None:
    """In turn, so that neither has seen too many by itself when both refuse; a minute may begin meanwhile."""
    said: list[list[int]] = [[], []]
    while 429 not in said[1] and len(said[1]) <= MISSES_A_MINUTE:
        for place in (0, 1):
            said[place].append(asked(two[place], f"/kept/{grouped(new_code())}")[0])
    assert said[1][-1] == 429 and len(said[1]) <= MISSES_A_MINUTE, said


def test_a_paper_that_one_drew_the_other_gives(two: list[Served], redis: RedisServer, library: Library) -> None:
    """What it remembers is changed on the way, so that a second drawing would be seen."""
    with an_app().test_request_context():
        cookie = f"{DRAFT_COOKIE}={sealed(Draft(well(library)), DRAFT_COOKIE)}"
    until = monotonic() + 240
    while (first := asked(two[0], "/sheet.pdf", Cookie=cookie))[0] == 503 and monotonic() < until:  # a busy machine says so
        sleep(1)
    (papers,) = redis.client().keys("backplan:papers:*")
    ((paper, sealed_paper),) = redis.client().hgetall(papers).items()
    envelope = redis.store().envelope
    assert first == (200, envelope.open(sealed_paper, paper.decode()))
    redis.client().hset(papers, paper, envelope.seal(b"%PDF of the first", paper.decode()))
    assert asked(two[1], "/sheet.pdf", Cookie=cookie) == (200, b"%PDF of the first")


def test_words_of_the_waiting_room_hold_at_both(postgres_url: str, library: Library) -> None:
    """Two applications here, since nothing but the database knows of words."""
    room, there = Room(an_app(DATABASE_URL=postgres_url)), an_app(DATABASE_URL=postgres_url)
    word = a_word(room, library)
    browsers = [room.client, signed_in(there, room.home.therapist)]
    room.client = browsers[1]
    assert "All answers" in room.press(room.form(), "find", start=word).text
    wrong = [one for one in (new_word() for _ in range(100)) if one != word][: guesses.MOST_WRONG]
    for place, tried in enumerate(wrong):
        room.client = browsers[place % 2]
        room.press(room.form(), "find", start=tried, expects=422)
    for room.client in browsers:
        assert "Too many words were wrong" in room.press(room.form(), "find", start=word, expects=422).text
    for app in (room.app, there):
        app.extensions["database"].dispose()
