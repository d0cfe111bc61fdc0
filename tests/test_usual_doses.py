"""A therapist keeps a dose as their usual one, and one press puts it on any sheet; nobody else's, and never above a limit."""

from __future__ import annotations

import json
from copy import copy
from typing import Any

import pytest

from planner.clinic.tables import Therapist
from planner.clinic.takeout import people_rows
from planner.database.sessions import reading, writing
from planner.domain.model import Library
from tests.clinics import person, signed_in
from tests.rooms import Room, errors
from tests.sheet_forms import Form

MINE = {"sets": 4, "repeats": 9, "hold_seconds": 3, "sides": 1, "times_a_day": 2, "days_a_week": 5}


def bench(room: Room) -> Form:
    form = room.begun("low_desk", minutes="60")
    return form if "dose-was-bridge" in dict(form.data) else Form(room.press(form, "add:bridge").text)


def typed(**numbers: object) -> dict[str, Any]:
    return {f"dose-{name}-bridge": str(number) for name, number in numbers.items()}


def shown(form: Form) -> dict[str, int]:
    return {name: int(form.one(f"dose-{name}-bridge")) for name in MINE}


def test_it_is_kept_and_put_on_another_sheet_with_one_press(fresh: Room) -> None:
    assert "usual:bridge" not in bench(fresh).buttons and "usual:" not in bench(fresh).buttons
    kept = fresh.press(bench(fresh), "keep:bridge", **typed(**MINE))
    assert "Kept as your usual dose" in kept.text and shown(Form(kept.text)) == MINE
    other = bench(fresh)
    assert shown(other) != MINE and {"usual:bridge", "usual:", "keep:bridge"} <= set(other.buttons)
    for press in ("usual:bridge", "usual:"):
        after = Form(fresh.press(other, press).text)
        assert shown(after) == MINE and press not in after.buttons
    handout = fresh.prints(after)
    assert "4 × 9" in fresh.sheet(handout) and dict(fresh.body(handout).edits.typed["bridge"]) == MINE


def test_one_press_moves_one_row_alone(fresh: Room) -> None:
    form = bench(fresh)
    names = [name.removeprefix("dose-repeats-") for name, _ in form.data if name.startswith("dose-repeats-")]
    other = next(name for name in names if name != "bridge")
    was = form.one(f"dose-repeats-{other}")
    form = Form(fresh.press(form, "keep:bridge", **typed(**MINE)).text)
    more: dict[str, Any] = {f"dose-repeats-{other}": str(int(was) + 1)}
    fresh.press(form, f"keep:{other}", **more)
    after = Form(fresh.press(bench(fresh), "usual:bridge").text)
    assert shown(after) == MINE and after.one(f"dose-repeats-{other}") == was and f"usual:{other}" in after.buttons


def test_it_is_forgotten_when_asked(fresh: Room) -> None:
    form = Form(fresh.press(bench(fresh), "keep:bridge", **typed(**MINE)).text)
    assert "forget:bridge" in form.buttons
    gone = fresh.press(form, "forget:bridge")
    assert "Forgotten" in gone.text and shown(Form(gone.text)) == MINE, "the sheet stays as it is"
    assert "usual:bridge" not in bench(fresh).buttons


def test_a_colleague_has_their_own(fresh: Room) -> None:
    fresh.press(bench(fresh), "keep:bridge", **typed(**MINE))
    other = copy(fresh)
    other.client, other.packs = signed_in(fresh.app, fresh.home.owner), {}
    assert "usual:bridge" not in bench(other).buttons


def test_what_cannot_be_a_dose_is_said_and_nothing_is_kept(fresh: Room) -> None:
    page = fresh.press(bench(fresh), "keep:bridge", expects=422, **typed(**{**MINE, "sets": 0}))
    assert "from 1 to 6" in errors(page)["dose-bridge"]
    assert person(fresh.engine, fresh.home.therapist).usual_doses is None
    assert fresh.press(bench(fresh), "keep:nothing").status_code == 200
    assert person(fresh.engine, fresh.home.therapist).usual_doses is None


def test_a_usual_dose_is_brought_down_to_what_a_person_may_do(fresh: Room, library: Library) -> None:
    """Clinical safety 7.5. A bleeding disorder stops at the first dose; and the usual dose stays what it was."""
    fresh.press(bench(fresh), "keep:bridge", **typed(**MINE))
    form = Form(fresh.press(bench(fresh), "update", tick=["risk_blood:bleeding_disorder"]).text)
    if "dose-was-bridge" not in dict(form.data):
        pytest.skip("the bridge is not for this person")
    page = fresh.press(form, "usual:bridge")
    start = library.doses[library.exercises["bridge"].dose].start
    assert "Brought down to what this person may do" in page.text
    assert (shown(Form(page.text))["sets"], shown(Form(page.text))["repeats"]) == (start.sets, start.repeats)
    assert json.loads(person(fresh.engine, fresh.home.therapist).usual_doses or "")["bridge"] == MINE


def test_numbers_that_no_field_takes_today_come_back_within_bounds(fresh: Room) -> None:
    with writing(fresh.engine) as rows:
        rows.get_one(Therapist, fresh.home.therapist).usual_doses = json.dumps({"bridge": {"sets": 99, "gone": 3}, "no_more": {"sets": 2}})
    after = Form(fresh.press(bench(fresh), "usual:bridge").text)
    assert shown(after)["sets"] == 6
    fresh.press(after, "keep:bridge")
    assert set(json.loads(person(fresh.engine, fresh.home.therapist).usual_doses or "")) == {"bridge"}


def test_it_works_on_both_databases_and_is_taken_out(alone: Room) -> None:
    alone.press(bench(alone), "keep:bridge", **typed(**MINE))
    with reading(alone.engine) as rows:
        row = rows.get_one(Therapist, alone.home.therapist)
        (found,) = people_rows(rows, {row.id: row})
    assert found["usual_doses"] == {"bridge": MINE}
