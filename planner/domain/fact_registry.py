"""What a fact is, and where each one is entered under its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from planner.domain.answers import Answers, Pairs, has

Fact = Mapping[str, Pairs]
"""Word -> the answers that make it true. An empty mapping: the fact says nothing."""

FACTS: dict[str, Callable[[Answers], Fact]] = {}


def fact(function: Callable[[Answers], Fact]) -> Callable[[Answers], Fact]:
    """Registers a fact under its function's name."""
    FACTS[function.__name__] = function
    return function


def yes(name: str, *tests: tuple[str, tuple[str, ...]]) -> None:
    """Registers a yes-fact: true when any of `tests` (question, options) has an answer among its options."""

    def function(answers: Answers) -> Fact:
        pairs = tuple(pair for question, options in tests for pair in has(answers, question, *options))
        return {"yes": pairs} if pairs else {}

    FACTS[name] = function
