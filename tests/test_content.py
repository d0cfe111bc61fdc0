"""The content lint: claim words, metaphors of damage, long sentences, old sources, and reading grade."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import median

import pytest
import textstat

from planner.folders import TEMPLATES
from planner.languages.extract import content_strings
from planner.library.reader import load, stale

CLAIMS = (
    r"treat|treats|treatments?|cure|cures|cured|heal|heals|healing|diagnose|diagnosis|toxins?|detox"
    r"|align\w*|realign\w*|root cause|relieves?|fix|fixes"
)
DAMAGE = r"worn|wear and tear|crumbl\w+|slipped|out of place|fragile|degenerat\w+|damaged|bone on bone|time bomb"
MOST_WORDS = 20
STRINGS = [(place, text) for place, text in content_strings(load()) if not place.startswith(("sources", "facts"))]


def faults(strings: Iterable[tuple[str, str]]) -> list[str]:
    """Everything that the house rules for words forbid, with its place."""
    found = []
    for place, text in strings:
        if not place.startswith("myths"):
            found += [f"{place}: claim word {word!r}" for word in re.findall(rf"\b({CLAIMS})\b", text, re.I)]
        found += [
            f"{place}: metaphor of damage {word!r}" for word in re.findall(rf"\b({DAMAGE})\b", text, re.I) if not place.startswith("myths")
        ]
        found += [f"{place}: {len(one.split())} words: {one}" for one in sentences(text) if len(one.split()) > MOST_WORDS]
        found += [f"{place}: say do not: {text}" for _ in re.findall(r"\b(don't|never do|avoid doing)\b", text, re.I)]
    return found


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one]


def test_the_content_keeps_the_house_rules_for_words() -> None:
    assert len(STRINGS) > 2000
    assert faults(STRINGS) == []


@pytest.mark.parametrize(
    "text", ["This will cure you.", "It relieves pain.", "Your worn discs.", "Don't lift.", "word " * 21 + ".", "It breaks down toxins."]
)
def test_the_lint_catches_a_planted_fault(text: str) -> None:
    assert faults([("exercises.planted.title", text)])


def interface_strings() -> list[tuple[str, str]]:
    """Every string for translation in the templates."""
    found = []
    for path in TEMPLATES.rglob("*.html"):
        for text in re.findall(r"_\(\s*(?:\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')", path.read_text("utf-8")):
            found.append((path.name, (text[0] or text[1]).replace("\\'", "'")))
    return found


def test_the_interface_makes_no_claims() -> None:
    strings = interface_strings()
    assert len(strings) > 300
    told = [
        one
        for one in faults(strings)
        if not one.startswith(("about.html", "_print.html", "sheet_foot.html", "plan_file.html")) or "claim" not in one
    ]
    assert [one for one in told if "diagnosis" not in one] == []


def test_no_source_is_older_than_18_months() -> None:
    library = load()
    assert stale(library, date(2026, 11, 21)) == []
    assert stale(library, date(2028, 11, 21)) == list(library.sources)
    assert all(source.url.startswith(("https://", "/")) for source in library.sources.values())


def grades() -> list[tuple[float, str, str]]:
    """Flesch-Kincaid grade of every string of at least 8 words, hardest first."""
    long = [(place, text) for place, text in STRINGS if len(text.split()) >= 8]
    return sorted(((textstat.flesch_kincaid_grade(text), place, text) for place, text in long), reverse=True)


def test_reading_grade() -> None:
    """A reading age of 9 to 11 is about US grade 4 to 6; short strings scatter, so the bound is on the median and the worst."""
    found = grades()
    assert median(grade for grade, _, _ in found) <= 5
    assert found[0][0] <= 15, found[:10]
    assert sum(grade > 9 for grade, _, _ in found) / len(found) < 0.05


def test_no_content_id_in_code() -> None:
    """Ids of things that content adds stand in content alone (facts.py reads question ids; that is its job)."""
    library = load()
    ids = {*library.exercises, *library.habits, *library.conditions, *library.massages} - {"chair", "sports", "frail", "age", "bridge"}
    ids -= {*library.facts, *(option.id for question in library.questions.values() for option in question.options)}
    for path in (Path(__file__).parents[1] / "planner").rglob("*.py"):
        words = set(re.findall(r'"(\w+)"', path.read_text("utf-8")))
        assert not words & ids, (path.name, words & ids)
