"""Lines that physiotherapists would still have mended: little time, pain in many places, bendy joints, a sore neck, a narrow canal."""

from __future__ import annotations

from typing import Any

from planner.domain.model import Library
from tests.test_said_to_whom import plan_for, text_for
from tests.test_sore_bones import WIDE

TIRED: dict[str, Any] = {**WIDE, "sleep": "poor", "stress": "high", "activity": "low", "worry_move": "yes"}
CLIMBER: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "peg_p": 5, "known": ("hypermobility",)},
    **{"day": ("desk",), "goal": "sport", "minutes": "20", "country": "AU", "activity": "some"},
}
NECK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down",), "day": ("desk",), "stress": "some", "pressure_pref": "firm", "budget": "some", "minutes": "10"},
}
CANAL: dict[str, Any] = {
    **{"age_band": "60_74", "areas": ("low_back", "buttock_hip"), "duration": "gt12w", "pain_checked": "yes", "peg_p": 5},
    **{"known": ("stenosis",), "worse_with": ("standing", "walking"), "goal": "walking", "minutes": "10", "country": "GB"},
}


def flat(text: str) -> str:
    return " ".join(text.split())


def test_five_minutes_and_longer_walks_agree(library: Library) -> None:
    text = flat(text_for(library, **TIRED))
    weeks = text[text.index("Four weeks") :]
    assert "a walk of 4 to 5 minutes on the others. That is enough. Only with more time: walk as the weeks say." in weeks
    assert "for days with more time" not in text_for(library, **{**TIRED, "minutes": "10"})
    assert "for days with more time" not in text_for(library, **TIRED, mobility="chair_only")


def test_little_time_and_pain_in_many_places_says_a_thing_once(library: Library) -> None:
    plan, text = plan_for(library, **TIRED), flat(text_for(library, **TIRED))
    assert text.count("low mood") == 1
    assert text.count("about free courses") == 1
    assert text.count("Small, even steps") == 2, "the headline, and pacing"
    assert "Slow breathing" not in text[text.index("take the edge off stress.") :]
    assert len(plan.section("habits")) <= 3
    assert "Walk while you talk" not in text_for(library, **TIRED)


def test_help_with_low_mood_is_still_named_where_stress_is_not_high(library: Library) -> None:
    text = flat(text_for(library, **{**CANAL, "activity": "low", "stress": "low"}))
    assert "help with stress, smoking or weight" in text
    assert "The same goes for low mood." in text


def test_steps_that_name_weeks_go_on_by_weeks(library: Library) -> None:
    text = flat(text_for(library, **CLIMBER))
    assert "From week 5: twice a week, if the next day is no worse." in text
    assert "Take the next step after a week that made you no worse." in text
    assert "this one felt easy on 2 days" not in text
    assert "It need not hurt less first. The bigger dose waits until week 3." in text


def test_a_sore_neck_has_one_number_for_the_therapist(library: Library) -> None:
    text = flat(text_for(library, **NECK))
    assert "Please be gentle with my neck, step 2 of 5 at most." in text
    assert "Your neck is worked on gently, at step 2 at most" in text
    assert "salts" not in text[: text.index("Sources")]


def test_a_narrow_canal_reads_once_how_to_walk_and_rest(library: Library) -> None:
    text = flat(text_for(library, **CANAL))
    assert text.count("Walk until your legs ask you to stop.") == 1
