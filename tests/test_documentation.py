"""What the documents for people say of the tree is true: every path in them exists, and each word is explained once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    path
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "deploy").glob("*.md")))
    if path.name != "CHANGELOG.md"
]
"""All but the changelog, which also names what is gone."""
MADE = ("instance/", "test-results/", "benchmarks/out/", ".venv/", "DIR/", "ANSWERS.")
"""What is not there before something runs, and the names in examples."""
QUOTED = re.compile(r"`([^`\n]+)`")
LINKED = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
A_PATH = re.compile(r"(?:\.?[\w-]+/)+[\w.*-]*|[\w.-]+\.(?:py|toml|md|txt|in|css|html|js|sh|svg|json|po|pot|mako|cfg)")


def everything() -> set[str]:
    """Every file and folder of this copy, but for what programs make."""
    found = {"."}
    for folder, inside, files in os.walk(ROOT):
        inside[:] = [one for one in inside if not one.startswith((".venv", ".git", ".mypy", ".ruff", ".pytest", "__pycache__"))]
        found |= {str(Path(folder, one).relative_to(ROOT)) for one in (*inside, *files)}
    return found


TREE = everything()


def exists(path: str) -> bool:
    """A place in the tree, from its top; a name alone may be anywhere; `*` stands for any."""
    path = path.rstrip("/")
    if "*" in path:
        return any(Path(one).match(path) for one in TREE)
    return path in TREE or ("/" not in path and any(Path(one).name == path for one in TREE))


def paths(text: str) -> list[str]:
    """The paths among the words in backticks, also inside commands."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    words = [word.strip("(),;'\"") for quoted in QUOTED.findall(prose) for word in quoted.split()]
    words = [word.partition("::")[0] for word in words if "<" not in word and not word.startswith(("/", "http", *MADE))]
    return [word for word in words if A_PATH.fullmatch(word)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_a_document_exists(document: Path) -> None:
    text = document.read_text("utf-8")
    assert [path for path in paths(text) if not exists(path)] == []
    assert [link for link in LINKED.findall(text) if not (document.parent / link).exists()] == []


def test_a_path_that_is_not_there_is_found() -> None:
    assert paths("see `planner/plan.py`, `python -m planner plan`, `/plan.pdf`, `facts.toml`") == ["planner/plan.py", "facts.toml"]
    assert not exists("planner/plan.py") and not exists("tests/test_nothing_*.py")
    assert exists("planner/domain/") and exists("facts.toml") and exists("tests/test_*.py") and exists("pyproject.toml")


def test_each_word_is_explained_once_with_where_it_lives() -> None:
    rows = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", (ROOT / "docs" / "words.md").read_text("utf-8"), re.M)
    rows = [row for row in rows if row[0] != "word"]
    words = [word for row in rows for word in row[0].split(", ")]
    assert len(words) > 60 and len(words) == len(set(words))
    assert all(meaning and all(exists(place) for place in QUOTED.findall(where)) for _, meaning, where in rows)
    assert all(QUOTED.findall(where) for _, _, where in rows)
