"""Review reminders: an e-mail to a therapist on the day before the next visit of their sheets. It says how many, and nothing of anybody."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, aliased

from planner.clinic.lengths import MOST_WEEKS
from planner.clinic.people.outgoing_mail import queue_mail
from planner.clinic.people.post_office import Mail
from planner.clinic.sheets.handouts import open_handout
from planner.clinic.sheets.papers import next_visit
from planner.clinic.tables import Handout, Therapist
from planner.database.rows import written
from planner.kept.plans import Safe
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext

A_DAY = timedelta(days=1)


def set_remind(session: Session, therapist_id: str, *, remind: bool) -> None:
    session.execute(update(Therapist).where(Therapist.id == therapist_id).values(remind=remind))


def queue_reminders(session: Session, safe: Safe, base_url: str, now: datetime, today: date) -> int:
    """Queues an e-mail to everybody who wants one and has reviews tomorrow. How many. Run twice on one day, it queues nothing more."""
    wanted = select(Therapist).where(Therapist.remind, Therapist.active, or_(Therapist.reminded.is_(None), Therapist.reminded < today))
    queued = 0
    for person in session.scalars(wanted.order_by(Therapist.id)).all():
        mine = (Therapist.id == person.id, or_(Therapist.reminded.is_(None), Therapist.reminded < today))
        if not written(session.execute(update(Therapist).where(*mine).values(reminded=today))):
            continue
        number = reviews_on(session, safe, person, today + A_DAY)
        if number:
            queue_mail(session, safe, person.clinic_id, reminder(person.email, number, base_url), now, now + A_DAY)
            queued += 1
    return queued


def reviews_on(session: Session, safe: Safe, person: Therapist, day: date) -> int:
    """How many sheets that this person made have their next visit on that day, and nothing has followed them yet."""
    after = aliased(Handout)
    followed = select(after.id).where(after.previous == Handout.id).exists()
    since = datetime.combine(day, datetime.min.time()).astimezone() - timedelta(weeks=MOST_WEEKS, days=1)
    mine = (Handout.clinic_id == person.clinic_id, Handout.therapist_id == person.id, Handout.made >= since, Handout.revoked.is_(None))
    names = session.scalars(select(Handout.id).where(*mine, Handout.read_back.is_(False), ~followed)).all()
    opened = (open_handout(session, safe, person.clinic_id, name, day) for name in names)
    bodies = [one.kept.body for one in opened if one and one.kept]
    return sum(next_visit(body.edits, body.made) == day for body in bodies)


def reminder(to: str, number: int, base_url: str) -> Mail:
    said = ngettext("%(num)s of your sheets has its review tomorrow.", "%(num)s of your sheets have their review tomorrow.", number)
    parts = [said % {"num": number}, f"{base_url}/clinic/sheets", _("No reminders any more? Turn them off in your account.")]
    return Mail(to, _("Reviews tomorrow"), "\n\n".join(parts) + "\n")
