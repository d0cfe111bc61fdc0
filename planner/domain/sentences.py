"""Sentences of a plan that are chosen from what the plan holds: headline, stop box, medicines, what to expect, work, a flare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.domain.days import Help
from planner.domain.general import MedicineRow, Sentence, StopBox
from planner.domain.lines import GoalWay, Line
from planner.domain.lookups import Holding, Table, Words, match_any
from planner.domain.measures import with_pounds
from planner.domain.policy import Wording
from planner.domain.ways import Way, WayStep

FEWEST_STEPS = 2  # one step alone is no way
NEXT_WORD = "{NEXT}"  # in a sentence: the title of the harder exercise that comes next
SEATED_WORD = "{SEATED}"  # in a sentence: the titles of the exercises that are done sitting


def first_wording(wordings: Table[Wording], held: Holding) -> str:
    found = held.first(wordings)
    return found.text if found else ""


def fitting(found: Sequence[Sentence], *, personal_first: bool = True) -> tuple[str, ...]:
    """Of the sentences that fit all but those that another one stands in for; personal ones first unless their order is the content's."""
    gone = {name for one in found for name in one.instead}
    kept = [one for one in found if one.say and one.id not in gone]
    if personal_first:
        return tuple([one.say for one in kept if one.when] + [one.say for one in kept if not one.when])
    return tuple([one.say for one in kept])


def help_for(box: StopBox, held: Holding) -> Help:
    """The stop box of this person. What names whom to ring can stand in for a line of today."""
    now, ring, ring_or_today = [fitting(held.rows(table)) for table in box.tables]
    return Help(now, (*ring, *(one for one in ring_or_today if one not in ring)), ring)


def words_of_rungs(lines: Iterable[Line]) -> set[str]:
    """Whether the exercises have a harder one to go on to: one of them, or more; whether others, or all of them, have a dose for
    after week 4; whether any asks for more in week 3; and whether any is done sitting."""
    moves = [line for line in lines if line.section == "exercises"]
    number = sum(1 for line in moves if line.harder)
    later = {("later_dose", "later_and_one", "later_and_two")[min(number, 2)]} if any(line.after for line in moves) else set()
    grows = {"grows"} if any(line.doses.count(line.doses[0]) < len(line.doses) for line in moves if line.doses) else set()
    seated = {"seated"} if any(line.exercise.seated for line in moves) else set()
    return later | grows | seated | ({"next_step", *(("next_steps",) if number > 1 else ())} if number else set())


def with_titles(say: str, lines: Iterable[Line]) -> str:
    """A sentence with the title of the one harder exercise that these lines lead to, and of those that are done sitting."""
    moves = [line for line in lines if line.section == "exercises"]
    seated = "; ".join(line.title for line in moves if line.exercise.seated)
    return say.replace(NEXT_WORD, next((line.harder.title for line in moves if line.harder), "")).replace(SEATED_WORD, seated)


def way_to_goal(ways: Table[Way], held: Holding, typed: str, here: str, *, pounds: bool = False) -> GoalWay:
    """The steps to the goal that this person may take, `here` beside the one the plan starts on. `typed`: the goal in their own words."""
    way, words = held.first(ways), held.words
    mine = way.steps_table.rows_for(words) if way else []
    said = [(one, typed_step(typed) if one.own and typed else with_pounds(one.say) if pounds else one.say) for one in mine]
    printed = [(one, say) for one, say in said if say]
    if len(printed) < FEWEST_STEPS:
        return GoalWay()
    start = starts_on([one for one, _say in printed], words)
    steps = tuple(f"{say} {here}" if number == start else say for number, (_one, say) in enumerate(printed))
    return GoalWay(steps, start, printed[start][1], way.go_on if way else "")


def starts_on(steps: Sequence[WayStep], words: Words) -> int:
    """The last step that this person is on already, or the first."""
    on = [number for number, one in enumerate(steps) if one.here and match_any(one.here, words) is not None]
    return max(on, default=0)


def typed_step(typed: str) -> str:
    """A goal in somebody's own words, in quotes: it names no telephone number, so it keeps no brace."""
    return f'"{typed.replace("{", "(").replace("}", ")")}"'


def medicine_lines(parts: Iterable[Table[MedicineRow]], held: Holding) -> tuple[str, ...]:
    """What the plan says about medicines: of each part the first row that fits."""
    found = [held.first(rows) for rows in parts]
    return tuple([row.say for row in found if row is not None and row.say])
