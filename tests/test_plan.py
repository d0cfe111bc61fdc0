"""The plan as one object: three things for today, how many of each kind, tags, tokens, words for its head, and dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.domain.model import Library, TagRule, Wording
from planner.domain.plan import build, goal_label
from tests.made import a_few_items, caution, exercise, flag, massage, selfcare, suited, therapy, with_items, with_policy
from tests.people import well

ON = date(2026, 11, 21)


@pytest.fixture
def small(library: Library) -> Library:
    return a_few_items(library)


def plan_of(library: Library, edits: Edits | None = None, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=ON, edits=edits)


def ids(plan: Plan, section: str) -> list[str]:
    return [line.id for line in plan.section(section)]


def today(plan: Plan) -> list[str]:
    return [one.line for one in plan.today]


def test_three_things_today_are_an_exercise_of_every_day_walking_and_the_best_habit(small: Library) -> None:
    plan = plan_of(small)
    assert today(plan) == ["exercise:stand", "selfcare:walk", "posture:lift"]
    assert [(one.title, one.text) for one in plan.today][1:] == [("title of walk", "short of walk"), ("title of lift", "short of lift")]


def test_an_exercise_of_three_days_a_week_stands_in_where_none_is_daily(small: Library) -> None:
    assert today(plan_of(with_items(small, exercises=[small.exercises["lie"]])))[0] == "exercise:lie"


def test_more_self_care_where_something_of_today_is_lacking(small: Library) -> None:
    assert today(plan_of(with_items(small, habits=()))) == ["exercise:stand", "selfcare:walk", "selfcare:heat"]
    assert today(plan_of(with_items(small, habits=(), exercises=()))) == ["selfcare:walk", "selfcare:heat", "selfcare:ball"]


def test_only_what_has_a_point_and_no_more_than_the_policy_says(small: Library) -> None:
    assert ids(plan_of(small), "habits") == ["posture:lift", "posture:sit"]
    assert ids(plan_of(with_policy(small, habits=1)), "habits") == ["posture:lift"]
    line = plan_of(small).section("habits")[0]
    assert (line.title, line.section, line.points, line.certainty, line.item) == ("title of lift", "habits", 2, "low", small.habits["lift"])
    assert (line.sources, [why.say for why in line.because]) == (("product_rule",), ["because"])


def test_self_care_beyond_the_usual_must_have_the_points_for_it(small: Library) -> None:
    cares = [selfcare("walk"), *(selfcare(f"c{points}", suits=suited(points)) for points in (9, 8, 7, 6, 5))]
    held = with_policy(with_items(small, selfcare=cares), selfcare=5, selfcare_usual=1, selfcare_must=8)
    assert ids(plan_of(held), "selfcare") == ["selfcare:walk", "selfcare:c9", "selfcare:c8"]
    assert ids(plan_of(with_policy(held, selfcare_must=7)), "selfcare")[1:] == ["selfcare:c9", "selfcare:c8", "selfcare:c7"]
    assert ids(plan_of(with_policy(held, selfcare_usual=4)), "selfcare")[1:] == [f"selfcare:c{points}" for points in (9, 8, 7, 6)]
    assert ids(plan_of(with_policy(held, selfcare=2, selfcare_usual=4)), "selfcare")[1:] == ["selfcare:c9", "selfcare:c8"]


def test_walking_comes_first_and_once(small: Library) -> None:
    held = with_items(small, selfcare=[selfcare("walk", suits=suited(2)), selfcare("heat", suits=suited(3))])
    assert ids(plan_of(held), "selfcare") == ["selfcare:walk", "selfcare:heat"]


def test_a_caution_takes_self_care_and_therapies_away_and_says_why(small: Library) -> None:
    held = with_items(small, cautions=[caution("c", exclude_selfcare=("heat",), exclude_therapies=("yoga",), when=({"sleep": ("poor",)},))])
    plan = plan_of(held, sleep="poor")
    assert ids(plan, "selfcare") == ["selfcare:walk", "selfcare:ball"] and ids(plan, "therapies") == ["therapy:calm"]
    told = {one.id: [(why.say, why.question_id) for why in one.because] for one in plan.left_out}
    assert told == {"selfcare:heat": [("say c", "sleep")], "therapy:yoga": [("say c", "sleep")]}


def test_what_holds_massage_holds_massage_at_home_too(small: Library) -> None:
    held = with_items(
        small, cautions=[caution("a", exclude_selfcare=("heat",)), caution("c", level="absolute", when=({"sleep": ("poor",)},))]
    )
    plan = plan_of(held, sleep="poor")
    left = {one.id: [(why.say, why.question_id) for why in one.because] for one in plan.left_out}
    assert left["selfcare:ball"] == [("say c", "sleep")]
    assert plan.massage and not plan.massage.home and "home_massage_option" not in plan.tags
    flagged = with_items(small, flags=[flag("f", hold=True)])
    (ball,) = [one for one in plan_of(flagged).left_out if one.id == "selfcare:ball"]
    assert [why.say for why in ball.because] == [small.policy.held_because]
    plan = plan_of(small)
    assert plan.massage and plan.massage.home and "home_massage_option" in plan.tags


def test_one_therapy_of_movement_and_one_of_mind_and_body_for_those_in_distress(small: Library) -> None:
    more = [therapy("swim", "movement", suits=suited(9)), therapy("no", "mind_body"), therapy("needle", "needling", suits=suited(9))]
    held = with_items(small, therapies=[*small.therapies.values(), *more])
    assert ids(plan_of(held), "therapies") == ["therapy:swim"]
    assert ids(plan_of(held, sleep="poor"), "therapies") == ["therapy:swim", "therapy:calm"]
    assert ids(plan_of(with_policy(held, therapies=1), sleep="poor"), "therapies") == ["therapy:swim"]
    assert ids(plan_of(with_items(held, therapies=more[1:]), sleep="poor"), "therapies") == []


def test_which_plans_are_limited(small: Library) -> None:
    waits = with_items(small, exercises=[exercise("begin", starter=True), exercise("strong", "strength")], flags=[flag("f", hold=True)])
    plan = plan_of(waits)
    assert (plan.limited, ids(plan, "exercises"), ids(plan, "therapies")) == ("starters", ["exercise:begin"], [])
    assert plan_of(waits, health=("surgery_lt6w",)).limited == "breathing"
    assert plan_of(small).limited == ""
    medical = caution("c", level="absolute")
    for cautions, flags, limited in (
        ([medical], [flag("f")], "starters"),
        ([replace(medical, medical=False)], [flag("f")], ""),
        ([replace(medical, level="modify")], [flag("f")], ""),
        ([medical], [], ""),
    ):
        assert plan_of(with_items(waits, cautions=cautions, flags=flags)).limited == limited
    assert plan_of(with_items(small, flags=[flag("f", no_plan=True)])).limited == "stopped"


def test_a_stopped_plan_holds_nothing(small: Library) -> None:
    plan = plan_of(with_items(small, flags=[flag("f", "urgent")]))
    assert (plan.lines, plan.left_out, plan.weeks, plan.today, plan.tags, plan.massage) == ((), (), (), (), (), None)
    assert plan.tokens == ("massage:hold", "freq:none", "action:same_day")
    assert (plan.minutes_offered, plan.minutes_used) == (0, 0)


def test_tags_of_cautions_rules_and_the_massage_shown(small: Library) -> None:
    held = with_items(small, cautions=[caution("c", tags=("short_session", "pacing"))])
    held = with_policy(held, tag=(TagRule("stress_support", ({"stress": ("high",)},)), TagRule("pacing", ({"sleep": ("poor",)},))))
    shown = ("review_after_4", "evidence_low", "fragrance_free", "home_massage_option")
    assert plan_of(held).tags == ("short_session", "pacing", *shown)
    assert plan_of(held, stress="high", sleep="poor").tags == ("short_session", "pacing", "stress_support", *shown)


@pytest.mark.parametrize(
    ("level", "cleared", "tagged"),
    [("clinician", "no", True), ("clinician", "yes", False), ("absolute", "no", False), ("modify", "no", False)],
)
def test_a_clinicians_yes_comes_before_massage_only_where_it_would_help(small: Library, level: str, cleared: str, tagged: bool) -> None:
    plan = plan_of(with_items(small, cautions=[caution("c", level=level)]), massage_cleared=cleared)
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
        *("therapy:yoga", "pressure:max:4", "position:prone", "position:supine", "session:60", "freq:weekly"),
        *("tag:review_after_4", "tag:evidence_low", "tag:fragrance_free", "tag:home_massage_option"),
    )
    held = plan_of(with_items(small, cautions=[caution("c", level="absolute")]))
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
    held = with_policy(with_items(small, cautions=[caution("c", level="absolute")]), headline=words)
    assert plan_of(held, health=("surgery_lt6w",)).headline == "here"
    stop = [flag("f", "urgent")]
    words = (Wording("a", {"massage": ("held",), "limited": ("stopped",), "level": ("urgent",)}, "stop"),)
    assert plan_of(with_policy(with_items(small, flags=stop), headline=words)).headline == "stop"


def test_goal_country_dates_and_versions(small: Library) -> None:
    plan = build(small, well(small, goal="walking", goal_words="to the sea"), on=ON, lang="de")
    assert (plan.goal, plan.goal_words, plan.lang, plan.country) == ("walking", "to the sea", "de", "GB")
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
    with pytest.raises(ValueError, match=r"sleep, goal$"):
        build(library, answers, on=ON)


def test_left_out_of_every_section(small: Library) -> None:
    barred: dict[str, Any] = {"avoid": ("poor_balance",)}
    held = with_items(
        small,
        massages=[*small.massages.values(), massage("thai", **barred)],
        exercises=[*small.exercises.values(), exercise("hop", **barred)],
        selfcare=[*small.selfcare.values(), selfcare("ice", **barred)],
        therapies=[*small.therapies.values(), therapy("dance", "movement", **barred)],
    )
    plan = plan_of(held, balance="poor")
    assert [one.id for one in plan.left_out] == ["massage:thai", "exercise:hop", "selfcare:ice", "therapy:dance"]
    wanted = Edits(exercises=("hop", "stand", "lie"))
    again = plan_of(held, wanted, balance="poor")
    assert [one.id for one in again.left_out] == ["massage:thai", "exercise:hop", "selfcare:ice", "therapy:dance"], "each once"


def test_minutes_used_are_those_of_the_exercises(small: Library) -> None:
    plan = plan_of(small, minutes="20")
    assert (plan.minutes_offered, plan.minutes_used) == (20, 2)
    assert [day.massage for day in plan.weeks[0]].count(True) == 1
