"""Plans, sheets and packs of an earlier day: every retired answer still counts wherever it was kept, and a line says how it reads now."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask

from planner.clinic.tables import ClinicPack
from planner.database.sessions import writing
from planner.domain.answers import remembered
from planner.domain.edits import Edits
from planner.domain.journey import Journey, with_defaults
from planner.domain.model import Library, Question
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.plans import Body, Safe
from planner.library.reader import load
from planner.outputs.changed import renewed_text
from tests.clinics import now
from tests.conftest import SECRET
from tests.keeping_web import kept_with
from tests.people import well
from tests.rooms import Room, exercises
from tests.sheet_forms import Form, a_body, a_handout

RENAMED = re.compile(r'id="renamed"[^>]*>([^<]+)<')
DONE = re.compile(r'<p class="done" role="status">([^<]+)<')
OLD = {
    "health": "anticoagulant bleeding_disorder osteoporosis fragility_fracture steroids_long cancer_now cancer_past",
    "known": "axspa",
    "rf_kidney": "yes unsure no",
    "rf_infection_risk": "recent_infection_or_spinal_procedure",
    "worse_with": "bending_sitting standing_walking_arching",
}
"""What the contents before this one asked, and this one asks no more: from the clinical reference and the first release."""
STILL = {("rf_kidney", "unsure")}
"""The same answer under the same id, now of several."""
IDS = [(name, option) for name, options in OLD.items() for option in options.split()]


def answer(question: Question, option: str) -> Any:
    """As the old content kept it: `rf_kidney` was a single choice."""
    return option if question.id == "rf_kidney" or question.kind == "one" else (option,)


def heirs(library: Library, name: str, option: str) -> set[tuple[str, str]]:
    return {(one.question, one.option) for one in library.questions[name].retired if one.id == option}


def words(library: Library, pairs: set[tuple[str, str]]) -> list[str]:
    return [next(one.said for one in library.questions[name].options if one.id == option) for name, option in sorted(pairs)]


def holds(answers: Any, pairs: set[tuple[str, str]]) -> bool:
    """True where every answer that took the old one's place is there."""
    return all(option in (value if isinstance(value := answers[name], tuple) else (value,)) for name, option in pairs)


def old_answers(library: Library, name: str, option: str) -> dict[str, Any]:
    """A person of the old content: what took the place of their answer is not asked there yet."""
    there = {heir for heir, _option in heirs(library, name, option)}
    usual = {other: value for other, value in well(library).items() if other not in there}
    old = {name: answer(library.questions[name], option)}
    asked = with_defaults(library, remembered(library, usual | old))
    return {other: value for other, value in asked.items() if other not in there} | old


def test_every_retired_id_is_tried_here(library: Library) -> None:
    there = {(name, one.id) for name, question in library.questions.items() for one in question.retired}
    assert there == set(IDS), there ^ set(IDS)


def test_every_answer_of_the_first_release_is_known_or_retired(library: Library) -> None:
    assert "athlete" in {one.id for one in library.questions["activity"].options}
    assert "athlete" in {one.id for one in library.questions["day"].options}
    for name, option in IDS:
        assert heirs(library, name, option)


@pytest.mark.parametrize(("name", "option"), IDS)
def test_a_kept_plan_of_an_earlier_day_opens_and_says_what_is_new(app: Flask, library: Library, name: str, option: str) -> None:
    old, pairs = old_answers(library, name, option), heirs(library, name, option)
    read = remembered(library, old)
    assert holds(read, pairs) and all(read[other] == value for other, value in old.items() if other != name), "nothing is lost"
    url = kept_today(app, old)
    page = app.test_client().get(url, expects=200)
    said = [unescape(one) for one in RENAMED.findall(page.text)]
    if 'class="care urgent"' in page.text:
        assert name == "rf_kidney" and not said
        return
    data = json.loads(app.test_client().get(url + ".json", expects=200).data)
    assert data["lines"] or data["triage"]["reasons"]
    if (name, option) in STILL:
        assert said == []
    else:
        assert len(said) == 1 and all(one in said[0] for one in words(library, pairs))
        assert 'id="updated"' in page.text


def kept_today(app: Flask, answers: dict[str, Any]) -> str:
    """Kept today, under older content: nothing in it has gone stale."""
    body = Body(answers, "GB", "older", date.today())
    with writing(app.extensions["database"]) as session:
        return f"/kept/{grouped(plans.keep(session, Safe(SECRET), body, date.today()))}"


def test_words_of_today_say_nothing(app: Flask, library: Library) -> None:
    assert not RENAMED.findall(app.test_client().get(kept_today(app, dict(Journey(library, well(library)).reachable)), expects=200).text)
    assert renewed_text(library, well(library), ("bridge",)) == ""


def test_several_old_answers_are_one_line(library: Library) -> None:
    old = {"health": ("anticoagulant", "diabetes", "steroids_long"), "worse_with": ("bending_sitting", "lifting")}
    text = renewed_text(library, old, ("bridge", "gone_for_good"))
    assert "\n" not in text and "diabetes" not in text and "lifting" not in text and "bridge" not in text.lower()
    for word in ("blood", "steroid", "sitting", "bending", "gone for good"):
        assert word in text


def body_of(library: Library, name: str, option: str, **edits: Any) -> Body:
    body = a_body(library)
    return replace(body, answers=old_answers(library, name, option), edits=Edits(**edits))


def shows(form: Form, library: Library, pairs: set[tuple[str, str]]) -> bool:
    """True where the boxes of these answers are ticked."""
    no = {(one.id, one.none or str(one.default)) for one in library.questions.values()}
    return {f"{name}:{option}" for name, option in pairs - no} <= set(form.all("tick"))


@pytest.mark.parametrize("how", ["again", "change"])
@pytest.mark.parametrize(("name", "option"), IDS)
def test_a_sheet_of_an_earlier_day_keeps_every_caution(room: Room, library: Library, name: str, option: str, how: str) -> None:
    handout = a_handout(room.engine, room.home, body_of(library, name, option))
    page = room.get(f"/clinic/new?{how}={handout}")
    form, pairs = Form(page.text), heirs(library, name, option)
    assert shows(form, library, pairs), form.all("tick")
    said = [unescape(one) for one in DONE.findall(page.text)]
    assert bool(said) == ((name, option) not in STILL) and (not said or all(one in said[0] for one in words(library, pairs)))
    new = room.prints(form, checked="yes")
    assert holds(room.body(new).answers, pairs), room.body(new).answers


@pytest.mark.parametrize(("name", "option"), [one for one in IDS if not one[0].startswith("rf_")])
def test_a_pack_of_an_earlier_day_keeps_every_caution(room: Room, library: Library, name: str, option: str) -> None:
    answers = {"areas": ["low_back"], "peg_p": 6, name: answer(library.questions[name], option)}
    title = f"{name} {option}"
    with writing(room.engine) as rows:
        made = ClinicPack(clinic_id=room.home.clinic, title=title, answers=json.dumps(answers), made=now())
        rows.add(made)
        rows.flush()
        pack = made.id
    for page in (room.press(room.form(), f"pack:{pack}"), room.press(room.form(), "find", start=title)):
        form = Form(page.text)
        assert shows(form, library, heirs(library, name, option)) and form.one("peg_p") == "6" and form.one("pack") == title
        (said,) = DONE.findall(page.text)
        assert all(one in unescape(said) for one in words(library, heirs(library, name, option)))


def test_a_borrowed_plan_of_an_earlier_day_keeps_every_caution(room: Room, app: Flask, library: Library) -> None:
    url = kept_with(app, library, risk_blood=None, health=("anticoagulant",))
    page = room.press(room.form(), "find", start=url.removeprefix("/kept/"))
    assert "risk_blood:anticoagulant" in Form(page.text).all("tick") and DONE.findall(page.text)


@pytest.mark.parametrize("how", ["again", "change"])
def test_an_exercise_that_is_no_more_is_named_and_the_others_stay(room: Room, library: Library, how: str) -> None:
    first, *others = a_body(library).edits.exercises
    kept = replace(a_body(library), edits=replace(a_body(library).edits, exercises=("gone_for_good", first, *others)))
    handout = a_handout(room.engine, room.home, kept)
    page = room.get(f"/clinic/new?{how}={handout}")
    assert set(exercises(Form(page.text))) == {first, *others}
    (said,) = DONE.findall(page.text)
    assert "gone for good" in said
    new = room.prints(Form(page.text), checked="yes")
    assert set(room.body(new).edits.exercises) == {first, *others}


def test_the_packs_of_the_content_are_in_the_words_of_today() -> None:
    library = load()
    for pack in library.packs.values():
        assert renewed_text(library, pack.answers) == ""
