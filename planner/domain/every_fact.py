"""Every fact there is, from the modules that define them."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain import facts, plan_facts, safety_facts
from planner.domain.answers import Answers
from planner.domain.fact_registry import FACTS, Fact

__all__ = ["FACTS", "Fact", "all_facts", "facts", "plan_facts", "safety_facts", "some_facts"]


def all_facts(answers: Answers) -> dict[str, Fact]:
    """Every fact that says something about these answers."""
    return {name: found for name, function in FACTS.items() if (found := function(answers))}


def some_facts(answers: Answers, names: Iterable[str]) -> dict[str, Fact]:
    """Only these facts: enough where a question rests on one of them."""
    return {name: FACTS[name](answers) for name in names if name in FACTS}
