"""The read-back of a sheet and what it changes: digits there and back, the review rules, and how it is said in words."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from planner.clinic.sheets.follow_up import Noted, differences
from planner.domain.edits import DOSES, Edits
from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.review import BadReadBack, ReadBack, Verdict, check_digit, read_back, review
from planner.library.reader import load
from planner.outputs.changed import changed_text
from tests.people import well

ON = date(2026, 11, 21)
RULES = load().schedule.review_rules


@pytest.mark.parametrize(("days", "pain", "best", "easy"), list(itertools.product((0, 3, 7), (0, 5, 9), (0, 1, 5), (0, 2))))
def test_digits_there_and_back(days: int, pain: int, best: int, easy: int) -> None:
    back = ReadBack(days, pain, best, easy)
    assert read_back(back.digits, 5) == read_back(back.digits[:4], 5) == back
    assert read_back(f"{back.digits[:2]} {back.digits[2:4]}-{back.digits[4]}", 5) == back


def test_every_single_wrong_digit_is_caught() -> None:
    right = ReadBack(4, 5, 1, 3).digits
    for place, digit in itertools.product(range(5), "0123456789"):
        wrong = right[:place] + digit + right[place + 1 :]
        if wrong != right:
            with pytest.raises(BadReadBack):
                read_back(wrong, 5)


@pytest.mark.parametrize(
    ("text", "exercises", "found"),
    [
        ("7000", 0, (7, 0, 0, 0)),
        ("0900", 9, (0, 9, 0, 0)),
        ("1212", 2, (1, 2, 1, 2)),
        (" 12-12 6 ", 2, (1, 2, 1, 2)),
        ("8000", 9, "days"),
        ("1212", 1, "item"),
        ("1221", 1, "item"),
        ("1233", 9, (1, 2, 3, 3)),  # the most useful one may have felt easy
        ("12127", 2, "check"),
        ("", 9, "digits"),
        ("121", 2, "digits"),
        ("12a4", 9, "digits"),
        ("٣٣٣٣", 9, "digits"),
        ("121266", 2, "digits"),
        ("12.2", 2, "digits"),
    ],
)
def test_the_digits_of_a_sheet(text: str, exercises: int, found: Any) -> None:
    if isinstance(found, str):
        with pytest.raises(BadReadBack) as caught:
            read_back(text, exercises)
        assert caught.value.reason == str(caught.value) == found
    else:
        assert read_back(text, exercises) == ReadBack(*found)


@pytest.mark.parametrize(("four", "fifth"), [("0000", "0"), ("1212", "6"), ("7999", "4"), ("4600", "0")])
def test_the_fifth_digit_is_the_last_of_the_sum(four: str, fifth: str) -> None:
    assert check_digit(four) == fifth
    assert ReadBack(*map(int, four)).digits == four + fifth


def made(
    library: Library, digits: str, verdict: Verdict, *, weeks: int = 2, **answers: Any
) -> tuple[tuple[Line, ...], Edits, list[tuple[str, str]], Plan]:
    """The exercises of an old sheet, the edits of the next one, how it differs, and its plan."""
    plan = build(library, well(library, **answers), on=ON)
    shown = plan.section("exercises")
    back = read_back(digits, len(shown))
    edits = review(RULES, plan, back, Edits(), verdict, weeks=weeks)
    after = build(library, well(library, **answers | {"minutes": "30"}), on=ON, edits=edits)  # room for every dose
    found = differences(RULES, plan, after, Noted(ON, back, verdict, ON))
    return shown, edits, [(what, title) for what, _, title in (one.partition(":") for one in found) if what != "why"], after


def steps(plan: Plan) -> dict[str, str]:
    return {line.item_id: line.dose_step for line in plan.section("exercises")}


def test_better_raises_no_dose_and_takes_massage_one_level_down(library: Library) -> None:
    """Clinical plan 2.6: progress is by ability, never by a pain score."""
    shown, edits, changes, after = made(library, "6210", "better")
    assert edits.exercises == tuple(line.item_id for line in shown)
    assert steps(after) == {line.item_id: line.dose_step for line in shown}
    assert changes == [("massage_down", "")]
    assert made(library, "6210", "better", weeks=1)[2] == [("keep", "")], "nothing moves before two weeks"


@pytest.mark.parametrize("verdict", ["same", "better", "stuck"])
def test_only_what_felt_easy_takes_its_next_rung(library: Library, verdict: Verdict) -> None:
    """Clinical plan 2.6, clinical safety 7.6: that exercise alone, after two weeks and on 3 days or more."""
    shown, *_ = made(library, "3500", verdict)
    places = [place for place, line in enumerate(shown, 1) if line.harder]
    assert places
    for place in places:
        line = shown[place - 1]
        assert line.harder
        _, edits, changes, after = made(library, f"350{place}", verdict)
        assert edits.exercises == tuple(line.harder.id if one is line else one.item_id for one in shown)
        assert {("new", line.harder.title), ("dropped", line.title)} <= set(changes) and line.harder.id in steps(after)
        for digits, weeks in ((f"250{place}", 2), (f"350{place}", 1)):
            _, edits, changes, _ = made(library, digits, verdict, weeks=weeks)
            assert not {what for what, _ in changes} & {"new", "up"} and line.harder.id not in edits.exercises


def test_what_felt_easy_and_has_no_harder_rung_goes_up_in_dose(library: Library) -> None:
    shown, *_ = made(library, "5500", "same", areas=("neck_shoulders",))
    place = next(place for place, line in enumerate(shown, 1) if not line.harder)
    line = shown[place - 1]
    assert line.dose_step == "start"
    _, _, changes, after = made(library, f"550{place}", "same", areas=("neck_shoulders",))
    assert changes == [("up", line.title)]
    assert steps(after) == {one.item_id: "build" if one is line else one.dose_step for one in shown}


def test_nothing_goes_above_a_cap(library: Library) -> None:
    """Clinical safety 7.5 and 7.6: no harder rung and no higher dose for people whose dose is held at the start."""
    capped: dict[str, Any] = {"risk_bone": ("fragility_fracture",), "exercise_cleared": "yes", "massage_cleared": "yes"}
    plan = build(library, well(library, **capped), on=ON)
    assert plan.limits.dose_cap != "strong"
    shown = plan.section("exercises")
    for place in range(1, len(shown) + 1):
        _, _, changes, after = made(library, f"750{place}", "same", weeks=9, **capped)
        assert not any(what == "new" for what, _ in changes)
        most = DOSES.index(plan.limits.dose_cap)
        assert all(DOSES.index(step) <= most for line in after.section("exercises") for step in line.dose_steps)


def test_worse_eases_and_worse_again_halves_and_sends_to_a_clinician(library: Library) -> None:
    shown, edits, changes, after = made(library, "5712", "worse")
    assert edits.exercises == tuple(line.item_id for line in shown) and set(edits.doses.values()) == {"half"}, "from start one step back"
    assert after.massage and after.massage.pressure_ask <= 2
    assert ("light", "") in changes and ("clinician", "") not in changes
    _, edits, changes, _ = made(library, "5712", "worse_again")
    assert set(edits.doses.values()) == {"half"}
    assert {("clinician", ""), ("light", "")} <= set(changes)


@pytest.mark.parametrize("verdict", ["same", "worse", "better", "stuck"])
def test_strong_pain_is_half_and_light_and_a_clinician_whatever_it_was(library: Library, verdict: Verdict) -> None:
    """Clinical safety 7.7: 8 and more. Nothing moves up."""
    shown, edits, changes, after = made(library, "5801", verdict)
    assert edits.exercises == tuple(line.item_id for line in shown)
    assert set(steps(after).values()) == {"half"} and after.massage and after.massage.pressure_ask <= 2
    assert {("clinician", ""), ("light", "")} <= set(changes)
    assert ("clinician", "") not in made(library, "5701", verdict)[2]


def test_few_days_leave_three_and_the_least_fitting_go_first(library: Library) -> None:
    shown, edits, changes, after = made(library, "2513", "same", minutes="20")
    assert len(shown) > 3
    assert len(edits.exercises) == 3
    assert shown[0].item_id in edits.exercises, "the most useful stays"
    assert {"movement", "strength"} <= {line.exercise.purpose for line in after.section("exercises")}
    assert {title for what, title in changes if what == "dropped"} == {line.title for line in shown if line.item_id not in edits.exercises}


@pytest.mark.parametrize("verdict", ["same", "better", "settled", "stuck"])
def test_after_no_day_at_all_nothing_changes(library: Library, verdict: Verdict) -> None:
    """Clinical safety 7.6: zero days, and nothing changes but the talk."""
    shown, edits, changes, after = made(library, "0311", verdict, weeks=9)
    assert changes == [("keep", "")]
    assert steps(after) == {line.item_id: line.dose_step for line in shown}
    assert (edits.style, edits.steps_down) == ("", 0)
    _, edits, changes, _ = made(library, "0711", "worse")
    assert set(edits.doses.values()) == {"half"} and len(edits.exercises) == len(shown), "worse is eased all the same"


def test_same_keeps_everything(library: Library) -> None:
    shown, edits, changes, after = made(library, "6510", "same")
    assert changes == [("keep", "")]
    assert [line.id for line in after.section("exercises")] == [line.id for line in shown]
    assert edits.pressure == 0


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ((), ""),
        (("nonsense", "a:b"), ""),
        (("why:better", "up:Bridge", "up:Bird dog", "dropped:Knee rolls", "massage_down:"), "Less pain than at the start."),
        (("why:same", "keep:"), "About the same as last time. The plan stays as it is."),
        (("why:stuck", "massage_stop:"), "No change after 4 weeks or more. No more massage: it changed nothing."),
        (("massage_other:",), "Another massage style, for one more try."),
        (("why:settled",), "Hardly any pain now."),
        (("why:worse", "why:few", "half:A", "down:B", "new:C", "light:"), "More pain than before. Few days done, so fewer exercises."),
        (("up:100 % {x} %(titles)s",), "100 % {x} %(titles)s harder."),
    ],
)
def test_changes_in_words(changes: tuple[str, ...], text: str) -> None:
    said = changed_text(changes)
    assert said.startswith(text)
    if len(changes) == 5:
        assert said == "Less pain than at the start. Bridge and Bird dog harder. Knee rolls out. Massage one step less often."
    if len(changes) == 6:
        assert said.removeprefix(text) == " A half as much. B easier. C new. Lighter massage."


def test_a_noted_read_back_says_why_before_what(library: Library) -> None:
    plan = build(library, well(library), on=ON)
    found = differences(RULES, plan, plan, Noted(ON, ReadBack(1, 5, 0, 0), "same", ON))
    assert found == ("why:same", "keep:"), "few days alone do not say that there are fewer exercises"
