"""The vocabulary of the domain: nothing in it can be changed once made, and what may be left out limits nobody."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import pkgutil
from typing import Any

import pytest

from planner import domain
from planner.domain.journey import ask_order
from planner.domain.model import LEVELS, Library
from planner.domain.steps import page_of

MODULES = [importlib.import_module(f"planner.domain.{one.name}") for one in pkgutil.iter_modules(domain.__path__)]
KINDS: set[type] = {kind for module in MODULES for _, kind in inspect.getmembers(module, inspect.isclass) if dataclasses.is_dataclass(kind)}
USUAL: dict[str, dict[str, Any]] = {  # all that is not empty where content or code leaves it out
    "Caution": {"cap": 4, "minutes_max": 60, "tier": "self_care", "medical": True, "order": 100},
    "Country": {"paper": "A4"},
    "Dose": {"sets": 1, "sides": 1, "times_a_day": 1, "days_a_week": 7},
    "Question": {"own_words_max": 80},
    **{name: {"order": 100} for name in ("Item", "Massage", "Exercise", "Habit", "SelfCare", "Therapy")},
}


@pytest.mark.parametrize("kind", sorted(KINDS, key=str), ids=lambda kind: kind.__name__)
def test_everything_is_frozen(kind: Any) -> None:
    assert kind.__dataclass_params__.frozen


@pytest.mark.parametrize("kind", sorted(KINDS, key=str), ids=lambda kind: kind.__name__)
def test_what_is_left_out_is_empty_but_for_these(kind: Any) -> None:
    left_out = {field.name: field.default for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}
    assert {name: value for name, value in left_out.items() if value or value is None} == USUAL.get(kind.__name__, {}) | none_of(kind)
    made = [field.default_factory() for field in dataclasses.fields(kind) if field.default_factory is not dataclasses.MISSING]
    assert not any(made)


def none_of(kind: type) -> dict[str, None]:
    """What is nothing, not empty, on a line: a dose and the adaptation whose words stand in."""
    return {"dose": None, "told": None} if kind.__name__ == "Line" else {}


def test_levels_from_least_to_most_urgent() -> None:
    assert LEVELS == ("self_care", "see_clinician", "urgent", "emergency")


def test_the_library_holds_every_kind_of_content(library: Library) -> None:
    assert all(getattr(library, field.name) for field in dataclasses.fields(Library))
    assert {page_of(library, one.id).id for one in ask_order(library)} == {page.id for page in library.pages if not page.again}
