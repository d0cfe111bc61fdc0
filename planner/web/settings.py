"""Settings from the environment, each checked at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from planner.clinic.people.post_office import SMTP_SETTINGS
from planner.database.engines import BadUrl, url_from
from planner.folders import INSTANCE
from planner.kept.seal import stored_secret
from planner.settings_table import SHORTEST_SECRET, BadSetting, an_origin, check_settings, listed, setting, unusable
from planner.settings_together import LOCAL, check_address, check_post, is_local
from planner.web.cookies import browsers_name
from planner.web.counts import SHARED
from planner.web.rate_limits import store_of_tries

SECRET_FILE = INSTANCE / "secret_key"


class BadSettings(BadSetting):
    """The environment can't be used; the message is one line that names the setting."""


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from SECRET_KEY, TRUSTED_HOSTS and the others that README.md lists. BadSettings."""
    try:
        check_settings(environment)
        hosts = listed(setting("TRUSTED_HOSTS", environment))
        check_address(setting("BASE_URL", environment), hosts)
    except BadSetting as error:
        raise BadSettings(str(error)) from error
    local = is_local(hosts)
    secret = setting("SECRET_KEY", environment)
    made = secret or (secrets.token_hex(32) if local else "")
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

    try:
        if len(config["SECRET_KEY"] or "") < SHORTEST_SECRET:
            raise unusable("SECRET_KEY")
        if any(len(secret) < SHORTEST_SECRET for secret in config["SECRET_KEY_FALLBACKS"] or ()):
            raise unusable("SECRET_KEY_FALLBACKS")
        if config["COUNTRY"] not in load().countries:
            raise unusable("BACKPLAN_COUNTRY")
        check_post(config)
        _check_keeping(config)
    except BadSetting as error:
        raise BadSettings(str(error)) from error


def _check_keeping(config: Mapping[str, Any]) -> None:
    for name, said in (("KEEP_SECRET", [config["KEEP_SECRET"]]), ("KEEP_SECRET_FALLBACKS", config["KEEP_SECRET_FALLBACKS"])):
        if any(len(secret) < SHORTEST_SECRET for secret in said):
            raise unusable(name)
    try:
        url_from({"DATABASE_URL": config["DATABASE_URL"]})
    except BadUrl as error:
        raise unusable("DATABASE_URL") from error
    if not an_origin(config["BASE_URL"]):
        raise unusable("BASE_URL")
