"""Every fact there is, from the modules that define them."""

from __future__ import annotations

from planner.domain import facts, plan_facts, safety_facts
from planner.domain.answers import Answers
from planner.domain.fact_registry import FACTS, Fact

__all__ = ["FACTS", "Fact", "all_facts", "facts", "plan_facts", "safety_facts"]


def all_facts(answers: Answers) -> dict[str, Fact]:
    """Every fact that says something about these answers."""
    return {name: found for name, function in FACTS.items() if (found := function(answers))}
