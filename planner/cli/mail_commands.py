"""The `mail` commands: sending what waits, and trying whether the settings for e-mail work."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from planner.cli.database_commands import DatabaseFailed, careful, database, no_database
from planner.cli.input import AN_EMAIL, BadInput, how_many
from planner.cli.site_secrets import safe

if TYPE_CHECKING:
    from planner.clinic.people.post_office import PostOffice


def add_mail_commands(commands: Any) -> None:
    """Adds `mail` to the command line."""
    top = commands.add_parser("mail", help="send e-mail that waits, or try the settings")
    parts = top.add_subparsers(title="mail commands", required=True, metavar="WHAT")
    words = "send e-mail that could not be sent at once; every few minutes"
    due = parts.add_parser("send", help=words, description=words)
    due.set_defaults(run=careful(run_send))
    words = "queue and send reminders of tomorrow's reviews to the therapists who want them; once a day"
    daily = parts.add_parser("remind", help=words, description=words)
    daily.set_defaults(run=careful(run_remind))
    words = "send one e-mail to ADDRESS, to see whether the SMTP settings work"
    tried = parts.add_parser("try", help=words, description=words)
    tried.add_argument("address", metavar="ADDRESS")
    tried.set_defaults(run=careful(run_try, where=no_database))


def run_send(options: argparse.Namespace) -> str:
    from planner.clinic.people.outgoing_mail import send_due

    office = post_office()
    with database() as engine:
        done = send_due(engine, safe(), office, datetime.now(UTC))
    if done.faults:
        raise DatabaseFailed(f"{done.sent} sent, {len(done.faults)} not: {', '.join(sorted(set(done.faults)))}")
    return f"{done.sent} sent"


def run_remind(options: argparse.Namespace) -> str:
    """Links lead to BASE_URL, or this machine."""
    from planner.cli.clinic_commands import here
    from planner.clinic.sheets.reminders import queue_reminders
    from planner.database.sessions import writing

    post_office()
    with database() as engine, writing(engine) as session:
        queued = queue_reminders(session, safe(), here(), datetime.now(UTC), date.today())
    return f"{how_many(queued, 'reminder')}; {run_send(options)}"


def run_try(options: argparse.Namespace) -> str:
    from planner.clinic.people.names import clean_email
    from planner.clinic.people.post_office import Mail, NotSent, send

    to, office = clean_email(options.address), post_office()
    if not to:
        raise BadInput(f"ADDRESS must be {AN_EMAIL}")
    try:
        send(office, Mail(to, "Backplan can send e-mail", "This was sent to try the settings.\n"))
    except NotSent as error:
        raise DatabaseFailed(f"{office.host}:{office.port} did not take it: {error}") from error
    return f"{office.host}:{office.port} took it"


def post_office() -> PostOffice:
    from planner.clinic.people.post_office import BadPost, post_office_from

    try:
        found = post_office_from(os.environ)
    except BadPost as error:
        raise BadInput(str(error)) from error
    if found is None:
        raise BadInput("SMTP_HOST is not set: this site sends no e-mail")
    return found
