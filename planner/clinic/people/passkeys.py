"""Passkeys: adding one to an account and signing in with it. The browser signs a challenge, which is good once and for this site alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from planner.clinic.people.audit import record
from planner.clinic.tables import Passkey, Spent, Therapist
from planner.database.rows import written

MOST_PASSKEYS = 10  # a person
LASTS = timedelta(minutes=5)  # a challenge
LONGEST_RESPONSE = 8_192  # characters of what a browser sends
RUBBISH = (WebAuthnException, ValueError, LookupError, TypeError, AttributeError, RecursionError)  # what reading it can raise


class BadPasskey(Exception):
    """What the browser sent does not prove anything."""


class TooMany(Exception):
    """The person has as many passkeys as they may have."""


@dataclass(frozen=True)
class Site:
    """Whom passkeys are for: the site's name for browsers, and the origin that must stand in the address bar."""

    id: str
    origin: str


def site(base_url: str) -> Site | None:
    """The site at this address. None where browsers have no passkeys: without HTTPS, or at a number instead of a name.

    127.0.0.1 and localhost are the same machine, and browsers allow the second."""
    found = urlsplit(base_url)
    host = found.hostname or ""
    if host in ("127.0.0.1", "localhost"):
        port = f":{found.port}" if found.port else ""
        return Site("localhost", f"{found.scheme}://localhost{port}")
    with suppress(ValueError):
        ip_address(host)
        return None
    return Site(host, base_url) if found.scheme == "https" and "." in host else None


def to_add(place: Site, person: Therapist, mine: Sequence[Passkey], challenge: bytes) -> dict[str, Any]:
    """What the browser needs to make a passkey."""
    options = webauthn.generate_registration_options(
        rp_id=place.id,
        rp_name="Backplan",
        user_id=person.id.encode(),
        user_name=person.email,
        user_display_name=person.name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(one.credential) for one in mine],
    )
    return dict(json.loads(webauthn.options_to_json(options)))


def add_passkey(session: Session, now: datetime, place: Site, person: Therapist, sent: str, challenge: bytes, label: str) -> None:
    """Adds the passkey that the browser made. BadPasskey, TooMany."""
    if len(of(session, person.id)) >= MOST_PASSKEYS:
        raise TooMany
    try:
        proved = webauthn.verify_registration_response(
            credential=sent[:LONGEST_RESPONSE],
            expected_challenge=challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except RUBBISH as fault:
        raise BadPasskey from fault
    spend(session, challenge, now)
    made = Passkey(therapist_id=person.id, credential=proved.credential_id, public_key=proved.credential_public_key)
    made.sign_count, made.label, made.made = proved.sign_count, label, now
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as fault:
        raise BadPasskey from fault
    record(session, now, "passkey_added", by=person, about=label)


def to_sign_in(place: Site, challenge: bytes) -> dict[str, Any]:
    """What the browser needs to sign in with any passkey that it has for this site."""
    required = UserVerificationRequirement.REQUIRED
    options = webauthn.generate_authentication_options(rp_id=place.id, challenge=challenge, user_verification=required)
    return dict(json.loads(webauthn.options_to_json(options)))


def signed(session: Session, now: datetime, place: Site, sent: str, challenge: bytes) -> Therapist:
    """Who signed the challenge. BadPasskey if nobody: unknown key, other site, used challenge, counter that went back, not active."""
    key, person = _key(session, sent)
    try:
        proved = webauthn.verify_authentication_response(
            credential=sent[:LONGEST_RESPONSE],
            expected_challenge=challenge,
            expected_rp_id=place.id,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except RUBBISH as fault:
        raise BadPasskey from fault
    spend(session, challenge, now)
    same = (Passkey.id == key.id, Passkey.sign_count == key.sign_count)
    if not written(session.execute(update(Passkey).where(*same).values(sign_count=proved.new_sign_count))):
        raise BadPasskey
    return person


def _key(session: Session, sent: str) -> tuple[Passkey, Therapist]:
    """The passkey that the browser says it used, and whose it is."""
    try:
        data = json.loads(sent[:LONGEST_RESPONSE])
        name, handle = base64url_to_bytes(data["rawId"]), data["response"].get("userHandle")
        whose = base64url_to_bytes(handle).decode() if handle else None
    except RUBBISH as fault:
        raise BadPasskey from fault
    wanted = select(Passkey, Therapist).join(Therapist, Therapist.id == Passkey.therapist_id)
    found = session.execute(wanted.where(Passkey.credential == name, Therapist.active)).first()
    if found is None or whose not in (None, found[1].id):
        raise BadPasskey
    return found[0], found[1]


def spend(session: Session, challenge: bytes, now: datetime) -> None:
    """Marks a challenge as used. BadPasskey if it was used before: what a browser signed once can't be sent again."""
    session.execute(delete(Spent).where(Spent.expires < now))
    try:
        with session.begin_nested():
            session.add(Spent(key=sha256(challenge).digest(), expires=now + 2 * LASTS))
    except IntegrityError as fault:
        raise BadPasskey from fault


def of(session: Session, therapist_id: str) -> list[Passkey]:
    """A person's passkeys, oldest first."""
    return list(session.scalars(select(Passkey).where(Passkey.therapist_id == therapist_id).order_by(Passkey.made, Passkey.id)))


def those_with_one(session: Session, clinic_id: str) -> frozenset[str]:
    """Ids of the people of a clinic who have a passkey."""
    wanted = select(Passkey.therapist_id).join(Therapist, Therapist.id == Passkey.therapist_id)
    return frozenset(session.scalars(wanted.where(Therapist.clinic_id == clinic_id)))


def remove_passkey(session: Session, now: datetime, person: Therapist, passkey_id: str) -> bool:
    """Takes a passkey away from its person. False if they have none with this id."""
    found = session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.therapist_id == person.id))
    if found is None:
        return False
    session.delete(found)
    record(session, now, "passkey_removed", by=person, about=found.label)
    return True
