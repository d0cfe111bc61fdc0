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

from planner.clinic.sheets import handouts
from planner.clinic.tables import Handout
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.domain.review import BadReadBack
from planner.kept.plans import Body
from planner.outputs.changed import changed_text
from planner.web.clinic import repeat_visit
from planner.web.clinic.repeat_visit import digit_fault
from planner.web.clinic.start_field import unreadable
from tests.clinics import now
from tests.rooms import Room, deleted, errors, exercises, expired, focused, revoked
from tests.sheet_forms import Form, a_body, a_handout

CHANGED = re.compile(r'<p class="changed"[^>]*><b>[^<]*</b> ([^<]*)</p>')


@pytest.fixture
def body(library: Library) -> Body:
    """A sheet of two weeks ago with pain 5."""
    made = a_body(library, peg_p=5, goal="sport", goal_words="my cello")
    return replace(made, made=date.today() - timedelta(days=14), note="old note", edits=replace(made.edits, given="thai", next_weeks=3))


def old(room: Room, body: Body) -> str:
    return a_handout(room.engine, room.home, body, reference="R 1", pack="Our pack")


def sends(room: Room, *, expects: int = 303, **typed: str) -> TestResponse:
    form = Form(room.get("/clinic/repeat").text, "", "/clinic/repeat")
    return room.post("/clinic/repeat", form.with_(**typed), expects)


def answers(room: Room, name: str, digits: str, *, expects: int = 303) -> TestResponse:
    url = f"/clinic/repeat/{name}"
    return room.post(url, Form(room.get(url).text, "", url).with_(digits=digits), expects)


def changed(html: str) -> str:
    (found,) = CHANGED.findall(html)
    return unescape(found)


@pytest.mark.parametrize("digits", ["5312", "53121", " 5 3-1 2 1 "])
def test_code_and_digits_lead_to_the_next_sheet(room: Room, library: Library, body: Body, digits: str) -> None:
    name = old(room, body)
    first, easy, *others = body.edits.exercises
    harder = library.exercises[easy].harder
    assert harder
    found = sends(room, code=room.code(name), digits=digits)
    assert found.location == f"/clinic/new?again={name}"
    page = room.get(found.location)
    form = Form(page.text)
    assert form.buttons[0] == "print" and focused(page) == "checked-yes" and form.one("previous") == name and form.one("peg_p") == "3"
    assert (form.one("reference"), form.one("pack"), form.one("goal_words")) == ("R 1", "Our pack", "my cello")
    assert (form.one("note"), form.one("given"), form.one("next_weeks"), form.one("checked")) == (body.note, "", "3", "")
    assert body.note, "the words of the last sheet, to be kept or changed"
    assert set(exercises(form)) == {first, harder, *others}, "the second felt easy"
    said = changed(page.text)
    new = room.prints(form, checked="yes")
    up = {f"new:{library.exercises[harder].title}", f"dropped:{library.exercises[easy].title}"}
    assert {"why:better", "massage_down:", *up} == {*room.body(new).changes} and said == changed_text(room.body(new).changes)
    assert changed(room.sheet(new)) == said == changed(room.preview(form).text)
    assert room.opened(new).handout.previous == name and len(room.body(new).readbacks) == len(room.body(name).readbacks) == 1
    assert said in unescape(room.get(f"/clinic/sheets/{new}/made").text)
    assert room.opened(name).handout.read_back and not room.opened(new).handout.read_back


def test_worse_twice_running_over_three_sheets(room: Room, body: Body) -> None:
    first = old(room, body)
    second = room.prints(Form(sent(room, first, "5700").text), checked="yes")
    found = room.body(second).changes
    assert {"why:worse", "light:"} <= {*found} and changed(room.sheet(second)) == changed_text(found)
    assert changed(sent(room, second, "").text) == changed_text(["keep:"]), "what came back on the first is not said again"
    page = sent(room, second, "5900")
    third = room.prints(Form(page.text), checked="yes")
    found = room.body(third).changes
    assert found[:2] == ("why:worse_again", "clinician:") and set(room.body(third).edits.doses.values()) == {"half"}
    assert changed(page.text) == changed(room.sheet(third)) == changed_text(found)
    assert [text.split()[1:3] for text in room.body(third).readbacks] == [["5700", "worse"], ["5900", "worse_again"]]
    assert [text.split()[2] for text in room.body(first).readbacks] == ["worse"]


def test_pain_that_creeps_up_is_seen(room: Room, library: Library) -> None:
    """Clinical safety 7.7: the first pain stays the measure, whatever the answers of later sheets say."""
    first = old(room, replace(a_body(library, peg_p=4), made=date.today() - timedelta(days=7)))
    second = room.prints(Form(sent(room, first, "5500").text), checked="yes")
    page = sent(room, second, "5600")
    assert (room.body(second).answers["peg_p"], room.body(second).pain_base, room.body(first).pain_base) == (5, 4, None)
    assert changed(page.text).startswith(changed_text(["why:worse"]))
    assert room.body(room.prints(Form(page.text), checked="yes")).pain_base == 4


@pytest.mark.parametrize("digits", ["", "5500"])
def test_what_was_insisted_on_is_asked_again(room: Room, library: Library, digits: str) -> None:
    """Clinical safety 7.4: initials hold for one visit; what nobody adds again is left out."""
    body = a_body(library, mobility="no_floor", minutes="20", peg_p=5)
    edits = replace(body.edits, exercises=(*body.edits.exercises[:2], "bird_dog"), insisted=("exercise:bird_dog",), initials="JT")
    name = old(room, replace(body, edits=edits))
    assert "by JT" in room.sheet(name)
    page = sent(room, name, digits)
    form = Form(page.text)
    assert form.one("insisted_by") == "" and form.all("insisted") == [] and "ask:exercise:bird_dog" in form.buttons
    new = room.prints(form, checked="yes")
    assert "by JT" not in room.sheet(new) and set(room.body(new).edits.exercises) == set(body.edits.exercises[:2])


def sent(room: Room, name: str, digits: str) -> TestResponse:
    """The new sheet after the digits of an old one."""
    found = answers(room, name, digits)
    return room.get(found.location)


def test_digits_typed_again_take_the_place_of_the_first_try(room: Room, body: Body) -> None:
    name = old(room, replace(body, readbacks=("2026-11-01 5500 worse 2026-10-25",)))
    for digits, verdict in (("5700", "worse_again"), ("5300", "better"), ("5300", "better"), ("5500", "same")):
        sent(room, name, digits)
        assert [text.split()[1:3] for text in room.body(name).readbacks] == [["5500", "worse"], [digits, verdict]]


BAD = [
    ("123", "digits"),
    ("531211", "digits"),
    ("five", "digits"),
    ("<b>5</b>", "digits"),
    ("8300", "days"),
    ("5399", "item"),
    ("5319", "item"),
    ("53122", "check"),
]


@pytest.mark.parametrize(("digits", "reason"), BAD)
def test_digits_that_cannot_be_stay_in_the_field(room: Room, body: Body, digits: str, reason: str) -> None:
    name = old(room, body)
    before = room.everything()
    for page in (sends(room, code=room.code(name), digits=digits, expects=422), answers(room, name, digits, expects=422)):
        assert errors(page) == {"digits": digit_fault(BadReadBack(reason))}
        assert focused(page) == "digits" and Form(page.text, "", f"/clinic/repeat/{name}").one("digits") == digits
    assert room.everything() == before


@pytest.mark.parametrize("code", ["", "2", "ABCD", "x" * 300])
def test_what_is_no_code_stays_with_its_digits(room: Room, code: str) -> None:
    page = sends(room, code=code, digits="5312", expects=422)
    form = Form(page.text, "", "/clinic/repeat")
    assert list(errors(page)) == ["code"] and focused(page) == "code"
    assert (form.one("code"), form.one("digits")) == (code[:200], "5312")


def test_without_digits_the_old_sheet_is_simply_used_again(room: Room, body: Body) -> None:
    name = old(room, body)
    before = room.everything()
    page = sent(room, name, " ")
    form = Form(page.text)
    assert changed(page.text) == changed_text(["keep:"])
    assert set(exercises(form)) == set(body.edits.exercises) and form.one("peg_p") == "5"
    assert form.one("given") == "" and form.one("next_weeks") == "3"
    assert room.everything() == before and not room.opened(name).handout.read_back
    new = room.prints(form, checked="yes")
    assert not CHANGED.search(room.sheet(new)) and room.body(new).changes == room.body(new).readbacks == ()


def test_a_dose_that_is_less_or_more_than_usual_says_so(room: Room, body: Body) -> None:
    first, second, *_others = body.edits.exercises
    doses = {**body.edits.doses, first: "half", second: "strong"}
    page = sent(room, old(room, replace(body, edits=replace(body.edits, doses=doses))), "").text
    rows = {name: page.partition(f'value="swap:{name}"')[0].rpartition("data-row")[2] for name in (first, second)}
    assert ", half" in rows[first] and ", made harder" not in rows[first]
    assert ", made harder" in rows[second] and ", half" not in rows[second]


def test_the_old_sheet_is_shown_with_the_numbers_of_its_paper(room: Room, body: Body) -> None:
    name = old(room, body)
    page = room.get(f"/clinic/repeat/{name}").text
    listed = re.findall(r"<li>([^<]+)", page.partition('<ol class="old">')[2].partition("</ol>")[0])
    assert [one.strip() for one in listed] == re.findall(r"<h3>([^<]+)</h3>", room.sheet(name)) != []
    assert "<bdi>R 1</bdi>" in page and "old note" not in page


def test_todays_list_is_the_clinics_own(fresh: Room, app: Flask, body: Body) -> None:
    other = Room(app)
    theirs, mine, gone, before = (*(old(one, body) for one in (other, fresh, fresh)), old(fresh, body))
    revoked(fresh, gone)
    with writing(fresh.engine) as rows:
        rows.get_one(Handout, before).made = now() - timedelta(weeks=12, hours=1)
        rows.get_one(Handout, mine).made = now() - timedelta(days=15)
    page = fresh.get("/clinic/repeat").text
    assert re.findall(r'href="/clinic/repeat/(\w+)"', page) == [mine] and theirs not in page
    fresh.get(f"/clinic/repeat/{mine}")
    for name in (theirs, gone):
        fresh.get(f"/clinic/repeat/{name}", expects=404)
        fresh.post(f"/clinic/repeat/{name}", Form(page, "", "/clinic/repeat").with_(digits="5312"), expects=404)
    assert other.body(theirs).readbacks == () and not other.opened(theirs).handout.read_back


@pytest.mark.parametrize("happens", [revoked, deleted, expired])
def test_digits_of_a_sheet_that_is_gone(room: Room, body: Body, happens: Callable[[Room, str], None]) -> None:
    name = old(room, body)
    code, form = room.code(name), Form(room.get("/clinic/repeat").text, "", "/clinic/repeat")
    happens(room, name)
    before = room.everything()
    page = room.post("/clinic/repeat", form.with_(code=code, digits="5312"), expects=422)
    assert errors(page) == {"code": unreadable()}
    assert Form(page.text, "", "/clinic/repeat").one("digits") == "5312" and room.everything() == before
    room.post(f"/clinic/repeat/{name}", form.with_(digits="5312"), expects=404)


def test_the_second_of_two_who_send_digits_is_told(room: Room, body: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    name, usual = old(room, body), handouts.note_read_back

    def late(rows: Any, safe: Any, opened: Any, new: Body, on: date) -> Any:
        """Somebody else is quicker."""
        monkeypatch.setattr(repeat_visit, "note_read_back", usual)
        usual(rows, safe, opened, replace(new, readbacks=("2026-11-20 1111 same",)), on)
        return usual(rows, safe, opened, new, on)

    monkeypatch.setattr(repeat_visit, "note_read_back", late)
    page = answers(room, name, "5312", expects=409)
    assert list(errors(page)) == ["digits"]
    assert Form(page.text, "", f"/clinic/repeat/{name}").one("digits") == "5312"
    assert room.body(name).readbacks == ()
    sent(room, name, "5312")
