"""Triage: the flags and rules that fire, the urgency level they give, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.lines import Reason, Triage
from planner.domain.model import LEVELS, Flag, Level, Library
from planner.domain.rules import Reading, Words

WHAT_TO_DO: dict[Level, tuple[str, ...]] = {
    "emergency": ("call_emergency",),
    "urgent": ("same_day",),
    "see_clinician": ("gp_soon",),
    "self_care": (),
}


def assess(reading: Reading) -> Triage:
    """The triage of one person: the highest level wins, every reason is listed, highest first."""
    reasons = sorted(reasons_for(reading), key=lambda reason: -LEVELS.index(reason.level))
    level: Level = reasons[0].level if reasons else "self_care"
    acting = [reason for reason in reasons if reason.level == level] if level in ("urgent", "emergency") else reasons
    asked = dict.fromkeys(action for reason in acting for action in actions_of(reason.flag))
    beaten = {other for action in asked if action in reading.library.actions for other in reading.library.actions[action].beats}
    actions = [action for action in asked if action not in beaten]
    stops = level in ("urgent", "emergency")
    hold = stops or any(reason.hold for reason in reasons)
    no_plan = stops or any(reason.flag.no_plan for reason in reasons)
    return Triage(level=level, reasons=tuple(reasons), hold=hold, actions=tuple(actions), no_plan=no_plan)


def reasons_for(reading: Reading) -> Iterator[Reason]:
    """Flags that count, and conditions that need a clinician."""
    for one in reading.flags:
        yield Reason(one.flag, reading.because_later(one.flag.because, one.pairs), one.flag.level, one.flag.hold)
    for active in reading.conditions:
        condition = active.condition
        if condition.refer:
            flag = condition.as_flag
            yield Reason(flag, reading.because_later(flag.because, active.pairs), flag.level, active.held)


def actions_of(flag: Flag) -> tuple[str, ...]:
    """What a flag asks for: its own actions, or the usual one of its level."""
    return flag.actions or WHAT_TO_DO[flag.level]


def checkable(library: Library, told: Words) -> bool:
    """True when a flag fires that a clinician's earlier check would lower."""
    return library.checkable_table.first(told) is not None
