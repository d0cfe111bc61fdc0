"""Handouts: sheets that a clinic printed. The patient's code opens a kept plan; the clinic keeps that code, and the sheet as printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from planner.clinic.lengths import REFERENCE, TITLE
from planner.clinic.people import audit
from planner.clinic.sealing import seal, unseal
from planner.clinic.sheets.records import (
    Chart,
    Version,
    as_printed,
    changed_at_home,
    forget_sheets,
    keep_version,
    rewrite_sheet,
    versions_of,
)
from planner.clinic.tables import Clinic, Handout, Therapist, new_id
from planner.database.rows import written
from planner.domain.thread import Diary
from planner.kept import plans
from planner.kept.diaries import diary_of, write_diary
from planner.kept.plans import Body, ChangedMeanwhile, Gone, Kept, Safe, nothing_new

LISTED = 20


@dataclass(frozen=True)
class Sheet:
    """What is printed, and what the clinic notes beside it. `previous`: id of the handout that it follows."""

    body: Body
    pack: str = ""  # title of the pack it began with
    reference: str = ""  # the therapist's own
    previous: str = ""
    chart: Chart | None = None


@dataclass(frozen=True)
class OpenedHandout:
    """A handout with what is on it. `kept` is the sheet as the clinic printed it, at the version of the handout; None once the plan was
    revoked, deleted or has expired. `own`: what stands under the code instead, where the patient has changed it. `stopped`: the day on
    which a new sign stopped the plan under the code, until the patient has answered the questions about it. `diary`: what was told at
    home under the code; it is read where it is, and never copied before the next sheet prints."""

    handout: Handout
    code: str  # without hyphens; empty if it can't be unsealed any more
    kept: Kept | None
    own: Kept | None = None
    versions: tuple[Version, ...] = ()
    stopped: date | None = None
    diary: Diary | None = None

    @property
    def there(self) -> Kept:
        """What is on it. Gone if it can't be opened any more."""
        if self.kept is None:
            raise Gone
        return self.kept


def make_handout(session: Session, safe: Safe, by: Therapist, sheet: Sheet, now: datetime, *, once: str = "") -> Handout:
    """Keeps the plan and notes the handout, in one transaction. The same `once` and body make one handout, however often it is sent.

    Gone if that one has been deleted since, or the whole clinic."""
    hold(session, by.clinic_id)
    code = plans.keep(session, safe, sheet.body, now.date(), once=f"{by.id}:{once}" if once else "")
    key = safe.secrets[0].row_key(code)
    made = session.scalars(select(Handout).where(Handout.kept_key == key, Handout.clinic_id == by.clinic_id)).first()
    if made is not None:
        return made
    name = new_id()
    made = Handout(
        id=name,
        clinic_id=by.clinic_id,
        therapist_id=by.id,
        made=now,
        reference=sheet.reference[:REFERENCE],
        pack=sheet.pack[:TITLE],
        kept_key=key,
        sealed_code=seal(safe, by.clinic_id, handout_place(name), code.encode()),
        previous=sheet.previous if sheet.previous and find_handout(session, by.clinic_id, sheet.previous) else None,
        read_back=False,
        version=1,
    )
    session.add(made)
    session.flush()
    keep_version(session, safe, made, sheet.body, now, by=by.id, chart=sheet.chart)
    audit.record(session, now, "handout", by=by)
    return made


def hold(session: Session, clinic_id: str) -> None:
    """The clinic is not deleted while this transaction lasts. Gone if it was."""
    if session.scalar(select(Clinic.id).where(Clinic.id == clinic_id).with_for_update(read=True, key_share=True)) is None:
        raise Gone


def handout_place(handout_id: str) -> str:
    return f"handout:{handout_id}"


def find_handout(session: Session, clinic_id: str, handout_id: str) -> Handout | None:
    """The row, if it is this clinic's."""
    return session.scalars(select(Handout).where(Handout.id == handout_id, Handout.clinic_id == clinic_id)).first()


def find_by_code(session: Session, safe: Safe, clinic_id: str, code: str) -> Handout | None:
    """This clinic's handout under a code."""
    keys = safe.row_keys(code)
    return session.scalars(select(Handout).where(Handout.kept_key.in_(keys), Handout.clinic_id == clinic_id)).first()


def newest_of(session: Session, clinic_id: str, reference: str) -> str:
    """The id of this clinic's newest sheet with a reference, however it is spelled in capitals; empty where none is left."""
    here = (Handout.clinic_id == clinic_id, func.lower(Handout.reference) == reference.lower(), Handout.revoked.is_(None))
    return session.scalars(select(Handout.id).where(*here).order_by(Handout.made.desc(), Handout.id)).first() or ""


def open_handout(session: Session, safe: Safe, clinic_id: str, handout_id: str, on: date) -> OpenedHandout | None:
    """A handout of this clinic with its plan; None if the clinic has no such handout."""
    found = find_handout(session, clinic_id, handout_id)
    return opened_row(session, safe, found, on) if found else None


def opened_row(session: Session, safe: Safe, found: Handout, on: date) -> OpenedHandout:
    """A handout with what is on it. The caller has seen to it that it is this clinic's."""
    code = (unseal(safe, found.clinic_id, handout_place(found.id), found.sealed_code) or b"").decode()
    versions = versions_of(session, safe, found)
    kept = plans.find_kept(session, safe, code, on) if code and not found.revoked else None
    if kept is None:
        return OpenedHandout(found, code, None, versions=versions)
    printed = as_printed(versions)
    body = printed.body if printed and printed.body else kept.body  # printed before there were records
    own = kept if changed_at_home(body, kept.body) else None
    diary = diary_of(session, safe, code)
    return OpenedHandout(found, code, replace(kept, body=body, version=found.version), own, versions, kept.body.stopped, diary)


def change_handout(session: Session, safe: Safe, by: Therapist, opened: OpenedHandout, sheet: Sheet, version: int, now: datetime) -> Kept:
    """Prints another body on the same paper and code. What the patient had made of the one before stays as a version beside it, and a
    plan that the patient has stopped stays stopped. Where the reference alone is another, nothing changes under the code.

    `version`: of the handout that was opened. ChangedMeanwhile if somebody else changed it since, Gone if it was revoked or deleted."""
    hold(session, by.clinic_id)
    here = plans.find_kept(session, safe, opened.code, now.date())
    if opened.kept is None or here is None:
        raise Gone
    row, reference = opened.handout, sheet.reference[:REFERENCE]
    if nothing_new(opened.kept.body, sheet.body):
        if row.reference == reference:
            return opened.kept
        moved_on(session, row, version, reference=reference)
        audit.record(session, now, "handout_changed", by=by)
        return replace(opened.kept, version=version + 1)
    moved_on(session, row, version, reference=reference, kept_key=safe.secrets[0].row_key(opened.code))
    if opened.own:
        keep_version(session, safe, row, opened.own.body, now)
    body = replace(sheet.body, stopped=here.body.stopped)
    changed = plans.change(session, safe, opened.code, body, here.version, now.date())
    as_the_clinic_printed(session, safe, opened.code)
    keep_version(session, safe, row, sheet.body, now, by=by.id, chart=sheet.chart)
    audit.record(session, now, "handout_changed", by=by)
    return replace(changed, version=version + 1)


def as_the_clinic_printed(session: Session, safe: Safe, code: str) -> None:
    """What check-ins had made of the sheet before gives way to the new one; the check-ins themselves can still be read."""
    diary = diary_of(session, safe, code)
    if diary and diary.edits is not None:
        write_diary(session, safe, code, lambda now: replace(now or diary, edits=None))


def moved_on(session: Session, row: Handout, version: int, **values: object) -> None:
    """Makes the next version of a handout in the place of `version`. Faults as in change_handout."""
    here = (Handout.id == row.id, Handout.clinic_id == row.clinic_id, Handout.revoked.is_(None))
    told = update(Handout).where(*here, Handout.version == version).values(version=version + 1, **values)
    if not written(session.execute(told, execution_options={"synchronize_session": False})):
        now = session.scalar(select(Handout.version).where(*here))
        raise ChangedMeanwhile(now) if now else Gone


def note_read_back(session: Session, safe: Safe, opened: OpenedHandout, body: Body, on: date) -> Kept:
    """Keeps the read-back that `body` ends with, on the clinic's sheet alone. Faults as in change_handout."""
    if opened.kept is None or not plans.find_kept(session, safe, opened.code, on):
        raise Gone
    moved_on(session, opened.handout, opened.kept.version, read_back=True)
    rewrite_sheet(session, safe, opened.handout, body)
    plans.extend(session, safe, opened.code, on)
    return replace(opened.kept, body=body, version=opened.kept.version + 1)


def revoke_handout(session: Session, safe: Safe, by: Therapist, opened: OpenedHandout, now: datetime) -> bool:
    """Deletes the plan of a sheet: its code opens nothing any more. The row stays, without its reference, and so does the chart text,
    for the clinic's time. False if it was revoked."""
    hold(session, by.clinic_id)
    if opened.code:
        plans.delete(session, safe, opened.code, now.date())
    forget_sheets(session, opened.handout.id)
    here = (Handout.id == opened.handout.id, Handout.clinic_id == by.clinic_id, Handout.revoked.is_(None))
    if not written(session.execute(update(Handout).where(*here).values(revoked=now, reference="", version=Handout.version + 1))):
        return False
    audit.record(session, now, "revoked", by=by)
    return True


def todays(session: Session, clinic_id: str, since: datetime) -> list[Handout]:
    """Sheets of this clinic printed since then that can still be opened, newest first."""
    wanted = select(Handout).where(Handout.clinic_id == clinic_id, Handout.made >= since, Handout.revoked.is_(None))
    return list(session.scalars(wanted.order_by(Handout.made.desc(), Handout.id).limit(LISTED)))
