"""The abuse cases: each has tests that exist, and each defence stands where the list says, so that it can be taken out (`make abuse`)."""

from __future__ import annotations

import ast
from functools import cache

import pytest

from tests.abuse import ROOT, Case, cases

WANTED = {f"{letter}{number:02}" for letter, last in (("I", 20), ("S", 21), ("X", 20), ("F", 24)) for number in range(1, last + 1)}


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_all_85_cases_are_there_once() -> None:
    found = [case.id for case in cases()]
    assert len(WANTED) == 85 and sorted(found) == sorted(WANTED)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case_is_defended_or_says_why_it_cannot_happen(case: Case) -> None:
    assert case.what
    assert [bool(case.because), bool(case.missing), bool(case.tests)].count(True) == 1
    for each in case.tests:
        file, name = each.split("::")
        assert name.partition("[")[0] in named_in(file), each
    for taken in case.taken:
        assert (ROOT / taken.file).read_text().count(taken.out) == 1, f"{taken.file}: {taken.out}"
        assert taken.put != taken.out
