"""docs/asvs.md has each requirement of ASVS 5.0.0, levels 1 and 2, once, and every place that it names is there."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from planner.clinic.people.passwords import OUR_WORDS
from planner.web.clinic import asking_pages, forgotten_pages, leaving, sign_in
from planner.web.rate_limits import DOCUMENTS, FITS, PAGES

ROOT = Path(__file__).parents[1]
LIST, PROTECTION = ((ROOT / "docs" / name).read_text("utf-8") for name in ("asvs.md", "protection.md"))
ROW = re.compile(r"^\| ([\d.]+) \| ([12]) \| (.+?) \| (yes|no|does not apply) \| (.+) \|$", re.M)
PLACE = re.compile(r"`((?:[\w-]+/)*[\w.-]+\.\w+)(?:::([^`]+))?`")
REQUIREMENTS = """
1.1: L2 1 2
1.2: L1 1 2 3 4 5; L2 6 7 8 9
1.3: L1 1 2; L2 3 4 5 6 7 8 9 10 11
1.4: L2 1 2 3
1.5: L1 1; L2 2
2.1: L1 1; L2 2 3
2.2: L1 1 2; L2 3
2.3: L1 1; L2 2 3 4
2.4: L2 1
3.2: L1 1 2
3.3: L1 1; L2 2 3 4
3.4: L1 1 2; L2 3 4 5 6
3.5: L1 1 2 3; L2 4 5
3.7: L2 1 2
4.1: L1 1; L2 2 3
4.2: L2 1
4.3: L2 1 2
4.4: L1 1; L2 2 3 4
5.1: L2 1
5.2: L1 1 2; L2 3
5.3: L1 1 2
5.4: L2 1 2 3
6.1: L1 1; L2 2 3
6.2: L1 1 2 3 4 5 6 7 8; L2 9 10 11 12
6.3: L1 1 2; L2 3 4
6.4: L1 1 2; L2 3 4
6.5: L2 1 2 3 4 5
6.6: L2 1 2 3
6.8: L2 1 2 3 4
7.1: L2 1 2 3
7.2: L1 1 2 3 4
7.3: L2 1 2
7.4: L1 1 2; L2 3 4 5
7.5: L2 1 2
7.6: L2 1 2
8.1: L1 1; L2 2
8.2: L1 1 2; L2 3
8.3: L1 1
8.4: L2 1
9.1: L1 1 2 3
9.2: L1 1; L2 2 3 4
10.1: L2 1 2
10.2: L2 1 2
10.3: L2 1 2 3 4
10.4: L1 1 2 3 4 5; L2 6 7 8 9 10 11
10.5: L2 1 2 3 4 5
10.6: L2 1 2
10.7: L2 1 2 3
11.1: L2 1 2
11.2: L2 1 2 3
11.3: L1 1 2; L2 3
11.4: L1 1; L2 2 3 4
11.5: L2 1
11.6: L2 1
12.1: L1 1; L2 2 3
12.2: L1 1 2
12.3: L2 1 2 3 4
13.1: L2 1
13.2: L2 1 2 3 4 5
13.3: L2 1 2
13.4: L1 1; L2 2 3 4 5
14.1: L2 1 2
14.2: L1 1; L2 2 3 4
14.3: L1 1; L2 2 3
15.1: L1 1; L2 2 3
15.2: L1 1; L2 2 3
15.3: L1 1; L2 2 3 4 5 6 7
16.1: L2 1
16.2: L2 1 2 3 4 5
16.3: L2 1 2 3 4
16.4: L2 1 2 3
16.5: L2 1 2 3
17.1: L2 1
17.2: L2 1 2 3 4
17.3: L2 1 2
"""
"""Section: level, and the numbers of it. Copied from the standard (github.com/OWASP/ASVS, 5.0), where level 3 has more."""


def wanted() -> dict[str, str]:
    """Each requirement with its level."""
    found: dict[str, str] = {}
    for line in REQUIREMENTS.strip().splitlines():
        section, _, levels = line.partition(": ")
        for one in levels.split("; "):
            level, *numbers = one.split()
            found |= {f"{section}.{number}": level[1] for number in numbers}
    return found


def test_each_requirement_of_both_levels_is_there_once() -> None:
    listed = [(row[1], row[2]) for row in ROW.finditer(LIST)]
    assert len(listed) == len(set(listed)) == 253 and dict(listed) == wanted()
    assert len(re.findall(r"^\| \d", LIST, re.M)) == 253, "a row that is not read"


def test_the_counts_at_the_top_are_those_of_the_lines() -> None:
    counted = Counter(row[4] for row in ROW.finditer(LIST))
    said = f"**{counted.total()} lines: {counted['yes']} yes, {counted['no']} no, {counted['does not apply']} does not apply.**"
    assert said in LIST


@pytest.mark.parametrize("row", list(ROW.finditer(LIST)), ids=lambda row: str(row[1]))
def test_a_line_says_where_or_why(row: re.Match[str]) -> None:
    number, _, words, state, place = row.groups()
    places = PLACE.findall(place)
    assert words and (places or state == "does not apply"), number
    if state != "yes":
        assert len(PLACE.sub("", place).split()) >= 3, f"{number}: why?"
    for file, name in places:
        assert is_there(file, name), f"{number}: {file}::{name}"


def is_there(file: str, name: str) -> bool:
    """True if the file is there, and in it what is named: in Python a function, class or constant, elsewhere those very words."""
    path = ROOT / file
    if not path.is_file():
        return False
    text = path.read_text("utf-8")
    return not name or (name in names_of(text) if path.suffix == ".py" else name in text)


def names_of(text: str) -> set[str]:
    """What a module defines or imports, and what its classes and functions define."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(name=name):
                found.add(name)
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found


def test_what_is_not_there_is_found() -> None:
    assert (
        is_there("planner/web/cookies.py", "give_cookie") and is_there("planner/web/cookies.py", "") and is_there("README.md", "# Backplan")
    )
    for file, name in (("planner/web/none.py", ""), ("planner/web/cookies.py", "give_cooki"), ("README.md", "nothing of the kind")):
        assert not is_there(file, name)


def test_the_numbers_of_the_protection_are_those_of_the_program() -> None:
    rates = (PAGES, DOCUMENTS, FITS, sign_in.TRIES_BY_ACCOUNT, sign_in.TRIES_BY_ADDRESS, forgotten_pages.ASKED_FOR_ONE)
    for said in (*rates, asking_pages.ASKED_FROM_ONE, leaving.TAKEOUTS, ", ".join(OUR_WORDS)):
        assert said in " ".join(PROTECTION.split()), said
