"""What is shown once, on the page after the form that made it: links and recovery codes. Until then it is in the person's own cookie."""

from __future__ import annotations

from flask import session

ONCE = "once"


def show_once(**what: object) -> None:
    session[ONCE] = what


def shown_once() -> dict[str, object]:
    """What waits to be shown; empty if nothing, or if it was shown already."""
    found: dict[str, object] = session.pop(ONCE, {})
    return found
