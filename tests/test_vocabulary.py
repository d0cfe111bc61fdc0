"""The vocabulary of the domain: nothing in it can be changed once made, and what may be left out limits nobody."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

from planner import domain
from planner.domain import items
from planner.domain.exercises import Moves
from planner.domain.journey import ask_order
from planner.domain.lines import Plan
from planner.domain.model import LEVELS, Library
from planner.domain.steps import page_of
from planner.library.unread import content_classes

MODULES = [importlib.import_module(f"planner.domain.{one.name}") for one in pkgutil.iter_modules(domain.__path__)]
KINDS: set[type] = {kind for module in MODULES for _, kind in inspect.getmembers(module, inspect.isclass) if dataclasses.is_dataclass(kind)}
BEING_FILLED = {"Places"}
"""Not a part of any plan: what is at hand while one is made."""
ITEMS = ("Item", "Supported", "Massage", "Habit", "SelfCare", "Therapy")
USUAL: dict[str, dict[str, Any]] = {  # all that is not empty where content or code leaves it out
    "Diary": {"edits": None},  # no check-in yet; without a change, edits say that one left all as proposed
    "Condition": {"tier": "all", "tier_cleared": "all", "level": "modify", "cap": 4, "minutes_max": 60, "order": 100},
    "Country": {
        "gp": "doctor",
        "physio": "physio",
        "midwife": "midwife",
        "maternity": "maternity unit",
        "paracetamol": "paracetamol",
        "paper": "A4",
    },
    "Dose": {"sets": 1, "sides": 1, "ways": 1, "times_a_day": 1, "days_a_week": 7, "rest_seconds": 30},
    "Exercise": {"level": 1, "order": 100},
    "ClinicExercise": {"level": 1, "order": 100},
    "Flag": {"hold_as": "check"},
    "Question": {"own_words_max": 80},
    "Requirement": {"movement": (0, 9), "strength": (0, 9), "level_most": 4, "use_minutes": True},
    "Line": {"easier": None, "harder": None, "after": None},
    "Answered": {"confirmed": None},
    "MassageTold": {"after": None, "morning": None},
    "PlanParts": {"massage": None, "moves": Moves((), (), [], 0), "limited": "stopped", "walk": None},
    **{name: {"order": 100} for name in ITEMS},
}


@pytest.mark.parametrize("kind", sorted(KINDS, key=str), ids=lambda kind: kind.__name__)
def test_everything_is_frozen(kind: Any) -> None:
    assert kind.__dataclass_params__.frozen or kind.__name__ in BEING_FILLED


def test_no_plan_and_no_content_holds_what_can_change() -> None:
    assert {kind.__name__ for kind in KINDS} >= BEING_FILLED
    held = content_classes(Plan) | content_classes(Library)
    assert not BEING_FILLED & {kind.__name__ for kind in held}
    assert all(kind.__dataclass_params__.frozen for kind in held)  # type: ignore[attr-defined]  # each is a dataclass


@pytest.mark.parametrize("kind", sorted(KINDS, key=str), ids=lambda kind: kind.__name__)
def test_what_is_left_out_is_empty_but_for_these(kind: Any) -> None:
    left_out = {field.name: field.default for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}
    assert {name: value for name, value in left_out.items() if value or value is None} == USUAL.get(kind.__name__, {})
    made = [field.default_factory() for field in dataclasses.fields(kind) if field.default_factory is not dataclasses.MISSING]
    assert not any(one != items.Tested() for one in made if one)


def test_levels_from_least_to_most_urgent() -> None:
    assert LEVELS == ("self_care", "see_clinician", "urgent", "emergency")


def test_the_library_holds_every_kind_of_content(library: Library) -> None:
    assert all(getattr(library, field.name) for field in dataclasses.fields(Library))
    assert {page_of(library, one.id).id for one in ask_order(library)} == {page.id for page in library.pages if not page.again}
