"""Lines that three physiotherapists asked for in their last reading: who reads of cancer, what was not tested, a walk that hurts."""

from __future__ import annotations

from planner.domain.model import Library
from tests.test_after_a_birth import GIRDLE
from tests.test_kind_of_person import flat
from tests.test_many_places import TIRED
from tests.test_necks_and_headaches import LIFTER, NURSE
from tests.test_numb_feet import NUMB
from tests.test_said_to_whom import TEEN, text_for
from tests.test_sore_bones import WIDE

DESK = {
    "age_band": "40_59",
    "areas": ("upper_back", "neck_shoulders"),
    "duration": "gt12w",
    "peg_p": 4,
    "peg_e": 4,
    "peg_g": 4,
    "pain_now": 4,
    "pain_checked": "yes",
    "day": ("desk",),
    "minutes": "10",
    "budget": "some",
    "country": "GB",
}


def test_needles_after_cancer_are_spoken_of_to_those_who_had_it(library: Library) -> None:
    low = {**DESK, "areas": ("low_back", "upper_back")}
    once_ill = flat(text_for(library, **{**low, "rf_cancer": "past"}))
    assert "ask your cancer team first, and have no needle on the treated side" in once_ill
    assert "Do not lie on a treated side." in once_ill
    well = flat(text_for(library, **low))
    assert "Thin needles are put into the skin" in well, "else this says nothing"
    assert "cancer team" not in well


def test_what_was_not_tested_in_these_people_says_so(library: Library) -> None:
    bendy = flat(text_for(library, **{**DESK, "areas": ("low_back",), "known": ("hypermobility",)}))
    assert "for long-lasting low back pain. This was not tested for very bendy joints." in bendy
    many = flat(text_for(library, **TIRED))
    assert "for long-lasting low back pain. This was not tested for pain in many places." in many
    thin = flat(text_for(library, **{**DESK, "risk_bone": ("osteoporosis",)}))
    assert "helped long-lasting neck pain. This was not tested with thin bones." in thin


def test_who_must_not_train_reads_it_in_the_first_line(library: Library) -> None:
    assert "Rest from all training, and get it checked." in text_for(library, **TEEN)


def test_who_walks_in_pain_takes_a_few_steps_after_a_massage(library: Library) -> None:
    said = flat(text_for(library, **{**GIRDLE, "worse_with": ("walking", "turning_bed")}))
    assert "Take a few easy steps the same day." in said
    assert "Take a gentle walk" not in said
    assert "Take a gentle walk the same day." in flat(text_for(library, **DESK))


def test_a_lifter_reads_until_when_sit_ups_wait(library: Library) -> None:
    assert "Once bending and sitting are easy again: sit-ups and hard rowing." in flat(text_for(library, **LIFTER))


def test_five_minutes_are_for_the_exercises_of_the_day_or_one_walk(library: Library) -> None:
    assert "or do the exercises of the day. One of the two is enough." in flat(text_for(library, **TIRED))


def test_a_fever_in_the_united_states_comes_with_chills(library: Library) -> None:
    assert "fever or chills" in text_for(library, **{**NUMB, "country": "US"})
    assert "fever or shivers" in text_for(library, **{**NURSE, "country": "GB"})
    assert "shivers" not in text_for(library, **{**WIDE, "country": "US"})


def test_a_bigger_dose_asks_for_a_good_week_also_where_no_step_follows(library: Library) -> None:
    for person in (NURSE, TIRED):
        assert "Take the bigger dose of week 3 only if you were no worse." in flat(text_for(library, **person))
    climbs = flat(text_for(library, **{**DESK, "areas": ("low_back",)}))
    assert "The bigger dose waits until week 3." in climbs
    assert "Take the bigger dose" not in climbs
    assert "bigger dose" not in flat(text_for(library, **GIRDLE)), "a dose that stays the same has no bigger one"


def test_a_sore_neck_lies_face_down_with_a_face_hole_alone(library: Library) -> None:
    assert "On your front only with a face hole, so that your neck stays straight." in flat(text_for(library, **DESK))
    assert "face hole" not in text_for(library, **{**DESK, "areas": ("low_back",)})


def test_who_fell_clears_no_rug_alone_and_who_cannot_kneel_asks_for_an_easy_table(library: Library) -> None:
    fell = {**DESK, "areas": ("low_back",), "age_band": "75plus", "falls": "once", "balance": "poor", "mobility": "no_floor"}
    assert "Ask someone to move what lies low or is heavy." in flat(text_for(library, **fell))
    assert "Ask for a massage table that is easy to get on and off." in flat(text_for(library, **{**NUMB, "kneel_ok": "no"}))


def test_a_physio_for_neck_and_thin_bones_is_as_sure_as_the_exercises_are(library: Library) -> None:
    text = flat(text_for(library, **{**DESK, "risk_bone": ("osteoporosis",)}))
    assert text.count("helped long-lasting neck pain. This was not tested with thin bones.") == 2


def test_more_headache_after_a_massage_asks_for_less(library: Library) -> None:
    more = "More headache that day or the next? Ask for lighter work next time, or have none."
    assert more in flat(text_for(library, **{**DESK, "goal": "work", "goal_words": "finish a day without a headache"}))
    assert more not in flat(text_for(library, **DESK))
