"""Clinics that ask for an account: each request waits, sealed, until whoever runs the site approves or refuses it."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from planner.clinic.people.invitations import FIRST_LINK
from planner.clinic.people.outgoing_mail import queue_mail
from planner.clinic.people.post_office import Mail
from planner.clinic.sealing import NOBODYS, seal, unseal
from planner.clinic.tables import new_id
from planner.database.rows import Base, Moment
from planner.kept.plans import Safe
from planner.languages.translate import gettext as _

WAITS = timedelta(days=30)
MOST_REQUESTS = 200


class AccountRequest(Base):
    """A request that waits. `sealed`: the clinic's name, an address and a line of words. It belongs to no clinic yet."""

    __tablename__ = "account_request"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    asked: Mapped[datetime] = mapped_column(Moment, index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Applicant:
    """Who asks: each is one line, cleaned. `words` may be empty."""

    clinic: str
    email: str
    words: str = ""


@dataclass(frozen=True)
class OpenRequest:
    """A request as the operator sees it."""

    id: str
    asked: datetime
    said: Applicant


def ask(session: Session, safe: Safe, now: datetime, said: Applicant) -> str:
    """Keeps a request; its id. Empty if too many wait already: then nothing is kept."""
    forget_old(session, now)
    if (session.scalar(select(func.count()).select_from(AccountRequest)) or 0) >= MOST_REQUESTS:
        return ""
    name = new_id()
    session.add(AccountRequest(id=name, asked=now, sealed=seal(safe, NOBODYS, request_place(name), json.dumps(astuple(said)).encode())))
    return name


def request_place(name: str) -> str:
    return f"account request:{name}"


def forget_old(session: Session, now: datetime) -> None:
    session.execute(delete(AccountRequest).where(AccountRequest.asked <= now - WAITS))


def waiting(session: Session, safe: Safe, begins: str = "") -> list[OpenRequest]:
    """Requests whose id begins so, the oldest first. One that our secrets don't open is left out."""
    rows = session.scalars(select(AccountRequest).order_by(AccountRequest.asked, AccountRequest.id)).all()
    found = ((row, unseal(safe, NOBODYS, request_place(row.id), row.sealed)) for row in rows if row.id.startswith(begins))
    return [OpenRequest(row.id, row.asked, Applicant(*json.loads(opened))) for row, opened in found if opened]


def settle(session: Session, safe: Safe, email: str) -> None:
    """Takes away every request that has this address: it has been answered."""
    gone = [one.id for one in waiting(session, safe) if one.said.email == email]
    session.execute(delete(AccountRequest).where(AccountRequest.id.in_(gone)))


def drop(session: Session, name: str) -> None:
    session.execute(delete(AccountRequest).where(AccountRequest.id == name))


def tell_operator(session: Session, safe: Safe, now: datetime, operator: str, name: str, said: Applicant) -> None:
    """Queues an e-mail to whoever runs the site. What was typed stands in lines of its own, and nothing in it is a link of ours."""
    typed = [_("Clinic: %(name)s") % {"name": said.clinic}, _("E-mail: %(email)s") % {"email": said.email}, said.words]
    does = [_("To answer, type one of these:"), *(f"python -m planner clinic {answer} {name[:8]}" for answer in ("approve", "refuse"))]
    text = "\n\n".join([_("Somebody asks for an account."), *filter(None, typed), *does]) + "\n"
    queue_mail(session, safe, None, Mail(operator, _("Somebody asks for an account"), text), now, now + WAITS)


def tell_approved(session: Session, safe: Safe, now: datetime, clinic_id: str, said: Applicant, link: str) -> None:
    """Queues the first link of a clinic that was approved."""
    text = [_("Your clinic %(name)s has an account now.") % {"name": said.clinic}, _("Open this link within 7 days. It works once:"), link]
    mail = Mail(said.email, _("Your account on Backplan"), "\n\n".join([*text, _("You did not expect this? Then do nothing.")]) + "\n")
    queue_mail(session, safe, clinic_id, mail, now, now + FIRST_LINK)
