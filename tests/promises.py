"""The promises of the product, as assertions on one plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.domain.items import Dose
from planner.domain.lines import Line, Plan
from planner.domain.model import Exercise, Library
from tests.caution_matrix import Wanted
from tests.reference import REGIONS

RANGES = {"light": 2, "medium": 3, "firm": 4}
EXERCISES = {"5": 3, "10": 5, "20": 7, "30": 7}  # the most for the minutes a person has


LIMITED = ["stopped", "breathing", "starters", ""]
STARTER_DEMANDS = {"floor", "lying_back", "lying_side", "standing", "walking", "leg_power"}


def tokens(plan: Plan, family: str) -> set[str]:
    return {token.removeprefix(f"{family}:") for token in plan.tokens if token.startswith(f"{family}:")}


def keeps_promises(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    """Promises 1-4 and 7 of the design, on one plan."""
    safe_stop(plan)
    nothing_excluded(plan, library, answers)
    explains_itself(plan, library)
    if not plan.triage.no_plan:
        fits(plan, library, answers)


def safe_stop(plan: Plan) -> None:
    if plan.triage.level in ("emergency", "urgent"):
        assert tokens(plan, "massage") == {"hold"}
        assert not tokens(plan, "exercise")
        assert tokens(plan, "freq") <= {"none"}
        assert not plan.lines and not plan.weeks and plan.massage is None
        assert plan.triage.actions


def nothing_excluded(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    part = plan.massage
    if part is None:
        return
    conditions = [note.condition for note in part.notes]
    bars = {demand for one in conditions for demand in (*one.bars, *one.soft)}
    asks = {demand for one in conditions for demand in one.ask}
    for line in plan.lines:
        opened = answers.get("massage_cleared" if "touch" in line.item.demands else "exercise_cleared") == "yes"
        assert not set(line.item.demands) & (bars if opened else bars | asks), line.id
    assert (part.held or part.declined) == (tokens(plan, "massage") == {"hold"})
    assert part.held or part.declined or "hold" not in tokens(plan, "massage")
    assert not (part.held and part.declined)
    cap = min([4, RANGES.get(answers.get("pressure_pref", ""), 4), *(one.cap for one in conditions)])
    if part.recommended:
        assert tokens(plan, "pressure") == {f"max:{cap}"}
        assert 1 <= part.pressure_ask <= part.pressure_max == cap
    else:
        nothing_about_massage(plan)
    for one in conditions:
        assert not one.only or tokens(plan, "massage") - {"hold"} <= set(one.only)
        assert not (tokens(plan, "massage") & set(one.soft_styles))
        assert not (set(part.positions) & set(one.positions_off))
        assert part.minutes <= one.minutes_max
        assert not one.at_most or part.freq != "weekly"
    assert not any(note.held for note in part.notes) or not part.recommended
    for style in part.styles:
        assert library.massages[style.item.id].pressure[0] <= cap


def nothing_about_massage(plan: Plan) -> None:
    """Clinical plan 4.1: no style, pressure, position, length, preparation or day of a massage, nothing to tell a therapist."""
    part = plan.massage
    assert part is not None
    assert not (part.styles or part.positions or part.position_notes or part.tell or part.areas_off or part.pressure_max or part.minutes)
    assert part.freq == "none" and tokens(plan, "freq") == {"none"}
    assert not tokens(plan, "session") and not tokens(plan, "pressure") and not tokens(plan, "position")
    assert not any(day.massage for week in plan.weeks for day in week)
    assert not (plan.massage_day.before or plan.massage_day.during or plan.massage_day.after)


def explains_itself(plan: Plan, library: Library) -> None:
    for line in plan.lines:
        assert line.because and all(one.say for one in line.because), line.id
        assert line.sources and all(library.sources[one].checked for one in line.sources), line.id
        assert line.certainty in ("high", "moderate", "low", "very_low")
    for left in plan.left_out:
        assert left.because and all(one.say for one in left.because), left.id
    shown = {line.id for line in plan.lines}
    assert not shown & {left.id for left in plan.left_out}
    assert shown <= set(plan.tokens)


def stopwatch(dose: Dose) -> int:
    """Seconds of a day, counted as they pass; a ruler of our own. Getting ready takes 15 seconds, one repeat 3 and its hold."""
    passed = 0
    for _time in range(dose.times_a_day):
        passed += 15
        for each_set in range(dose.sets):
            passed += dose.rest_seconds if each_set else 0
            for _turn in range(dose.sides * dose.ways):
                passed += dose.seconds or sum(3 + dose.hold_seconds for _repeat in range(dose.repeats))
    return passed


def fits(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    exercises = plan.section("exercises")
    free = {line.id for line in exercises if library.doses[line.exercise.dose].free}
    minutes = {line.id: max(-(-stopwatch(dose) // 60) for dose in line.doses) for line in exercises if line.id not in free}
    assert {line.id: line.minutes for line in exercises} == minutes | dict.fromkeys(free, 0)
    fullest = max(sum(-(-stopwatch(dose) // 60) for dose in due(plan, week, day, free)) for week in range(4) for day in range(7))
    assert plan.minutes_used == fullest <= plan.minutes_offered == int(answers["minutes"])
    beside = [line for line in exercises if line.item_id in library.training.outside]
    assert exercises and len(exercises) - len(beside) <= EXERCISES[answers["minutes"]]
    walks(plan, answers)
    if plan.limited == "starters":
        after_birth = {"pelvic_floor"} if answers["pregnancy"] == "postpartum_12w" else set()
        after_birth |= {"scap_squeeze", "seated_chest_lift"} if after_birth and answers["birth_when"] in ("lt6w", "6to12w") else set()
        assert all(line.exercise.starter or line.item_id in after_birth for line in exercises), "clinical plan 8, after a birth"
    elif plan.limited == "breathing":
        assert tokens(plan, "exercise") == {"diaphragm_breathing"}
    else:
        moves_and_strengthens(plan, library, answers)
    assert len(tokens(plan, "therapy")) <= 2


def moves_and_strengthens(plan: Plan, library: Library, answers: Mapping[str, Any]) -> None:
    """Clinical plan 2.3 and 8: both, unless what is required for this person takes the places or minutes, or the limits leave none.

    In pelvic girdle pain no movement is required, and before the check of a bone only what is gentle on it is left."""
    few = answers["pgp"] == "yes" or any(one.flag.hold_as in ("bone", "sport") for one in plan.triage.reasons)
    shown = [line.exercise for line in plan.section("exercises") if line.item_id not in library.training.outside]
    places = len(shown) == EXERCISES[answers["minutes"]] or len(plan.section("exercises")) == EXERCISES["30"]
    full = places or plan.minutes_used >= plan.minutes_offered - 1
    for purpose in {"movement", "strength"} - {one.purpose for one in shown}:
        open_ones = [one.id for one in library.exercises.values() if one.purpose == purpose and begins_with(one, plan, answers)]
        assert full or not open_ones or (purpose == "movement" and few), (purpose, open_ones, plan.tokens)
        assert purpose == "movement" or not open_ones, (purpose, open_ones, plan.tokens)


def begins_with(item: Exercise, plan: Plan, answers: Mapping[str, Any]) -> bool:
    """True for a rung that anybody may begin with, for a place that hurts, and with nothing against it."""
    hurt = {REGIONS[area] for area in answers["areas"] if area in REGIONS}
    served = set(item.regions) & (hurt or set(REGIONS.values())) or "whole" in item.regions
    return bool(served) and item.level == 1 and not (item.when or item.needs or plan.limits.against(item.demands))


def due(plan: Plan, week: int, day: int, free: set[str]) -> list[Dose]:
    """The doses of one day that cost minutes."""
    found = {line.id: line.doses[week] for line in plan.section("exercises") if line.id not in free}
    return [found[name] for name in plan.weeks[week][day].exercises if name in found]


def walks(plan: Plan, answers: Mapping[str, Any]) -> None:
    """Clinical plan 2.7: words always; minutes and the line of walking only where walking is neither barred nor asked about.

    Who has no pain and is active already is not told to begin, and who rests a sore bone walks only as daily life asks."""
    assert plan.walk is not None and plan.walk.say
    rests = "Walk only as daily life asks" in plan.walk.say
    shut, line = rests or plan.limits.against(("walking",)), "walk" in tokens(plan, "selfcare")
    fresh = (answers["areas"] != ("none",) and answers["duration"] != "none") or answers["activity"] in ("low", "some")
    assert not (shut and line) and (shut or line or not fresh), plan.walk.say
    assert not plan.walk.minutes or (plan.limited != "breathing" and (plan.walk.pushing or not shut))
    assert {day.walk for week in plan.weeks for day in week} <= {0, *plan.walk.minutes}


def limits_hold(plan: Plan, wanted: Wanted) -> None:
    """The limits that the plan was made under are at least those of the matrix."""
    limits = plan.limits
    assert wanted.bars <= set(limits.bars), wanted.bars - set(limits.bars)
    assert wanted.ask <= {*limits.bars, *limits.ask} and wanted.soft <= {*limits.bars, *limits.soft}
    assert limits.cap <= wanted.cap and limits.minutes <= wanted.minutes and wanted.positions_off <= set(limits.positions_off)
    assert not wanted.seldom or limits.at_most != "weekly"
    assert (plan.limited or limits.dose_cap in wanted.steps) and LIMITED.index(plan.limited) <= wanted.tier
    assert not wanted.waits or limits.held


def massage_holds(plan: Plan, wanted: Wanted) -> None:
    part, shown = plan.massage, tokens(plan, "massage") - {"hold"}
    assert part is not None
    if wanted.held:
        assert not shown and tokens(plan, "freq") == {"none"} and (part.held or part.declined), shown
    elif shown:
        assert not shown & wanted.styles_out, shown
        assert part.pressure_max <= wanted.cap and part.minutes <= wanted.minutes
        assert not wanted.seldom or part.freq != "weekly"
        assert not wanted.positions_off & set(part.positions)


def tier_holds(plan: Plan, wanted: Wanted, moves: dict[str, Line]) -> None:
    """T1 breathing alone and no minutes of walking; T2 starters at their smallest dose, and no harder rung."""
    if plan.limited:
        assert not any(line.harder for line in moves.values())
    if wanted.tier == 1:
        assert set(moves) <= {"diaphragm_breathing"}
        assert plan.walk is None or not plan.walk.minutes
    if wanted.tier == 2:
        assert all(set(line.item.demands) <= STARTER_DEMANDS for line in moves.values()), list(moves)
