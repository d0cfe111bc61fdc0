"""Who opened which sheet: written down for the clinic's owners, under the sheet's id. Nothing of the sheet itself is."""

from __future__ import annotations

from datetime import date

from planner.clinic.people import audit
from planner.clinic.sheets.handouts import OpenedHandout, open_handout
from planner.clinic.tables import Handout
from planner.web import storage as database
from planner.web.clinic.access import now, signed_in

OPENED = "opened"


def opened_handout(handout_id: str) -> OpenedHandout | None:
    """A handout of this clinic; None if it has no such one. That it was opened is noted before anybody reads it."""
    with database.reading() as rows:
        opened = open_handout(rows, database.safe(), signed_in().clinic_id, handout_id, date.today())
        known = opened is None or not is_readable(opened) or is_known(opened.handout)
        known = known or audit.is_noted(rows, now(), signed_in(), OPENED, handout_id)
    if not known:
        with database.writing() as rows:
            audit.record(rows, now(), OPENED, by=signed_in(), about=handout_id)
    return opened


def is_readable(opened: OpenedHandout) -> bool:
    """A sheet, or the chart text of one whose code is gone."""
    return opened.kept is not None or any(one.chart for one in opened.versions)


def is_known(handout: Handout) -> bool:
    """Whoever has just made a sheet has it before them: that they made it is written down already."""
    return handout.therapist_id == signed_in().id and now() - handout.made < audit.SAME_LOOK
