"""What no other test proves of the hazard log: bones, infections, bleeding, clots, burns, numbers, pages of help. Clinical safety 8."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from flask import Flask, Response

from planner.domain.answers import Value
from planner.domain.edits import Edits, massage_choices
from planner.domain.journey import Journey, reading_of
from planner.domain.lines import Plan
from planner.domain.model import LEVELS, Library, Question
from planner.domain.plan import build
from planner.domain.steps import page_of
from planner.outputs.calendar import to_ics
from planner.web.draft import Draft, store
from planner.web.patient.question_forms import heavier
from tests.caution_matrix import MATRIX, opened
from tests.clinics import send
from tests.invariants.levels import ALONE, LOWERED
from tests.invariants.limits_rows import expanded
from tests.invariants.numbers import CHILD, CRISIS, EMERG
from tests.invariants.rungs import RUNGS
from tests.people import flags, others, person, well
from tests.rooms import Room
from tests.sheet_forms import Form
from tests.test_profile import FULL
from tests.walker import Walker

ON = date(2026, 11, 21)
CLEARED = [{"massage_cleared": one, "exercise_cleared": other} for one in ("no", "yes") for other in ("no", "yes")]
NEW: dict[str, Any] = {"duration": "lt4w"}


def plan_of(library: Library, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=ON)


BONES: list[dict[str, Any]] = [  # H04: a break that mends, and the rules R1b, R1b_unknown, R1c and R1_t1
    *({"health": ("fracture_healing",), "fracture_site": one} for one in ("spine_ribs_pelvis", "unsure")),
    *({**NEW, "risk_bone": (one,)} for one in ("fragility_fracture", "steroids_long")),
    {**NEW, "risk_bone": ("osteoporosis",), "peg_p": 7},
    {**NEW, "risk_bone": ("height_loss",), "areas": ("upper_back",)},
    {**NEW, "age_band": "75plus", "peg_p": 7},
    {**NEW, "age_band": "60_74", "areas": ("mid_back",), "peg_p": 7},
    {**NEW, "rf_trauma": "minor_fall", "areas": ("mid_back",)},
    {**NEW, "rf_trauma": "minor_fall", "peg_p": 8},
    {**NEW, "rf_trauma": "minor_fall", "pregnancy": "t1"},
]


@pytest.mark.parametrize("cleared", CLEARED)
@pytest.mark.parametrize("answers", BONES)
def test_no_far_bend_and_no_load_where_a_bone_may_be_broken(library: Library, answers: dict[str, Any], cleared: dict[str, str]) -> None:
    plan = plan_of(library, **answers, **cleared)
    assert plan.triage.level == "see_clinician" and plan.triage.hold and plan.lines
    shut = expanded("FAR HEAVY HANDS")
    for line in plan.lines:
        listed = RUNGS[line.item_id].demands if line.item_id in RUNGS else frozenset()
        assert not shut & (listed | set(line.item.demands)), line.id
    assert plan.massage and not plan.massage.styles
    if "health" not in answers or cleared["exercise_cleared"] == "no":
        assert {line.item_id for line in plan.section("exercises")} == {"diaphragm_breathing"}


@pytest.mark.parametrize("question", ["rf_saddle", "rf_bladder_bowel"])
def test_an_old_sign_is_known_only_where_its_label_asks_three_things(library: Library, question: str) -> None:
    """It was there before, it has not changed, and the cause is known. Nothing milder than that, but no, is no emergency."""
    label = next(one.label for one in library.questions[question].options if one.id == "long_standing")
    assert all(re.search(words, label) for words in (r"before this pain", r"has not changed", r"\bknows?\b"))
    for option in library.questions[question].options:
        level = Journey(library, well(library, **{question: option.id})).triage.level
        assert (level == "emergency") == (option.id not in ("no", "long_standing")), option.id


@pytest.mark.parametrize("duration", ["lt4w", "4to12w", "gt12w", "recurrent"])
@pytest.mark.parametrize("risk", ["iv_drugs", "immune_suppressed", "spinal_procedure", "serious_infection", "tb_contact"])
def test_a_risk_of_infection_with_pain_is_always_a_check(library: Library, risk: str, duration: str) -> None:
    who: dict[str, Any] = {"rf_infection_risk": (risk,), "duration": duration}
    for checked in ("no", "yes") if duration in ("lt4w", "4to12w") else ("no",):
        found = Journey(library, well(library, **who, pain_checked=checked)).triage
        assert found.level == "see_clinician" and found.hold and "R2b" in {one.flag.id for one in found.reasons}
    worse = Journey(library, well(library, **who, pain_checked="yes", rf_not_improving="yes")).triage
    assert worse.level == "urgent"


@pytest.mark.parametrize("age", ["16_17", "18_39", "40_59", "60_74", "75plus"])
@pytest.mark.parametrize("blood", ["anticoagulant", "bleeding_disorder"])
def test_a_fall_with_thin_blood_is_urgent_and_on_the_head_an_emergency(library: Library, blood: str, age: str) -> None:
    for fall, level in (("minor_fall", "urgent"), ("minor_fall_head", "emergency")):
        assert Journey(library, well(library, risk_blood=(blood,), rf_trauma=fall, age_band=age)).triage.level == level


@pytest.mark.parametrize("cleared", CLEARED)
def test_with_a_clot_there_is_no_massage_on_any_day(library: Library, cleared: dict[str, str]) -> None:
    who = {"health": ("clot_now",), **cleared}
    edits = Edits(style="swedish", pressure=2, insisted=("massage:swedish", "massage:chair"), initials="AB")
    for plan in (plan_of(library, **who), build(library, well(library, **who), on=ON, edits=edits)):
        assert plan.massage and plan.massage.held and not plan.massage.styles
        assert not any(day.massage for week in plan.weeks for day in week) and b"SUMMARY:Massage" not in to_ics(plan, library)
        assert not any("touch" in line.item.demands for line in plan.lines)


HOT = {"heat", "heat_whole"}


@pytest.mark.parametrize("pick", [pick for pick, row in MATRIX.items() if opened(row.bars) & HOT])
def test_nobody_adds_heat_where_it_is_barred(library: Library, pick: str) -> None:
    for cleared in CLEARED:
        answers = person(library, pick, **cleared)
        assert answers
        hot = next(one for one in massage_choices(reading_of(library, answers), flag_hold=False) if one.id == "massage:hot_stone")
        assert hot.state == "never"
        plan = build(library, answers, on=ON, edits=Edits(style="hot_stone", insisted=("massage:hot_stone",), initials="AB"))
        shut = opened(MATRIX[pick].bars) & HOT
        assert not any(shut & set(line.item.demands) for line in plan.lines) and plan.massage
        assert "massage:hot_stone" not in {line.id for line in plan.massage.styles}


def single_choices(library: Library) -> list[Question]:
    names = [name for page in library.pages if page.safety for name in page.questions]
    return [library.questions[name] for name in dict.fromkeys(names) if library.questions[name].kind == "one"]


def test_the_more_severe_of_two_boxes_counts_in_either_order(library: Library) -> None:
    weighs = {tick: level for level, several in ALONE.items() for tick in several.split()} | dict.fromkeys(LOWERED, 1)
    questions = [one for one in single_choices(library) if any(tick.startswith(f"{one.id}:") for tick in weighs)]
    assert len(questions) >= 14
    for question in (*questions, *(replace(one, options=one.options[::-1]) for one in questions)):  # listed in either order, too
        for pair in itertools.permutations([option.id for option in question.options], 2):
            won = heavier(question, pair)
            assert won in pair
            assert weighs.get(f"{question.id}:{won}", 0) == max(weighs.get(f"{question.id}:{one}", 0) for one in pair), pair


def at(app: Flask, library: Library, answers: dict[str, Value]) -> Any:
    """A browser that has answered so far."""
    client = app.test_client()
    with app.test_request_context():
        cookie = store(Response(), Draft(Journey(library, answers).reachable)).headers["Set-Cookie"]
    client.set_cookie("answers", re.findall("answers=([^;]+)", cookie)[0])
    return client


NOWHERE = """pt-BR es-MX ar-EG ru-RU zh-CN zh-TW ko-KR tr-TR th-TH vi-VN id-ID ms-MY en-PH en-NG en-KE en-GH en-PK ur-PK bn-BD fa-IR
he-IL uk-UA sr-RS es-AR es-CO es-CL fr-MA fr-SN sw-TZ am-ET en fr de es pt it nl pl sv ar zh ko""".split()


def test_forty_languages_without_a_known_region_get_no_countrys_number(app: Flask, library: Library) -> None:
    answers = {name: value for name, value in well(library, rf_saddle="yes").items() if name != "country"}
    client = at(app, library, answers)
    assert len(NOWHERE) >= 40
    for language in NOWHERE:
        card = client.get("/stop", headers={"Accept-Language": language}, expects=200).text.partition("<main")[2]
        card = re.sub(r"<select.*?</select>", "", card, flags=re.S)
        assert "tel:" not in card and "999" not in card and "your local emergency number" in card, language
    assert "tel:999" in client.get("/stop", headers={"Accept-Language": "en-GB"}).text


def words_of_card(app: Flask, library: Library, **answers: Any) -> str:
    """What stands on the stop page, less the list of countries."""
    page = at(app, library, well(library, **answers)).get("/stop", expects=200).text
    assert '<article class="care ' in page
    main = re.sub(r"<select.*?</select>", "", page.partition("<main")[2].partition("</main>")[0], flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", f"<main{main}")))


@pytest.mark.parametrize("country", ["GB", "US", "AU", "IE"])
@pytest.mark.parametrize(("stress", "said"), [("some", "yes"), ("high", "yes"), ("high", "immediate")])
def test_the_page_of_help_in_a_crisis_says_nothing_of_backs(app: Flask, library: Library, stress: str, said: str, country: str) -> None:
    words = words_of_card(app, library, stress=stress, rf_crisis=said, country=country)
    assert CRISIS[country] in words and EMERG[country] in words
    assert re.search(r"\b(backs?|warm|massage|packet|exercises?|slip)\b", words, re.I) is None


def test_a_child_gets_no_plan_and_is_told_whom_to_tell_of_harm(app: Flask, library: Library) -> None:
    for country in ("GB", "IE", "US", "AU"):
        words = words_of_card(app, library, age_band="under16", country=country)
        assert CHILD[country] in words and EMERG[country] in words
    young: dict[str, Any] = {"age_band": "under16"}
    for flag in flags(library):
        answers = person(library, flag, **{**(others(flag) or {}), **young})
        assert answers
        plan = build(library, answers, on=ON)
        assert plan.triage.no_plan and not plan.lines and plan.massage is None and not plan.weeks, flag
        assert LEVELS.index(plan.triage.level) >= LEVELS.index("see_clinician")


@pytest.mark.parametrize(
    ("answers", "level", "reason"),
    [
        ({"rf_neck_vascular": "scalp_jaw"}, "urgent", "R19"),
        ({"rf_neck_vascular": "yes"}, "emergency", "rf_neck_vascular"),
        ({"rf_chest": "effort"}, "emergency", "rf_chest"),
        ({"rf_chest": "effort", "areas": ("upper_back",)}, "emergency", "rf_chest"),
    ],
)
def test_sore_scalp_and_pain_on_effort_are_not_taken_for_a_back(library: Library, answers: dict[str, Any], level: str, reason: str) -> None:
    found = Journey(library, well(library, **answers)).triage
    assert found.level == level and reason in {one.flag.id for one in found.reasons}


def test_the_clinics_own_sentence_is_not_on_a_stop_page(owned: Room) -> None:
    send(owned.client, "/clinic/profile", expects=303, **FULL)
    assert FULL["sentence"] in owned.sheet(owned.prints(owned.begun()))
    form = Form(owned.press(owned.begun(tick=["rf_saddle:yes"]), "update").text)
    stop = owned.sheet(owned.prints(form))
    assert '<body class="one stops' in stop and FULL["name"] in stop and FULL["sentence"] not in stop


def test_what_is_done_standing_says_what_to_hold_on_to(library: Library) -> None:
    """All but what asks for free standing, which poor balance bars."""
    standing = [one for one in library.exercises.values() if "standing" in one.demands and "standing_free" not in one.demands]
    assert len(standing) > 15
    support = re.compile(r"\b(chair|wall|counter|worktop|table|rail|frame|stairs?)\b", re.I)
    assert [one.id for one in standing if not support.search(" ".join(one.steps))] == []


def test_what_was_said_can_be_read_back_from_the_plan_and_changed(app: Flask, library: Library) -> None:
    """Each answer has its row; of the lists of ticks what was ticked, and the "no"s of all safety questions stand in one."""
    person = well(library, rf_claudication="yes_known", health=("diabetes",), stress="some", equipment=("band",))
    walker = Walker(app.test_client(), library, person)
    assert walker.walk() == "/plan"
    assert 'href="/answers"' in walker.page.text
    page = unescape(walker.get("/answers").text)
    asked = Journey(library, person).asked
    homes = {name: page_of(library, name) for name in asked}
    said = [one for one in asked.values() if homes[one.id].kind == "form" and one.id not in homes[one.id].folded]
    said += [asked[name] for name in ("rf_claudication", "health", "stress", "equipment")]
    assert [one.short for one in said if f"<dt>{one.short}</dt>" not in page] == []
    unticked = [name for name, home in homes.items() if home.safety and person[name] == asked[name].default]
    assert page.count(f"No to {len(unticked)} questions") == 1
    assert [asked[name].short for name in unticked if f"<dt>{asked[name].short}</dt>" in page] == []
    assert page.index('href="/plan"') < page.index("<dl>")
