"""The changelog: its sections, and the check that a commit which changes what people meet has a line in it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest

from scripts.changelog import CHANGELOG, main

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^## (.+)$", re.M)
DATED = re.compile(r"(\d+)\.(\d+)\.(\d+) \((\d{4}-\d\d-\d\d)\)")


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, message: str, *files: str) -> str:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(path.read_text() + "more\n" if path.exists() else "first\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with commits from before the check, and the one that brought it."""
    made = tmp_path / "clone"
    made.mkdir()
    git(made, "init", "--quiet", "--initial-branch=main")
    commit(made, "Long ago", "planner/plan.py", CHANGELOG)
    commit(made, "Before the check", "planner/plan.py")
    commit(made, "The check", "scripts/changelog.py", "planner/plan.py")
    return made


@pytest.mark.parametrize("file", ["planner/plan.py", "planner/content/new.toml", "templates/a b.html", "static/css/bäse.css", "wsgi.py"])
def test_a_change_without_a_line_is_refused(folder: Path, capsys: pytest.CaptureFixture[str], file: str) -> None:
    assert main(folder) == 0
    made = commit(folder, "A new thing\n\nWith words.", "tests/test_new.py", file)
    assert main(folder) == 1
    told = capsys.readouterr().err
    assert f"{made[:10]} (A new thing) changes {file} " in told
    commit(folder, "Another thing", CHANGELOG)
    assert main(folder) == 1, "a line of another commit is not this one's"


@pytest.mark.parametrize(
    "files",
    [("tests/test_new.py",), ("docs/a.md", "locale/messages.pot"), ("static/figures/bridge-start.svg",), ("planner/x.py", CHANGELOG)],
)
def test_other_files_and_a_change_with_its_line_are_fine(folder: Path, files: tuple[str, ...]) -> None:
    commit(folder, "A change", *files)
    assert main(folder) == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Changelog: none, files move and nothing else changes", 0),
        ("More.\nChangelog: none (tests need it)\nSigned-off-by: Somebody", 0),
        ("Changelog: none", 1),
        ("Changelog: none.\n\nfor a good reason", 1),
        ("there is no Changelog: none, sorry", 1),
        ("Changelog: nonesuch thing", 1),
    ],
)
def test_a_reason_may_stand_in_place_of_a_line(folder: Path, words: str, code: int) -> None:
    commit(folder, f"Order\n\n{words}", "planner/plan.py")
    assert main(folder) == code


def test_a_later_commit_may_bring_the_line_of_one_that_forgot(folder: Path) -> None:
    forgot = commit(folder, "A new thing", "planner/plan.py")
    commit(folder, f"Words\n\nChangelog: {forgot[:8]} has its line here", "docs/a.md")
    assert main(folder) == 1, "it brings no line"
    other = commit(folder, "Another", "planner/plan.py")
    commit(folder, f"Lines\n\nChangelog: {forgot[:8]} has its line here", CHANGELOG)
    assert main(folder) == 1, "one is still without"
    commit(folder, f"Lines\n\nChangelog: {other} too", CHANGELOG)
    assert main(folder) == 0


def test_a_later_commit_may_excuse_one_with_a_reason(folder: Path) -> None:
    forgot = commit(folder, "A name moves", "planner/plan.py")
    commit(folder, f"Words\n\nChangelog: none for {forgot[:8]}", "docs/a.md")
    assert main(folder) == 1, "it gives no reason"
    excusing = f"Changelog: none for {forgot[:8]}, since only a name moves"
    commit(folder, f"Words\n\n{excusing}", "docs/a.md")
    assert main(folder) == 0
    commit(folder, f"Words\n\n{excusing}", "planner/plan.py")
    assert main(folder) == 1, "the reason of another commit is not this one's"


def test_on_a_branch_and_after_its_merge_the_same_commits_are_looked_at(folder: Path) -> None:
    git(folder, "branch", "older", "HEAD~1")
    git(folder, "checkout", "--quiet", "-b", "newer")
    commit(folder, "On a branch", "templates/page.html")
    assert main(folder) == 1
    git(folder, "checkout", "--quiet", "older")
    commit(folder, "Begun before the check", "static/css/old.css")
    assert main(folder) == 0
    git(folder, "checkout", "--quiet", "main")
    git(folder, "merge", "--quiet", "--no-edit", "older")
    assert main(folder) == 0, "what was begun before the check is free"
    git(folder, "merge", "--quiet", "--no-edit", "newer")
    assert main(folder) == 1


def test_what_is_not_committed_gets_a_reminder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "tests").mkdir()
    (folder / "tests" / "new.py").write_text("new")
    assert main(folder) == 0 and capsys.readouterr().err == ""
    (folder / "templates").mkdir()
    (folder / "templates" / "new.html").write_text("new")
    assert main(folder) == 0 and "templates/new.html" in capsys.readouterr().err
    (folder / CHANGELOG).write_text("new")
    assert main(folder) == 0 and capsys.readouterr().err == ""


def test_a_shallow_clone_and_no_repository(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(folder, "Forgotten", "planner/plan.py")
    commit(folder, "Forgotten too", "planner/plan.py")
    for depth, code in ((1, 0), (2, 1)):
        git(tmp_path, "clone", "--quiet", f"--depth={depth}", folder.as_uri(), f"shallow-{depth}")
        assert main(tmp_path / f"shallow-{depth}") == code, "the oldest commit there can't be told from the one that brought the check"
    (tmp_path / "loose").mkdir()
    capsys.readouterr()
    assert main(tmp_path / "loose") == 0 and "not a git repository" in capsys.readouterr().err


def test_the_sections_are_dated_and_the_newest_is_the_version() -> None:
    heads = SECTION.findall((ROOT / CHANGELOG).read_text("utf-8"))
    dated = [DATED.fullmatch(head) for head in heads if head != "Unreleased"]
    assert all(dated) and "Unreleased" not in heads[1:]
    found = [(tuple(map(int, one.groups()[:3])), date.fromisoformat(one[4])) for one in dated if one]
    assert found == sorted(found, reverse=True) and len(found) == len(set(found))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version == ".".join(map(str, found[0][0]))
