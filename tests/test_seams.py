"""Where the parts of a therapist's day meet: what one of them knows is not lost, and opens nothing, in the next."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from planner.clinic.tables import Audit
from planner.database.sessions import reading
from planner.domain.model import Library
from tests.between_visits import days_on, next_sheet, tells
from tests.checking_in import phone
from tests.keeping_web import change, keep
from tests.own_exercises import added, sends, wrote
from tests.people import well
from tests.rooms import Room, errors, exercises
from tests.sheet_forms import Form
from tests.test_massage_worth_web import four
from tests.test_sheet_at_home import stops
from tests.waiting import a_link, a_word, answers, begins, word_on

AGAIN = "Added last time by TT. Checked again today?"
ZEBRA = "Zebra wobble"


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


@pytest.mark.parametrize("pack", ["low_desk", "upper_desk"])
def test_a_pack_takes_no_caution_away_that_came_from_the_waiting_room(fresh: Room, library: Library, pack: str) -> None:
    word = a_word(fresh, library, well(library, risk_bone=("osteoporosis",), age_band="75plus", peg_p=7))
    form = Form(fresh.press(fresh.form(), "find", start=word).text)
    after = Form(fresh.press(form, f"pack:{pack}", checked="yes").text)
    assert "risk_bone:osteoporosis" in after.all("tick") and after.one("pack")
    body = fresh.body(fresh.prints(after))
    assert body.answers["risk_bone"] == ("osteoporosis",) and body.answers["age_band"] == "75plus" and body.answers["peg_p"] == 7


def test_a_pack_takes_no_caution_away_from_the_sheet_that_it_follows(fresh: Room) -> None:
    first = fresh.prints(fresh.begun(tick=["mobility:no_floor"]))
    after = Form(fresh.press(next_sheet(fresh, first), "pack:low_desk", checked="yes").text)
    assert "mobility:no_floor" in after.all("tick") and after.one("previous") == first


def test_an_emergency_from_the_waiting_room_prints_its_stop_page_and_nothing_else(fresh: Room, library: Library) -> None:
    """Nobody has asked yet where it hurts: the questions ended before that one."""
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    assert answers(client, library, well(library, rf_saddle="yes")).url == "/stop"
    page = fresh.press(fresh.form(), "find", start=word_on(client, "/stop"))
    form = Form(page.text)
    assert "Print the stop page" in page.text and exercises(form) == [] and form.all("areas") == []
    assert "checked" in errors(fresh.press(form, "print", expects=422))
    name = fresh.prints(form, checked="found")
    sheet, chart = fresh.sheet(name), fresh.get(f"/clinic/sheets/{name}/made").text
    assert "exercise:" not in sheet and "massage:" not in sheet and "Plan stopped by red flags" in chart
    assert phone(fresh.app, library).client.get(f"/kept/{fresh.code(name)}.json", follow_redirects=False).status_code == 303


def test_an_override_of_an_own_exercise_is_asked_again_also_in_its_new_words(fresh: Room) -> None:
    own = wrote(fresh, title=ZEBRA, demand=["floor"])
    form = fresh.begun(tick=["mobility:no_floor"], minutes="30")
    form = Form(fresh.press(form, f"remove:{exercises(form)[0]}").text)
    name = fresh.prints(Form(fresh.press(form, f"insist:exercise:{own}").text))
    sends(fresh, at=own.removeprefix("own_"), title=f"{ZEBRA} two", demand=["floor"])
    page = fresh.get(f"/clinic/new?again={name}").text
    assert f"{ZEBRA} two" in page and AGAIN in words(page)
    body = fresh.body(fresh.prints(Form(page), checked="yes"))
    assert body.edits.insisted == () and not any(one.startswith("own_") for one in body.edits.exercises)


def test_who_changes_a_sheet_that_its_patient_has_stopped_is_told_so(fresh: Room, library: Library) -> None:
    name = fresh.prints(fresh.begun())
    stops(fresh, library, f"/kept/{fresh.code(name)}")
    page = fresh.get(f"/clinic/new?change={name}").text
    assert 'id="stopped"' in page and "Stopped by the patient on" in words(page)
    assert 'id="stopped"' in fresh.press(Form(page), "update").text, "also after a button"


def test_massages_that_were_written_down_are_there_at_the_next_visit(fresh: Room, library: Library) -> None:
    name = fresh.prints(fresh.begun())
    four(phone(fresh.app, library), f"/kept/{fresh.code(name)}", "6666", "2222")
    line = "Massages written down: 4. Pain before 6, 6, 6, 6; after"
    assert (
        line in words(fresh.get(f"/clinic/repeat/{name}").text)
        and "Yes: more than ups and downs" in fresh.get(f"/clinic/sheets/{name}").text
    )
    new = fresh.prints(next_sheet(fresh, name), checked="yes")
    chart = words(fresh.get(f"/clinic/sheets/{new}/made").text)
    assert line in chart and line not in words(fresh.get(f"/clinic/sheets/{name}/made").text)


def test_a_plan_with_an_own_exercise_that_was_kept_anew_comes_back_with_it_and_elsewhere_without(
    fresh: Room, library: Library, app: Flask
) -> None:
    own = wrote(fresh, title=ZEBRA)
    name = fresh.prints(added(fresh, own))
    at_home = phone(app, library)
    at_home.follow(str(change(at_home, f"/kept/{fresh.code(name)}").location))
    at_home.answers = well(library)
    at_home.walk("/plan")
    at_home.get("/keep")
    code = keep(at_home, how="new").removeprefix("/kept/")
    here = fresh.press(fresh.form(), "find", start=code).text
    assert own in exercises(Form(here)) and "another clinic" not in words(here)
    other = Room(app)
    there = other.press(other.form(), "find", start=code).text
    assert "1 exercise that another clinic wrote is left out." in words(there) and own not in there and ZEBRA not in there


def test_two_pains_of_one_day_are_the_higher_one_wherever_they_are_drawn(fresh: Room, library: Library) -> None:
    name = fresh.prints(fresh.begun())
    tells(fresh, library, name, 7, days="5", pain="2")
    with days_on(fresh, 7):
        page = Form(fresh.get(f"/clinic/repeat/{name}").text, "", f"/clinic/repeat/{name}")
        fresh.post(f"/clinic/repeat/{name}", page.with_(digits="5810"))
        pages = [fresh.get(f"/clinic/sheets/{name}{path}").text for path in ("", "/thread")]
    for text in pages:
        (title,) = set(re.findall(r"Pain out of 10: ([^<]+)<", text))
        assert re.findall(r", (\d+)", title)[-1] == "8", title


def test_the_list_of_what_happened_says_nothing_that_is_sealed(fresh: Room) -> None:
    own = wrote(fresh, title=ZEBRA)
    sends(fresh, at=own.removeprefix("own_"), title=f"{ZEBRA} two")
    with reading(fresh.engine) as rows:
        found: list[Any] = list(rows.scalars(select(Audit.about).where(Audit.clinic_id == fresh.home.clinic, Audit.what.like("exercise%"))))
    assert found == ["", ""]
