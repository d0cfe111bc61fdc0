"""Same as last time in a browser without scripts: code and digits in one form, the next sheet with what changed on it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from planner.clinic.tables import Handout
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept.plans import Body
from planner.web.clinic import repeat_visit
from tests.clinics import now
from tests.rooms import Room, errors, exercises, focused
from tests.sheet_forms import FakeRenderer, Form, a_body, a_handout
from tests.test_printing import deleted, expired, revoked

CHANGED = re.compile(r"<b>What changed:</b> ([^<]*)</p>")


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.web.clinic.printing.pool", FakeRenderer)


@pytest.fixture(scope="module")
def room(app: Flask) -> Room:
    return Room(app)


@pytest.fixture
def fresh(app: Flask) -> Room:
    """For tests that count or list what the clinic has."""
    return Room(app)


@pytest.fixture
def body(library: Library) -> Body:
    """A sheet of two weeks ago with pain 5."""
    made = a_body(library, peg_p=5, goal="sport", goal_words="my cello")
    return replace(made, made=date.today() - timedelta(days=14), note="old note", edits=replace(made.edits, given="thai", next_weeks=3))


def old(room: Room, body: Body) -> str:
    return a_handout(room.engine, room.home, body, reference="R 1", pack="Our pack")


def sends(room: Room, **typed: str) -> TestResponse:
    form = Form(room.client.get("/clinic/repeat").text, "", "/clinic/repeat")
    return room.client.post("/clinic/repeat", data=form.with_(**typed))


def answers(room: Room, name: str, digits: str) -> TestResponse:
    url = f"/clinic/repeat/{name}"
    return room.client.post(url, data=Form(room.client.get(url).text, "", url).with_(digits=digits))


def changed(html: str) -> str:
    (found,) = CHANGED.findall(html)
    return unescape(found)


@pytest.mark.parametrize("digits", ["5312", "53121", " 5 3-1 2 1 "])
def test_code_and_digits_lead_to_the_next_sheet(room: Room, body: Body, digits: str) -> None:
    name = old(room, body)
    found = sends(room, code=room.code(name), digits=digits)
    assert found.status_code == 303 and found.location == f"/clinic/new?again={name}"
    page = room.client.get(found.location)
    form = Form(page.text)
    assert form.buttons[0] == "print" and focused(page) == "checked-yes" and form.one("previous") == name and form.one("peg_p") == "3"
    assert (form.one("reference"), form.one("pack"), form.one("goal_words")) == ("R 1", "Our pack", "my cello")
    assert (form.one("note"), form.one("given"), form.one("next_weeks"), form.one("checked")) == ("", "", "3", "")
    assert set(exercises(form)) == set(body.edits.exercises)
    said = changed(page.text)
    assert said.startswith("Less pain for 2 weeks or more.") and "Massage one step less often." in said
    new = room.prints(form, checked="yes")
    assert changed(room.sheet(new)) == said == changed(room.preview(form).text)
    assert room.opened(new).handout.previous == name and len(room.body(new).readbacks) == len(room.body(name).readbacks) == 1
    assert f"What changed: {said.rstrip('.')}." in room.client.get(f"/clinic/sheets/{new}/made").text.replace("; ", " ")
    assert room.opened(name).handout.read_back and not room.opened(new).handout.read_back


def test_worse_twice_running_over_three_sheets(room: Room, body: Body) -> None:
    first = old(room, body)
    second = room.prints(Form(sent(room, first, "5700").text), checked="yes")
    assert "More pain than last time." in changed(room.sheet(second)) and "Lighter massage." in changed(room.sheet(second))
    assert changed(sent(room, second, "").text) == "The plan stays as it is.", "what came back on the first is not said again"
    page = sent(room, second, "5900")
    assert changed(page.text).startswith("More pain for the second time. See a GP or physio.")
    third = room.prints(Form(page.text), checked="yes")
    assert "See a GP or physio." in changed(room.sheet(third)) and set(room.body(third).edits.doses.values()) == {"half"}
    assert [text.split()[1:3] for text in room.body(third).readbacks] == [["5700", "worse"], ["5900", "worse_again"]]
    assert [text.split()[2] for text in room.body(first).readbacks] == ["worse"]


def sent(room: Room, name: str, digits: str) -> TestResponse:
    """The new sheet after the digits of an old one."""
    found = answers(room, name, digits)
    assert found.status_code == 303
    return room.client.get(found.location)


def test_digits_typed_again_take_the_place_of_the_first_try(room: Room, body: Body) -> None:
    name = old(room, replace(body, readbacks=("2026-11-01 5500 worse 2026-10-25",)))
    for digits, verdict in (("5700", "worse_again"), ("5300", "better"), ("5300", "better"), ("5500", "same")):
        sent(room, name, digits)
        assert [text.split()[1:3] for text in room.body(name).readbacks] == [["5500", "worse"], [digits, verdict]]


BAD = [
    ("123", "Type the 4 digits of the boxes"),
    ("531211", "Type the 4 digits of the boxes"),
    ("five", "Type the 4 digits of the boxes"),
    ("<b>5</b>", "Type the 4 digits of the boxes"),
    ("8300", "from 0 to 7"),
    ("5399", "numbers of two exercises"),
    ("5322", "numbers of two exercises"),
    ("53122", "The check digit does not fit"),
]


@pytest.mark.parametrize(("digits", "message"), BAD)
def test_digits_that_cannot_be_stay_in_the_field(room: Room, body: Body, digits: str, message: str) -> None:
    name = old(room, body)
    before = room.everything()
    for page in (sends(room, code=room.code(name), digits=digits), answers(room, name, digits)):
        assert page.status_code == 422 and list(errors(page)) == ["digits"] and message in errors(page)["digits"]
        assert focused(page) == "digits" and Form(page.text, "", f"/clinic/repeat/{name}").one("digits") == digits
    assert room.everything() == before


@pytest.mark.parametrize(
    ("code", "message"), [("", "17 letters and numbers"), ("2", "17 letters and numbers"), ("ABCD", "17 letters"), ("x" * 300, "17")]
)
def test_what_is_no_code_stays_with_its_digits(room: Room, code: str, message: str) -> None:
    page = sends(room, code=code, digits="5312")
    form = Form(page.text, "", "/clinic/repeat")
    assert page.status_code == 422 and message in errors(page)["code"] and focused(page) == "code"
    assert (form.one("code"), form.one("digits")) == (code[:200], "5312")


def test_without_digits_the_old_sheet_is_simply_used_again(room: Room, body: Body) -> None:
    name = old(room, body)
    before = room.everything()
    page = sent(room, name, " ")
    form = Form(page.text)
    assert (
        changed(page.text) == "The plan stays as it is." and set(exercises(form)) == set(body.edits.exercises) and form.one("peg_p") == "5"
    )
    assert form.one("given") == "" and form.one("next_weeks") == "3"
    assert room.everything() == before and not room.opened(name).handout.read_back
    new = room.prints(form, checked="yes")
    assert not CHANGED.search(room.sheet(new)) and room.body(new).changes == room.body(new).readbacks == ()


def test_the_old_sheet_is_shown_with_the_numbers_of_its_paper(room: Room, body: Body) -> None:
    name = old(room, body)
    page = room.client.get(f"/clinic/repeat/{name}").text
    listed = re.findall(r"<li>([^<]+)", page.partition('<ol class="old">')[2].partition("</ol>")[0])
    assert [one.strip() for one in listed] == re.findall(r"<h3>([^<]+)</h3>", room.sheet(name)) != []
    assert "<bdi>R 1</bdi>" in page and "old note" not in page


def test_todays_list_is_the_clinics_own(fresh: Room, app: Flask, body: Body) -> None:
    other = Room(app)
    theirs, mine, gone, before = (*(old(one, body) for one in (other, fresh, fresh)), old(fresh, body))
    revoked(fresh, gone)
    with writing(fresh.engine) as rows:
        rows.get_one(Handout, before).made = now() - timedelta(days=1, hours=1)
    page = fresh.client.get("/clinic/repeat").text
    assert re.findall(r'href="/clinic/repeat/(\w+)"', page) == [mine] and theirs not in page
    assert fresh.client.get(f"/clinic/repeat/{mine}").status_code == 200
    for name in (theirs, gone):
        assert fresh.client.get(f"/clinic/repeat/{name}").status_code == 404
        assert fresh.client.post(f"/clinic/repeat/{name}", data=Form(page, "", "/clinic/repeat").with_(digits="5312")).status_code == 404
    assert other.body(theirs).readbacks == () and not other.opened(theirs).handout.read_back


@pytest.mark.parametrize("happens", [revoked, deleted, expired])
def test_digits_of_a_sheet_that_is_gone(room: Room, body: Body, happens: Callable[[Room, str], None]) -> None:
    name = old(room, body)
    code, form = room.code(name), Form(room.client.get("/clinic/repeat").text, "", "/clinic/repeat")
    happens(room, name)
    before = room.everything()
    page = room.client.post("/clinic/repeat", data=form.with_(code=code, digits="5312"))
    assert page.status_code == 422 and "cannot tell which" in errors(page)["code"]
    assert Form(page.text, "", "/clinic/repeat").one("digits") == "5312" and room.everything() == before
    assert room.client.post(f"/clinic/repeat/{name}", data=form.with_(digits="5312")).status_code == 404


def test_the_second_of_two_who_send_digits_is_told(room: Room, body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    name, usual = old(room, body), repeat_visit.note_read_back

    def late(rows: Any, safe: Any, opened: Any, new: Body, on: date) -> Any:
        """Somebody else is quicker."""
        monkeypatch.setattr(repeat_visit, "note_read_back", usual)
        usual(rows, safe, opened, replace(new, readbacks=("2026-11-20 1111 same",)), on)
        return usual(rows, safe, opened, new, on)

    monkeypatch.setattr(repeat_visit, "note_read_back", late)
    page = answers(room, name, "5312")
    assert page.status_code == 409 and "changed just now" in errors(page)["digits"]
    assert Form(page.text, "", f"/clinic/repeat/{name}").one("digits") == "5312"
    assert room.body(name).readbacks == () and sent(room, name, "5312").status_code == 200
