"""What a fact is, and where each one is entered under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from planner.domain.answers import Answers, has
from planner.domain.terms import Pairs

Fact = Mapping[str, Pairs]
"""Word -> the answers that make it true. An empty mapping: the fact says nothing."""

FACTS: dict[str, Callable[[Answers], Fact]] = {}
BY_QUESTION: dict[str, list[str]] = {}
"""Question -> the facts that are worked out from its answer, whatever it is."""
BY_OPTION: dict[str, dict[str, list[str]]] = {}
"""Question -> option -> the yes-facts that the option makes true."""


def fact(*rests_on: str) -> Callable[[Callable[[Answers], Fact]], Callable[[Answers], Fact]]:
    """Registers a fact under its function's name, with every question whose answer it looks at."""

    def registered(function: Callable[[Answers], Fact]) -> Callable[[Answers], Fact]:
        FACTS[function.__name__] = function
        for question in rests_on:
            BY_QUESTION.setdefault(question, []).append(function.__name__)
        return function

    return registered


def yes(name: str, *tests: tuple[str, tuple[str, ...]]) -> None:
    """Registers a yes-fact: true when any of `tests` (question, options) has an answer among its options."""

    def function(answers: Answers) -> Fact:
        pairs: Pairs = ()
        for question, options in tests:
            pairs += has(answers, question, *options)
        return {"yes": pairs} if pairs else {}

    FACTS[name] = function
    for question, options in tests:
        for option in options:
            BY_OPTION.setdefault(question, {}).setdefault(option, []).append(name)


def facts_about(question: str, words: tuple[str, ...]) -> Iterable[str]:
    """The facts that may be others once this question has one of these words for an answer, or no longer has it."""
    always, options = BY_QUESTION.get(question, ()), BY_OPTION.get(question)
    if not options:
        return always
    found = [*always]
    for word in words:
        if word in options:
            found += options[word]
    return found
