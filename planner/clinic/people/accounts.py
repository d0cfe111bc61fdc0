"""Accounts: a clinic and its people, their passwords and roles, and signing in. Who asked is noted in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.clinic.people import passwords, sign_ins
from planner.clinic.people.audit import record
from planner.clinic.people.names import initials_of
from planner.clinic.tables import A4, LETTER, OWNER, ROLES, Clinic, Therapist
from planner.domain.model import Country


class EmailTaken(Exception):
    """There is an account with this address already, here or at another clinic."""


class LastOwner(Exception):
    """A clinic must keep one owner who is active."""


class NoRole(ValueError):
    """There is no such role."""


class NoPerson(Exception):
    """The clinic has nobody with this id."""


def add_clinic(session: Session, now: datetime, name: str, email: str, owner: str, country: Country | None = None) -> Therapist:
    """A new clinic and its first owner, who has no password yet. EmailTaken if there is an account with this address.

    Without a country it is asked at the first sign-in."""
    clinic = Clinic(name=name, made=now)
    if country:
        clinic.country, clinic.paper = country.id, LETTER if country.paper == LETTER else A4
    session.add(clinic)
    session.flush()
    person = add_person(session, now, clinic.id, email, owner, OWNER)
    record(session, now, "clinic", clinic_id=clinic.id, about=name)
    return person


def add_person(session: Session, now: datetime, clinic_id: str, email: str, name: str, role: str) -> Therapist:
    """A new person of a clinic. EmailTaken if there is an account with this address."""
    person = Therapist(clinic_id=clinic_id, email=email, name=name, initials=initials_of(name), role=role, made=now)
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError as fault:
        raise EmailTaken from fault
    return person


def by_email(session: Session, email: str) -> Therapist | None:
    """The active person with this address (as `clean_email` gives it)."""
    return session.scalar(select(Therapist).where(Therapist.email == email, Therapist.active))


def person(session: Session, clinic_id: str, therapist_id: str) -> Therapist:
    """A person of this clinic, active or not. NoPerson if there is none; somebody of another clinic is nobody."""
    found = session.scalar(select(Therapist).where(Therapist.id == therapist_id, Therapist.clinic_id == clinic_id))
    if found is None:
        raise NoPerson
    return found


def people(session: Session, clinic_id: str) -> list[Therapist]:
    """Everybody of a clinic, those who are active first, by name."""
    wanted = select(Therapist).where(Therapist.clinic_id == clinic_id)
    return sorted(session.scalars(wanted), key=lambda one: (not one.active, one.name.casefold(), one.id))


def is_right(known: Therapist | None, password: str) -> bool:
    """True if it is this person's password. Nobody, or somebody without a password, takes the same work."""
    return passwords.is_right(password, known.password if known else None)


def sign_in(session: Session, now: datetime, therapist_id: str, *, how: str, dated: str = "") -> str | None:
    """Signs in a person who has proved who they are, by `how`. None if they are not active any more.

    `dated`: their password, to be hashed anew if its hash is of old settings."""
    found = session.get(Therapist, therapist_id, populate_existing=True)
    if found is None or not found.active:
        return None
    if dated and found.password and passwords.is_dated(found.password):
        found.password = passwords.hashed(dated)
    record(session, now, "sign_in", by=found, about=how)
    return sign_ins.begin(session, found.id, now, by_passkey=how == sign_ins.PASSKEY)


def set_password(session: Session, now: datetime, therapist_id: str, hashed: str, *, by_passkey: bool = False) -> str:
    """Gives a person a new password, hashed already, and signs them out everywhere. Their new token.

    `by_passkey`: the sign-in that asks for it is one by passkey."""
    found = session.get_one(Therapist, therapist_id, populate_existing=True)
    found.password = hashed
    sign_ins.end_all(session, found.id)
    record(session, now, "password", by=found)
    return sign_ins.begin(session, found.id, now, by_passkey=by_passkey)


def rename(session: Session, now: datetime, therapist_id: str, name: str, initials: str) -> None:
    found = session.get_one(Therapist, therapist_id)
    if (found.name, found.initials) != (name, initials):
        found.name, found.initials = name, initials
        record(session, now, "named", by=found, about=name)


def set_role(session: Session, now: datetime, by: Therapist, therapist_id: str, role: str) -> None:
    """Makes somebody of the same clinic an owner, or a therapist. They sign in anew. LastOwner, NoPerson, NoRole."""
    found = locked(session, by.clinic_id, therapist_id)
    if role not in ROLES:
        raise NoRole(role)
    if found.role == role:
        return
    if found.active and role != OWNER:
        keep_an_owner(session, found)
    found.role = role
    sign_ins.end_all(session, found.id)
    record(session, now, "role", by=by, about=f"{found.name}: {role}")


def set_active(session: Session, now: datetime, by: Therapist, therapist_id: str, *, active: bool) -> None:
    """Lets somebody of the same clinic in, or out at once. LastOwner, NoPerson."""
    found = locked(session, by.clinic_id, therapist_id)
    if found.active == active:
        return
    if not active:
        keep_an_owner(session, found)
        sign_ins.end_all(session, found.id)
    found.active = active
    record(session, now, "activated" if active else "deactivated", by=by, about=found.name)


def locked(session: Session, clinic_id: str, therapist_id: str) -> Therapist:
    """A person of this clinic, while nobody else changes who owns it."""
    session.execute(select(Clinic.id).where(Clinic.id == clinic_id).with_for_update())
    return person(session, clinic_id, therapist_id)


def keep_an_owner(session: Session, leaving: Therapist) -> None:
    """LastOwner if no other active owner of the clinic would be left."""
    others = (Therapist.clinic_id == leaving.clinic_id, Therapist.role == OWNER, Therapist.active, Therapist.id != leaving.id)
    if leaving.owns and session.scalar(select(Therapist.id).where(*others).limit(1)) is None:
        raise LastOwner


def clinics(session: Session) -> list[tuple[Clinic, list[Therapist]]]:
    """Every clinic with its people, by name; for the command line alone."""
    found: dict[str, tuple[Clinic, list[Therapist]]] = {one.id: (one, []) for one in session.scalars(select(Clinic).order_by(Clinic.name))}
    for one in session.scalars(select(Therapist).order_by(Therapist.role, Therapist.email)):
        found[one.clinic_id][1].append(one)
    return list(found.values())
