"""How a sheet comes to fill one side: small steps in order of priority, then pictures and rows that grow into the room that is left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

MOST_RENDERS = 4  # each costs up to a second
GROWS_FROM = 2.5  # millimetres that are worth a render
SPARE = 0.6  # millimetres that growing leaves alone
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
BEGIN = (0, 12, 20, 25, 30, 32, 35, 36)  # where to look first, by the number of exercises
MARGIN, NEAR, SURE = 3.0, 7.0, 12.0  # millimetres: what a step should leave, what is near enough, and what the last look adds
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


def blank_of(document: Any) -> float:
    """Millimetres between the last line and the lower margin; what stands on further pages counts against it."""
    pages = [page._page_box for page in document.pages]
    used: float = sum(end_of(page.children[0].children[0]) - page.content_box_y() for page in pages)
    blank: float = (pages[0].height - used) * PX
    return blank if len(pages) == 1 else min(blank, -PX)


def end_of(box: Any) -> float:
    """Where the content of a box ends. A box that goes on overleaf is as high as its page, so its last row or line counts."""
    inside = [child for child in getattr(box, "children", ()) if child.is_in_normal_flow()]
    if not inside or type(box).__name__ in ("TableRowBox", "LineBox"):
        return float(box.position_y + box.margin_height())
    return end_of(inside[-1])


def fitted(at: Callable[[Fit], Any], moves: int, blank: Callable[[Any], float] = blank_of) -> tuple[Fit, Any]:
    """The least step at which a sheet is one side, and its pages, in at most MOST_RENDERS. `moves`: how many rows can grow."""
    tried: dict[int, tuple[Fit, Any]] = {}

    def tries(fit: Fit) -> tuple[Fit, Any]:
        pages = at(fit)
        return replace(fit, blank=blank(pages)), pages

    step = BEGIN[min(moves, len(BEGIN) - 1)]
    while len(tried) < MOST_RENDERS - 1 and step not in tried:
        tried[step] = tries(at_step(step))
        step = next_step({number: fit.blank for number, (fit, _) in tried.items()})
    fits = [number for number, (fit, _) in tried.items() if fit.blank >= 0]
    best = tried[min(fits)] if fits else tries(at_step(LAST))
    for left in range(MOST_RENDERS - len(tried) - (not fits), 0, -1):
        bigger = grown(best[0], moves, left) if moves and best[0].blank > GROWS_FROM else best[0]
        if bigger.lengths == best[0].lengths or (other := tries(bigger))[0].blank < 0:
            break
        best = other
    return best


def next_step(blanks: dict[int, float]) -> int:
    """Where to look next; a step that was tried if there is nothing better."""
    low = max((number for number, blank in blanks.items() if blank < 0), default=-1)
    high = min((number for number, blank in blanks.items() if blank >= 0), default=LAST + 1)
    if high - low <= 1 or (high in blanks and blanks[high] < NEAR):
        return min(high, LAST)
    if low < 0:
        wanted = SAVED[high] - 0.9 * (blanks[high] - MARGIN)
    elif high > LAST:
        missing = MARGIN - blanks[low]
        wanted = SAVED[low] + (1.2 * missing if len(blanks) == 1 else 1.6 * missing + SURE)
    else:
        wanted = SAVED[low] + (SAVED[high] - SAVED[low]) * (MARGIN - blanks[low]) / (blanks[high] - blanks[low])
    found = next((number for number in range(LAST + 1) if SAVED[number] >= wanted), LAST)
    return max(low + 1, min(found, high - 1))


def grown(fit: Fit, moves: int, left: int) -> Fit:
    """The same step with larger pictures, then with more space between: never more than there is room for. A row need not grow
    with its picture, so where only one render is left, space takes what would leave too much blank."""
    now, usual = fit.lengths, SHEET_STEPS[fit.step].lengths
    room = fit.blank - SPARE
    spaces = 2 * moves * (LARGEST.row - now.row)  # what space can take at most
    pictures = 0.0 if now.tall > usual.tall else room if left > 1 else min(room, max(NEAR, room - spaces))
    rows = 0.0 if left > 1 and pictures else room - pictures
    larger, wider = pictures / moves, rows / moves / 2
    return replace(
        fit, lengths=Lengths(min(LARGEST.wide, now.wide + larger), min(LARGEST.tall, now.tall + larger), min(LARGEST.row, now.row + wider))
    )
