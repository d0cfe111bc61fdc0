"""The `clinic requests`, `approve` and `refuse` commands: clinics that ask for an account on the site's own page."""

from __future__ import annotations

import argparse
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from planner.cli.database_commands import careful, database
from planner.cli.input import BadInput, how_many
from planner.cli.site_secrets import safe

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.clinic.people.account_requests import Applicant, OpenRequest
    from planner.clinic.people.post_office import PostOffice
    from planner.kept.plans import Safe


def add_request_commands(parts: Any) -> None:
    """Adds them to `clinic`."""
    words = "list the clinics that ask for an account"
    every = parts.add_parser("requests", help=words, description="Tab-separated: request, day, clinic, e-mail, words, what is known.")
    every.set_defaults(run=careful(run_requests))
    said = "The link sets a password. It works once, within 7 days. With SMTP_HOST it goes to them by e-mail too."
    yes = parts.add_parser("approve", help="make the clinic of a request, and print a link for its owner", description=said)
    yes.set_defaults(run=careful(run_approve))
    words = "delete a request; nobody is told"
    no = parts.add_parser("refuse", help=words, description=words)
    no.set_defaults(run=careful(run_refuse))
    for one in (yes, no):
        one.add_argument("request", metavar="REQUEST", help="as `clinic requests` lists it")


def run_requests(options: argparse.Namespace) -> str:
    from planner.clinic.people import account_requests, accounts
    from planner.database.sessions import reading

    with database() as engine, reading(engine) as session:
        found = account_requests.waiting(session, safe())
        known = {one.id: accounts.by_email(session, one.said.email) is not None for one in found}
    for one in found:
        has = "has an account" if known[one.id] else ""
        print(one.id[:8], one.asked.date(), one.said.clinic, one.said.email, one.said.words, has, sep="\t")
    return how_many(len(found), "request")


def run_approve(options: argparse.Namespace) -> str:
    from planner.cli.clinic_commands import join_url
    from planner.clinic.people import account_requests, accounts, invitations
    from planner.clinic.people.names import clean_name
    from planner.database.sessions import writing

    kept, office = safe(), server()
    try:
        with database() as engine, writing(engine) as session:
            said = the_one(session, kept, options.request).said
            owner = clean_name(said.email.partition("@")[0]) or said.clinic
            person = accounts.add_clinic(session, datetime.now(UTC), said.clinic, said.email, owner)
            link = join_url(invitations.password_link(session, datetime.now(UTC), person, None, invitations.FIRST_LINK))
            account_requests.settle(session, kept, said.email)
            if office:
                account_requests.tell_approved(session, kept, datetime.now(UTC), person.clinic_id, said, link)
    except accounts.EmailTaken as error:
        raise BadInput(f"{options.request}: there is an account with this address already") from error
    print(link)
    return f"{said.clinic} is made. Its owner sets a password with this link: once, within 7 days{told(said, office)}"


def told(said: Applicant, office: PostOffice | None) -> str:
    """How the link reaches them. It is shown all the same: nobody can know that an e-mail arrives."""
    return f". `mail send` sends it to {said.email}" if office else f". Send it to {said.email}"


def server() -> PostOffice | None:
    from planner.clinic.people.post_office import BadPost, post_office_from

    try:
        return post_office_from(os.environ)
    except BadPost as error:
        raise BadInput(str(error)) from error


def the_one(session: Session, kept: Safe, begins: str) -> OpenRequest:
    """BadInput if no request begins so, or more than one."""
    from planner.clinic.people.account_requests import waiting

    found = waiting(session, kept, begins) if begins else []
    if len(found) != 1:
        raise BadInput(f"{begins}: there is no such request; `clinic requests` lists them")
    return found[0]


def run_refuse(options: argparse.Namespace) -> str:
    from planner.clinic.people.account_requests import drop
    from planner.database.sessions import writing

    with database() as engine, writing(engine) as session:
        found = the_one(session, safe(), options.request)
        drop(session, found.id)
    return f"the request of {found.said.clinic} is deleted"
