"""Settings from the environment, each checked at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from werkzeug.sansio.utils import host_is_trusted

from planner.clinic.people.names import clean_email
from planner.clinic.people.post_office import SMTP_SETTINGS, BadPost, post_office_from
from planner.database.engines import BadUrl, url_from
from planner.folders import INSTANCE
from planner.kept.seal import stored_secret
from planner.settings_table import SHORTEST_SECRET, THIS_MACHINES, BadSetting, an_origin, check_settings, listed, setting
from planner.web.cookies import browsers_name
from planner.web.counts import SHARED
from planner.web.rate_limits import store_of_tries

LOCAL = list(THIS_MACHINES)
SECRET_FILE = INSTANCE / "secret_key"


class BadSettings(BadSetting):
    """The environment can't be used; the message is one line that names the setting."""


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from SECRET_KEY, TRUSTED_HOSTS and the others that README.md lists. BadSettings."""
    try:
        check_settings(environment)
    except BadSetting as error:
        raise BadSettings(str(error)) from error
    hosts = listed(setting("TRUSTED_HOSTS", environment))
    local = not hosts or set(hosts) <= set(LOCAL)
    secret = setting("SECRET_KEY", environment)
    made = secret or (secrets.token_hex(32) if local else "")
    check_address(setting("BASE_URL", environment), hosts or LOCAL, local)
    return {
        "SECRET_KEY": made,
        "SECRET_KEY_FALLBACKS": listed(setting("SECRET_KEY_FALLBACKS", environment)),
        **keeping(environment, made, local),
        "TRUSTED_HOSTS": hosts or LOCAL,
        "PROXIES": setting("TRUSTED_PROXIES", environment),
        **{name: setting(name, environment) for name in SMTP_SETTINGS},
        "ACCOUNT_REQUESTS": setting("ACCOUNT_REQUESTS", environment),
        "COUNTRY": setting("BACKPLAN_COUNTRY", environment),
        "LOG_FORMAT": setting("LOG_FORMAT", environment),
        "SECURITY_CONTACT": setting("SECURITY_CONTACT", environment),
        "METRICS_TOKEN": setting("METRICS_TOKEN", environment),
        "REDIS_URL": setting("REDIS_URL", environment),
        "RATELIMIT_STORAGE_URI": store_of_tries(setting("REDIS_URL", environment), environment.get(SHARED, "")),
        "RATELIMIT_STORAGE_OPTIONS": prompt_redis(setting("REDIS_URL", environment)),
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


def check_address(url: str, hosts: list[str], local: bool) -> None:
    """Codes on paper lead to BASE_URL, so it must be a place where this site answers, and its cookies come back from there."""
    if not url:
        return
    if not local and not url.startswith("https://"):
        raise BadSettings("BASE_URL must begin with https://, since TRUSTED_HOSTS names more than this computer")
    if not host_is_trusted(urlsplit(url).hostname, hosts):
        raise BadSettings("BASE_URL must be at a name that TRUSTED_HOSTS has: codes on paper would lead elsewhere")


def prompt_redis(url: str) -> dict[str, Any]:
    """A Redis that hangs costs a fifth of a second once; then counts are in memory until it answers."""
    if not url.startswith(("redis://", "rediss://")):
        return {}
    from planner.outputs.fleet.shared_store import PROMPT, waits_at_most

    return waits_at_most(PROMPT)


def keeping(environment: Mapping[str, str], secret: str, local: bool) -> dict[str, Any]:
    """Where plans are kept, with which secrets, for how long, and the address that codes lead to."""
    stored = (
        stored_secret(SECRET_FILE) if local and not setting("SECRET_KEY", environment) else ""
    )  # a secret of the moment would lose them
    here = f"http://127.0.0.1:{setting('PORT', environment)}" if local else ""
    return {
        "DATABASE_URL": setting("DATABASE_URL", environment),
        "KEEP_SECRET": setting("KEEP_SECRET", environment) or stored or secret,
        "KEEP_SECRET_FALLBACKS": listed(setting("KEEP_SECRET_FALLBACKS", environment)),
        "KEEP_MONTHS": setting("KEEP_MONTHS", environment),
        "BASE_URL": (setting("BASE_URL", environment) or here).rstrip("/"),
    }


def check(config: Mapping[str, Any]) -> None:
    """Refuses what would fail later or be unsafe: secrets, proxies, country, e-mail, database, months and the site's own address."""
    from planner.library.reader import load

    if len(config["SECRET_KEY"] or "") < SHORTEST_SECRET:
        raise BadSettings(f"SECRET_KEY must be at least {SHORTEST_SECRET} characters")
    if any(len(secret) < SHORTEST_SECRET for secret in config["SECRET_KEY_FALLBACKS"] or ()):
        raise BadSettings(f"each of SECRET_KEY_FALLBACKS must be at least {SHORTEST_SECRET} characters")
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
    except BadUrl as error:
        raise BadSettings(f"DATABASE_URL: {error}") from error
    if not an_origin(config["BASE_URL"]):
        raise BadSettings("BASE_URL must be this site's own address, such as https://plan.example.org: codes on paper lead there")
