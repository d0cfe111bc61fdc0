"""Records: each handout as it was printed, sealed for its clinic. What is done under its code, by whoever has it, does not reach it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import Handout, Printed
from planner.kept.plans import Body, Safe


@dataclass(frozen=True)
class Chart:
    """What a clinic keeps of a sheet when its code opens nothing any more: the text for the notes, without the code, and the pain of
    that day, 0 to 10. None where nobody said. `stops`: only the stop page was printed."""

    text: str
    pain: int | None = None
    stops: bool = False


@dataclass(frozen=True)
class Version:
    """One printing of a handout. `by`: id of a therapist, empty for what a patient had made of it. `body` is None once its code opens
    nothing, or it was printed anew; `chart` is None once the clinic's time is over, and for what was printed before there were records."""

    number: int
    made: datetime
    by: str
    body: Body | None
    chart: Chart | None


def keep_version(
    session: Session, safe: Safe, row: Handout, body: Body, made: datetime, *, by: str | None = None, chart: Chart | None = None
) -> None:
    """Notes what was printed, as the newest version of a handout. The clinic's versions before it keep their chart text alone."""
    last = session.scalar(select(func.max(Printed.number)).where(Printed.handout_id == row.id)) or 0
    if by is not None:
        session.execute(update(Printed).where(Printed.handout_id == row.id, Printed.therapist_id.is_not(None)).values(sheet=None))
    made_of = asdict(chart) if chart else None
    session.add(
        Printed(
            handout_id=row.id,
            number=last + 1,
            therapist_id=by,
            made=made,
            sheet=seal(safe, row.clinic_id, sheet_place(row.id, last + 1), body.to_bytes()),
            chart=seal(safe, row.clinic_id, chart_place(row.id, last + 1), json.dumps(made_of).encode()) if made_of else None,
        )
    )
    session.flush()


def sheet_place(handout_id: str, number: int) -> str:
    return f"printed:{handout_id}:{number}:sheet"


def chart_place(handout_id: str, number: int) -> str:
    return f"printed:{handout_id}:{number}:chart"


def versions_of(session: Session, safe: Safe, row: Handout) -> tuple[Version, ...]:
    """Every version of a handout that is still kept, oldest first."""
    rows = session.scalars(select(Printed).where(Printed.handout_id == row.id).order_by(Printed.number))
    return tuple(opened_version(safe, row.clinic_id, one) for one in rows)


def stop_pages(session: Session, safe: Safe, clinic_id: str, handout_ids: Sequence[str]) -> set[str]:
    """Those of a clinic's handouts that were a stop page when they were last printed."""
    wanted = select(Printed).where(Printed.handout_id.in_(handout_ids), Printed.chart.is_not(None)).order_by(Printed.number)
    newest = {row.handout_id: row for row in session.scalars(wanted)}
    return {name for name, row in newest.items() if (chart := chart_in(safe, clinic_id, row)) and chart.stops}


def opened_version(safe: Safe, clinic_id: str, row: Printed) -> Version:
    sheet = unseal(safe, clinic_id, sheet_place(row.handout_id, row.number), row.sheet) if row.sheet else None
    return Version(
        row.number,
        row.made,
        row.therapist_id or "",
        Body.from_bytes(sheet) if sheet else None,
        chart_in(safe, clinic_id, row),
    )


def chart_in(safe: Safe, clinic_id: str, row: Printed) -> Chart | None:
    """None where the clinic's time is over, or it can't be unsealed any more."""
    chart = unseal(safe, clinic_id, chart_place(row.handout_id, row.number), row.chart) if row.chart else None
    return Chart(**json.loads(chart)) if chart else None


def as_printed(versions: tuple[Version, ...]) -> Version | None:
    """The clinic's newest, if what was on it is still kept."""
    return next((one for one in reversed(versions) if one.by and one.body), None)


def rewrite_sheet(session: Session, safe: Safe, row: Handout, body: Body) -> None:
    """Puts `body` in the place of the clinic's newest version: the same sheet, with what came back on it."""
    now = as_printed(versions_of(session, safe, row))
    if now is None:  # printed before there were records
        keep_version(session, safe, row, body, row.made, by=row.therapist_id)
        return
    sealed = seal(safe, row.clinic_id, sheet_place(row.id, now.number), body.to_bytes())
    session.execute(update(Printed).where(Printed.handout_id == row.id, Printed.number == now.number).values(sheet=sealed))


def forget_sheets(session: Session, *handout_ids: str) -> None:
    """What was on the sheets goes; their chart text stays for the clinic's time."""
    session.execute(update(Printed).where(Printed.handout_id.in_(handout_ids)).values(sheet=None))


def changed_at_home(printed: Body, now: Body) -> bool:
    """True if what stands under the code is not what was printed. What came back on paper is the clinic's, and does not count."""
    before, after = ((dict(one.answers), one.edits, one.note, one.country) for one in (printed, now))
    return before != after
