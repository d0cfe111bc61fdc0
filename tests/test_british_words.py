"""British and American words, each where they are said."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.as_json import to_json
from planner.outputs.documents import plan_html, sheet_html
from tests.by_country import page_words
from tests.persons import MANY_PLACES, NUMB_FEET, NURSE, SLEEPLESS
from tests.plan_text import plan_for, text_for

BRITISH = r"\b(?:ring|rings|poos?|tummy|sickness|being sick|cots?|prams?|programmes?)\b"


@pytest.mark.parametrize("country", ["US", "CA"])
@pytest.mark.parametrize(
    "who",
    [
        {**NUMB_FEET, "stress": "some", "rf_crisis": "no"},
        SLEEPLESS,
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
    at_home = text_for(library, **NUMB_FEET, country="GB", stress="some", rf_crisis="no")
    assert "Who to ring" in at_home and "tummy" in at_home and "poo." in at_home
    abroad = text_for(library, **NUMB_FEET, country="US", goal="work", goal_words="ring the bell without a sore tummy")
    assert "Who to call" in text_for(library, **NUMB_FEET, country="US", stress="some", rf_crisis="no")
    assert abroad.count("ring the bell without a sore tummy") >= 1
    assert "call the bell" not in abroad


def test_a_fever_in_the_united_states_comes_with_chills(library: Library) -> None:
    assert "fever or chills" in text_for(library, **{**NUMB_FEET, "country": "US"})
    assert "fever or shivers" in text_for(library, **{**NURSE, "country": "GB"})
    assert "shivers" not in text_for(library, **{**MANY_PLACES, "country": "US"})
