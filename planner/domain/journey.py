"""The journey: which questions this person is asked, and what their answers come to. Derived, never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from planner.domain.answers import TICKED, Answers, Value, own_words_ids, words_of_answer
from planner.domain.every_fact import FACTS, some_facts
from planner.domain.lines import Reason, Triage
from planner.domain.model import Library, Question
from planner.domain.renewed import renewed
from planner.domain.rules import Reading, Words, match, match_any, said_words
from planner.domain.triage import assess, checkable


def ask_order(library: Library) -> tuple[Question, ...]:
    """Every question in asking order."""
    return tuple(library.questions[name] for page in library.pages if not page.again for name in page.questions)


@dataclass(frozen=True)
class Journey:
    """One person's way through the questions, from their answers alone."""

    library: Library
    answers: Answers

    @cached_property
    def asked(self) -> dict[str, Question]:
        """Questions that this journey asks, given the answers so far; a later one may rest only on earlier ones."""
        return {question.id: question for question in (*self._walked[0], *self._stand_ins)}

    @cached_property
    def _walked(self) -> tuple[list[Question], dict[str, Value]]:
        reached: dict[str, Value] = {}
        asked: list[Question] = []
        for question in ask_order(self.library):
            if question.stands_for or (question.ask_if and not self._asks(question, reached)):
                continue
            asked.append(self._offered(question, reached))
            if question.id in self.answers:
                reached[question.id] = self.answers[question.id]
        return asked, reached

    def _asks(self, question: Question, reached: dict[str, Value]) -> bool:
        return match(question.ask_if, self._words(question.ask_if, reached)) is not None

    def _words(self, keys: Iterable[str], reached: dict[str, Value]) -> Words:
        """The words of these keys alone; everything is worked out only where flags or conditions are asked for."""
        names = set(keys)
        if all(name in self.library.questions or name in FACTS for name in names):
            return {**said_words(reached, names), **some_facts(reached, names)}
        return reading_of(self.library, reached, with_check="checkable" in names).words

    def _offered(self, question: Question, reached: dict[str, Value]) -> Question:
        """The question with the options that are for this person."""
        keys = {key for option in question.options for key in option.show_if}
        if not keys:
            return question
        words = self._words(keys, reached)
        return replace(question, options=tuple(option for option in question.options if match(option.show_if, words) is not None))

    @cached_property
    def _stand_ins(self) -> list[Question]:
        """What an urgent card, or that of a child, wants to know, and would only be asked later on the way."""
        reached = self._walked[1]
        waiting = [one for one in ask_order(self.library) if one.stands_for and one.stands_for not in reached]
        if not waiting:
            return []
        found = assess(reading_of(self.library, _finished(reached)))
        at_once = any(reason.flag.at_once for reason in found.stopping)
        return waiting if found.no_plan and found.level != "emergency" and not at_once else []

    @cached_property
    def reachable(self) -> dict[str, Value]:
        """The answers that count: to questions asked on this journey, ticks still open left out, own words kept."""
        now = {question.id: self.answers[question.id] for question in self._stand_ins if question.id in self.answers}
        reached = _finished(self._walked[1] | now)
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
    def before_card(self) -> tuple[str, ...]:
        """Open questions that the card of this triage waits for, in order. An emergency waits for nothing but a check that may end it."""
        why = self.triage.stopping
        if not why or any(reason.flag.at_once for reason in why):
            return ()
        checks = [self._may_end(reason) for reason in why]
        if all(checks):
            return tuple(name for name in self._open if any(name in some for some in checks))
        return () if self.triage.level == "emergency" else tuple(name for name in self._open if self._waits(name))

    def _may_end(self, reason: Reason) -> set[str]:
        """Open questions whose answer may take this reason away."""
        rests_on = {one.question_id for one in reason.because}
        words = self.reading.words
        found = set()
        for name in self._open:
            settles = self.asked[name].settles
            if name in reason.flag.lowered_by or (rests_on & set(settles) and match(settles, words) is not None):
                found.add(name)
        return found

    @property
    def stopped(self) -> bool:
        """True when there is no plan, and nothing to ask before the card says so."""
        return self.triage.no_plan and not self.before_card

    @property
    def leaving(self) -> bool:
        """True on the way to a card that waits for some more answers, or waited for them."""
        return self.triage.no_plan and (self.triage.level != "emergency" or bool(self.before_card))

    @property
    def _open(self) -> tuple[str, ...]:
        return tuple(name for name in self.asked if self.answers.get(name, TICKED) == TICKED)

    def _waits(self, name: str) -> bool:
        question = self.asked[name]
        if self.answers.get(name) == TICKED or question.stands_for:
            return True
        if not self.triage.stops and any(page.safety and name in page.questions for page in self.library.pages):
            return True
        return bool(question.before_card) and match_any(question.before_card, self.reading.words) is not None

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Questions still open, in order; none once triage has stopped the journey."""
        if self.triage.no_plan:
            return ()
        return self._open

    @property
    def complete(self) -> bool:
        return not self.missing


def _finished(reached: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in reached.items() if value != TICKED}


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
    for name, value in as_today(library, answers, new).items():
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


def as_today(library: Library, answers: Answers, new: Answers) -> Answers:
    """The new answers, with what a retired option among them says in the options of today."""
    read = renewed(library, {**answers, **new})
    return {name: _in_order(library, name, value) for name, value in read.items() if name in new or answers.get(name) != value}


def _in_order(library: Library, name: str, value: Any) -> Value:
    """A list in the order of the options, as answers have it."""
    found: Value = value
    return tuple(option.id for option in library.questions[name].options if option.id in value) if isinstance(value, list) else found


def with_defaults(library: Library, answers: Answers) -> dict[str, Value]:
    """The answers with the default of every question that the journey would still ask, also before a card."""
    filled = dict(answers)
    while missing := (here := Journey(library, filled)).missing or here.before_card:
        filled |= {name: filled.get(library.questions[name].stands_for, library.questions[name].default) for name in missing}
    return filled
