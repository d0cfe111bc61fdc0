"""Who is signed in: a random token in the browser's cookie, its hash in a row. Rows are looked up afresh at each request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.clinic.lengths import IDLE_MINUTES
from planner.clinic.tables import Clinic, Passkey, SignedIn, Therapist

IDLE = timedelta(minutes=IDLE_MINUTES)  # the longest that a clinic may choose
LONGEST_SIGN_IN = timedelta(days=7)
NOTED = timedelta(minutes=1)  # how often being here is written down
FRESH = timedelta(minutes=5)  # how long a proof of who one is lasts, for what needs one
PASSKEY = "passkey"  # how one signs in with two proofs in one
USE_PASSKEY, SET_UP = "use_passkey", "set_up"
"""What a sign-in by password alone still owes where two proofs are wanted: the passkey that they have, or a second proof to be made."""


@dataclass(frozen=True)
class SignIn:
    """A person who is signed in, as the rows are now, and until when. Setting attributes of the rows changes nothing."""

    therapist: Therapist
    clinic: Clinic
    token_hash: bytes
    seen: datetime
    expires: datetime
    proved: datetime | None = None
    by_passkey: bool = False
    owed: str = ""

    @property
    def ends(self) -> datetime:
        return self.ends_from(self.seen)

    def ends_from(self, seen: datetime) -> datetime:
        """When it ends for somebody who was last here then."""
        return min(seen + timedelta(minutes=self.clinic.idle_minutes), self.expires)

    def is_fresh(self, now: datetime) -> bool:
        """True if the person gave their password or passkey in the last minutes. A clock that was put back proves nothing."""
        return self.proved is not None and timedelta(0) <= now - self.proved < FRESH


def token_hash(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()


def begin(session: Session, therapist_id: str, now: datetime, *, by_passkey: bool = False) -> str:
    """Signs in a person who has just proved who they are. The new token, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignedIn).where((SignedIn.expires <= now) | (SignedIn.seen <= now - IDLE)))
    made = SignedIn(token_hash=token_hash(token), therapist_id=therapist_id, begun=now, seen=now, expires=now + LONGEST_SIGN_IN)
    made.proved, made.by_passkey = now, by_passkey
    session.add(made)
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
    owed = _owed(session, therapist, clinic) if not row.by_passkey else ""
    visit = SignIn(therapist, clinic, row.token_hash, row.seen, row.expires, row.proved, row.by_passkey, owed)
    return visit if visit.ends > now else None


def _owed(session: Session, therapist: Therapist, clinic: Clinic) -> str:
    """Whoever has a passkey must use it: a stolen password alone must not make a second proof of its own."""
    if not clinic.two_factors or therapist.totp is not None:
        return ""
    has_key = session.scalar(select(Passkey.id).where(Passkey.therapist_id == therapist.id).limit(1))
    return USE_PASSKEY if has_key else SET_UP


def is_stale(visit: SignIn, now: datetime) -> bool:
    return now - visit.seen >= NOTED


def note_seen(session: Session, visit: SignIn, now: datetime) -> None:
    """Being here keeps a person signed in."""
    session.execute(update(SignedIn).where(SignedIn.token_hash == visit.token_hash, SignedIn.seen < now).values(seen=now))


def note_proof(session: Session, visit: SignIn, now: datetime, *, by_passkey: bool = False) -> None:
    """The person has just given their password, or used or made a passkey."""
    values = {"proved": now, **({"by_passkey": True} if by_passkey else {})}
    session.execute(update(SignedIn).where(SignedIn.token_hash == visit.token_hash).values(values))


def end(session: Session, token_hash: bytes) -> None:
    session.execute(delete(SignedIn).where(SignedIn.token_hash == token_hash))


def end_all(session: Session, therapist_id: str) -> None:
    """Signs a person out everywhere."""
    session.execute(delete(SignedIn).where(SignedIn.therapist_id == therapist_id))


def open_ones(session: Session, therapist_id: str, now: datetime, idle: timedelta = IDLE) -> list[SignedIn]:
    """Where a person is signed in, newest first. `idle`: the longest without doing anything, in their clinic."""
    wanted = select(SignedIn).where(SignedIn.therapist_id == therapist_id, SignedIn.expires > now, SignedIn.seen > now - idle)
    return list(session.scalars(wanted.order_by(SignedIn.begun.desc())))
