"""One sheet of the shelf: its papers and history, revoking it, and figures that name nobody."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, update

from planner.clinic.sheets.follow_up import judged
from planner.clinic.sheets.handouts import note_read_back
from planner.clinic.sheets.search import figures
from planner.clinic.tables import Handout
from planner.database.sessions import reading, writing
from planner.domain.review import ReadBack
from planner.library.reader import load
from tests.clinics import House, events, house, send, signed_in
from tests.conftest import an_app
from tests.rooms import SAFE, Room
from tests.sheet_forms import FakeRenderer, a_body, a_handout
from tests.test_shelf import listed

MARK = "\u202e<script>alert(1)</script>{{7*7}}"


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.clinic.printing.pool", FakeRenderer)


@pytest.fixture
def room(app: Flask) -> Room:
    return Room(app)


@pytest.fixture
def home(engine: Engine) -> House:
    return house(engine, "a")


def change(engine: Engine, name: str, **values: object) -> str:
    with writing(engine) as rows:
        rows.execute(update(Handout).where(Handout.id == name).values(**values))
    return name


def test_one_sheet_with_its_papers(room: Room) -> None:
    name = a_handout(room.engine, room.home, a_body(load(), goal="sport"), reference=MARK[:40], pack="Low back")
    page = room.client.get(f"/clinic/sheets/{name}").text
    assert room.code(name) in page and "P: Back plan," in page and "Theo Therapist" in page and "&lt;script&gt;" in page
    for url in (
        f"/clinic/sheets/{name}/sheet.pdf",
        f"/clinic/sheets/{name}/sheet.pdf?large=1",
        f"/clinic/repeat/{name}",
        f"/clinic/new?change={name}",
    ):
        assert f'"{url}"' in page and room.client.get(url).status_code == 200
    assert "<script>alert" not in page + room.client.get("/clinic/sheets").text


def test_an_old_sheet_prints_under_todays_letterhead(room: Room) -> None:
    name = a_handout(room.engine, room.home)
    before = room.sheet(name)
    owner = signed_in(room.app, room.home.owner)
    form = {"name": "New Name", "paper": "Letter", "lang": "en", "review_weeks": "2", "ink": "#000000"}
    assert send(owner, "/clinic/profile", **form).status_code == 303
    after = room.sheet(name)
    assert "New Name" in after and "size: Letter" in after and "size: A4" in before
    exercises = re.compile(r'class="move" id="([^"]+)"')
    assert exercises.findall(before) == exercises.findall(after) != []


def test_history_tells_what_came_back_and_what_followed(room: Room) -> None:
    first = a_handout(room.engine, room.home)
    second = a_handout(room.engine, room.home, a_body(load(), goal="sport"), previous=first)
    opened, noted = room.opened(first), judged(load().schedule.review_rules, room.body(first), ReadBack(5, 3, 1, 2), date(2026, 11, 28))
    with writing(room.engine) as rows:
        note_read_back(rows, SAFE, opened, replace(room.body(first), readbacks=(noted.text,)), date.today())
    page = room.client.get(f"/clinic/sheets/{first}").text
    for words in ("28 November 2026", "3/10", "It was followed by the sheet of", second):
        assert words in page, words
    page = room.client.get(f"/clinic/sheets/{second}").text
    assert "It follows the sheet of" in page and f"/clinic/sheets/{first}" in page
    assert "Digits came back" in room.client.get("/clinic/sheets").text


def test_a_revoked_sheet_opens_for_nobody_from_the_next_request_on(room: Room) -> None:
    name = a_handout(room.engine, room.home, reference="R 12", pack="Desk")
    code, patient = room.code(name), room.app.test_client()
    assert patient.get(f"/kept/{code}").status_code == 200
    answer = send(room.client, f"/clinic/sheets/{name}/revoke", f"/clinic/sheets/{name}")
    assert answer.status_code == 303 and answer.location == f"/clinic/sheets/{name}"
    assert patient.get(f"/kept/{code}").status_code == patient.get(f"/kept/{code}-sheet.pdf").status_code == 404
    page = room.client.get(f"/clinic/sheets/{name}").text
    assert "Revoked on" in page and code not in page and "sheet.pdf" not in page and "R 12" not in page
    assert "Revoked" in room.client.get("/clinic/sheets").text
    for url in ("made", "sheet.pdf"):
        assert room.client.get(f"/clinic/sheets/{name}/{url}").status_code == 410
    again = send(room.client, f"/clinic/sheets/{name}/revoke", "/clinic/account")
    assert again.status_code == 303 and events(room.engine, room.home.clinic).count("revoked") == 1


def test_a_sheet_revoked_while_it_is_drawn_is_not_handed_out(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    name = a_handout(room.engine, room.home)
    token = re.search(r'name="csrf_token" value="([^"]+)"', room.client.get(f"/clinic/sheets/{name}").text)
    assert token
    printer = signed_in(room.app, room.home.owner)

    class Slow(FakeRenderer):
        def submit(self, html: str, kind: str):  # type: ignore[no-untyped-def]
            room.client.post(f"/clinic/sheets/{name}/revoke", data={"csrf_token": token[1]})
            return super().submit(html, kind)

    monkeypatch.setattr("planner.web.clinic.printing.pool", Slow)
    assert printer.get(f"/clinic/sheets/{name}/sheet.pdf").status_code == 410


def test_a_sheet_that_its_patient_deleted_or_that_expired_says_so(room: Room) -> None:
    from tests.test_printing import deleted, expired

    for happens in (deleted, expired):
        name = a_handout(room.engine, room.home)
        happens(room, name)
        page = room.client.get(f"/clinic/sheets/{name}")
        assert page.status_code == 200 and "it has expired, or the patient deleted it" in page.text and "sheet.pdf" not in page.text


def test_another_clinic_neither_sees_nor_revokes(room: Room) -> None:
    name = a_handout(room.engine, room.home, reference="secret")
    other = Room(room.app)
    assert listed(other) == [] == listed(other, "?reference=secret") and "secret" not in other.client.get("/clinic/sheets").text
    assert other.client.get(f"/clinic/sheets/{name}").status_code == 404
    assert send(other.client, f"/clinic/sheets/{name}/revoke", "/clinic/account").status_code == 404
    assert room.opened(name).kept is not None
    mine = a_handout(other.engine, other.home)
    change(other.engine, mine, previous=name)  # as nothing of ours would write it
    assert name not in other.client.get(f"/clinic/sheets/{mine}").text


def test_figures_count_weeks_packs_and_who_came_back(engine: Engine, home: House) -> None:
    body, today = a_body(load()), date(2026, 11, 25)  # a Wednesday
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    ages = {0: "Desk", 3: "Desk", 15: "", 22: "Neck", 30: "Desk", 400: "Old"}
    names = {
        age: change(engine, a_handout(engine, home, replace(body, note=str(age)), pack=pack), made=noon - timedelta(days=age))
        for age, pack in ages.items()
    }
    change(engine, names[15], previous=names[22])
    change(engine, names[30], read_back=True)
    change(engine, names[0], previous=names[30])  # read back and followed: counted once
    a_handout(engine, house(engine, "b"), pack="Theirs")
    with reading(engine) as rows:
        counted = figures(rows, home.clinic, today, 12, 2)
        none = figures(rows, house_without_sheets(engine), today, 12, 2)
    assert len(counted.weeks) == 12 and counted.weeks[-1].begins == date(2026, 11, 23) and counted.sheets == 5
    assert [week.sheets for week in counted.weeks][-5:] == [1, 1, 1, 1, 1]
    assert counted.packs == (("Desk", 3), ("", 1), ("Neck", 1)) and (counted.due, counted.followed, counted.percent) == (3, 2, 67)
    assert (none.sheets, none.packs, none.due, none.percent) == (0, (), 0, 0)


def house_without_sheets(engine: Engine) -> str:
    return house(engine, "c").clinic


def test_the_page_of_figures_names_nobody(room: Room) -> None:
    assert "no sheet is old enough" in room.client.get("/clinic/figures").text
    a_handout(room.engine, room.home, reference="R 12", pack=MARK[:40])
    page = room.client.get("/clinic/figures?weeks=26").text
    assert "R 12" not in page and "&lt;script&gt;" in page and "<script>alert" not in page and "26 weeks" in page
    for odd in ("13", "x", "-1", "999999999"):
        assert room.client.get(f"/clinic/figures?weeks={odd}").status_code == 200


def test_links_of_the_header_lead_somewhere(database_url: str) -> None:
    app = an_app(DATABASE_URL=database_url)
    client = signed_in(app, house(app.extensions["database"], "a").owner)
    page = client.get("/clinic/account").text
    for url in ("/clinic/sheets", "/clinic/profile", "/clinic/people"):
        assert f'href="{url}"' in page and client.get(url).status_code == 200
    app.extensions["database"].dispose()
