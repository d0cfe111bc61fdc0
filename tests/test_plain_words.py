"""Words of a plan that are said once, and of what this person has. Source: clinical plan 2.7, 2.8, 9.1 and 10."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 28)
RUNNER = {"areas": ("none",), "duration": None, "day": ("athlete",), "activity": "athlete", "goal": "sport", "minutes": "20"}


def text_for(library: Library, **changes: Any) -> str:
    """The plan as text, in one line."""
    answers = {key: value for key, value in well(library, **changes).items() if value is not None}
    return " ".join(to_text(build(library, answers, on=ON), library).split())


def test_a_thing_for_today_does_not_say_its_title_twice(library: Library) -> None:
    text = text_for(library, areas=("low_back",), duration="gt12w", activity="some", day=("desk",), worse_with=("sitting",))
    assert "- Walk 10 minutes." in text and "Walk. Walk" not in text
    assert "- Change position about every 30 minutes." in text


def test_a_tip_on_closeness_stands_after_all_that_there_is_to_do(library: Library) -> None:
    text = text_for(library, areas=("low_back",), duration="gt12w")
    assert text.index("Looking after yourself ---") < text.index("Also good to know ---")


def test_who_runs_without_pain_keeps_training_and_is_eased_before_a_race(library: Library) -> None:
    text = text_for(library, **RUNNER)
    assert "Keep up what you do." in text and "easier training for the last 2 weeks" in text


WIDESPREAD = {"known": ("widespread_pain",), "areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "pressure_pref": "light"}


def test_what_is_known_is_of_people_like_this_one(library: Library) -> None:
    text = text_for(library, **WIDESPREAD)
    assert "5 weeks or more of massage to see a gain" in text and "Two reviews of long-lasting low back pain" not in text
    neck = text_for(library, areas=("neck_shoulders",), duration="gt12w", liked_before=("trigger_point",), pressure_pref="firm")
    assert "Strength work for neck and shoulder blades helped long-lasting neck pain" in neck and "Across 249 trials" not in neck
    assert "trigger point massage" in neck.lower() and "63 people" not in neck


def test_another_style_is_named_with_the_pressure_to_ask_for(library: Library) -> None:
    """Nobody with bendy joints is worked on above 3 of 5 (clinical safety 2), whichever style they choose."""
    text = text_for(library, areas=("low_back",), duration="gt12w", known=("hypermobility",), pressure_pref="firm", budget="flexible")
    others = [part[:300] for part in text.split(" Or: ")[1:]]
    assert "Pressure: ask for step 3 of 5, no more." in text
    assert others and all("Ask for the same pressure." in one for one in others)


def exercises_of(library: Library, **changes: Any) -> set[str]:
    return {line.item_id for line in build(library, well(library, **changes), on=ON).section("exercises")}


def test_a_sore_neck_and_upper_back_have_a_move_at_the_wall_and_one_for_the_upper_back(library: Library) -> None:
    """Clinical plan 2.3: neck ladder, a pull, then the wall slide; who cannot turn the head practises that instead."""
    both = {"areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "minutes": "10", "activity": "some", "day": ("desk",)}
    found = exercises_of(library, **both, worse_with=("look_down",))
    assert {"prone_arm_lift", "chin_tuck", "seated_chest_lift"} <= found and found & {"wall_slide", "wall_angel"}
    assert "neck_rotation" in exercises_of(library, **both, worse_with=("turning_head",))
    assert "seated_chest_lift" not in exercises_of(library, **{**both, "areas": ("neck_shoulders",)}, worse_with=("look_down",))


AFTER = "After week 4: 3 rounds of"


def test_who_has_no_harder_exercise_goes_on_to_the_strong_dose_after_week_4(library: Library) -> None:
    """Clinical plan 1.3, the column `strong`; never on a plan whose dose is capped or begins with half, nor at level 1."""
    text = text_for(library, **RUNNER)
    bridge, split = text[text.index("ONE-LEG BRIDGE:") :], text[text.index("SPLIT SQUAT:") :]
    assert "After week 4: 3 rounds of 10 each side, 3 days a week." in bridge[:200]
    assert "Weeks 3 and 4: 3 rounds of 10 each side, 3 days a week." in split[:200], "legs go ahead where the goal is a sport"
    back = {"areas": ("low_back", "neck_shoulders"), "duration": "gt12w", "minutes": "20"}
    assert AFTER in text_for(library, **back, activity="some")
    held = ({"age_band": "75plus"}, {"known": ("widespread_pain",)}, {"pregnancy": "t2"}, {"risk_bone": ("fragility_fracture",)})
    for capped in (*held, {"worry_move": "yes"}):
        assert AFTER not in text_for(library, **{**back, "age_band": "18_39", "activity": "some"} | capped), capped


def test_who_starts_with_half_is_told_what_stays_the_same(library: Library) -> None:
    unsteady = {"areas": ("low_back",), "duration": "gt12w", "age_band": "75plus", "balance": "poor", "minutes": "10"}
    text = text_for(library, **unsteady)
    assert "Once a day. Weeks 3 and 4: the same." in text[text.index("SHIFT SIDE TO SIDE:") :][:120]


NECK = {"areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "day": ("desk",), "goal": "work", "peg_p": 4}


def test_headaches_in_somebodys_own_words_are_taken_up_at_the_top(library: Library) -> None:
    text = text_for(library, **NECK, goal_words="Finish a day without a Headache")
    assert text.index("about your headaches. If they grow day by day or change, get help today.") < text.index("Do this today")
    assert "your headaches and the days you moved" in text and "If you get headaches with your neck pain" not in text
    other = text_for(library, **NECK, goal_words="finish a day in comfort")
    assert "your headaches" not in other and "If you get headaches with your neck pain" in other


def test_own_words_choose_no_exercise_and_no_other_line(library: Library) -> None:
    lines = [build(library, well(library, **NECK, goal_words=words), on=ON).lines for words in ("no migraine", "comfort")]
    assert lines[0] == lines[1]


def test_the_review_and_a_flare_name_the_same_threshold(library: Library) -> None:
    """Clinical plan 6.4: pain of 7 and more for a week; 10: worse by 2 points for 2 weeks."""
    text = text_for(library, **NECK)
    assert (
        "Pain of 7 or more for a week" in text and "Worse by 2 points for 2 weeks, or 7 and more for a week: do half, and see your" in text
    )
    worse = text_for(library, **NECK | {"peg_p": 6})
    assert "7 or more" not in worse and "7 and more" not in worse


def test_walks_in_parts_say_the_parts_in_every_week(library: Library) -> None:
    """Clinical plan 2.7: widespread pain walks 2x4, 2x5, 2x7, 2x10."""
    text = text_for(library, **WIDESPREAD)
    said = [f"walk {each} minutes, 2 times a day, on" for each in (4, 5, 7, 10)]
    assert all(one in text for one in said)


def test_who_walks_unsteadily_to_a_goal_asks_for_the_right_aid(library: Library) -> None:
    unsteady = {"areas": ("low_back",), "duration": "gt12w", "age_band": "75plus", "balance": "poor", "goal": "walking"}
    assert "which stick or walking frame fits you" in text_for(library, **unsteady)
    assert "walking frame" not in text_for(library, **unsteady | {"balance": "good"})
