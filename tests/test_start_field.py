"""The first field of the new sheet: codes of our own sheets, of other plans, and of none; and packs of a clinic's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from planner.database.sessions import writing
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.codes import grouped, new_code
from planner.kept.plans import Body, KeptPlan
from planner.web.rate_limits import limiter
from tests.conftest import an_app
from tests.keeping import keep
from tests.rooms import SAFE, Room, errors, exercises, focused
from tests.sheet_forms import FakeRenderer, Form, a_body, a_handout, a_pack

GONE = "No sheet opens with this code. It never was, has expired or was deleted: we cannot tell which"
SLIP = "One character is wrong. Compare the code with the paper"
SAID = {"checked": "yes", "note": "Slowly.", "reference": "R 1", "given": "swedish", "next_weeks": "5"}


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


def wrong(code: str) -> str:
    """The code with one slip in it."""
    return code[:-3] + ("2" if code[-3] != "2" else "3") + code[-2:]


@pytest.fixture
def theirs(library: Library) -> Body:
    """What another clinic printed, or a patient kept."""
    body = a_body(library, goal="sport", goal_words="my cello", mobility="no_floor", areas=("neck_shoulders",))
    edits = replace(body.edits, exercises=(*body.edits.exercises[1:], "bridge"), insisted=("exercise:bridge",), initials="ÄÖ", given="thai")
    return replace(body, note="their note", edits=edits)


WAYS = [str.lower, str.upper, lambda code: code.replace("-", ""), lambda code: code.replace("-", " "), lambda code: f"  {code}\t"]
WAYS += [lambda code: code.replace("0", "O").replace("1", "l"), lambda code: code.replace("1", "I").replace("-", "\u2013")]
WAYS += [lambda code: f"https://example.org/kept/{code}", lambda code: f"http://localhost/kept/{code.lower()}/"]
WAYS += [lambda code, end=end: f"https://backplan.example/kept/{code}{end}" for end in ("-sheet.pdf", ".ics", "?x=1", "#top", "/change")]


@pytest.mark.parametrize("way", range(len(WAYS)))
def test_a_code_of_this_clinic_leads_to_its_sheet(room: Room, way: int) -> None:
    name = a_handout(room.engine, room.home)
    before = room.everything()
    found = room.press(room.form(), "find", start=WAYS[way](room.code(name)))
    assert found.status_code == 303 and found.location == f"/clinic/repeat/{name}"
    sent = room.client.post("/clinic/repeat", data=repeats(room).with_(code=WAYS[way](room.code(name))))
    assert sent.status_code == 303 and sent.location == f"/clinic/repeat/{name}" and room.everything() == before


def repeats(room: Room) -> Form:
    return Form(room.client.get("/clinic/repeat").text, "", "/clinic/repeat")


@pytest.mark.parametrize("clinics", [True, False])
def test_a_code_of_somebody_else_lends_its_answers_and_nothing_of_their_own(room: Room, app: Flask, theirs: Body, clinics: bool) -> None:
    other = Room(app)
    if clinics:
        code = other.code(a_handout(other.engine, other.home, theirs, reference="secret", pack="their pack"))
    else:
        code = grouped(keep(room.engine, theirs, safe=SAFE, on=date.today()))
    page = room.press(room.form(), "find", start=code, **SAID)
    form = Form(page.text)
    assert page.status_code == 200 and focused(page) == "checked-yes" and not errors(page) and form.one("start") == ""
    assert form.all("areas") == ["neck_shoulders"] and "mobility:no_floor" in form.all("tick") and form.one("goal_words") == "my cello"
    assert {name: form.one(name) for name in SAID} == SAID
    assert [form.one(name) for name in ("previous", "handout", "version", "initials", "pack")] == ["", "", "", "", ""]
    assert form.all("insisted") == [] and "bridge" in exercises(form) and code not in page.text
    for words in ("their note", "ÄÖ", "secret", "their pack"):
        assert words not in page.text
    form = Form(room.press(form, "remove:bridge").text)
    assert set(exercises(form)) == set(theirs.edits.exercises) - {"bridge"}
    name = room.prints(form)
    assert "ÄÖ" not in room.sheet(name) and room.code(name) != code and room.opened(name).handout.previous is None


def test_codes_that_open_nothing_cannot_be_told_apart(room: Room, app: Flask, library: Library, theirs: Body) -> None:
    other, gone = Room(app), keep(room.engine, theirs, safe=SAFE, on=date.today())
    old = keep(room.engine, replace(theirs, note="old"), safe=SAFE, on=date.today())
    mine = room.code(a_handout(room.engine, room.home))
    with writing(room.engine) as rows:
        plans.delete(rows, SAFE, gone, date.today())
        expired = update(KeptPlan).where(KeptPlan.key.in_(SAFE.row_keys(old))).values(expires=date.today() - timedelta(days=1))
        rows.execute(expired)
    assert GONE.count("cannot tell") == 1
    for code in (new_code(), gone, old):
        page = room.press(room.begun(), "find", start=code.lower(), note="stays")
        assert page.status_code == 422 and errors(page) == {"start": GONE} and focused(page) == "start"
        assert Form(page.text).one("start") == code.lower() and Form(page.text).one("note") == "stays" and exercises(Form(page.text))
    for client in (room.client, other.client):
        for code in (new_code(), gone, old, mine)[: 4 if client is other.client else 3]:
            page = client.post("/clinic/repeat", data=Form(client.get("/clinic/repeat").text, "", "/clinic/repeat").with_(code=code))
            assert page.status_code == 422 and errors(page) == {"code": GONE} and focused(page) == "code"
    slip = room.press(room.begun(), "find", start=f"https://x.example/kept/{wrong(mine)}", note="stays")
    assert slip.status_code == 422 and errors(slip) == {"start": SLIP} and Form(slip.text).one("note") == "stays"


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(limiter, "enabled", True)
    app = an_app(RATELIMIT_ENABLED=True, RATELIMIT_STORAGE_URI="memory://")
    yield Room(app)
    app.extensions["database"].dispose()
    limiter.reset()


def test_twenty_misses_a_minute_and_everything_else_goes_on(limited: Room) -> None:
    form, mine = limited.begun(), limited.code(a_handout(limited.engine, limited.home))
    assert {limited.press(form, "find", start=words).status_code for words in (mine, "2", "nothing", wrong(mine)) * 6} == {200, 303, 422}
    again = Form(limited.client.get("/clinic/repeat").text, "", "/clinic/repeat")
    found = [limited.press(form, "find", start=new_code()).status_code for _ in range(12)]
    found += [limited.client.post("/clinic/repeat", data=again.with_(code=new_code())).status_code for _ in range(12)]
    assert found == [422] * 20 + [429] * 4
    assert limited.press(form, "find", start=mine).status_code == 429
    assert limited.client.get(f"/kept/{grouped(new_code())}").status_code == 429, "they count together with those of the patients' side"
    assert limited.press(form, "less").status_code == 200 and limited.prints(form), "who has a sheet to print is not held up"


def test_a_pack_is_called_by_its_number_up_to_nine(room: Room, library: Library) -> None:
    assert len(library.packs) > 10
    for number in ("1", "9"):
        page = room.press(room.bench(), "find", start=number)
        assert page.status_code == 200 and focused(page) == "checked-yes" and Form(page.text).one("pack")
    for number in ("0", "10", "11", "099", "٣"):
        page = room.press(room.bench(), "find", start=number)
        assert page.status_code == 422 and focused(page) == "start" and Form(page.text).one("pack") == "", number


def test_packs_of_ones_own(fresh: Room) -> None:
    form = fresh.begun(tick=["health:anticoagulant", "rf_saddle:yes"], goal_words="my own cello")
    page = fresh.press(form, "save", title="  Our \u202edesk ")
    assert page.status_code == 200 and "Saved as the pack “Our desk”." in page.text and not errors(page)
    (pack,) = [name for name in Form(page.text).buttons if name.startswith("pack:")][:1]
    begun = Form(fresh.press(fresh.form(), pack).text)
    assert (
        begun.one("pack") == "Our desk"
        and set(begun.all("tick")) == {"health:anticoagulant", "day:desk"}
        and begun.all("areas") == ["low_back"]
    )
    assert begun.one("goal_words") == "" and "cello" not in begun.one("base")
    url = f"/clinic/packs/{pack.removeprefix('pack:')}"
    listed = fresh.client.get("/clinic/packs").text
    assert Form(listed, "", url).one("title") == "Our desk"
    assert Form(listed, "", url).send(fresh.client, title="Their desk").location == "/clinic/packs"
    assert Form(fresh.client.get("/clinic/packs").text, "", url).one("title") == "Their desk"
    assert Form(fresh.client.get("/clinic/packs").text, "", f"{url}/delete").send(fresh.client).status_code == 303
    assert "None yet." in fresh.client.get("/clinic/packs").text


@pytest.mark.parametrize(
    ("title", "message"), [("", "at most 40"), ("\u200b", "at most 40"), ("x" * 41, "at most 40"), ("TAKEN", "Choose another")]
)
def test_a_pack_that_cannot_have_that_name(fresh: Room, title: str, message: str) -> None:
    for name in ("taken", "other"):
        mine = a_pack(fresh.engine, fresh.home, name)
    before = fresh.everything()
    page = fresh.press(fresh.begun(), "save", title=title, note="stays")
    assert page.status_code == 422 and message in errors(page)["title"] and focused(page) == "title"
    assert Form(page.text).one("title") == title and Form(page.text).one("note") == "stays" and '<details id="saving" open>' in page.text
    listed = Form(fresh.client.get("/clinic/packs").text, "", f"/clinic/packs/{mine}").send(fresh.client, title=title)
    assert listed.status_code == 422 and message in errors(listed)[mine] and focused(listed) == mine
    assert Form(listed.text, "", f"/clinic/packs/{mine}").one("title") == title and fresh.everything() == before
    empty = fresh.press(fresh.form(), "save", title="New")
    assert empty.status_code == 422 and list(errors(empty)) == ["pack"] and fresh.everything() == before
