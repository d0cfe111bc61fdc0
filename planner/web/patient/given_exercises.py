"""Exercises of a clinic's own on a patient's side: they come with the sheet under the code, as they were when it was printed."""

from __future__ import annotations

from werkzeug.exceptions import NotFound

from planner.clinic.sheets.own_exercises import as_exercise, given
from planner.clinic.sheets.own_pictures import picture_given
from planner.domain.edits import Edits
from planner.domain.from_clinic import OWN, with_own
from planner.domain.journey import Journey
from planner.domain.model import Library
from planner.kept.codes import path_of
from planner.web import storage as database


def with_given(content: Library, code: str, *edits: Edits) -> Library:
    """The content with the exercises of a clinic that stand in `edits`. The database is asked only where there is one."""
    names = {name for one in edits for name in one.exercises if name.startswith(OWN)}
    if not names:
        return content
    with database.reading() as rows:
        found = given(rows, database.safe(), sorted(names))
    return with_own(content, (as_exercise(one, content, lambda row: f"{path_of(code)}/picture/{row}") for one in found))


def journey_given(here: Journey, code: str, edits: Edits) -> Journey:
    """The journey of answers that came from a clinic's sheet, so that its own exercises can stay on it."""
    content = with_given(here.library, code, edits)
    return here if content is here.library else Journey(content, here.answers)


def given_picture(row_id: str, *edits: Edits) -> bytes:
    """The picture of an exercise that stands in `edits`; 404 for any other."""
    if not any(OWN + row_id in one.exercises for one in edits):
        raise NotFound
    with database.reading() as rows:
        found = picture_given(rows, database.safe(), row_id)
    if found is None:
        raise NotFound
    return found
