"""How sure a line is, in whom it was tested, and which sources it cites. Clinical plan 9 and 9.1."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.text import to_text
from tests.persons import (
    ALL_KINDS,
    ARMS_UP,
    DESK_WORKER,
    GYM_LIFTER,
    HEADACHES,
    MANY_PLACES,
    NARROW_CANAL,
    NUMB_FEET,
    OLD_AND_INACTIVE,
    OLD_WALKER,
    TIRED,
    UNSTEADY,
)
from tests.plan_text import between, certainty, flat, plan_for, text_for


def test_walking_for_pain_that_lasts_is_of_low_certainty(library: Library) -> None:
    [walk] = [line for line in plan_for(library, areas=("low_back",), duration="gt12w", peg_p=4).lines if line.item_id == "walk"]
    assert walk.certainty == "low"
    assert "701" not in walk.evidence


@pytest.mark.parametrize("who", [OLD_WALKER, NARROW_CANAL])
def test_no_single_move_is_of_high_certainty(library: Library, who: dict[str, Any]) -> None:
    assert not [line.title for line in plan_for(library, **who).section("exercises") if line.certainty == "high"]
    assert "This move alone was not tested" in text_for(library, **who)


def test_a_position_that_is_held_is_no_surer_than_strength(library: Library) -> None:
    assert certainty(library, "Lie on elbows", **NUMB_FEET) == "low"


def test_numbers_of_people_are_said_in_hundreds(library: Library) -> None:
    items = [*library.therapies.values(), *library.selfcare.values(), *library.habits.values(), *library.massages.values()]
    told = [one.evidence for one in items] + [one.say for item in items for one in getattr(item, "known_for", ())]
    assert [one for one in told if "%" in one] == []


def test_a_source_is_listed_for_those_whom_its_sentence_concerns(library: Library) -> None:
    young: dict[str, Any] = {"age_band": "18_39", "areas": ("low_back", "upper_back"), "duration": "4to12w", "peg_p": 6}
    mother = {**young, "pregnancy": "postpartum_12w", "birth_when": "6to12w", "birth_more": ("caesarean", "breastfeeding"), "minutes": "5"}
    pregnant = {**young, "pregnancy": "t3", "pgp": "yes"}
    listed = {name: text_for(library, **who).partition("Sources")[2] for name, who in {"m": mother, "p": pregnant, "o": UNSTEADY}.items()}
    assert not re.search("sps_breastfeeding|mhra_nsaid", listed["o"])
    assert "[sps_breastfeeding]" in listed["m"] and "[mhra_nsaid]" in listed["p"]


def test_a_trial_of_people_without_pain_is_not_told_to_new_pain(library: Library) -> None:
    """Clinical plan 9.1: walking prevents in the recovered; for pain now it was tested where pain lasts."""
    for duration in ("lt4w", "4to12w"):
        text = text_for(library, areas=("low_back",), duration=duration, peg_p=4)
        assert "701 adults" not in text
        assert "For long-lasting low back pain, walking is about as good as other exercise. This was not tested for" in text
    assert "701 adults" in text_for(library, **GYM_LIFTER)


def test_what_was_not_tested_in_these_people_says_so(library: Library) -> None:
    bendy = flat(text_for(library, **{**DESK_WORKER, "areas": ("low_back",), "known": ("hypermobility",)}))
    assert "for long-lasting low back pain. This was not tested for very bendy joints." in bendy
    many = flat(text_for(library, **TIRED))
    assert "for long-lasting low back pain. This was not tested for pain in many places." in many
    thin = flat(text_for(library, **{**DESK_WORKER, "risk_bone": ("osteoporosis",)}))
    assert "helped long-lasting neck pain. This was not tested with thin bones." in thin


@pytest.mark.parametrize("who", ALL_KINDS)
def test_every_source_in_the_list_is_cited_by_a_line(library: Library, who: str) -> None:
    body, listed = to_text(plan_for(library, **ALL_KINDS[who]), library).split("\nSources\n")
    cited = {name for found in re.findall(r"\[([a-z0-9_,\s]+)\]", body) for name in re.split(r",\s+", found)}
    assert set(re.findall(r"^- \[(\w+)\]", listed, re.MULTILINE)) == cited


def test_what_came_out_best_says_for_what(library: Library) -> None:
    assert "came out among the best for long-lasting low back pain" in text_for(library, **{**MANY_PLACES, "known": (), "minutes": "20"})


@pytest.mark.parametrize("who", [HEADACHES, ARMS_UP])
def test_where_the_low_back_was_tested_a_sore_neck_reads_that_and_no_more(library: Library, who: dict[str, Any]) -> None:
    text = flat(text_for(library, **who))
    walk = between(text, "Walk every week: ", "sitthipornvorakul")
    assert walk.startswith(
        "Walk every week: Very low certainty. For long-lasting low back pain, walking is about as good as other exercise. This"
    )
    assert " This was tested only for low back pain. " in walk
    assert not re.search(r"not tested for (neck|upper back) pain", text)


def test_arms_that_hold_the_body_are_no_surer_than_strength(library: Library) -> None:
    assert certainty(library, "Elbows to knees", **OLD_AND_INACTIVE, pain_checked="yes") == "low"
    assert certainty(library, "Seated rock", **OLD_AND_INACTIVE) == "low", "and so is a very small move"
