"""What passkeys sign: a challenge that is ours, for one purpose and a few minutes."""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from werkzeug.exceptions import NotFound

from planner.clinic.people import passkeys
from planner.clinic.people.passkeys import BadPasskey, Site
from planner.web.clinic.sign_in import passkey_site_here, signer, verified


def needed() -> Site:
    """The site that passkeys are for. 404 where they do not work."""
    found = passkey_site_here()
    if found is None:
        raise NotFound
    return found


def new_challenge(purpose: str) -> tuple[bytes, str]:
    """A challenge, and the same signed, so that nothing is stored until it is used."""
    challenge = secrets.token_bytes(32)
    return challenge, str(signer(f"passkey {purpose}").dumps(urlsafe_b64encode(challenge).decode()))


def challenge_of(purpose: str, sealed: str) -> bytes:
    """The challenge that came with the form. BadPasskey if we did not make it for this, or too long ago."""
    found = verified(f"passkey {purpose}", sealed, int(passkeys.LASTS.total_seconds()))
    if not isinstance(found, str):
        raise BadPasskey
    return urlsafe_b64decode(found)
