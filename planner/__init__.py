"""Backplan: a personalised self-care plan for back pain. `create_app()` is the only wiring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The web application. `config` overrides what the environment says. Raises BrokenContent or BadSettings."""
    from planner.web import app

    return app.create(config or {})
