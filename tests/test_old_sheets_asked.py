"""An old sheet in the clinic: red flags are asked afresh each visit, and a clinician's yes counts for 12 weeks, copied or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.model import Library
from planner.kept.plans import Body
from tests.rooms import Room, errors
from tests.sheet_forms import Form, a_body, a_handout


def a_cleared_body(library: Library, days: int, **more: date) -> Body:
    """A sheet of so many days ago of somebody whose team has agreed to massage. `more`: rows of answers with days of their own."""
    made = a_body(library, health=("surgery_6to12w",), massage_cleared="yes")
    return replace(made, made=date.today() - timedelta(days=days), asked=more)


def opened(room: Room, body: Body) -> Form:
    """The next sheet after an old one, without digits."""
    name = a_handout(room.engine, room.home, body)
    return Form(room.get(f"/clinic/new?again={name}").text)


def test_red_flags_are_asked_afresh(room: Room, library: Library) -> None:
    form = opened(room, a_body(library))
    assert form.one("checked") == ""
    page = room.press(form, "print", expects=422)
    assert "checked" in errors(page)
    name = room.prints(form, checked="yes")
    assert Form(room.get(f"/clinic/new?again={name}").text).one("checked") == "", "and again at the next visit"
    assert Form(room.get(f"/clinic/new?change={name}").text).one("checked") == ""


@pytest.mark.parametrize(("days", "counts"), [(83, True), (84, True), (85, False)])
def test_a_yes_counts_for_12_weeks(room: Room, library: Library, days: int, counts: bool) -> None:
    assert ("massage_cleared:yes" in opened(room, a_cleared_body(library, days)).all("tick")) == counts


@pytest.mark.parametrize(("days", "counts"), [(84, True), (85, False)])
def test_a_yes_that_was_copied_keeps_its_day(room: Room, library: Library, days: int, counts: bool) -> None:
    day = date.today() - timedelta(days=days)
    form = opened(room, a_cleared_body(library, 7, cleared=day))
    assert ("massage_cleared:yes" in form.all("tick")) == counts
    if counts:
        assert room.body(room.prints(form, checked="yes")).asked == {"cleared": day}
