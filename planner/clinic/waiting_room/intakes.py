"""Answers given ahead of a visit: links to them, words that lead to them, and their end.

The answers are sealed under a code of 80 random bits, and the code under the word. Both seals take the clinic's id and the server's
secret, so a word opens nothing elsewhere, and nobody can try all words on the database alone."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.clinic.people import audit
from planner.clinic.tables import Clinic, Therapist
from planner.clinic.waiting_room.answered_ahead import AnsweredAhead
from planner.clinic.waiting_room.intake_tables import Intake, PickUpWord
from planner.clinic.waiting_room.pick_up_words import new_word
from planner.database.rows import written
from planner.kept.codes import new_code
from planner.kept.plans import NOBODYS_BODY, Gone, Safe

LINK_LIVES = timedelta(days=7)
WORD_LIVES = timedelta(hours=12)
"""A day at the clinic, wherever the server's midnight falls. Answers from a tablet live as long, and so do those that were opened."""

AS_STORED = {"synchronize_session": False}


@dataclass(frozen=True)
class Found:
    """An intake that can be opened. `ahead` is None while nobody has answered."""

    code: str
    clinic_id: str
    expires: datetime
    ahead: AnsweredAhead | None


def under(clinic_id: str, what: str) -> str:
    """What keys are made from: a code or a word, in one clinic. No code of a kept plan has a colon."""
    return f"intake:{clinic_id}:{what}"


def new_link(session: Session, safe: Safe, by: Therapist, now: datetime) -> str:
    """The code of a link that a patient answers under, for LINK_LIVES. It is stored nowhere. Gone if the clinic was deleted."""
    code = new_code()
    if session.get(Clinic, by.clinic_id) is None:
        raise Gone
    session.add(Intake(key=safe.secrets[0].row_key(code), clinic_id=by.clinic_id, sealed=None, expires=now + LINK_LIVES))
    audit.record(session, now, "intake_link", by=by)
    return code


def find_intake(session: Session, safe: Safe, code: str, now: datetime, clinic_id: str = "") -> Found | None:
    """The intake under a code; with `clinic_id`, only one of that clinic. None if there is none, or it is over: the same work."""
    keys = safe.row_keys(code)
    row = session.scalars(select(Intake).where(Intake.key.in_(keys), Intake.expires > now)).first()
    if row is not None and clinic_id not in ("", row.clinic_id):
        row = None
    secret = keys[row.key] if row is not None else safe.secrets[0]
    owner = row.clinic_id if row is not None else clinic_id
    opened = secret.unseal(row.sealed if row is not None and row.sealed else NOBODYS_BODY, under(owner, code), 0)
    if row is None:
        return None
    if row.sealed and opened is None:
        logging.getLogger(__name__).error("an intake does not open: its row was changed by something else than Backplan")
        return None
    return Found(code, row.clinic_id, row.expires, AnsweredAhead.from_bytes(opened) if opened else None)


def hand_in(session: Session, safe: Safe, clinic_id: str, code: str, ahead: AnsweredAhead, now: datetime, word: str = "") -> str:
    """Keeps what a patient handed in under their code, in the place of what they handed in before; the word that opens it. `word`: one
    that leads there already. Gone if the link is over, or somebody else answered under it, or the clinic was deleted."""
    sweep(session, clinic_id, now)
    secret, keys = safe.secrets[0], safe.row_keys(code)
    sealed = secret.seal(ahead.to_bytes(), under(clinic_id, code), 0)
    if ahead.tablet:
        new_row(session, clinic_id, keys, now)
    mine = (Intake.key.in_(keys), Intake.clinic_id == clinic_id, Intake.expires > now)
    known = select(PickUpWord.intake_key).where(PickUpWord.key.in_(safe.row_keys(under(clinic_id, word))))
    free = or_(Intake.sealed.is_(None), Intake.key.in_(known))
    key = secret.row_key(code)
    if not written(session.execute(update(Intake).where(*mine, free).values(key=key, sealed=sealed), execution_options=AS_STORED)):
        raise Gone
    return word if word and leads_to(session, safe, clinic_id, word, now) else give_word(session, safe, clinic_id, code, now)


def new_row(session: Session, clinic_id: str, keys: Iterable[bytes], now: datetime) -> None:
    """A tablet's intake begins when it is handed in. Gone if the clinic was deleted."""
    if session.scalar(select(Intake.key).where(Intake.key.in_(keys))) is not None:
        return
    if session.scalar(select(Clinic.id).where(Clinic.id == clinic_id)) is None:
        raise Gone
    session.add(Intake(key=next(iter(keys)), clinic_id=clinic_id, sealed=None, expires=now + WORD_LIVES))
    session.flush()


def leads_to(session: Session, safe: Safe, clinic_id: str, word: str, now: datetime) -> str | None:
    """The code that a word leads to in a clinic. None if it was never given there, or its day is over: the same work."""
    keys = safe.row_keys(under(clinic_id, word))
    row = session.scalars(select(PickUpWord).where(PickUpWord.key.in_(keys), PickUpWord.expires > now)).first()
    secret = keys[row.key] if row is not None else safe.secrets[0]
    opened = secret.unseal(row.sealed if row is not None else NOBODYS_BODY, under(clinic_id, word), 0)
    return opened.rstrip(b" ").decode() if row is not None and opened else None


def give_word(session: Session, safe: Safe, clinic_id: str, code: str, now: datetime) -> str:
    """A word of today for an intake that is there; the one before opens nothing any more. Of two that draw the same, one draws again."""
    secret = safe.secrets[0]
    intake = session.scalars(select(Intake.key).where(Intake.key.in_(safe.row_keys(code)))).one()
    session.execute(delete(PickUpWord).where(PickUpWord.intake_key == intake), execution_options=AS_STORED)
    while True:
        word = new_word()
        name = under(clinic_id, word)
        with suppress(IntegrityError), session.begin_nested():
            made = PickUpWord(key=secret.row_key(name), intake_key=intake, sealed=secret.seal(code.encode(), name, 0))
            made.expires = now + WORD_LIVES
            session.add(made)
            session.flush()
            return word


def note_opened(session: Session, safe: Safe, by: Therapist, code: str, now: datetime) -> None:
    """From the moment it was opened an intake lives for one visit, also one of a link with days to go."""
    mine = (Intake.key.in_(safe.row_keys(code)), Intake.clinic_id == by.clinic_id, Intake.expires > now + WORD_LIVES)
    session.execute(update(Intake).where(*mine).values(expires=now + WORD_LIVES), execution_options=AS_STORED)
    audit.record(session, now, "intake_opened", by=by)


def forget_intake(session: Session, safe: Safe, clinic_id: str, code: str) -> bool:
    """Deletes an intake and its words. False if there was none."""
    gone = delete(Intake).where(Intake.key.in_(safe.row_keys(code)), Intake.clinic_id == clinic_id)
    return bool(written(session.execute(gone, execution_options=AS_STORED)))


def sweep(session: Session, clinic_id: str, now: datetime) -> None:
    """Deletes what is over in a clinic, so that it need not wait for the night."""
    theirs = select(Intake.key).where(Intake.clinic_id == clinic_id)
    session.execute(delete(PickUpWord).where(PickUpWord.intake_key.in_(theirs), PickUpWord.expires <= now), execution_options=AS_STORED)
    session.execute(delete(Intake).where(Intake.clinic_id == clinic_id, Intake.expires <= now), execution_options=AS_STORED)


def waiting(session: Session, clinic_id: str, now: datetime) -> int:
    """How many have answered and were not seen yet. Whose they are cannot be told."""
    theirs = (Intake.clinic_id == clinic_id, Intake.expires > now, Intake.sealed.is_not(None))
    return session.scalar(select(func.count()).select_from(Intake).where(*theirs)) or 0
