"""Doses on the sheet form: up and down, never above the person's cap or minutes, and printed as they were shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.clinic.sheets.changes import within
from planner.domain.doses import minutes_a_day
from planner.domain.edits import DOSES, Edits
from planner.domain.model import Library
from tests.test_sheet_form import at, of, press


def test_doses_of_one_and_of_all(library: Library) -> None:
    now = of(library)
    less = press(now, "less")
    assert {row.level for row in less.rows} == {"half"} and less.minutes <= now.minutes
    up = press(press(less, "more"), "more")
    assert {row.level for row in up.rows} == {"build"}
    assert {line.dose_steps for line in up.plan.section("exercises")} == {("build", "build", "strong", "strong")}
    one = press(now, f"less:{now.wanted[0]}")
    assert [row.level for row in one.rows].count("half") == 1
    assert press(less, "more").plan.lines == now.plan.lines, "back to what was proposed, in every week"


@pytest.mark.parametrize(
    ("pack", "tick", "highest"),
    [
        ("low_desk", "health:clot_now", "start"),  # starters alone, although their row says build
        ("low_desk", "rf_cancer:current", "start"),
        ("low_desk", "health:heart_or_stroke_recent", "start"),
        ("low_desk", "health:bp_uncontrolled", "start"),
        ("widespread", "", "build"),
        ("low_desk", "", "strong"),
    ],
)
def test_no_button_and_no_typed_dose_passes_the_cap(library: Library, pack: str, tick: str, highest: str) -> None:
    now = of(library, pack, minutes="30", **({"ticks": (tick,)} if tick else {}))
    for _ in range(5):
        now = press(now, "more")
    typed = at(library, replace(now.form, edits=Edits(exercises=now.wanted, doses=dict.fromkeys(now.wanted, "strong"))))
    for one in (now, typed):
        weeks = [step for line in one.plan.section("exercises") for step in line.dose_steps]
        assert weeks and max(weeks, key=DOSES.index) == highest, [row.id for row in one.rows]


def test_minutes_are_never_passed_and_the_page_says_by_how_many(library: Library) -> None:
    now = of(library, "athlete")
    for _ in range(3):
        now = press(now, "more")
    now = at(library, replace(now.form, minutes="5"))
    assert now.plan.minutes_used <= 5 < now.minutes
    assert [(one.what, one.number) for one in now.problems] == [("minutes", now.minutes - 5)]
    assert [row for row in now.rows if not row.fits]


def test_an_exercise_that_is_moved_leaves_the_massage_as_it_was(library: Library) -> None:
    for pack in library.packs:
        now = of(library, pack)
        assert now.plan.massage == press(now, "less").plan.massage == now.plan_with(now.frozen).massage, pack


def test_doses_that_went_up_go_back_where_they_do_not_fit(library: Library) -> None:
    now = of(library, "stenosis", minutes="20")
    before = {row.id: row.level for row in now.rows}
    up = at(library, replace(now.form, edits=Edits(exercises=now.wanted, doses=dict.fromkeys(before, "build"))))
    assert set(before.values()) == {"start"} and up.problems[0].what == "minutes"
    fitted = at(library, replace(up.form, edits=within(up, before)))
    assert fitted.problems == () and fitted.wanted == now.wanted
    assert {row.level for row in fitted.rows} == {"start", "build"}


@pytest.mark.parametrize("pack", ["low_lasting", "neck_desk", "mid_back"])
def test_what_has_no_room_only_in_its_later_weeks_is_said_too(library: Library, pack: str) -> None:
    now = of(library, pack, minutes="10")
    assert now.minutes == 9, "one minute is left"
    tried = 0
    for one in (one for one in now.exercises if one.state == "free" and one.item_id not in now.wanted):
        more = press(now, f"add:{one.item_id}")
        (row,) = (row for row in more.rows if row.id == one.item_id)
        tried += minutes_a_day(row.dose) == 1 and not row.fits
        if not row.fits:
            assert more.minutes > 10 and [found.what for found in more.problems] == ["minutes"], one.id
    assert tried, "exercises of one minute to begin with"
