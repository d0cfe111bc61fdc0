"""Begins the documents when the last question is answered, so that they are ready when they are asked for."""

from __future__ import annotations

from datetime import date

from flask import current_app

from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.pool import pool
from planner.web.render import country, library


def plan_now(here: Journey) -> Plan:
    """The plan of a finished journey, dated today."""
    return build(library(), here.answers, on=date.today(), country=country().id)


def begin_documents(here: Journey) -> None:
    """Starts rendering the plan and the sheet in the background, once nothing is open."""
    if current_app.config.get("TESTING") or not here.complete:
        return
    plan = plan_now(here)
    pool().submit(documents.plan_html(plan, library()), "plan")
    pool().submit(documents.sheet_html(plan, library()), "sheet")
