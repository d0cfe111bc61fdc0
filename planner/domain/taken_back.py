"""Taking back an urgent answer: which answers behind a card would no longer be true."""

from __future__ import annotations

from planner.domain.journey import Journey
from planner.domain.lines import Because


def taken_back(before: Journey, after: Journey) -> tuple[Because, ...]:
    """What was said that called for help at once or today, and that the new answers change so that it no longer does."""
    if not before.triage.stops:
        return ()
    still = {reason.flag.id for reason in after.triage.reasons}
    gone = [reason for reason in before.triage.reasons if reason.level in ("urgent", "emergency") and reason.flag.id not in still]
    found = {one.question_id: one for reason in gone for one in reason.because if one.question_id}
    return tuple(one for name, one in found.items() if before.answers.get(name) != after.answers.get(name))
