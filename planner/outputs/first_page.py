"""How far page 1 of a plan closes up so that it is a single page: what stays blank at one step says most of the others without a try."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

TIGHTEST = 5  # the last step by which page 1 closes up (paper.css)
BEGIN = 3  # where most plans end
CLOSED_UP = tuple(accumulate((0.0, 13.0, 19.0, 35.5, 15.0, 28.0)))
"""Millimetres that page 1 is shorter by at each step, as a rule: the median of 18 plans. It only says where a look is worth it."""
DOUBT = 8.0  # millimetres by which that may be wrong


def least_step(blank: Callable[[int], float]) -> int:
    """The first step at which page 1 has no less than nothing left; the last one if none has. `blank`: millimetres at a step."""
    tried: dict[int, float] = {}
    step = BEGIN
    while step not in tried:
        tried[step] = blank(step)
        low = max((one for one, left in tried.items() if left < 0), default=-1)
        high = min((one for one, left in tried.items() if left >= 0), default=TIGHTEST)
        if high - low <= 1:
            return high
        step = worth_a_look(tried, low, high)
    return step


def worth_a_look(tried: dict[int, float], low: int, high: int) -> int:
    """The least step between what is too long and what is not that may be enough; `high` if there is none."""
    near, doubt = (high, DOUBT) if high in tried else (low, 0.0)
    left = {step: tried[near] + CLOSED_UP[step] - CLOSED_UP[near] for step in range(low + 1, high)}
    return next((step for step, millimetres in left.items() if millimetres >= -doubt), high)
