"""Lines that physiotherapists asked for: signs beside one's usual, one voice, a rule to go on. Clinical plan 2, safety 4.1."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from tests.test_lifters import BENT, RUNNER
from tests.test_said_to_whom import SORE, TEEN, plan_for, text_for
from tests.test_sore_bones import BIRTH, LEG, WIDE

LASTING: dict[str, Any] = {**SORE, "duration": "gt12w", "pain_checked": "yes"}
OWN_NIGHT = "new pain, unlike your usual, that never eases and is worse at night"


def today(library: Library, **who: Any) -> str:
    return " ".join(plan_for(library, **who).stop_box.today)


@pytest.mark.parametrize("who", [LASTING, LEG, BENT, WIDE], ids=["lasting", "strong leg", "comes and goes", "many places"])
def test_night_pain_is_set_beside_ones_usual_pain(library: Library, who: dict[str, Any]) -> None:
    signs = today(library, **who)
    assert OWN_NIGHT in signs
    assert "night pain clearly grows, or you lose weight without trying" in signs
    assert signs.count("worse at night") == 1


def test_new_mild_pain_that_never_eases_needs_no_usual(library: Library) -> None:
    signs = today(library, **{**SORE, "duration": "lt4w", "peg_p": 3})
    assert "never eases and is worse at night" in signs
    assert OWN_NIGHT not in signs


@pytest.mark.parametrize(
    "who",
    [{"balance": "poor"}, {"age_band": "60_74"}, {"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",)}],
    ids=["poor balance", "60", "numb feet"],
)
def test_unsteady_walking_is_more_than_usual_for_who_is_unsteady(library: Library, who: dict[str, Any]) -> None:
    assert "you walk more unsteadily than usual" in today(library, **{**LASTING, **who})
    assert "or you walk unsteadily." in today(library, **{**LASTING, "age_band": "18_39"})


def test_after_a_birth_some_weight_goes_anyway(library: Library) -> None:
    signs = today(library, **BIRTH)
    assert "you lose more weight than you would expect after a birth" in signs
    assert "lose weight without trying" not in signs
    assert "never eases and is worse at night" in signs


def test_who_waits_for_a_yes_after_a_birth_has_no_room_for_a_five(library: Library) -> None:
    text = text_for(library, **{**BIRTH, "birth_more": ("caesarean", "breastfeeding")})
    assert "5 out of 10" not in text
    assert "Move down if your pain rises by 2 points, or if you are worse the next morning." in text
    assert "gentle massage is fine. On your legs, have only light strokes. Have none on the scar" in text
    assert "of 5." not in text.partition("Massage waits")[2][:200]  # no step where nothing explains it
    assert "Take no codeine" in text


def test_near_the_top_of_the_line_a_leg_has_no_room_for_more(library: Library) -> None:
    text = text_for(library, **LEG)
    assert "the leg must hurt no more than usual" in text
    assert "Up to 1 point more" not in text
    assert "rises by 2 points" not in text
    assert "Up to 1 point more" in text_for(library, **{**LEG, "peg_p": 6})
    assert "701 adults" not in text
    assert "Walking has hardly been tested for new leg pain." in text


@pytest.mark.parametrize("job", [("lifting",), ("standing",)])
def test_the_way_back_to_work_says_when_to_go_on_and_heavy_lifts_come_last(library: Library, job: tuple[str, ...]) -> None:
    text = text_for(library, **{**LEG, "goal": "work", "work_now": "off", "day": job})
    assert "Take the next step after a week that made you no worse." in text
    assert ("Heavy lifts, and moving people, come last." in text) == (job == ("lifting",))


def test_a_sore_bone_waits_for_one_yes(library: Library) -> None:
    text = text_for(library, **{**TEEN, "rf_load_bone": "yes"})
    for wrong in ("until you are checked", "has seen you", "wait until your check", "check says yes", "keeps you strong while"):
        assert wrong not in text, wrong
    assert "Add nothing until the doctor says yes, even if it stops hurting." in text
    assert "enter none until the doctor says yes" in text


def test_a_lifter_has_one_first_weight_and_one_rule_for_a_flare(library: Library) -> None:
    text = text_for(library, **BENT)
    assert "Lift 10 kg from a stool." in text
    assert "Begin with 10 kg, even if you could lift more" in text
    assert "8 to 12 kg" not in text
    assert "Then lift your last easy weight, and add no weight for a week." in text
    assert "Leave out the hardest one" not in text
    assert "under weight" not in text


def test_a_runner_halves_a_new_pain_at_once(library: Library) -> None:
    text = text_for(library, **RUNNER, country="GB")
    assert "A new pain: do half of your training and of these exercises at once." in text
    assert "If you pass out, somebody calls an ambulance." in text
    assert "common advice, not proven" in text
    assert "ask for step 3 of 5, no more. Medium." in text_for(library, **RUNNER, pressure_pref="firm", liked_before=("sports",))


def test_what_came_out_best_says_for_what(library: Library) -> None:
    assert "came out among the best for long-lasting low back pain" in text_for(library, **{**WIDE, "known": (), "minutes": "20"})
