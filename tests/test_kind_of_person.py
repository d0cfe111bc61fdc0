"""What a plan holds for a kind of person, and what it must not say to them: read as a physio would. Clinical plan 2 to 9, safety 4."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.text import to_text
from tests.people import well
from tests.persons import UPPER_BACK
from tests.plan_text import ON, flat, plan_for, text_for

LASTING = {"duration": "gt12w", "peg_p": 4, "minutes": "20", "activity": "regular", "age_band": "18_39"}


def ids(plan: Any, section: str = "exercises") -> list[str]:
    return [line.item_id for line in plan.section(section)]


def test_of_equals_the_exercise_for_the_place_that_hurts_comes_first(library: Library) -> None:
    """Knee rolls are for the low back first; of the same points, arm lifts are for the upper back."""
    plan = plan_for(library, **UPPER_BACK, worse_with=("arching", "arms_up"))
    assert "prone_arm_lift" in ids(plan) and "knee_rolls" not in ids(plan)
    assert "knee_rolls" in ids(plan_for(library, **{**UPPER_BACK, "areas": ("low_back", "mid_back")}))


def test_nobody_is_sent_up_over_a_rung_to_another_place(library: Library) -> None:
    """Where back extension is left out, the step after it is a lift with a bag, which is none for the upper back."""
    plan = plan_for(library, **UPPER_BACK, worse_with=("arching", "arms_up"))
    [lifts] = [line for line in plan.section("exercises") if line.item_id == "prone_arm_lift"]
    assert lifts.harder is None and lifts.easier and lifts.easier.title == "Press back, lying"


@pytest.mark.parametrize("goal", ["work", "sport", "stay_well"])
def test_new_and_strong_pain_has_one_gentle_strength_exercise_at_most(library: Library, goal: str) -> None:
    """Clinical plan 2.3: at most 1 of buttock squeeze, draw in gently and shoulder-blade squeeze."""
    for areas in (("low_back",), ("buttock_hip",), ("neck_shoulders",), ("upper_back",)):
        plan = plan_for(library, areas=areas, duration="lt4w", peg_p=9, day=("lifting",), worse_with=("lifting",), goal=goal, minutes="20")
        strength = {line.item_id for line in plan.section("exercises") if line.exercise.purpose == "strength"}
        assert len(strength) <= 1 and strength <= {"glute_squeeze", "tummy_draw", "scap_squeeze"}, areas
        assert "seated_march" not in ids(plan)


def test_an_inflamed_spine_lifts_its_chest_and_turns(library: Library) -> None:
    """Clinical plan 8: chest lift, back extension and turns for inflammation of the spine."""
    plan = plan_for(library, **LASTING, areas=("low_back", "mid_back"), risk_bone=("axspa",), goal="sport")
    assert {"seated_chest_lift", "back_ext"} <= set(ids(plan))
    assert {"open_book_half", "open_book", "seated_rotation"} & set(ids(plan))


def test_a_sore_tailbone_has_positions_that_ease_it(library: Library) -> None:
    """Clinical plan 8: flat on the front, and on the side."""
    assert set(ids(plan_for(library, **LASTING, areas=("tailbone",)), "ease")) == {"rest_front", "rest_side"}


def test_a_reason_says_a_place_once(library: Library) -> None:
    both = {"areas": ("low_back", "buttock_hip"), "worse_with": ("standing", "walking"), "duration": "lt4w", "peg_p": 8}
    text = text_for(library, **both)
    assert '"low back, buttock or hip"' in text
    assert not re.search(r'"low back"[^.]*"low back, buttock or hip"|"low back, buttock or hip"[^.]*"low back"', text)


def test_who_cares_for_someone_at_home_has_tips_for_lifting(library: Library) -> None:
    """Clinical plan 5.1: lifting tips for the goal caring."""
    plan = plan_for(library, **LASTING, areas=("low_back",), goal="caring", day=("home",))
    assert "lift_close" in ids(plan, "habits") and "trolley" not in to_text(plan, library)


def test_no_massage_on_a_sore_tailbone(library: Library) -> None:
    """Clinical plan 8: no massage on the bone."""
    away = re.compile(r"Keep away from: [^.]*the tailbone itself")
    sore = {**LASTING, "budget": "some", "pressure_pref": "medium"}
    assert away.search(text_for(library, **sore, areas=("tailbone",)))
    assert not away.search(text_for(library, **sore, areas=("low_back",)))


def test_a_neck_exercise_rests_on_what_is_known_of_necks(library: Library) -> None:
    """Clinical plan 9.1: a line of evidence belongs to purpose and region; thin bones say nothing of a chin tuck."""
    thin = {"risk_bone": ("osteoporosis",), "areas": ("neck_shoulders", "upper_back")}
    lines = {line.item_id: line.evidence for line in plan_for(library, **LASTING, **thin).section("exercises")}
    neck = [said for name, said in lines.items() if name in ("chin_tuck", "neck_nod_lying", "neck_iso")]
    assert neck and all("neck pain" in said and "Experts advise" not in said for said in neck)
    assert any("Experts advise people with thin bones" in said for said in lines.values())


def test_the_walks_of_a_day_are_said_one_by_one(library: Library) -> None:
    """Clinical plan 2.7: pelvic girdle pain walks 2 times 5 minutes, not 10."""
    text = text_for(library, age_band="18_39", areas=("low_back",), duration="4to12w", pregnancy="t3", pgp="yes", peg_p=6)
    assert "Week 1: walk 5 minutes, 2 times a day, on 4 days." in text
    assert "walk 10 minutes" not in text
    assert "Week 1: walk 20 minutes on 4 days." in text_for(library, **UPPER_BACK)
    narrow = text_for(library, age_band="60_74", areas=("low_back",), duration="gt12w", known=("stenosis",), pain_checked="yes")
    assert "Week 1: walk 10 minutes in all, with rests, on 4 days." in narrow and "times a day, on" not in narrow


@pytest.mark.parametrize(("who", "first"), [({"areas": ("low_back",)}, "On your side, or"), ({"areas": ("upper_back",)}, "On your ")])
def test_who_arching_hurts_is_told_how_to_lie_for_a_massage(library: Library, who: dict[str, Any], first: str) -> None:
    arching, usual = (
        text_for(library, **LASTING, **who, **more, pressure_pref="medium", budget="some").partition("The massage to ask for")[2]
        for more in ({"worse_with": ("arching",)}, {})
    )
    assert "pillow under your tummy" in arching and first in arching
    assert usual and "pillow under your tummy" not in usual


def test_pressure_and_pain_are_two_scales_in_words_too(library: Library) -> None:
    text = text_for(library, **UPPER_BACK, pressure_pref="firm", budget="some")
    assert re.search(r"ask for step \d of 5", text) and not re.search(r"\d out of 5\b", text)


def test_a_chair_user_hears_nothing_of_a_massage_table(library: Library) -> None:
    """Clinical plan 4.5: no table words for chair users."""
    seated = {"mobility": "chair_only", "kneel_ok": "no", "balance": "poor", "areas": ("neck_shoulders",), "budget": "some"}
    text = text_for(library, **{**LASTING, **seated})
    assert "The massage to ask for" in text and "table" not in text[text.index("The massage to ask for") : text.index("Four weeks")]


def test_a_course_for_low_backs_is_for_low_backs(library: Library) -> None:
    """Clinical plan 7: cognitive functional therapy is for lasting low back pain."""
    worried = {"duration": "gt12w", "peg_p": 6, "peg_e": 6, "peg_g": 6, "worry_move": "yes", "budget": "some", "age_band": "18_39"}
    assert "cft" in ids(plan_for(library, **worried, areas=("low_back",)), "therapies")
    assert "cft" not in ids(plan_for(library, **worried, areas=("neck_shoulders", "mid_back")), "therapies")


def test_who_lifts_in_a_gym_is_told_of_no_trolley_and_when_to_go_on(library: Library) -> None:
    lifter = {"activity": "athlete", "day": ("desk", "athlete"), "worse_with": ("lifting",), "equipment": ("gym",)}
    text = text_for(library, areas=("low_back",), duration="recurrent", peg_p=3, goal="lifting", **lifter)
    assert "trolley" not in text and "5 to 10% more a week" in text
    assert text.index("Your steps towards it") < text.index("Take the next step when this one felt easy") < text.index("Do this today")
    jobs = text_for(library, areas=("low_back",), duration="recurrent", peg_p=3, goal="lifting", day=("lifting",), activity="some")
    assert "trolley" in jobs


@pytest.mark.parametrize(("country", "said"), [("US", "22 lb (10 kg)"), ("GB", "10 kg")])
def test_a_weight_is_said_in_pounds_too_where_people_think_in_them(library: Library, country: str, said: str) -> None:
    lifter: dict[str, Any] = {"activity": "athlete", "goal": "lifting", "equipment": ("gym",), "goal_words": "lift 100 kg"}
    plan = build(library, well(library, **lifter, areas=("low_back",), duration="recurrent", peg_p=3, country=country), on=ON)
    text = flat(to_text(plan, library))
    assert f"Begin with {said}, even" in text and f"2 rounds of 8, {said} at first." in text
    assert '"lift 100 kg"' in text, "what somebody typed stays as it is"
    assert ("Lift 22 lb (10 kg) from" in text) == (country == "US")


def test_the_belt_of_the_pelvis_is_not_the_belt_that_is_not_advised(library: Library) -> None:
    text = text_for(library, age_band="18_39", areas=("low_back",), duration="4to12w", pregnancy="t2", pgp="yes", peg_p=5)
    assert "It is not a belt for the back" in text and "sore tailbone" not in text
    assert "In trials, warmth helped" in text and "Low certainty. For new low back pain, a heat wrap" in text, "no trial was in pregnancy"


def part_of(text: str, first: str, then: str) -> str:
    """What stands between two headings of a plan's text."""
    return flat(text[text.index(f"\n{first}\n") : text.index(f"\n{then}\n")])


@pytest.mark.parametrize("areas", [("neck_shoulders",), ("neck_shoulders", "low_back")])
def test_bendy_joints_turn_the_head_half_way_wherever_it_is_said(library: Library, areas: tuple[str, ...]) -> None:
    """Clinical safety 4: the last third of the neck's range is left out; no line says to go as far as it goes."""
    plan = plan_for(library, **LASTING, areas=areas, known=("hypermobility",))
    [turns] = [line for line in plan.section("exercises") if line.item_id == "neck_rotation"]
    assert "half way" in " ".join(turns.steps) and "as far as" not in " ".join(turns.steps)
    text = flat(to_text(plan, library))
    assert "neck half way at most" in text and "as far as feels easy" not in text


@pytest.mark.parametrize(("wish", "say"), [({"budget": "none"}, "needs no paid massage"), ({"pressure_pref": "none"}, "as you wished")])
def test_why_there_is_no_massage_stands_with_massage_and_not_at_the_top(library: Library, wish: dict[str, str], say: str) -> None:
    plan = plan_for(library, **LASTING, areas=("low_back",), **wish)
    text = to_text(plan, library)
    assert not [one for one in plan.notes if "massage" in one]
    assert say in part_of(text, "Massage", "Four weeks") and flat(text).count(say) == 1
    assert say in flat(documents.plan_html(plan, library)), "on paper too"
    assert say not in flat(documents.sheet_html(plan, library)), "clinical plan 11: no massage on a sheet without one"


def test_a_tip_on_sex_is_not_for_who_keeps_from_touch_and_not_on_paper(library: Library) -> None:
    """Clinical plan 5.1: of the fold alone, never on the sheet."""
    for touch in ({"pressure_pref": "none"}, {"pressure_pref": "light", "clothed": "yes", "budget": "some"}):
        assert "Sex is safe" not in text_for(library, **LASTING, areas=("low_back",), **touch)
    plan = plan_for(library, **LASTING, areas=("low_back",))
    assert "Sex is safe" in to_text(plan, library) and "Sex is safe" in documents.page_html(plan, library)
    assert "Sex is safe" not in documents.plan_html(plan, library) + documents.sheet_html(plan, library)


@pytest.mark.parametrize("more", [{}, {"known": ("widespread_pain",), "peg_p": 8, "peg_e": 8, "peg_g": 8}, {"stress": "high"}])
def test_who_wants_to_sleep_well_and_hurts_for_long_has_the_course_for_sleep(library: Library, more: dict[str, Any]) -> None:
    """Clinical plan 7: sleep poor and lasting."""
    plan = plan_for(library, **{**LASTING, "areas": ("low_back",), "goal": "sleep", "sleep": "poor", **more})
    assert "cbt_i" in ids(plan, "therapies") and len(ids(plan, "therapies")) <= 2
    assert "cbt_i" not in ids(
        plan_for(library, **{**LASTING, "areas": ("low_back",), "goal": "sleep", "sleep": "poor", "duration": "lt4w"}), "therapies"
    )


@pytest.mark.parametrize("more", [{"known": ("widespread_pain",)}, {"age_band": "75plus", "mobility": "no_floor"}, {"activity": "low"}])
def test_what_is_left_out_is_not_praised(library: Library, more: dict[str, Any]) -> None:
    text = text_for(library, **{**LASTING, "areas": ("low_back",), **more})
    assert "Strength and control came out among the best" in flat(text), "else this says nothing"
    assert "Pilates came out best" not in flat(text)


def test_who_goes_on_to_one_harder_exercise_reads_its_name(library: Library) -> None:
    seen = 0
    for activity in ("low", "some", "regular", "athlete"):
        for goal in ("sport", "walking", "sitting", "stay_well"):
            free = {"areas": ("none",), "duration": "none", "day": ("desk",), "activity": activity, "goal": goal, "minutes": "20"}
            for who in (free, {**LASTING, "areas": ("low_back",), "activity": activity, "goal": goal, "minutes": "5"}):
                plan = plan_for(library, **who)
                harder = [line.harder.title for line in plan.section("exercises") if line.harder]
                assert "{" not in "".join(plan.move_on)
                if len(harder) == 1 and plan.move_on:
                    seen += 1
                    ways = (f"go on to {harder[0]}",)
                    assert sum(way in one for one in plan.move_on for way in ways) == 1, plan.move_on
    assert seen > 3


def test_whom_nothing_hurts_moves_once_a_day(library: Library) -> None:
    for activity in ("low", "athlete"):
        plan = plan_for(library, areas=("none",), duration="none", activity=activity, minutes="20")
        moves = [line for line in plan.section("exercises") if line.exercise.purpose == "movement"]
        assert moves and all(dose.times_a_day == 1 for line in moves for dose in line.doses)
    sore = plan_for(library, **LASTING, areas=("low_back",))
    assert any(dose.times_a_day > 1 for line in sore.section("exercises") for dose in line.doses)


def test_a_neck_reads_what_is_known_of_necks_and_why_no_firm_massage(library: Library) -> None:
    """Clinical plan 9: massage of the neck has its own evidence; a reason says whose limit it is."""
    text = to_text(plan_for(library, **LASTING, areas=("neck_shoulders",), pressure_pref="firm"), library)
    said = part_of(text, "The massage to ask for", "Four weeks")
    assert "Swedish" in said and "sham" in said and "low back pain" not in said
    left = part_of(text, "Left out, and why", "Before a massage")
    assert "too hard for a sore neck or upper back, and you said" in left and "than this plan asks" not in left
