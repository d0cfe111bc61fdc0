"""What a clinic needs to read again, sealed under the server's secret and its id: codes of handouts, notes, programmes of packs,
secrets of one-time codes."""

from __future__ import annotations

from planner.kept.plans import Safe

NOBODYS = ""
"""In place of a clinic's id: what belongs to none, and is for whoever runs the site."""


def seal(safe: Safe, clinic_id: str, place: str, body: bytes) -> bytes:
    """`body` (which must not end in a space), readable for this clinic and at this place alone, such as "note:<id of the row>"."""
    return safe.secrets[0].seal(body, bound(clinic_id, place), 0)


def unseal(safe: Safe, clinic_id: str, place: str, sealed: bytes) -> bytes | None:
    """What was sealed, with any of the server's secrets; None if it is another clinic's, or from another place."""
    for secret in safe.secrets:
        if (opened := secret.unseal(sealed, bound(clinic_id, place), 0)) is not None:
            return opened.rstrip(b" ")
    return None


def bound(clinic_id: str, place: str) -> str:
    """What the key is made from. No code of a kept plan has a colon, so no key serves both."""
    return f"clinic:{clinic_id}:{place}"
