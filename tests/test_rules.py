"""How rules are read: which lookups hold and on which answers, which cautions apply, and what is quoted back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from planner.domain.lines import Because
from planner.domain.model import LevelIf, Library, Lookup
from planner.domain.rules import Reading, active_cautions, match, match_any, said
from tests.made import caution, reading_of, with_items

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


def active(library: Library, *cautions: Any, **answers: Any) -> Reading:
    return reading_of(with_items(library, cautions=cautions), **answers)


def test_a_caution_applies_to_those_it_is_for(library: Library) -> None:
    here, gone = caution("here", when=({"balance": ("poor",)},)), caution("gone", when=({"balance": ("good",)},))
    (one,) = active(library, here, gone, balance="poor").cautions
    assert (one.caution, one.level, one.pairs, one.held) == (here, "modify", (("balance", "poor"),), False)


@pytest.mark.parametrize(
    ("level", "held", "held_when_cleared"),
    [("modify", False, False), ("local", False, False), ("clinician", True, False), ("absolute", True, True)],
)
def test_what_holds_massage_and_what_a_yes_of_the_care_team_lifts(
    library: Library, level: str, held: bool, held_when_cleared: bool
) -> None:
    one = caution("one", level=level)
    assert [found.held for found in active(library, one).cautions] == [held]
    assert [found.held for found in active(library, one, massage_cleared="no").cautions] == [held]
    assert [found.held for found in active(library, one, massage_cleared="yes").cautions] == [held_when_cleared]


def test_a_second_answer_raises_a_cautions_level_and_never_lowers_it(library: Library) -> None:
    rises = (LevelIf({"sleep": ("poor",)}, "clinician"), LevelIf({"stress": ("high",)}, "modify"))
    one = caution("one", level="local", when=({"balance": ("poor",)},), level_if=rises)
    (alone,) = active(library, one, balance="poor").cautions
    assert (alone.level, alone.pairs) == ("local", (("balance", "poor"),))
    (raised,) = active(library, one, balance="poor", sleep="poor").cautions
    assert (raised.level, raised.pairs, raised.held) == ("clinician", (("balance", "poor"), ("sleep", "poor")), True)
    (both,) = active(library, one, balance="poor", sleep="poor", stress="high").cautions
    assert both.level == "clinician" and both.pairs[-1] == ("stress", "high")


def test_the_strictest_caution_comes_first_then_the_lower_order(library: Library) -> None:
    levels = [("modify", 1), ("absolute", 9), ("clinician", 5), ("local", 5), ("clinician", 2)]
    found = active(library, *(caution(f"{level}{order}", level=level, order=order) for level, order in levels)).cautions
    assert [one.caution.id for one in found] == ["absolute9", "clinician2", "clinician5", "local5", "modify1"]


def test_words_of_a_reading(library: Library) -> None:
    some = [
        caution(name, when=({"balance": ("poor",)},), level=level) for name, level in (("a", "local"), ("b", "local"), ("c", "absolute"))
    ]
    words = active(library, *some, balance="poor", peg_p=3, areas=("low_back", "mid_back")).words
    assert words["areas"] == {"low_back": (("areas", "low_back"),), "mid_back": (("areas", "mid_back"),)}
    assert words["peg_p"] == {"3": (("peg_p", "3"),)}
    assert words["poor_balance"] == {"yes": (("balance", "poor"),)}
    assert words["caution"] == dict.fromkeys("abc", (("balance", "poor"),))
    assert words["caution_level"] == {"local": (("balance", "poor"),) * 2, "absolute": (("balance", "poor"),)}


def test_what_is_worked_out_elsewhere_is_among_the_words(library: Library) -> None:
    reading = Reading(library, {"balance": "poor"}, {"checkable": {"yes": ()}})
    assert reading.words["checkable"] == {"yes": ()}
    assert list(active_cautions(library, {"health": {}})) == []
