"""A sore neck and headaches: exercises, signs, steps towards fewer of them, and massage of the neck. Clinical plan 2, 4.4 and 9."""

from __future__ import annotations

from typing import Any

from planner.domain.model import Library
from tests.persons import BENDY, DESK_WORKER, HEADACHES, NECK_AT_WORK, SCREEN_WORKER, TENSE_NECK
from tests.plan_text import between, flat, plan_for, text_for, under

SORE_NECK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down",), "day": ("desk",), "stress": "some", "pressure_pref": "firm", "budget": "some", "minutes": "10"},
}


def test_neck_pain_and_headaches(library: Library) -> None:
    text = text_for(library, **TENSE_NECK)
    assert "tell your doctor within 2 weeks" in text and "10 or more days a month" in text
    assert "A headache is new, changed or growing, wakes you, makes you vomit, or is worse on coughing or lying down." in under(
        text, "Stop, and get help"
    )
    assert "Tense your neck, jaw and shoulders only lightly." in text
    low = text_for(library, **{**TENSE_NECK, "areas": ("low_back",)})
    assert "makes you vomit" not in low and "only lightly" not in low
    typed = text_for(library, **TENSE_NECK, goal="work", goal_words="a day without a headache")
    assert "within 2 weeks about your headaches" in typed and "10 or more days a month" in typed


def test_neck_exercises_stop_for_a_headache_and_say_how_lightly_they_begin(library: Library) -> None:
    text = text_for(library, **TENSE_NECK, day=("desk",))
    assert "Stop if you feel dizzy, your arm tingles, or a headache starts or grows." in under(text, "Exercises")
    assert "This plan begins lighter than those trials." in under(text, "How sure we are")


def test_neck_and_low_back_are_both_told_what_massage_does(library: Library) -> None:
    said = "For neck pain, it probably does little more than a sham."
    assert said in under(text_for(library, **BENDY), "The massage to ask for")
    assert said not in text_for(library, **{**BENDY, "areas": ("low_back",)})


def test_the_neck_is_named_beside_a_massage_of_the_neck(library: Library) -> None:
    """Clinical plan 4.4; safety H26: the therapist keeps away from its front and side for everybody."""
    said, away = "Nobody should press on the front or side of your neck.", "Keep away from: the front and side of the neck"
    who: dict[str, Any] = {"duration": "gt12w", "peg_p": 4, "budget": "some", "liked_before": ("swedish",)}
    low, neck = (text_for(library, areas=(one,), **who) for one in ("low_back", "neck_shoulders"))
    for text in (low, neck):
        assert away in text
    massage = low.partition("The massage to ask for")[2].partition("Four weeks")[0]
    assert said not in massage
    assert said in neck.partition("The massage to ask for")[2].partition("Four weeks")[0]


def test_a_sore_neck_has_one_number_for_the_therapist(library: Library) -> None:
    text = flat(text_for(library, **SORE_NECK))
    assert "Please be gentle with my neck, step 2 of 5 at most." in text
    assert "Your neck is worked on gently, at step 2 at most" in text
    assert "salts" not in text[: text.index("Sources")]


def test_headaches_are_spoken_of_in_a_massage_and_a_growing_one_stops_a_move(library: Library) -> None:
    text = text_for(library, **SCREEN_WORKER, goal_words="finish a day without a headache")
    assert "Speak up if a headache starts or grows" in text
    assert "or a headache starts or grows." in text
    assert "Speak up if a headache" not in text_for(library, **SCREEN_WORKER)


def test_a_sore_neck_lies_face_down_with_a_face_hole_alone(library: Library) -> None:
    assert "On your front only with a face hole, so that your neck stays straight." in flat(text_for(library, **DESK_WORKER))
    assert "face hole" not in text_for(library, **{**DESK_WORKER, "areas": ("low_back",)})


def test_more_headache_after_a_massage_asks_for_less(library: Library) -> None:
    more = "More headache that day or the next? Ask for lighter work next time, or have none."
    assert more in flat(text_for(library, **{**DESK_WORKER, "goal": "work", "goal_words": "finish a day without a headache"}))
    assert more not in flat(text_for(library, **DESK_WORKER))


def test_headaches_in_the_goal_have_steps_of_their_own(library: Library) -> None:
    person = {**NECK_AT_WORK, "goal_words": "finish a day without a headache"}
    assert "One day fewer with a headache in a week." in plan_for(library, **person).goal_way.steps
    text = text_for(library, **person)
    assert "Painkillers on 10 or more days a month can cause headaches." in text
    assert text.count("eye test") == 1


def test_headaches_have_their_notes_and_eye_test_at_the_top(library: Library) -> None:
    text = flat(text_for(library, **HEADACHES))
    top = text[: text.index("Do this today")]
    assert "Note the days with headaches" in top and "eye test" in top and text.count("eye test") == 1
    assert "Near the neck ask for step 2, and stop if a headache starts." in text
    assert "most backs" not in between(text, "Four weeks", "If it flares up")
