"""A health link in a real browser: made, copied, scanned, opened by a program on another site, and stopped."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from planner.outputs.pool import pool
from tests.browser.conftest import PHONE, an_app, running
from tests.browser.test_access import sound
from tests.browser.test_kept import a_kept_plan
from tests.conftest import a_database
from tests.shlink import payload

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

pytestmark = pytest.mark.browser

READER = """async (link) => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const about = JSON.parse(new TextDecoder().decode(bytes(link.split("shlink:/")[1])));
  const answer = await fetch(`${about.url}?recipient=${encodeURIComponent("A clinic")}`);
  if (!answer.ok) return { status: answer.status };
  const [header, , nonce, text, tag] = (await answer.text()).split(".");
  const key = await crypto.subtle.importKey("raw", bytes(about.key), "AES-GCM", false, ["decrypt"]);
  const sealed = new Uint8Array([...bytes(text), ...bytes(tag)]);
  const open = { name: "AES-GCM", iv: bytes(nonce), additionalData: new TextEncoder().encode(header) };
  const plain = new Blob([await crypto.subtle.decrypt(open, key, sealed)]);
  const packed = JSON.parse(new TextDecoder().decode(bytes(header))).zip === "DEF";
  const stream = packed ? plain.stream().pipeThrough(new DecompressionStream("deflate-raw")) : plain.stream();
  const bundle = await new Response(stream).json();
  const inside = bundle.entry.map((one) => one.resource);
  const paper = inside.find((one) => one.resourceType === "DocumentReference").content[0].attachment.data;
  const kinds = [...new Set(inside.map((one) => one.resourceType))];
  return { type: answer.headers.get("content-type"), kinds, paper: atob(paper).slice(0, 5) };
}"""
"""A reader of health links as a page of another site has it: the browser's own cryptography, and nothing of ours."""
READY = '<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1></html>'
PATIENCE = 30_000  # milliseconds for a paper on a busy machine
KINDS = {"Patient", "CarePlan", "ServiceRequest", "QuestionnaireResponse", "DocumentReference"}


def blank(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/html")])
    return [b"<!doctype html><title>A clinic's program</title>"]


@pytest.fixture(scope="module")
def open_site() -> Iterator[str]:
    """A site that knows its own address: links lead there."""
    pool().pdf(READY, "sheet")  # the first paper of a new renderer takes longer than a test should wait
    app = an_app(a_database(), READING_SECONDS=0)
    with running(app) as port:
        app.config["BASE_URL"] = f"http://127.0.0.1:{port}"
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Another site, with nothing on its page."""
    with running(blank) as port:  # type: ignore[arg-type]  # a WSGI application as Flask's is one
        yield f"http://127.0.0.1:{port}"


def opened(page: Page, elsewhere: str, link: str) -> dict[str, Any]:
    reader = page.context.new_page()
    reader.goto(elsewhere)
    found: dict[str, Any] = reader.evaluate(READER, link)
    reader.close()
    return found


def test_made_copied_scanned_opened_elsewhere_and_stopped(browser: Browser, open_site: str, elsewhere: str) -> None:
    context = browser.new_context(**PHONE, base_url=open_site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(a_kept_plan(goal="sport"))
    page.get_by_role("link", name="Give it to a clinic").click()
    page.get_by_role("button", name="Make a health link").click()
    expect(page.get_by_role("heading", name="Your health link")).to_be_visible(timeout=PATIENCE)
    link = page.get_by_label("The link").input_value()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link
    (seen,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".health-link .qr").screenshot())))
    assert seen.text == link
    found = opened(page, elsewhere, link)
    assert found["type"] == "application/jose" and found["paper"] == "%PDF-" and set(found["kinds"]) == KINDS | {"Goal"}
    page.get_by_role("button", name="Stop the link now").click()
    expect(page.get_by_role("button", name="Make a health link")).to_be_visible()
    assert opened(page, elsewhere, link) == {"status": 404}
    context.close()


def test_without_scripts_it_is_made_and_stopped(browser: Browser, open_site: str) -> None:
    context = browser.new_context(**PHONE, base_url=open_site, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{a_kept_plan()}/health-link")
    page.get_by_role("button", name="Make a health link").click()
    expect(page.get_by_role("heading", name="Your health link")).to_be_visible(timeout=PATIENCE)
    assert payload(page.get_by_label("The link").input_value())["url"].startswith(open_site)
    expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
    page.get_by_role("button", name="Stop the link now").click()
    expect(page.get_by_role("button", name="Make a health link")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("dark", "active")])
def test_its_page_is_sound_at_320_px_before_and_after(browser: Browser, open_site: str, scheme: Any, forced: Any) -> None:
    phone = {**PHONE, "viewport": {"width": 320, "height": 640}}
    context = browser.new_context(**phone, color_scheme=scheme, forced_colors=forced, base_url=open_site, bypass_csp=True)
    page = context.new_page()
    page.goto(f"{a_kept_plan()}/health-link")
    wrong = sound(page)
    page.get_by_role("button", name="Make a health link").click()
    expect(page.get_by_role("heading", name="Your health link")).to_be_visible(timeout=PATIENCE)
    wrong += sound(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not wrong, "\n".join(wrong)
    context.close()
