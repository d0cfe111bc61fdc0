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
from planner.web.public import PUBLIC_PAGES
from tests.people import well
from tests.pseudo import PSEUDO, untranslated

PEOPLE: list[dict[str, Any]] = [
    {"goal": "walking", "stress": "high", "health": ("anticoagulant", "diabetes"), "minutes": "20"},
    {"rf_bladder_bowel": "yes"},
    {"health": ("fever_or_contagious",), "known": ("stenosis",)},
]


def test_a_language_is_offered_once_nothing_in_it_is_missing_or_doubtful(pseudo: Library) -> None:
    assert PSEUDO in translate.offered()
    catalogue = translate.catalogue_for(PSEUDO)
    assert catalogue
    message = next(one for one in catalogue if one.id and isinstance(one.string, str))
    message.flags.add("fuzzy")
    assert PSEUDO not in translate.offered()
    message.flags.discard("fuzzy")
    assert PSEUDO in translate.offered()
    message.string = ""
    assert PSEUDO not in translate.offered()


@pytest.mark.parametrize("person", PEOPLE)
def test_documents_and_text_in_a_pseudo_language(pseudo: Library, person: dict[str, Any]) -> None:
    plan = build(pseudo, well(pseudo, **person), on=date(2026, 11, 21), lang=PSEUDO)
    for html in (documents.plan_html(plan, pseudo), documents.sheet_html(plan, pseudo), documents.page_html(plan, pseudo)):
        assert untranslated(html, pseudo) == []
    with translate.using_language("en"):
        assert untranslated(make(plan, pseudo, "text").decode(), pseudo) == []


@pytest.mark.parametrize("path", ["/", "/ask/safety1", "/nowhere", *(f"/{name}" for name in PUBLIC_PAGES if name != "sources")])
def test_pages_in_a_pseudo_language(pseudo: Library, app: Flask, path: str) -> None:
    page = app.test_client().get(path).get_data(as_text=True)
    assert untranslated(page[page.index("<main") :], pseudo) == []
