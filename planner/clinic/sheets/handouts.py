"""Handouts: sheets that a clinic printed. What is on one is a kept plan; the clinic keeps its code, sealed, to print it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.lengths import REFERENCE, TITLE
from planner.clinic.people import audit
from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import Clinic, Handout, Therapist, new_id
from planner.database.rows import written
from planner.kept import plans
from planner.kept.plans import Body, Gone, Kept, Safe

LISTED = 20


@dataclass(frozen=True)
class Sheet:
    """What is printed, and what the clinic notes beside it. `previous`: id of the handout that it follows."""

    body: Body
    pack: str = ""  # title of the pack it began with
    reference: str = ""  # the therapist's own
    previous: str = ""


@dataclass(frozen=True)
class OpenedHandout:
    """A handout with what is on it. `kept` is None once the plan was revoked, deleted or has expired."""

    handout: Handout
    code: str  # without hyphens; empty if it can't be unsealed any more
    kept: Kept | None

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


def open_handout(session: Session, safe: Safe, clinic_id: str, handout_id: str, on: date) -> OpenedHandout | None:
    """A handout of this clinic with its plan; None if the clinic has no such handout."""
    found = find_handout(session, clinic_id, handout_id)
    if found is None:
        return None
    code = (unseal(safe, clinic_id, handout_place(found.id), found.sealed_code) or b"").decode()
    return OpenedHandout(found, code, plans.find_kept(session, safe, code, on) if code and not found.revoked else None)


def change_handout(session: Session, safe: Safe, by: Therapist, opened: OpenedHandout, sheet: Sheet, version: int, now: datetime) -> Kept:
    """Puts another body on the same paper and code. `version`: of the kept plan that was opened.

    ChangedMeanwhile if somebody else changed it since, Gone if it was revoked or deleted."""
    hold(session, by.clinic_id)
    if opened.kept is None:
        raise Gone
    changed = plans.change(session, safe, opened.code, sheet.body, version, now.date())
    values = {"version": Handout.version + 1, "reference": sheet.reference[:REFERENCE], "kept_key": safe.secrets[0].row_key(opened.code)}
    here = (Handout.id == opened.handout.id, Handout.clinic_id == by.clinic_id, Handout.revoked.is_(None))
    if not written(session.execute(update(Handout).where(*here).values(values))):
        raise Gone
    audit.record(session, now, "handout_changed", by=by)
    return changed


def note_read_back(session: Session, safe: Safe, opened: OpenedHandout, body: Body, on: date) -> Kept:
    """Keeps the read-back that `body` ends with, on the old sheet. Faults as in change_handout."""
    if opened.kept is None:
        raise Gone
    changed = plans.change(session, safe, opened.code, body, opened.kept.version, on)
    values = {"read_back": True, "kept_key": safe.secrets[0].row_key(opened.code)}
    session.execute(update(Handout).where(Handout.id == opened.handout.id).values(values))
    return changed


def revoke_handout(session: Session, safe: Safe, by: Therapist, opened: OpenedHandout, now: datetime) -> bool:
    """Deletes the plan of a sheet: its code opens nothing any more. The row stays, without its reference. False if it was revoked."""
    hold(session, by.clinic_id)
    if opened.code:
        plans.delete(session, safe, opened.code, now.date())
    here = (Handout.id == opened.handout.id, Handout.clinic_id == by.clinic_id, Handout.revoked.is_(None))
    if not written(session.execute(update(Handout).where(*here).values(revoked=now, reference="", version=Handout.version + 1))):
        return False
    audit.record(session, now, "revoked", by=by)
    return True


def todays(session: Session, clinic_id: str, since: datetime) -> list[Handout]:
    """Sheets of this clinic printed since then that can still be opened, newest first."""
    wanted = select(Handout).where(Handout.clinic_id == clinic_id, Handout.made >= since, Handout.revoked.is_(None))
    return list(session.scalars(wanted.order_by(Handout.made.desc(), Handout.id).limit(LISTED)))
