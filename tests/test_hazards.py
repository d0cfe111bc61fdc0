"""The hazard log: every hazard of the clinical safety reference stands in it, and each names tests that are there and are run."""

from __future__ import annotations

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from tests.invariants.catalogue import INVARIANTS, PAIRS

ROOT = Path(__file__).parents[1]
LOG = ROOT / "docs" / "hazards.md"
RATED = """H01 5 M L, H02 5 M L, H03 5 L L, H04 4 M L, H05 4 M L, H06 5 L L, H07 5 L L, H08 5 L L, H09 5 L L, H10 4 M L,
H11 4 M L, H12 5 L L, H13 3 L L, H14 4 H L, H15 4 L L, H16 3 M L, H17 4 L L, H18 4 L L, H19 5 L L, H20 5 L L,
H21 2 H M, H22 2 H L, H23 4 M L, H24 3 L L, H25 4 L L, H26 5 L L, H27 5 L L, H28 5 L L, H29 4 M L, H30 4 L L"""
"""Clinical safety, section 8: each hazard, how severe it is (1 to 5), and how likely before and after (low, medium, high).
Where the reference gives one letter, it stands for both."""
NOT_YET = "H02 H03 H30".split()
"""Hazards of whose control something is still to be built or done. Whoever builds it changes the row and this list."""
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
LEAVES_OUT = frozenset({"skip", "skipif", "xfail", "importorskip"})
HOOKS = frozenset({"collect_ignore", "collect_ignore_glob", "pytest_ignore_collect", "pytest_collection_modifyitems"})
PLAIN = re.compile(r"\$\(PY\) -m pytest -q -n auto --dist worksteal( -m .+)?")
"""The whole of a `make` line that runs every test, or all without some marks."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Row:
    """One hazard, with its cells as they stand in the log. `severity`: 1 to 5; `before` and `after`: L, M or H."""

    id: str
    hazard: str
    cause: str
    harm: str
    severity: str
    before: str
    after: str
    control: str
    proof: str


def rows() -> list[Row]:
    lines = (line for line in LOG.read_text("utf-8").splitlines() if re.match(r"\| H\d", line))
    return [Row(*(cell.strip() for cell in line.strip().strip("|").split("|"))) for line in lines]


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def leaves_out(node: ast.AST) -> bool:
    """Whether something in here skips a test, or expects it to fail."""
    return any(isinstance(one, ast.Attribute | ast.Name) and last_name(one) in LEAVES_OUT for one in ast.walk(node))


def last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def marks(*nodes: ast.AST) -> frozenset[str]:
    """slow for `pytest.mark.slow`, wherever in these it stands."""
    found = (one for node in nodes for one in ast.walk(node) if isinstance(one, ast.Attribute))
    return frozenset(one.attr for one in found if last_name(one.value) == "mark")


def around(path: Path) -> list[ast.stmt]:
    """What holds for all tests of a file: its own lines outside functions and classes."""
    return [one for one in parsed(path).body if not isinstance(one, Function | ast.ClassDef)]


def run_by(target: str, of_test: frozenset[str]) -> bool:
    """Whether `make TARGET` runs a test with these marks."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n?)+)", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert recipe, target
    commands = [PLAIN.fullmatch(line.strip().removeprefix("@")) for line in recipe[1].splitlines() if "pytest" in line]
    without = [frozenset(shlex.split(one[1] or "-m ''")[1].replace("not ", "").split(" and ")) for one in commands if one]
    return any(not of_test & one for one in without)


def wrong_of(file: str, name: str) -> Iterator[str]:
    """What is wrong with a test that a row names: it is not there, it does not count, or nothing runs it."""
    path = ROOT / file
    if not path.is_file() or not path.name.startswith("test_") or not name.startswith("test_"):
        yield f"{file}::{name} is no test"
        return
    found = [one for one in parsed(path).body if isinstance(one, Function) and one.name == name]
    if len(found) != 1:
        yield f"{file}::{name} is there {len(found)} times"
        return
    outside = around(path)
    of_test = marks(*found[0].decorator_list, *outside)
    if leaves_out(found[0]) or any(map(leaves_out, outside)):
        yield f"{file}::{name} may be skipped or fail"
    if not run_by("check", of_test) and not run_by("check-all", of_test):
        yield f"{file}::{name} is run by neither make check nor make check-all"


def wrong(row: Row) -> Iterator[str]:
    """What is wrong with one row of the log."""
    named = TEST.findall(row.proof)
    if not named:
        yield f"{row.id} names no test"
    if "::" in TEST.sub("", row.proof + row.control):
        yield f"{row.id} names a test that cannot be read"
    for file, name in (*named, *TEST.findall(row.control)):
        yield from (f"{row.id}: {one}" for one in wrong_of(file, name))
    for name in re.findall(r"`((?:invariant|pair)_\w+)`", row.control + row.proof):
        if name not in (INVARIANTS | PAIRS):
            yield f"{row.id}: {name} is no invariant"
    if not all((row.hazard, row.cause, row.harm, row.control)):
        yield f"{row.id} leaves a cell empty"


def test_every_hazard_of_the_reference_stands_once_with_its_rating() -> None:
    assert [f"{row.id} {row.severity} {row.before} {row.after}" for row in rows()] == re.split(r",\s+", RATED)


def test_every_hazard_names_tests_that_are_there_and_are_run() -> None:
    assert [one for row in rows() for one in wrong(row)] == []


def test_what_is_not_yet_built_is_said() -> None:
    assert [row.id for row in rows() if "Not yet:" in row.control + row.proof] == NOT_YET


GOOD = Row("H99", "hazard", "cause", "harm", "1", "L", "L", "control", f"`tests/{Path(__file__).name}::test_what_is_not_yet_built_is_said`")
MADE_UP = {
    "is no test": "`tests/test_nowhere.py::test_a`",
    "is there 0 times": "`tests/test_hazards.py::test_gone`",
    "names no test": "`tests/test_hazards.py`, run by hand",
    "cannot be read": f"{GOOD.proof} and `test_hazards.py::test_gone`",
}


@pytest.mark.parametrize("says", MADE_UP)
def test_a_row_that_names_what_is_not_there_is_found(says: str) -> None:
    assert list(wrong(GOOD)) == []
    assert any(says in one for one in wrong(replace(GOOD, proof=MADE_UP[says])))
    assert list(wrong(replace(GOOD, harm=""))) and list(wrong(replace(GOOD, control="`invariant_99`")))


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("@pytest.mark.skip\ndef test_a(): pass", "skipped"),
        ("@pytest.mark.skipif(True, reason='x')\ndef test_a(): pass", "skipped"),
        ("@pytest.mark.xfail\ndef test_a(): pass", "skipped"),
        ("@pytest.mark.parametrize('x', [pytest.param(1, marks=pytest.mark.skip)])\ndef test_a(x): pass", "skipped"),
        ("def test_a():\n    pytest.skip('x')", "skipped"),
        ("pytestmark = pytest.mark.skip\ndef test_a(): pass", "skipped"),
        ("pytest.importorskip('x')\ndef test_a(): pass", "skipped"),
        ("def test_a(): pass\ndef test_a(): pass", "2 times"),
        ("class Some:\n    def test_a(self): pass", "0 times"),
        ("pytestmark = pytest.mark.browser\n@pytest.mark.slow\ndef test_a(): pass", ""),
        ("@pytest.mark.parametrize('x', [1])\ndef test_a(x): pass", ""),
    ],
)
def test_a_test_that_does_not_count_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: str, says: str) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_made_up.py").write_text(lines, "utf-8")
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text("utf-8"), "utf-8")
    monkeypatch.setattr("tests.test_hazards.ROOT", tmp_path)
    found = list(wrong_of("tests/test_made_up.py", "test_a"))
    assert [says in one for one in found] == ([True] if says else [])


def test_what_make_runs() -> None:
    """Nothing but these marks keeps a test of this folder out, and `make check-all` keeps none out."""
    assert run_by("check", frozenset()) and not run_by("check", frozenset({"slow"})) and not run_by("check", frozenset({"browser"}))
    assert run_by("check-all", frozenset({"slow", "browser", "parametrize"}))
    options = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"]
    assert options["testpaths"] == ["tests"] and options["addopts"] == ["-ra", "--strict-markers", "--strict-config"]
    for path in (ROOT / "tests").rglob("conftest.py"):
        tree = parsed(path)
        assert not leaves_out(tree), path
        names = {one.name if isinstance(one, Function) else one.id for one in ast.walk(tree) if isinstance(one, Function | ast.Name)}
        assert not HOOKS & names, path


def test_make_lines_that_run_less_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("tests/test_cli.py", "-k nothing", "--ignore tests"):
        (tmp_path / "Makefile").write_text(f"check: lint\n\t@$(PY) -m pytest -q -n auto --dist worksteal {words}\n", "utf-8")
        monkeypatch.setattr("tests.test_hazards.ROOT", tmp_path)
        assert not run_by("check", frozenset())
