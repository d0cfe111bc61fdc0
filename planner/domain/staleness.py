"""How long answers stay true: which are to be asked again, and the day after which a plan should not be used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.domain.answers import Answers, Value
from planner.domain.lookups import Words, match_any
from planner.domain.model import Library
from planner.domain.schedule import ChangeRow, StaleRow


@dataclass(frozen=True)
class Answered:
    """The days of a person's answers: `asked` for the rows of which it is known, `made` for the rest. `confirmed`: the day on which
    they last said that nothing had changed."""

    made: date
    asked: Mapping[str, date] = field(default_factory=dict)
    confirmed: date | None = None

    def on(self, row: StaleRow) -> date:
        """The day of the answers themselves."""
        return self.asked.get(row.id, self.made)

    def known(self, row: StaleRow) -> date:
        """The day up to which they are known to be true. Of exact answers no tick can say that."""
        return max(self.on(row), self.confirmed) if self.confirmed and not row.exact else self.on(row)


@dataclass(frozen=True)
class Stale:
    """What has to be asked again before a plan shows. `pages`: in the order of the content. `hidden`: the exercises wait for it."""

    rows: tuple[StaleRow, ...]
    hidden: bool

    @property
    def pages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(page for row in self.rows for page in row.pages))

    @property
    def must_answer(self) -> bool:
        """True when "none of these" is no answer to what is asked again."""
        return self.hidden or any(row.exact for row in self.rows)


def gone_stale(rows: Mapping[str, StaleRow], words: Words, answered: Answered, today: date) -> Stale:
    """What was true on the days of the answers and may no longer be so today."""
    fitting = [row for row in rows.values() if match_any(row.when, words) is not None]
    waiting = {row.id for row in fitting if row.hidden_after and (today - answered.on(row)).days >= row.hidden_after}
    old = (row for row in fitting if row.id in waiting or (today - answered.known(row)).days > row.days)
    return Stale(rows=tuple(old), hidden=bool(waiting))


def not_after(fitting: Sequence[StaleRow], answered: Answered) -> date:
    """The earliest day on which something that the plan rests on goes stale; printed, because paper can't be called back.
    `fitting`: the rows that hold for this person."""
    days = [answered.known(row) + timedelta(days=row.days) for row in fitting]
    return min(days + [answered.on(row) + timedelta(days=row.hidden_after - 1) for row in fitting if row.hidden_after])


def changes_for(library: Library, words: Words) -> tuple[ChangeRow, ...]:
    """What may have changed for this person, as a list of ticks."""
    return tuple(row for row in library.changes.values() if not row.unless or match_any(row.unless, words) is None)


def pages_again(stale: Stale, ticked: Iterable[ChangeRow]) -> tuple[str, ...]:
    """The pages to answer first: those of the old answers, and those of what was ticked."""
    return tuple(dict.fromkeys((*stale.pages, *(page for row in ticked for page in row.pages))))


def taken_out(library: Library, answers: Answers, pages: Iterable[str]) -> tuple[dict[str, Value], dict[str, Value]]:
    """The answers without those of some pages, and what those pages said."""
    names = {name for page in library.pages if page.id in set(pages) for name in page.questions}
    return (
        {name: value for name, value in answers.items() if name not in names},
        {name: value for name, value in answers.items() if name in names},
    )


def asked_again(library: Library, answered: Answered, pages: Iterable[str], today: date) -> dict[str, date]:
    """The day of the answers of every row, once some pages are answered today."""
    open_now = set(pages)
    return {
        row.id: today if set(row.pages) <= open_now else answered.on(row) if row.hidden_after else answered.known(row)
        for row in library.stale.values()
    }
