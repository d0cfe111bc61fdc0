"""Days by name, and lists, as JSON has them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any


def written_days(days: Mapping[str, date]) -> dict[str, str]:
    return {name: day.isoformat() for name, day in days.items()}


def read_days(words: Mapping[str, str]) -> dict[str, date]:
    return {name: date.fromisoformat(word) for name, word in words.items()}


def read_day(word: str | None) -> date | None:
    return date.fromisoformat(word) if word else None


def tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    """JSON's lists as the tuples they were."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
