"""A therapist's changes: whatever is asked for, the plan keeps the promises that no therapist may set aside."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

from planner.domain.edits import DOSES, Edits, dose_at, exercise_choices, halved, massage_choices, stepped
from planner.domain.exercises import minutes_a_day
from planner.domain.items import Dose
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.rules import Reading
from tests.people import anybody, well

ON = date(2026, 11, 21)


def plan_of(library: Library, edits: Edits | None = None, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=ON, edits=edits)


def reading_of(library: Library, **answers: Any) -> Reading:
    return Journey(library, well(library, **answers)).reading


def ids(plan: Plan) -> set[str]:
    return {line.id for line in plan.section("exercises")}


def states(library: Library, **answers: Any) -> dict[str, str]:
    return {one.id: one.state for one in exercise_choices(reading_of(library, **answers), starters_only=False)}


def test_no_edits_change_nothing(library: Library) -> None:
    assert plan_of(library, Edits()) == plan_of(library)


def test_exercises_swapped_and_doses_moved(library: Library) -> None:
    plan = plan_of(library, Edits(exercises=("bridge", "clamshell"), doses={"bridge": "half", "clamshell": "harder"}))
    assert ids(plan) == {"exercise:bridge", "exercise:clamshell"}
    dose = {line.id: line.dose for line in plan.lines}
    assert dose["exercise:bridge"] == halved(library.exercises["bridge"].dose.beginner)
    assert dose["exercise:clamshell"] == library.exercises["clamshell"].dose.normal
    clam = next(line for line in plan.lines if line.id == "exercise:clamshell")
    assert library.exercises["clamshell"].progress in clam.advice


def test_what_medicine_forbids_is_never_added(library: Library) -> None:
    edits = Edits(exercises=("bridge", "seated_flexion"), insisted=("exercise:seated_flexion",), initials="JT")
    assert states(library, health=("osteoporosis",))["exercise:seated_flexion"] == "never"
    plan = plan_of(library, edits, health=("osteoporosis",))
    assert "exercise:seated_flexion" not in ids(plan)
    assert "exercise:seated_flexion" in {one.id for one in plan.left_out}


def test_what_a_therapist_may_set_aside_needs_insisting_and_bears_initials(library: Library) -> None:
    answers = {"mobility": "no_floor"}
    assert states(library, **answers)["exercise:bridge"] == "ask"
    assert "exercise:bridge" not in ids(plan_of(library, Edits(exercises=("bridge", "sit_to_stand")), **answers))
    insisted = Edits(exercises=("bridge", "sit_to_stand"), insisted=("exercise:bridge",), initials="JT")
    line = next(line for line in plan_of(library, insisted, **answers).lines if line.id == "exercise:bridge")
    assert line.initials == "JT"
    assert library.facts["no_floor"].because in line.advice


def test_a_style_that_a_caution_forbids(library: Library) -> None:
    def state(style: str, **answers: Any) -> str:
        found = massage_choices(reading_of(library, **answers), flag_hold=False)
        return next(one.state for one in found if one.id == f"massage:{style}")

    assert state("deep_tissue") == "free"
    assert state("deep_tissue", health=("anticoagulant",)) == "never"  # its cap is below the style's least pressure
    assert state("aromatherapy", health=("asthma_scent",)) == "ask"
    assert state("aromatherapy", health=("fever_or_contagious",)) == "never"
    assert state("swedish", pressure_pref="none") == "never"


def test_pressure_never_passes_the_cap(library: Library) -> None:
    part = plan_of(library, Edits(pressure=4), health=("anticoagulant",)).massage
    assert part and part.pressure_ask <= part.pressure_max == 2


def test_a_stopped_plan_stays_stopped(library: Library) -> None:
    plan = plan_of(library, Edits(exercises=("bridge",), style="swedish", insisted=("exercise:bridge",)), rf_saddle="yes")
    assert not plan.lines and plan.massage is None


@pytest.mark.parametrize("seed", range(300))
def test_any_edits_on_anybody(library: Library, seed: int) -> None:
    rng = random.Random(seed)
    answers = anybody(library, rng)
    every = list(library.exercises)
    wanted = tuple(rng.sample(every, rng.randint(1, 12)))
    edits = Edits(
        exercises=wanted,
        doses={name: rng.choice(DOSES) for name in wanted},
        style=rng.choice(list(library.massages)),
        pressure=rng.randint(0, 5),
        insisted=tuple(f"exercise:{name}" for name in wanted) + tuple(f"massage:{name}" for name in library.massages),
        initials="AB",
    )
    plan = build(library, answers, on=ON, edits=edits)
    if plan.triage.no_plan:
        assert not plan.lines
        return
    reading = Journey(library, answers).reading
    allowed = {one.id: one.state for one in exercise_choices(reading, starters_only=plan.limited == "starters")}
    assert all(allowed[line] != "never" for line in ids(plan))
    assert sum(line.minutes for line in plan.section("exercises")) <= plan.minutes_offered
    assert len(ids(plan)) <= 7
    part = plan.massage
    assert part and (part.held or part.declined or part.pressure_ask <= part.pressure_max)
    styles = {one.id: one.state for one in massage_choices(reading, flag_hold=plan.triage.hold)}
    assert all(styles[line.id] != "never" for line in part.styles) or part.declined
    assert all(line.initials == "AB" for line in plan.lines if {**allowed, **styles}.get(line.id) == "ask")


def test_doses_step_and_stop_at_the_ends() -> None:
    assert [stepped(level, 1) for level in DOSES] == ["beginner", "normal", "harder", "harder"]
    assert [stepped(level, -1) for level in DOSES] == ["half", "half", "beginner", "normal"]


def test_half_a_dose_is_less_and_never_nothing(library: Library) -> None:
    for item in library.exercises.values():
        small, usual = dose_at(item, "half"), dose_at(item, "beginner")
        assert 0 < minutes_a_day(small) <= minutes_a_day(usual)
        assert small.repeats * small.sets + small.seconds > 0
    assert halved(Dose(sets=3, repeats=10)).sets == 2
    assert halved(Dose(repeats=1)).repeats == 1
