"""The first field of the new sheet: codes of our own sheets, of other plans, and of none; and packs of a clinic's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from planner.clinic.sheets.packs import BadPack
from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped, new_code
from planner.kept.plans import Body, KeptPlan
from planner.web.clinic.pack_choice import pack_fault
from planner.web.clinic.start_field import mistyped, no_such_sheet
from tests.conftest import an_app, only
from tests.keeping import keep
from tests.renderer import FakeRenderer
from tests.rooms import SAFE, Room, errors, exercises, focused
from tests.sheet_forms import Form, a_body, a_handout, a_pack

SAID: dict[str, Any] = {"checked": "yes", "note": "Slowly.", "reference": "R 1", "given": "swedish", "next_weeks": "5"}


def wrong(code: str) -> str:
    """The code with one slip in it."""
    return code[:-3] + ("2" if code[-3] != "2" else "3") + code[-2:]


@pytest.fixture
def theirs(library: Library) -> Body:
    """What another clinic printed, or a patient kept."""
    body = a_body(library, goal="sport", goal_words="my cello", mobility="no_floor", areas=("neck_shoulders",))
    edits = replace(
        body.edits, exercises=(*body.edits.exercises[1:], "bird_dog"), insisted=("exercise:bird_dog",), initials="ÄÖ", given="thai"
    )
    return replace(body, note="their note", edits=edits)


def ways(code: str) -> list[str]:
    """The code as people type it and as scanners send it."""
    bare, shown = code.replace("-", ""), f"https://backplan.example/kept/{code}"
    typed = [code.lower(), code.upper(), bare, code.replace("-", " "), f"  {code}\t", code.replace("-", "\u2013").replace("1", "I")]
    typed += [code.replace("0", "O").replace("1", "l"), f"https://example.org/kept/{code}", f"http://localhost/kept/{code.lower()}/"]
    return typed + [f"{shown}{end}" for end in ("-sheet.pdf", ".ics", "?x=1", "#top", "/change")]


@pytest.mark.parametrize("way", range(len(ways(""))))
def test_a_code_of_this_clinic_leads_to_its_sheet(room: Room, way: int) -> None:
    name = a_handout(room.engine, room.home)
    before = room.everything()
    found = room.press(room.form(), "find", start=ways(room.code(name))[way], expects=303)
    assert found.location == f"/clinic/repeat/{name}"
    sent = room.post("/clinic/repeat", repeats(room).with_(code=ways(room.code(name))[way]))
    assert sent.location == f"/clinic/repeat/{name}" and room.everything() == before


def repeats(room: Room) -> Form:
    return Form(room.get("/clinic/repeat").text, "", "/clinic/repeat")


@pytest.mark.parametrize("clinics", [True, False])
def test_a_code_of_somebody_else_lends_its_answers_and_nothing_of_their_own(room: Room, app: Flask, theirs: Body, clinics: bool) -> None:
    other = Room(app)
    if clinics:
        code = other.code(a_handout(other.engine, other.home, theirs, reference="secret", pack="their pack"))
    else:
        code = grouped(keep(room.engine, theirs, safe=SAFE, on=date.today()))
    page = room.press(room.form(), "find", start=code, **SAID)
    form = Form(page.text)
    assert focused(page) == "checked-yes" and not errors(page) and form.one("start") == ""
    assert form.all("areas") == ["neck_shoulders"] and "mobility:no_floor" in form.all("tick") and form.one("goal_words") == "my cello"
    assert {name: form.one(name) for name in SAID} == {**SAID, "checked": ""}, "red flags are asked afresh"
    assert [form.one(name) for name in ("previous", "handout", "version", "insisted_by", "pack")] == ["", "", "", "", ""]
    assert form.all("insisted") == [] and "bird_dog" in exercises(form) and code not in page.text
    for words in ("their note", "ÄÖ", "secret", "their pack"):
        assert words not in page.text
    form = Form(room.press(form, "remove:bird_dog").text)
    assert set(exercises(form)) == set(theirs.edits.exercises) - {"bird_dog"}
    name = room.prints(form, checked="yes")
    assert "ÄÖ" not in room.sheet(name) and room.code(name) != code and room.opened(name).handout.previous is None


def test_codes_that_open_nothing_cannot_be_told_apart(room: Room, app: Flask, library: Library, theirs: Body) -> None:
    other, gone = Room(app), keep(room.engine, theirs, safe=SAFE, on=date.today())
    old = keep(room.engine, replace(theirs, note="old"), safe=SAFE, on=date.today())
    mine = room.code(a_handout(room.engine, room.home))
    with writing(room.engine) as rows:
        plans.delete(rows, SAFE, gone, date.today())
        expired = update(KeptPlan).where(KeptPlan.key.in_(SAFE.row_keys(old))).values(expires=date.today() - timedelta(days=1))
        rows.execute(expired)
    for code in (new_code(), gone, old):
        page = room.press(room.begun(), "find", start=code.lower(), note="stays", expects=422)
        assert errors(page) == {"start": no_such_sheet()} and focused(page) == "start"
        assert Form(page.text).one("start") == code.lower() and Form(page.text).one("note") == "stays" and exercises(Form(page.text))
    for client in (room.client, other.client):
        for code in (new_code(), gone, old, mine)[: 4 if client is other.client else 3]:
            page = client.post("/clinic/repeat", data=Form(client.get("/clinic/repeat").text, "", "/clinic/repeat").with_(code=code))
            assert page.status_code == 422 and errors(page) == {"code": no_such_sheet()} and focused(page) == "code"
    slip = room.press(room.begun(), "find", start=f"https://x.example/kept/{wrong(mine)}", note="stays", expects=422)
    assert errors(slip) == {"start": mistyped()} and Form(slip.text).one("note") == "stays"


@pytest.fixture
def limited(counting: dict[str, Any], renderer: FakeRenderer) -> Room:
    return Room(an_app(**counting))


def tried(room: Room, form: Form, start: str) -> int:
    """The status of one try."""
    return room.client.post("/clinic/new", data=form.with_(do="find", start=start)).status_code


def test_twenty_misses_a_minute_and_everything_else_goes_on(limited: Room) -> None:
    form, mine = limited.begun(), limited.code(a_handout(limited.engine, limited.home))
    assert {tried(limited, form, words) for words in (mine, "2", "nothing", wrong(mine)) * 6} == {200, 303, 422}
    again = Form(limited.get("/clinic/repeat").text, "", "/clinic/repeat")
    found = [tried(limited, form, new_code()) for _ in range(12)]
    found += [limited.client.post("/clinic/repeat", data=again.with_(code=new_code())).status_code for _ in range(12)]
    assert found == [422] * 20 + [429] * 4
    limited.press(form, "find", start=mine, expects=303)  # who has the right code is never refused for wrong ones
    limited.get(f"/kept/{grouped(new_code())}", expects=429)  # they count together with those of the patients' side
    limited.press(form, "less")
    assert limited.prints(form), "who has a sheet to print is not held up"


def test_a_pack_is_called_by_its_number_up_to_nine(room: Room, library: Library) -> None:
    assert len(library.packs) > 10
    for number in ("1", "9"):
        page = room.press(room.form(), "find", start=number)
        assert focused(page) == "checked-yes" and Form(page.text).one("pack")
    for number in ("0", "10", "11", "099", "٣"):
        page = room.press(room.form(), "find", start=number, expects=422)
        assert focused(page) == "start" and Form(page.text).one("pack") == "", number


def test_packs_of_ones_own(fresh: Room) -> None:
    form = fresh.begun(tick=["risk_blood:anticoagulant", "rf_saddle:yes"], goal_words="my own cello")
    page = fresh.press(form, "save", title="  Our \u202edesk ")
    assert "Our desk" in only(r'role="status">([^<]*)<', page.text) and not errors(page)
    (pack,) = [name for name in Form(page.text).buttons if name.startswith("pack:")][:1]
    begun = Form(fresh.press(fresh.form(), pack).text)
    assert (
        begun.one("pack") == "Our desk"
        and set(begun.all("tick")) == {"risk_blood:anticoagulant", "day:desk"}
        and begun.all("areas") == ["low_back"]
    )
    assert begun.one("goal_words") == "" and "cello" not in begun.one("base")
    url = f"/clinic/packs/{pack.removeprefix('pack:')}"
    listed = fresh.get("/clinic/packs").text
    assert Form(listed, "", url).one("title") == "Our desk"
    assert Form(listed, "", url).send(fresh.client, title="Their desk").location == "/clinic/packs"
    assert Form(fresh.get("/clinic/packs").text, "", url).one("title") == "Their desk"
    assert f'href="{url}/delete"' in fresh.get("/clinic/packs").text
    Form(fresh.get(f"{url}/delete").text, "", f"{url}/delete").send(fresh.client)
    assert f"{url}/delete" not in fresh.get("/clinic/packs").text


@pytest.mark.parametrize(("title", "reason"), [("", "title"), ("\u200b", "title"), ("x" * 41, "title"), ("TAKEN", "taken")])
def test_a_pack_that_cannot_have_that_name(fresh: Room, title: str, reason: str) -> None:
    for name in ("taken", "other"):
        mine = a_pack(fresh.engine, fresh.home, name)
    before = fresh.everything()
    page = fresh.press(fresh.begun(), "save", title=title, note="stays", expects=422)
    assert errors(page) == {"title": pack_fault(BadPack(reason))} and focused(page) == "title"
    assert Form(page.text).one("title") == title and Form(page.text).one("note") == "stays" and '<details id="saving" open>' in page.text
    listed = Form(fresh.get("/clinic/packs").text, "", f"/clinic/packs/{mine}").send(fresh.client, title=title, expects=422)
    assert errors(listed) == {mine: pack_fault(BadPack(reason))} and focused(listed) == mine
    assert Form(listed.text, "", f"/clinic/packs/{mine}").one("title") == title and fresh.everything() == before
    empty = fresh.press(fresh.form(), "save", title="New", expects=422)
    assert list(errors(empty)) == ["pack"] and fresh.everything() == before
