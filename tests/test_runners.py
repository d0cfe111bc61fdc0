"""What a runner without pain reads: strength that grows first, its days beside training and a race, and when to stop. Clinical plan 2."""

from __future__ import annotations

from planner.domain.model import Library
from planner.outputs.moving import that_count_most
from tests.persons import OFFICE_RUNNER, PAINLESS_RUNNER, RACER
from tests.plan_text import flat, plan_for, text_for, titles


def test_who_trains_hard_without_pain_has_full_rounds_and_easy_days(library: Library) -> None:
    plan, text = plan_for(library, **OFFICE_RUNNER), flat(text_for(library, **OFFICE_RUNNER))
    strength = [line for line in plan.section("exercises") if line.exercise.purpose == "strength"]
    assert strength
    for line in strength:
        assert line.doses[0].seconds >= 10 or line.doses[0].repeats >= 8, line.title
    assert "not the day before long or fast training" in text
    assert "In hard weeks, 2 days are enough" in text
    assert "Eat and sleep enough" in titles(plan, "selfcare")
    assert "A warm bath" not in titles(plan, "selfcare")
    assert "not the day before" not in flat(text_for(library, **{**OFFICE_RUNNER, "activity": "some", "day": ("desk",)}))


def test_a_calf_exercise_quotes_no_trial_of_backs(library: Library) -> None:
    [line] = [line for line in plan_for(library, **OFFICE_RUNNER).section("exercises") if line.title == "One-leg heel raise"]
    assert "new spells" not in line.evidence
    assert line.certainty == "very_low"


def test_a_runner_chooses_the_days_of_strength(library: Library) -> None:
    assert "You may move the days of strength, with a day between. Not on the day of your longest training" in flat(
        text_for(library, **OFFICE_RUNNER)
    )


def test_a_runner_with_little_time_keeps_the_strongest_leg_exercise(library: Library) -> None:
    plan = plan_for(library, **RACER)
    assert "Split squat" in {line.title for line in plan.section("exercises")}, "else this says nothing"
    assert "Do these three: Split squat;" in that_count_most(plan, library.policy.short_day)


def test_a_runner_grows_stronger_before_moving_further(library: Library) -> None:
    (after,) = (one for one in plan_for(library, **RACER).move_on if one.startswith("Easy on 2 days?"))
    assert after.startswith("Easy on 2 days? Take the bigger amount, even before its week. Easy again? Hold a weight in a leg exercise.")
    (far,) = (one for one in plan_for(library, **{**RACER, "day": ("athlete", "desk")}).move_on if one.startswith("Easy on 2 days?"))
    assert far.index("a weight") < far.index("Thread the needle")


def test_a_runner_keeps_strength_off_the_long_run_and_the_calf_on_a_short_day(library: Library) -> None:
    plan, text = plan_for(library, **RACER), flat(text_for(library, **RACER))
    assert "Not on the day of your longest training, not the day before long or fast training" in text
    assert "after a marathon for 2 weeks" in text
    assert "A limp, or a spot on a bone" in text
    assert "Split squat; One-leg heel raise;" in that_count_most(plan, library.policy.short_day)


def test_a_runner_stops_for_the_heart_and_grows_with_a_weight(library: Library) -> None:
    text = text_for(library, **{**OFFICE_RUNNER, "minutes": "20"})
    assert "Faint, or a fluttering heart: be seen today." in text
    assert "hold a weight in the split squat" in text
    assert "At most 10% more training in all each week" in text
    assert "After it: easy days" in text


def test_a_runner_halves_a_new_pain_at_once(library: Library) -> None:
    text = text_for(library, **OFFICE_RUNNER, country="GB")
    assert "A new pain: do half of your training and of these exercises at once." in text
    assert "If you pass out, somebody calls an ambulance." in text
    assert "common advice, not proven" in text
    assert "ask for step 3 of 5, no more. Medium." in text_for(library, **OFFICE_RUNNER, pressure_pref="firm", liked_before=("sports",))


def test_a_race_has_lighter_strength_and_ten_per_cent_of_the_whole(library: Library) -> None:
    text = text_for(library, **PAINLESS_RUNNER)
    assert "10% more training in all" in text
    assert "easier training for the last 2 weeks, with lighter strength work" in text
    assert "with a day between" in text
