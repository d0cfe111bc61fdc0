"""Choosing: points, reasons, ties, what is left out and why."""

from __future__ import annotations

from typing import Any

from planner.domain.choose import Ranked, advice, barred, eligible, excluded_by_cautions, once, rank, ranked, split
from planner.domain.lines import Because
from planner.domain.model import Adapt, Library, SelfCare, Suit
from tests.made import among, caution, reading_of, selfcare, with_items

POOR = {"balance": ("poor",)}
SLEEP = {"sleep": ("poor",)}
PERSON: dict[str, Any] = {"balance": "poor", "sleep": "poor", "stress": "high", "areas": ("low_back", "mid_back")}


def ranks(library: Library, *suits: Suit, **more: Any) -> Ranked[SelfCare]:
    return rank(selfcare("one", suits=suits, **more), reading_of(library, **PERSON))


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
    assert ranks(library).because == (Because("evidence"),)


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
    assert [one.item.id for one in ranked(items, reading_of(library))] == ["d", "c", "b", "a"]


def test_an_item_is_for_those_that_any_of_its_lookups_fits(library: Library) -> None:
    reading = reading_of(library, **PERSON)
    assert eligible(selfcare("one"), reading)
    assert eligible(selfcare("one", when=({"sleep": ("ok",)}, POOR)), reading)
    assert not eligible(selfcare("one", when=({"sleep": ("ok",)},)), reading)


def test_a_fact_that_bars_says_why(library: Library) -> None:
    item = selfcare("one", avoid=("no_kneel", "poor_balance", "distress"))
    (why,) = barred(item, reading_of(library, **PERSON))
    assert (why.say, why.question_id) == (library.facts["poor_balance"].because, "balance")
    assert barred(selfcare("one"), reading_of(library, **PERSON)) == ()
    assert [one.question_id for one in barred(selfcare("one"), reading_of(library, **PERSON), ["distress"])] == ["stress", "sleep"]


def test_items_are_parted_into_allowed_and_left_out(library: Library) -> None:
    items = [
        selfcare("free"),
        selfcare("barred", avoid=("poor_balance",)),
        selfcare("excluded", avoid=("poor_balance",)),
        selfcare("not_theirs", when=({"sleep": ("ok",)},)),
        selfcare("best", suits=(Suit({}, 1, ""),)),
    ]
    parted = split(among(items), reading_of(library, **PERSON), "selfcare", {"excluded": (Because("by a caution"),)})
    assert [one.item.id for one in parted.allowed] == ["best", "free"]
    assert [(one.id, one.title) for one in parted.left_out] == [
        ("selfcare:barred", "title of barred"),
        ("selfcare:excluded", "title of excluded"),
    ]
    assert [why.say for one in parted.left_out for why in one.because] == [library.facts["poor_balance"].because, "by a caution"]
    assert split(among(items[:1]), reading_of(library), "selfcare").left_out == []


def test_advice_is_what_holds_for_the_person_each_once(library: Library) -> None:
    adapts = [Adapt(POOR, "a"), Adapt({"sleep": ("ok",)}, "b"), Adapt({}, "c"), Adapt(SLEEP, "a")]
    assert advice(adapts, reading_of(library, **PERSON)) == ("a", "c")


def test_what_cautions_exclude_bears_the_strictest_ones_words(library: Library) -> None:
    cautions = [
        caution("mild", exclude_selfcare=("heat", "cold"), when=(POOR,)),
        caution("strict", exclude_selfcare=("heat",), exclude_therapies=("yoga",), when=(SLEEP,), level="absolute"),
    ]
    reading = reading_of(with_items(library, cautions=cautions), **PERSON)
    found = excluded_by_cautions(reading, "exclude_selfcare")
    assert {name: [(one.say, one.question_id) for one in why] for name, why in found.items()} == {
        "heat": [("say strict", "sleep")],
        "cold": [("say mild", "balance")],
    }
    assert set(excluded_by_cautions(reading, "exclude_therapies")) == {"yoga"}
