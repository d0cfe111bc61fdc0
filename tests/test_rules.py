"""How rules are read: which lookups hold and on which answers, which conditions apply, and what is quoted back."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from planner.domain.active import active_conditions
from planner.domain.conditions import WordsIf
from planner.domain.journey import Asking, Journey
from planner.domain.journey import reading_of as answers_read
from planner.domain.lines import Because
from planner.domain.lookups import Words, match, match_any
from planner.domain.model import LEVELS, LevelIf, Library, Lookup
from planner.domain.rules import Reading, said
from planner.domain.saying import Saying
from tests.made import condition, flag, reading_of, with_items
from tests.people import anybody

WORDS: dict[str, Any] = {
    "areas": {"low_back": (("areas", "low_back"),), "mid_back": (("areas", "mid_back"),)},
    "severity": {"mild": (("peg_p", "1"), ("peg_e", "2"), ("areas", "low_back"))},
    "checkable": {"yes": ()},
    "empty": {},
}


@pytest.mark.parametrize(
    ("lookup", "pairs"),
    [
        ({}, ()),
        ({"areas": ("low_back",)}, (("areas", "low_back"),)),
        ({"areas": ("tailbone",)}, None),
        ({"areas": ("mid_back", "tailbone", "low_back")}, (("areas", "mid_back"), ("areas", "low_back"))),
        ({"areas": ("low_back",), "severity": ("mild",)}, (("areas", "low_back"), ("peg_p", "1"), ("peg_e", "2"))),  # each answer once
        ({"areas": ("low_back",), "severity": ("severe",)}, None),
        ({"severity": ("severe",), "areas": ("low_back",)}, None),
        ({"nothing": ("yes",)}, None),
        ({"empty": ("yes",)}, None),
        ({"checkable": ("yes",)}, ()),  # holds, on no answer of the person's own
    ],
)
def test_a_lookup_holds_when_each_key_has_one_of_its_words(lookup: Lookup, pairs: Any) -> None:
    assert match(lookup, WORDS) == pairs


def test_the_first_lookup_that_holds_counts() -> None:
    wrong, right, later = {"areas": ("tailbone",)}, {"areas": ("mid_back",)}, {"areas": ("low_back",)}
    assert match_any([wrong, right, later], WORDS) == (("areas", "mid_back"),)
    assert match_any([wrong], WORDS) is None
    assert match_any([], WORDS) == ()


def test_a_reason_for_each_question_at_most_three(library: Library) -> None:
    reading = reading_of(library)
    pairs = (("areas", "low_back"), ("sleep", "poor"), ("areas", "mid_back"), ("stress", "high"), ("balance", "poor"))
    found = reading.because("say", pairs)
    assert [(one.say, one.question_id) for one in found] == [("say", "areas"), ("say", "sleep"), ("say", "stress")]
    assert [one.question for one in found] == [library.questions[name].short for name in ("areas", "sleep", "stress")]
    assert found[0].answer == f"{said(library, 'areas', 'low_back')}, {said(library, 'areas', 'mid_back')}"
    assert reading.because("say", ()) == (Because("say"),)


def test_answers_are_quoted_in_their_own_words(library: Library) -> None:
    assert said(library, "peg_p", "7") == "7/10"
    low_back = next(one for one in library.questions["areas"].options if one.id == "low_back")
    assert said(library, "areas", "low_back") == low_back.said != low_back.label
    assert said(library, "areas", "gone") == "gone"
    bare = replace(library.questions["areas"], options=(replace(low_back, said=""),))
    assert said(replace(library, questions={"areas": bare}), "areas", "low_back") == low_back.label


def active(library: Library, *conditions: Any, **answers: Any) -> Reading:
    return reading_of(with_items(library, conditions=conditions), **answers)


def test_a_condition_applies_to_those_it_is_for(library: Library) -> None:
    here, gone = condition("here", when=({"balance": ("poor",)},)), condition("gone", when=({"balance": ("good",)},))
    (one,) = active(library, here, gone, balance="poor").conditions
    assert (one.condition, one.level, one.pairs, one.held) == (here, "modify", (("balance", "poor"),), False)


@pytest.mark.parametrize(
    ("level", "held", "held_when_cleared"),
    [("modify", False, False), ("local", False, False), ("clinician", True, False), ("absolute", True, True)],
)
def test_what_holds_massage_and_what_a_yes_of_the_care_team_lifts(
    library: Library, level: str, held: bool, held_when_cleared: bool
) -> None:
    one = condition("one", level=level)
    assert [found.held for found in active(library, one).conditions] == [held]
    assert [found.held for found in active(library, one, massage_cleared="no").conditions] == [held]
    assert [found.held for found in active(library, one, massage_cleared="yes").conditions] == [held_when_cleared]


def test_a_second_answer_raises_a_conditions_level_and_never_lowers_it(library: Library) -> None:
    rises = (LevelIf({"sleep": ("poor",)}, "clinician"), LevelIf({"stress": ("high",)}, "modify"))
    one = condition("one", level="local", when=({"balance": ("poor",)},), level_if=rises)
    (alone,) = active(library, one, balance="poor").conditions
    assert (alone.level, alone.pairs) == ("local", (("balance", "poor"),))
    (raised,) = active(library, one, balance="poor", sleep="poor").conditions
    assert (raised.level, raised.pairs, raised.held) == ("clinician", (("balance", "poor"), ("sleep", "poor")), True)
    (both,) = active(library, one, balance="poor", sleep="poor", stress="high").conditions
    assert both.level == "clinician" and both.pairs[-1] == ("stress", "high")


def test_another_answer_gives_a_condition_other_words(library: Library) -> None:
    """The first that matches takes the place of both; what it does not say is not said."""
    other = (WordsIf({"mobility": ("chair_only",)}, "sitting"), WordsIf({"balance": ("poor",)}, "held", "hold me"))
    one = condition("one", say="usual", tell="help me", words_if=other, bars=("standing",))
    found = [active(library, one, **answers).conditions[0].condition for answers in ({}, {"balance": "poor"}, {"mobility": "chair_only"})]
    assert [(each.say, each.tell, each.bars) for each in found] == [
        ("usual", "help me", ("standing",)),
        ("held", "hold me", ("standing",)),
        ("sitting", "", ("standing",)),
    ]


def test_the_strictest_condition_comes_first_then_the_lower_order(library: Library) -> None:
    levels = [("modify", 1), ("absolute", 9), ("clinician", 5), ("local", 5), ("clinician", 2)]
    found = active(library, *(condition(f"{level}{order}", level=level, order=order) for level, order in levels)).conditions
    assert [one.condition.id for one in found] == ["absolute9", "clinician2", "clinician5", "local5", "modify1"]


def test_words_of_a_reading(library: Library) -> None:
    some = [condition("a", when=({"balance": ("poor",)},), level="local"), condition("b", when=({"balance": ("good",)},))]
    words = active(library, *some, balance="poor", peg_p=3, areas=("low_back", "mid_back")).words
    assert words["areas"] == {"low_back": (("areas", "low_back"),), "mid_back": (("areas", "mid_back"),)}
    assert words["peg_p"] == {"3": (("peg_p", "3"),)}
    assert words["poor_balance"] == {"yes": (("balance", "poor"),)}
    assert words["condition"] == {"a": (("balance", "poor"),)}


@pytest.mark.parametrize(
    ("limit", "opens"),  # the reference, "Two clearances": massage asks at level C, exercise below T3 or where something is asked
    [
        ({}, set()),
        ({"bars": ("kneeling",), "soft": ("floor",)}, set()),
        ({"level": "local"}, set()),
        ({"level": "absolute"}, set()),
        ({"level": "clinician"}, {"massage"}),
        ({"ask": ("impact",), "ask_who": "your doctor"}, {"exercise"}),
        ({"tier": "starters"}, {"exercise"}),
        ({"tier": "breathing", "tier_cleared": "starters"}, {"exercise"}),
        ({"tier": "starters", "level": "clinician"}, {"massage", "exercise"}),
        ({"tier": "starters", "tier_cleared": "starters"}, set()),  # a yes would change nothing
    ],
)
def test_which_yes_of_the_care_team_is_worth_asking_for(library: Library, limit: dict[str, Any], opens: set[str]) -> None:
    words = active(library, condition("one", when=({"balance": ("poor",)},), **limit), balance="poor").words
    assert words["clearance"] == dict.fromkeys(opens, (("balance", "poor"),))


def test_a_hold_is_a_word_and_its_conditions_rest_on_the_answers_behind_it(library: Library) -> None:
    """Clinical safety, section 2: the rows hold_bone and hold_check apply while a flag of theirs fires, and not once it is checked."""
    held = flag("f", hold=True, hold_as="bone", when=({"balance": ("poor",)},), lowered_by={"pain_checked": ("yes",)})
    bone, check = condition("bone", when=({"hold": ("bone",)},)), condition("check", when=({"hold": ("check",)},))
    made = with_items(library, flags=[held, flag("g", when=({"sleep": ("poor",)},))], conditions=[bone, check])
    (one,) = reading_of(made, balance="poor", sleep="poor").conditions
    assert (one.condition, one.pairs) == (bone, (("balance", "poor"),))
    assert reading_of(made, balance="poor", sleep="poor", pain_checked="yes").conditions == ()


def test_the_strictest_of_all_conditions_holds(library: Library) -> None:
    """Clinical safety, section 2: union of bars, asks and softs; the lowest cap, minutes, frequency, dose and tier."""
    one = condition("a", bars=("floor",), ask=("impact",), soft=("kneeling", "floor"), cap=3, minutes_max=30, dose="build", level="local")
    other = condition("b", bars=("impact",), soft=("heat",), cap=2, minutes_max=45, at_most="fortnightly", tier="starters")
    limits = active(library, one, other, condition("c")).limits
    assert (set(limits.bars), set(limits.ask), set(limits.soft)) == ({"floor", "impact"}, set(), {"kneeling", "heat"})
    assert (limits.cap, limits.minutes, limits.at_most, limits.dose_cap, limits.tier) == (2, 30, "fortnightly", "build", "starters")
    assert limits.bars["floor"].condition is one and limits.bars["impact"].condition is other
    free = active(library).limits
    assert (free.bars, free.ask, free.soft, free.cap, free.minutes, free.at_most) == ({}, {}, {}, 4, 60, "weekly")
    assert (free.dose_cap, free.tier, free.held) == ("strong", "all", ())


def test_a_yes_opens_asks_and_tiers_of_its_own_kind_and_never_bars(library: Library) -> None:
    shut = condition("a", bars=("floor",), ask=("impact", "needles"), soft=("kneeling",), tier="breathing", tier_cleared="starters")

    def force(*, massage: bool = False, **answers: str) -> dict[str, str]:
        limits = active(library, shut, **answers).limits
        return {one.demand: one.force for one in limits.against(("kneeling", "impact", "needles", "floor"), massage=massage)}

    nothing = {"floor": "bar", "impact": "ask", "needles": "ask", "kneeling": "soft"}
    assert list(force().items()) == list(nothing.items()), "strictest first"
    assert force(exercise_cleared="no") == force(massage_cleared="yes") == nothing
    assert force(exercise_cleared="yes") == {"floor": "bar", "needles": "ask", "kneeling": "soft"}, "needles are no exercise"
    assert force(massage=True) == force(massage=True, exercise_cleared="yes") == nothing
    assert force(massage=True, massage_cleared="yes") == {"floor": "bar", "kneeling": "soft"}
    assert active(library, shut, massage_cleared="yes").limits.tier == "breathing"
    assert active(library, shut, exercise_cleared="yes").limits.tier == "starters"


@pytest.mark.parametrize(
    ("limit", "before", "after"),  # "start 2w" lets build follow; `start` rises to `build` with a yes where the row has an ask
    [
        ({}, "strong", "strong"),
        ({"dose": "start"}, "start", "start"),
        ({"dose": "start", "dose_weeks": 2}, "build", "build"),
        ({"dose": "start", "ask": ("impact",)}, "start", "build"),
        ({"dose": "build", "ask": ("impact",)}, "build", "build"),
    ],
)
def test_the_highest_dose_before_and_after_a_yes(library: Library, limit: dict[str, Any], before: str, after: str) -> None:
    one = condition("a", **limit)
    assert active(library, one).limits.dose_cap == active(library, one, massage_cleared="yes").limits.dose_cap == before
    assert active(library, one, exercise_cleared="yes").limits.dose_cap == after


def test_what_is_worked_out_elsewhere_is_among_the_words(library: Library) -> None:
    reading = Reading(library, {"balance": "poor"}, {"checkable": {"yes": ()}})
    assert reading.words["checkable"] == {"yes": ()}
    assert list(active_conditions(library.condition_table.holding({"health": {}}), {"health": {}})) == []


def test_tables_that_are_looked_up_together_say_what_each_says_alone(library: Library) -> None:
    """Also where a word comes later than the answers, or is another then."""
    dice, tables, checks, flag_table = random.Random(5), library.tables, library.policy.checks, library.flag_table
    for number in range(40):
        reading = Journey(library, anybody(library, dice)).reading
        told, words = reading.told, reading.words
        made: Words = {**words, "level": {LEVELS[number % 4]: ()}, "holds": {"massage": (), "later_dose": ()}, "load": {"grows": ()}}
        assert list(reading.holding(flag_table, told)) == list(flag_table.holding(told))
        assert reading.first(checks, made) == checks.first(made)
        for joined, spoken in ((tables.of_person, words), (tables.of_plan, made), (tables.of_medicine, made)):
            held = reading.held(joined, spoken)
            for table in joined.tables:
                assert held.rows(table) == table.rows_for(spoken)
                assert held.first(table) == table.first(spoken)
                assert held.with_answers(table) == list(table.holding(spoken))
    with pytest.raises(KeyError):
        held.rows(flag_table)


def test_what_waits_for_a_yes_is_what_the_reading_says_also_where_that_rests_on_a_flag(library: Library) -> None:
    dice, poor = random.Random(11), {"balance": ("poor",)}
    rests = condition("c", when=({"flag": ("f",)},), level="clinician")
    flagged = with_items(library, flags=[flag("f", when=(poor,))], conditions=[rests])
    assert library.clearable is not None and flagged.clearable is None
    for content in (library, flagged):
        found = []
        for answers in (anybody(content, dice) for _ in range(60)):
            asking = Asking(content)
            asking.saying = Saying(answers)
            found.append(asking.says("clearance"))
            assert found[-1] == answers_read(content, answers).clearance
        assert any(found)
