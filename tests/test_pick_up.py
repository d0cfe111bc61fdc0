"""The word at the therapist's desk: what it opens and for whom, red flags first, printed or gone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from planner.clinic.waiting_room import guesses
from planner.clinic.waiting_room.answered_ahead import read_drawn
from planner.clinic.waiting_room.intake_tables import Consent, Intake, PickUpWord, WrongWords
from planner.clinic.waiting_room.intakes import WORD_LIVES
from planner.clinic.waiting_room.pick_up_words import new_word
from planner.database.sessions import reading, writing
from planner.domain.model import Library
from planner.kept.codes import grouped
from tests.clinics import events, now
from tests.keeping import keep
from tests.people import well
from tests.rooms import SAFE, Room, errors, focused
from tests.sheet_forms import Form, a_body
from tests.waiting import a_link, a_tablet, a_word, answers, asks_for_consent, begins, hands_in, has_answered, word_on

UNSURE: dict[str, Any] = {"rf_weight_loss": "unsure", "goal": "sport", "goal_words": "my own cello", "mobility": "no_floor"}


def ahead(text: str) -> str:
    """The part of the page that says what the patient answered."""
    found = re.search(r'<div id="ahead" class="across">(.*?)<div class="b1">', text, re.S)
    assert found
    return found[1]


def test_a_word_begins_the_sheet_with_the_answers_not_sure_first(fresh: Room, library: Library) -> None:
    word = a_word(fresh, library, well(library, **UNSURE))
    page = fresh.press(fresh.form(), "find", start=f" {word[:2].lower()}-{word[2:]} ", note="Slowly.")
    form, part = Form(page.text), ahead(page.text)
    assert focused(page) == "checked-yes" and not errors(page) and form.one("start") == "" and form.one("note") == "Slowly."
    assert form.all("areas") == ["low_back"] and {"mobility:no_floor", "rf_weight_loss:unsure"} <= set(form.all("tick"))
    assert form.one("goal_words") == "my own cello" and form.one("checked") == "", "red flags are asked afresh"
    places = [part.index(words) for words in ("Not sure: ask, then set", "not sure about weight loss", "my own cello", "All answers")]
    assert places == sorted(places) and "Warning signs they ticked" not in part
    assert "intake_opened" in events(fresh.engine, fresh.home.clinic) and word not in page.text


def test_red_flags_stand_above_what_they_were_not_sure_about(fresh: Room, library: Library) -> None:
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    assert answers(client, library, well(library, rf_night_constant="yes", **UNSURE)).url == "/stop"
    part = ahead(fresh.press(fresh.form(), "find", start=word_on(client, "/stop")).text)
    places = [part.index(words) for words in ("Urgent.", "Warning signs they ticked", "Not sure: ask, then set", "All answers")]
    assert places == sorted(places)


def test_not_sure_is_settled_with_one_press(fresh: Room, library: Library) -> None:
    word = a_word(fresh, library, well(library, **UNSURE))
    form = Form(fresh.press(fresh.form(), "find", start=word).text)
    choices = [one for one in form.buttons if one.startswith("settle:rf_weight_loss:")]
    assert {"settle:rf_weight_loss:no", "settle:rf_weight_loss:yes"} <= set(choices) and "settle:rf_weight_loss:unsure" not in choices
    settled = fresh.press(form, "settle:rf_weight_loss:yes")
    assert "rf_weight_loss:yes" in Form(settled.text).all("tick") and "Not sure: ask, then set" not in ahead(settled.text)
    denied = Form(fresh.press(form, "settle:rf_weight_loss:no").text)
    assert not [one for one in denied.all("tick") if one.startswith("rf_weight_loss")]
    for forged in ("settle:rf_weight_loss:perhaps", "settle:nothing:yes", "settle:age_band:under_16", "settle:"):
        assert Form(fresh.press(form, forged).text).all("tick") == form.all("tick"), forged


def test_an_emergency_stands_on_top_and_nothing_of_a_plan(fresh: Room, library: Library) -> None:
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    answers(client, library, well(library, rf_saddle="yes", rf_fever="yes"))
    page = fresh.press(fresh.form(), "find", start=word_on(client, "/stop"))
    part = ahead(page.text)
    assert 'role="alert"' in part and part.index("Emergency.") < part.index("Warning signs they ticked") < part.index("All answers")
    assert "rf_saddle:yes" in Form(page.text).all("tick")
    stopped = Form(fresh.press(Form(page.text), "update", checked="found", areas=["low_back"]).text)
    assert not stopped.all("exercise"), "no exercise beside an emergency"


def test_a_tick_whose_exact_question_was_never_reached_is_not_sure(fresh: Room, library: Library) -> None:
    """An emergency leaves at once: what else was ticked on that page must not count as a no."""
    client = fresh.app.test_client()
    begins(client, a_link(fresh))
    walker = answers(client, library, well(library, rf_chest="yes", rf_aaa="yes", rf_leg_weakness="unsure", rf_saddle="yes"))
    assert walker.url == "/stop"
    page = fresh.press(fresh.form(), "find", start=word_on(client, "/stop"))
    ticked = {one.partition(":")[0] for one in Form(page.text).all("tick")}
    assert {"rf_chest", "rf_aaa", "rf_leg_weakness", "rf_saddle"} <= ticked


def test_a_word_opens_in_its_own_clinic_alone(fresh: Room, library: Library, app: Flask) -> None:
    other, path, client = Room(app), a_link(fresh), app.test_client()
    begins(client, path)
    has_answered(client, library, well(library, **UNSURE))
    word = hands_in(client)
    for typed in (word, path, f"https://plan.example{path}", path.removeprefix("/intake/")):
        page = other.press(other.form(), "find", start=typed, expects=422)
        assert "cello" not in page.text and list(errors(page)) == ["start"], typed
    for typed in (path, f"https://plan.example{path}", path.removeprefix("/intake/").lower(), word):
        assert "my own cello" in ahead(fresh.press(fresh.form(), "find", start=typed).text), typed
    form = Form(fresh.press(fresh.form(), "find", start=word).text)
    stolen = other.press(other.form(), "update", intake=form.one("intake"))
    assert "cello" not in stolen.text, "the code in the form is no way in either"


def test_printing_ends_the_visit_and_keeps_what_was_agreed_with_the_record(fresh: Room, library: Library) -> None:
    asks_for_consent(fresh)
    drawn = "10,20 30,40;300,100 310,90 320,120"
    word = a_word(fresh, library, agree="1", signed=" Ann  Other ", drawn=drawn)
    form = Form(fresh.press(fresh.form(), "find", start=word, checked="yes").text)
    assert "agreed to your text, signed" in ahead(fresh.press(form, "update").text)
    sheet = fresh.prints(form, checked="yes")
    assert fresh.prints(form, checked="yes") == sheet, "sent twice, made once"
    record = fresh.get(f"/clinic/sheets/{sheet}").text
    assert "Ann Other" in record and "I may stop at any time." in record
    assert 'd="M10,20 L30,40 M300,100 L310,90 L320,120"' in record
    with reading(fresh.engine) as rows:
        assert not rows.scalars(select(Intake).where(Intake.clinic_id == fresh.home.clinic)).all()
        (kept,) = rows.scalars(select(Consent).where(Consent.handout_id == sheet)).all()
        assert b"Ann" not in kept.sealed and b"sore" not in kept.sealed
    page = fresh.press(fresh.form(), "find", start=word, expects=422)
    assert list(errors(page)) == ["start"]
    other = Room(fresh.app)
    other.get(f"/clinic/sheets/{sheet}", expects=404)


@pytest.mark.parametrize(
    "drawn",
    ["<script>", "1,2 3", "1,2;", "999,1 2,2", "1,201", "1,2 3,4" * 3000, "1,2 3,4 ", "M1,2", "-1,2", "1,2\n3,4", "１,2"],
)
def test_what_is_no_drawing_is_no_signature(drawn: str) -> None:
    assert read_drawn(drawn) == ""


def test_a_forged_drawing_is_left_out(fresh: Room, library: Library) -> None:
    asks_for_consent(fresh)
    form = Form(fresh.press(fresh.form(), "find", start=a_word(fresh, library, agree="1", drawn='1,2"/><script>')).text)
    record = fresh.get(f"/clinic/sheets/{fresh.prints(form, checked='yes')}").text
    assert "Not signed." in record and 'class="signature"' not in record


def test_without_a_text_nothing_is_agreed_to(fresh: Room, library: Library) -> None:
    form = Form(fresh.press(fresh.form(), "find", start=a_word(fresh, library, signed="Ann Other", drawn="1,2 3,4")).text)
    record = fresh.get(f"/clinic/sheets/{fresh.prints(form, checked='yes')}").text
    assert "Ann Other" not in record and "Agreed to before the visit" not in record


def test_a_word_lasts_for_its_day(fresh: Room, library: Library) -> None:
    word = a_word(fresh, library)
    with writing(fresh.engine) as rows:
        left = rows.scalars(select(PickUpWord.expires).join(Intake).where(Intake.clinic_id == fresh.home.clinic)).one() - now()
        assert WORD_LIVES - timedelta(minutes=1) < left <= WORD_LIVES == timedelta(hours=12)
        mine = select(Intake.key).where(Intake.clinic_id == fresh.home.clinic)
        rows.execute(update(PickUpWord).where(PickUpWord.intake_key.in_(mine)).values(expires=now()))
    assert list(errors(fresh.press(fresh.form(), "find", start=word, expects=422))) == ["start"]


def test_opening_shortens_the_life_of_a_link(fresh: Room, library: Library) -> None:
    word = a_word(fresh, library)
    fresh.press(fresh.form(), "find", start=word)
    with reading(fresh.engine) as rows:
        left = rows.scalars(select(Intake.expires).where(Intake.clinic_id == fresh.home.clinic)).one() - now()
    assert left <= WORD_LIVES


def test_a_day_of_wrong_words_closes_the_field_for_words_and_for_nothing_else(fresh: Room, library: Library) -> None:
    path, client = a_link(fresh), fresh.app.test_client()
    begins(client, path)
    has_answered(client, library)
    word, form = hands_in(client), fresh.form()
    wrong = [one for one in (new_word() for _ in range(100)) if one != word]
    for tried in wrong[: guesses.MOST_WRONG]:
        assert "Compare the letters" in fresh.press(form, "find", start=tried, expects=422).text
    shut = fresh.press(form, "find", start=word, expects=422)
    assert "Too many words were wrong" in shut.text, "the right word neither: else the answer would tell"
    owner = fresh.owner()
    theirs = Form(owner.get("/clinic/new").text)
    assert "Too many words were wrong" in theirs.send(owner, expects=422, do="find", start=word).text, "counted for the whole clinic"
    assert ahead(fresh.press(form, "find", start=path).text).count("All answers") == 1, "the code still opens"
    assert Form(fresh.press(form, "find", start="1").text).one("pack"), "and so do packs"
    assert picks_elsewhere(Room(fresh.app)) == 422
    with writing(fresh.engine) as rows:
        yesterday = now().date() - timedelta(days=1)
        rows.execute(update(WrongWords).where(WrongWords.clinic_id == fresh.home.clinic).values(day=yesterday))
    assert "All answers" in ahead(fresh.press(form, "find", start=word).text)


def picks_elsewhere(room: Room) -> int:
    page = room.press(room.form(), "find", start=new_word(), expects=422)
    assert "Compare the letters" in page.text, "another clinic counts its own"
    return page.status_code


def test_a_pack_that_is_called_like_a_word_costs_no_try(fresh: Room) -> None:
    fresh.press(fresh.begun(), "save", title="BRTX desk")
    assert Form(fresh.press(fresh.form(), "find", start="brtx").text).one("pack") == "BRTX desk"
    with reading(fresh.engine) as rows:
        assert not rows.scalars(select(WrongWords).where(WrongWords.clinic_id == fresh.home.clinic)).all()


def test_the_code_of_a_plan_made_at_home_opens_in_the_same_field(room: Room, library: Library) -> None:
    """Nothing new: it is the same field, and the waiting room does not stand in its way."""
    code = grouped(keep(room.engine, a_body(library, goal="sport", goal_words="my cello"), safe=SAFE, on=date.today()))
    form = Form(room.press(room.form(), "find", start=code).text)
    assert form.one("goal_words") == "my cello" and form.one("checked") == "" and form.one("intake") == ""


def test_from_word_to_sheet_in_eight_interactions(fresh: Room, library: Library) -> None:
    """Without script: the word, its button, what was not sure, red flags, print. What the browser test measures in seconds."""
    word, pressed = a_word(fresh, library, well(library, **UNSURE)), 2
    form = Form(fresh.press(fresh.form(), "find", start=word).text)
    while settle := [one for one in form.buttons if one.startswith("settle:") and one.endswith(":no")]:
        form, pressed = Form(fresh.press(form, settle[0]).text), pressed + 1
    sheet, pressed = fresh.prints(form, checked="yes"), pressed + 2
    assert fresh.code(sheet) and pressed <= 8, pressed


def test_a_tablets_answers_reach_the_desk_too(fresh: Room, library: Library) -> None:
    tablet: FlaskClient = a_tablet(fresh)
    begins(tablet)
    has_answered(tablet, library)
    word = hands_in(tablet)
    assert "1 person has answered" in fresh.get("/clinic/waiting-room").text
    assert "on the tablet" in ahead(fresh.press(fresh.form(), "find", start=word).text)
