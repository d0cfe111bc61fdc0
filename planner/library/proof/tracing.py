"""Facts as formulas: a fact's own function is run along every way it can go, and each way becomes the answers it rests on.

So nothing is written twice: the model knows of a fact what its code says, and no more."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.domain.every_fact import FACTS
from planner.domain.model import Library, Question

Atom = tuple[str, str]
"""A question and an option, or a fact and a word of it. ("peg_e", ANSWERED): the question has an answer."""
ANSWERED = "*"
Way = tuple[tuple[Atom, bool], ...]
"""Atoms that are true and false on one way through a function."""
Tree = bool | tuple[Atom, "Tree", "Tree"]
"""The outcome, or an atom with what follows if it is true and if not."""


@dataclass
class Trace:
    """One run: decisions made before are repeated, new ones are taken as true first. `chosen`: what was decided, in order."""

    library: Library
    script: tuple[bool, ...]
    decided: dict[Atom, bool] = field(default_factory=dict)
    free: list[Atom] = field(default_factory=list)  # atoms that were a real choice

    def holds(self, atom: Atom) -> bool:
        """Whether an atom is true on this way. Only one option of a single choice can be."""
        if atom in self.decided:
            return self.decided[atom]
        if self._excluded(atom):
            return False
        place = len(self.free)
        value = self.script[place] if place < len(self.script) else True
        self.free.append(atom)
        self.decided[atom] = value
        return value

    def _excluded(self, atom: Atom) -> bool:
        question = self.library.questions.get(atom[0])
        single = question is not None and question.kind not in ("many", "areas")
        others = [value for (name, word), value in self.decided.items() if name == atom[0] and word not in (atom[1], ANSWERED)]
        return (single and atom[1] != ANSWERED and any(others)) or self.decided.get((atom[0], ANSWERED)) is False


class TracedWord:
    """A word of an answer that is not known: comparing it decides."""

    def __init__(self, trace: Trace, question: str, only: str = "") -> None:
        self.trace, self.question, self.only = trace, question, only

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, str) or (self.only and other != self.only):
            return False
        return self.trace.holds((self.question, other))

    __hash__ = None  # type: ignore[assignment]  # none: what it equals is decided anew by every search


class TracedAnswer(tuple[Any, ...]):
    """The words of an answer that is not known: one for a single choice, every option for "select all"."""

    __slots__ = ()


class TracedAnswers(Mapping[str, Any]):
    """Answers that are decided as they are asked for."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def __getitem__(self, name: str) -> Any:
        question = self.trace.library.questions[name]
        if question.kind in ("scale", "number"):
            return next((number for number in range(10) if self.trace.holds((name, str(number)))), 10)
        return self.get(name)

    def get(self, name: str, default: Any = None) -> Any:
        question = self.trace.library.questions.get(name)
        if question is None:
            return default
        return TracedAnswer(words_of(question, self.trace))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.trace.holds((name, ANSWERED))

    def __iter__(self) -> Iterator[str]:
        return iter(self.trace.library.questions)

    def __len__(self) -> int:
        return len(self.trace.library.questions)


def words_of(question: Question, trace: Trace) -> list[TracedWord]:
    if question.kind in ("many", "areas"):
        return [TracedWord(trace, question.id, option.id) for option in question.options]
    return [TracedWord(trace, question.id)]


def trees_of_fact(library: Library, name: str) -> Mapping[str, Tree]:
    """For each word that a fact can say, the decisions that lead to it. Other facts that it calls are atoms, not looked into."""
    function = with_facts_as_atoms(FACTS[name], library)
    found = [(tuple((atom, trace.decided[atom]) for atom in trace.free), said) for trace, said in runs(function, library)]
    words = dict.fromkeys(word for _, said in found for word in said)
    return {word: grown([(way, word in said) for way, said in found], 0) for word in words}


def grown(ways: list[tuple[Way, bool]], depth: int) -> Tree:
    """The ways as a tree of decisions. A decision that changes nothing is left out."""
    if len(ways) == 1:
        return ways[0][1]
    atom = ways[0][0][depth][0]
    yes = grown([one for one in ways if one[0][depth][1]], depth + 1)
    no = grown([one for one in ways if not one[0][depth][1]], depth + 1)
    return yes if yes == no else (atom, yes, no)


def runs(function: Callable[[Any], Mapping[str, Any]], library: Library) -> Iterator[tuple[Trace, tuple[str, ...]]]:
    """Every run of a function over answers, with the words it says: depth first, the last decision turned round."""
    script: tuple[bool, ...] | None = ()
    while script is not None:
        trace = Trace(library, script)
        said = tuple(function(TracedAnswers(trace)))
        yield trace, said
        taken = [trace.decided[atom] for atom in trace.free]
        while taken and not taken[-1]:
            taken.pop()
        script = (*taken[:-1], False) if taken else None


def with_facts_as_atoms(function: Callable[..., Any], library: Library) -> Callable[..., Any]:
    """A copy of a function in whose module every fact is an atom, so that one fact is not unrolled inside another."""
    stand_ins = {name: _stand_in(name, tuple(fact.words)) for name, fact in library.facts.items() if name != function.__name__}
    used = {name: stand_ins[name] for name in function.__code__.co_names if name in stand_ins}
    if not used:
        return function
    return types.FunctionType(
        function.__code__, {**function.__globals__, **used}, function.__name__, function.__defaults__, function.__closure__
    )


def _stand_in(name: str, words: tuple[str, ...]) -> Callable[[TracedAnswers], Mapping[str, Any]]:
    def said(answers: TracedAnswers) -> Mapping[str, Any]:
        return {word: ((name, word),) for word in words if answers.trace.holds((name, word))}

    return said


def words(question: Any) -> tuple[str, ...]:
    """The words that an answer can have."""
    return (
        tuple(str(number) for number in range(11))
        if question.kind in ("scale", "number")
        else tuple(option.id for option in question.options)
    )


def in_order(library: Library) -> list[str]:
    """Facts, those that others call first."""

    order: list[str] = []

    def add(name: str) -> None:
        for other in FACTS[name].__code__.co_names:
            if other in FACTS and other != name and other not in order:
                add(other)
        if name not in order:
            order.append(name)

    for name in FACTS:
        add(name)
    return order
