"""A therapist's changes: whatever is asked for, the plan keeps the promises that no therapist may set aside."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.doses import dose_at, fullest_day, minutes_a_day
from planner.domain.edits import DOSES, Edits, exercise_choices, massage_choices, stepped
from planner.domain.journey import Journey
from planner.domain.lines import Line, Plan
from planner.domain.model import Dose, DoseClass, Library
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
    return {one.id: one.state for one in exercise_choices(reading_of(library, **answers))}


def line_in(plan: Plan, name: str) -> Line:
    return next(line for line in plan.lines if line.id == name)


def test_an_empty_change_is_none() -> None:
    assert not Edits() and Edits(pressure=1) and Edits(exercises=("a",)) and Edits(next_weeks=1)
    assert Edits() == Edits((), {}, {}, {}, "", 0, (), "", "", 0, 0)


def test_no_edits_change_nothing(library: Library) -> None:
    assert plan_of(library, Edits()) == plan_of(library)


def test_exercises_swapped_and_doses_moved(library: Library) -> None:
    plan = plan_of(library, Edits(exercises=("bridge", "clamshell"), doses={"bridge": "half", "clamshell": "strong"}), minutes="20")
    assert ids(plan) == {"exercise:bridge", "exercise:clamshell"}
    for name, first, later in (("bridge", "half", "start"), ("clamshell", "strong", "strong")):
        line, doses = line_in(plan, f"exercise:{name}"), library.doses[library.exercises[name].dose]
        assert line.dose_steps == (first, first, later, later), "the next step in weeks 3 and 4"
        assert [line.doses[0], line.doses[3]] == [dose_at(doses, one) for one in line.dose_steps[::3]]


@pytest.mark.parametrize(("old", "new"), [("beginner", "start"), ("normal", "build"), ("harder", "strong"), ("half", "half")])
def test_doses_of_older_sheets_are_still_read(library: Library, old: str, new: str) -> None:
    found = plan_of(library, Edits(exercises=("bridge",), doses={"bridge": old}))
    assert found == plan_of(library, Edits(exercises=("bridge",), doses={"bridge": new}))
    assert line_in(found, "exercise:bridge").dose_step == new


CAPPED: list[tuple[str, dict[str, Any]]] = [  # clinical safety, section 2: the dose that each row allows
    ("start", {"risk_bone": ("fragility_fracture",), "exercise_cleared": "no"}),
    ("start", {"health": ("surgery_6to12w",)}),
    ("start", {"pregnancy": "postpartum_12w", "birth_when": "lt6w"}),
]


@pytest.mark.parametrize(("cap", "answers"), CAPPED)
def test_typed_doses_stay_below_the_cap_and_half_is_always_allowed(library: Library, cap: str, answers: dict[str, Any]) -> None:
    """Clinical safety 7.5: doses are held to the person's cap, and nothing of a harder rung stands on the sheet."""
    names = tuple(line.item_id for line in plan_of(library, **answers).section("exercises"))
    assert names
    for step in DOSES:
        lines = plan_of(library, Edits(exercises=names, doses=dict.fromkeys(names, step)), **answers).section("exercises")
        allowed = min(step, cap, key=DOSES.index)
        assert lines and all(line.dose_step == allowed and line.harder is None for line in lines), step
        assert all(DOSES.index(later) <= DOSES.index(cap) for line in lines for later in line.dose_steps)


def test_what_medicine_forbids_is_never_added(library: Library) -> None:
    edits = Edits(exercises=("bridge", "seated_flexion"), insisted=("exercise:seated_flexion",), initials="JT")
    bones = {"risk_bone": ("osteoporosis",)}
    assert states(library)["exercise:seated_flexion"] == "free"
    assert states(library, **bones)["exercise:seated_flexion"] == "never"
    plan = plan_of(library, edits, **bones)
    assert "exercise:seated_flexion" not in ids(plan)
    assert "exercise:seated_flexion" in {one.id for one in plan.left_out}


def test_what_a_therapist_may_set_aside_needs_insisting_and_bears_initials(library: Library) -> None:
    """Clinical safety 7.1 and the row of who can't get to the floor: floor is soft, and only what is soft may be added."""
    answers = {"mobility": "no_floor"}
    assert states(library, **answers)["exercise:bird_dog"] == "ask"
    assert states(library, **answers)["exercise:bridge"] == "free", "on a firm bed it needs no floor"
    assert "exercise:bird_dog" not in ids(plan_of(library, Edits(exercises=("bird_dog", "sit_to_stand")), **answers))
    insisted = Edits(exercises=("bird_dog", "sit_to_stand"), insisted=("exercise:bird_dog",), initials="JT")
    line = line_in(plan_of(library, insisted, **answers), "exercise:bird_dog")
    assert line.initials == "JT"
    assert library.demands["floor"].reason.rstrip(".") in {one.rstrip(".") for one in line.advice}
    assert states(library, **answers, pregnancy="t3")["exercise:bird_dog"] == "ask"
    assert states(library, **answers, risk_bone=("osteoporosis",))["exercise:child_pose"] == "never", "one bar is enough"


@pytest.mark.parametrize(
    ("style", "answers", "found"),
    [
        ("deep_tissue", {}, "free"),
        ("deep_tissue", {"risk_blood": ("anticoagulant",)}, "never"),  # its cap is below the style's least pressure
        ("hot_stone", {"health": ("bp_controlled",)}, "ask"),
        ("hot_stone", {"health": ("bp_controlled", "numb_skin_neuropathy"), "numb_where": ("back",)}, "never"),
        ("aromatherapy", {"health": ("asthma_scent",)}, "never"),
        ("aromatherapy", {"health": ("fever_or_contagious",)}, "never"),
        ("swedish", {"pressure_pref": "none"}, "never"),
        ("thai", {"pregnancy": "t2"}, "never"),
        ("thai", {"pregnancy": "t2", "known": ("stenosis",)}, "never"),  # another condition opens nothing
    ],
)
def test_a_style_that_a_limit_forbids(library: Library, style: str, answers: dict[str, Any], found: str) -> None:
    choices = massage_choices(reading_of(library, **answers), flag_hold=False)
    assert next(one.state for one in choices if one.id == f"massage:{style}") == found


def test_pressure_never_passes_the_cap(library: Library) -> None:
    part = plan_of(library, Edits(pressure=4), risk_blood=("anticoagulant",)).massage
    assert part and 0 < part.pressure_ask <= part.pressure_max == 2


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
    allowed = {one.id: one.state for one in exercise_choices(reading)}
    assert all(allowed[line] != "never" for line in ids(plan))
    lines = plan.section("exercises")
    assert fullest_day(line.doses for line in lines if line.minutes) == plan.minutes_used <= plan.minutes_offered
    assert len(ids(plan)) <= 10
    most = DOSES.index(plan.limits.dose_cap if plan.limits.tier == "all" else "start")
    assert all(DOSES.index(step) <= most for line in lines for step in line.dose_steps)
    part = plan.massage
    assert part and (part.held or part.declined or part.pressure_ask <= part.pressure_max)
    styles = {one.id: one.state for one in massage_choices(reading, flag_hold=plan.triage.hold)}
    assert all(styles[line.id] != "never" for line in part.styles) or part.declined
    assert all(line.initials == "AB" for line in plan.lines if {**allowed, **styles}.get(line.id) == "ask")


def test_doses_step_and_stop_at_the_ends() -> None:
    assert [stepped(level, 1) for level in DOSES] == ["start", "build", "strong", "strong"]
    assert [stepped(level, -1) for level in DOSES] == ["half", "half", "start", "build"]
    assert [stepped("start", by) for by in (-9, 0, 2, 9)] == ["half", "start", "strong", "strong"]
    assert (stepped("odd", 0), stepped("odd", 1)) == ("start", "build")


def test_half_a_dose_is_one_set_of_the_start_once_a_day(library: Library) -> None:
    """Clinical plan 1.3."""
    for doses in library.doses.values():
        small, usual = dose_at(doses, "half"), dose_at(doses, "start")
        assert 0 < minutes_a_day(small) <= minutes_a_day(usual)
        assert (small.sets, small.times_a_day) == (1, 1)
        assert replace(small, sets=usual.sets, times_a_day=usual.times_a_day) == usual


@pytest.mark.parametrize(
    ("start", "half"),  # clinical plan 1.3: one set of the start, once a day
    [
        (Dose(seconds=30, sets=3, times_a_day=2), Dose(seconds=30)),
        (Dose(sets=2, repeats=6, days_a_week=3), Dose(repeats=6, days_a_week=3)),
        (Dose(repeats=5, sides=2, hold_seconds=3, times_a_day=2), Dose(repeats=5, sides=2, hold_seconds=3)),
        (Dose(repeats=1), Dose(repeats=1)),
    ],
)
def test_half_a_dose_and_the_others_by_name(start: Dose, half: Dose) -> None:
    build, strong = Dose(repeats=8), Dose(repeats=10)
    assert [dose_at(DoseClass("one", start, build, strong), step) for step in DOSES] == [half, start, build, strong]


def test_nobody_adds_work_for_a_neck_that_rests(library: Library) -> None:
    """With a hot joint no rung of the neck is for anybody to add, whatever a clinician has said: clinical plan 2.1."""
    neck = {name for name, one in library.exercises.items() if set(one.regions) == {"neck"}}
    for answers in ({}, {"exercise_cleared": "yes"}):
        found = states(library, health=("ra_flare",), joint_known="yes", areas=("neck_shoulders",), **answers)
        assert {found[name] for name in found if name.partition(":")[2] in neck} == {"never"}
    assert "free" in {state for name, state in states(library, areas=("neck_shoulders",)).items() if name.partition(":")[2] in neck}
