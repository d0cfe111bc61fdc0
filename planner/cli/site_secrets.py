"""The secrets that the site has, for commands: what the server seals, they open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.input import BadInput
from planner.folders import INSTANCE
from planner.settings_table import listed, setting, unusable

if TYPE_CHECKING:
    from planner.kept.plans import Safe
    from planner.outputs.fleet.shared_store import SharedStore


def safe() -> Safe:
    """BadInput without a secret, BadSetting with one that can't be used."""
    from planner.kept.plans import Safe, months_from
    from planner.kept.seal import stored_secret

    secret = setting("KEEP_SECRET") or setting("SECRET_KEY") or stored_secret(INSTANCE / "secret_key")
    if not secret:
        raise BadInput("KEEP_SECRET and SECRET_KEY are not set, and there is no instance/secret_key")
    return Safe(secret, tuple(listed(setting("KEEP_SECRET_FALLBACKS"))), months_from())


def shared_store() -> SharedStore:
    """BadSetting without what the machines know each other by, or with any setting that can't be used."""
    from planner.kept.seal import stored_secret
    from planner.outputs.fleet.shared_store import PATIENT, SharedStore
    from planner.settings_together import check_together

    check_together()
    secret = setting("SECRET_KEY") or stored_secret(INSTANCE / "secret_key")
    for name, found in (("REDIS_URL", setting("REDIS_URL")), ("SECRET_KEY", secret)):
        if not found:
            raise unusable(name)
    return SharedStore(setting("REDIS_URL"), secret, PATIENT)
