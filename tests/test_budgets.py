"""Budgets of size, and one word for one thing: no two modules, classes or constants of one name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest

from planner.folders import PLANNER, ROOT, STATIC, TEMPLATES

SOURCES = sorted(path for folder in ("planner", "tests", "benchmarks", "scripts", "deploy") for path in (ROOT / folder).rglob("*.py"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
STYLESHEETS = sorted((STATIC / "css").glob("*.css"))

HALF_OF_THE_MODULES = 90
"""Lines that half of the modules of planner/ have at most."""
TOO_LONG: dict[str, str] = {}
"""File or file::function -> why it may be longer than others. What fits has no place here."""

NAMED_BY_OTHERS = (PLANNER / "upkeep" / "migrations" / "versions",)
"""Their names are not ours: Alembic calls `upgrade` and `downgrade` of every migration."""
EVERYWHERE = ("__init__", "__main__")
"""What Python calls a package, and what it runs."""


def lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All of them, in classes and in one another too."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def sizes(paths: Iterable[Path]) -> dict[str, int]:
    return {short(path): len(lines(path)) for path in paths}


def function_sizes() -> dict[str, int]:
    return {f"{short(path)}::{one.name}": (one.end_lineno or 0) - one.lineno + 1 for path in SOURCES for one in functions(path)}


@pytest.mark.parametrize(
    ("measured", "most"),
    [
        pytest.param(lambda: sizes(SOURCES), 250, id="modules"),
        pytest.param(function_sizes, 45, id="functions"),
        pytest.param(lambda: sizes(PAGES), 120, id="templates"),
        pytest.param(lambda: sizes(STYLESHEETS), 250, id="stylesheets"),
    ],
)
def test_nothing_is_longer_than_its_budget(measured: Callable[[], dict[str, int]], most: int) -> None:
    found = measured()
    assert len(found) >= 10
    over = {name for name, size in found.items() if size > most}
    assert over == TOO_LONG.keys() & found.keys(), {name: found[name] for name in over}


def test_what_may_be_longer_is_there_and_says_why() -> None:
    known = sizes([*SOURCES, *PAGES, *STYLESHEETS]) | function_sizes()
    assert TOO_LONG.keys() <= known.keys() and all(TOO_LONG.values())


def test_half_of_the_modules_are_short() -> None:
    assert median(sizes(PLANNER.rglob("*.py")).values()) <= HALF_OF_THE_MODULES


def test_no_line_of_a_template_is_longer_than_140_characters() -> None:
    """A line of Python is ruff's to measure."""
    assert [f"{short(path)}:{number}" for path in PAGES for number, line in enumerate(lines(path), 1) if len(line) > 140] == []


def modules() -> list[Path]:
    return [path for path in SOURCES if path.is_relative_to(PLANNER) and not any(path.is_relative_to(one) for one in NAMED_BY_OTHERS)]


def named(kind: type[ast.stmt] | tuple[type[ast.stmt], ...]) -> dict[str, list[str]]:
    """Name -> the modules that define it at their top."""
    found = defaultdict(list)
    for path in modules():
        for node in parsed(path).body:
            if isinstance(node, kind):
                found[getattr(node, "name", "")].append(short(path))
    return found


def constants(path: Path) -> Iterator[tuple[str, str]]:
    """Each name in capitals that a module sets at its top, with what it says."""
    for node in parsed(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (one for target in targets for one in ast.walk(target)):
                if isinstance(name, ast.Name) and name.id.isupper():
                    yield name.id, ast.unparse(node.value)


def test_no_two_modules_have_one_name() -> None:
    found = defaultdict(list)
    for path in modules():
        if path.stem not in EVERYWHERE:
            found[path.stem].append(short(path))
    assert {name: where for name, where in found.items() if len(where) > 1} == {}


def test_no_function_is_named_so_in_more_than_two_modules() -> None:
    found = named((ast.FunctionDef, ast.AsyncFunctionDef))
    assert {name: where for name, where in found.items() if len(set(where)) > 2} == {}


def test_no_two_classes_have_one_name() -> None:
    assert {name: where for name, where in named(ast.ClassDef).items() if len(where) > 1} == {}


def test_no_constant_has_two_values() -> None:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path in modules():
        for name, value in constants(path):
            found[name].setdefault(value, short(path))
    assert {name: values for name, values in found.items() if len(values) > 1} == {}


def called_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Calls outside of the bodies of functions: those that Python makes when it reads a module."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from called_at_import(child.args)
            yield from (call for one in getattr(child, "decorator_list", ()) for call in called_at_import(ast.Expr(one)))
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from called_at_import(child)


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


ASKS_THE_DAY = {"ago", "now", "today", "today_here", "utcnow"}


def test_no_module_asks_for_the_day_while_it_is_read() -> None:
    """A run of the tests that goes over midnight would compare yesterday with today; so would a server that runs for weeks."""
    found = [f"{short(path)}:{call.lineno}" for path in SOURCES for call in called_at_import(parsed(path)) if name_of(call) in ASKS_THE_DAY]
    assert found == []


def test_what_asks_for_the_day_is_seen_wherever_python_calls_it() -> None:
    text = "A = date.today()\n@mark(ago(1))\ndef f(on=now()):\n    return today()\nclass C:\n    x = [utcnow()]\n"
    assert [name_of(call) for call in called_at_import(ast.parse(text)) if name_of(call) in ASKS_THE_DAY] == [
        "today",
        "now",
        "ago",
        "utcnow",
    ]
