"""Visits and check-ins at random: whichever side is told, and in whatever order, nothing is harder after worse, nor twice in two weeks."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine

from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.old_sheet import OldSheet, body_to_keep, old_sheet, repeated
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.told_at_home import asked_here, judged_with_home
from planner.clinic.tables import Handout
from planner.domain.edits import DOSES
from planner.domain.model import Library
from planner.domain.moving_on import as_it_goes, recorded
from planner.domain.review import ReadBack
from planner.domain.thread import CheckIn, Diary, week_due
from planner.kept.plans import Body, Kept
from planner.kept.reopen import Reopened
from tests.sheet_forms import a_body

BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)
PAINS = (1, 3, 4, 5, 6, 7, 9)
QUICK, USUAL = 12, 300
FORTNIGHT = timedelta(days=14)
WHO: tuple[dict[str, Any], ...] = (
    {"peg_p": 4},
    {"peg_p": 6, "minutes": "20", "activity": "regular"},
    {"peg_p": 2, "minutes": "5"},
    {"peg_p": 5, "mobility": "no_floor"},
    {"peg_p": 7, "health": ("osteoporosis",), "minutes": "20"},
)


@dataclass
class Sheet:
    """A sheet in two hands. `told`: the pain that was said so far, with its day; `up`: the day of the last step up."""

    library: Library
    body: Body
    diary: Diary | None = None
    told: tuple[tuple[date, int], ...] = ()
    up: date = date.min
    down: bool = False  # the last telling was worse
    read_back: bool = False

    def opened(self) -> OpenedHandout:
        row = Handout(id="0" * 32, reference="", pack="", read_back=self.read_back)
        return OpenedHandout(row, "0" * 17, Kept("0" * 17, self.body, 1, date.max), diary=self.diary)

    def here(self) -> Reopened:
        return Reopened(replace(self.opened().there, diary=self.diary), self.library, "other")

    def steps(self) -> dict[str, int]:
        """How much of each exercise there is this week."""
        asked, diary, today = asked_here(self.here()), self.diary or Diary(self.body.made), date.today()
        edits = as_it_goes(asked, diary, 1 + (today - diary.begun).days // 7, today)
        return {line.item_id: DOSES.index(line.dose_step) for line in asked.course(edits).exercises if line.dose_step in DOSES}

    def old(self) -> OldSheet:
        found = old_sheet(self.opened(), self.library, "other")
        assert found
        return found

    def hears(self, pain: int) -> None:
        """Worse: 2 points above the beginning, the last time or the lowest of the last three. Source: clinical safety 7.7."""
        pains = [int(str(self.body.answers["peg_p"])) if self.body.pain_base is None else self.body.pain_base]
        pains += [one for _day, one in self.told[-3:]]
        self.down = pain >= 8 or any(min(pain, 9) >= min(one, 9) + 2 for one in (pains[0], *pains[-3:]))
        self.told = (*self.told, (date.today(), pain))


def checks_in(rng: random.Random, sheet: Sheet) -> None:
    diary = sheet.diary or Diary(sheet.body.made)
    week = week_due(sheet.library.schedule.check_ins, diary, date.today())
    if week is None:
        return
    before = sheet.steps()
    some = rng.sample(sorted(before), min(len(before), 2))
    much = tuple(some[1:]) if rng.random() < 0.3 else ()
    said = CheckIn(rng.randint(0, 7), rng.choice(PAINS), easy=tuple(some[:1]), much=much)
    sheet.diary = recorded(asked_here(sheet.here()), diary, said, week, date.today())
    sheet.hears(said.pain)
    compared(sheet, before, sheet.steps(), f"check-in {said}")


def visits(rng: random.Random, sheet: Sheet) -> None:
    """The next sheet: with digits, with a week told at home, with both or with neither."""
    old, before = sheet.old(), sheet.steps()
    if rng.random() < 0.6:
        printed = len(old.plan.section("exercises"))
        back = ReadBack(rng.randint(0, 7), rng.choice(PAINS), rng.randint(0, printed), rng.randint(0, printed))
        noted = judged_with_home(old.opened, sheet.body, old.plan, back, sheet.library, "other")
        sheet.body, sheet.read_back = replace(sheet.body, readbacks=(*sheet.body.readbacks, noted.text)), True
        again = sheet.down and bool(sheet.told) and (date.today() - sheet.told[-1][0]).days < 7  # the same bad week, told twice
        sheet.hears(back.pain)
        sheet.down = sheet.down or (again and sheet.diary is not None and sheet.diary.edits is not None)
        old = sheet.old()
    form = replace(repeated(old, sheet.library, "other", 2, ""), checked="yes")
    now = Proposal(sheet.library, form, "other", date.today())
    sheet.body = body_to_keep(now, old, "en")
    sheet.diary, sheet.read_back = None, False
    lines = now.plan.section("exercises")
    compared(sheet, before, {line.item_id: DOSES.index(line.dose_step) for line in lines if line.dose_step in DOSES}, "visit")
    assert len(lines) <= 10 and now.plan.minutes_used <= now.plan.minutes_offered


def compared(sheet: Sheet, before: dict[str, int], after: dict[str, int], what: str) -> None:
    rungs = {one.harder for name in before if (one := sheet.library.exercises[name]).harder} - set(before)
    higher = [name for name, step in after.items() if step > before.get(name, step) or name in rungs]
    if sheet.down:
        assert higher == [], (what, sheet.told, before, after)
    if higher:
        assert date.today() - sheet.up >= FORTNIGHT, (what, sheet.told, before, after)
        sheet.up = date.today()


def sequence(library: Library, seed: int) -> int:
    """Ten weeks of one person, at random; how often something happened."""
    rng, happened = random.Random(seed), 0
    with time_machine.travel(BEGUN, tick=False) as clock:
        sheet = Sheet(library, a_body(library, **WHO[seed % len(WHO)]), up=date.today())
        for _time in range(8):
            clock.shift(timedelta(days=rng.choice((2, 5, 7, 7, 8, 14))))
            (visits if rng.random() < 0.35 else checks_in)(rng, sheet)
            happened += 1
    return happened


def test_visits_and_check_ins_keep_the_promises(library: Library) -> None:
    assert sum(sequence(library, seed) for seed in range(QUICK)) == 8 * QUICK


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_many_sequences_of_visits_and_check_ins_keep_the_promises(library: Library, part: int) -> None:
    """300 as a rule. `SEQUENCES=1000` makes as many as a release is shown with; that takes a quarter of an hour."""
    number = int(os.environ.get("SEQUENCES", USUAL)) // 4
    assert sum(sequence(library, 100 + part * number + seed) for seed in range(number)) == 8 * number
