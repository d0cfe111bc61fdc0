"""E-mails that wait in the database, sealed, so that no page waits for a server. One that fails is tried again until it is of no use."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from planner.clinic.people.post_office import Mail, NotSent, PostOffice, send
from planner.clinic.sealing import NOBODYS, seal, unseal
from planner.clinic.tables import OutgoingMail, new_id
from planner.database.rows import written
from planner.database.sessions import reading, writing
from planner.kept.plans import Safe

FIRST_WAIT = timedelta(minutes=5)  # after a try in vain; twice as long after each one more
LONGEST_WAIT = timedelta(hours=4)
AT_ONCE = 100  # e-mails in one round


@dataclass(frozen=True)
class Round:
    """What one round of sending came to. `faults`: kinds of fault, without addresses."""

    sent: int
    faults: tuple[str, ...]


def queue_mail(session: Session, safe: Safe, clinic_id: str | None, mail: Mail, now: datetime, expires: datetime) -> None:
    """Puts an e-mail into the queue in the same transaction as what it tells of. `expires`: when it is of no use any more.

    `clinic_id` None: it is to whoever runs the site."""
    name = new_id()
    body = seal(safe, clinic_id or NOBODYS, mail_place(name), json.dumps(astuple(mail)).encode())
    session.add(OutgoingMail(id=name, clinic_id=clinic_id, sealed=body, due=now, expires=expires))


def mail_place(mail_id: str) -> str:
    return f"mail:{mail_id}"


def send_due(engine: Engine, safe: Safe, office: PostOffice, now: datetime) -> Round:
    """Sends what is due, each by one sender alone, however many look at once. Drops what is of no use any more."""
    with writing(engine) as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.expires <= now))
    with reading(engine) as session:
        wanted = select(OutgoingMail.id).where(OutgoingMail.due <= now).order_by(OutgoingMail.due, OutgoingMail.id).limit(AT_ONCE)
        waiting = list(session.scalars(wanted))
    told = [_deliver(engine, safe, office, name, now) for name in waiting]
    return Round(told.count(""), tuple(fault for fault in told if fault))


def _deliver(engine: Engine, safe: Safe, office: PostOffice, name: str, now: datetime) -> str | None:
    """Empty if it was sent, a kind of fault if not, None if another sender has it."""
    row = _claimed(engine, name, now)
    if row is None:
        return None
    opened = unseal(safe, row.clinic_id or NOBODYS, mail_place(name), row.sealed)
    if opened is None:
        return "SecretGone"
    try:
        send(office, Mail(*json.loads(opened)))
    except NotSent as fault:
        return str(fault)
    with writing(engine) as session:
        session.execute(delete(OutgoingMail).where(OutgoingMail.id == name))
    return ""


def _claimed(engine: Engine, name: str, now: datetime) -> OutgoingMail | None:
    """The row, which nobody else tries until the wait is over: a sender that dies with it loses nothing."""
    with writing(engine) as session:
        found = session.get(OutgoingMail, name)
        if found is None:
            return None
        wait = min(FIRST_WAIT * 2 ** min(found.tries, 20), LONGEST_WAIT)
        mine = (OutgoingMail.id == name, OutgoingMail.due <= now, OutgoingMail.tries == found.tries)
        session.expunge(found)
        taken = written(session.execute(update(OutgoingMail).where(*mine).values(tries=OutgoingMail.tries + 1, due=now + wait)))
        return found if taken else None
