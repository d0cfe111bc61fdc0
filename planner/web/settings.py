"""Settings from the environment, each checked at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from planner.clinic.people.names import clean_email
from planner.clinic.people.post_office import SMTP_SETTINGS, BadPost, post_office_from
from planner.database.engines import BadUrl, url_from
from planner.folders import INSTANCE
from planner.kept.plans import MONTHS, BadMonths, months_from
from planner.kept.seal import stored_secret
from planner.web.cookies import browsers_name

LOCAL = ["localhost", "127.0.0.1"]
SECRET_FILE = INSTANCE / "secret_key"
SHORTEST_SECRET = 32


class BadSettings(Exception):
    """The environment can't be used; the message is one line that names the setting."""


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from SECRET_KEY, TRUSTED_HOSTS and the others that README.md lists."""
    hosts = listed(environment.get("TRUSTED_HOSTS", ""))
    local = not hosts or set(hosts) <= set(LOCAL)
    secret = environment.get("SECRET_KEY", secrets.token_hex(32) if local else "")
    return {
        "SECRET_KEY": secret,
        **keeping(environment, secret, local),
        "TRUSTED_HOSTS": hosts or LOCAL,
        "PROXIES": environment.get("TRUSTED_PROXIES", "0"),
        **{name: environment.get(name, "") for name in SMTP_SETTINGS},
        "ACCOUNT_REQUESTS": environment.get("ACCOUNT_REQUESTS", "").strip(),
        "COUNTRY": environment.get("BACKPLAN_COUNTRY", "other"),
        "PDF_WORKERS": environment.get("PDF_WORKERS", "").strip(),
        "RATELIMIT_STORAGE_URI": environment.get("REDIS_URL", "memory://"),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "SECURE": not local,
        "SESSION_COOKIE_NAME": browsers_name("form", secure=not local),
        "SESSION_COOKIE_SECURE": not local,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "PERMANENT_SESSION_LIFETIME": timedelta(
            days=60
        ),  # of a browser that is to remember: it outlives the answers, to say that they are gone
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, and our own policy keeps browsers from sending one
    }


def keeping(environment: Mapping[str, str], secret: str, local: bool) -> dict[str, Any]:
    """Where plans are kept, with which secrets, for how long, and the address that codes lead to."""
    stored = stored_secret(SECRET_FILE) if local and "SECRET_KEY" not in environment else ""  # a secret of the moment would lose them
    return {
        "DATABASE_URL": environment.get("DATABASE_URL", ""),
        "KEEP_SECRET": environment.get("KEEP_SECRET") or stored or secret,
        "KEEP_SECRET_FALLBACKS": listed(environment.get("KEEP_SECRET_FALLBACKS", "")),
        "KEEP_MONTHS": environment.get("KEEP_MONTHS", str(MONTHS)),
        "BASE_URL": environment.get("BASE_URL", f"http://127.0.0.1:{environment.get('PORT', '8000')}" if local else "").rstrip("/"),
    }


def listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def check(config: Mapping[str, Any]) -> None:
    """Refuses what would fail later or be unsafe: secrets, proxies, country, e-mail, database, months and the site's own address."""
    from planner.library.reader import load

    if len(config["SECRET_KEY"] or "") < SHORTEST_SECRET:
        raise BadSettings(f"SECRET_KEY must be at least {SHORTEST_SECRET} characters")
    if not str(config["PROXIES"]).isdecimal():
        raise BadSettings("TRUSTED_PROXIES must be the number of proxies in front, such as 1")
    if config["PDF_WORKERS"] and not (config["PDF_WORKERS"].isdecimal() and int(config["PDF_WORKERS"])):
        raise BadSettings("PDF_WORKERS must be a number of processes, such as 2")
    if config["COUNTRY"] not in load().countries:
        raise BadSettings(f"BACKPLAN_COUNTRY: there is no country {config['COUNTRY']!r}; see countries.toml")
    try:
        post_office_from(config)
    except BadPost as error:
        raise BadSettings(str(error)) from error
    if config["ACCOUNT_REQUESTS"] not in ("", "yes") and not operator_of(config):
        raise BadSettings("ACCOUNT_REQUESTS must be yes, or the e-mail address that is told of requests")
    if operator_of(config) and not config["SMTP_HOST"]:
        raise BadSettings("ACCOUNT_REQUESTS has an e-mail address, so SMTP_HOST must be set: this site sends no e-mail")
    _check_keeping(config)


def operator_of(config: Mapping[str, Any]) -> str:
    """Who is told by e-mail that somebody asks for an account; empty if nobody is."""
    return clean_email(config["ACCOUNT_REQUESTS"])


def _check_keeping(config: Mapping[str, Any]) -> None:
    if any(len(secret) < SHORTEST_SECRET for secret in (config["KEEP_SECRET"], *config["KEEP_SECRET_FALLBACKS"])):
        raise BadSettings(f"KEEP_SECRET and each of KEEP_SECRET_FALLBACKS must be at least {SHORTEST_SECRET} characters")
    try:
        url_from({"DATABASE_URL": config["DATABASE_URL"]})
        months_from({"KEEP_MONTHS": str(config["KEEP_MONTHS"])})
    except BadUrl as error:
        raise BadSettings(f"DATABASE_URL: {error}") from error
    except BadMonths as error:
        raise BadSettings(str(error)) from error
    if not an_origin(config["BASE_URL"]):
        raise BadSettings("BASE_URL must be this site's own address, such as https://plan.example.org: codes on paper lead there")


def an_origin(url: str) -> bool:
    """True for a scheme and a host, perhaps a port, and nothing else."""
    try:
        found = urlsplit(url)
        return bool(found.hostname) and found.scheme in ("http", "https") and url == f"{found.scheme}://{found.netloc}" and found.port != 0
    except ValueError:
        return False
