"""The journey: which questions this person is asked, in which order, and where they are. Derived, never stored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from planner.domain.answers import TICKED, Answers, Value, own_words_ids
from planner.domain.lines import Triage
from planner.domain.model import Library, Page, Question
from planner.domain.rules import Reading, match
from planner.domain.triage import assess, checkable


def ask_order(library: Library) -> tuple[Question, ...]:
    """Every question in asking order."""
    return tuple(library.questions[name] for page in library.pages for name in page.questions)


def own_page(page: Page, question: Question) -> bool:
    """True when a tick for this question leads to its exact question on a page of its own.

    A single choice of two needs none (the tick says it all), except a safety question: those are always asked exactly.
    """
    if page.kind != "ticks" or not question.tick:
        return False
    return page.safety or question.kind == "many" or len(question.options) > 2


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
            asked.append(question)
            if question.id in self.answers:
                reached[question.id] = self.answers[question.id]
        return asked, reached

    def _asks(self, question: Question, reached: dict[str, Value]) -> bool:
        keys = set(question.ask_if)
        if not keys <= set(self.library.questions):
            reading = read(self.library, reached, with_check="checkable" in keys)
            return match(question.ask_if, reading.words) is not None
        return all(
            any(word in (value if isinstance(value, tuple) else (str(value),)) for word in question.ask_if[key])
            for key in keys
            for value in [reached.get(key, ())]
        )

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
        return read(self.library, self.reachable)

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

    def steps(self) -> tuple[str, ...]:
        """Ids for /ask/<id> in order: pages of this journey, each followed by its ticked questions' own pages."""
        found: list[str] = []
        for page in self.library.pages:
            here = [name for name in page.questions if name in self.asked]
            if here:
                found.append(page.id)
                found += [name for name in here if self._has_own_step(page, name)]
        return tuple(found)

    def _has_own_step(self, page: Page, name: str) -> bool:
        question = self.library.questions[name]
        value = self.answers.get(name)
        if not own_page(page, question):
            return page.kind == "ticks" and value is None and self._reopened(name)
        return (value is not None and value != question.default) or (value is None and self._reopened(name))

    def _reopened(self, name: str) -> bool:
        return any(
            name in others and answer in words_of_answer(self.answers.get(question.id))
            for question in self.library.questions.values()
            for answer, others in question.reopens.items()
        )

    def next_step(self) -> str | None:
        """The first step with something open, or None when the journey is complete or triage stopped it."""
        open_ones = set(self.missing)
        for step in self.steps():
            page = page_called(self.library, step)
            if page is None and step in open_ones:
                return step
            if page is not None and any(name in open_ones and not self._asked_later(page, name) for name in page.questions):
                return step
        return None

    def _asked_later(self, page: Page, name: str) -> bool:
        return self.answers.get(name) == TICKED or self._has_own_step(page, name)

    def questions_on(self, step: str) -> tuple[Question, ...]:
        """The questions that a step shows: those of its page that are asked, or the one ticked question."""
        page = page_called(self.library, step)
        names = page.questions if page else (step,)
        return tuple(self.asked[name] for name in names if name in self.asked)

    def position(self, step: str) -> tuple[int, int]:
        """(n, total) of this step among those known now."""
        steps = self.steps()
        return (steps.index(step) + 1 if step in steps else 1), len(steps)

    def previous(self, step: str) -> str | None:
        steps = self.steps()
        index = steps.index(step) if step in steps else 0
        return steps[index - 1] if index > 0 else None


def words_of_answer(value: Value | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def page_called(library: Library, step: str) -> Page | None:
    return next((page for page in library.pages if page.id == step), None)


def page_of(library: Library, question: str) -> Page:
    """The page that asks a question. KeyError if there is no such question."""
    for page in library.pages:
        if question in page.questions:
            return page
    raise KeyError(question)


def read(library: Library, answers: Answers, *, with_check: bool = False) -> Reading:
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
