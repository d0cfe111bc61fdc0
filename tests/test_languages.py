"""Ready for other languages: a pseudo-language proves that no page, document or command prints an untranslated sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.domain.plan import build
from planner.languages import translate
from planner.outputs import documents
from planner.outputs.forms import make
from tests.addresses import public_pages
from tests.people import well
from tests.pseudo import PSEUDO, untranslated

PEOPLE: list[dict[str, Any]] = [
    {"goal": "walking", "stress": "high", "health": ("anticoagulant", "diabetes"), "minutes": "20"},
    {"rf_bladder_bowel": "yes"},
    {"health": ("fever_or_contagious",), "known": ("stenosis",)},
]


@pytest.mark.parametrize("person", PEOPLE)
def test_documents_and_text_in_a_pseudo_language(pseudo: Library, person: dict[str, Any]) -> None:
    plan = build(pseudo, well(pseudo, **person), on=date(2026, 11, 21), lang=PSEUDO)
    for html in (documents.plan_html(plan, pseudo), documents.sheet_html(plan, pseudo), documents.page_html(plan, pseudo)):
        assert untranslated(html, pseudo) == []
    with translate.using_language("en"):
        assert untranslated(make(plan, pseudo, "text").decode(), pseudo) == []


def test_pages_in_a_pseudo_language(pseudo: Library, app: Flask) -> None:
    for url in [*public_pages(app), "/nowhere"]:
        page = app.test_client().get(url).text
        assert untranslated(page[page.index("<main") :], pseudo) == [], url
