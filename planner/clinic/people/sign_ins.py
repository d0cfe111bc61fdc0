"""Who is signed in: a random token in the browser's cookie, its hash in a row. Rows are looked up afresh at each request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.clinic.tables import Clinic, SignedIn, Therapist

IDLE = timedelta(hours=12)
LONGEST_SIGN_IN = timedelta(days=7)
NOTED = timedelta(minutes=1)  # how often being here is written down


@dataclass(frozen=True)
class SignIn:
    """A person who is signed in, as the rows are now, and until when. Setting attributes of the rows changes nothing."""

    therapist: Therapist
    clinic: Clinic
    token_hash: bytes
    seen: datetime
    expires: datetime

    @property
    def ends(self) -> datetime:
        return min(self.seen + IDLE, self.expires)


def token_hash(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()


def begin(session: Session, therapist_id: str, now: datetime) -> str:
    """Signs a person in. The new token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignedIn).where((SignedIn.expires <= now) | (SignedIn.seen <= now - IDLE)))
    session.add(SignedIn(token_hash=token_hash(token), therapist_id=therapist_id, begun=now, seen=now, expires=now + LONGEST_SIGN_IN))
    session.flush()
    return token


def find_sign_in(session: Session, token: str, now: datetime) -> SignIn | None:
    """Who the token belongs to. None if nobody: never, signed out, too late, or not active any more."""
    wanted = (
        select(SignedIn, Therapist, Clinic)
        .join(Therapist, Therapist.id == SignedIn.therapist_id)
        .join(Clinic, Clinic.id == Therapist.clinic_id)
        .where(SignedIn.token_hash == token_hash(token), Therapist.active, SignedIn.expires > now, SignedIn.seen > now - IDLE)
    )
    found = session.execute(wanted).first()
    if found is None:
        return None
    row, therapist, clinic = found
    return SignIn(therapist, clinic, row.token_hash, row.seen, row.expires)


def is_stale(visit: SignIn, now: datetime) -> bool:
    return now - visit.seen >= NOTED


def note_seen(session: Session, visit: SignIn, now: datetime) -> None:
    """Being here keeps a person signed in."""
    session.execute(update(SignedIn).where(SignedIn.token_hash == visit.token_hash, SignedIn.seen < now).values(seen=now))


def end(session: Session, token_hash: bytes) -> None:
    session.execute(delete(SignedIn).where(SignedIn.token_hash == token_hash))


def end_all(session: Session, therapist_id: str) -> None:
    """Signs a person out everywhere."""
    session.execute(delete(SignedIn).where(SignedIn.therapist_id == therapist_id))


def open_ones(session: Session, therapist_id: str, now: datetime) -> list[SignedIn]:
    """Where a person is signed in, newest first."""
    wanted = select(SignedIn).where(SignedIn.therapist_id == therapist_id, SignedIn.expires > now, SignedIn.seen > now - IDLE)
    return list(session.scalars(wanted.order_by(SignedIn.begun.desc())))
