"""A real browser on a real server: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from planner import create_app
from planner.clinic.people import sign_ins
from planner.database.sessions import writing
from tests.clinics import House, house, now
from tests.conftest import SECRET, a_database

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "en-GB"}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
EXPECTED = re.compile(r"status of 4|^htmx:(afterRequest|sendAbort)")
"""Console errors that are none: an answer of 4xx, and a request of htmx that the next page has overtaken."""
QUIET += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is missing: make install"
    return {"executable_path": found, "args": QUIET}


PRINTER = "window.print = () => { window.top.dialogs = (window.top.dialogs || 0) + 1; };"
"""A browser without a screen stands still when the printer's window should open: it notes that it would have."""


@pytest.fixture(scope="session", autouse=True)
def no_printer(browser: Browser) -> None:
    """Every context of every test counts the windows of the printer instead of opening them."""
    makes = browser.new_context

    def new_context(**how: Any) -> BrowserContext:
        made = makes(**how)
        made.add_init_script(PRINTER)
        return made

    browser.new_context = new_context  # type: ignore[method-assign]  # of this object alone


FAULTS: list[str] = []
"""What a server answered with 500 during this test."""


@pytest.fixture(autouse=True)
def no_fault_of_ours() -> Iterator[None]:
    """A 500 fails the test that met it, wherever the browser was looking."""
    FAULTS.clear()
    yield
    assert FAULTS == []


def whole(app: Flask) -> WSGIApplication:
    """The application with every body read before it is sent: a browser that leaves in the middle leaves no file open."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"

        def begin(status: str, headers: list[tuple[str, str]], exc_info: OptExcInfo | None = None) -> Callable[[bytes], object]:
            if status.startswith("500"):
                FAULTS.append(asked)
            return start_response(status, headers, exc_info)

        with closing(app(environ, begin)) as body:  # type: ignore[type-var]  # what it gives has a close(), though the type of WSGI does not say so
            return [b"".join(body)]

    return answer


@contextmanager
def running(app: Flask) -> Iterator[int]:
    """The port on which the application answers."""
    server = make_server("127.0.0.1", 0, whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()


def an_app(database: str, **more: Any) -> Flask:
    """An application without limits of rate."""
    secrets = {"SECRET_KEY": SECRET, "KEEP_SECRET": SECRET}
    return create_app({"TESTING": False, **secrets, "DATABASE_URL": database, "RATELIMIT_ENABLED": False, **more})


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a running site."""
    with running(an_app(a_database(), READING_SECONDS=0)) as port:
        yield f"http://127.0.0.1:{port}"


@dataclass(frozen=True)
class Desk:
    """A running site at a name (browsers have no passkeys at a number), and a clinic on it."""

    url: str
    app: Flask
    home: House


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Desk]:
    app = an_app(sqlite_url, READING_SECONDS=0)
    with running(app) as port:
        url = app.config["BASE_URL"] = f"http://localhost:{port}"
        yield Desk(url, app, house(app.extensions["database"], "a"))


def sign_in(page: Page, desk: Desk) -> None:
    with writing(desk.app.extensions["database"]) as session:
        token = sign_ins.begin(session, desk.home.owner, now())
    page.context.add_cookies([{"name": "clinic", "value": token, "url": desk.url}])


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Page]:
    """A page on a phone; any request to another host, console error or page error fails the test."""
    yield from opened(browser.new_context(**PHONE, base_url=site), site)


@pytest.fixture
def plain_phone(browser: Browser, site: str) -> Iterator[Page]:
    """The same with JavaScript off."""
    yield from opened(browser.new_context(**PHONE, base_url=site, java_script_enabled=False), site)


def opened(context: BrowserContext, site: str) -> Iterator[Page]:
    page = context.new_page()
    page.set_default_timeout(15000)
    wrong: list[str] = []
    ours = (site, "blob:", "chrome:", "chrome-extension:")  # the browser shows a PDF with pages of its own
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(ours) else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" and not EXPECTED.search(said.text) else None)
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


def shown_pdf(page: Page) -> str:
    """The words of the sheet whose page is open; the browser has asked for it by itself."""
    answer = page.request.get(str(page.get_by_role("link", name="Open the PDF").get_attribute("href")))
    assert answer.headers["content-type"] == "application/pdf"
    return subprocess.run(["pdftotext", "-layout", "-", "-"], input=answer.body(), capture_output=True, check=True).stdout.decode()
