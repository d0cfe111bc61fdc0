"""One sheet of the shelf: its papers and history, revoking it, and figures that name nobody."""

from __future__ import annotations

import re
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from planner.clinic.sheets.follow_up import judged
from planner.clinic.sheets.handouts import note_read_back
from planner.clinic.sheets.search import figures
from planner.database.sessions import reading, writing
from planner.domain.review import ReadBack
from planner.library.reader import load
from planner.outputs.words import date_text
from tests.clinics import House, events, house, send, signed_in
from tests.conftest import an_app, token
from tests.renderer import FakeRenderer
from tests.rooms import SAFE, Room, deleted, expired
from tests.sheet_forms import a_body, a_handout, changed_row
from tests.test_shelf import listed

STATE = re.compile(r'<tr[^>]* data-state="(\w+)"')
MARK = "\u202e<script>alert(1)</script>{{7*7}}"


def test_one_sheet_with_its_papers(fresh: Room) -> None:
    name = a_handout(fresh.engine, fresh.home, a_body(load(), goal="sport"), reference=MARK[:40], pack="Low back")
    page = fresh.get(f"/clinic/sheets/{name}").text
    assert fresh.code(name) in page and 'id="chart"' in page and "Theo Therapist" in page and "&lt;script&gt;" in page
    for url in (
        f"/clinic/sheets/{name}/sheet.pdf",
        f"/clinic/sheets/{name}/sheet.pdf?large=1",
        f"/clinic/repeat/{name}",
        f"/clinic/new?change={name}",
    ):
        assert f'"{url}"' in page
        fresh.get(url)
    assert "<script>alert" not in page + fresh.get("/clinic/sheets").text


def test_an_old_sheet_prints_under_todays_letterhead(fresh: Room) -> None:
    name = a_handout(fresh.engine, fresh.home)
    before = fresh.sheet(name)
    owner = fresh.owner()
    form: dict[str, Any] = {"name": "New Name", "country": "IE", "paper": "Letter", "lang": "en", "review_weeks": "2", "ink": "#000000"}
    send(owner, "/clinic/profile", **form)
    after = fresh.sheet(name)
    assert "New Name" in after and "size: Letter" in after and "size: A4" in before
    exercises = re.compile(r'class="move" id="([^"]+)"')
    assert exercises.findall(before) == exercises.findall(after) != []


def test_history_tells_what_came_back_and_what_followed(fresh: Room) -> None:
    first = a_handout(fresh.engine, fresh.home)
    second = a_handout(fresh.engine, fresh.home, a_body(load(), goal="sport"), previous=first)
    opened, noted = fresh.opened(first), judged(load().schedule.review_rules, fresh.body(first), ReadBack(5, 3, 1, 2), date(2026, 11, 28))
    with writing(fresh.engine) as rows:
        note_read_back(rows, SAFE, opened, replace(fresh.body(first), readbacks=(noted.text,)), date.today())
    page = fresh.get(f"/clinic/sheets/{first}").text
    for words in (date_text(date(2026, 11, 28)), "3/10", f'<a rel="next" href="/clinic/sheets/{second}"'):
        assert words in page, words
    page = fresh.get(f"/clinic/sheets/{second}").text
    assert f'<a rel="prev" href="/clinic/sheets/{first}"' in page
    assert STATE.findall(fresh.get("/clinic/sheets").text) == ["out", "read_back"]


def test_a_revoked_sheet_opens_for_nobody_from_the_next_request_on(fresh: Room) -> None:
    name = a_handout(fresh.engine, fresh.home, reference="R 12", pack="Desk")
    code, patient = fresh.code(name), fresh.app.test_client()
    patient.get(f"/kept/{code}", expects=200)
    answer = send(fresh.client, f"/clinic/sheets/{name}/revoke", f"/clinic/sheets/{name}")
    assert answer.location == f"/clinic/sheets/{name}"
    assert patient.get(f"/kept/{code}").status_code == patient.get(f"/kept/{code}-sheet.pdf").status_code == 404
    page = fresh.get(f"/clinic/sheets/{name}").text
    assert 'id="revoked"' in page and code not in page and "sheet.pdf" not in page and "R 12" not in page
    assert STATE.findall(fresh.get("/clinic/sheets").text) == ["revoked"]
    for url in ("made", "sheet.pdf"):
        fresh.get(f"/clinic/sheets/{name}/{url}", expects=410)
    send(fresh.client, f"/clinic/sheets/{name}/revoke", "/clinic/account")
    assert events(fresh.engine, fresh.home.clinic).count("revoked") == 1


def test_a_sheet_revoked_while_it_is_drawn_is_not_handed_out(fresh: Room, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch) -> None:
    name = a_handout(fresh.engine, fresh.home)
    sent = token(fresh.client, f"/clinic/sheets/{name}")
    printer = fresh.owner()

    draw = renderer.submit

    def slow(html: str, kind: str, *more: Any) -> Future[bytes]:
        fresh.post(f"/clinic/sheets/{name}/revoke", {"csrf_token": sent})
        return draw(html, kind, *more)

    monkeypatch.setattr(renderer, "submit", slow)
    printer.get(f"/clinic/sheets/{name}/sheet.pdf", expects=410)


def test_a_sheet_that_its_patient_deleted_or_that_expired_says_so(fresh: Room) -> None:
    for happens in (deleted, expired):
        name = a_handout(fresh.engine, fresh.home)
        happens(fresh, name)
        page = fresh.get(f"/clinic/sheets/{name}")
        assert 'id="lost"' in page.text and "sheet.pdf" not in page.text


def test_another_clinic_neither_sees_nor_revokes(fresh: Room) -> None:
    name = a_handout(fresh.engine, fresh.home, reference="secret")
    other = Room(fresh.app)
    assert listed(other) == [] == listed(other, "?reference=secret") and "secret" not in other.get("/clinic/sheets").text
    other.get(f"/clinic/sheets/{name}", expects=404)
    send(other.client, f"/clinic/sheets/{name}/revoke", "/clinic/account", expects=404)
    assert fresh.opened(name).kept is not None
    mine = a_handout(other.engine, other.home)
    changed_row(other.engine, mine, previous=name)  # as nothing of ours would write it
    assert name not in other.get(f"/clinic/sheets/{mine}").text


def test_figures_count_weeks_packs_and_who_came_back(engine: Engine, home: House) -> None:
    body, today = a_body(load()), date(2026, 11, 25)  # a Wednesday
    noon = datetime(2026, 11, 25, 12, tzinfo=UTC)
    ages = {0: "Desk", 3: "Desk", 15: "", 22: "Neck", 30: "Desk", 400: "Old"}
    names = {
        age: changed_row(engine, a_handout(engine, home, replace(body, note=str(age)), pack=pack), made=noon - timedelta(days=age))
        for age, pack in ages.items()
    }
    changed_row(engine, names[15], previous=names[22])
    changed_row(engine, names[30], read_back=True)
    changed_row(engine, names[0], previous=names[30])  # read back and followed: counted once
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


def test_the_page_of_figures_names_nobody(fresh: Room) -> None:
    assert " %</b>" not in fresh.get("/clinic/figures").text
    a_handout(fresh.engine, fresh.home, reference="R 12", pack=MARK[:40])
    page = fresh.get("/clinic/figures?weeks=26").text
    assert "R 12" not in page and "&lt;script&gt;" in page and "<script>alert" not in page and '?weeks=26" aria-current="true"' in page
    for odd in ("13", "x", "-1", "999999999"):
        fresh.get(f"/clinic/figures?weeks={odd}")


def test_links_of_the_header_lead_somewhere(database_url: str) -> None:
    app = an_app(DATABASE_URL=database_url)
    client = signed_in(app, house(app.extensions["database"], "a").owner)
    page = client.get("/clinic/account").text
    for url in ("/clinic/sheets", "/clinic/profile", "/clinic/people"):
        assert f'href="{url}"' in page
        client.get(url, expects=200)
    app.extensions["database"].dispose()
