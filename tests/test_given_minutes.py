"""A therapist gives up to 60 minutes and ten exercises; nothing is a dead end, and strength and movement are advised, not forced."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from planner.domain.edits import Edits
from planner.domain.model import Library
from planner.domain.plan import build
from tests.people import well
from tests.rooms import Room, errors, exercises, focused
from tests.sheet_forms import Form

MINUTES = re.compile(r"(\d+) of (\d+) minutes")


def minutes(form_page: str) -> tuple[int, int]:
    found = MINUTES.search(form_page)
    assert found
    return int(found[1]), int(found[2])


def of_purpose(library: Library, names: list[str], *purposes: str) -> list[str]:
    return [name for name in names if library.exercises[name].purpose in purposes]


def crowded(room: Room, given: str) -> Form:
    """More than `given` minutes hold."""
    form = room.begun(minutes=given)
    for _ in range(8):
        done, of = minutes(room.press(form, "update").text)
        if done > of:
            return form
        form = Form(room.press(form, "more").text)
    raise AssertionError("never too many")


def test_the_therapist_can_give_an_hour_and_the_patient_is_asked_for_half_at_most(room: Room, client: FlaskClient) -> None:
    offered = re.findall(r'name="minutes" value="(\d+)"', room.get("/clinic/new").text)
    assert offered == ["5", "10", "20", "30", "40", "60"]
    page = room.press(room.begun(), "update", minutes="60")
    assert minutes(page.text)[1] == 60 and Form(page.text).one("minutes") == "60"
    assert minutes(room.press(Form(page.text), "reset").text)[1] == 60
    assert minutes(room.press(Form(page.text), "update", minutes="10").text)[1] == 10
    assert minutes(room.press(Form(page.text), "update", minutes="45").text)[1] == 10, "no choice at all is the usual answer"


def test_what_is_printed_with_forty_minutes_says_so_on_paper_and_opens_again(room: Room) -> None:
    handout = room.prints(room.begun(minutes="40"))
    assert "of your 40 minutes a day" in room.sheet(handout)
    for again in (f"?change={handout}", f"?again={handout}"):
        assert room.form(again).one("minutes") == "40", again
    body = room.body(handout)
    assert body.answers["minutes"] == "30" and body.edits.minutes == 40, "an answer stays one that the question has"


def test_too_many_minutes_are_said_with_what_to_do_and_one_press_does_it(room: Room) -> None:
    form = crowded(room, "10")
    page = room.press(form, "update")
    done, _ = minutes(page.text)
    enough = next(value for value in Form(page.text).buttons if value.startswith("minutes:"))
    assert f"Choose {enough.partition(':')[2]} minutes, or ease or remove an exercise" in page.text
    refused = room.press(form, "print", expects=422)
    assert f"Choose {enough.partition(':')[2]} minutes" in errors(refused)["items"] and f'value="{enough}"' in refused.text
    after = room.press(Form(refused.text), enough)
    assert sorted(exercises(Form(after.text))) == sorted(exercises(form)), "the same exercises, none more"
    used, given = minutes(after.text)
    assert used <= given == int(enough.partition(":")[2]) and used <= done + 5
    assert focused(after) == f"minutes-{given}" and "too many" not in after.text
    room.prints(Form(after.text))


def test_more_than_an_hour_leaves_easing_and_removing(room: Room) -> None:
    form = room.begun(minutes="60")
    for name in exercises(form):
        typed = {
            f"dose-{number}-{name}": value
            for number, value in (("sets", "6"), ("repeats", "50"), ("times_a_day", "6"), ("days_a_week", "7"))
        }
        shown: dict[str, Any] = {field: value for field, value in typed.items() if field in dict(form.data)}
        form = Form(room.press(form, f"typed:{name}", **shown).text)
    page = room.press(form, "print", expects=422)
    assert "Ease or remove an exercise" in errors(page)["items"] and "Choose" not in errors(page)["items"]
    assert not [value for value in Form(page.text).buttons if value.startswith("minutes:")]


@pytest.mark.parametrize(("purpose", "words"), [("strength", "for strength or control"), ("movement", "for movement")])
def test_a_sheet_without_strength_or_movement_prints_and_the_page_alone_says_so(
    room: Room, library: Library, purpose: str, words: str
) -> None:
    form = room.begun(minutes="20")
    assert "We advise one" not in room.press(form, "update").text
    for name in of_purpose(library, exercises(form), purpose):
        form = Form(room.press(form, f"remove:{name}").text)
    page = unescape(room.press(form, "update").text)
    (said,) = re.findall(r"No exercise on this sheet is ([^.]+)\. We advise one: [^.]+\.", page)
    assert said == words and not errors(room.press(form, "update"))
    paper = unescape(room.sheet(room.prints(form)))
    assert "We advise" not in paper and "No exercise" not in paper


def test_the_limits_hold_with_any_number_of_minutes(room: Room) -> None:
    """An hour opens nothing: what nobody may add stays away, and a dose that is held down stays down."""
    ticks = ["risk_blood:bleeding_disorder"]
    few, many = (room.begun(minutes=given, tick=ticks) for given in ("30", "60"))
    shown = [re.findall(r"dose-was-([a-z_0-9]+)\" value=\"([^\"]+)", room.press(form, "more").text) for form in (few, many)]
    assert shown[0] == shown[1]
    stopped = room.press(room.begun(tick=["rf_saddle:yes"], checked="found"), "minutes:60")
    assert "stops the plan" in stopped.text and not exercises(Form(stopped.text))


def test_who_says_less_later_has_less(library: Library) -> None:
    for said, given in (("30", 60), ("20", 20), ("10", 10)):
        plan = build(library, well(library, minutes=said), on=date(2026, 11, 29), edits=Edits(minutes=60))
        assert plan.minutes_offered == given and plan.minutes_used <= given
