"""Same as last time: what a read-back comes to, against the review rules, and the next sheet."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.clinic.sheets.follow_up import differences, history, judged, next_edits, pain_base
from planner.domain.edits import DOSES, Edits, stepped
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.review import ReadBack, read_back
from planner.kept.plans import Body
from planner.library.reader import load
from planner.outputs.changed import changed_text
from tests.people import well
from tests.sheet_forms import a_body

ON = date(2026, 11, 21)
RULES = load().schedule.review_rules
WORSE, SAME = "2026-11-07 5500 worse 2026-10-31", "2026-11-07 5500 same 2026-11-07"


def old(library: Library, days: int, pain: Any = 5, *before: str) -> Body:
    body = a_body(library)
    return replace(body, answers={**body.answers, "peg_p": pain}, made=ON - timedelta(days=days), readbacks=before)


@pytest.mark.parametrize(
    ("days", "before", "pain", "readbacks", "verdict"),
    [
        # worse: 2 points above the first sheet, the last time, or the lowest of the last three
        (7, 5, 7, (), "worse"),
        (7, 5, 6, (), "same"),
        (7, 3, 4, (), "same"),
        (7, 10, 9, (), "same"),  # 9 on paper stands for 9 or 10
        (7, 8, 9, (), "same"),
        (7, 4, 6, ("2026-11-14 5500 same 2026-11-07",), "worse"),  # one point a visit
        (7, 6, 5, ("2026-11-14 5300 better 2026-11-07",), "worse"),
        (7, 6, 4, ("2026-10-31 5200 better 2026-10-24", "2026-11-07 5300 better 2026-10-31", "2026-11-14 5300 better 2026-11-07"), "worse"),
        (7, 6, 4, ("2026-10-24 5200 better 2026-10-17", *["2026-11-07 5300 better 2026-10-31"] * 3), "better"),  # the lowest is long ago
        # two times running: a clinician; anything between breaks the run
        (7, 5, 7, (WORSE,), "worse_again"),
        (7, 5, 7, ("2026-11-01 5300 worse_again 2026-10-25", "2026-11-07 5500 worse_again 2026-11-01"), "worse_again"),
        (7, 5, 7, (WORSE, SAME), "worse"),
        (7, 5, 6, (WORSE,), "same"),
        # better: 2 points below the first sheet, at any interval; from 3 or less, 1 or less
        (1, 5, 3, (), "better"),
        (14, 3, 2, (), "same"),
        (14, 3, 1, (), "better"),
        (14, 1, 0, (), "better"),
        (7, 5, 3, ("2026-11-14 5400 same 2026-11-07",), "better"),
        # the same in week 4: the stop rule; weekly visits add up, from the first sheet after it was anything else
        (27, 5, 5, (), "same"),
        (28, 5, 5, (), "stuck"),
        (28, 5, 4, (), "stuck"),
        (7, 5, 5, ("2026-11-07 5500 same 2026-10-24", "2026-11-14 5500 same 2026-11-07"), "stuck"),
        (7, 5, 5, ("2026-11-07 5500 same 2026-10-25", "2026-11-14 5500 same 2026-11-07"), "same"),
        (7, 5, 5, ("2026-11-07 5500 stuck 2026-10-24", "2026-11-14 5500 same 2026-11-07"), "same"),
        # hardly any pain, and so for four weeks
        (28, 5, 1, (), "better"),
        (28, 1, 1, (), "settled"),
        (27, 1, 1, (), "same"),
        (28, 1, 2, (), "stuck"),
        (7, 5, 1, ("2026-10-24 5100 better 2026-10-10", "2026-11-14 5000 better 2026-11-07"), "settled"),
        (7, 5, 1, ("2026-10-25 5100 better 2026-10-10", "2026-11-14 5000 better 2026-11-07"), "better"),
        (
            7,
            5,
            1,
            ("2026-10-24 5100 better 2026-10-10", "2026-11-07 5200 better 2026-10-31", "2026-11-14 5000 better 2026-11-07"),
            "better",
        ),
        # odd ones count as nothing
        (14, 7, 5, ("nonsense", SAME, "2026-11-11 9999 same 2026-11-10", "2026-11-12 53 same", "2026-11-12 5300 same"), "better"),
        (7, "5", 7, (), "worse"),
        (7, None, 1, (), "same"),
        (7, "many", 2, (), "worse"),
        (-3, 5, 4, (), "same"),  # a sheet from tomorrow: a clock went back
    ],
)
def test_what_a_read_back_comes_to(library: Library, days: int, before: Any, pain: int, readbacks: tuple[str, ...], verdict: str) -> None:
    noted = judged(RULES, old(library, days, before, *readbacks), ReadBack(5, pain, 0, 0), ON)
    assert (noted.verdict, noted.on) == (verdict, ON)


def test_the_first_pain_stays_the_measure(library: Library) -> None:
    """Clinical safety 7.7: the answers of later sheets have the pain of their own day."""
    later = replace(old(library, 7, 4, "2026-11-14 5400 same 2026-11-07"), pain_base=6)
    assert [judged(RULES, later, ReadBack(5, pain, 0, 0), ON).verdict for pain in (4, 5, 6)] == ["better", "same", "worse"]
    assert (pain_base(later), pain_base(replace(later, pain_base=0)), pain_base(replace(later, pain_base=None))) == (6, 0, 4)


def test_read_backs_are_kept_as_text_and_read_again(library: Library) -> None:
    noted = judged(RULES, old(library, 14), read_back("53121", 5), ON)
    assert noted.text == "2026-11-21 5312 better 2026-11-07"
    odd = ("", "x", "2026-13-01 5312 same", "2026-11-21 8399 same 2026-11-07", "2026-11-21 5312 same", "2026-11-21 ٥٣١٢ same 2026-11-07")
    assert history(replace(old(library, 14), readbacks=(*odd, noted.text))) == (noted,)


@pytest.mark.parametrize(
    ("days", "before", "up"),
    [
        (14, (), True),
        (13, (), False),
        (7, ("2026-11-14 5500 same 2026-11-07",), True),  # two weekly visits
        (7, ("2026-11-14 5500 same 2026-11-08",), False),
        (7, ("2026-11-14 5501 same 2026-10-31",), False),  # an exercise moved up a week ago
        (14, ("2026-11-07 5501 same 2026-10-24",), True),
        (7, ("2026-11-14 5501 same 2026-11-07",), True),  # nothing moved: it was too early
        (7, ("2026-11-14 5701 worse 2026-10-31",), False),
        (7, ("2026-11-14 5300 better 2026-10-31",), False),  # massage stepped down
        (7, ("2026-11-14 5300 better 2026-11-07",), True),
    ],
)
def test_two_weeks_from_the_last_move(library: Library, days: int, before: tuple[str, ...], up: bool) -> None:
    """Clinical safety 7.6."""
    *_, found = following(library, "5401", days, *before)
    assert any(one.startswith(("new:", "up:")) for one in found) is up


def following(library: Library, digits: str, days: int = 7, *before: str, **answers: Any) -> tuple[Plan, Plan, Edits, tuple[str, ...]]:
    """The old sheet, the next one, its edits and how they differ."""
    person = well(library, **{"peg_p": 5, "minutes": "20", **answers})
    body = replace(a_body(library, **{"peg_p": 5, "minutes": "20", **answers}), made=ON - timedelta(days=days), readbacks=before)
    plan = build(library, person, on=body.made, edits=body.edits)
    noted = judged(RULES, body, read_back(digits, len(plan.section("exercises"))), ON)
    edits = next_edits(RULES, plan, body, noted)
    after = build(library, person | {"minutes": "30"}, on=ON, edits=edits)
    return plan, after, edits, differences(RULES, plan, after, noted)


def levels(plan: Plan) -> dict[str, str]:
    return {line.title: line.dose_step for line in plan.section("exercises")}


def test_worse_eases_every_exercise_and_the_massage(library: Library) -> None:
    plan, after, edits, found = following(library, "5700")
    assert levels(after) == {title: stepped(level, -1) for title, level in levels(plan).items()}
    assert plan.massage and plan.massage.pressure_ask > 2 and after.massage and after.massage.pressure_ask == edits.pressure == 2
    assert found[0] == "why:worse" and "light:" in found and "clinician:" not in found
    eased = {title for title, level in levels(plan).items() if level != "half"}
    assert {one.partition(":")[2] for one in found if one.startswith(("down:", "half:"))} == eased


@pytest.mark.parametrize(("digits", "before", "why"), [("5700", (WORSE,), "worse_again"), ("5800", (), "worse"), ("5900", (), "worse")])
def test_worse_twice_or_strong_pain_halves_every_dose_and_sends_to_a_clinician(
    library: Library, digits: str, before: tuple[str, ...], why: str
) -> None:
    """Clinical safety 7.7."""
    _plan, after, edits, found = following(library, digits, 7, *before)
    assert set(levels(after).values()) == set(edits.doses.values()) == {"half"} and edits.pressure == 2
    assert found[:2] == (f"why:{why}", "clinician:") and "light:" in found
    text = changed_text(found)
    assert text.startswith(changed_text((f"why:{why}", "clinician:"))) and changed_text(("light:",)) in text


def test_a_light_massage_stays_as_it_is(library: Library) -> None:
    plan, _after, edits, found = following(library, "5700", pressure_pref="light")
    assert plan.massage and plan.massage.pressure_ask <= 2 and edits.pressure == 0 and "light:" not in found


@pytest.mark.parametrize(("digits", "days"), [("2500", 7), ("1513", 7), ("2531", 28), ("2713", 7), ("1715", 7)])
def test_few_days_leave_three_exercises(library: Library, digits: str, days: int) -> None:
    plan, after, _edits, found = following(library, digits, days)
    before, names = list(levels(plan)), list(levels(after))
    assert len(before) > 3 == len(names) and set(names) < set(before)
    assert {"movement", "strength"} <= {line.exercise.purpose for line in after.section("exercises")}
    best = int(digits[2])
    assert not best or before[best - 1] in names
    assert "why:few" in found and {one for one in found if one.startswith("dropped:")} == {f"dropped:{one}" for one in {*before} - {*names}}


def test_numbers_are_those_of_the_paper_and_the_most_useful_one_stays(library: Library) -> None:
    count = len(following(library, "2500")[0].section("exercises"))
    assert count >= 5
    for best in range(1, count + 1):
        plan, after, _edits, _found = following(library, f"25{best}0")
        assert plan.section("exercises")[best - 1].title in levels(after) and len(levels(after)) == 3


@pytest.mark.parametrize(("digits", "days"), [("3500", 7), ("7500", 7), ("2200", 14), ("1100", 28), ("0500", 7), ("0700", 7)])
def test_enough_days_less_pain_or_no_day_at_all_leave_every_exercise(library: Library, digits: str, days: int) -> None:
    plan, after, _edits, found = following(library, digits, days)
    assert list(levels(plan)) == list(levels(after)) and "why:few" not in found


@pytest.mark.parametrize(
    ("digits", "days", "why", "massage"),
    [
        ("5500", 14, "same", ""),
        ("5500", 28, "stuck", "massage_other:"),
        ("5300", 14, "better", "massage_down:"),
        ("5300", 13, "better", ""),
        ("5100", 28, "better", "massage_down:"),
        ("0300", 28, "better", ""),
        ("0500", 28, "stuck", ""),
    ],
)
def test_the_rest_of_the_rules_move_massage_alone(library: Library, digits: str, days: int, why: str, massage: str) -> None:
    """Clinical plan 2.6: no dose goes up for a score of pain."""
    plan, after, edits, found = following(library, digits, days, pressure_pref="medium")
    assert levels(after) == levels(plan) and edits.pressure == 0
    assert found == (f"why:{why}", massage or "keep:")


def test_massage_steps_down_and_stops_for_good(library: Library) -> None:
    body = replace(a_body(library, peg_p=5), made=ON - timedelta(days=28))
    seen = []
    for pain in ("3", "2", "1", "0"):
        plan = build(library, well(library, peg_p=5), on=ON, edits=body.edits)
        assert plan.massage
        seen.append(plan.massage.freq)
        noted = judged(RULES, replace(body, answers={**body.answers, "peg_p": int(pain) + 2}), read_back(f"5{pain}00", 5), ON)
        body = replace(body, edits=next_edits(RULES, plan, body, noted))
    assert seen == ["fortnightly", "monthly", "as_wanted", "as_wanted"]
    body = replace(a_body(library, peg_p=5), made=ON - timedelta(days=28), readbacks=("2026-10-20 5500 stuck 2026-09-20",))
    plan = build(library, well(library, peg_p=5), on=ON, edits=body.edits)
    noted = judged(RULES, body, read_back("5500", 5), ON)
    after = build(library, well(library, peg_p=5), on=ON, edits=next_edits(RULES, plan, body, noted))
    assert noted.verdict == "stuck" and after.massage and after.massage.freq == "none"
    assert "massage_stop:" in differences(RULES, plan, after, noted) and not any(day.massage for week in after.weeks for day in week)


def test_the_old_sheets_style_goes_on_and_what_was_given_or_insisted_on_does_not(library: Library) -> None:
    """Clinical safety 7.4: initials hold for one visit."""
    body = replace(a_body(library), made=ON)
    body = replace(body, edits=replace(body.edits, style="thai", insisted=("massage:thai",), initials="JT", given="thai", pressure=3))
    plan = build(library, well(library), on=ON, edits=body.edits)
    edits = next_edits(RULES, plan, body, judged(RULES, body, read_back("5500", 5), ON))
    assert (edits.style, edits.insisted, edits.initials, edits.pressure, edits.given) == ("thai", (), "", 3, "")


def test_what_differs_without_a_read_back(library: Library) -> None:
    body = a_body(library)
    plan = build(library, well(library), on=ON, edits=body.edits)
    assert differences(RULES, plan, plan, None) == () == tuple(changed_text(()))
    first, *others = body.edits.exercises
    edits = replace(body.edits, exercises=(*others, "diaphragm_breathing"), doses={**body.edits.doses, others[0]: DOSES[-1]})
    after = build(library, well(library, minutes="20"), on=ON, edits=edits)
    title = {name: library.exercises[name].title for name in (first, others[0], "diaphragm_breathing")}
    assert set(differences(RULES, plan, after, None)) == {
        f"up:{title[others[0]]}",
        f"new:{title['diaphragm_breathing']}",
        f"dropped:{title[first]}",
    }
