"""Puts the web application together: settings, templates, pages, headers, limits and static files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from planner.folders import STATIC, TEMPLATES
from planner.kept.codes import without_code
from planner.languages.translate import library_in
from planner.library.reader import load
from planner.outputs.environment import register
from planner.web import (
    carried,
    clinic,
    errors,
    following,
    headers,
    metrics_page,
    own_day,
    own_forms,
    packing,
    public,
    rate_limits,
    readiness,
    render,
    settings,
    storage,
    stylesheets,
)
from planner.web.clinic.access import works_at_clinic
from planner.web.patient import (
    exercise_pages,
    health_link_pages,
    intake_end,
    intake_pages,
    keeping,
    kept_pages,
    lasting,
    plan_pages,
    questions,
    shown,
    stop_pages,
    under_a_code,
    your_answers,
)
from planner.web.typed_request import OurRequest

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


BLUEPRINTS = (
    public.pages,
    metrics_page.pages,
    questions.pages,
    your_answers.pages,
    lasting.pages,
    stop_pages.pages,
    plan_pages.pages,
    exercise_pages.pages,
    keeping.pages,
    under_a_code.pages,
    health_link_pages.files,
    intake_end.pages,
    clinic.pages,
)


class PlainFlask(Flask):
    """Flask for views that are plain functions, all of them: it would look at every view and hook again for each request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        return func


def create(config: Mapping[str, Any]) -> Flask:
    """The wired application. The content is read and checked here, so broken content stops the start."""
    load()
    app = PlainFlask("planner", root_path=str(TEMPLATES.parent), template_folder=str(TEMPLATES), static_folder=None)
    app.config.update(settings.from_environment())
    app.config.update(config)
    settings.check(app.config)
    app.session_interface = carried.Sessions()
    app.request_class = OurRequest
    library_in("en")
    app.jinja_env.undefined = StrictUndefined
    register(app.jinja_env)
    following.follow_requests(app)
    app.before_request(rate_limits.allow_uploads)
    csrf = CSRFProtect(app)
    own_forms.refuse_foreign_forms(app)
    rate_limits.limiter.init_app(app)
    rate_limits.count_misses(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    csrf.exempt(kept_pages.open_code)
    keeping.offer_keep_form(app)
    app.jinja_env.globals["settling_ms"] = shown.settling_ms
    app.jinja_env.globals["works_at_clinic"] = works_at_clinic
    app.jinja_env.globals["site_day"] = lambda: own_day.today_here().isoformat()
    lasting.tell_how_long(app)
    intake_pages.keep_to_the_tablet(app)
    storage.open_storage(app)
    readiness.keep_finding(app)
    render.draw_for(app)
    errors.register_error_pages(app)
    headers.add_headers(app)
    packing.pack_pages(app)
    app.jinja_env.globals["stylesheets"] = stylesheets.stylesheets
    serve_files(app)
    return app


def serve_files(app: Flask) -> None:
    """Static files before the application, proxies' headers around both."""
    year = 31_536_000
    static = WhiteNoise(
        app.wsgi_app,
        root=str(STATIC),
        prefix="static/",
        max_age=year,
        allow_all_origins=False,
        add_headers_function=partial(headers.secure_file, secure=bool(app.config["SECURE"])),
        mimetypes={".webmanifest": "application/manifest+json"},
    )
    proxies = int(app.config["PROXIES"])
    inner = one_line(ProxyFix(by_hash(static), x_for=proxies, x_proto=proxies, x_host=0))
    wrapped = following.followed(inner, proxies, str(app.config["TRUSTED_HOSTS"][0]).lstrip("."))
    app.wsgi_app = wrapped  # type: ignore[method-assign,assignment]  # Flask's own way to wrap an app; it is declared as a method


def by_hash(application: WSGIApplication) -> WSGIApplication:
    """A static file is kept for good under the hash of its content alone. In a rolling upgrade the page may be newer than the file, and an
    old one under a new name would stay for a year."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path, asked = str(environ.get("PATH_INFO", "")), str(environ.get("QUERY_STRING", ""))
        if path.startswith("/static/") and environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            environ["PATH_INFO"] = "/-"  # a page of ours says no, with our headers
            return application(environ, start_response)
        if not path.startswith("/static/") or path.startswith("/static/built/") or named_by_hash(path, asked):
            return application(environ, start_response)
        keep = "no-store" if asked else "public, max-age=86400"

        def start(status: str, sent: list[tuple[str, str]], *more: Any) -> Any:
            kept = [(name, keep if name.lower() == "cache-control" else value) for name, value in sent]
            return start_response(status, kept, *more)

        return application(environ, start)

    return call


def named_by_hash(path: str, asked: str) -> bool:
    """True for the very address that our own pages have for a file."""
    name = path.removeprefix("/static/")
    there = ".." not in name and asked.startswith("v=") and (STATIC / name).is_file()
    return there and render.static_url(name) == f"{path}?{asked}"


def one_line(application: WSGIApplication) -> WSGIApplication:
    """Hides what the server's log must not show: codes of kept plans, and control characters, which would forge a line."""

    def call(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if any(ord(character) < 32 or ord(character) == 127 for character in path):
            environ["PATH_INFO"] = "/-"
            return application(environ, start_response)
        inside = dict(environ)  # the server logs its own
        environ["PATH_INFO"] = without_code(path)
        return application(inside, start_response)

    return call
