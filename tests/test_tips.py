"""Tips, self-care and therapies for the person who reads them. Source: clinical plan 5 to 8."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.sheet_lines import title_once
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 28)


def plan_for(library: Library, **changes: Any) -> Plan:
    return build(library, well(library, **changes), on=ON, country=str(changes.get("country", "other")))


def shown(plan: Plan, section: str) -> list[str]:
    return [line.item_id for line in plan.section(section)]


PGP = {"pregnancy": "t3", "pgp": "yes", "age_band": "18_39", "day": ("carer_parent", "standing"), "duration": "4to12w", "sleep": "poor"}


def test_pelvic_girdle_pain_has_its_own_tips_and_none_that_loads_one_leg(library: Library) -> None:
    plan = plan_for(library, **PGP, goal="sleep", worse_with=("standing", "walking", "turning_bed"))
    tips = shown(plan, "habits")
    assert tips[0] == "bed_turn" and {"preg_sleep", "pgp_day", "carer_toddler"} <= set(tips)
    assert not {"stand_shift", "stand_foot", "carer_hip"} & set(tips)
    assert plan.today[2].line == "posture:bed_turn" and shown(plan, "therapies")[0] == "pelvic_health"


@pytest.mark.parametrize("goal", ["caring", "lifting", "work"])
def test_who_cares_for_a_child_alone_is_told_nothing_of_moving_adults(library: Library, goal: str) -> None:
    plan = plan_for(library, day=("carer_parent",), goal=goal, worse_with=("lifting",), age_band="18_39")
    text = to_text(plan, library).lower()
    assert "hoist" not in text and "trolley" not in text and "slide sheet" not in text


@pytest.mark.parametrize(
    "more", [{"known": ("stenosis",)}, {"worse_with": ("arching", "sitting")}, {"worse_with": ("standing", "sitting")}]
)
def test_no_cushion_that_arches_a_back_which_arching_or_standing_hurts(library: Library, more: dict[str, Any]) -> None:
    tips = shown(plan_for(library, day=("home", "driving"), **more), "habits")
    assert not {"desk_sofa", "drive_lumbar"} & set(tips)


def test_a_driver_with_numb_feet_looks_at_them_and_climbs_down_with_care(library: Library) -> None:
    numb = {"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",)}
    plan = plan_for(library, day=("driving",), worse_with=("sitting", "getting_up"), goal="work", **numb)
    tips = shown(plan, "habits")
    assert {"feet_check", "drive_pause", "drive_exit"} <= set(tips) and "drive_stop" not in tips
    assert "face the seat" in to_text(plan, library)


def test_poor_balance_from_75_a_falls_check_first_and_free_help_without_money(library: Library) -> None:
    plan = plan_for(library, age_band="75plus", balance="poor", worry_move="yes", stress="some", budget="none")
    assert shown(plan, "therapies")[0] == "falls_service" and "cft" not in shown(plan, "therapies")
    assert "falls_review" in shown(plan, "selfcare")


def test_after_a_birth_mood_and_the_check_are_named(library: Library) -> None:
    birth = {"pregnancy": "postpartum_12w", "birth_when": "6to12w", "age_band": "18_39", "duration": "4to12w"}
    plan = plan_for(library, **birth, stress="high", sleep="poor", worry_move="yes", peg_p=7)
    assert "mood_birth" in shown(plan, "selfcare")
    assert plan.today[0].title == "Your six-week check", "it is due: clinical plan 2.8"
    assert "check_6wk" not in shown(plan, "selfcare"), "said once"
    assert "same time each day" not in to_text(plan, library)


def test_normal_things_wait_for_a_check(library: Library) -> None:
    new = {"duration": "lt4w", "worry_move": "yes"}
    assert "stay_active" in shown(plan_for(library, **new), "selfcare")
    assert "stay_active" not in shown(plan_for(library, **new, rf_weight_loss="yes"), "selfcare")


def test_pain_in_many_places_has_one_line_on_painkillers(library: Library) -> None:
    plan = plan_for(library, known=("widespread_pain",), peg_p=8, peg_e=8, peg_g=8, stress="high")
    assert "medicine_note" not in shown(plan, "selfcare")
    assert "breathing" in shown(plan, "selfcare") or "diaphragm_breathing" in shown(plan, "exercises")
    assert sum("painkiller" in one for one in plan.medicines) == 1


def test_what_people_ask_about_is_fact_and_no_proposal(library: Library) -> None:
    plan = plan_for(library, age_band="40_59")
    text = to_text(plan, library)
    assert {"smt", "acupuncture", "supplements"} == {line.item_id for line in plan.asked}
    assert not {"therapy:smt", "therapy:acupuncture", "therapy:supplements", "posture:sex_ease"} & set(plan.tokens)
    assert "People also ask about" in text and "Not advised for backs: " in text and "Traction" in text and "Sex is safe" in text
    thinned = plan_for(library, age_band="40_59", risk_blood=("anticoagulant",))
    assert "smt" not in {line.item_id for line in thinned.asked}
    assert "sex_ease" not in {line.item_id for line in plan_for(library, age_band="16_17").folded}


def test_a_plan_of_the_united_states_calls_physiotherapy_by_its_name_there(library: Library) -> None:
    plan = plan_for(library, country="US", peg_p=6, peg_e=6, peg_g=6)
    assert "PHYSICAL THERAPY" in to_text(plan, library) and "PHYSIOTHERAPY" not in to_text(plan, library)


@pytest.mark.parametrize("numb", [True, False])
def test_who_drives_for_a_living_has_the_stops_first_and_the_seat(library: Library, numb: bool) -> None:
    feet: dict[str, Any] = {"health": ("diabetes", "numb_skin_neuropathy"), "numb_where": ("feet",)} if numb else {}
    who = {"day": ("driving",), "goal": "work", "work_now": "as_usual", "peg_p": 6, "areas": ("low_back",)}
    plan = plan_for(library, **who, worse_with=("sitting", "bending", "getting_up"), **feet)
    tips = [getattr(line.item, "tip", "") for line in plan.section("habits")]
    assert (
        tips[0].startswith("Stop every 45 minutes or so where you can, never over 2 hours.")
        and any("pedals" in one for one in tips)
        and any("high cab" in one for one in tips)
    )
    assert plan.today[2].line == plan.section("habits")[0].id and "Every 45 minutes or so" in plan.today[2].text
    assert not any("between tasks" in one for one in plan.work)


def test_who_drives_from_a_wheelchair_reads_nothing_of_pedals(library: Library) -> None:
    plan = plan_for(library, day=("driving",), goal="work", worse_with=("sitting",), mobility="chair_only", kneel_ok="no")
    assert "pedals" not in to_text(plan, library)


def test_a_line_of_other_help_on_a_sheet_names_it_once_whatever_a_country_calls_it(library: Library) -> None:
    """It read "Physical therapy. Physiotherapy: 4 to 8 visits" in the US, and "Exercise group with a trainer. Exercise group: ..."."""
    for therapy in library.therapies.values():
        for title in (therapy.title, *therapy.title_in.values()) if therapy.slot in ("first", "mind") else ():
            name, _end, rest = unescape(re.sub("</?b>", "|", title_once(therapy.short, title))).removeprefix("|").partition("|")
            twice = {*re.findall(r"\w{6,}", name.lower())} & {*re.findall(r"\w{6,}", rest.lower())}
            assert rest and not twice, title


def test_one_break_is_one_tip_whatever_else_is_said(library: Library) -> None:
    """A reader met two tips for the same break, each with every 30 minutes: never both, and one where nothing else is worse."""
    for goal in ("work", "sitting", "sleep"):
        for worse in (("sitting",), ("one_position",), ()):
            plan = plan_for(library, areas=("neck_shoulders",), day=("desk",), goal=goal, worse_with=worse)
            breaks = {"desk_change", "desk_break"} & set(shown(plan, "habits"))
            assert len(breaks) <= 1 and (breaks or not worse), (goal, worse)


def test_after_a_birth_no_firm_work_on_single_spots(library: Library) -> None:
    """Massage after a birth is for comfort (clinical plan 4): steady pressure on sore spots is no second choice there."""
    spots = {"areas": ("low_back", "upper_back"), "budget": "some", "pressure_pref": "medium", "duration": "4to12w", "age_band": "18_39"}
    before = plan_for(library, **spots)
    after = plan_for(library, **spots, pregnancy="postpartum_12w", birth_when="6to12w", massage_cleared="no")
    assert before.massage and after.massage and after.massage.recommended
    assert "massage:trigger_point" in {line.id for line in before.massage.styles}
    assert "massage:trigger_point" not in {line.id for line in after.massage.styles}


def test_without_pain_a_tip_for_the_day_is_enough(library: Library) -> None:
    """Goal and day alone count there (clinical plan 5.1), so a desk gives its own tip, two at most."""
    well_at_a_desk = {"areas": ("none",), "goal": "sport", "activity": "athlete"}
    tips = shown(plan_for(library, **well_at_a_desk, day=("desk", "athlete")), "habits")
    assert "desk_change" in tips and len(tips) <= 2
    assert not shown(plan_for(library, **well_at_a_desk, day=("athlete",)), "habits")


def test_acupuncture_is_a_fact_about_low_backs(library: Library) -> None:
    """What guidelines disagree on is low back pain: a neck that is sore alone reads nothing of it."""
    for areas, said in ((("neck_shoulders",), False), (("upper_back",), False), (("low_back", "neck_shoulders"), True)):
        plan = plan_for(library, areas=areas, duration="gt12w")
        assert ("therapy:acupuncture" in {line.id for line in plan.asked}) is said, areas


def test_sore_breasts_do_not_lie_on_the_front_for_a_massage(library: Library) -> None:
    birth = {"pregnancy": "postpartum_12w", "birth_when": "6to12w", "massage_cleared": "no", "duration": "4to12w"}
    born = to_text(plan_for(library, areas=("low_back", "upper_back"), budget="some", age_band="18_39", **birth), library)
    assert "On your front: feed first, and not with sore breasts." in " ".join(born.split())


def test_the_page_for_all_asks_each_question_once(library: Library, client: Any) -> None:
    """A question that stands in for another is for those people alone: there it stood beside the one that it replaces."""
    asked = unescape(client.get("/find").text)
    assert "What training do you have for a problem like mine?" in asked
    assert "What training do you have in this kind of massage?" not in asked
