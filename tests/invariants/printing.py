"""One person through the engine: the public JSON, and all that is printed."""

from __future__ import annotations

from datetime import date
from typing import Any

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.as_json import to_json
from planner.outputs.form import Beside
from planner.outputs.forms import form_called
from tests.invariants.shown import STOPS, Texts

ON = date(2026, 11, 21)


def planned(library: Library, answers: dict[str, Any]) -> dict[str, Any]:
    return to_json(build(library, answers, on=ON), library)


def printed(library: Library, answers: dict[str, Any], *, sheet: bool = True) -> tuple[dict[str, Any], Texts]:
    """The plan, and its texts; a stop has no calendar. The sheet is the slowest, and says little that the plan does not."""
    plan = build(library, answers, on=ON)
    public = to_json(plan, library)
    stopped = public["triage"]["level"] in STOPS or public["triage"]["no_plan"]
    beside = Beside()
    return public, Texts(
        plan=form_called("text").words(plan, library, beside),
        sheet=form_called("sheet").words(plan, library, beside) if sheet and not stopped else "",
        calendar="" if stopped else form_called("ics").words(plan, library, beside),
    )
