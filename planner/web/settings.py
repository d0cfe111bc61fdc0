"""Settings from the environment, each checked at start."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from typing import Any

LOCAL = ["localhost", "127.0.0.1"]
SHORTEST_SECRET = 32


class BadSettings(Exception):
    """The environment can't be used; the message is one line that names the setting."""


def from_environment(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Flask's configuration from SECRET_KEY, TRUSTED_HOSTS, TRUSTED_PROXIES, BACKPLAN_COUNTRY and REDIS_URL."""
    hosts = [host.strip() for host in environment.get("TRUSTED_HOSTS", "").split(",") if host.strip()]
    local = not hosts or set(hosts) <= set(LOCAL)
    return {
        "SECRET_KEY": environment.get("SECRET_KEY", secrets.token_hex(32) if local else ""),
        "TRUSTED_HOSTS": hosts or LOCAL,
        "PROXIES": environment.get("TRUSTED_PROXIES", "0"),
        "COUNTRY": environment.get("BACKPLAN_COUNTRY", "GB"),
        "RATELIMIT_STORAGE_URI": environment.get("REDIS_URL", "memory://"),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "SECURE": not local,
        "SESSION_COOKIE_NAME": "__Host-form" if not local else "form",
        "SESSION_COOKIE_SECURE": not local,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it wants a Referer, and our own policy keeps browsers from sending one
    }


def check(config: Mapping[str, Any]) -> None:
    """Refuses a missing or short secret, a number of proxies that is none, and a country that the content does not know."""
    from planner.library import load

    if len(config["SECRET_KEY"] or "") < SHORTEST_SECRET:
        raise BadSettings(f"SECRET_KEY must be at least {SHORTEST_SECRET} characters")
    if not str(config["PROXIES"]).isdecimal():
        raise BadSettings("TRUSTED_PROXIES must be the number of proxies in front, such as 1")
    if config["COUNTRY"] not in load().countries:
        raise BadSettings(f"BACKPLAN_COUNTRY: there is no country {config['COUNTRY']!r}; see countries.toml")
