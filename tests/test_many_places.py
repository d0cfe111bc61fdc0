"""Pain in many places, tired and low: small steps, signs at night, sleep, talking, and massage for calm alone. Clinical plan 7 and 8."""

from __future__ import annotations

from planner.domain.model import Library
from tests.persons import CANAL_WITHOUT_LEG_PAIN, MANY_PLACES, SLEEPLESS, SORE_BACK, TIRED
from tests.plan_text import between, certainty, flat, plan_for, text_for


def test_pain_in_many_places_has_one_style_and_its_own_signs_at_night(library: Library) -> None:
    plan, text = plan_for(library, **MANY_PLACES), text_for(library, **MANY_PLACES)
    assert plan.massage and len(plan.massage.styles) == 1
    turns = text[text.index("HEAD TURNS") :].split("Because you said ")[1]
    assert turns.startswith('"neck or shoulders"')
    today = " ".join(plan.stop_box.today)
    assert "new pain, unlike your usual, that never eases and is worse at night" in today
    assert "night pain clearly grows" in today and "lose weight without trying" in today
    assert "unlike your usual, that" not in " ".join(plan_for(library, **{**MANY_PLACES, "known": (), "duration": "4to12w"}).stop_box.today)
    cancer = plan_for(library, **MANY_PLACES, rf_cancer="past", pain_checked="yes")
    assert "unlike your usual, that" not in " ".join(cancer.stop_box.today)


def test_pain_in_many_places(library: Library) -> None:
    text = text_for(library, **SLEEPLESS)
    assert "Common painkillers seldom help pain in many places" in text
    assert "When this is easy: Belly breathing" not in text
    assert certainty(library, "Shoulder-blade squeeze", **SLEEPLESS) == "low"
    assert "This was not tested for pain in many places." in text


def test_little_time_and_pain_in_many_places_says_a_thing_once(library: Library) -> None:
    plan, text = plan_for(library, **TIRED), flat(text_for(library, **TIRED))
    assert text.count("low mood") == 1
    assert text.count("about free courses") == 1
    assert text.count("Small, even steps") == 2, "the headline, and pacing"
    assert "Slow breathing" not in text[text.index("take the edge off stress.") :]
    assert len(plan.section("habits")) <= 3
    assert "Walk while you talk" not in text_for(library, **TIRED)


def test_help_with_low_mood_is_still_named_where_stress_is_not_high(library: Library) -> None:
    text = flat(text_for(library, **{**CANAL_WITHOUT_LEG_PAIN, "activity": "low", "stress": "low"}))
    assert "help with stress, smoking or weight" in text
    assert "The same goes for low mood." in text


def test_pain_in_many_places_reads_that_a_short_walk_is_enough_before_the_minutes(library: Library) -> None:
    text = text_for(library, **{**MANY_PLACES, "minutes": "5", "sleep": "poor"})
    assert text.index("With 5 minutes a day: the exercises on 3 days,") < text.index("Week 1: walk")
    assert "Only with more time: walk as the weeks say. Walk little and often" in text
    walk = text[text.index("Walk every week: ") :]
    assert "This was not tested for pain in many places." in walk[: walk.index("[")]


def test_who_lies_awake_with_lasting_pain_begins_with_when_to_get_up(library: Library) -> None:
    person = {**MANY_PLACES, "goal": "sleep", "sleep": "poor"}
    assert any("Get up at the same time each day" in step for step in plan_for(library, **person).goal_way.steps)
    assert "snore loudly, or have restless legs or hot flushes" in text_for(library, **{**person, "age_band": "40_59"})
    assert "hot flushes" not in text_for(library, **{**person, "age_band": "18_39"})


def test_pain_in_many_places_begins_small_and_massage_there_promises_calm_alone(library: Library) -> None:
    text = flat(text_for(library, **MANY_PLACES, stress="high", rf_crisis="no"))
    assert text.startswith("First book a check. Small, even steps come next.")
    assert "Do not expect less pain from it." in text and "came out best" not in between(text, "The massage to ask for", "Four weeks")
    assert text.count("talking therapy (CBT)") == 1
    assert "YOUR MATTRESS" not in text and "SET UP YOUR CHAIR" not in text
    assert "talking therapy (CBT) too" not in flat(text_for(library, **{**MANY_PLACES, "known": ()}, stress="high", rf_crisis="no"))


def test_weekly_massage_for_pain_in_many_places_keeps_its_proof(library: Library) -> None:
    text = flat(text_for(library, **{**MANY_PLACES, "budget": "flexible"}))
    assert "came out best" in text and "Do not expect less pain" not in text


def test_pain_in_many_places_that_gets_in_the_way(library: Library) -> None:
    plan, text = plan_for(library, **MANY_PLACES), flat(text_for(library, **MANY_PLACES))
    found = {line.item_id for line in plan.section("therapies")}
    assert {"group_gentle", "cbt_i"} <= found, "who wants to sleep well has the course for sleep (clinical plan 7)"
    walks = plan_for(library, **{**MANY_PLACES, "goal": "walking"})
    assert {"cbt", "pain_programme"} & {line.item_id for line in walks.section("therapies")}, (
        "clinical plan 8: a group, then CBT or a programme"
    )
    assert "Ask your doctor for a course for sleep." in text
    assert "With 5 minutes a day: the exercises on 3 days," in text
    assert "One light session is for calm, if you would enjoy it. Do not expect less pain from it." in text
    assert "course for sleep" not in " ".join(plan_for(library, **{**SORE_BACK, "goal": "sleep", "sleep": "ok"}).goal_way.steps)
