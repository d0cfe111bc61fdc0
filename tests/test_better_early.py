"""Less pain after a few days: the next sheet says so, and that the plan waits for its review. Never that it is about the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.model import Library
from tests.rooms import Room
from tests.sheet_forms import Form, a_body
from tests.test_repeats_web import changed, old, sent

EARLY = "Less pain than at the start. It is early, so the plan stays as it is until the review."


def comes_back(room: Room, library: Library, days: int, pain: int, digits: str) -> str:
    """The page of the next sheet, after one of so many days ago, begun at `pain`, on whose paper `digits` came back."""
    name = old(room, replace(a_body(library, peg_p=pain), made=date.today() - timedelta(days=days)))
    return sent(room, name, digits).text


@pytest.mark.parametrize("days", [1, 7, 13])
@pytest.mark.parametrize(("pain", "now"), [(5, 3), (5, 1), (7, 5), (10, 8), (3, 1), (2, 1)])
def test_less_pain_is_never_about_the_same(room: Room, library: Library, days: int, pain: int, now: int) -> None:
    page = comes_back(room, library, days, pain, f"5{now}00")
    said = changed(page)
    assert "Less pain than at the start." in said and "About the same" not in page
    if pain < 7:
        assert said == EARLY, "strong pain is eased, and what was strong has a massage less often, whenever it is told"


def test_weekly_visits_say_it_on_paper_until_something_may_move(room: Room, library: Library) -> None:
    """Pain 5, then 3, then 1, a week each: better both times, and the second time two weeks are over."""
    first = old(room, replace(a_body(library, peg_p=5), made=date.today() - timedelta(days=7)))
    form = Form(sent(room, first, "5300").text)
    second = room.prints(form, checked="yes")
    assert changed(room.sheet(second)) == EARLY == changed(room.preview(form).text)
    assert EARLY in room.get(f"/clinic/sheets/{second}/made").text, "and in the text for the notes"


@pytest.mark.parametrize(("days", "digits"), [(14, "0300"), (28, "0300")])
def test_after_two_weeks_nothing_is_early(room: Room, library: Library, days: int, digits: str) -> None:
    said = changed(comes_back(room, library, days, 5, digits))
    assert said.startswith("Less pain than at the start.") and "early" not in said


def test_one_point_less_is_about_the_same(room: Room, library: Library) -> None:
    assert changed(comes_back(room, library, 7, 5, "5400")) == "About the same as last time. The plan stays as it is."
