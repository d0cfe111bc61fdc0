"""The journey: which questions this person is asked, and what their answers come to. Derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from planner.domain.answers import TICKED, Answers, Value, own_words_ids, words_of_answer
from planner.domain.lines import Triage
from planner.domain.model import Library, Question
from planner.domain.rules import Reading, match
from planner.domain.triage import assess, checkable


def ask_order(library: Library) -> tuple[Question, ...]:
    """Every question in asking order."""
    return tuple(library.questions[name] for page in library.pages for name in page.questions)


@dataclass(frozen=True)
class Journey:
    """One person's way through the questions, from their answers alone."""

    library: Library
    answers: Answers

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Questions that this journey asks, given the answers so far; a later one may rest only on earlier ones."""
        return {question.id: question for question in self._walk()[0]}

    def _walk(self) -> tuple[list[Question], dict[str, Value]]:
        reached: dict[str, Value] = {}
        asked: list[Question] = []
        for question in ask_order(self.library):
            if question.ask_if and not self._asks(question, reached):
                continue
            asked.append(self._offered(question, reached))
            if question.id in self.answers:
                reached[question.id] = self.answers[question.id]
        return asked, reached

    def _asks(self, question: Question, reached: dict[str, Value]) -> bool:
        keys = set(question.ask_if)
        if not keys <= set(self.library.questions):
            reading = reading_of(self.library, reached, with_check="checkable" in keys)
            return match(question.ask_if, reading.words) is not None
        return all(
            any(word in (value if isinstance(value, tuple) else (str(value),)) for word in question.ask_if[key])
            for key in keys
            for value in [reached.get(key, ())]
        )

    def _offered(self, question: Question, reached: dict[str, Value]) -> Question:
        """The question with the options that are for this person."""
        if not any(option.show_if for option in question.options):
            return question
        words = reading_of(self.library, reached).words
        return replace(question, options=tuple(option for option in question.options if match(option.show_if, words) is not None))

    @cached_property
    def reachable(self) -> dict[str, Value]:
        """The answers that count: to questions asked on this journey, ticks still open left out, own words kept."""
        reached = {name: value for name, value in self._walk()[1].items() if value != TICKED}
        for name, question in own_words_ids(self.library).items():
            if question.id in reached and self.answers.get(name):
                reached[name] = self.answers[name]
        return reached

    @cached_property
    def reading(self) -> Reading:
        return reading_of(self.library, self.reachable)

    @cached_property
    def triage(self) -> Triage:
        return assess(self.reading)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Questions still open, in order; none once triage has stopped the journey."""
        if self.triage.no_plan:
            return ()
        return tuple(name for name in self.asked if self.answers.get(name, TICKED) == TICKED)

    @property
    def complete(self) -> bool:
        return not self.missing


def reading_of(library: Library, answers: Answers, *, with_check: bool = False) -> Reading:
    """A Reading of finished answers; `checkable` is worked out only where a question rests on it."""
    known = {name: value for name, value in answers.items() if name in library.questions}
    plain = Reading(library, known, extra_words={name: value for name, value in answers.items() if name not in known})
    if with_check and checkable(plain):
        return Reading(library, plain.answers, {"checkable": {"yes": ()}}, plain.extra_words)
    return plain


def put(library: Library, answers: Answers, new: Answers) -> dict[str, Value]:
    """The answers with `new` in them. An answer that another one puts in doubt is asked again (`reopens`)."""
    merged = dict(answers)
    for name, value in new.items():
        question = library.questions.get(name)
        changed = merged.get(name) != value
        merged[name] = value
        if question is None or not changed:
            continue
        for answer, others in question.reopens.items():
            if answer in words_of_answer(value):
                for other in others:
                    if merged.get(other) == library.questions[other].default:
                        del merged[other]
    return {name: value for name, value in merged.items() if value != ""}


def with_defaults(library: Library, answers: Answers) -> dict[str, Value]:
    """The answers with the default of every question that the journey would still ask."""
    filled = dict(answers)
    while missing := Journey(library, filled).missing:
        filled |= {name: library.questions[name].default for name in missing}
    return filled
