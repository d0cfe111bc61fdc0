"""The pages for thoughts of self-harm and for children, in every country. Source: clinical safety 4.2 and 4.3."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from planner.domain.model import Library
from tests.by_country import CHILD, DANGER, EMERGENCY, TABLE, THOUGHTS, URGENT, more_of, page_words, person_at, read_by
from tests.keeping_web import kept_with
from tests.people import well

ROWS = pytest.mark.parametrize("country", list(TABLE))
OF_BACKS = re.compile(r"\b(backs?|packs?|packet|massages?|exercises?|slip|tablets as usual|usual medicines|moving)\b", re.I)


@ROWS
@pytest.mark.parametrize("answers", [THOUGHTS, DANGER], ids=["thoughts", "danger"])
def test_thoughts_of_self_harm_have_a_list_of_their_own(app: Flask, library: Library, country: str, answers: dict[str, Any]) -> None:
    row = TABLE[country]
    for where, found in read_by(app, library, country, **answers).items():
        page = found.partition("Your answers stay in")[0].replace("Backplan", "")
        assert not OF_BACKS.search(page), (where, OF_BACKS.search(page))
        for wanted in (row.emergency, row.crisis, library.countries[country].hospital, *more_of(row, "crisis")):
            assert wanted in page, (where, wanted)
        for wanted in (
            "Thank you for telling us. You do not have to handle this alone.",
            "Stay with someone",
            "Leave alcohol and drugs alone.",
        ):
            assert wanted in page, (where, wanted)
        for wanted in ("keep tablets, and anything you could use, away", "Tell your doctor too.", "We tell nobody what you answered."):
            assert wanted in page, (where, wanted)
        if row.crisis:
            first = page.index("If you might act on it") < page.index(f"{row.crisis} now")
            assert first == (answers is DANGER), where


@ROWS
def test_in_danger_the_first_button_is_the_emergency_number(app: Flask, library: Library, country: str) -> None:
    rings = {
        name: re.findall(r'href="tel:([^"]+)"', person_at(app, library, well(library, country=country, **answers)).get("/stop").text)
        for name, answers in (("thoughts", THOUGHTS), ("danger", DANGER))
    }
    emergency = TABLE[country].emergency.split(" or ")[0]
    crisis = re.sub(r"[^0-9]", "", TABLE[country].crisis)
    wanted = [one for one in (emergency if emergency.isdigit() else "", crisis) if one]
    assert rings["danger"] == wanted and rings["thoughts"] == wanted[::-1]


def test_there_is_no_slip_for_thoughts_of_self_harm(app: Flask, library: Library) -> None:
    client = person_at(app, library, well(library, country="GB", **THOUGHTS))
    assert "/slip" not in client.get("/stop").text and client.get("/slip", expects=303).location == "/stop"
    person_at(app, library, well(library, country="GB", **EMERGENCY)).get("/slip", expects=200)


def test_what_else_a_person_in_danger_ticked_is_not_lost(app: Flask, library: Library) -> None:
    for where, found in read_by(app, library, "GB", **DANGER, **EMERGENCY).items():
        assert "Thank you for telling us" in found and "lost feeling between my legs" in found, where
    for where, found in read_by(app, library, "GB", **THOUGHTS, **EMERGENCY).items():
        assert "999" in found and "Samaritans 116 123" in found and "lost feeling between my legs" in found, where


@ROWS
def test_a_child_has_a_line_whatever_else_is_wrong(app: Flask, library: Library, country: str) -> None:
    row = TABLE[country]
    for more in ({}, URGENT, EMERGENCY):
        for where, found in read_by(app, library, country, **CHILD, **more).items():
            assert "We have no plan for people under 16." in found and f"call {row.child or row.emergency}" in found, (where, more)
            assert f"In danger now: {row.emergency}" in found, (where, more)
            if more == EMERGENCY:
                assert found.index(row.emergency) < found.index("We have no plan for people under 16."), where
            for wanted in more_of(row, "child"):
                assert wanted in found, (where, more)


def test_a_kept_plan_that_stops_today_has_the_same_page(app: Flask, library: Library) -> None:
    """Their answers were no stop when they were kept, or else they would not have been."""
    for answers, wanted in (
        (DANGER, "Thank you for telling us."),
        (EMERGENCY, "While you wait"),
        (CHILD, "We have no plan for people under 16."),
    ):
        url = kept_with(app, library, **{**well(library), **answers})
        page = page_words(app.test_client().get(url, expects=200).text)
        assert wanted in page and TABLE["other"].emergency in page and "The numbers are for: Somewhere else." in page
        body = page.partition("The numbers are for")[0]
        assert answers is not DANGER or not OF_BACKS.search(body)
        assert ("What to say on the phone" in page) == (answers is EMERGENCY)
