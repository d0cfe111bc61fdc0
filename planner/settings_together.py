"""What the settings must be to one another. Whoever starts, or opens the site's database, asks for all of it first: what can't be used is
one line before anything is said or done, and the same line from all of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from planner.clinic.people.names import clean_email
from planner.clinic.people.post_office import post_office_from
from planner.settings_table import THIS_MACHINES, BadSetting, check_settings, listed, setting, unusable

LOCAL = list(THIS_MACHINES)


def check_together(environment: Mapping[str, str] = os.environ) -> None:
    """BadSetting for the first one that can't be used, alone or beside the others."""
    check_settings(environment)
    hosts, url = listed(setting("TRUSTED_HOSTS", environment)), setting("BASE_URL", environment)
    if not is_local(hosts):
        for name in ("SECRET_KEY", "BASE_URL"):
            if not setting(name, environment):
                raise unusable(name)
    if not url and int(setting("PORT", environment)) == 0:
        raise BadSetting("PORT must be the number of a port, such as 8000: with 0 it is any, and BASE_URL must say where the site is")
    check_address(url, hosts)
    check_post(environment)


def is_local(hosts: list[str]) -> bool:
    """True for a site that answers on this computer alone."""
    return set(hosts) <= set(LOCAL)


def check_address(url: str, hosts: list[str]) -> None:
    """Codes on paper lead to BASE_URL, so it must be a place where this site answers, and its cookies come back from there."""
    if not url:
        return
    if not is_local(hosts) and not url.startswith("https://"):
        raise BadSetting("BASE_URL must begin with https://, since TRUSTED_HOSTS names more than this computer")
    from werkzeug.sansio.utils import host_is_trusted  # what reads one setting alone need not load it

    if not host_is_trusted(urlsplit(url).hostname, hosts or LOCAL):
        raise BadSetting("BASE_URL must be at a name that TRUSTED_HOSTS has: codes on paper would lead elsewhere")


def check_post(environment: Mapping[str, str]) -> None:
    """The settings of e-mail, and whom it tells of clinics that ask for an account."""
    post_office_from(environment)
    told = operator_of(environment)
    if environment.get("ACCOUNT_REQUESTS", "").strip() not in ("", "yes") and not told:
        raise unusable("ACCOUNT_REQUESTS")
    if told and not setting("SMTP_HOST", environment):
        raise BadSetting("ACCOUNT_REQUESTS has an e-mail address, so SMTP_HOST must be set: this site sends no e-mail")


def operator_of(environment: Mapping[str, str]) -> str:
    """Who is told by e-mail that somebody asks for an account; empty if nobody is."""
    return clean_email(environment.get("ACCOUNT_REQUESTS", ""))
