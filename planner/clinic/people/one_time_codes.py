"""One-time codes from an authenticator app, and recovery codes for when the phone is gone. Each is good once."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp
from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from planner.clinic.people.audit import record
from planner.clinic.people.sign_ins import end_all, token_hash
from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import KEY, Passkey, Recovery, Therapist
from planner.database.rows import written
from planner.kept.codes import MistypedCode, new_code, read_code
from planner.kept.plans import Safe

RECOVERY = 8
STEP_SECONDS = 30  # seconds
ISSUER = "Backplan"


def new_secret() -> str:
    return pyotp.random_base32()


def provisioning_uri(secret: str, email: str) -> str:
    """What the QR code says to an authenticator app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The time step that a code belongs to, at most one away from now; None if it is wrong."""
    typed = "".join(one for one in code if one.isdecimal())
    digits = "".join(str(int(one)) for one in typed[:10])
    here = int(now.timestamp()) // STEP_SECONDS
    made = pyotp.TOTP(secret)
    for step in (here, here - 1, here + 1):
        if hmac.compare_digest(made.generate_otp(step), digits):
            return step
    return None


def turn_on(session: Session, now: datetime, safe: Safe, person: Therapist, secret: str, code: str) -> list[str] | None:
    """Asks for codes from now on, once a first code was right. The recovery codes, stored nowhere; None if the code is wrong."""
    step = step_of(secret, code, now)
    if step is None:
        return None
    found = session.get_one(Therapist, person.id)
    found.totp, found.totp_last = seal(safe, found.clinic_id, f"totp:{found.id}", secret.encode()), step
    record(session, now, "codes_on", by=found)
    return renew(session, safe, person.id)


def renew(session: Session, safe: Safe, therapist_id: str) -> list[str]:
    """New recovery codes in place of the old ones."""
    session.execute(delete(Recovery).where(Recovery.therapist_id == therapist_id))
    codes = [new_code() for _ in range(RECOVERY)]
    session.add_all(Recovery(therapist_id=therapist_id, code_hash=recovery_keys(safe, therapist_id, code)[0]) for code in codes)
    return codes


def recovery_keys(safe: Safe, therapist_id: str, code: str) -> list[bytes]:
    """What stands for a recovery code in its row, by each of the server's secrets, newest first. A stolen database alone tries none."""
    return [secret.bits(b"recovery", therapist_id.encode(), code.encode(), length=KEY) for secret in safe.secrets]


def turn_off(session: Session, now: datetime, person: Therapist, by: Therapist | None) -> None:
    """`by` None: the command line."""
    found = session.get_one(Therapist, person.id)
    found.totp, found.totp_last = None, None
    session.execute(delete(Recovery).where(Recovery.therapist_id == person.id))
    record(session, now, "codes_off", by=by, clinic_id=found.clinic_id, about=found.name)


def reset(session: Session, now: datetime, person: Therapist, by: Therapist | None) -> bool:
    """For somebody whose phone is gone: codes, recovery codes and passkeys go, and they are signed out everywhere. Their password stays.

    False if they had none of these. `by` None: the command line."""
    keys = written(session.execute(delete(Passkey).where(Passkey.therapist_id == person.id)))
    if person.totp is None and not keys:
        return False
    if person.totp is not None:
        turn_off(session, now, person, by)
    if keys:
        record(session, now, "passkeys_off", by=by, clinic_id=person.clinic_id, about=person.name)
    end_all(session, person.id)
    return True


def accept(session: Session, now: datetime, safe: Safe, therapist_id: str, code: str) -> bool:
    """True if it is the person's code of now, or a recovery code, and was not used before. It can't be used again."""
    person = session.get(Therapist, therapist_id)
    if person is None or person.totp is None:
        return False
    return _code(session, safe, person, code, now) or _recovery(session, safe, person, code, now)


def _code(session: Session, safe: Safe, person: Therapist, code: str, now: datetime) -> bool:
    secret = unseal(safe, person.clinic_id, f"totp:{person.id}", person.totp or b"")
    step = step_of(secret.decode(), code, now) if secret else None
    if step is None:
        return False
    newer = or_(Therapist.totp_last.is_(None), Therapist.totp_last < step)
    return bool(written(session.execute(update(Therapist).where(Therapist.id == person.id, newer).values(totp_last=step))))


def _recovery(session: Session, safe: Safe, person: Therapist, code: str, now: datetime) -> bool:
    try:
        typed = read_code(code)
    except MistypedCode:
        return False
    typed = typed or ""
    known = [*recovery_keys(safe, person.id, typed), token_hash(typed)]  # the last: codes that were given before rows had a secret's key
    mine = (Recovery.therapist_id == person.id, Recovery.code_hash.in_(known))
    if not written(session.execute(delete(Recovery).where(*mine))):
        return False
    record(session, now, "recovery_used", by=person)
    return True
