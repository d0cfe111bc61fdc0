"""Facts of triage that take more than one answer: small skin cancers, strong pain, morning stiffness."""

from __future__ import annotations

from typing import Any

import pytest

from planner.domain.every_fact import FACTS


def word(fact: str, **answers: Any) -> str:
    return "".join(FACTS[fact](answers))


def rests_on(fact: str, **answers: Any) -> list[str]:
    (pairs,) = FACTS[fact](answers).values()
    return [f"{question}={answer}" for question, answer in pairs]


@pytest.mark.parametrize(
    ("cancer", "more", "counts"),
    [
        ("past", ("skin_only",), False),
        ("past", ("skin_only", "lymph"), True),
        ("past", ("none",), True),
        ("current", ("skin_only",), True),
    ],
)
def test_a_small_skin_cancer_that_is_gone_counts_as_never(cancer: str, more: tuple[str, ...], counts: bool) -> None:
    assert bool(word("cancer_ever", rf_cancer=cancer, cancer_more=more)) is counts
    assert bool(word("cancer_past", rf_cancer=cancer, cancer_more=more)) is (counts and cancer == "past")


@pytest.mark.parametrize(("pain", "seven", "eight"), [(6, "", ""), (7, "yes", ""), (8, "yes", "yes"), (10, "yes", "yes")])
@pytest.mark.parametrize("name", ["peg_p", "pain_now"])
def test_strong_pain_is_that_of_the_week_or_of_now(name: str, pain: int, seven: str, eight: str) -> None:
    answers: dict[str, Any] = {"peg_e": 0, "peg_g": 0, name: pain}
    assert (word("pain_from_seven", **answers), word("pain_from_eight", **answers)) == (seven, eight)
    assert word("pain_high", **answers) == eight


PMR: dict[str, Any] = {"areas": ("neck_shoulders", "buttock_hip"), "duration": "lt4w", "age_band": "40_59"}


def test_morning_stiffness_is_asked_about_from_40_when_shoulders_and_hips_hurt_for_less_than_12_weeks() -> None:
    assert word("pmr_asked", **PMR) == "yes"
    for less in ({"areas": ("neck_shoulders",)}, {"duration": "gt12w"}, {"age_band": "18_39"}):
        assert word("pmr_asked", **(PMR | less)) == ""


@pytest.mark.parametrize(
    ("age", "asked"), [("under16", ""), ("16_17", "yes"), ("18_39", "yes"), ("40_59", "yes"), ("60_74", ""), ("75plus", "")]
)
def test_inflammation_is_asked_about_after_12_weeks_if_it_may_have_begun_before_45(age: str, asked: str) -> None:
    assert word("young_inflam", age_band=age, duration="gt12w") == asked
    assert all(word("young_inflam", age_band=age, duration=short) == "" for short in ("lt4w", "4to12w", "none"))
    assert word("young_inflam", age_band=age, duration="recurrent") == asked
    if asked:
        assert rests_on("young_inflam", age_band=age, duration="gt12w") == ["duration=gt12w", f"age_band={age}"]


SIGNS = ("before35", "second_half_night", "buttock_pain", "better_moving")


@pytest.mark.parametrize(("count", "said"), [(1, "fewer"), (2, "fewer"), (3, "three_or_more"), (4, "three_or_more")])
def test_three_signs_of_inflammation(count: int, said: str) -> None:
    assert word("inflam_ticks", rf_inflam=SIGNS[:count]) == said
    assert rests_on("inflam_ticks", rf_inflam=SIGNS[:count]) == [f"rf_inflam={one}" for one in SIGNS[:count]]
    assert word("inflam_ticks", rf_inflam=("none",)) == word("inflam_ticks") == ""
