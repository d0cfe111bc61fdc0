"""Rate limits by address. When Redis is down they fall back to this process's memory."""

from flask import current_app, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from planner.clinic.logo import MOST_BYTES
from planner.clinic.photos import FOR_PHOTO

PAGES = "600 per minute"  # a whole waiting room may share one address
DOCUMENTS = "30 per minute"
FITS = "60 per minute"  # previews that are laid out as the printer would
MISSES = "20 per minute;100 per hour"  # codes that open nothing
UPLOADS = {"clinic.upload_logo": MOST_BYTES, "clinic.add_exercise": FOR_PHOTO.bytes, "clinic.change_exercise": FOR_PHOTO.bytes}
"""Bytes that the file of a form may have, by view. What stands around it may be as much as any other form."""
limiter = Limiter(get_remote_address, strategy="fixed-window", default_limits=[PAGES])


misses = limiter.shared_limit(MISSES, scope="misses", deduct_when=lambda response: "missed" in g, override_defaults=False)
"""On views that open a code. `missed()` says that one opened nothing."""


def missed() -> None:
    g.missed = True


def allow_uploads() -> None:
    """Before anything reads the form: its form token would be looked for first."""
    if request.endpoint in UPLOADS:
        request.max_content_length = UPLOADS[request.endpoint] + int(current_app.config["MAX_CONTENT_LENGTH"])
