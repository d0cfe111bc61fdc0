"""Before a visit: a clinic's link and its tablet, the same questions as everybody's, consent, the word, and nothing left behind."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from planner.clinic.tables import Clinic
from planner.clinic.waiting_room.intake_tables import Intake
from planner.database.engines import Unavailable
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept.codes import without_code
from planner.web import storage
from tests.clinics import now, send
from tests.conftest import cookie
from tests.people import well
from tests.rooms import Room
from tests.waiting import CONSENT, WORD, a_link, a_word, answers, asks_for_consent, begins, hands_in, has_answered, word_on
from tests.walker import Walker

SADDLE: dict[str, Any] = {"rf_saddle": "yes"}


def test_a_link_asks_what_everybody_is_asked_and_ends_in_a_word(room: Room, library: Library) -> None:
    path, client = a_link(room), room.app.test_client()
    start = client.get(path, expects=200)
    assert f"<bdi>{clinics_name(room)}</bdi>" in start.text and "no-store" in start.headers["Cache-Control"]
    begins(client, path)
    mine = answers(client, library)
    everybodys = Walker(room.app.test_client(), library, well(library))
    everybodys.walk()
    assert mine.seen == everybodys.seen and mine.url == "/intake/consent" and everybodys.url == "/plan"
    assert clinics_name(room) in mine.page.text and "Open a kept plan" not in mine.page.text
    assert client.get("/plan", expects=303).location == "/intake/consent", "their plan comes from the therapist"
    assert len(hands_in(client)) == 4
    assert client.get("/intake/consent", expects=303).location == "/intake/word"


def clinics_name(room: Room) -> str:
    with writing(room.engine) as rows:
        return rows.get_one(Clinic, room.home.clinic).name


def test_with_htmx_the_end_is_the_same(room: Room, library: Library) -> None:
    path, client = a_link(room), room.app.test_client()
    begins(client, path)
    assert answers(client, library, htmx=True).url == "/intake/consent" and hands_in(client)


def test_a_link_works_once_and_gives_a_new_word_on_another_day(room: Room, library: Library) -> None:
    path, client = a_link(room), room.app.test_client()
    begins(client, path)
    has_answered(client, library)
    first = hands_in(client)
    other = room.app.test_client()
    page = other.get(path, expects=200).text
    assert "Your answers are in" in page and f'action="{path}/begin"' not in page and first not in page
    assert other.post(f"{path}/begin", data={"csrf_token": token_of(page)}, expects=303).location == path
    assert cookie(other, "intake") == "", "nobody answers anew under a link that was used"
    send(other, f"{path}/word", path)
    second = word_on(other, path)
    assert second != first and not WORD.search(other.get(path).text), "shown once"
    assert picks_up(room, first) == 422 and picks_up(room, second) == 200


def token_of(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def picks_up(room: Room, word: str) -> int:
    return room.client.post("/clinic/new", data=room.form().with_(do="find", start=word)).status_code


@pytest.mark.parametrize("path", ["/intake", "/intake/nothing", f"/intake/{'Z' * 17}", "/intake/word", "/intake/consent", "/intake/over"])
def test_what_was_never_given_opens_nothing(app: Flask, path: str) -> None:
    page = app.test_client().get(path, expects=404)
    assert "Nothing opens here any more" in page.text


def test_a_link_ends_after_seven_days(fresh: Room) -> None:
    path = a_link(fresh)
    fresh.app.test_client().get(path, expects=200)
    with writing(fresh.engine) as rows:
        left = rows.scalars(select(Intake.expires).where(Intake.clinic_id == fresh.home.clinic)).one() - now()
        assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
        rows.execute(update(Intake).where(Intake.clinic_id == fresh.home.clinic).values(expires=now()))
    fresh.app.test_client().get(path, expects=404)


def test_consent_wants_a_tick_keeps_what_was_typed_and_no_name_is_needed(fresh: Room, library: Library) -> None:
    asks_for_consent(fresh)
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    has_answered(client, library)
    page = client.get("/intake/consent", expects=200).text
    for line in CONSENT.split("\n"):
        assert line in page
    mark = re.search(r'name="mark" value="([^"]*)"', page)
    assert mark
    wrong = send(client, "/intake/consent", expects=422, mark=mark[1], signed="Ann <b>")
    assert 'href="#agree"' in wrong.text and 'value="Ann &lt;b&gt;"' in wrong.text and "<title>Error" in wrong.text
    asks_for_consent(fresh, "Another text")
    changed = send(client, "/intake/consent", expects=422, mark=mark[1], agree="1")
    assert "has just changed this text" in changed.text and "Another text" in changed.text
    assert hands_in(client, agree="1")


@pytest.mark.parametrize("htmx", [False, True])
def test_an_emergency_shows_its_page_as_ever_and_the_word_with_it(room: Room, library: Library, htmx: bool) -> None:
    client = room.app.test_client()
    begins(client, a_link(room))
    mine = answers(client, library, well(library, **SADDLE), htmx=htmx)
    everybodys = Walker(room.app.test_client(), library, well(library, **SADDLE), htmx=htmx)
    everybodys.walk()
    assert mine.url == everybodys.url == "/stop"
    card = re.compile(r'<article class="care emergency">.*?</article>', re.S)
    assert card.findall(mine.page.text) == card.findall(everybodys.page.text) != []
    assert mine.page.text.index("care emergency") < mine.page.text.index("data-word"), "help first"
    word = word_on(client, "/stop")
    assert not WORD.search(everybodys.page.text)
    assert "We have not stored or sent them" not in mine.page.text
    assert picks_up(room, word) == 200


def test_an_emergency_page_comes_also_when_nothing_can_be_kept(room: Room, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    client = room.app.test_client()
    begins(client, a_link(room))

    def down() -> None:
        raise Unavailable("no disk")

    monkeypatch.setattr(storage, "writing", down)
    page = answers(client, library, well(library, **SADDLE)).page.text
    assert "care emergency" in page and "Show them this page" in page and not WORD.search(page)


def test_handing_in_says_when_it_cannot_be_done_now(room: Room, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    client = room.app.test_client()
    begins(client, a_link(room))
    has_answered(client, library)

    def down() -> None:
        raise Unavailable("no disk")

    monkeypatch.setattr(storage, "writing", down)
    assert "They are still here" in send(client, "/intake/consent", expects=503).text
    monkeypatch.undo()
    assert hands_in(client)


def test_answers_that_change_after_a_stop_keep_the_word_and_go_on(room: Room, library: Library) -> None:
    client = room.app.test_client()
    begins(client, a_link(room))
    answers(client, library, well(library, **SADDLE))
    word = word_on(client, "/stop")
    walker = Walker(client, library, well(library))
    walker.follow("/ask/rf_saddle")
    walker.step()
    assert walker.walk() == "/intake/consent"
    assert hands_in(client) == word, "the paper at the desk still has the right word"
    assert "saddle" not in room.press(room.form(), "find", start=word).text.partition('id="packs"')[0]


def test_taking_back_deletes_what_was_handed_in(room: Room, library: Library) -> None:
    client = room.app.test_client()
    begins(client, a_link(room))
    has_answered(client, library)
    word = hands_in(client)
    send(client, "/intake/take-back", "/intake/word")
    assert picks_up(room, word) == 422 and cookie(client, "answers") == cookie(client, "intake") == ""


def test_the_country_is_the_clinics_until_somebody_says_another(fresh: Room, library: Library) -> None:
    code = next(name for name in library.countries if name.lower() == "au")
    with writing(fresh.engine) as rows:
        rows.execute(update(Clinic).where(Clinic.id == fresh.home.clinic).values(country=code))
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    walker = Walker(client, library, well(library, **SADDLE))
    walker.walk()
    assert library.countries[code].emergency in walker.page.text


def test_no_word_and_no_code_is_in_an_address_or_a_log(room: Room, library: Library, caplog: pytest.LogCaptureFixture) -> None:
    path = a_link(room)
    assert without_code(path) == without_code(f"{path}/word").removesuffix("/word") == "/intake/-"
    assert without_code("/intake/consent") == "/intake/consent"
    word = a_word(room, library)
    assert word not in caplog.text
