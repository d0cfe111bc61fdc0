"""Pictures of a clinic's own exercises on the way to paper and into files: both can fetch nothing, so the pictures go inside."""

from __future__ import annotations

from flask import Response

from planner.clinic.photos import type_of
from planner.clinic.sheets.own_pictures import with_photos
from planner.domain.from_clinic import ClinicExercise
from planner.domain.lines import Plan
from planner.web import storage as database


def with_own_photos(plan: Plan) -> Plan:
    """The plan with its pictures inside. The database is asked only where the plan has an exercise of a clinic's own."""
    if not any(isinstance(line.item, ClinicExercise) and line.item.photo for line in plan.lines):
        return plan
    with database.reading() as rows:
        return with_photos(rows, database.safe(), plan)


def picture_response(image: bytes) -> Response:
    """No browser keeps what belongs to one person's sheet."""
    response = Response(image, content_type=type_of(image))
    response.headers["Content-Disposition"] = "inline"
    return response
