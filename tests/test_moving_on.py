"""A plan under a code moves by what its owner says each week: eases, holds, builds, goes on. Read from the reference and the plan's
own lines; nothing here asks the engine why. Random people, random weeks: never harder after worse, never a barred demand."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.course import Course, Courses
from planner.domain.doses import minutes_a_day
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.lines import Line
from planner.domain.model import Library
from planner.domain.moving_on import Asked, CourseWith, recorded
from planner.domain.thread import CheckIn, Diary, as_read_back, both_said
from tests.people import anybody, well

BEGUN = date(2026, 9, 7)
ORDER = ("half", "start", "build", "strong")
WEEKS = (1, 2, 3, 4, 6, 8, 12, 18, 26)
QUICK, ALL = 300, 1000


class Person:
    """Somebody with a plan, and what they say of it week after week."""

    def __init__(self, library: Library, answers: dict[str, Any], edits: Edits | None = None) -> None:
        self.library, self.answers = library, answers
        self.journey = Journey(library, answers)
        self.course = once_each(Courses(self.journey))
        self.kept = edits or Edits()
        self.diary = Diary(BEGUN)

    def asked(self) -> Asked:
        schedule, base = self.library.schedule, int(str(self.journey.reachable.get("peg_p", 0)))
        return Asked(schedule.review_rules, schedule.check_ins, self.course, base, self.kept, BEGUN)

    def says(self, week: int, said: CheckIn) -> None:
        self.diary = recorded(self.asked(), self.diary, said, week, BEGUN + timedelta(days=7 * week))

    def now(self) -> Course:
        return self.course(self.diary.edits or self.kept)


def once_each(courses: Courses) -> CourseWith:
    """The same edits give the same course: most weeks ask for it several times."""
    known: dict[str, Course] = {}

    def course(edits: Edits) -> Course:
        return known.setdefault(repr(edits), known.get(repr(edits)) or courses.of(edits))

    return course


def names(course: Course) -> list[str]:
    return [line.item_id for line in course.exercises]


def amount(line: Line) -> int:
    """Seconds of work in a week, as somebody with a watch would count them."""
    dose = line.doses[0]
    one = dose.seconds or dose.repeats * (dose.hold_seconds + 3)
    return dose.sets * dose.sides * dose.ways * one * dose.times_a_day * dose.days_a_week


def firmness(course: Course) -> int:
    return course.massage.pressure_ask if course.massage and course.massage.recommended else 0


def walk(course: Course) -> int:
    return course.walk.minutes[0] if course.walk and course.walk.minutes else 0


def not_harder(person: Person, before: Course, after: Course) -> None:
    """Each exercise is one that was there, with no more to do; or the easier one of one that is gone."""
    was = {line.item_id: line for line in before.exercises}
    for line in after.exercises:
        if line.item_id in was:
            assert amount(line) <= amount(was[line.item_id]), line.item_id
        else:
            assert line.item_id in [one.easier.id for one in before.exercises if one.easier], line.item_id
            assert ORDER.index(line.dose_step) <= 1, line.dose_step
    assert len(after.exercises) <= len(before.exercises)
    assert firmness(after) <= max(firmness(before), 2) and walk(after) <= walk(before)


def sound(person: Person, course: Course) -> None:
    """Nothing barred, nothing above the cap, no more than the minutes and seven exercises."""
    limits = person.journey.reading.limits
    for line in course.exercises:
        assert not limits.against(line.exercise.demands), line.item_id
        assert all(ORDER.index(step) <= ORDER.index(limits.highest_dose) for step in line.dose_steps)
    assert len(course.exercises) <= 7
    daily = sum(minutes_a_day(line.doses[0]) for line in course.exercises if line.minutes and line.doses[0].days_a_week == 7)
    assert daily <= int(str(person.journey.reachable["minutes"]))
    if course.massage and course.massage.recommended:
        assert course.massage.pressure_ask <= person.journey.reading.limits.cap


def higher(before: Course, after: Course) -> list[str]:
    was = {line.item_id: line for line in before.exercises}
    easier = {one.easier.id for one in before.exercises if one.easier}
    return [
        one.item_id
        for one in after.exercises
        if (amount(one) > amount(was[one.item_id]) if one.item_id in was else one.item_id not in easier)
    ]


def anything(rng: random.Random, shown: list[str]) -> CheckIn:
    def some(share: float) -> tuple[str, ...]:
        return tuple(name for name in shown if rng.random() < share)

    easy, much = some(0.3), some(0.15)
    best, least = (tuple(rng.sample(shown, 1)) if shown and rng.random() < 0.7 else () for _ in range(2))
    return CheckIn(rng.choice((0, 1, 2, 3, 5, 7)), rng.randint(0, 10), best, least, tuple(sorted(set(easy) - set(much))), much)


def people(library: Library, number: int) -> list[dict[str, Any]]:
    """Whole answer sets that end in a plan with exercises."""
    rng, found = random.Random(5), list[dict[str, Any]]()
    while len(found) < number:
        answers = anybody(library, rng)
        person = Person(library, answers)
        if not person.journey.missing and not person.journey.triage.no_plan and person.now().exercises:
            found.append(answers)
    return found


def sequences(library: Library, number: int, seed: int) -> int:
    """So many people's weeks, at random. How many check-ins were judged."""
    rng, judged, some = random.Random(seed), 0, people(library, max(1, number // 5))
    whom = [Person(library, answers) for answers in some]
    for place in range(number):
        person = whom[place % len(whom)]
        person.diary = Diary(BEGUN)
        for week in sorted(rng.sample(WEEKS, 3)):
            said = anything(rng, names(person.now()))
            pains = [entry.said.pain for entry in person.diary.entries]
            person.says(week, said)
            entry, after = person.diary.entries[-1], person.now()
            before = person.course(entry.before)
            sound(person, after)
            if said.pain >= 8 or (pains and said.pain >= pains[-1] + 2):
                not_harder(person, before, after)
            if said.days < 3 or (
                pains and BEGUN + timedelta(days=7 * week) - person.diary.entries[-2].on < timedelta(14) and person.diary.entries[-2].moved
            ):
                assert higher(before, after) == [], (week, said)
            judged += 1
        other = whom[(place + 1) % len(whom)]  # the same steps, were the answers to change: what they bar goes
        sound(other, other.course(person.diary.edits or Edits()))
    return judged


def test_300_random_sequences_keep_the_promises(library: Library) -> None:
    assert sequences(library, QUICK, 11) == 3 * QUICK


@pytest.mark.slow
def test_1000_random_sequences_keep_the_promises(library: Library) -> None:
    assert sequences(library, ALL, 12) == 3 * ALL


def somebody(library: Library, **answers: Any) -> Person:
    return Person(library, well(library, goal="sport", **{"peg_p": 4, **answers}))


def after_weeks(person: Person, *weeks: tuple[int, CheckIn]) -> Course:
    for week, said in weeks:
        person.says(week, said)
    return person.now()


GOOD = CheckIn(5, 4)


def test_it_builds_after_two_good_weeks_and_not_before(library: Library) -> None:
    person = somebody(library)
    first = person.course(Edits())
    assert {line.dose_step for line in after_weeks(person, (1, GOOD)).exercises} == {"start"}
    assert {line.dose_step for line in after_weeks(person, (2, GOOD)).exercises} == {"build"}
    assert names(person.now()) == names(first)


def test_two_easy_ones_at_most_take_the_next_rung(library: Library) -> None:
    person = somebody(library, minutes="20", activity="regular")
    before = person.course(Edits())
    after = after_weeks(person, (2, replace(GOOD, easy=tuple(names(before)))))
    new = set(names(after)) - set(names(before))
    assert 1 <= len(new) <= 2 and new <= {line.harder.id for line in before.exercises if line.harder}


def test_what_was_useful_least_stays(library: Library) -> None:
    person = somebody(library)
    name = names(person.course(Edits()))[0]
    after = after_weeks(person, (2, replace(GOOD, easy=(name,), least=(name,))))
    assert next(line for line in after.exercises if line.item_id == name).dose_step == "start"


def test_worse_twice_is_half_and_the_walk_goes_a_week_back(library: Library) -> None:
    person = somebody(library)
    steps = [walk(after_weeks(person, one)) for one in ((1, GOOD), (2, CheckIn(5, 6)), (3, CheckIn(5, 7)))]
    assert steps == [13, 10, 10]
    assert {line.dose_step for line in person.now().exercises} == {"half"} and firmness(person.now()) <= 2


def test_the_walk_grows_past_week_4_to_30_minutes_and_no_further(library: Library) -> None:
    person = somebody(library)
    steps = [walk(after_weeks(person, (week, GOOD))) for week in WEEKS]
    assert steps == [13, 16, 20, 22, 26, 30, 30, 30, 30]


def test_two_phones_count_once_whichever_came_first(library: Library) -> None:
    one, other = CheckIn(6, 3, easy=("a", "b")), CheckIn(2, 5, least=("b",), easy=("a", "b"), much=("c",))
    assert both_said(one, other) == both_said(other, one) == CheckIn(2, 5, (), ("b",), ("a",), ("c",))
    persons = [somebody(library), somebody(library)]
    after_weeks(persons[0], (2, one), (2, other), (2, one))
    after_weeks(persons[1], (2, other), (2, one))
    assert persons[0].diary.edits == persons[1].diary.edits and [len(person.diary.entries) for person in persons] == [1, 1]


def test_one_that_comes_after_a_later_week_is_added_to_that_one(library: Library) -> None:
    person = somebody(library)
    after_weeks(person, (2, GOOD), (1, CheckIn(0, 9)))
    assert [(entry.week, entry.said.pain) for entry in person.diary.entries] == [(2, 9)]


def test_the_digits_of_a_sheet_say_the_same() -> None:
    said = CheckIn(5, 10, best=("b",), easy=("x", "c"))
    assert as_read_back(said, ("a", "b", "c")).digits[:4] == "5923"


def test_worse_once_is_one_step_back_at_once(library: Library) -> None:
    person = somebody(library)
    assert {line.dose_step for line in after_weeks(person, (2, GOOD)).exercises} == {"build"}
    assert {line.dose_step for line in after_weeks(person, (3, CheckIn(5, 6))).exercises} == {"start"}
