"""Puts the web application together: settings, templates, pages, headers, limits and static files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from planner.library import load
from planner.outputs.environment import TEMPLATES, register
from planner.translate import library_in
from planner.web import answers, ask, errors, headers, limits, plans, public, render, settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

STATIC = TEMPLATES.parent / "static"


def create(config: Mapping[str, Any]) -> Flask:
    """The wired application. The content is read and checked here, so broken content stops the start."""
    load()
    app = Flask("planner", root_path=str(TEMPLATES.parent), template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(settings.from_environment())
    app.config.update(config)
    settings.check(app.config)
    library_in("en")
    app.jinja_env.undefined = StrictUndefined
    register(app.jinja_env)
    CSRFProtect(app)
    limits.limiter.init_app(app)
    for blueprint in (public.pages, ask.pages, answers.pages, plans.pages):
        app.register_blueprint(blueprint)
    render.prepare(app)
    errors.prepare(app)
    headers.prepare(app)
    year = 31_536_000
    static = WhiteNoise(
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        max_age=year,
        allow_all_origins=False,
        add_headers_function=headers.secure_file,
    )
    proxies = int(app.config["PROXIES"])
    app.wsgi_app = one_line(ProxyFix(static, x_for=proxies, x_proto=proxies, x_host=0))  # type: ignore[method-assign,assignment]
    return app


def one_line(application: WSGIApplication) -> WSGIApplication:
    """Hides a path with control characters: the server's log prints paths decoded, and a line break would forge a line."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if any(ord(character) < 32 or ord(character) == 127 for character in environ.get("PATH_INFO", "")):
            environ["PATH_INFO"] = "/-"
        return application(environ, start_response)

    return call
