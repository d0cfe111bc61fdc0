"""What time does to a kept plan's words: what was true on a day is said with that day, and stricter advice says what it changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.lines import Plan
from planner.domain.model import Library, Question
from planner.domain.staleness import Answered
from planner.domain.terms import Lookup
from planner.languages.translate import gettext as _
from planner.outputs.changed import changed_text
from planner.outputs.words import date_text

MOST_PRESSURE = "pressure:max:"
NO_MASSAGE = "massage:hold"


def dated(library: Library, answered: Answered, today: date) -> Library:
    """The library whose sentences about new pain carry the day on which that was so, once it is no longer sure."""
    for row in library.stale.values():
        if row.dated and (today - answered.on(row)).days > row.days:
            library = with_day(library, row.dated, date_text(answered.on(row)))
    return library


def with_day(library: Library, words: Lookup, day: str) -> Library:
    """The sentences that rest on these words, with a day: answers, the fact's name, what to tell a therapist, how often massage."""

    def when_made(said: str) -> str:
        return _("%(said)s, when you made this plan on %(date)s") % {"said": said, "date": day}

    def rests(lookups: Sequence[Lookup]) -> bool:
        return any(set(lookup.get(key, ())) & set(some) for lookup in lookups for key, some in words.items())

    schedule = library.schedule
    told = _("I made this plan on %(date)s. I said then:") % {"date": day}
    since = _("When you made this plan on %(date)s, this was true.") % {"date": day}
    return replace(
        library,
        questions={name: question_with(one, words.get(name, ()), when_made) for name, one in library.questions.items()},
        facts={
            name: replace(one, words={word: when_made(said) if word in words.get(name, ()) else said for word, said in one.words.items()})
            for name, one in library.facts.items()
        },
        conditions={
            name: replace(
                one,
                tell=f"{told} {one.tell}",
                words_if=tuple(replace(other, tell=f"{told} {other.tell}") if other.tell else other for other in one.words_if),
            )
            if one.tell and rests(one.when)
            else one
            for name, one in library.conditions.items()
        },
        schedule=replace(
            schedule,
            frequency=tuple(
                replace(row, because=f"{since} {row.because}") if row.because and rests((row.when,)) else row for row in schedule.frequency
            ),
        ),
    )


def question_with(question: Question, words: Sequence[str], when_made: Callable[[str], str]) -> Question:
    options = tuple(replace(one, said=when_made(one.said)) if one.id in words else one for one in question.options)
    return replace(question, options=options) if words else question


def stricter_text(library: Library, before: Sequence[str], plan: Plan) -> str:
    """What newer advice took away from the plan as it was kept. `before`: its tokens. Empty where nothing is less."""
    exercises: Mapping[str, str] = {f"exercise:{name}": one.title for name, one in library.exercises.items()}
    found = [f"dropped:{exercises[one]}" for one in before if one in exercises and one not in plan.tokens]
    if NO_MASSAGE in plan.tokens and before and NO_MASSAGE not in before and pressure(before):
        return changed_text(found) + (" " if found else "") + _("No massage for now.")
    if 0 < pressure(plan.tokens) < pressure(before):
        found.append("light:")
    return changed_text(found)


def pressure(tokens: Sequence[str]) -> int:
    """The most pressure, 1 to 5; 0 where the plan has no massage."""
    return max((int(one.removeprefix(MOST_PRESSURE)) for one in tokens if one.startswith(MOST_PRESSURE)), default=0)
