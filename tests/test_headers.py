"""Headers of every kind of response: policy, caching, cookies, limits, files, and what the start refuses."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from werkzeug.datastructures import Headers

from planner.domain.model import Library
from planner.web import downloads, public, settings
from planner.web.settings import BadSettings, from_environment
from tests.addresses import patients
from tests.conftest import HTMX, KEPT, SECRET, an_app, token
from tests.people import well
from tests.renderer import FakeRenderer
from tests.walker import Walker, at_the_end

ELSEWHERE = ["/nowhere", "/static/nothing.css"]
WITH_CAMERA = ["/kept"]
WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SITE = {"TRUSTED_HOSTS": "plan.example.org", "SECRET_KEY": SECRET, "BASE_URL": "https://plan.example.org"}


def test_every_response_has_the_policy(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    for client in (app.test_client(), at_the_end(app, library).client):
        found = {url: against_the_policy(client.get(url).headers, url in WITH_CAMERA) for url in [*patients(app), *ELSEWHERE]}
        assert {url: wrong for url, wrong in found.items() if wrong} == {}


def test_what_is_put_into_an_open_page_may_do_nothing_as_a_page_of_its_own(app: Flask, library: Library) -> None:
    walker = at_the_end(app, library)
    for url in ("/plan", "/ask/age", "/nowhere", "/about"):
        headers = walker.client.get(url, headers=HTMX).headers
        assert set(headers["Content-Security-Policy"].split("; ")) == {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}, url
        assert headers["X-Content-Type-Options"] == "nosniff" and headers["Cross-Origin-Resource-Policy"] == "same-origin", url
        assert not against_the_policy(walker.client.get(url, headers=HTMX | {"HX-History-Restore-Request": "true"}).headers), url


def test_a_file_is_what_it_says_and_for_this_site_alone(app: Flask) -> None:
    response = app.test_client().get("/static/css/base.css", expects=200)
    response.close()
    assert response.headers["X-Content-Type-Options"] == "nosniff" and response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


def against_the_policy(headers: Headers, camera: bool = False) -> list[str]:
    """What these headers lack, or have and should not. `camera`: this page has the field for a code, which a camera may read."""
    whole = headers.get("Content-Security-Policy", "")
    policy = dict(part.split(" ", 1) for part in whole.split("; ") if " " in part)
    wanted = dict.fromkeys(("default-src", "frame-ancestors", "base-uri"), "'none'")
    wanted |= dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"), "'self'")
    found = [name for name, value in WANTED.items() if headers.get(name) != value]
    found += [name for name, value in wanted.items() if policy.get(name) != value]
    found += [word for word in ("unsafe", "data:") if word in whole]
    found += [] if f"camera={'(self)' if camera else '()'}" in headers.get("Permissions-Policy", "") else ["Permissions-Policy"]
    return found + ["Strict-Transport-Security"] * ("Strict-Transport-Security" in headers)


def test_pages_with_answers_are_never_stored(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(app, library)
    for url in ("/", "/ask/age", "/answers", "/plan", "/plan.txt", "/plan.json", "/plan.pdf", "/nowhere", "/sources"):
        assert walker.client.get(url).headers["Cache-Control"] == "no-store", url
    assert app.test_client().get("/ask/age").headers["Cache-Control"] == "no-store"
    assert app.test_client().get("/").headers["Cache-Control"] == "no-cache"


def test_pages_vary_by_what_they_depend_on(app: Flask) -> None:
    for url in ("/", "/ask/age", "/nowhere"):
        vary = app.test_client().get(url).headers["Vary"]
        assert all(name in vary for name in ("HX-Request", "HX-History-Restore-Request", "Cookie", "Accept-Language"))


def test_on_localhost_cookies_are_plain_and_closed_to_scripts(app: Flask) -> None:
    client = app.test_client()
    response = client.post("/ask/age", data={"csrf_token": token(client), "age_band": "40_59"}, expects=303)
    answers = next(value for value in response.headers.getlist("Set-Cookie") if value.startswith("answers="))
    assert "HttpOnly" in answers and "SameSite=Lax" in answers and "Max-Age=86400" in answers and "Secure" not in answers


def test_on_a_site_cookies_are_secure_and_bound_to_the_host() -> None:
    client = an_app(**from_environment(SITE)).test_client()
    form = {"csrf_token": "", "age_band": "40_59"}
    where: dict[str, Any] = {"base_url": "https://plan.example.org"}
    found = client.get("/ask/age", **where)
    form["csrf_token"] = found.text.split('name="csrf_token" value="')[1].split('"')[0]
    response = client.post("/ask/age", data=form, **where, expects=303)
    assert response.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    for cookie in [*found.headers.getlist("Set-Cookie"), *response.headers.getlist("Set-Cookie")]:
        assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie
        assert "Path=/" in cookie and "Domain" not in cookie
    client.get("/ask", base_url="https://localhost", expects=400)


def test_static_files_are_kept_for_good_under_the_hash_of_their_content(app: Flask) -> None:
    client = app.test_client()
    found = [part.split('"')[0] for part in client.get("/").text.split('href="') if part.startswith("/static/") and "/fonts/" not in part]
    assert len(found) >= 4 and any(".css" in url for url in found)
    for url in found:
        response = client.get(url, expects=200)
        assert "?v=" in url or "/built/" in url, url
        assert "max-age=31536000" in response.headers["Cache-Control"] and "Access-Control-Allow-Origin" not in response.headers
        response.close()


def test_where_a_fault_may_be_told(app: Flask) -> None:
    """RFC 9116: a contact, and a day that is to come and less than a year away."""
    app.test_client().get("/.well-known/security.txt", expects=404)
    with time_machine.travel("2026-11-21 09:00Z"):
        found = an_app(SECURITY_CONTACT="mailto:security@example.org").test_client().get("/.well-known/security.txt", expects=200)
    assert found.content_type == "text/plain; charset=utf-8"
    assert found.text.startswith("Contact: mailto:security@example.org\nExpires: 2027-05-20T00:00:00Z\n")


def test_documents_come_as_files(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(app, library)
    for url, kind in (("/plan.pdf", "plan"), ("/sheet.pdf", "sheet"), ("/plan.pdf?large=1", "plan"), ("/sheet.pdf?large=1", "sheet")):
        response = walker.get(url)
        assert response.mimetype == "application/pdf" and response.data == renderer.asked[-1][1].encode()
        name = response.headers["Content-Disposition"]
        assert name.isascii() and ".pdf" in name and ("large" in name) == ("large" in url)
        assert renderer.asked[-1][0] == kind and ("large" in renderer.asked[-1][1][:200]) == ("large" in url)
    assert walker.get("/plan.txt").mimetype == "text/plain"
    assert walker.get("/plan.json").mimetype == "application/json"


def test_a_renderer_that_fails_is_a_friendly_503(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(app, library)
    walker.get("/readyz")
    renderer.broken = True
    response = walker.get("/plan.pdf", expects=503)
    assert KEPT in response.text
    walker.get("/plan")
    walker.get("/healthz")
    walker.get("/readyz", expects=503)


def test_documents_begin_when_the_last_question_is_answered(library: Library, renderer: FakeRenderer) -> None:
    at_the_end(an_app(TESTING=False), library)
    assert [kind for kind, *_ in renderer.ahead] == ["plan", "sheet"] and renderer.asked == []


def test_no_document_begins_for_someone_who_must_stop(library: Library, renderer: FakeRenderer) -> None:
    walker = Walker(an_app(TESTING=False).test_client(), library, well(library, rf_saddle="yes"))
    assert walker.walk() == "/stop" and renderer.ahead == []


def test_a_fault_while_beginning_documents_loses_no_answer(
    library: Library, renderer: FakeRenderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("goal_words: my secret")

    monkeypatch.setattr(renderer, "draw_ahead", broken)
    assert at_the_end(an_app(TESTING=False), library).get("/plan").status_code == 200


@pytest.mark.parametrize("storage", ["memory://", "redis://127.0.0.1:1/0?socket_connect_timeout=0.2"])
def test_documents_are_limited_also_when_redis_is_down(
    library: Library, renderer: FakeRenderer, counting: dict[str, Any], storage: str
) -> None:
    walker = at_the_end(an_app(**{**counting, "RATELIMIT_STORAGE_URI": storage}), library)
    codes = [walker.client.get("/plan.pdf").status_code for _ in range(32)]
    assert codes == [200] * 30 + [429] * 2
    page = walker.get("/plan.pdf", expects=429)
    assert KEPT in page.text
    walker.get("/plan")


def test_addresses_come_from_as_many_proxies_as_are_trusted() -> None:
    for trusted, seen in (("0", "127.0.0.1"), ("1", "192.0.2.7")):
        app = an_app(**from_environment({"TRUSTED_PROXIES": trusted, "SECRET_KEY": SECRET}))
        found: list[str] = []

        @app.before_request
        def note(found: list[str] = found) -> None:
            from flask import request

            found.append(request.remote_addr or "")

        app.test_client().get("/about", headers={"X-Forwarded-For": "198.51.100.1, 192.0.2.7", "X-Forwarded-Host": "evil.test"})
        assert found == [seen]


@pytest.mark.parametrize(
    "environment",
    [
        {"TRUSTED_HOSTS": "plan.example.org"},
        {**SITE, "SECRET_KEY": "short"},
        {"BACKPLAN_COUNTRY": "XX"},
        {"TRUSTED_PROXIES": "many"},
        {"TRUSTED_HOSTS": "plan.example.org", "SECRET_KEY": SECRET},
        {**SITE, "BASE_URL": "plan.example.org"},
        {**SITE, "BASE_URL": "https://plan.example.org/backplan"},
        {**SITE, "BASE_URL": "https://plan.example.org?x"},
        {**SITE, "KEEP_SECRET": "short"},
        {**SITE, "KEEP_SECRET_FALLBACKS": f"{SECRET},short"},
        {**SITE, "KEEP_MONTHS": "never"},
        {**SITE, "DATABASE_URL": "mysql://localhost/plans"},
        {**SITE, "DATABASE_URL": "sqlite://"},
    ],
)
def test_the_start_is_refused_with_one_line(environment: dict[str, str]) -> None:
    with pytest.raises(BadSettings) as refused:
        settings.check(from_environment(environment))
    assert "\n" not in str(refused.value) and str(refused.value)


def test_settings_have_careful_defaults() -> None:
    found = from_environment({})
    assert found["COUNTRY"] == "other" and found["MAX_CONTENT_LENGTH"] == 65536 and not found["SECURE"]
    assert len(found["SECRET_KEY"]) >= 32 and found["SECRET_KEY"] != from_environment({})["SECRET_KEY"]
    assert downloads.WAIT_SECONDS < 30 and public.PUBLIC_PAGES


def test_too_many_papers_at_once_are_a_page_that_leads_back(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(app, library)
    renderer.busy = True
    for url in ("/plan.pdf", "/sheet.pdf?large=1", "/plan.zip"):
        page = walker.get(url, expects=503)
        assert page.headers["Retry-After"] == "5" and 'data-trouble="busy"' in page.text
        assert f'href="{url}"' in page.text and 'href="/plan"' in page.text
    assert walker.get("/plan.txt").status_code == 200


def test_papers_are_forgotten_with_the_answers_they_were_drawn_for(library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(an_app(TESTING=False), library)
    (draft,) = {draft for _, _, draft in renderer.ahead}
    walker.get("/plan.pdf")
    assert renderer.drafts == [draft] and draft not in renderer.taken_back
    walker.get("/ask/goal")
    walker.post("/ask/goal", {"goal": "work"})
    assert renderer.taken_back == [draft]
    renderer.taken_back.clear()
    walker.get("/clear")
    walker.post("/clear", how="at once")
    assert len(renderer.taken_back) == 1 and draft not in renderer.taken_back  # that of the answers as they were then
