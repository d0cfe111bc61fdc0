"""More lines that physiotherapists would mend with a pen, as printed. Clinical plan 2, 6.4, 8 and 9; clinical safety 4.1."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.as_json import to_json
from planner.outputs.documents import plan_html, sheet_html
from tests.by_country import page_words
from tests.test_late_in_pregnancy import titles
from tests.test_lifters import RUNNER
from tests.test_said_to_whom import plan_for, text_for

NUMB: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("low_back",), "duration": "gt12w", "peg_p": 6, "minutes": "10", "activity": "low"},
    **{"health": ("numb_skin_neuropathy",), "numb_where": ("feet",), "day": ("driving",), "worse_with": ("bending", "getting_up")},
}
BENDY: dict[str, Any] = {
    **{
        "age_band": "18_39",
        "areas": ("low_back", "neck_shoulders"),
        "duration": "gt12w",
        "peg_p": 5,
        "peg_e": 5,
        "peg_g": 5,
        "minutes": "20",
    },
    **{"known": ("hypermobility",), "worse_with": ("bending",), "pressure_pref": "firm", "budget": "flexible", "goal": "sport"},
}
MANY_PLACES: dict[str, Any] = {
    **{"areas": ("neck_shoulders", "low_back"), "duration": "gt12w", "peg_p": 7, "peg_e": 7, "peg_g": 7, "known": ("widespread_pain",)},
    **{"minutes": "5", "sleep": "poor"},
}
NECK: dict[str, Any] = {"areas": ("neck_shoulders",), "duration": "gt12w", "peg_p": 4, "stress": "some", "sleep": "poor", "minutes": "10"}
BRITISH = r"\b(?:ring|rings|poos?|tummy|sickness|being sick|cots?|prams?|programmes?)\b"


def part(text: str, name: str) -> str:
    """What stands under a heading of the text, whose spaces are one."""
    return text.partition(f" {name} ---")[2].strip("- ").partition(" ---")[0]


def certainty(library: Library, name: str, **answers: Any) -> str:
    return next(line.certainty for line in plan_for(library, **answers).section("exercises") if line.title == name)


def test_numb_feet_and_pedals(library: Library) -> None:
    said = "If you cannot feel the pedals well, do not drive."
    text = text_for(library, **NUMB)
    assert text.count(said) == 1 and text.index(said) < text.index("Do this today")
    assert "whoever checks that you are fit to drive" in text
    at_a_desk = text_for(library, **{**NUMB, "day": ("desk",)})
    assert said in at_a_desk and "whoever checks" not in at_a_desk
    assert "pedals well" not in text_for(library, **{**NUMB, "numb_where": ("hands",)})
    assert "pedals well" not in text_for(library, **NUMB, mobility="chair_only")


def test_numb_feet_have_their_care_before_the_exercises_and_one_speed_for_new_numbness(library: Library) -> None:
    text = text_for(library, **NUMB)
    assert "Keep a hand on something firm, and look at your feet" in part(text, "Before you begin")
    assert "New or spreading numbness" not in text
    assert re.search(r"comes fast or climbs up your legs: call [^.]*\d{3}", text)


def test_numb_feet_ask_once_where_it_comes_from_and_train_to_be_steady(library: Library) -> None:
    assert "from diabetes or your back" in text_for(library, **{**NUMB, "health": ("numb_skin_neuropathy", "diabetes")})
    assert "from diabetes or your back" not in text_for(library, **NUMB)
    found = titles(plan_for(library, **NUMB))
    assert {"Heel raise", "Heel-to-toe stand"} & set(found)
    assert "Sit to stand with hands" in found


def test_a_position_that_is_held_is_no_surer_than_strength(library: Library) -> None:
    assert certainty(library, "Lie on elbows", **NUMB) == "low"


@pytest.mark.parametrize("country", ["US", "CA"])
@pytest.mark.parametrize(
    "who",
    [
        {**NUMB, "stress": "some", "rf_crisis": "no"},
        MANY_PLACES,
        {"age_band": "18_39", "areas": ("low_back",), "pregnancy": "t2", "duration": "4to12w", "peg_p": 5, "day": ("carer_parent",)},
        {"age_band": "18_39", "areas": ("low_back",), "pregnancy": "postpartum_12w", "birth_when": "6to12w", "goal": "caring", "peg_p": 5},
        {"age_band": "40_59", "areas": ("low_back",), "rf_cancer": "past", "pain_checked": "yes", "duration": "gt12w", "peg_p": 5},
    ],
)
def test_no_british_word_is_printed_in_north_america(library: Library, country: str, who: dict[str, Any]) -> None:
    plan = plan_for(library, **who, country=country)
    printed = {
        "text": text_for(library, **who, country=country).partition("\nSources\n")[0],
        "paper": page_words(plan_html(plan, library)),
        "sheet": page_words(sheet_html(plan, library)),
        "data": " ".join(map(str, to_json(plan, library)["stop_box"].values())),
    }
    found = {name: re.findall(f".{{0,30}}{BRITISH}.{{0,20}}", text, re.I) for name, text in printed.items()}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_british_words_stay_in_britain_and_in_what_somebody_typed(library: Library) -> None:
    at_home = text_for(library, **NUMB, country="GB", stress="some", rf_crisis="no")
    assert "Who to ring" in at_home and "tummy" in at_home and "poo." in at_home
    abroad = text_for(library, **NUMB, country="US", goal="work", goal_words="ring the bell without a sore tummy")
    assert "Who to call" in text_for(library, **NUMB, country="US", stress="some", rf_crisis="no")
    assert abroad.count("ring the bell without a sore tummy") >= 1
    assert "call the bell" not in abroad


def test_very_bendy_joints_are_kept_from_their_ends(library: Library) -> None:
    text = text_for(library, **BENDY)
    assert "rest or hang at the end of a joint" in part(text, "Before you begin")
    assert "ask for a physio who knows them" in text
    assert "If a joint slips out" in text
    massage = part(text, "The massage to ask for")
    assert "Trigger point massage" not in massage
    assert "Trigger point massage" in part(text_for(library, **{**BENDY, "known": ()}), "The massage to ask for")
    assert "Leg-only bird dog" in text


def test_flat_on_the_front_always_has_a_pillow_under_the_belly(library: Library) -> None:
    for areas in (("low_back",), ("low_back", "neck_shoulders")):
        flare = part(text_for(library, **{**BENDY, "areas": areas}), "If it flares up")
        assert "flat on your front" in flare and "thin pillow under your belly" in flare


def test_pain_in_many_places(library: Library) -> None:
    text = text_for(library, **MANY_PLACES)
    assert "Common painkillers seldom help pain in many places" in text
    assert "When this is easy: Belly breathing" not in text
    assert certainty(library, "Shoulder-blade squeeze", **MANY_PLACES) == "low"
    assert "This was not tested for pain in many places." in text


def test_numbers_of_people_are_said_in_hundreds(library: Library) -> None:
    items = [*library.therapies.values(), *library.selfcare.values(), *library.habits.values(), *library.massages.values()]
    told = [one.evidence for one in items] + [one.say for item in items for one in getattr(item, "known_for", ())]
    assert [one for one in told if "%" in one] == []


def test_neck_pain_and_headaches(library: Library) -> None:
    text = text_for(library, **NECK)
    assert "tell your doctor within 2 weeks" in text and "10 or more days a month" in text
    assert "A headache is new or clearly changed, grows day by day, wakes you or makes you vomit." in part(text, "Stop, and get help")
    assert "Tense your neck, jaw and shoulders only lightly." in text
    low = text_for(library, **{**NECK, "areas": ("low_back",)})
    assert "makes you vomit" not in low and "only lightly" not in low
    typed = text_for(library, **NECK, goal="work", goal_words="a day without a headache")
    assert "within 2 weeks about your headaches" in typed and "10 or more days a month" in typed


def test_numb_feet_are_checked_once_and_watched_for_sores(library: Library) -> None:
    sore = "A foot has a sore or a blister, or is hot, red or swollen."
    text = text_for(library, **NUMB)
    assert "If nobody has checked the numbness, ask your" in text
    assert sore in part(text, "Stop, and get help")
    assert sore in part(text_for(library, age_band="40_59", health=("diabetes",)), "Stop, and get help")
    assert sore not in text_for(library, **NECK)


@pytest.mark.parametrize("activity", ["low", "regular", "athlete"])
def test_numb_feet_never_carry_all_the_weight_on_the_toes_of_one_foot(library: Library, activity: str) -> None:
    more: dict[str, Any] = {"activity": activity, "day": ("standing",), "minutes": "20", "peg_p": 3, "peg_e": 3, "peg_g": 3}
    assert "One-leg heel raise" not in text_for(library, **{**NUMB, **more})
    assert "One-leg heel raise" in text_for(library, **RUNNER)


def test_steps_of_who_works_as_usual_do_not_shorten_the_day(library: Library) -> None:
    text = text_for(library, **NECK, goal="work", work_now="as_usual", day=("desk",))
    assert "A break by the clock, before it hurts, for half of the day." in text and "The same for the whole day." in text
    assert "points less pain" not in text.partition("Do this today")[0]  # a step is something to do: progress is by ability (2.6)
    assert "Half of your usual day" not in text


def test_neck_exercises_stop_for_a_headache_and_say_how_lightly_they_begin(library: Library) -> None:
    text = text_for(library, **NECK, day=("desk",))
    assert "Stop if you feel dizzy, your arm tingles, or a headache starts or grows." in part(text, "Exercises")
    assert "This plan begins lighter than those trials." in part(text, "How sure we are")


def test_a_style_that_is_left_out_is_not_asked_of_a_therapist(library: Library) -> None:
    text = text_for(library, **BENDY)
    assert "trained in sports massage" not in text
    assert "Ask for a therapist who knows very bendy joints." in text
    free = text_for(library, **{**BENDY, "known": (), "activity": "athlete", "day": ("athlete",), "liked_before": ("sports",)})
    assert "trained in sports massage" in free and "very bendy" not in free
    assert "trained in sports massage" not in text_for(library, **{**BENDY, "known": (), "risk_blood": ("anticoagulant",)})


def test_neck_and_low_back_are_both_told_what_massage_does(library: Library) -> None:
    said = "For neck pain, it probably does little more than a sham."
    assert said in part(text_for(library, **BENDY), "The massage to ask for")
    assert said not in text_for(library, **{**BENDY, "areas": ("low_back",)})


def test_bendy_joints_that_stay_out_and_sport_without_hanging(library: Library) -> None:
    text = text_for(library, **BENDY, country="AU")
    assert "A joint slips out and does not go back." in part(text, "Stop, and get help").partition("Get help today")[0]
    assert "Nothing that hangs on straight arms." in text
    assert "straight arms." not in text_for(library, **{**BENDY, "known": ()})


UNSTEADY: dict[str, Any] = {
    **{"age_band": "75plus", "areas": ("low_back",), "duration": "gt12w", "peg_p": 5, "balance": "poor", "minutes": "10"},
}


def test_poor_balance_walks_today_with_company_and_tries_exercises_with_somebody_near(library: Library) -> None:
    text, near = text_for(library, **UNSTEADY), "have someone near and a firm chair behind you"
    assert "minutes each time. Take company, a rail or a fitted stick." in part(text, "Do this today")
    assert near in part(text, "Before you begin")
    steady = text_for(library, **{**UNSTEADY, "balance": "good"})
    assert near not in steady and "Take company" not in steady
    seated = text_for(library, **UNSTEADY, mobility="chair_only")
    assert near not in seated and "Take company" not in seated


def test_new_sharp_pain_after_a_bump_is_seen_today_where_bones_may_be_thin(library: Library) -> None:
    said = "You have a new, sharp back pain after a lift, a bump or a cough."
    for who in (UNSTEADY, {"age_band": "40_59", "areas": ("low_back",), "risk_bone": ("osteoporosis",)}):
        assert said in part(text_for(library, **who), "Stop, and get help")
    assert said not in text_for(library, **NUMB)


def test_a_source_is_listed_for_those_whom_its_sentence_concerns(library: Library) -> None:
    young: dict[str, Any] = {"age_band": "18_39", "areas": ("low_back", "upper_back"), "duration": "4to12w", "peg_p": 6}
    mother = {**young, "pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean", "breastfeeding"), "minutes": "5"}
    pregnant = {**young, "pregnancy": "t3", "pgp": "yes"}
    listed = {name: text_for(library, **who).partition("Sources")[2] for name, who in {"m": mother, "p": pregnant, "o": UNSTEADY}.items()}
    assert not re.search("sps_breastfeeding|mhra_nsaid", listed["o"])
    assert "[sps_breastfeeding]" in listed["m"] and "[mhra_nsaid]" in listed["p"]
