"""A pseudo-language, for tests: every sentence bracketed, accented and longer, so that what stands outside the brackets is untranslated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from babel.dates import get_day_names, get_month_names
from babel.lists import format_list
from babel.messages.catalog import Catalog

from planner.domain.model import Library
from planner.languages import extract, translate

PSEUDO = "eo"
WORD = re.compile(r"[A-Za-z]{3,}")


@cache
def catalogue() -> Catalog:
    """Every sentence bracketed, accented and 40 % longer; placeholders as they are."""
    made = Catalog(locale=PSEUDO)
    for message in extract.template():
        if isinstance(message.id, str):
            made.add(message.id, longer(message.id), context=message.context)
        else:
            made.add(message.id, tuple(longer(one) for one in message.id), context=message.context)
    return made


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """The content in the pseudo-language, in which everything is said that a test asks for."""
    with translate.installed(PSEUDO, catalogue()), translate.using_language(PSEUDO):
        translated = translate.library_in(PSEUDO)
        monkeypatch.setattr("planner.web.render.library_in", lambda lang: translated)
        yield translated


def longer(text: str) -> str:
    return f"⟦{text}{'~' * max(1, int(len(text) * 0.4))}⟧"


def untranslated(text: str, library: Library) -> list[str]:
    """Words outside brackets, of three letters or more, that are not names."""
    bare = unescape(
        re.sub(
            r"<style.*?</style>|<script.*?</script>|<template data-pack.*?</template>|<title>.*?</title>|<[^>]+>|https?://\S+",
            "\n",
            text,
            flags=re.S,
        )
    )
    while re.search(r"⟦[^⟦⟧]*⟧", bare):
        bare = re.sub(r"⟦[^⟦⟧]*⟧", " ", bare)
    bare = re.sub(r"⟦[^\n]*", " ", bare)  # the sheet prints first sentences, which cuts the closing bracket off
    known = names(library)
    return [word for word in WORD.findall(bare) if word not in known]


def names(library: Library) -> set[str]:
    """Words that are the same in every language: our name, those of sources and their publishers, and what help is called."""
    called = [f"{source.publisher} {source.title} {source.id}" for source in library.sources.values()]
    called += [country.emergency for country in library.countries.values()]
    return {"Backplan", *WORD.findall(" ".join([*called, *babels()]))}


def babels() -> Iterator[str]:
    """What Babel says for us in the pseudo-language: its months, its days and its "and", and not the English ones."""
    yield from get_month_names("wide", locale=PSEUDO).values()
    yield from (name for width in ("wide", "abbreviated") for name in get_day_names(width, "stand-alone", PSEUDO).values())
    yield format_list(["", ""], locale=PSEUDO)
