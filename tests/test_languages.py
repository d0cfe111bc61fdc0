"""Ready for other languages: a pseudo-language proves that no page, document or command prints an untranslated sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import date
from typing import Any, get_type_hints

import pytest
from babel.messages.catalog import Catalog
from flask import Flask

from planner.domain.model import Library
from planner.domain.plan import build
from planner.domain.terms import Text, Verbatim
from planner.languages import extract, translate
from planner.library.reader import load
from planner.outputs import documents, words
from planner.outputs.forms import make
from tests.addresses import public_pages
from tests.people import well
from tests.pseudo import PSEUDO, untranslated

PEOPLE: list[dict[str, Any]] = [
    {"goal": "walking", "stress": "high", "health": ("anticoagulant", "diabetes"), "minutes": "20"},
    {"rf_bladder_bowel": "yes"},
    {"health": ("fever_or_contagious",), "known": ("stenosis",)},
]


def test_dates_lists_and_days_are_written_as_in_the_language() -> None:
    day, some = date(2026, 11, 28), ["a", "b", "c"]
    said = (words.date_text(day), words.listed(some), words.listed(some[:2]), words.listed(some[:1]), words.listed([]))
    assert said == ("28 November 2026", "a, b and c", "a and b", "a", "")
    assert (words.day_name(0), words.day_short(0), words.day_letter(6)) == ("Monday", "Mon", "S")
    with translate.using_language("de"):
        assert (words.date_text(day), words.listed(some), words.day_name(6)) == ("28. November 2026", "a, b und c", "Sonntag")


def test_a_catalogue_is_asked_by_place_and_by_number() -> None:
    catalogue = Catalog(locale="pl")
    catalogue.add("Back", "Powrót")
    catalogue.add("Back", "Plecy", context="questions.areas.ask")
    catalogue.add(("%(n)d day", "%(n)d days"), ("%(n)d dzień", "%(n)d dni", "%(n)d dnia"))
    catalogue.add("Doubtful", "Niepewne", flags=["fuzzy"])
    with translate.installed("pl", catalogue), translate.using_language("pl"):
        assert [translate.gettext(one) for one in ("Back", "", "Not there", "Doubtful")] == ["Powrót", "", "Not there", "Doubtful"]
        assert translate.translations_for("pl").pgettext("questions.areas.ask", "Back") == "Plecy"
        assert [translate.ngettext("%(n)d day", "%(n)d days", n) % {"n": n} for n in (1, 2, 5)] == ["1 dzień", "2 dni", "5 dnia"]
        assert [translate.ngettext("one", "many", n) for n in (1, 2)] == ["one", "many"]
        assert translate.gettext("%(n)d day") == "%(n)d dzień", "said without a number where another place counts"
    assert translate.gettext("Back") == "Back"


def test_a_language_is_offered_once_nothing_in_it_is_missing_or_doubtful(pseudo: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PSEUDO in translate.offered()
    catalogue = translate.catalogue_for(PSEUDO)
    assert catalogue
    message = next(one for one in catalogue if one.id and isinstance(one.string, str))
    message.flags.add("fuzzy")
    assert PSEUDO not in translate.offered()
    message.flags.discard("fuzzy")
    assert PSEUDO in translate.offered()
    monkeypatch.setattr(message, "string", "")  # back again afterwards: the catalogue serves every test
    assert PSEUDO not in translate.offered()


@dataclass(frozen=True)
class Poultice:
    id: str
    title: Text
    herb: str = ""
    book: Verbatim = ""
    steps: tuple[Text, ...] = ()
    uses: Mapping[str, Text] = field(default_factory=dict)
    inside: tuple[Poultice, ...] = ()


POULTICE = Poultice(
    "warm", "Warm one", "two words", "A Book", ("Warm it.", "Lay it on."), {"day": "by day"}, (Poultice("cold", "Cold one"),)
)


def test_text_is_what_its_class_marks_as_text() -> None:
    assert dict(extract.content_strings(POULTICE, "poultices")) == {
        "poultices.title": "Warm one",
        "poultices.steps[0]": "Warm it.",
        "poultices.steps[1]": "Lay it on.",
        "poultices.uses.day": "by day",
        "poultices.inside[cold].title": "Cold one",
    }


def test_every_sentence_of_the_content_is_marked() -> None:
    """A field that holds words must be `Text`, or `Verbatim` with a reason; else they are never translated."""
    assert set(unmarked(POULTICE)) == {"Poultice.herb"}
    assert set(unmarked(load())) == set()


def unmarked(held: Any, owner: str = "") -> Iterator[str]:
    """Fields with words in them, so with a letter and a space, that say nothing about it."""
    if isinstance(held, str) and owner and re.search(r"[A-Za-z].* | .*[A-Za-z]", held):
        yield owner
    for one in held if isinstance(held, tuple) else held.values() if isinstance(held, Mapping) else ():
        yield from unmarked(one, owner)
    if is_dataclass(held):
        for name, hint in get_type_hints(type(held), include_extras=True).items():
            said = re.search("'(text|verbatim)'", str(hint))
            yield from unmarked(getattr(held, name), "" if said else f"{type(held).__name__}.{name}")


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
