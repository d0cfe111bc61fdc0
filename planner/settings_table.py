"""Every setting there is: what is wanted of it, and what it is where nobody says. README.md lists them for operators.

A value that is empty or blank is none: a line `HOST=` is usual in a file of settings."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from planner.folders import CONTENT

SHORTEST_SECRET = 32  # characters
SHORTEST_TOKEN = 16
LOG_FORMATS = ("text", "json")
FEWEST_LETTERS = 8  # different ones in a secret; one of 32 random hexadecimal digits has fewer once in a billion times
THIS_MACHINES = ("localhost", "127.0.0.1")
"""The names at which a site answers that has been told no others."""
NAME_OF_A_HOST = re.compile(r"\.?[\w-]+(?:\.[\w-]+)*")
IPV6 = re.compile(r"\[?(?:[\da-f]*:){2,}[\da-f.:]*(?:%\w+)?\]?", re.I)

SQLITE = re.compile(r"sqlite:///(?!:memory:(?:\?|$)|\?).+")
POSTGRESQL = re.compile(
    r"postgres(?:ql(?:\+psycopg)?)?://(?:[^:/]*(?::[^@]*)?@)?(?:\[[^/?@]+\]|[^/:?@]*)(?::\d*)?(?:/[^?@]*)?(?:\?[^@]*)?",
)
"""With one @ at most after the user's name: the rest of a password that has another one would be taken for a host, and shown as one."""


class BadSetting(ValueError):
    """A setting can't be used; the message is one line that names it, and never shows what it was."""


@dataclass(frozen=True)
class Setting:
    """`wanted`: how the sentence "NAME must be …" goes on. `default`: what it is without a value, where that needs no other setting."""

    name: str
    wanted: str
    fits: Callable[[str], bool] = bool
    default: str = ""


def number_from(least: int, most: int) -> Callable[[str], bool]:
    return lambda text: text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most


def a_secret(text: str) -> bool:
    return len(text) >= SHORTEST_SECRET and len(set(text)) >= FEWEST_LETTERS


def a_contact(text: str) -> bool:
    """As RFC 9116 wants it: an address that begins with mailto: or https:."""
    return bool(re.fullmatch(r"mailto:[^\s@]+@[^\s@]+|https://[^\s/]+\S*", text))


def off(text: str) -> bool:
    """By Flask's own reading."""
    return text.lower() in ("0", "false", "no")


def listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def each(fits: Callable[[str], object]) -> Callable[[str], bool]:
    return lambda text: all(map(fits, listed(text)))


def a_host(text: str) -> bool:
    """A name that people may use; `.example.org` stands for all names in it."""
    return bool(NAME_OF_A_HOST.fullmatch(text))


def a_machine(text: str) -> bool:
    """A name or an address, of version 6 too, and no port."""
    return not text.startswith(".") and bool(NAME_OF_A_HOST.fullmatch(text) or IPV6.fullmatch(text))


def an_origin(url: str) -> bool:
    """True for a scheme and a host, perhaps a port, and nothing else. A slash at the end does no harm."""
    url = url.rstrip("/")
    try:
        found = urlsplit(url)
        return bool(found.hostname) and found.scheme in ("http", "https") and url == f"{found.scheme}://{found.netloc}" and found.port != 0
    except ValueError:
        return False


def a_redis(url: str) -> bool:
    try:
        found = urlsplit(url)
        there = found.path if found.scheme == "redis+unix" else found.hostname
        numbered = found.scheme == "redis+unix" or re.fullmatch(r"(/\d*)?", found.path)
        return found.scheme in ("redis", "rediss", "redis+unix") and bool(there and numbered) and found.port != 0
    except ValueError:
        return False


def a_database(url: str) -> bool:
    return bool(SQLITE.fullmatch(url) or POSTGRESQL.fullmatch(url))


def a_country(text: str) -> bool:
    """By the list itself. One that can't be read is a fault of the content, which whoever reads all of it says."""
    try:
        return text in {one["id"] for one in tomllib.loads((CONTENT / "countries.toml").read_text("utf-8"))["country"]}
    except (OSError, ValueError, KeyError, TypeError):
        return True


SECRET = f"at least {SHORTEST_SECRET} random characters, such as those that `openssl rand -base64 32` prints"
PLAIN_LETTERS = "A password with / # ? or @ in it breaks the address: take one that `openssl rand -hex 24` prints"
DATABASE_ADDRESSES = (
    "sqlite:///FILE or postgresql://user:password@host/name. A password with @ in it breaks the address: "
    "take one that `openssl rand -hex 24` prints"
)
SITES_ADDRESS = "this site's own address, such as https://plan.example.org"
SETTINGS = {
    one.name: one
    for one in (
        Setting("SECRET_KEY", SECRET, a_secret),
        Setting("SECRET_KEY_FALLBACKS", f"older secrets with commas between, each at least {SHORTEST_SECRET} characters", each(a_secret)),
        Setting("TRUSTED_HOSTS", "host names with commas between, such as plan.example.org, without https:// or port", each(a_host)),
        Setting(
            "BASE_URL", f"{SITES_ADDRESS}: codes on paper lead there, and it has a host name of its own, not a folder of another", an_origin
        ),
        Setting("SCRIPT_NAME", "left out: Backplan needs a host name of its own, not a folder of another site", lambda text: not text),
        Setting("DATABASE_URL", f"the address of a database, {DATABASE_ADDRESSES}", a_database),
        Setting("KEEP_SECRET", SECRET, a_secret),
        Setting("KEEP_SECRET_FALLBACKS", f"older secrets with commas between, each at least {SHORTEST_SECRET} characters", each(a_secret)),
        Setting("KEEP_MONTHS", "a number of months from 1 to 120", number_from(1, 120), "13"),
        Setting("TRUSTED_PROXIES", "the number of proxies in front, such as 1", number_from(0, 10), "0"),
        Setting("BACKPLAN_COUNTRY", "the id of a country in planner/content/countries.toml", a_country, "other"),
        Setting("REDIS_URL", f"the address of a Redis server, such as redis://:PASSWORD@10.0.0.5:6379/0. {PLAIN_LETTERS}", a_redis),
        Setting("SMTP_HOST", "the name of the server that takes e-mail, such as smtp.example.org, without port", a_machine),
        Setting("SMTP_FROM", "the address that e-mail comes from, such as Backplan <plan@example.org>"),
        Setting("SMTP_SECURITY", "starttls, tls or none", ("starttls", "tls", "none").__contains__, "starttls"),
        Setting("SMTP_PORT", "a number from 1 to 65535", number_from(1, 65_535)),
        Setting("SMTP_USER", "the name to sign in with at the server that takes e-mail"),
        Setting("SMTP_PASSWORD", "the password of SMTP_USER"),
        Setting("ACCOUNT_REQUESTS", "yes, or the e-mail address that is told of requests", lambda text: text == "yes" or "@" in text),
        Setting("METRICS_TOKEN", f"at least {SHORTEST_TOKEN} random characters", lambda text: len(text) >= SHORTEST_TOKEN),
        Setting("SECURITY_CONTACT", "where faults are told, such as mailto:security@example.org or an https:// address", a_contact),
        Setting("LOG_FORMAT", "text or json", LOG_FORMATS.__contains__, "text"),
        Setting("PORT", "the number of a port, such as 8000", number_from(0, 65_535), "8000"),
        Setting("HOST", "an address or a name of this machine, such as 127.0.0.1, without port", a_machine, "127.0.0.1"),
        Setting("WEB_CONCURRENCY", "a number of processes from 1 to 256", number_from(1, 256), "2"),
        Setting("PDF_WORKERS", "a number of processes from 1 to 64", number_from(1, 64)),
        Setting("BACKPLAN_ENV", "the path of a file of settings"),
        Setting("FLASK_DEBUG", "left out: it shows what people answered. Developers have `make dev`", off),
    )
}


def setting(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """What a setting is: the value, else its default. BadSetting."""
    known, value = SETTINGS[name], environment.get(name, "").strip()
    if value and not known.fits(value):
        raise unusable(name)
    return value or known.default


def unusable(name: str) -> BadSetting:
    """What is said of it, wherever it is found out."""
    return BadSetting(f"{name} must be {SETTINGS[name].wanted}")


def check_settings(environment: Mapping[str, str] = os.environ) -> None:
    """BadSetting for the first one that can't be used."""
    for name in SETTINGS:
        setting(name, environment)


def forget_empty(environment: MutableMapping[str, str]) -> list[str]:
    """Takes empty settings away, for programs that would take them for a value; their names."""
    empty = [name for name in SETTINGS if name in environment and not environment[name].strip()]
    for name in empty:
        del environment[name]
    return empty
