"""Which sheets of a list their patients have stopped at home: by a new sign, or by what they answered about it under the code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from planner.clinic.sealing import unseal
from planner.clinic.sheets.handouts import handout_place
from planner.clinic.sheets.records import as_printed, changed_at_home, versions_of
from planner.clinic.tables import Handout
from planner.domain.model import Library
from planner.kept import plans
from planner.kept.plans import Safe
from planner.kept.reopen import Reopened


def stopped_at_home(session: Session, safe: Safe, rows: Iterable[Handout], library: Library, country: str, on: date) -> set[str]:
    """Ids of those whose plan is stopped; what can't be opened any more is not among them. The caller has seen to it that the rows are
    this clinic's. `country`: the one that the clinic's sheets are for."""
    return {row.id for row in rows if not row.revoked and is_stopped(session, safe, row, library, country, on)}


def is_stopped(session: Session, safe: Safe, row: Handout, library: Library, country: str, on: date) -> bool:
    code = (unseal(safe, row.clinic_id, handout_place(row.id), row.sealed_code) or b"").decode()
    kept = plans.find_kept(session, safe, code, on) if code else None
    if kept is None or kept.body.stopped:
        return kept is not None
    if not Reopened(kept, library, country).journey.triage.no_plan:
        return False
    printed = as_printed(versions_of(session, safe, row))  # a stop page that the clinic printed is none of theirs
    return bool(printed and printed.body and changed_at_home(printed.body, kept.body))
