"""One-time links: to join a clinic, or to set a password. The token is shown once; its hash is in a row; using it twice fails."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from planner.clinic.people.accounts import EmailTaken, add_person, set_password
from planner.clinic.people.audit import record
from planner.clinic.people.names import initials_of
from planner.clinic.people.sign_ins import begin, end_all, token_hash
from planner.clinic.tables import Invitation, Therapist
from planner.database.rows import written
from planner.kept.codes import new_code

TO_JOIN = timedelta(days=7)
FOR_PASSWORD = timedelta(minutes=60)
FORGOTTEN = timedelta(minutes=30)  # a link that somebody asked for who did not sign in
FIRST_LINK = timedelta(days=7)  # of the first owner of a clinic


class SpentLink(Exception):
    """The link was used, withdrawn or is too old, or there never was one."""


class OneOfUs(Exception):
    """The address belongs to somebody of this clinic already."""


def new_token() -> str:
    """160 bits that nobody can guess, in a form that is hidden wherever a log would show a code."""
    return f"{new_code()}.{new_code()}"


def invite(session: Session, now: datetime, by: Therapist, email: str, role: str) -> str:
    """The token of a link with which `email` joins the clinic of `by`. An earlier invitation of the same address ends.

    OneOfUs if they are there already. Whether the address has an account elsewhere is not told here."""
    here = select(Therapist.id).where(Therapist.clinic_id == by.clinic_id, Therapist.email == email)
    if session.scalar(here):
        raise OneOfUs
    session.execute(delete(Invitation).where(Invitation.clinic_id == by.clinic_id, Invitation.email == email, Invitation.used.is_(None)))
    record(session, now, "invited", by=by, about=email)
    return _add(session, Invitation(clinic_id=by.clinic_id, email=email, role=role, invited_by=by.id, expires=now + TO_JOIN))


def password_link(session: Session, now: datetime, person: Therapist, by: Therapist | None, lasts: timedelta = FOR_PASSWORD) -> str:
    """The token of a link with which `person` sets a password. An earlier one ends. `by` None: the command line."""
    session.execute(delete(Invitation).where(Invitation.therapist_id == person.id, Invitation.used.is_(None)))
    record(session, now, "password_link", by=by, clinic_id=person.clinic_id, about=person.name)
    link = Invitation(clinic_id=person.clinic_id, email=person.email, role=person.role, therapist_id=person.id, expires=now + lasts)
    link.invited_by = by.id if by else None
    return _add(session, link)


def own_link(session: Session, now: datetime, person: Therapist) -> str:
    """The token of a link with which `person`, who may be anybody, sets a password: it goes to their mailbox and is shown to nobody.

    An earlier one stays good: else a stranger who asks could end the link that an owner has just made."""
    record(session, now, "password_asked", clinic_id=person.clinic_id, about=person.name)
    link = Invitation(clinic_id=person.clinic_id, email=person.email, role=person.role, therapist_id=person.id, expires=now + FORGOTTEN)
    return _add(session, link)


def _add(session: Session, link: Invitation) -> str:
    token = new_token()
    link.token_hash = token_hash(token)
    session.add(link)
    session.flush()
    return token


def find_invitation(session: Session, token: str, now: datetime) -> Invitation:
    """What a link is for. SpentLink if nothing any more."""
    found = session.get(Invitation, token_hash(token))
    if found is None or found.used is not None or found.expires <= now or not _welcome(session, found):
        raise SpentLink
    return found


def _welcome(session: Session, link: Invitation) -> bool:
    """A link to set a password is for people who are active."""
    if link.therapist_id is None:
        return True
    person = session.get(Therapist, link.therapist_id)
    return person is not None and person.active


def use(session: Session, now: datetime, token: str, name: str, hashed: str) -> str | None:
    """Joins, or sets a password. The token of the sign-in; None for who still has to give a one-time code. Of two at once exactly one wins.

    SpentLink if the link is not good any more; EmailTaken if the address has got an account meanwhile, or at another clinic."""
    link = find_invitation(session, token, now)
    mine = (Invitation.token_hash == link.token_hash, Invitation.used.is_(None), Invitation.expires > now)
    if not written(session.execute(update(Invitation).where(*mine).values(used=now))):
        raise SpentLink
    if link.therapist_id is not None:
        return _password(session, now, link.therapist_id, name, hashed)
    person = add_person(session, now, link.clinic_id, link.email, name, link.role)
    person.password = hashed
    record(session, now, "joined", by=person, about=person.email)
    return begin(session, person.id, now)


def _password(session: Session, now: datetime, therapist_id: str, name: str, hashed: str) -> str | None:
    """The first owner of a clinic says their name here; later it is the same as before."""
    person = session.get_one(Therapist, therapist_id)
    if person.name != name:
        person.name, person.initials = name, initials_of(name)
    session.execute(delete(Invitation).where(Invitation.therapist_id == person.id, Invitation.used.is_(None)))
    signed = set_password(session, now, person.id, hashed)
    if person.totp is None:
        return signed
    end_all(session, person.id)
    return None


def open_ones(session: Session, clinic_id: str, now: datetime) -> list[Invitation]:
    """Invitations of a clinic that can still be used, the newest last."""
    wanted = select(Invitation).where(Invitation.clinic_id == clinic_id, Invitation.used.is_(None), Invitation.expires > now)
    return list(session.scalars(wanted.where(Invitation.therapist_id.is_(None)).order_by(Invitation.expires)))


def revoke(session: Session, now: datetime, by: Therapist, name: str) -> bool:
    """Withdraws an open invitation of the clinic of `by`. `name`: the hash in hexadecimal. False if there is none."""
    try:
        key = bytes.fromhex(name)
    except ValueError:
        return False
    found = session.scalar(
        select(Invitation).where(Invitation.token_hash == key, Invitation.clinic_id == by.clinic_id, Invitation.used.is_(None))
    )
    if found is None:
        return False
    session.delete(found)
    record(session, now, "invitation_revoked", by=by, about=found.email)
    return True


__all__ = [
    "EmailTaken",
    "OneOfUs",
    "SpentLink",
    "find_invitation",
    "invite",
    "new_token",
    "open_ones",
    "own_link",
    "password_link",
    "revoke",
    "use",
]
