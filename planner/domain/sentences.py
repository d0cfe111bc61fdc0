"""Sentences of a plan that are chosen from what the plan holds: headline, stop box, medicines, what to expect, work, a flare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.domain.active import Words, match, match_any
from planner.domain.general import MedicineRow, Sentence, Wording


def first_wording(wordings: tuple[Wording, ...], words: Words) -> str:
    return next((wording.text for wording in wordings if match(wording.when, words) is not None), "")


def fitting(sentences: Iterable[Sentence], words: Words) -> tuple[str, ...]:
    """Every sentence that fits, personal ones first, less those that another one stands in for."""
    found = [one for one in sentences if match_any(one.when, words) is not None]
    gone = {name for one in found for name in one.instead}
    kept = [one for one in found if one.id not in gone]
    return tuple(one.say for one in sorted(kept, key=lambda one: not one.when))


def medicine_lines(rows: Mapping[str, MedicineRow], words: Words) -> tuple[str, ...]:
    """What the plan says about medicines: of each part the first row that fits."""
    parts = ("tablets", "paracetamol", "gel", "always")
    found = (next((row for row in rows.values() if row.part == part and match_any(row.when, words) is not None), None) for part in parts)
    return tuple(row.say for row in found if row is not None and row.say)
