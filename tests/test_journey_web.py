"""Journeys through the pages: plain and with htmx, back and forth, in two tabs, and into a stop."""

from __future__ import annotations

import json
import random
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.domain.journey import Journey, ask_order
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.as_json import to_json
from planner.web.patient.your_answers import sections
from tests.addresses import patients
from tests.conftest import Post, token
from tests.people import anybody, as_offered, well
from tests.renderer import FakeRenderer
from tests.walker import FormReader, Walker, at_the_end


def plan_of(walker: Walker) -> Any:
    return json.loads(walker.get("/plan.json").data)


@pytest.mark.parametrize("seed", range(12))
def test_plain_and_htmx_end_in_the_same_plan_as_the_domain(app: Flask, library: Library, seed: int) -> None:
    answers = as_offered(library, anybody(library, random.Random(seed)))
    ends: list[tuple[str, list[str], Any]] = []
    for htmx in (False, True):
        walker = Walker(app.test_client(), library, answers, htmx=htmx)
        end = walker.walk()
        assert ("<html" in walker.page.text) != htmx
        ends.append((end, walker.seen, plan_of(walker) if end == "/plan" else None))
    assert ends[0] == ends[1]
    truth = Journey(library, answers)
    assert ends[0][0] == ("/stop" if truth.triage.no_plan else "/plan")
    if not truth.triage.no_plan:
        plan = build(library, truth.reachable, on=date.today(), country=answers["country"])
        assert ends[0][2] == json.loads(json.dumps(to_json(plan, library)))


def test_a_press_that_htmx_sent_gets_the_next_page_at_once(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library), htmx=True)
    walker.follow("/ask")
    menus = []
    while walker.url != "/plan":
        before = walker.page
        walker.step()
        assert walker.page is not before and walker.page.status_code == 200 and walker.page.request.method == "POST"
        assert ("answers=" in str(walker.page.headers.getlist("Set-Cookie"))) and "no-store" in walker.page.headers["Cache-Control"]
        menus.append('id="site"' in walker.page.text)
    assert menus[0] and not any(menus[1:]), "the menu changes with the first answer, and then it is there"
    assert walker.get("/answers").status_code == 200 and 'id="site"' in walker.page.text


def test_a_page_that_fails_after_a_press_costs_no_answer(app: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = Walker(app.test_client(), library, well(library), htmx=True)
    walker.walk(until="/ask/practical")
    monkeypatch.setitem(app.view_functions, "plans.show_plan", lambda: 1 / 0)
    data = FormReader(walker.page.text).filled(library, walker.answers)
    assert walker.client.post(walker.url, data=data, headers=walker.headers, expects=303).location == "/plan"
    monkeypatch.undo()
    walker.get("/plan")


def test_a_stopped_person_never_sees_a_line_of_a_plan(app: Flask, library: Library) -> None:
    stopped = [(one.id, option.id) for one in library.questions.values() for option in one.options if stops(library, one.id, option.id)]
    assert len(stopped) > 10
    for question, option in stopped:
        kind = library.questions[question].kind
        answers = well(library, **{question: (option,) if kind == "many" else option})
        walker = Walker(app.test_client(), library, answers)
        assert walker.walk() == "/stop", question
        for url in ("/plan", "/plan.pdf", "/sheet.pdf", "/plan.txt", "/plan.json"):
            assert walker.get(url, expects=303).location == "/stop"
        assert "data-line" not in walker.page.text
        walker.get("/slip")


def stops(library: Library, question: str, option: str) -> bool:
    """True when this one answer, on a well person who is asked it, stops the plan."""
    value: Any = (option,) if library.questions[question].kind == "many" else option
    journey = Journey(library, well(library, **{question: value}))
    return question in journey.asked and journey.triage.no_plan


def test_first_open_question_is_where_deep_links_lead(client: FlaskClient, library: Library) -> None:
    first = f"/ask/{library.pages[0].id}"
    steps = [page.id for page in library.pages[1:]] + [question.id for question in ask_order(library)]
    assert client.get("/ask", expects=303).location == first
    for url in ["/answers", "/plan", "/plan.pdf", "/plan.json", "/stop", "/slip", *(f"/ask/{step}" for step in steps)]:
        assert client.get(url, expects=303).location == f"{first}?empty", f"{url}: the page says why it is there"


def test_back_refresh_and_double_submit_change_nothing(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library))
    walker.walk(until="/ask/where")
    before = walker.client.get_cookie("answers")
    previous = walker.seen[-1]
    walker.get(previous)
    walker.get(previous)
    assert walker.url == previous and before == walker.client.get_cookie("answers")
    data = FormReader(walker.page.text).filled(library, walker.answers)
    for _ in range(2):
        assert walker.post(previous, data).location == "/ask/where"
    assert walker.walk() == "/plan"


def test_two_tabs_the_last_word_on_each_question_counts(app: Flask, library: Library) -> None:
    browser = app.test_client()
    one, two = Walker(browser, library, well(library)), Walker(browser, library, well(library, duration="4to12w"))
    one.walk(until="/ask/duration")
    two.follow("/ask/duration")
    one.step()
    two.step()
    assert one.walk() == "/plan"
    wanted = build(library, Journey(library, well(library, duration="4to12w")).reachable, on=date.today())
    assert plan_of(one)["tokens"] == list(wanted.tokens)


def test_a_change_asks_what_it_makes_necessary_and_comes_back(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library))
    walker.walk()
    walker.answers = well(library, activity="athlete")
    walker.get("/ask/day")
    walker.step()
    assert walker.url == "/ask/training"
    assert walker.get("/plan", expects=303).location == "/ask/training"
    assert walker.walk() == "/plan"
    walker.get("/plan")


def test_a_flag_found_late_stops_at_once_and_unticking_goes_on(app: Flask, library: Library) -> None:
    well_person = well(library)
    walker = Walker(app.test_client(), library, well_person)
    walker.walk()
    walker.answers = well(library, rf_aaa="sudden_severe")
    walker.get("/ask/safety1")
    walker.step()
    assert walker.url == "/ask/more-1"
    walker.step()
    assert walker.url == "/stop" and walker.get("/plan", expects=303).location == "/stop"
    walker.get("/ask/rf_aaa")
    assert 'was" name="rf_aaa" value="sudden_severe"' in walker.page.text
    walker.answers = well_person
    walker.get("/ask/safety1")
    walker.step()
    assert walker.url == "/plan"
    walker.get("/plan")


def test_a_stop_in_the_middle_lets_nobody_go_further(app: Flask, library: Library) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_saddle="yes"))
    assert walker.walk() == "/stop" and walker.seen == ["/ask/age", "/ask/safety1"], "a tick that is an emergency is not asked twice"
    for page in library.pages[2:]:
        assert walker.get(f"/ask/{page.id}", expects=303).location == "/stop"
    walker.get("/ask/safety1")


def test_the_last_page_of_a_second_tab_still_counts_after_a_stop(app: Flask, library: Library) -> None:
    browser = app.test_client()
    walker = Walker(browser, library, well(library, rf_aaa="sudden_severe", rf_trauma="major"))
    assert walker.walk() == "/stop"
    assert library.questions["rf_trauma"].tick in walker.page.text
    sent = browser.post("/ask/rf_trauma", data={"csrf_token": token(browser, "/ask/safety1"), "rf_trauma": "major"})
    assert sent.headers["Location"] == "/stop"
    assert library.questions["rf_trauma"].short in browser.get("/answers").text


def test_no_answer_repeats_the_name_of_its_question(app: Flask, library: Library) -> None:
    """Of anybody's answers, whatever they are; of what makes it worse each thing is named alone."""
    browser = app.test_client()
    rng = random.Random(7)
    people = [anybody(library, rng) for _ in range(30)]
    for person in [well(library, worse_with=("sitting", "bending")), *people]:
        with app.test_request_context():
            found = sections(Journey(library, person))
        rows = [row for _heading, part in found for row in part]
        assert [row for row in rows if row.answer.lower().startswith(f"{row.name.lower()} ")] == []
    walker = Walker(browser, library, well(library, worse_with=("sitting", "bending")))
    walker.walk()
    assert re.search(r"<dt>Worse with</dt><dd>sitting, bending</dd>", walker.get("/answers").text)


@pytest.mark.parametrize("url", ["/stop", "/country"])
def test_the_country_chosen_on_the_stop_page_holds_until_another_is_chosen(app: Flask, library: Library, url: str) -> None:
    walker = Walker(app.test_client(), library, well(library, rf_saddle="yes"))
    walker.walk()
    assert "your local emergency number" in walker.page.text and "999" not in walker.page.text, "nobody's number is guessed"
    for country in ("US", "IE"):
        assert walker.post(url, country=country).location == "/stop"
        assert f'value="{country}" selected' in walker.get("/stop").text


SUGGESTED = [  # clinical safety 4.4: the region alone, or one of the languages that need none
    *(("en-US,en", "911"), ("en-GB", "999"), ("en-AU", "000"), ("en-NZ", "111"), ("zh-HK", "999"), ("en-SG", "995")),
    *(
        ("cy", "999"),
        ("gd", "999"),
        ("mi", "111"),
        ("hi", "112"),
        ("af", "112"),
        ("zu", "112"),
        ("xh", "112"),
        ("ja", "119"),
    ),
]


@pytest.mark.parametrize(("language", "number"), SUGGESTED)
def test_the_browsers_language_suggests_the_country(client: FlaskClient, language: str, number: str) -> None:
    assert f"tel:{number}" in client.get("/", headers={"Accept-Language": language}).text


@pytest.mark.parametrize("language", ["", "en", "xx", "en-XX", "de-419", "x" * 8000, f"en-GB-{'x' * 8000}", "en-GB;q=0", "*"])
def test_an_unknown_region_gets_no_number_of_any_country(client: FlaskClient, language: str) -> None:
    page = client.get("/", headers={"Accept-Language": language}).text
    assert "tel:" not in page and "999" not in page


def test_get_never_writes(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_the_end(app, library)
    for url in patients(app):
        assert not walker.client.get(url).headers.getlist("Set-Cookie"), url


def test_nobody_gets_a_cookie_before_the_first_form(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    stranger = app.test_client(use_cookies=False)
    assert [url for url in patients(app) if stranger.get(url).headers.getlist("Set-Cookie")] == [f"/ask/{library.pages[0].id}"]


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(app: Flask, library: Library, post: Post) -> None:
    walker = Walker(app.test_client(), library, well(library))
    walker.walk(until="/ask/pain")
    response = walker.post("/ask/pain", expects=422, peg_p="7")
    assert 'id="peg_p-7" checked' in response.text and 'href="#peg_e-0"' in response.text
    assert library.questions["peg_e"].short in response.text
    assert walker.follow("/ask").request.path == "/ask/pain"
