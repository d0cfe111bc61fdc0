"""The steps of a journey: which pages there are for this person, what may be seen, what is open next, and what a page of ticks says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from planner.domain.answers import TICKED, Answers, Value, words_of_answer
from planner.domain.journey import Journey
from planner.domain.model import Library, Page, Question

TicksProblem = Literal["unknown", "nothing", "both"]
"""unknown: something that is not on the page. nothing: neither a tick nor the last button. both: a tick and the last button."""


@dataclass(frozen=True)
class Step:
    """One step as this person meets it. `page`: the page itself, or the one that a question's own step belongs to.
    `may_visit`: already answered, or the first open one. `back`: the step before it. `part` of `parts` is `filled` so far, in
    hundredths, this step included: it rests on the content alone, so that no answer makes it grow or shrink."""

    id: str
    page: Page
    questions: tuple[Question, ...]
    is_ticks: bool
    may_visit: bool
    is_first_open: bool
    part: int
    parts: int
    filled: int
    back: str | None

    @property
    def is_choice(self) -> bool:
        """True where one question has one answer: each row, or each number, is the button that gives it."""
        return not self.is_ticks and len(self.questions) == 1 and self.questions[0].kind in ("one", "scale")

    @property
    def asked_by_tick(self) -> tuple[Question, ...]:
        """Questions of a form that stand there as a tick: its exact question comes on a page of its own."""
        return () if self.is_ticks or self.id != self.page.id else tuple(one for one in self.questions if own_page(self.page, one))

    @property
    def in_sight(self) -> tuple[Question, ...]:
        """Questions that stand open on the page: no tick stands for them, and no fold holds them."""
        return tuple(one for one in self.questions if one not in self.asked_by_tick and one.id not in self.page.folded)


@dataclass(frozen=True)
class Steps:
    """The ids for /ask/<id> of one journey, in order: its pages, each followed by its ticked questions' own pages."""

    journey: Journey

    @property
    def library(self) -> Library:
        return self.journey.library

    @cached_property
    def ids(self) -> tuple[str, ...]:
        found: list[str] = []
        for page in self.library.pages:
            here = [name for name in page.questions if name in self.journey.asked]
            if here and not page.again:
                found += [name for name in self._page_now(page, here) if name not in found]
                found += [name for name in here if self._has_own_step(page, name)]
        return tuple(found)

    def _page_now(self, page: Page, here: list[str]) -> tuple[str, ...]:
        """The page itself. On the way to a card only what is answered or wanted: the rest of the safety pages is asked on one page."""
        journey = self.journey
        if not journey.leaving or all(self._settled(page, name) for name in here):
            return (page.id,)
        if page.kind == "ticks" and page.safety and journey.triage.stops:
            return tuple(one.id for one in self.library.pages if one.again)
        return (page.id,) if set(here) & set(journey.before_card) else ()

    def _settled(self, page: Page, name: str) -> bool:
        return name in self.journey.answers or self._has_own_step(page, name)

    def _has_own_step(self, page: Page, name: str) -> bool:
        question = self.library.questions[name]
        value = self.journey.answers.get(name)
        if value is not None and value == question.default:  # most answers are: neither reopened nor a tick
            return False
        if not own_page(page, question):
            return page.kind == "ticks" and value is None and name in self._reopened
        return (value is not None and value != question.default) or (value is None and name in self._reopened)

    @cached_property
    def _reopened(self) -> frozenset[str]:
        """Questions that an answer to another one asks again."""
        said = self.journey.answers
        return frozenset(
            name
            for question in self.library.reopening
            for answer, others in question.reopens.items()
            if answer in words_of_answer(said.get(question.id))
            for name in others
        )

    def at(self, step: str) -> Step | None:
        """The step of this id; None if no journey has one."""
        page = page_called(self.library, step)
        if page is None and step not in self.library.questions:
            return None
        index = self.ids.index(step) if step in self.ids else 0
        home = page or page_of(self.library, step)
        part, parts, filled = progress(self.library, home)
        return Step(
            id=step,
            page=home,
            questions=self.questions_on(step),
            is_ticks=page is not None and page.kind == "ticks",
            may_visit=self.can_visit(step),
            is_first_open=step == self.first_open(),
            part=part,
            parts=parts,
            filled=filled,
            back=self.ids[index - 1] if index > 0 else None,
        )

    def next(self) -> str | None:
        """The first step with something open, or None when the journey is complete or triage stopped it."""
        return None if self.journey.stopped else self.first_open()

    def first_open(self) -> str | None:
        """The first step that is not answered, also where triage has stopped the journey."""
        return next((step for step in self.ids if not self.is_answered(step)), None)

    def is_answered(self, step: str) -> bool:
        """True when a page's questions have answers or pages of their own, or when a ticked question has its exact answer."""
        if page := page_called(self.library, step):
            return all(self._settled(page, question.id) for question in self.questions_on(step))
        return self.journey.answers.get(step, TICKED) != TICKED

    def can_visit(self, step: str) -> bool:
        """True for steps already answered, and for the first that is open: nobody skips ahead."""
        if step not in self.ids:
            return step in self.journey.asked and step in self.journey.answers
        upto = self.first_open()
        return upto is None or self.ids.index(step) <= self.ids.index(upto)

    def questions_on(self, step: str) -> tuple[Question, ...]:
        """The questions that a step shows: those of its page that are asked, or the one ticked question."""
        page = page_called(self.library, step)
        names = page.questions if page else (step,)
        shown = tuple(self.journey.asked[name] for name in names if name in self.journey.asked)
        return tuple(one for one in shown if page_of(self.library, one.id).id not in self.ids) if page and page.again else shown

    def of_question(self, name: str) -> str:
        """The step on which a question is answered: its own, its page, or the page that asks again before a card."""
        home = page_of(self.library, name).id
        again = (page.id for page in self.library.pages if page.again and name in page.questions and page.id in self.ids)
        return name if name in self.ids else home if home in self.ids else next(again, home)


def own_page(page: Page, question: Question) -> bool:
    """True when a tick for this question leads to its exact question on a page of its own.

    A single choice of two needs none (the tick says it all), except a safety question: those are always asked exactly.
    On a form it is the same; what a fold holds is answered there.
    """
    if not question.tick or question.id in page.folded:
        return False
    return page.safety or question.kind == "many" or len(question.options) > 2


def progress(library: Library, page: Page) -> tuple[int, int, int]:
    """Which part of the journey a page belongs to, of how many, and how much of that part is done with it, in hundredths."""
    names = list(dict.fromkeys(one.section for one in library.pages))
    inside = [one.id for one in library.pages if one.section == page.section]
    return names.index(page.section) + 1, len(names), 100 * (inside.index(page.id) + 1) // len(inside)


def page_called(library: Library, step: str) -> Page | None:
    return library.page.get(step)


def page_of(library: Library, question: str) -> Page:
    """The page that asks a question. KeyError if there is no such question."""
    return library.page_of_question[question]


@dataclass(frozen=True)
class Ticks:
    """What was sent from a page of ticks: ids of questions, options of its "select all" questions, and the last button.
    `known`: ids of questions of whose tick the known, harmless reason was ticked too; without the tick it says nothing."""

    questions: tuple[Question, ...]
    ticked: Collection[str]
    listed: Mapping[str, Collection[str]]
    none: bool
    known: Collection[str] = ()

    @property
    def problem(self) -> TicksProblem | None:
        """What is wrong with it; None if it can be read."""
        single = {question.id for question in self.questions if not ticks_options(question)}
        options = {question.id: set(known_options(question)) for question in self.questions}
        reasons = {question.id for question in self.questions if question.tick_known}
        others = any(not set(some) <= options[name] for name, some in self.listed.items())
        if others or not set(self.ticked) <= single or not set(self.known) <= reasons:
            return "unknown"
        anything = bool(self.ticked) or any(self.listed.values())
        if self.none == anything:
            return "both" if anything else "nothing"
        return None

    def answers(self, library: Library, before: Answers) -> dict[str, Value]:
        """The answers of the page. What was shown and not ticked is recorded as its default."""
        return {question.id: self._value(library, question, before) for question in self.questions}

    def _value(self, library: Library, question: Question, before: Answers) -> Value:
        """The default, the exact answer, or that its exact question comes next. An exact answer given before stays."""
        if ticks_options(question):
            some = self.listed.get(question.id, ())
            return tuple(name for name in known_options(question) if name in some and name != question.none) or question.default
        if question.id not in self.ticked:
            return question.default
        if not own_page(page_of(library, question.id), question):
            return next(option.id for option in question.options if option.id != question.default)
        if question.tick_known and question.id in self.known:
            return question.tick_known
        if question.tick_means and before.get(question.id) in (None, TICKED, question.default, question.tick_known):
            return question.tick_means
        return exact_or_open(question, before)


def exact_or_open(question: Question, before: Answers) -> Value:
    """What a tick says: the exact answer that was given before, or that its exact question comes next."""
    known = before.get(question.id)
    return known if known not in (None, question.default) else TICKED


def known_options(question: Question) -> tuple[str, ...]:
    """Ids of the options of today, then of those that are retired."""
    return (*(option.id for option in question.options), *(one.id for one in question.retired))


def ticks_options(question: Question) -> bool:
    """True for a "select all" question whose options are themselves the boxes of a page of ticks."""
    return not question.tick and question.kind == "many"


def ticks_shown(questions: Collection[Question], answers: Answers) -> set[str]:
    """Ticks that the person has already made among these questions."""
    return {question.id for question in questions if answers.get(question.id, question.default) != question.default}
