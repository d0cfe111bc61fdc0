"""E-mail to people of a clinic, where the operator has a server for it: what it says, and sending it behind the page's back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from logging import Logger
from threading import Thread, Timer

from flask import after_this_request, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from planner.clinic.people.invitations import FOR_PASSWORD, TO_JOIN
from planner.clinic.people.outgoing_mail import queue_mail, send_due
from planner.clinic.people.post_office import Mail, PostOffice, post_office_from
from planner.database.engines import Unavailable
from planner.database.sessions import writing
from planner.kept.plans import Safe
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import clinic, now, signed_in

BEHIND = 1.0  # seconds: by then the page has left, so that its time tells nothing of what is done


def post_office() -> PostOffice | None:
    """The server that takes our e-mail; None if this site sends none."""
    return post_office_from(current_app.config)


def mail_invitation(rows: Session, to: str, link: str) -> None:
    words = {"clinic": clinic().name, "name": signed_in().name, "link": link}
    text = _("%(name)s invites you to %(clinic)s.") % words
    mail(rows, to, _("Join %(clinic)s on Backplan") % words, [text, _("Open this link within 7 days. It works once:"), link], TO_JOIN)


def mail_password_link(rows: Session, to: str, link: str) -> None:
    words = {"clinic": clinic().name, "name": signed_in().name}
    text = _("%(name)s of %(clinic)s has made a link for you, to choose a new password.") % words
    mail(rows, to, _("A new password for Backplan"), [text, _("Open it within 60 minutes. It works once:"), link], FOR_PASSWORD)


def mail(rows: Session, to: str, subject: str, parts: list[str], lasts: timedelta) -> None:
    """Into the queue, in the transaction of what it tells of; sent after the page. Nothing where the site sends no e-mail."""
    if post_office() is None:
        return
    text = "\n\n".join([*parts, _("You did not expect this? Then do nothing.")]) + "\n"
    queue_mail(rows, database.safe(), signed_in().clinic_id, Mail(to, subject, text), now(), now() + lasts)
    after_this_request(sent_soon)


def sent_soon(response: Response) -> Response:
    """Sends in a thread of its own: a server that is slow holds up no page. What fails waits for the next time, or for `mail send`."""
    office = post_office()
    if office:
        logger = current_app.logger
        Thread(target=_send, args=(database.engine(), database.safe(), office, logger), daemon=True).start()
    return response


def behind_the_page(do: Callable[[Session, Safe], object]) -> None:
    """Does it in a transaction a second later, then sends what is due. The page knows nothing of what it came to, and takes no longer
    for it. If this process ends before, nothing was done, and whoever asked asks again."""
    engine, safe, office, logger = database.engine(), database.safe(), post_office(), current_app.logger

    def run() -> None:
        try:
            with writing(engine) as rows:
                do(rows, safe)
        except Unavailable as fault:
            logger.error("database: %s", fault)
            return
        if office:
            _send(engine, safe, office, logger)

    timer = Timer(BEHIND, run)
    timer.daemon = True
    timer.start()


def _send(engine: Engine, safe: Safe, office: PostOffice, logger: Logger) -> None:
    try:
        done = send_due(engine, safe, office, now())
    except Unavailable as fault:
        logger.error("database: %s", fault)
        return
    for kind in done.faults:
        logger.warning("mail: not sent, will be tried again: %s", kind)
