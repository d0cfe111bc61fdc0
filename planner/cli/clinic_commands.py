"""The `clinic` commands: add a clinic with its first owner, list clinics, help an owner back in who lost their password or phone."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from planner.cli.database_commands import careful, database
from planner.cli.input import AN_EMAIL, BadInput, how_many
from planner.cli.request_commands import add_request_commands
from planner.clinic.lengths import NAME
from planner.settings_table import listed, setting

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.clinic.tables import Therapist

A_NAME = f"1 to {NAME} characters, with at least one that can be seen"


def add_clinic_commands(commands: Any) -> None:
    """Adds `clinic` to the command line."""
    top = commands.add_parser("clinic", help="add and list clinics, answer their requests, let an owner set a new password")
    parts = top.add_subparsers(title="clinic commands", required=True, metavar="WHAT")
    made = "make a clinic and its first owner, and print a link for the owner"
    new = parts.add_parser("add", help=made, description="The link sets a password. It works once, within 7 days.")
    new.add_argument("--name", required=True, help="the clinic's name, as it will stand on sheets")
    new.add_argument("--email", required=True, help="the owner's e-mail address, to sign in with")
    new.add_argument("--owner", default="", metavar="NAME", help="the owner's name; they can change it")
    new.add_argument("--country", default="", metavar="ID", help="its country, such as GB or US; else asked at the first sign-in")
    new.set_defaults(run=careful(run_add))
    every = parts.add_parser("list", help="list clinics and their people", description="Tab-separated: clinic, name, e-mail, role, access.")
    every.set_defaults(run=careful(run_list))
    forgotten = "print a link with which an owner sets a new password"
    link = parts.add_parser("link", help=forgotten, description="The link works once, within 60 minutes.")
    link.add_argument("email", metavar="EMAIL", help="the owner's e-mail address")
    link.set_defaults(run=careful(run_link))
    lost = "turn off an owner's one-time codes and passkeys, when their phone is lost"
    said = "They are signed out everywhere, and sign in with their password alone. Ask first whether it is really them."
    reset = parts.add_parser("reset-codes", help=lost, description=said)
    reset.add_argument("email", metavar="EMAIL", help="the owner's e-mail address")
    reset.set_defaults(run=careful(run_reset))
    add_request_commands(parts)


def run_add(options: argparse.Namespace) -> str:
    from planner.clinic.people import accounts, invitations
    from planner.clinic.people.names import clean_email, clean_name
    from planner.database.sessions import writing
    from planner.library.reader import load

    name, email = clean_name(options.name), clean_email(options.email)
    owner = clean_name(options.owner or email.partition("@")[0])
    for given, said in ((name, f"--name must be {A_NAME}"), (email, f"--email must be {AN_EMAIL}"), (owner, f"--owner must be {A_NAME}")):
        if not given:
            raise BadInput(said)
    countries = load().countries if options.country else {}
    if options.country not in ("", *countries):
        raise BadInput(f"--country {options.country}: there is no such country; choose from {', '.join(countries)}")
    try:
        with database() as engine, writing(engine) as session:
            person = accounts.add_clinic(session, datetime.now(UTC), name, email, owner, countries.get(options.country))
            token = invitations.password_link(session, datetime.now(UTC), person, None, invitations.FIRST_LINK)
    except accounts.EmailTaken as error:
        raise BadInput(f"--email {email}: there is an account with this address already") from error
    print(join_url(token))
    return f"{name} is made. With this link its owner sets a password: once, within 7 days"


def join_url(token: str) -> str:
    """Where the link leads: BASE_URL, or this machine."""
    return f"{here()}/clinic/join/{token}"


def here() -> str:
    """The site's own address. This machine by its name, where the site answers to it: browsers have no passkeys at a number."""
    url = setting("BASE_URL").rstrip("/") or f"http://127.0.0.1:{setting('PORT')}"
    hosts = listed(setting("TRUSTED_HOSTS"))
    named = urlsplit(url).hostname == "127.0.0.1" and (not hosts or "localhost" in hosts)
    return url.replace("127.0.0.1", "localhost", 1) if named else url


def run_list(options: argparse.Namespace) -> str:
    from planner.clinic.people import accounts
    from planner.database.sessions import reading

    with database() as engine, reading(engine) as session:
        found = accounts.clinics(session)
    for clinic, people in found:
        for one in people:
            access = "no access" if not one.active else "signs in" if one.password else "no password yet"
            print(clinic.name, one.name, one.email, one.role, access, sep="\t")
    return how_many(len(found), "clinic")


def run_link(options: argparse.Namespace) -> str:
    """For owners alone: they make the links of their colleagues. Also a new first link, if that one was not used in time."""
    from planner.clinic.people import invitations
    from planner.database.sessions import writing

    with database() as engine, writing(engine) as session:
        person = an_owner(session, options.email)
        token = invitations.password_link(session, datetime.now(UTC), person, None)
    print(join_url(token))
    return f"With this link {person.name} sets a new password: once, within 60 minutes"


def an_owner(session: Session, email: str) -> Therapist:
    """BadInput if there is none with this address."""
    from planner.clinic.people import accounts
    from planner.clinic.people.names import clean_email

    person = accounts.by_email(session, clean_email(email))
    if person is None or not person.owns:
        raise BadInput(f"{email}: no owner of a clinic has this address")
    return person


def run_reset(options: argparse.Namespace) -> str:
    """For owners alone: they help their colleagues on the page of their people."""
    from planner.clinic.people import one_time_codes
    from planner.database.sessions import writing

    with database() as engine, writing(engine) as session:
        person = an_owner(session, options.email)
        if not one_time_codes.reset(session, datetime.now(UTC), person, None):
            raise BadInput(f"{options.email}: this owner has no one-time codes and no passkeys")
    how = "" if person.password else f", once they have one: `clinic link {person.email}` makes a link for it"
    return f"{person.name} has no one-time codes and no passkeys any more, and signs in with the password alone{how}"
