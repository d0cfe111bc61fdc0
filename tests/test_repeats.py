"""Same as last time: what a read-back comes to, against the review rules; the next sheet; and how it is said in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.clinic.sheets.follow_up import Noted, differences, history, judged, next_edits
from planner.domain.edits import DOSES, Edits, stepped
from planner.domain.lines import Plan
from planner.domain.model import Exercise, Library
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
        # worse: 2 points up, or 30 %
        (7, 5, 7, (), "worse"),
        (7, 5, 6, (), "same"),
        (7, 3, 4, (), "worse"),
        (7, 4, 5, (), "same"),
        (7, 0, 1, (), "worse"),
        (40, 5, 9, (), "worse"),
        (7, 10, 9, (), "same"),  # 9 on paper stands for 9 or 10
        (7, 8, 9, (), "same"),
        # two times running: a clinician; anything between breaks the run
        (7, 5, 7, (WORSE,), "worse_again"),
        (7, 5, 7, ("2026-11-01 5300 worse_again 2026-10-25", "2026-11-07 5500 worse_again 2026-11-01"), "worse_again"),
        (7, 5, 7, (WORSE, SAME), "worse"),
        (7, 5, 6, (WORSE,), "same"),
        (7, 1, 7, (SAME,), "worse"),
        # clear improvement: 30 % and 1 point, for two weeks
        (13, 5, 3, (), "same"),
        (14, 5, 3, (), "better"),
        (27, 5, 3, (), "better"),
        (14, 5, 4, (), "same"),
        (14, 3, 2, (), "better"),
        (14, 1, 0, (), "better"),
        # the same in week 4: the stop rule
        (27, 5, 5, (), "same"),
        (28, 5, 5, (), "stuck"),
        (28, 5, 6, (), "stuck"),
        (28, 5, 4, (), "stuck"),
        # hardly any pain for four weeks
        (27, 5, 1, (), "better"),
        (28, 5, 1, (), "settled"),
        (28, 1, 1, (), "settled"),
        (28, 1, 2, (), "worse"),
        # measured from the last read-back, else from the answers; odd ones count as nothing
        (14, 9, 3, (SAME,), "better"),
        (14, 4, 5, (SAME,), "same"),
        (14, 9, 5, ("nonsense", SAME, "2026-11-11 9999 same 2026-11-10", "2026-11-12 53 same", "2026-11-12 5300 same"), "better"),
        # weekly visits add up: from the first sheet whose doses stand
        (7, 6, 4, ("2026-11-14 5400 same 2026-11-07",), "better"),
        (7, 6, 4, ("2026-11-14 5400 same 2026-11-10",), "same"),
        (7, 5, 5, ("2026-11-07 5500 same 2026-10-24", "2026-11-14 5500 same 2026-11-07"), "stuck"),
        (7, 5, 5, ("2026-11-07 5500 stuck 2026-10-24", "2026-11-14 5500 same 2026-11-07"), "same"),
        (7, 4, 6, ("2026-11-14 5500 same 2026-11-07",), "worse"),  # one point a week is two
        (7, "5", 7, (), "worse"),
        (7, None, 1, (), "worse"),
        (7, "many", 2, (), "worse"),
        (-3, 5, 3, (), "same"),  # a sheet from tomorrow: a clock went back
    ],
)
def test_what_a_read_back_comes_to(library: Library, days: int, before: Any, pain: int, readbacks: tuple[str, ...], verdict: str) -> None:
    noted = judged(RULES, old(library, days, before, *readbacks), ReadBack(5, pain, 0, 0), ON)
    assert (noted.verdict, noted.on) == (verdict, ON)


def test_read_backs_are_kept_as_text_and_read_again(library: Library) -> None:
    noted = judged(RULES, old(library, 14), read_back("53121", 5), ON)
    assert noted.text == "2026-11-21 5312 better 2026-11-07"
    odd = ("", "x", "2026-13-01 5312 same", "2026-11-21 5399 same 2026-11-07", "2026-11-21 5312 same", "2026-11-21 ٥٣١٢ same 2026-11-07")
    assert history(replace(old(library, 14), readbacks=(*odd, noted.text))) == (noted,)


def following(library: Library, digits: str, days: int = 7, *before: str, **answers: Any) -> tuple[Plan, Plan, Edits, tuple[str, ...]]:
    """The old sheet, the next one, its edits and how they differ."""
    person = well(library, peg_p=5, **answers)
    body = replace(a_body(library, peg_p=5, **answers), made=ON - timedelta(days=days), readbacks=before)
    plan = build(library, person, on=body.made, edits=body.edits)
    noted = judged(RULES, body, read_back(digits, len(plan.section("exercises"))), ON)
    edits = next_edits(RULES, plan, body, noted)
    after = build(library, person | {"minutes": "20"}, on=ON, edits=edits)
    return plan, after, edits, differences(RULES, plan, after, noted)


def levels(plan: Plan) -> dict[str, str]:
    return {line.title: line.dose_level for line in plan.section("exercises")}


def test_worse_eases_every_exercise_and_the_massage(library: Library) -> None:
    plan, after, edits, found = following(library, "5700")
    assert levels(after) == {title: stepped(level, -1) for title, level in levels(plan).items()}
    assert plan.massage and plan.massage.pressure_ask > 2 and after.massage and after.massage.pressure_ask == edits.pressure == 2
    assert found[0] == "why:worse" and "light:" in found and "clinician:" not in found
    eased = {title for title, level in levels(plan).items() if level != "half"}
    assert {one.partition(":")[2] for one in found if one.startswith(("down:", "half:"))} == eased


def test_worse_twice_running_halves_every_dose_and_sends_to_a_clinician(library: Library) -> None:
    _plan, after, edits, found = following(library, "5700", 7, WORSE)
    assert set(levels(after).values()) == set(edits.doses.values()) == {"half"} and edits.pressure == 2
    assert found[:2] == ("why:worse_again", "clinician:") and "light:" in found
    text = changed_text(found)
    assert text.startswith(changed_text(("why:worse_again", "clinician:"))) and changed_text(("light:",)) in text


def test_a_light_massage_stays_as_it_is(library: Library) -> None:
    plan, _after, edits, found = following(library, "5700", pressure_pref="light")
    assert plan.massage and plan.massage.pressure_ask <= 2 and edits.pressure == 0 and "light:" not in found


@pytest.mark.parametrize(("digits", "days"), [("2500", 7), ("0513", 7), ("2531", 28), ("2713", 7), ("1715", 7)])
def test_few_days_leave_three_exercises(library: Library, digits: str, days: int) -> None:
    plan, after, _edits, found = following(library, digits, days)
    before, names = list(levels(plan)), list(levels(after))
    assert len(before) > 3 == len(names) and set(names) < set(before)
    assert {"movement", "strength"} <= {line.item.kind for line in after.section("exercises") if isinstance(line.item, Exercise)}
    best, worst = int(digits[2]), int(digits[3])
    assert not best or before[best - 1] in names
    assert not worst or before[worst - 1] not in names
    assert "why:few" in found and {one for one in found if one.startswith("dropped:")} == {f"dropped:{one}" for one in {*before} - {*names}}


def test_numbers_are_those_of_the_paper_and_the_most_useful_one_stays(library: Library) -> None:
    areas = ("neck_shoulders",)
    for best in range(1, 6):
        plan, after, _edits, _found = following(library, f"25{best}{best % 5 + 1}", areas=areas)
        lines = plan.section("exercises")
        assert len(lines) == 5 and len(after.section("exercises")) == 3
        names = levels(after)
        assert lines[best - 1].title in names and lines[best % 5].title not in names


@pytest.mark.parametrize(("digits", "days"), [("3500", 7), ("7500", 7), ("2200", 14), ("0100", 28)])
def test_enough_days_or_less_pain_leave_every_exercise(library: Library, digits: str, days: int) -> None:
    plan, after, _edits, found = following(library, digits, days)
    assert list(levels(plan)) == list(levels(after)) and "why:few" not in found


@pytest.mark.parametrize(
    ("digits", "days", "why", "massage", "step"),
    [
        ("5500", 14, "same", "", 0),
        ("5500", 28, "stuck", "massage_other:", 0),
        ("5300", 14, "better", "massage_down:", 1),
        ("5100", 28, "settled", "massage_down:", 1),
    ],
)
def test_the_rest_of_the_rules(library: Library, digits: str, days: int, why: str, massage: str, step: int) -> None:
    plan, after, edits, found = following(library, digits, days)
    assert levels(after) == {title: stepped(level, step) for title, level in levels(plan).items()} and edits.pressure == 0
    ups = [f"up:{title}" for title, level in levels(plan).items() if stepped(level, step) != level]
    assert found == tuple([f"why:{why}", *ups, *([massage] if massage else [])] if ups or massage else [f"why:{why}", "keep:"])


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


def test_the_old_sheets_style_and_initials_go_on_and_what_was_given_does_not(library: Library) -> None:
    body = replace(a_body(library), made=ON)
    body = replace(body, edits=replace(body.edits, style="thai", insisted=("massage:thai",), initials="JT", given="thai", pressure=3))
    plan = build(library, well(library), on=ON, edits=body.edits)
    edits = next_edits(RULES, plan, body, judged(RULES, body, read_back("5500", 5), ON))
    assert (edits.style, edits.insisted, edits.initials, edits.pressure, edits.given) == ("thai", ("massage:thai",), "JT", 3, "")


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


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ((), ""),
        (("nonsense", "a:b"), ""),
        (("why:better", "up:Bridge", "up:Bird dog", "dropped:Knee rolls", "massage_down:"), "Less pain for 2 weeks or more."),
        (("why:same", "keep:"), "About the same as last time. The plan stays as it is."),
        (("why:stuck", "massage_stop:"), "No change after 4 weeks or more. No more massage: it changed nothing."),
        (("massage_other:",), "Another massage style, for one more try."),
        (("why:settled",), "Hardly any pain now."),
        (("why:worse", "why:few", "half:A", "down:B", "new:C", "light:"), "More pain than last time. Few days done, so fewer exercises."),
        (("up:100 % {x} %(titles)s",), "100 % {x} %(titles)s harder."),
    ],
)
def test_changes_in_words(changes: tuple[str, ...], text: str) -> None:
    said = changed_text(changes)
    assert said.startswith(text)
    if len(changes) == 5:
        assert said == "Less pain for 2 weeks or more. Bridge and Bird dog harder. Knee rolls out. Massage one step less often."
    if len(changes) == 6:
        assert said.removeprefix(text) == " A half as much. B easier. C new. Lighter massage."


def test_a_noted_read_back_says_why_before_what(library: Library) -> None:
    plan = build(library, well(library), on=ON)
    found = differences(RULES, plan, plan, Noted(ON, ReadBack(1, 5, 0, 0), "same", ON))
    assert found == ("why:same", "keep:"), "few days alone do not say that there are fewer exercises"
