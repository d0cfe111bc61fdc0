"""The journey: which questions this person is asked, and what their answers come to. Derived, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain.active import active_conditions, clearance_of, strictest_first
from planner.domain.answers import TICKED, Answers, Value, words_of_answer
from planner.domain.early import ASKED_LATE
from planner.domain.every_fact import facts_about
from planner.domain.lazy import Lazy
from planner.domain.lines import Reason, Triage
from planner.domain.model import Library, Question
from planner.domain.renewed import renewed
from planner.domain.rules import Reading, Words, match, match_any
from planner.domain.saying import Saying
from planner.domain.terms import Pairs
from planner.domain.triage import assess, checkable


def ask_order(library: Library) -> tuple[Question, ...]:
    """Every question in asking order."""
    return library.in_asking_order


class Asking:
    """The questions one after another, as far as it has come: what was asked, and the answers that count for what comes later."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.asked: dict[str, Question] = {}
        self.saying = Saying()
        self._reading: Reading | None = None
        self._clearance: Mapping[str, Pairs] | None = None

    def asks(self, question: Question) -> bool:
        """Key by key: what only a reading says is looked up where the keys before it leave the question open."""
        return all(not self._said(key).keys().isdisjoint(wanted) for key, wanted in question.ask_if.items())

    def ask(self, question: Question, answer: Value | None) -> None:
        """Asks the question with the options that are for this person."""
        self.asked[question.id] = self._offered(question) if question.options_rest_on else question
        if answer is not None:
            self.saying.put(question.id, answer)
            self._reading = None
            if self._clearance is not None and self._limits(question.id, answer):
                self._clearance = None

    def _limits(self, name: str, answer: Value) -> bool:
        """True for an answer that flags or conditions may rest on."""
        return not self.library.limiting_keys.isdisjoint((name, *facts_about(name, words_of_answer(answer))))

    def _offered(self, question: Question) -> Question:
        words = {key: self._said(key) for key in question.options_rest_on}
        return question.offering(tuple(option for option in question.options if match(option.show_if, words) is not None))

    def _said(self, key: str) -> Mapping[str, Pairs]:
        return self.says(key) if key in ASKED_LATE else self.saying.said(key)

    def says(self, key: str) -> Mapping[str, Pairs]:
        """The words of one key that is neither a question nor a fact."""
        if key == "checkable":
            return {"yes": ()} if checkable(self.library, self.saying.telling(self.library.limiting_keys)) else {}
        if key == "clearance":
            if self._clearance is None:
                self._clearance = self._cleared_by(self.saying.telling(self.library.limiting_keys))
            return self._clearance
        return self.reading.words.get(key, {})

    def _cleared_by(self, told: Words) -> Mapping[str, Pairs]:
        """What a clinician's yes would open. A whole reading is made only where that rests on a flag."""
        table = self.library.clearable
        if table is None:
            return Reading(self.library, self.saying.answers, told).clearance
        return clearance_of(strictest_first(active_conditions(table.holding(told), told)))

    @property
    def reading(self) -> Reading:
        """The answers so far as a reading."""
        if self._reading is None:
            self._reading = Reading(self.library, dict(self.saying.answers), self.saying.words)
        return self._reading


@dataclass(frozen=True)
class Journey:
    """One person's way through the questions, from their answers alone."""

    library: Library
    answers: Answers

    @Lazy
    def asked(self) -> dict[str, Question]:
        """Questions that this journey asks, given the answers so far; a later one may rest only on earlier ones."""
        return {**self._asking.asked, **{question.id: question for question in self._stand_ins}}

    @Lazy
    def _asking(self) -> Asking:
        asking = Asking(self.library)
        for question in self.library.on_the_way:
            if not question.ask_if or asking.asks(question):
                asking.ask(question, self.answers.get(question.id))
        return asking

    @Lazy
    def _stand_ins(self) -> list[Question]:
        """What an urgent card, or that of a child, wants to know, and would only be asked later on the way."""
        waiting = [one for one in self.library.stand_ins if one.stands_for not in self._asking.saying.answers]
        if not waiting:
            return []
        found = self._first_triage
        at_once = any(reason.flag.at_once for reason in found.stopping)
        return waiting if found.no_plan and found.level != "emergency" and not at_once else []

    @Lazy
    def reachable(self) -> dict[str, Value]:
        """The answers that count: to questions asked on this journey, ticks still open left out, own words kept."""
        return {**self.reading.answers, **self.reading.extra_words}

    @Lazy
    def reading(self) -> Reading:
        now = {one.id: self.answers[one.id] for one in self._stand_ins if self.answers.get(one.id, TICKED) != TICKED}
        return self._read(self._finished.but(now)) if now else self._first_reading

    @Lazy
    def _first_reading(self) -> Reading:
        """The reading before any question that stands for a later one is answered: for most people it is the reading."""
        return self._read(self._finished)

    @Lazy
    def _finished(self) -> Saying:
        said = self._asking.saying
        return said.but({name: None for name, value in said.answers.items() if value == TICKED})

    def _read(self, said: Saying) -> Reading:
        own = {name: self.answers.get(name) for name, one in self.library.with_own_words.items() if one.id in said.answers}
        return Reading(self.library, said.answers, said.words, {name: words for name, words in own.items() if words})

    @Lazy
    def triage(self) -> Triage:
        return self._first_triage if self.reading is self._first_reading else assess(self.reading)

    @Lazy
    def _first_triage(self) -> Triage:
        return assess(self._first_reading)

    @Lazy
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
        return tuple([name for name in self.asked if self.answers.get(name, TICKED) == TICKED])

    def _waits(self, name: str) -> bool:
        question = self.asked[name]
        if self.answers.get(name) == TICKED or question.stands_for:
            return True
        if not self.triage.stops and any(page.safety and name in page.questions for page in self.library.pages):
            return True
        return bool(question.before_card) and match_any(question.before_card, self.reading.words) is not None

    @Lazy
    def missing(self) -> tuple[str, ...]:
        """Questions still open, in order; none once triage has stopped the journey."""
        if self.triage.no_plan:
            return ()
        return self._open

    @property
    def complete(self) -> bool:
        return not self.missing


def reading_of(library: Library, answers: Answers) -> Reading:
    """A Reading of answers, own words apart."""
    said = Saying({name: value for name, value in answers.items() if name in library.questions})
    return Reading(library, said.answers, said.words, {name: value for name, value in answers.items() if name not in said.answers})


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
    return dict(filled_up(library, answers).answers)


def filled_up(library: Library, answers: Answers) -> Journey:
    """The journey with these answers and defaults."""
    filled = dict(answers)
    while missing := (here := Journey(library, filled)).missing or here.before_card:
        filled |= {name: filled.get(library.questions[name].stands_for, library.questions[name].default) for name in missing}
    return here
