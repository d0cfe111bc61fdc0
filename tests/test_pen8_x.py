"""Lines that three physiotherapists asked for: a lifter's first weight, light massage, 5 minutes a day, a runner's week, a leg, a bone."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.moving import that_count_most
from tests.test_after_a_birth import GIRDLE
from tests.test_kind_of_person import flat
from tests.test_many_places import TIRED
from tests.test_necks_and_headaches import LIFTER, NURSE
from tests.test_numb_feet import NUMB
from tests.test_runners import RACER
from tests.test_said_to_whom import TEEN, plan_for, text_for
from tests.test_sore_bones import WIDE

LIGHT: dict[str, Any] = {**WIDE, "pressure_pref": "light", "budget": "low"}


def test_what_a_lifter_does_today_names_its_weight(library: Library) -> None:
    said = {country: " ".join(one.text for one in plan_for(library, **{**LIFTER, "country": country}).today) for country in ("GB", "US")}
    assert "Begin with 10 kg, no more." in said["GB"]
    assert "Begin with 22 lb (10 kg), no more." in said["US"]
    assert "minutes, if today is a rest day." in said["GB"]


def test_a_lifter_reads_of_what_the_steps_are_a_part_and_what_is_fine(library: Library) -> None:
    text = flat(text_for(library, **LIFTER))
    assert "Stop at a quarter of your best lift before this pain." in text
    assert "easy runs, the bike, push-ups and strict pull-ups" in text
    assert "pull-ups" not in text_for(library, **LIFTER, sore_joints=("shoulder",))


def test_light_massage_leaves_nobody_sore(library: Library) -> None:
    text = flat(text_for(library, **LIGHT))
    assert "ask for step 2 of 5" in text, "else this says nothing"
    assert "You should not be sore after it. If you are: lighter next time, or none." in text
    assert "Mild soreness" not in text
    assert "when a spot is tender" not in text


def test_with_five_minutes_the_weeks_say_first_that_one_walk_is_enough(library: Library) -> None:
    weeks = flat(text_for(library, **TIRED)).partition("Four weeks ---")[2].partition("Review on")[0]
    enough = "With 5 minutes a day: the exercises on 3 days, a walk of 4 to 5 minutes on the others. That is enough."
    assert weeks.index(enough) < weeks.index("Week 1: walk")
    assert "minutes" not in weeks.partition("Week 4: walk")[2].partition("days.")[2].replace("the minutes of one week", "")


@pytest.mark.parametrize(("pain", "said"), [(5, "2 points for 2 weeks"), (6, "Pain of 8 or more for 3 days"), (7, "2 points for 3 days")])
def test_strong_pain_that_grows_is_seen_sooner_and_said_in_one_way(library: Library, pain: int, said: str) -> None:
    plan = plan_for(library, **{**NUMB, "peg_p": pain, "peg_e": 4, "peg_g": 4, "duration": "gt12w"})
    assert any(said in one for one in plan.review)
    assert any(said.replace("2 points for 2 weeks", "2 points up for 2 weeks") in one for one in plan.flare)


def test_a_runner_keeps_strength_off_the_long_run_and_the_calf_on_a_short_day(library: Library) -> None:
    plan, text = plan_for(library, **RACER), flat(text_for(library, **RACER))
    assert "Not on the day of your longest training, not the day before long or fast training" in text
    assert "after a marathon for 2 weeks" in text
    assert "A limp, or a spot on a bone" in text
    assert "Split squat; One-leg heel raise;" in that_count_most(plan, library.policy.short_day)


def test_a_strong_new_leg_is_checked_before_work_and_has_no_massage_until_it_eases(library: Library) -> None:
    assert plan_for(library, **NURSE).goal_way.steps[0].startswith("Have the leg checked, and talk to work.")
    assert "Wait until the leg eases. Then a light one is fine." in text_for(library, **NURSE)


def test_a_sore_bone_at_16_cycles_little_or_not_at_all(library: Library) -> None:
    text = flat(text_for(library, **TEEN))
    assert "15 minutes at most, and you can still talk. No cycling if your periods have stopped or you eat little." in text


def test_low_dose_aspirin_goes_on_in_pregnancy(library: Library) -> None:
    assert "Go on with low-dose aspirin that they advised." in flat(text_for(library, **GIRDLE))
