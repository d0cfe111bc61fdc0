"""Days by name, as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date


def written_days(days: Mapping[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}


def read_days(words: Mapping[str, str]) -> dict[str, date]:
    return {name: date.fromisoformat(word) for name, word in words.items()}
