"""What a lifter reads: the first weight, how it grows from week to week, what is fine now and what waits. Clinical plan 2.5, 6.1 and 8."""

from __future__ import annotations

import pytest

from planner.domain.model import Library
from planner.outputs.documents import sheet_html
from tests.persons import BENDING_LIFTER, GYM_LIFTER, LIFTER
from tests.plan_text import flat, plan_for, text_for, titles


def test_a_plan_to_lift_again_is_headed_by_lifting(library: Library) -> None:
    assert plan_for(library, **GYM_LIFTER).headline == "Grow stronger for lifting, step by step."
    assert plan_for(library, **{**GYM_LIFTER, "goal": "sitting"}).headline.startswith("Sit less")


def test_a_lifter_knows_how_much_and_what_waits(library: Library) -> None:
    plan, text = plan_for(library, **LIFTER), text_for(library, **LIFTER)
    assert "In small steps, as your steps to the goal say" in text
    assert "up to 5 kg more each time, if the next" in text
    assert "a little more, if" not in text
    assert "Keep the load close" not in titles(plan, "habits")
    assert "Keep the load close" in titles(plan_for(library, **{**LIFTER, "day": ("lifting",)}), "habits")


def test_who_bends_and_lifts_with_pain_begins_on_a_stool_and_goes_on_to_the_floor(library: Library) -> None:
    plan = plan_for(library, **BENDING_LIFTER)
    assert "Lift from a stool" in titles(plan)
    assert "Lift from the floor" not in titles(plan)
    steps = [one.partition(" You start here")[0] for one in plan.goal_way.steps]
    stool, floor = (next(n for n, one in enumerate(steps) if said in one) for said in ("from a stool", "from the floor"))
    assert stool < floor
    assert "weeks 3 and 4" in steps[floor]
    assert "Lift from the floor" in titles(plan_for(library, **{**LIFTER, "worse_with": ("getting_up",)}))


@pytest.mark.parametrize("worse", [("bending", "lifting"), ("getting_up",)])
def test_a_lifter_goes_up_without_a_jump_and_with_one_rule(library: Library, worse: tuple[str, ...]) -> None:
    text = flat(text_for(library, **{**LIFTER, "worse_with": worse}))
    steps = (
        "Lift 10 kg from",
        "up to 5 kg more each time, if the next day was no worse. Stop at a quarter of your best lift before this pain",
        "After week 4: up to 5 kg more each good week, if no worse",
        "half of your old lift",
        "From there on: 5 to 10% more a week",
    )
    assert sorted(steps, key=text.index) == list(steps)
    assert "raised place" not in text
    assert "this one felt easy on 2 days" not in text
    assert (
        "In small steps, as your steps to the goal say: deadlifts. Squats with a weight too, from 10 kg, with the same steps and stops."
        in text
    )
    assert "After week 4: go on to Lift from the floor" not in text


def test_a_lifter_reads_one_voice_about_weeks_3_and_4_and_no_jump_after_them(library: Library) -> None:
    plan, text = plan_for(library, **BENDING_LIFTER), flat(text_for(library, **BENDING_LIFTER))
    steps = [one.partition(" You start here")[0] for one in plan.goal_way.steps]
    [later] = [one for one in steps if "weeks 3 and 4" in one]
    assert later.index("the stool is easy") < later.index("from the floor") < later.index("10 kg")
    training = (
        "Now: easy runs, the bike, push-ups and strict pull-ups",
        "Once bending and sitting are easy again: sit-ups and hard rowing.",
        "After week 4, once bending is easy, one at a time, light and short: burpees, box jumps, overhead lifts.",
        "From half of your old lift without a flare: cleans, snatches and fast kettlebell swings.",
    )
    assert sorted(training, key=text.index) == list(training)
    assert "choose your easier days" in text
    assert "For these moves alone it is less sure" in text
    assert "Stiff back belts" not in text
    assert "Stiff back belts" in flat(text_for(library, **{**BENDING_LIFTER, "goal": "sport"}))


def test_a_lifter_reads_what_is_fine_now_what_waits_and_what_comes_after_half(library: Library) -> None:
    text = text_for(library, **GYM_LIFTER)
    assert "strict pull-ups, if the pain does not rise." in text and "In small steps, as your steps to the goal say:" in text
    assert "Then half of your old lift. It takes months. From there on: 5 to 10% more a week." in text
    assert "For leg pain there was no difference" not in text  # no leg of theirs hurts


@pytest.mark.parametrize(("country", "said"), [("US", "22 lb (10 kg)"), ("GB", "10 kg")])
def test_the_first_step_on_the_sheet_is_in_the_words_of_the_country(library: Library, country: str, said: str) -> None:
    sheet = sheet_html(plan_for(library, **{**GYM_LIFTER, "country": country}), library)
    assert f"<b>First:</b> Lift {said} from a stool." in sheet


def test_what_a_lifter_does_today_names_its_weight(library: Library) -> None:
    said = {
        country: " ".join(one.text for one in plan_for(library, **{**GYM_LIFTER, "country": country}).today) for country in ("GB", "US")
    }
    assert "Begin with 10 kg, no more." in said["GB"]
    assert "Begin with 22 lb (10 kg), no more." in said["US"]
    assert "minutes, if today is a rest day." in said["GB"]


def test_a_lifter_reads_of_what_the_steps_are_a_part_and_what_is_fine(library: Library) -> None:
    text = flat(text_for(library, **GYM_LIFTER))
    assert "Stop at a quarter of your best lift before this pain." in text
    assert "easy runs, the bike, push-ups and strict pull-ups" in text
    assert "pull-ups" not in text_for(library, **GYM_LIFTER, sore_joints=("shoulder",))


def test_a_lifter_reads_until_when_sit_ups_wait(library: Library) -> None:
    assert "Once bending and sitting are easy again: sit-ups and hard rowing." in flat(text_for(library, **GYM_LIFTER))


def test_a_lifter_reads_how_long_it_takes_and_what_else_waits(library: Library) -> None:
    text = text_for(library, **LIFTER)
    assert text.count("5 to 10%") == 1
    assert "It takes months." in text
    assert (
        "In small steps, as your steps to the goal say: deadlifts. Squats with a weight too, from 10 kg, with the same steps and stops."
        in text
    )
    assert "After week 4, once bending is easy, one at a time, light and short: burpees, box jumps, overhead lifts." in text
    assert "Lift nothing heavy in your first hour out of bed." in text
    assert "you have no flare" in text


def test_a_lifter_has_one_first_weight_and_one_rule_for_a_flare(library: Library) -> None:
    text = text_for(library, **BENDING_LIFTER)
    assert "Lift 10 kg from a stool." in text
    assert "Begin with 10 kg, even if you could lift more" in text
    assert "8 to 12 kg" not in text
    assert "Then lift your last easy weight, and add no weight for a week." in text
    assert "Leave out the hardest one" not in text
    assert "under weight" not in text
