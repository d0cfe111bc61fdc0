"""The exercises of a plan as a table (CSV): a row for each exercise and week, with its dose in numbers and in words."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from planner.domain.doses import minutes_a_day
from planner.domain.lines import Line, Plan
from planner.domain.model import Country, Dose, Exercise, Library
from planner.languages.translate import N_
from planner.outputs.arrange import country_of
from planner.outputs.form import Form
from planner.outputs.moving import dose_words
from planner.outputs.said_doses import in_a_row
from planner.outputs.words import numbers

CSV_FILE = Form(
    stem="exercises",
    ending="csv",
    type="text/csv; charset=utf-8",
    link=N_("Exercises as a table (CSV)"),
    write=lambda plan, library, _beside: to_csv(plan, library),
)
AMOUNTS = ("sets", "repeats", "hold_seconds", "seconds", "sides", "ways", "rest_seconds", "times_a_day", "days_a_week")
"""The numbers of a dose, by its fields; so are the columns called, as in the JSON."""
COLUMNS = ("id", "title", "week", *AMOUNTS, "minutes_a_day", "dose")
UTF8_MARK = "\ufeff"  # tells a spreadsheet that this is UTF-8
FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work out a cell that begins so


def to_csv(plan: Plan, library: Library) -> str:
    """RFC 4180, the names of the columns first. A plan that says to get help has no other row."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    country = country_of(plan, library)
    for line in plan.lines:
        if isinstance(line.item, Exercise):
            table.writerows(week_rows(line, country))
    return UTF8_MARK + out.getvalue()


def week_rows(line: Line, country: Country) -> Iterator[tuple[str | int, ...]]:
    """A position that eases is no training: it has words alone."""
    if line.section == "ease":
        yield line.id, cell(numbers(country, line.title)), "", *[""] * len(AMOUNTS), "", dose_words(line)
        return
    for week, dose in enumerate(line.doses, 1):
        minutes = minutes_a_day(dose) if line.minutes else 0
        words = cell(numbers(country, in_a_row(dose)))
        yield line.id, cell(numbers(country, line.title)), week, *amounts(dose), minutes, words


def amounts(dose: Dose) -> tuple[int, ...]:
    return tuple(getattr(dose, name) for name in AMOUNTS)


def cell(text: str) -> str:
    """Words as words, whatever they begin with."""
    return f"'{text}" if text.startswith(FORMULAS) else text
