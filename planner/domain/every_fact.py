"""Every fact there is, from the modules that define them."""

from __future__ import annotations

from planner.domain import facts, plan_facts, safety_facts
from planner.domain.answers import Answers
from planner.domain.fact_registry import BY_OPTION, BY_QUESTION, FACTS, Fact, facts_about

__all__ = ["BY_OPTION", "BY_QUESTION", "FACTS", "OF_NOBODY", "Fact", "all_facts", "facts", "facts_about", "plan_facts", "safety_facts"]


def all_facts(answers: Answers) -> dict[str, Fact]:
    """Every fact that says something about these answers."""
    return {name: found for name, function in FACTS.items() if (found := function(answers))}


OF_NOBODY = all_facts({})
"""What facts say of somebody who has answered nothing."""
