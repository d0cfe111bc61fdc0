"""Minutes a day that a therapist gives: those that a person can say, and more. Decision 27."""

from __future__ import annotations

from planner.domain.model import Library, Question

MINUTES = "minutes"


def ids(question: Question) -> tuple[str, ...]:
    """The words that an answer can be."""
    return tuple(option.id for option in question.options) or tuple(map(str, range(11)))


def answered_minutes(library: Library, chosen_minutes: str) -> str:
    """The answer that goes with a choice of minutes: where it is more than a person can say, the most that they can."""
    said = ids(library.questions[MINUTES])
    if more_minutes(library, chosen_minutes):
        return max(said, key=int)
    return chosen_minutes if chosen_minutes in said else ""


def more_minutes(library: Library, chosen_minutes: str) -> int:
    """Minutes that only a therapist can give; 0 for those that a person can say."""
    return next((one for one in library.new_sheet.more_minutes if str(one) == chosen_minutes), 0)


def minutes_to_choose(library: Library) -> tuple[str, ...]:
    """Minutes a day that a therapist can give, fewest first."""
    return (*ids(library.questions[MINUTES]), *map(str, library.new_sheet.more_minutes))
