"""Deleting a clinic: its people, its packs, its handouts and the plans that patients open with their codes. For good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from planner.clinic.people.sign_ins import LONGEST_SIGN_IN
from planner.clinic.sealing import unseal
from planner.clinic.sheets import handouts
from planner.clinic.tables import Clinic, Handout, SignedIn, Spent, Therapist
from planner.database.rows import BATCH
from planner.kept.plans import Gone, KeptGone, KeptPlan, Safe

Thing = TypeVar("Thing")


def delete_clinic(session: Session, safe: Safe, clinic_id: str, now: datetime) -> None:
    """Deletes all of it in one transaction. Browsers that were signed in are remembered by their hash alone until their time is up,
    so that what they still send can be told from what strangers send. Gone if there is no such clinic."""
    if session.scalar(select(Clinic.id).where(Clinic.id == clinic_id).with_for_update()) is None:
        raise Gone
    forget_plans(session, safe, clinic_id, now)
    people = select(Therapist.id).where(Therapist.clinic_id == clinic_id)
    open_ones = session.scalars(select(SignedIn.token_hash).where(SignedIn.therapist_id.in_(people))).all()
    session.add_all(Spent(key=token_hash, expires=now + LONGEST_SIGN_IN) for token_hash in open_ones)
    session.flush()
    session.execute(delete(Clinic).where(Clinic.id == clinic_id), execution_options={"synchronize_session": False})


def forget_plans(session: Session, safe: Safe, clinic_id: str, now: datetime) -> None:
    """Deletes the kept plans of all handouts, and notes their keys so that no backup brings them back."""
    keys: set[bytes] = set()
    for row in session.execute(select(Handout.id, Handout.kept_key, Handout.sealed_code).where(Handout.clinic_id == clinic_id)):
        code = (unseal(safe, clinic_id, handouts.handout_place(row.id), row.sealed_code) or b"").decode()
        keys |= {row.kept_key, *(safe.row_keys(code) if code else ())}
    for some in batches(sorted(keys)):
        session.execute(delete(KeptPlan).where(KeptPlan.key.in_(some)), execution_options={"synchronize_session": False})
        known = set(session.scalars(select(KeptGone.key).where(KeptGone.key.in_(some))))
        session.add_all(KeptGone(key=key, day=now.date()) for key in some if key not in known)
        session.flush()


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    left = iter(things)
    while some := list(islice(left, BATCH)):
        yield some


def was_ours(session: Session, token_hash: bytes, now: datetime) -> bool:
    """True for a browser that was signed in to a clinic when it was deleted."""
    return session.scalar(select(Spent.key).where(Spent.key == token_hash, Spent.expires > now)) is not None


def sheets(session: Session, clinic_id: str) -> int:
    """How many sheets would go, those included that open no more."""
    return session.scalar(select(func.count()).select_from(Handout).where(Handout.clinic_id == clinic_id)) or 0


def is_same(typed: str, name: str) -> bool:
    """True if it is the clinic's name, capitals and spaces aside."""
    return bool(name) and " ".join(typed.split()).casefold() == " ".join(name.split()).casefold()
