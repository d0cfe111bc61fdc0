"""What people and programs send by mistake or on purpose: nothing breaks, nothing is lost, nothing is believed."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.answers import TICKED
from planner.domain.model import Library
from planner.web.draft import Draft, store
from planner.web.render import page
from tests.conftest import HTMX, KEPT, Post, an_app, cookie, token
from tests.people import well
from tests.walker import Walker

RESTORE = HTMX | {"HX-History-Restore-Request": "true"}
NASTY = ["<script>alert(1)</script>", "{{7*7}}", "a\0b", "\u202e", "٣", "1e3", "-0", "NaN", "10" * 6, "11", "__proto__", "../../x", ""]


def at(app: Flask, library: Library, url: str, **changes: Any) -> Walker:
    """A person who has come as far as `url`."""
    walker = Walker(app.test_client(), library, well(library, **changes))
    assert walker.walk(until=url) == url
    return walker


@pytest.mark.parametrize("url", ["/ask/nope", "/ask/rf_nope", "/ask/<script>", "/ask/a%00b", "/ask/..%2f..", "/ask/" + "x" * 3000, "/x"])
def test_unknown_ids_are_not_found(client: FlaskClient, post: Post, url: str) -> None:
    client.get(url, expects=404)
    post(url, {"rf_saddle": "yes"}, expects=404)
    assert client.get_cookie("answers") is None


@pytest.mark.parametrize("value", NASTY)
@pytest.mark.parametrize("url", ["/ask/age", "/ask/pain", "/ask/where", "/ask/practical"])
def test_a_value_not_offered_comes_back_as_the_same_page(app: Flask, library: Library, url: str, value: str) -> None:
    walker = at(app, library, url)
    questions = [name for one in library.pages if f"/ask/{one.id}" == url for name in one.questions]
    before = walker.client.get_cookie("answers")
    response = walker.post(url, dict.fromkeys(questions, value), expects=422)
    assert 'id="oops-title"' in response.text
    assert "<script>alert" not in response.text and "49" not in response.text.split("</title>")[0]
    assert walker.client.get_cookie("answers") == before


def test_a_list_where_one_value_is_due_is_refused(app: Flask, library: Library) -> None:
    walker = at(app, library, "/ask/duration")
    walker.post("/ask/duration", {"duration": ["lt4w", "gt12w"]}, expects=422)
    walker.post("/ask/duration", {"duration[]": "lt4w"}, expects=422)
    walker.post("/ask/duration", {"duration": "lt4w"})


def test_none_of_these_stands_alone(app: Flask, library: Library) -> None:
    walker = at(app, library, "/ask/where")
    response = walker.post("/ask/where", expects=422, areas=["none", "low_back"], leg_symptoms="none")
    assert response.text.count(" checked") >= 2


@pytest.mark.parametrize(
    "data",
    [{}, {"tick": "rf_nope"}, {"tick": ["rf_saddle", "x"]}, {"tick": "rf_saddle", "none": "1"}, {"rf_saddle": "no"}, {"tick": "known"}],
)
def test_a_page_of_ticks_takes_a_clear_word_only(app: Flask, library: Library, data: dict[str, Any]) -> None:
    walker = at(app, library, "/ask/safety1")
    before = walker.client.get_cookie("answers")
    response = walker.post("/ask/safety1", data, expects=422)
    assert 'id="tick-error"' in response.text
    assert ("rf_saddle" in data.get("tick", "")) == ('id="tick-rf_saddle" checked' in response.text)
    assert walker.client.get_cookie("answers") == before


def test_a_list_tick_page_refuses_other_options(app: Flask, library: Library) -> None:
    walker = at(app, library, "/ask/applies")
    for data in ({"health": ["asthma_scent", "nope"]}, {"tick": "health"}):
        walker.post("/ask/applies", data, expects=422)
    walker.post("/ask/applies", {"health": ["asthma_scent"]})


def test_own_words_are_cleaned_kept_and_escaped(app: Flask, library: Library) -> None:
    walker = at(app, library, "/ask/goal")
    words = "carry\0 <b>my</b> {{7*7}} \u202ecat %(x)s"
    too_long = walker.post("/ask/goal", expects=422, goal="sitting", goal_words="ä" * 81)
    assert "ä" * 81 in too_long.text and 'was" name="goal" value="sitting"' in too_long.text
    walker.post("/ask/goal", {"goal": "sitting", "goal_words": words})
    assert walker.walk() == "/plan"
    for url in ("/answers", "/plan"):
        text = walker.get(url).text
        assert "carry &lt;b&gt;my&lt;/b&gt; {{7*7}} cat %(x)s" in text
    assert "\0" not in walker.get("/plan.json").text


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_ten_megabytes_are_refused_at_once_and_answers_stay(app: Flask, library: Library, kind: str) -> None:
    walker = at(app, library, "/ask/goal")
    before = walker.client.get_cookie("answers")
    part = b'--x\r\nContent-Disposition: form-data; name="goal_words"\r\n\r\n'
    body = (part if "multipart" in kind else b"goal_words=") + b"x" * 10_000_000
    start = time.perf_counter()
    response = walker.client.post("/ask/goal", data=body, content_type=kind, expects=413)
    assert KEPT in response.text
    assert time.perf_counter() - start < 2
    assert walker.client.get_cookie("answers") == before


def test_thousands_of_unknown_keys_change_nothing(app: Flask, library: Library) -> None:
    walker = at(app, library, "/ask/age")
    data = {f"k{n}": "1" for n in range(4000)} | {"age_band": "40_59", "_method": "DELETE", "rf_saddle": "yes"}
    assert walker.post("/ask/age", data).location == "/ask/safety1"


def test_steps_out_of_order_lead_to_the_first_open_page(app: Flask, library: Library, post: Post, client: FlaskClient) -> None:
    for url, data in (
        ("/ask/goal", {"goal": "sitting"}),
        ("/ask/rf_cancer", {"rf_cancer": "current"}),
        ("/ask/safety1", {"none": "1"}),
    ):
        assert post(url, data).location == "/ask/age?empty"
    assert client.get_cookie("answers") is None


@pytest.mark.parametrize("url", ["/ask/safety1", "/clear", "/stop", "/country"])
@pytest.mark.parametrize("sent", [{}, {"csrf_token": "x"}, {"csrf_token": ""}])
def test_a_form_without_its_token_is_a_friendly_400(client: FlaskClient, url: str, sent: dict[str, str]) -> None:
    client.get("/ask/safety1")
    response = client.post(url, data={"none": "1", "country": "US", **sent}, expects=400)
    assert 'data-code="403"' in response.text
    assert client.get_cookie("answers") is None


def test_a_token_of_another_browser_is_refused(app: Flask) -> None:
    theirs = token(app.test_client())
    mine = app.test_client()
    token(mine)
    mine.post("/ask/safety1", data={"none": "1", "csrf_token": theirs}, expects=400)


def test_without_cookies_the_first_answer_says_so(app: Flask) -> None:
    blocked = app.test_client(use_cookies=False)
    response = blocked.post("/ask/safety1", data={"none": "1", "csrf_token": token(blocked)}, expects=400)
    assert 'data-code="403"' in response.text


@pytest.mark.parametrize(
    "spoil", [lambda value: value[:-3] + "abc", lambda value: "x" + value, lambda value: value[:40], lambda _: "a.b.c"]
)
def test_a_tampered_cookie_is_an_empty_draft_that_says_so(app: Flask, library: Library, spoil: Any) -> None:
    walker = at(app, library, "/ask/where")
    walker.client.set_cookie("answers", spoil(cookie(walker.client, "answers")))
    for url in ("/plan", "/ask", "/ask/where", "/answers", "/stop"):
        assert "gone from this browser" in walker.get(url, expects=410).text
    assert walker.post("/begin").location == "/ask"
    assert walker.walk() == "/plan"


def test_a_cookie_signed_with_another_key_is_nothing(library: Library) -> None:
    walker = at(an_app(), library, "/ask/where")
    other = an_app(SECRET_KEY="another secret of more than 32 characters!").test_client()
    other.set_cookie("answers", cookie(walker.client, "answers"))
    assert "gone from this browser" in other.get("/answers", expects=410).text


@pytest.mark.parametrize("headers", [HTMX, RESTORE, {"HX-Request": "<x>", "HX-Target": "<script>"}])
def test_a_forged_htmx_header_changes_the_frame_only(app: Flask, library: Library, headers: dict[str, str]) -> None:
    walker = at(app, library, "/ask/where")
    for url in ("/", "/ask/where", "/answers", "/sources", "/nowhere"):
        response = walker.client.get(url, headers=headers)
        assert ("<html" in response.text) == (headers is not HTMX)
        assert "HX-Request" in response.headers["Vary"] and "<script>" not in response.text


def test_the_largest_draft_fits_a_cookie(app: Flask, library: Library) -> None:
    """Every option of every question ticked, the longest word chosen, and own words that no compressor can shorten."""
    full: dict[str, Any] = {}
    for question in library.questions.values():
        ids = [option.id for option in question.options]
        many = question.kind in ("many", "areas")
        full[question.id] = tuple(one for one in ids if one != question.none) if many else max(ids, key=len) if ids else 10
    free = [question for question in library.questions.values() if question.own_words]
    full |= {one.own_words: "".join(chr(0x1F300 + 37 * n % 700) for n in range(one.own_words_max)) for one in free}
    longest = 0
    ticked: dict[str, Any] = dict.fromkeys(full, TICKED)
    for answers in (full, ticked, full | {one.id: one.default for one in library.questions.values()}):
        with app.test_request_context():
            response = store(page("about.html"), Draft(answers))
        longest = max(longest, len(response.headers["Set-Cookie"]))
    assert 500 < longest < 2000


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_at_every_address(app: Flask, method: str) -> None:
    """So there is one door for changes, a POST with a token. An address for forms alone gives no page either."""
    client = app.test_client()
    rules = list(app.url_map.iter_rules())
    pages = {rule.rule for rule in rules if "GET" in (rule.methods or ())}
    assert len(rules) > 100
    for rule in rules:
        url = re.sub(r"<[^>]+>", "x", rule.rule)
        response = client.open(url, method=method, data={"none": "1"})
        assert response.status_code == 405 if "<" not in rule.rule else response.status_code in (404, 405), rule
        assert rule.rule in pages or client.get(url).status_code in (404, 405), rule


def test_a_country_that_is_not_there_is_refused(post: Post, client: FlaskClient) -> None:
    for value in ("", "XX", "gb", "<script>"):
        post("/country", {"country": value}, expects=422)
    assert client.get_cookie("answers") is None


def test_a_foreign_host_is_refused(client: FlaskClient) -> None:
    response = client.get("/ask", headers={"Host": "evil.test"}, expects=400)
    assert "evil.test" not in response.text
