"""How long answers stay true: which are to be asked again, and the day after which a plan should not be used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.active import Words, match_any
from planner.domain.schedule import StaleRow

ASK_AFTER = 14
"""Days after which a kept plan first asks what has changed. Source: clinical safety, section 6."""


@dataclass(frozen=True)
class Stale:
    """What has to be asked again before a plan shows. `pages`: in the order of the content. `hidden`: the exercises wait for it."""

    rows: tuple[StaleRow, ...]
    hidden: bool

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(page for row in self.rows for page in row.pages))


def gone_stale(rows: Mapping[str, StaleRow], words: Words, made: date, today: date) -> Stale:
    """What was true on `made` and may no longer be so today."""
    age = (today - made).days
    fitting = [row for row in rows.values() if match_any(row.when, words) is not None]
    return Stale(
        rows=tuple(row for row in fitting if age > row.days),
        hidden=any(row.hidden_after and age >= row.hidden_after for row in fitting),
    )


def not_after(rows: Mapping[str, StaleRow], words: Words, made: date) -> date:
    """The earliest day on which something that the plan rests on goes stale; printed, because paper can't be called back."""
    return made + timedelta(days=min(row.days for row in rows.values() if match_any(row.when, words) is not None))
