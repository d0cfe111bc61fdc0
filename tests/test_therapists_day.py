"""Small things of a therapist's day: what is carried to the next sheet, what is said of codes, and where a newcomer is led."""

from __future__ import annotations

import tomllib
from html import unescape

from planner.domain.model import Library
from planner.folders import CONTENT
from tests.checking_in import phone
from tests.clinics import send
from tests.keeping_web import at_plan, keep
from tests.rooms import Room, errors
from tests.sheet_forms import Form
from tests.test_one_truth import HEAD


def chart(room: Room, name: str) -> str:
    return unescape(room.get(f"/clinic/sheets/{name}/made").text.partition('id="chart"')[2].partition("</textarea>")[0])


def test_the_note_and_the_list_of_the_last_weeks_lead_to_the_next_sheet(fresh: Room) -> None:
    name = fresh.prints(fresh.begun(note="Slowly, please.", reference="R 7"))
    page = fresh.get("/clinic/repeat").text
    assert "Printed lately" in page and f'href="/clinic/repeat/{name}"' in page and "R 7" in page
    assert fresh.form(f"?again={name}").one("note") == "Slowly, please."


def test_a_patients_own_code_is_told_where_it_belongs(fresh: Room, library: Library) -> None:
    walker = at_plan(fresh.app, library)
    code = keep(walker).rpartition("/")[2]
    page = fresh.get("/clinic/repeat").text
    told = fresh.post("/clinic/repeat", Form(page, "", "/clinic/repeat").with_(code=code), expects=422)
    assert "first field of the new sheet" in errors(told)["code"]
    assert "a patient’s plan" in fresh.get("/clinic/new").text


def test_whoever_was_sent_for_help_has_no_review_in_the_chart(fresh: Room) -> None:
    assert "Next review" in chart(fresh, fresh.prints(fresh.begun()))
    stop = chart(fresh, fresh.prints(fresh.begun(tick=["rf_saddle:yes"]), checked="found"))
    assert "Plan stopped by red flags" in stop and "Next review" not in stop


def test_a_code_that_opens_on_this_computer_alone_says_so(fresh: Room) -> None:
    made = f"/clinic/sheets/{fresh.prints(fresh.begun())}/made"
    assert "opens on this computer alone" in fresh.get(made).text
    usual, fresh.app.config["BASE_URL"] = fresh.app.config["BASE_URL"], "https://plan.example.org"
    try:
        assert "opens on this computer alone" not in fresh.get(made).text
    finally:
        fresh.app.config["BASE_URL"] = usual


def test_an_owner_without_an_address_is_led_to_the_profile(owned: Room) -> None:
    lead = 'href="/clinic/profile">Fill in the profile'
    assert lead in owned.get("/clinic/new").text
    send(owned.client, "/clinic/people", email="new@a.example", role="therapist")
    assert 'data-copy="link"' in owned.get("/clinic/people").text
    send(owned.client, "/clinic/profile", **HEAD)
    assert lead not in owned.get("/clinic/new").text


def test_the_phone_says_who_filled_in_the_answers(fresh: Room, library: Library) -> None:
    url = f"/kept/{fresh.code(fresh.prints(fresh.begun()))}"
    assert "You or your clinic filled in the answers." in phone(fresh.app, library).client.get(url).text


def test_the_seated_rock_is_drawn_on_a_chair() -> None:
    """Everybody may get it, also somebody pregnant: a wheelchair is for those who said that they use one."""
    poses = tomllib.loads((CONTENT / "poses.toml").read_text("utf-8"))
    assert [one["is"] for one in poses["seated_pelvic_tilt"]["props"]] == ["floor", "chair"]


def test_a_camera_that_opens_the_patients_page_leads_on_to_the_new_sheet(fresh: Room, library: Library) -> None:
    """A tablet's own camera knows web addresses alone. Patients are not told of it."""
    sheet = fresh.prints(fresh.begun())
    url = f"/kept/{fresh.code(sheet)}"
    assert "Open in New sheet" not in phone(fresh.app, library).client.get(url).text
    page = fresh.get(url).text
    assert fresh.post("/clinic/new", Form(page, "", "/clinic/new").with_(do="find"), expects=303).location == f"/clinic/repeat/{sheet}"
    page = fresh.get(f"/kept/{keep(at_plan(fresh.app, library)).rpartition('/')[2]}").text
    begun = Form(fresh.post("/clinic/new", Form(page, "", "/clinic/new").with_(do="find"), expects=200).text)
    assert begun.one("once") and begun.one("next_weeks") == fresh.form().one("next_weeks")
    assert fresh.press(begun, "update", checked="yes").status_code == 200
