"""What a plan says once and to the point: answers, massage that waits, the walk, a flare, numb places. Clinical plan 2, 6, 8."""

from __future__ import annotations

import re
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 28)
LASTING: dict[str, Any] = {"areas": ("low_back", "buttock_hip"), "duration": "gt12w", "peg_p": 5, "peg_e": 5, "peg_g": 5}
NEW_IN_A_LEG: dict[str, Any] = {
    **{"areas": ("low_back", "buttock_hip"), "duration": "lt4w", "leg_symptoms": "below_knee_one", "peg_p": 7, "peg_e": 6, "peg_g": 7},
    **{"worse_with": ("sitting", "bending"), "worry_move": "yes"},
}
NARROW: dict[str, Any] = {
    **{**LASTING, "age_band": "60_74", "known": ("stenosis",), "worse_with": ("standing", "walking"), "rf_claudication": "yes_known"},
    **{"leg_symptoms": "below_knee_both", "rf_both_legs": "long_standing_same", "pain_checked": "yes"},
}
TEEN: dict[str, Any] = {
    **{"age_band": "16_17", "areas": ("low_back",), "duration": "lt4w", "peg_p": 5, "worse_with": ("arching",), "goal": "sport"},
    **{"day": ("athlete",), "activity": "athlete", "rf_load_bone": "yes"},
}
BIRTH: dict[str, Any] = {
    **{"areas": ("low_back", "upper_back"), "duration": "4to12w", "pregnancy": "postpartum_12w", "birth_when": "6to12w"},
    **{"birth_more": ("caesarean",), "health": ("surgery_6to12w",), "surgery_place": ("tummy",), "goal": "caring", "minutes": "5"},
}


def plan_for(library: Library, **answers: Any) -> Plan:
    return build(library, well(library) | answers, on=ON)


def text_for(library: Library, **answers: Any) -> str:
    return re.sub(r"\s+", " ", to_text(plan_for(library, **answers), library))


def part_of(text: str, head: str, end: str) -> str:
    start = text.index(f"{head} ---")
    return text[start : text.index(f"{end} ---", start)]


@pytest.mark.parametrize("who", [NEW_IN_A_LEG, NARROW, {**NARROW, "health": ("numb_skin_neuropathy",), "numb_where": ("feet",)}])
def test_no_answer_is_quoted_twice_in_one_reason(library: Library, who: dict[str, Any]) -> None:
    found = re.findall(r"Because you said ([^.]+)\.", text_for(library, **who))
    assert len(found) > 10
    for reason in found:
        for one, other in permutations(re.findall(r'"([^"]+)"', reason), 2):
            assert not re.search(rf"\b{re.escape(one)}\b", other), reason


def test_what_is_said_about_massage_that_waits_is_said_once(library: Library) -> None:
    for who in (TEEN, BIRTH):
        text = text_for(library, **who)
        part = part_of(text, "Massage", "Four weeks")
        sentences = [one for one in re.split(r"(?:(?<=[.])|-) (?:- )?", part) if one.endswith(".")]
        assert sentences
        assert all(text.count(one) == 1 for one in sentences), sentences


def test_short_walks_stay_parted_in_every_week(library: Library) -> None:
    """Clinical plan 2.7: 3 times 3, 3 times 5, 2 times 10, then 20 at once."""
    said = re.findall(r"Week \d: (walk [^.]+)\.", text_for(library, **NEW_IN_A_LEG))
    parts = [re.findall(r"\d+", one.partition(" on ")[0]) for one in said]
    assert parts == [["3", "3"], ["5", "3"], ["10", "2"], ["20"]], "minutes, and how often a day"


def test_the_position_that_answers_what_makes_it_worse_comes_first(library: Library) -> None:
    """Clinical plan 2.5: sitting and bending gain lying on the front, and its next rung stands beside it."""
    plan = plan_for(library, **NEW_IN_A_LEG)
    first = plan.section("ease")[0]
    assert first.item_id == "rest_front" and "prone_on_elbows" in {line.item_id for line in plan.section("exercises")}
    worst = plan_for(library, **{**NEW_IN_A_LEG, "peg_p": 9, "leg_symptoms": "none"}).section("ease")
    assert not {line.harder.id for line in worst if line.harder} & {"bridge_half", "bridge"}, "half of a dose has the next step at most"
    standing = plan_for(library, **{**NEW_IN_A_LEG, "worse_with": ("standing", "arching")}).section("ease")[0]
    assert standing.item_id in ("rest_legs_up", "rest_sit_lean")


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({"worse_with": ("sitting", "bending")}, "flat on your front"),
        ({"worse_with": ("sitting", "bending"), "health": ("hernia_stoma",)}, "on your side|on your back|leaning back|on a table"),
        ({"known": ("stenosis",), "worse_with": ("standing",)}, "on a table"),
        ({"mobility": "chair_only", "kneel_ok": "no"}, "on a table|leaning back"),
    ],
)
def test_a_flare_has_its_position_and_warmth_with_a_cloth(library: Library, who: dict[str, Any], said: str) -> None:
    """Clinical plan 6.4: the first ease rung, also where none stands beside the exercises; warmth as everywhere."""
    flare = plan_for(library, **{**LASTING, **who}).flare
    rests = [one for one in flare if "2 to 5 minutes" in one]
    assert len(rests) == 1
    assert re.search(said, rests[0])
    assert [one for one in flare if "15 to 20 minutes" in one and "cloth" in one]


@pytest.mark.parametrize(("places", "named"), [(("feet",), "feet"), (("hands",), "hands")])
def test_only_the_place_that_is_numb_is_named(library: Library, places: tuple[str, ...], named: str) -> None:
    text = text_for(library, **LASTING, health=("numb_skin_neuropathy",), numb_where=places)
    assert f"My {named} are numb" in text
    assert f"the numb {named}" in text
    assert not re.search(r"feet or hands|feet and hands", text)


def test_a_reason_speaks_of_what_was_said(library: Library) -> None:
    low = {"areas": ("low_back",), "duration": "gt12w", "peg_p": 6, "activity": "low", "minutes": "20"}
    up, turning = (text_for(library, **low, worse_with=(one,)) for one in ("getting_up", "turning_bed"))
    assert "Getting up makes it worse, and stronger muscles help." in up
    assert "Turning in bed makes it worse, and stronger muscles help." in turning
    assert "Turning in bed makes it worse, and" not in up


def test_after_a_birth_the_steps_go_from_light_to_heavy(library: Library) -> None:
    """Feeding, walks, the check, the baby with no more pain, then the goal; and what a yes at the check opens."""
    steps = plan_for(library, **BIRTH).goal_way.steps
    order = ["Feed", "walks", "check", "no more pain", "cot"]
    assert [next(number for number, step in enumerate(steps) if word in step) for word in order] == list(range(5))
    text = text_for(library, **BIRTH)
    assert "After a yes at your check" in text
    assert "nothing heavier than your baby" in text
    assert not re.search(r"Pelvic floor squeeze: [^.]+\. Strength, control", text)


@pytest.mark.parametrize("signs", [("none",), ("tummy_gap",)])
def test_the_check_after_a_birth_stands_once(library: Library, signs: tuple[str, ...]) -> None:
    """Clinical plan 6.1: self-care never has what another section holds; the check is among the things to do today."""
    plan = plan_for(library, **{**BIRTH, "health": ("none",), "birth_more": ("none",)}, pelvic_signs=signs)
    today = [one for one in plan.today if "check" in one.title]
    care = [line for line in plan.section("selfcare") if line.item_id == "check_6wk"]
    assert len(today) + len(care) == 1


def test_the_scar_is_spoken_of_once(library: Library) -> None:
    text = text_for(library, **BIRTH)
    assert len(re.findall(r"scar pulls|hurt at the scar", text)) == 1
    assert "hurt at the scar" in text_for(library, **{**BIRTH, "health": ("none",)})


def test_the_starters_after_a_birth_stay_in_weeks_6_to_12(library: Library) -> None:
    """Clinical plan 8: weeks 6 to 12 add to what the first six weeks have; where the upper back hurts, two of three are for it."""
    plan = plan_for(library, **{**BIRTH, "health": ("none",)})
    ids = {line.item_id for line in plan.section("exercises")}
    assert plan.limited == "starters"
    assert {"scap_squeeze", "seated_chest_lift", "pelvic_floor"} <= ids
    operated = {line.item_id for line in plan_for(library, **BIRTH).section("exercises")}
    assert operated and not {"scap_squeeze", "seated_chest_lift", "pelvic_floor"} & operated, "a pack never lifts another limit"


def test_who_is_told_to_take_no_tablets_is_told_what_if_they_do_already(library: Library) -> None:
    for who in (TEEN, {**LASTING, "health": ("kidney_liver",)}):
        assert "anti-inflammatory tablets already and get black poo" in text_for(library, **who)
    assert "tablets already" not in text_for(library, **LASTING)
