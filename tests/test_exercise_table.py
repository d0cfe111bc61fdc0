"""The exercises as a table: a row a week, the numbers of every other form, and nothing that a spreadsheet would work out."""

from __future__ import annotations

import csv
import io
from datetime import date

from flask import Flask

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.as_json import to_json
from planner.outputs.exercise_table import cell, to_csv
from tests.keeping_web import at_plan, keep
from tests.people import well

ON = date(2026, 11, 21)


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_it_has_the_dose_of_each_exercise_in_each_week(library: Library) -> None:
    plan = build(library, well(library), on=ON)
    found = {(one["id"], one["week"]): one for one in rows(to_csv(plan, library))}
    lines = [one for one in to_json(plan, library)["lines"] if one["section"] == "exercises"]
    assert lines
    for line in lines:
        for week, dose in enumerate(line["dose"], 1):
            row = found.pop((line["id"], str(week)))
            numbers = ("sets", "repeats", "hold_seconds", "seconds", "sides", "ways", "times_a_day", "days_a_week")
            assert {name: row[name] for name in numbers} == {name: str(dose[name]) for name in numbers}
            assert row["title"] == line["title"] and str(dose["seconds"] or dose["repeats"]) in row["dose"]
        assert int(row["minutes_a_day"]) <= line["minutes"]
    assert all(week == "" for _name, week in found), "a position that eases has words alone"


def test_a_stopped_plan_has_no_exercise_in_it(library: Library) -> None:
    assert rows(to_csv(build(library, well(library, rf_saddle="yes"), on=ON), library)) == []


def test_no_cell_is_a_formula(library: Library) -> None:
    assert [cell(one) for one in ("=1+1", "+1", "-1", "@x", "5 times")] == ["'=1+1", "'+1", "'-1", "'@x", "5 times"]


def test_the_site_gives_it(app: Flask, library: Library) -> None:
    walker = at_plan(app, library)
    given = walker.client.get("/exercises.csv")
    assert given.content_type == "text/csv; charset=utf-8" and given.headers["Cache-Control"] == "no-store"
    assert given.headers["Content-Disposition"] == 'inline; filename="back-exercises.csv"'
    home = keep(walker)
    assert walker.client.get(f"{home}-exercises.csv").data == given.data
