"""The abuse cases: each has tests that exist, and each defence stands where the list says, so that it can be taken out (`make abuse`)."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.abuse import ROOT, TABLE, UNNOTICED, WRONG, Case, Change, Taken, cases, copied, failing, known, table, without

WANTED = {f"{letter}{number:02}" for letter, last in (("I", 20), ("S", 21), ("X", 20), ("F", 24)) for number in range(1, last + 1)}


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text())
    return frozenset(one.name for one in tree.body if isinstance(one, ast.FunctionDef))


def test_all_85_cases_are_there_once() -> None:
    found = [case.id for case in cases()]
    assert len(WANTED) == 85 and sorted(found) == sorted(WANTED)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_case_has_tests_and_a_defence_that_can_be_taken_out(case: Case) -> None:
    assert case.what and case.tests and (case.taken or case.by)
    for each in case.tests:
        file, name = each.split("::")
        assert name.partition("[")[0] in named_in(file), each
    for taken in case.taken:
        for change in taken.changes:
            assert (ROOT / change.file).read_text().count(change.out) == 1, f"{change.file}: {change.out}"
            assert change.put != change.out


def test_the_table_is_of_these_cases_and_in_each_row_a_test_of_the_case_failed() -> None:
    """Whoever changes a case, or a line that defends, tries it out again: `make abuse ARGS="--table --only ID"`."""
    found = known()
    assert TABLE.read_text("utf-8") == table(found)
    for case in cases():
        for taken in case.taken:
            failed = found.get((case.id, taken.shown), "")
            assert failed.partition("[")[0] in {each.partition("[")[0] for each in case.tests}, (case.id, taken.shown, failed)


@pytest.mark.slow
def test_what_is_no_proof_is_told_apart(tmp_path: Path) -> None:
    """A test that fails with the defence in its place too proves nothing, nor does one that cannot be run."""
    copy = copied(tmp_path / "copy")
    word = Change("planner/kept/codes.py", "CODE_DIGITS = 16", "CODE_DIGITS = 15")
    (copy / "tests" / "test_made_up.py").write_text(MADE_UP)
    tries = {name: without(copy, Taken((word,)), (f"tests/test_made_up.py::test_{name}",)) for name in ("good", "blind", "always", "none")}
    good, always = "tests/test_made_up.py::test_good", "tests/test_made_up.py::test_always"
    assert tries == {"good": good, "blind": UNNOTICED, "always": always, "none": WRONG}
    assert failing(copy, tries.values()) == {always}
    assert word.out in (copy / word.file).read_text(), "it was put back"


MADE_UP = """
from planner.kept.codes import CODE_DIGITS

def test_good():
    assert CODE_DIGITS == 16

def test_blind():
    assert CODE_DIGITS

def test_always():
    assert not CODE_DIGITS
"""
