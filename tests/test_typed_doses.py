"""A therapist's own numbers and a line to an exercise: typed on the row, kept through every button, printed, held to the limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from planner.domain.edits import Edits
from planner.domain.lines import Line
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.review import ReadBack, Verdict, review
from planner.languages.translate import gettext
from planner.outputs.as_json import to_json
from planner.outputs.chart import ChartEntry, to_chart
from planner.outputs.text import to_text
from tests.people import well
from tests.rooms import Room, errors
from tests.sheet_forms import Form

ON = date(2026, 11, 21)
TOLD = "Slow down on the way back; the left side first."
THREE_BY_TWELVE = {"sets": 3, "repeats": 12, "hold_seconds": 2, "sides": 1, "times_a_day": 1, "days_a_week": 4}


@pytest.fixture(scope="module")
def room(app: Flask) -> Room:
    return Room(app)


def fields(name: str, **numbers: object) -> dict[str, Any]:
    return {f"dose-{number}-{name}": str(value) for number, value in numbers.items()}


def shown_in(form: Form, name: str) -> dict[str, str]:
    return {number: form.one(f"dose-{number}-{name}") for number in THREE_BY_TWELVE}


def exercise(library: Library, edits: Edits, **answers: Any) -> Line:
    plan = build(library, well(library, minutes="20", **answers), on=ON, edits=edits)
    return next(line for line in plan.lines if line.id == "exercise:bridge")


def with_bridge(room: Room) -> Form:
    form = room.begun("low_desk", minutes="40" if "40" in room.form().all("minutes") else "20")
    return form if "dose-was-bridge" in dict(form.data) else Form(room.press(form, "add:bridge").text)


def test_what_is_typed_stays_through_every_button_and_is_printed(room: Room) -> None:
    form = with_bridge(room)
    typed = Form(room.press(form, "typed:bridge", **fields("bridge", **THREE_BY_TWELVE, told=TOLD)).text)
    assert shown_in(typed, "bridge") == {name: str(number) for name, number in THREE_BY_TWELVE.items()}
    other = next(one for one in typed.buttons if one.startswith("remove:") and one != "remove:bridge")
    for do in ("update", other, "pressed:nothing"):
        typed = Form(room.press(typed, do).text)
        assert shown_in(typed, "bridge") == {name: str(number) for name, number in THREE_BY_TWELVE.items()}, do
        assert typed.one("dose-told-bridge") == TOLD
    handout = room.prints(typed)
    sheet = room.preview(typed).text
    assert TOLD in sheet and "3 × 12" in sheet
    assert dict(room.body(handout).edits.typed["bridge"]) == THREE_BY_TWELVE and room.body(handout).edits.told == {"bridge": TOLD}
    again = room.form(f"?change={handout}")
    assert shown_in(again, "bridge") == {name: str(number) for name, number in THREE_BY_TWELVE.items()}
    assert again.one("dose-told-bridge") == TOLD


def test_a_row_that_is_left_alone_is_no_typed_dose(room: Room) -> None:
    handout = room.prints(with_bridge(room))
    assert not room.body(handout).edits.typed and not room.body(handout).edits.told


def test_less_more_and_as_proposed_work_on_typed_numbers(room: Room) -> None:
    typed = Form(room.press(with_bridge(room), "typed:bridge", **fields("bridge", **THREE_BY_TWELVE)).text)
    assert Form(room.press(typed, "less:bridge").text).one("dose-sets-bridge") == "2"
    assert Form(room.press(typed, "more:bridge").text).one("dose-repeats-bridge") == "14"
    assert "typed" not in dict(Form(room.press(typed, "reset").text).data)


@pytest.mark.parametrize(
    ("number", "value", "least", "most"),
    [
        ("sets", "0", 1, 6),
        ("sets", "x", 1, 6),
        ("repeats", "", 1, 50),
        ("repeats", "51", 1, 50),
        ("hold_seconds", "-1", 0, 120),
        ("days_a_week", "8", 1, 7),
    ],
)
def test_what_cannot_be_a_dose_is_said_beside_it_and_stays(room: Room, number: str, value: str, least: int, most: int) -> None:
    page = room.press(with_bridge(room), "print", **fields("bridge", **{**THREE_BY_TWELVE, number: value, "told": TOLD}), expects=422)
    form = Form(page.text)
    assert f"from {least} to {most}" in errors(page)["dose-bridge"]
    assert form.one(f"dose-{number}-bridge") == value and form.one("dose-told-bridge") == TOLD


def test_a_line_that_is_too_long_or_has_no_letters_is_said(room: Room) -> None:
    long, odd = "w" * 83, "茶 left first"
    page = room.press(with_bridge(room), "print", **fields("bridge", told=long), expects=422)
    assert "3 characters too long" in errors(page)["dose-bridge"] and Form(page.text).one("dose-told-bridge") == long
    page = room.press(with_bridge(room), "print", **fields("bridge", told=odd), expects=422)
    assert "茶" in errors(page)["dose-bridge"]


def test_no_typed_number_is_above_what_this_person_may_do(library: Library) -> None:
    """Clinical safety 7.5: typed doses are clamped to the person's cap. Stable heart disease stops at `build`, bleeding at `start`."""
    much = Edits(exercises=("bridge",), typed={"bridge": {**THREE_BY_TWELVE, "sets": 4, "repeats": 15, "days_a_week": 7}})
    free = exercise(library, much, age_band="18_39", activity="regular")
    assert (free.doses[0].sets, free.doses[0].repeats, free.doses[0].days_a_week) == (4, 15, 7)
    capped = {"build": {"health": ("heart_stable",)}, "start": {"risk_blood": ("bleeding_disorder",)}}
    for step, answers in capped.items():
        line = exercise(library, much, **answers)
        most = getattr(library.doses[line.exercise.dose], step)
        for dose in line.doses:
            assert (dose.sets, dose.repeats, dose.days_a_week) == (most.sets, most.repeats, most.days_a_week), step


def test_it_is_in_every_form_of_the_plan(library: Library) -> None:
    edits = Edits(exercises=("bridge",), typed={"bridge": THREE_BY_TWELVE}, told={"bridge": TOLD})
    plan = build(library, well(library, minutes="20"), on=ON, edits=edits)
    line = next(one for one in to_json(plan, library)["lines"] if one["id"] == "exercise:bridge")
    assert {name: line["dose"][0][name] for name in THREE_BY_TWELVE} == THREE_BY_TWELVE and line["told"] == TOLD
    assert " ".join(f"From your therapist: {TOLD}".split()) in " ".join(to_text(plan, library).split())
    assert TOLD in to_chart(plan, library, ChartEntry(edits=edits))
    assert gettext("typed")


@pytest.mark.parametrize(
    ("pain", "easy", "expected"),
    [(8, 0, {"sets": 1, "times_a_day": 1, "repeats": 12}), (5, 0, {"sets": 2, "repeats": 12}), (3, 0, {"sets": 3, "repeats": 12})],
)
def test_a_typed_dose_eases_when_it_is_worse(library: Library, pain: int, easy: int, expected: dict[str, int]) -> None:
    """Clinical safety 7.7: worse takes a step back, 8 and more half; else it stays."""
    edits = Edits(exercises=("bridge",), typed={"bridge": THREE_BY_TWELVE}, told={"bridge": TOLD})
    plan = build(library, well(library, minutes="20"), on=ON, edits=edits)
    verdict: Verdict = "worse" if pain == 5 else "same"
    after = review(library.schedule.review_rules, plan, ReadBack(4, pain, 0, easy), edits, verdict, weeks=2)
    assert expected.items() <= dict(after.typed["bridge"]).items() and after.told == {"bridge": TOLD}
