"""Choosing: points, reasons, ties, what is left out and why."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.domain.choose import Ranked, caveats, once, ranked, split
from planner.domain.lines import Because, Plan
from planner.domain.model import Caveat, Library, SelfCare, Suit
from planner.domain.plan import build
from planner.domain.rules import Reading
from tests.made import a_few_items, condition, exercise, habit, reading_of, selfcare, suited, therapy, with_items
from tests.people import well

POOR = {"balance": ("poor",)}
SLEEP = {"sleep": ("poor",)}
PERSON: dict[str, Any] = {"balance": "poor", "sleep": "poor", "stress": "high", "areas": ("low_back", "mid_back")}


def ranks(library: Library, *suits: Suit, **more: Any) -> Ranked[SelfCare]:
    item = selfcare("one", suits=suits, **more)
    return ranked([item], "selfcare", reading_of(with_items(library, selfcare=[item]), **PERSON))[0]


def test_points_add_up_over_what_matches(library: Library) -> None:
    found = ranks(library, Suit(POOR, 3, "a"), Suit(SLEEP, 4, "b"), Suit({"sleep": ("ok",)}, 50, "c"), Suit({}, 1, "d"))
    assert found.points == 8
    assert ranks(library).points == 0


def test_the_two_reasons_that_weigh_most_are_printed_each_with_its_answer(library: Library) -> None:
    found = ranks(library, Suit(POOR, 1, "least"), Suit(SLEEP, 5, "most"), Suit({"stress": ("high",)}, 3, "second"))
    assert [(one.say, one.question_id) for one in found.because] == [("most", "sleep"), ("second", "stress")]


def test_a_reason_of_the_persons_own_comes_before_one_for_everybody(library: Library) -> None:
    found = ranks(library, Suit({}, 9, "everybody"), Suit(POOR, 1, "own"))
    assert [(one.say, one.question_id) for one in found.because] == [("own", "balance")]
    assert [one.say for one in ranks(library, Suit({}, 1, "less"), Suit({}, 2, "more")).because] == ["more"], "nobody's own: the weightiest"


def test_without_a_reason_of_its_own_an_item_says_its_because_or_else_its_evidence(library: Library) -> None:
    assert ranks(library, because="because").because == (Because("because"),)
    assert ranks(library, because="").because == (Because("evidence"),)


def test_each_answer_is_quoted_once_and_three_at_most() -> None:
    def one(say: str, question: str, answer: str) -> Because:
        return Because(say, question, answer, question)

    twice = (one("first", "sleep", "poor"), one("again", "sleep", "poor"), one("other", "sleep", "ok"), one("next", "stress", "high"))
    assert [because.say for because in once(twice)] == ["first", "other", "next"]
    assert [because.say for because in once((*twice, one("fourth", "balance", "poor")))] == ["first", "other", "next"]


def test_the_best_come_first_and_ties_go_to_the_lower_order(library: Library) -> None:
    items = [
        selfcare("a", order=9),
        selfcare("b", order=3),
        selfcare("c", suits=(Suit({}, 2, ""),)),
        selfcare("d", suits=(Suit({}, 5, ""),)),
    ]
    assert [one.item.id for one in ranked(items, "selfcare", reading_of(with_items(library, selfcare=items)))] == ["d", "c", "b", "a"]


def test_an_item_is_for_those_that_any_of_its_lookups_fits(library: Library) -> None:
    rested: dict[str, Any] = {"sleep": ("ok",)}
    items = [selfcare("all"), selfcare("either", when=(rested, POOR)), selfcare("rested", when=(rested,))]
    parted = split("selfcare", reading_of(with_items(library, selfcare=items), **PERSON))
    assert [one.item.id for one in parted.allowed] == ["all", "either"] and not parted.left_out


def limited(library: Library, *conditions: Any, **more: Any) -> Reading:
    return reading_of(with_items(library, conditions=conditions), **PERSON, **more)


@pytest.mark.parametrize("force", ["bars", "ask", "soft"])
def test_a_demand_that_is_not_allowed_says_its_reason_and_the_persons_own_answer(library: Library, force: str) -> None:
    """Clinical safety, section 1: "Left out" prints the demand's reason and what the person said."""
    reading = limited(library, condition("c", when=(POOR,), **{force: ("kneeling",)}))
    (why,) = reading.why_barred(("standing", "kneeling"))
    assert (why.say, why.question_id) == (library.demands["kneeling"].reason, "balance")
    assert reading.why_barred(("standing",)) == reading.why_barred(()) == ()


def test_of_several_reasons_the_strictest_is_given(library: Library) -> None:
    reading = limited(
        library,
        condition("mild", when=(SLEEP,), soft=("floor",), ask=("kneeling",)),
        condition("firm", when=(POOR,), bars=("impact",)),
        condition("strict", when=({"stress": ("high",)},), bars=("floor",), level="absolute"),
    )

    def told(*demands: str) -> list[tuple[str, str]]:
        return [(why.say, why.question_id) for why in reading.why_barred(demands)]

    assert told("floor") == [(library.demands["floor"].reason, "stress")], "a bar beside a soft"
    assert told("kneeling", "impact") == [(library.demands["impact"].reason, "balance")], "a bar before what is asked"
    assert told("impact", "floor") == [(library.demands["impact"].reason, "balance")], "of two bars the first that the item names"


def test_each_yes_opens_its_own_kind_of_item(library: Library) -> None:
    """Clinical safety, section 2, two clearances: an item with hands on the body waits for the yes to massage, any other for exercise."""
    asks = condition("c", ask=("pressure_firm", "impact"), ask_who="your doctor")
    hands, jumps = selfcare("hands", demands=("touch", "pressure_firm")), selfcare("jumps", demands=("impact",))

    def shut(**yes: str) -> list[str]:
        return [one.id for one in (hands, jumps) if limited(library, asks, **yes).why_barred(one.demands)]

    assert shut() == shut(massage_cleared="no", exercise_cleared="no") == ["hands", "jumps"]
    assert shut(massage_cleared="yes") == ["jumps"]
    assert shut(exercise_cleared="yes") == ["hands"]
    both = limited(library, condition("c", bars=("pressure_firm", "impact")), massage_cleared="yes", exercise_cleared="yes")
    assert both.why_barred(hands.demands) and both.why_barred(jumps.demands), "nobody opens a bar"


def test_items_are_parted_into_allowed_and_left_out(library: Library) -> None:
    items = [
        selfcare("free", demands=("walking",)),
        selfcare("barred", demands=("kneeling",)),
        selfcare("excluded", demands=("kneeling",)),
        selfcare("not_theirs", when=({"sleep": ("ok",)},), demands=("kneeling",)),
        selfcare("best", suits=(Suit({}, 1, ""),)),
    ]
    reading = limited(with_items(library, selfcare=items), condition("c", when=(POOR,), bars=("kneeling",)))
    parted = split("selfcare", reading, {"excluded": (Because("by name"),)})
    assert [one.item.id for one in parted.allowed] == ["best", "free"]
    assert [(one.id, one.title) for one in parted.left_out] == [
        ("selfcare:barred", "title of barred"),
        ("selfcare:excluded", "title of excluded"),
    ]
    assert [why.say for one in parted.left_out for why in one.because] == [library.demands["kneeling"].reason, "by name"]
    assert not split("selfcare", reading_of(with_items(library, selfcare=items[:1]))).left_out


def test_caveats_are_what_holds_for_the_person_each_once(library: Library) -> None:
    found = [Caveat(POOR, "a"), Caveat({"sleep": ("ok",)}, "b"), Caveat({}, "c"), Caveat(SLEEP, "a")]
    assert caveats(found, reading_of(library, **PERSON)) == ("a", "c")


@pytest.fixture
def small(library: Library) -> Library:
    return a_few_items(library)


def plan_of(library: Library, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=date(2026, 11, 21))


def ids(library: Library, section: str, **answers: Any) -> list[str]:
    """The lines of one section that stands beside exercises and massage, of a well person with these answers."""
    return [line.id for line in plan_of(library, **answers).section(section)]


def test_tips_answer_something_and_are_not_all_of_one_situation(small: Library) -> None:
    """Clinical plan 5.1: the best 4 with 4 points or more, 2 of one situation, 1 of sleep, 2 of it where nights matter."""
    tips = [
        habit(f"{kind}{points}", situation=kind, suits=suited(points)) for kind in ("sitting", "sleep", "lift") for points in (9, 8, 7, 3)
    ]
    held = with_items(small, habits=tips)
    assert ids(held, "habits") == [f"posture:{one}" for one in ("sitting9", "sleep9", "lift9", "sitting8")]
    rested = with_items(small, habits=[one for one in tips if one.situation != "sitting"])
    assert ids(rested, "habits") == ["posture:sleep9", "posture:lift9", "posture:lift8"]
    nights = ["posture:sleep9", "posture:lift9", "posture:sleep8", "posture:lift8"]
    for more in ({"goal": "sleep"}, {"pregnancy": "t2"}, {"worse_with": ("turning_bed",)}):
        assert ids(rested, "habits", **more) == nights
    assert len(ids(held, "habits", areas=("none",), duration="none")) == 2, "pain free: two at most"


def test_self_care_is_walking_and_the_best_of_the_rest(small: Library) -> None:
    """Clinical plan 6.1: the walk, then 4 at most, and never what another section holds."""
    cares = [selfcare("walk"), *(selfcare(f"c{points}", suits=suited(points)) for points in (5, 9, 7, 8, 6)), selfcare("nothing")]
    assert ids(with_items(small, selfcare=cares), "selfcare") == ["selfcare:walk", *(f"selfcare:c{n}" for n in (9, 8, 7, 6))]
    calm = selfcare("breathing", suits=suited(9))
    held = with_items(small, selfcare=[selfcare("walk"), calm])
    assert ids(held, "selfcare") == ["selfcare:walk", "selfcare:breathing"]
    calmly = exercise("diaphragm_breathing", "breathing", "supine")
    breathes = with_items(held, exercises=[*held.exercises.values(), exercise("push", "strength"), calmly])
    assert "exercise:diaphragm_breathing" in ids(breathes, "exercises", sleep="poor")
    assert ids(breathes, "selfcare", sleep="poor") == ["selfcare:walk"]


def test_walking_comes_first_and_once(small: Library) -> None:
    held = with_items(small, selfcare=[selfcare("walk", suits=suited(2)), selfcare("heat", suits=suited(3))])
    assert ids(held, "selfcare") == ["selfcare:walk", "selfcare:heat"]


def test_one_therapy_that_helps_most_and_one_for_mind_sleep_or_work(small: Library) -> None:
    """Clinical plan 7: two at most; the other slots are asked about or not advised, and are no lines of the plan."""
    more = [therapy("swim", "first", suits=suited(9)), therapy("no", "mind"), therapy("asked", "fold", suits=suited(9))]
    held = with_items(small, therapies=[*small.therapies.values(), *more, therapy("never", "never", suits=suited(9))])
    assert ids(held, "therapies") == ["therapy:swim", "therapy:calm"]
    assert ids(with_items(held, therapies=more[1:]), "therapies") == []
    assert ids(with_items(held, conditions=[condition("c", tier="starters")]), "therapies") == [], "none for starters"


def test_a_limit_takes_tips_self_care_and_therapies_away_and_says_why(small: Library) -> None:
    held = with_items(
        small,
        habits=[*small.habits.values(), habit("kneel", suits=suited(9), demands=("kneeling",))],
        selfcare=[*small.selfcare.values(), selfcare("pack", suits=suited(9), demands=("heat",))],
        therapies=[*small.therapies.values(), therapy("mat", "first", suits=suited(9), demands=("kneeling",))],
        conditions=[condition("c", bars=("heat",), soft=("kneeling",), when=({"sleep": ("poor",)},))],
    )
    plan = plan_of(held, sleep="poor")
    assert not {"posture:kneel", "selfcare:pack", "therapy:mat"} & set(plan.tokens)
    told = {one.id: [(why.say, why.question_id) for why in one.because] for one in plan.left_out}
    heat, kneeling = (held.demands[name].reason for name in ("heat", "kneeling"))
    assert told == {"selfcare:pack": [(heat, "sleep")], "therapy:mat": [(kneeling, "sleep")]}, "tips that are left out are not listed"
    assert {"posture:kneel", "selfcare:pack", "therapy:mat"} <= set(plan_of(held).tokens)
