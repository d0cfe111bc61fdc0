"""The plan as one object: three things for today, how many of each kind, tags, tokens, words for its head, and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.edits import Edits
from planner.domain.journey import ask_order
from planner.domain.lines import Plan
from planner.domain.model import Library, TagRule, Wording
from planner.domain.plan import build, goal_label
from tests.made import (
    a_few_items,
    condition,
    exercise,
    flag,
    habit,
    massage,
    row,
    selfcare,
    suited,
    therapy,
    with_items,
    with_policy,
    with_schedule,
)
from tests.people import well

ON = date(2026, 11, 21)
LOW = ({"areas": ("low_back",)},)


@pytest.fixture
def small(library: Library) -> Library:
    return a_few_items(library)


def plan_of(library: Library, edits: Edits | None = None, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=ON, edits=edits)


def ids(plan: Plan, section: str) -> list[str]:
    return [line.id for line in plan.section(section)]


def today(plan: Plan) -> list[str]:
    return [one.line for one in plan.today]


def test_three_things_today_are_the_best_exercise_the_walk_and_the_best_habit(small: Library) -> None:
    plan = plan_of(small)
    assert today(plan) == ["exercise:stand", "selfcare:walk", "posture:lift"], "equal points: file order"
    assert plan.today[1].text == "Walk 10 minutes.", "the minutes of this person's first week"
    assert plan_of(small, activity="low").today[1].text == "Walk 6 minutes."
    assert (plan.today[2].title, plan.today[2].text) == ("title of lift", "short of lift")
    both = plan_of(small, areas=("low_back", "buttock_hip"))
    assert today(both)[0] == "exercise:lie", "two places that hurt, and three days a week count too"
    assert today(plan_of(with_items(small, exercises=[small.exercises["lie"]])))[0] == "exercise:lie"


def test_a_tip_of_today_has_points_or_else_the_first_self_care_stands_in(small: Library) -> None:
    few = [habit("weak", suits=suited(3))]
    for habits in ((), few):
        assert today(plan_of(with_items(small, habits=habits))) == ["exercise:stand", "selfcare:walk", "selfcare:heat"]
    assert today(plan_of(with_items(small, habits=[habit("enough", suits=suited(4))])))[2] == "posture:enough"


@pytest.mark.parametrize("answers", [{"areas": ("none",), "duration": "none", "activity": "regular"}, {"mobility": "chair_only"}])
def test_a_second_exercise_for_whoever_needs_no_walk_and_a_push_in_a_chair(small: Library, answers: dict[str, Any]) -> None:
    found = plan_of(small, **answers)
    if found.walk and found.walk.pushing:
        assert (today(found)[::2], found.today[1].text.count("3")) == (["exercise:stand", "posture:lift"], 2), "3 times 3 minutes"
        assert "push" in found.today[1].text.lower() and "walk" not in found.today[1].text.lower()
    else:
        assert today(found) == ["exercise:stand", "exercise:lie", "posture:lift"]


def test_today_begins_with_a_check_that_is_due_or_a_position_that_eases_new_strong_pain(small: Library) -> None:
    checked = plan_of(with_items(small, flags=[flag("f")]))
    assert [one.line for one in checked.today] == ["", "selfcare:walk", "posture:lift"] and "{GP}" in checked.today[0].text
    rest = with_items(small, exercises=[*small.exercises.values(), exercise("rest_front", "ease", "prone")])
    assert today(plan_of(rest, duration="lt4w", peg_p=7))[0] == "exercise:rest_front"
    assert today(plan_of(rest, duration="lt4w", peg_p=6))[0] == "exercise:stand"
    assert today(plan_of(rest, duration="gt12w", peg_p=7))[0] == "exercise:stand"


def test_only_what_has_a_point_and_no_more_than_the_policy_says(small: Library) -> None:
    assert ids(plan_of(small), "habits") == ["posture:lift", "posture:sit"]
    assert ids(plan_of(with_policy(small, habits=1)), "habits") == ["posture:lift"]
    line = plan_of(small).section("habits")[0]
    assert (line.title, line.section, line.points, line.certainty, line.item) == ("title of lift", "habits", 5, "low", small.habits["lift"])
    assert (line.sources, [why.say for why in line.because]) == (("product_rule",), ["because"])


def test_what_holds_massage_holds_massage_at_home_too(small: Library) -> None:
    held = with_items(small, conditions=[condition("a"), condition("c", level="absolute", when=({"sleep": ("poor",)},))])
    plan = plan_of(held, sleep="poor")
    left = {one.id: [(why.say, why.question_id) for why in one.because] for one in plan.left_out}
    assert left == {"selfcare:ball": [("say c", "sleep")]}
    assert plan.massage and not plan.massage.home and "home_massage_option" not in plan.tags
    flagged = with_items(small, flags=[flag("f", hold=True)])
    (ball,) = [one for one in plan_of(flagged).left_out if one.id == "selfcare:ball"]
    assert [why.say for why in ball.because] == [small.policy.held_because]
    unpaid = plan_of(with_schedule(small, frequency=(row("any", freq="none"),)))
    assert unpaid.massage and not unpaid.massage.recommended, "clinical plan 4.1: no paid massage, and hands at home all the same"
    for plan in (plan_of(small), unpaid):
        assert plan.massage and plan.massage.home and "home_massage_option" in plan.tags and "selfcare:ball" in plan.tokens


@pytest.mark.parametrize(
    ("tier", "cleared", "limited", "moves"),
    [
        ("breathing", "no", "breathing", {"diaphragm_breathing"}),
        ("breathing", "yes", "", {"begin", "strong", "push", "diaphragm_breathing"}),
        ("starters", "no", "starters", {"begin", "diaphragm_breathing"}),
        ("all", "no", "", {"begin", "strong", "push", "diaphragm_breathing"}),
    ],
)
def test_which_plans_are_limited(small: Library, tier: str, cleared: str, limited: str, moves: set[str]) -> None:
    """Clinical safety, section 2: T1 breathing alone, T2 starters, T3 all; a yes to exercise lifts the tier."""
    calm = exercise("diaphragm_breathing", "breathing", "supine", starter=True)
    items = [exercise("begin", starter=True), exercise("strong", "strength"), exercise("push", "strength"), calm]
    held = with_items(small, exercises=items, conditions=[condition("c", tier=tier, when=LOW)])
    plan = plan_of(held, exercise_cleared=cleared, sleep="poor")  # breathing is for those who sleep badly, and a few more
    assert (plan.limited, {line.item_id for line in plan.section("exercises")}) == (limited, moves)
    assert plan_of(with_items(small, flags=[flag("f", no_plan=True)])).limited == "stopped"


def test_a_stopped_plan_holds_nothing(small: Library) -> None:
    plan = plan_of(with_items(small, flags=[flag("f", "urgent")]))
    assert (plan.lines, plan.left_out, plan.weeks, plan.today, plan.tags, plan.massage) == ((), (), (), (), (), None)
    assert (plan.walk, plan.expect, plan.work, plan.flare, plan.goal_way.steps, plan.limits.tier) == (None, (), (), (), (), "none")
    assert plan.tokens == ("massage:hold", "freq:none", "action:same_day")
    assert (plan.minutes_offered, plan.minutes_used) == (0, 0)


def test_tags_of_conditions_rules_and_the_massage_shown(small: Library) -> None:
    held = with_items(small, conditions=[condition("c", tags=("short_session", "pacing"))])
    held = with_policy(held, tag=(TagRule("stress_support", ({"stress": ("high",)},)), TagRule("pacing", ({"sleep": ("poor",)},))))
    shown = ("review_after_4", "evidence_low", "fragrance_free", "home_massage_option")
    assert plan_of(held).tags == ("short_session", "pacing", *shown)
    assert plan_of(held, stress="high", sleep="poor").tags == ("short_session", "pacing", "stress_support", *shown)


@pytest.mark.parametrize(
    ("level", "cleared", "tagged"),
    [("clinician", "no", True), ("clinician", "yes", False), ("absolute", "no", False), ("modify", "no", False)],
)
def test_a_clinicians_yes_comes_before_massage_only_where_it_would_help(small: Library, level: str, cleared: str, tagged: bool) -> None:
    plan = plan_of(with_items(small, conditions=[condition("c", level=level, when=LOW)]), massage_cleared=cleared)
    assert ("clinician_ok_before_massage" in plan.tags) is tagged
    assert ("tag:clinician_ok_before_massage" in plan.tokens) is tagged
    assert ("review_after_4" in plan.tags) is bool(plan.massage and plan.massage.styles)


def test_tokens_say_what_is_recommended_allowed_and_to_be_done(small: Library) -> None:
    plan = plan_of(small)
    assert plan.tokens == (
        *(
            "massage:rub",
            "exercise:lie",
            "exercise:stand",
            "posture:lift",
            "posture:sit",
            "selfcare:walk",
            "selfcare:heat",
            "selfcare:ball",
        ),
        *("therapy:yoga", "therapy:calm", "pressure:max:4", "position:prone", "position:supine", "session:60", "freq:weekly"),
        *("tag:review_after_4", "tag:evidence_low", "tag:fragrance_free", "tag:home_massage_option"),
    )
    held = plan_of(with_items(small, conditions=[condition("c", level="absolute")]))
    assert not {"pressure", "position", "session"} & {one.partition(":")[0] for one in held.tokens}
    assert {"massage:hold", "freq:none"} <= set(held.tokens) and "massage:rub" not in held.tokens
    assert plan_of(with_items(small, flags=[flag("f")])).tokens[-1] == "action:gp_soon"


HEADS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({"massage": ("weekly",)}, {}, "here"),
    ({"massage": ("held",)}, {}, "else"),
    ({"limited": ("no",)}, {}, "here"),
    ({"level": ("self_care",)}, {}, "here"),
    ({"sleep": ("poor",)}, {"sleep": "poor"}, "here"),
    ({"sleep": ("poor",)}, {"sleep": "ok"}, "else"),
]


@pytest.mark.parametrize(("when", "answers", "said"), HEADS)
def test_headline_lead_and_notes_follow_answers_and_what_the_plan_came_to(small: Library, when: Any, answers: Any, said: str) -> None:
    words = (Wording("a", when, "here"), Wording("b", {}, "else"))
    plan = plan_of(with_policy(small, headline=words, lead=words, note=words), **answers)
    assert plan.headline == plan.lead == said
    assert plan.notes == (("here", "else") if said == "here" else ("else",))
    assert plan_of(small).headline == ""


def test_words_for_a_held_massage_and_a_limited_plan(small: Library) -> None:
    words = (Wording("a", {"massage": ("held",), "limited": ("breathing",)}, "here"),)
    held = with_policy(with_items(small, conditions=[condition("c", level="absolute", tier="breathing")]), headline=words)
    assert plan_of(held).headline == "here"
    words = (Wording("a", {"massage": ("held",), "limited": ("stopped",), "level": ("urgent",)}, "stop"),)
    assert plan_of(with_policy(with_items(small, flags=[flag("f", "urgent")]), headline=words)).headline == "stop"


def test_goal_country_dates_and_versions(small: Library) -> None:
    plan = build(small, well(small, goal="walking", goal_words="to the sea"), on=ON, lang="de")
    assert (plan.goal, plan.goal_words, plan.lang, plan.country) == ("walking", "to the sea", "de", "other")
    assert plan.goal_label == next(one.label for one in small.questions["goal"].options if one.id == "walking")
    assert (plan.made_on, plan.review_on) == (ON, date(2026, 12, 19))  # the reference: four weeks
    assert (plan.content_version, plan.reviewed) == (small.version, small.reviewed)
    assert build(small, well(small), on=ON, country="US").country == "US"
    nowhere = replace(small, pages=tuple(replace(page, questions=tuple(set(page.questions) - {"country", "goal"})) for page in small.pages))
    assert (build(nowhere, well(small), on=ON).country, build(nowhere, well(small), on=ON).goal) == ("", "")
    assert plan_of(small).goal_label == goal_label(small, "gone") == goal_label(small, "") == ""
    assert goal_label(with_items(small, questions=()), "walking") == ""
    assert (plan_of(small).lang, plan_of(small).goal_words) == ("en", "")


def test_an_open_question_makes_no_plan(library: Library) -> None:
    answers = well(library)
    del answers["sleep"], answers["goal"]
    with pytest.raises(ValueError, match=": " + ", ".join(one.id for one in ask_order(library) if one.id in ("sleep", "goal")) + "$"):
        build(library, answers, on=ON)


def test_left_out_of_every_section_each_once(small: Library) -> None:
    hop: dict[str, Any] = {"demands": ("impact",)}
    held = with_items(
        small,
        conditions=[condition("c", bars=("impact",), when=({"balance": ("poor",)},))],
        massages=[*small.massages.values(), massage("thai", **hop)],
        exercises=[*small.exercises.values(), exercise("hop", **hop)],
        selfcare=[*small.selfcare.values(), selfcare("ice", **hop)],
        therapies=[*small.therapies.values(), therapy("dance", "first", **hop)],
    )
    left = ["massage:thai", "exercise:hop", "selfcare:ice", "therapy:dance"]
    assert [one.id for one in plan_of(held, balance="poor").left_out] == left
    wanted = Edits(exercises=("hop", "stand", "lie"))
    assert sorted(one.id for one in plan_of(held, wanted, balance="poor").left_out) == sorted(left)


def test_minutes_used_are_those_of_the_exercises(small: Library) -> None:
    plan = plan_of(small, minutes="20")
    assert (plan.minutes_offered, plan.minutes_used) == (20, 2)
    assert [day.massage for day in plan.weeks[0]].count(True) == 1
