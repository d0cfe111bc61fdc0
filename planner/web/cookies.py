"""Our cookies: what a browser knows each by, and the one way in which they are read, given and taken back."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.http import dump_cookie
from werkzeug.wrappers import Response


def browsers_name(name: str, *, secure: bool) -> str:
    """`name` as the browser has it. With __Host- it is for HTTPS alone, and no neighbouring host can give one of that name."""
    return f"__Host-{name}" if secure else name


def cookie(name: str) -> str:
    """What the browser sent; empty if nothing."""
    return request.cookies.get(_here(name), "")


def cookie_of_script(name: str) -> str:
    """What a script of ours has put down, as it has no way to give one that is closed to scripts. Nothing to be trusted."""
    return request.cookies.get(name, "")


def give_cookie(response: Response, name: str, text: str, seconds: int | None = None) -> None:
    """For scripts it is not there, and other sites' forms don't send it. Without `seconds` it ends with the browser. When it ends is
    said once: the day beside the seconds is for browsers of before 2011, and would come with every answer."""
    sent = dump_cookie(_here(name), text, max_age=seconds, httponly=True, secure=_secure(), samesite="Lax", sync_expires=False)
    response.headers.add("Set-Cookie", sent)


def take_cookie_back(response: Response, name: str) -> None:
    response.delete_cookie(_here(name), httponly=True, secure=_secure(), samesite="Lax")


def _here(name: str) -> str:
    return browsers_name(name, secure=_secure())


def _secure() -> bool:
    return bool(current_app.config["SECURE"])
