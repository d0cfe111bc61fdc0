"""How a sheet comes to fill one side: small steps in order of priority, then pictures and rows that grow into the room that is left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import floor
from typing import Protocol, TypeVar

MOST_LAYOUTS = 4  # each costs a fifth of a second
TIGHTER = 6  # steps: so far ahead pictures and rows may look for their least lengths
SPARE = 0.6  # millimetres that growing leaves alone
FINE = 1 / 512  # of the way between two lengths
PX = 25.4 / 96  # millimetres of a CSS pixel


@dataclass(frozen=True)
class Lengths:
    """In millimetres: the height of pictures that lie and that stand, and the space above and below each exercise."""

    wide: float
    tall: float
    row: float

    @property
    def style(self) -> dict[str, str]:
        """As custom properties, which sheet.css reads."""
        return {"--wide": f"{self.wide:.2f}mm", "--tall": f"{self.tall:.2f}mm", "--row": f"{self.row:.2f}mm"}


LARGEST = Lengths(wide=24, tall=40, row=4.5)


@dataclass(frozen=True)
class SheetStep:
    """One step: its class on <html>, which hides or closes up something (sheet.css), the lengths from there on, what it saves (mm)."""

    name: str
    lengths: Lengths
    saves: float


SHEET_STEPS = (
    SheetStep("all", Lengths(15, 24, 1.7), 0),
    SheetStep("type-large-1", Lengths(15, 24, 1.7), 26.8),
    SheetStep("type-large-2", Lengths(15, 24, 1.7), 21.9),
    SheetStep("type-usual", Lengths(15, 24, 1.7), 18.4),
    SheetStep("no-clothes", Lengths(15, 24, 1.7), 5.2),
    SheetStep("reasons-once", Lengths(15, 24, 1.7), 1.1),
    SheetStep("no-certainty", Lengths(15, 24, 1.7), 1.7),
    SheetStep("close", Lengths(15, 24, 1.7), 3),
    SheetStep("pictures-1", Lengths(14, 21, 1.7), 8.9),
    SheetStep("tell-six", Lengths(14, 21, 1.7), 3.9),
    SheetStep("pictures-2", Lengths(12.5, 18, 1.7), 3),
    SheetStep("few-sources", Lengths(12.5, 18, 1.7), 0.3),
    SheetStep("rows-1", Lengths(12.5, 18, 1.2), 9.7),
    SheetStep("type-1", Lengths(12.5, 18, 1.2), 9.8),
    SheetStep("no-others", Lengths(12.5, 18, 1.2), 1.7),
    SheetStep("pictures-3", Lengths(11.5, 16, 1.2), 0.8),
    SheetStep("rows-2", Lengths(11.5, 16, 0.8), 8.4),
    SheetStep("day-four", Lengths(11.5, 16, 0.8), 0.5),
    SheetStep("pictures-4", Lengths(10.5, 14, 0.8), 0.3),
    SheetStep("type-2", Lengths(10.5, 14, 0.8), 6.8),
    SheetStep("tell-four", Lengths(10.5, 14, 0.8), 0.3),
    SheetStep("day-three", Lengths(10.5, 14, 0.8), 3.6),
    SheetStep("pictures-5", Lengths(10, 12.5, 0.7), 1.3),
    SheetStep("no-later", Lengths(10, 12.5, 0.7), 16.1),
    SheetStep("type-3", Lengths(10, 12.5, 0.7), 6.1),
    SheetStep("no-list", Lengths(10, 12.5, 0.7), 3.7),
    SheetStep("close-2", Lengths(10, 12.5, 0.7), 6.4),
    SheetStep("type-4", Lengths(10, 12.5, 0.7), 4.3),
    SheetStep("pictures-6", Lengths(9.5, 11, 0.6), 1),
    SheetStep("day-two", Lengths(9.5, 11, 0.6), 4.1),
    SheetStep("tell-two", Lengths(9.5, 11, 0.6), 1),
    SheetStep("type-5", Lengths(9.5, 11, 0.5), 6.6),
    SheetStep("close-3", Lengths(9.5, 11, 0.4), 5.9),
    SheetStep("no-headline", Lengths(9.5, 11, 0.4), 2.5),
    SheetStep("type-6", Lengths(9.5, 10, 0.4), 8.8),
    SheetStep("narrow", Lengths(8.5, 9, 0.4), 11),
    SheetStep("close-4", Lengths(8, 8, 0.35), 14),
    SheetStep("day-one", Lengths(8, 8, 0.35), 6.7),
    SheetStep("no-scale", Lengths(8, 8, 0.35), 6),
    SheetStep("pictures-8", Lengths(6.5, 6.5, 0.2), 2.5),
    SheetStep("first-reason", Lengths(6.5, 6.5, 0.2), 7.7),
    SheetStep("narrow-2", Lengths(6.5, 6.5, 0.1), 17),
)
"""In order of what is needed least. Nothing takes away address, telephone, the first reason or the row of massages; type ends at
9 pt and the stop box at 10 pt. `saves` is what was measured over our packs; it only says where to look first."""
LAST = len(SHEET_STEPS) - 1
BASE, EACH_MOVE, EACH_LINE, EACH_SIGN, WITH_CODE = -36.0, 8.9, 4.3, 0.0336, 24.0
"""Millimetres that a sheet has to save: these, for each exercise, for each paragraph above them, for each character, and for the code of a
kept plan. Fitted to 250 sheets, with 5 mm to spare; half of them are within 8."""
MARGIN, NEAR, SURE = 2.0, 12.0, 4.0  # millimetres: what a step should leave, what rows can fill, and what the last look adds
LOOKS = ("close", "pictures", "rows", "type", "narrow")  # steps that begin so hide no words
SAVED = tuple(accumulate(step.saves for step in SHEET_STEPS))


@dataclass(frozen=True)
class Fit:
    """How a sheet was laid out: the step, its lengths, and the millimetres that stay blank (less than none: it is too long)."""

    step: int
    lengths: Lengths
    blank: float = 0.0

    @property
    def classes(self) -> str:
        return " ".join(step.name for step in SHEET_STEPS[: self.step + 1])


def at_step(step: int) -> Fit:
    return Fit(step, SHEET_STEPS[step].lengths)


def words_up_to(name: str) -> tuple[str, ...]:
    """The steps up to this one that take words away, for large print, which has sizes of its own."""
    names = [step.name for step in SHEET_STEPS]
    return tuple(one for one in names[: names.index(name) + 1] if not one.startswith(LOOKS))


class Rolled(Protocol):
    """A sheet that was laid out at a step, and can be asked how it would be with other lengths. `rows`: those that can grow."""

    @property
    def rows(self) -> Sequence[object]: ...

    def blank(self, at: Lengths) -> float: ...


Sheet = TypeVar("Sheet", bound=Rolled)


def fitted(at: Callable[[int], Sheet], first: int) -> tuple[Fit, Sheet]:
    """The least step at which a sheet is one side, and the sheet as it was laid out there, in at most MOST_LAYOUTS. `first`: where to
    look first."""
    tried: dict[int, Sheet] = {}
    step = first
    while len(tried) < MOST_LAYOUTS and step not in tried:
        tried[step] = at(step)
        step = next_step({number: (sheet.blank(tight(number)), sheet.blank(usual(number))) for number, sheet in tried.items()})
    fits = [number for number, sheet in tried.items() if sheet.blank(tight(number)) >= 0]
    if not fits and LAST not in tried:
        tried[LAST] = at(LAST)
    best = min(fits, default=LAST)
    lengths = filling(tried[best], best)
    return Fit(best, lengths, tried[best].blank(lengths)), tried[best]


def first_step(moves: int, lines: int, signs: int, code: bool) -> int:
    """Where to look first, by the number of exercises, of paragraphs above them, and of characters. `code`: it has that of a kept plan."""
    return step_saving(BASE + EACH_MOVE * moves + EACH_LINE * lines + EACH_SIGN * signs + WITH_CODE * code)


def usual(step: int) -> Lengths:
    return SHEET_STEPS[step].lengths


def tight(step: int) -> Lengths:
    """The least that pictures and rows may have at a step: what they have a few steps on."""
    return SHEET_STEPS[min(step + TIGHTER, LAST)].lengths


def next_step(blanks: dict[int, tuple[float, float]]) -> int:
    """Where to look next; a step that was tried if there is nothing better. `blanks`: millimetres with tight and with usual lengths."""
    low = max((number for number, blank in blanks.items() if blank[0] < 0), default=-1)
    high = min((number for number, blank in blanks.items() if blank[0] >= 0), default=LAST + 1)
    if high - low <= 1 or (high in blanks and blanks[high][1] < NEAR):
        return min(high, LAST)
    if low < 0:
        wanted = SAVED[high] - (blanks[high][1] - MARGIN)
    elif high > LAST:
        missing = MARGIN - blanks[low][1]
        wanted = SAVED[low] + (missing if len(blanks) == 1 else 1.2 * missing + SURE)
    else:
        wanted = SAVED[low] + (SAVED[high] - SAVED[low]) * (MARGIN - blanks[low][1]) / (blanks[high][1] - blanks[low][1])
    return max(low + 1, min(step_saving(wanted), high - 1))


def step_saving(wanted: float) -> int:
    """The least step that saves so many millimetres, as a rule."""
    return next((number for number in range(LAST + 1) if SAVED[number] >= wanted), LAST)


def filling(sheet: Rolled, step: int) -> Lengths:
    """Lengths with which a step leaves SPARE and no more. Where the usual ones leave less, all of them are smaller; where they leave
    more, pictures grow by what there is for each row, then the space between (a row need not grow with its picture), then pictures."""
    now = usual(step)
    if sheet.blank(now) < SPARE:
        return between(sheet, tight(step), now)
    larger = (sheet.blank(now) - SPARE) / max(1, len(sheet.rows))
    pictures = replace(now, wide=min(LARGEST.wide, now.wide + larger), tall=min(LARGEST.tall, now.tall + larger))
    spaced = between(sheet, pictures, replace(pictures, row=LARGEST.row))
    return between(sheet, spaced, replace(LARGEST, row=spaced.row))


def between(sheet: Rolled, small: Lengths, large: Lengths) -> Lengths:
    """The largest lengths of those between two that leave SPARE."""
    if sheet.blank(large) >= SPARE:
        return large
    low, high = 0.0, 1.0
    while high - low > FINE:
        middle = (low + high) / 2
        low, high = (middle, high) if sheet.blank(towards(small, large, middle)) >= SPARE else (low, middle)
    return towards(small, large, low)


def towards(small: Lengths, large: Lengths, part: float) -> Lengths:
    """To a hundredth of a millimetre, as they are written into the page."""
    pairs = zip((small.wide, small.tall, small.row), (large.wide, large.tall, large.row), strict=True)
    return Lengths(*(floor(100 * (one + part * (other - one))) / 100 for one, other in pairs))
