"""Every commit that changes what Backplan says or does adds a line to CHANGELOG.md, or says in its message why nobody needs one.

`python -m scripts.changelog` (part of `make check`) looks at each commit made on top of the one that brought this file; what was begun
before it is free. A commit that touches SERVED must touch CHANGELOG.md, or have a line of its message such as

    Changelog: none, files move and nothing else changes
    Changelog: 1a2b3c4 has its line here              (in a later commit, for one that forgot; it touches CHANGELOG.md)
    Changelog: none for 1a2b3c4, since only a name moves       (in a later commit, for one that needs none)

Changes that are not committed yet get a reminder. In a shallow clone only the commits that are there can be looked at.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CHANGELOG = "CHANGELOG.md"
SERVED = ("planner/", "templates/", "static/", "wsgi.py", "gunicorn.conf.py", "requirements.in")
DRAWN = "static/figures/"  # `make figures` makes them from content
NONE = re.compile(r"^Changelog: none\b(?! for [0-9a-f]{7}).*\w{3}", re.M)
NONE_FOR = re.compile(r"^Changelog: none for ([0-9a-f]{7,40})\b.*\w{3}", re.M)
LINE_FOR = re.compile(r"^Changelog: ([0-9a-f]{7,40})\b", re.M)
BEGIN, HALF = "\x1e", "\x1f"


class Unreadable(Exception):
    """git can't tell; the message is its own first line."""


@dataclass(frozen=True)
class Commit:
    """One commit: its id, its message, and the files it touches."""

    id: str
    message: str
    files: tuple[str, ...]

    @property
    def subject(self) -> str:
        return self.message.split("\n")[0]


def main(folder: Path) -> int:
    """Prints what is missing; 1 if a commit is without a line."""
    try:
        made, pending = commits(folder), uncommitted(folder)
    except Unreadable as error:
        print(f"changelog: nothing compared, since git says: {error}", file=sys.stderr)
        return 0
    if changes(pending) and CHANGELOG not in pending:
        print(f"changelog: {changes(pending)[0]} differs, {CHANGELOG} does not: add a line, or tell the commit why not", file=sys.stderr)
    missing = without_line(made)
    for one in missing:
        print(f"changelog: {one.id[:10]} ({one.subject}) changes {changes(one.files)[0]} and adds no line to {CHANGELOG}", file=sys.stderr)
    if missing:
        print("changelog: CONTRIBUTING.md says what such a commit needs", file=sys.stderr)
    return 1 if missing else 0


def without_line(made: Sequence[Commit]) -> list[Commit]:
    """The commits that owe a line, but for those that another one has given it, or excused."""
    given = {id for one in made if CHANGELOG in one.files for id in LINE_FOR.findall(one.message)}
    given |= {id for one in made for id in NONE_FOR.findall(one.message)}
    owing = (one for one in made if changes(one.files) and CHANGELOG not in one.files and not NONE.search(one.message))
    return [one for one in owing if not any(one.id.startswith(id) for id in given)]


def changes(files: Sequence[str]) -> list[str]:
    """Those that decide what people read or what happens."""
    return [file for file in files if file.startswith(SERVED) and not file.startswith(DRAWN)]


def commits(folder: Path) -> list[Commit]:
    """Every commit that was made on top of the one that brought this file. Merges bring nothing of their own."""
    brought = git(folder, "log", "--diff-filter=A", "--no-renames", "--format=%H", "--", "scripts/changelog.py").split()
    if not brought:
        return []
    shape = f"--format={BEGIN}%H{HALF}%B{HALF}"
    since = ("--ancestry-path", f"{brought[-1]}..HEAD")
    return list(read_log(git(folder, "log", "--no-merges", "--no-renames", "--name-only", "-z", shape, *since)))


def read_log(text: str) -> Iterator[Commit]:
    for part in text.split(BEGIN)[1:]:
        id, message, files = part.split(HALF)
        yield Commit(id, message.strip(), tuple(file.strip("\n") for file in files.split("\0") if file.strip("\n")))


def uncommitted(folder: Path) -> list[str]:
    """Files that differ from the last commit, new ones too."""
    found = git(folder, "status", "--porcelain", "--no-renames", "--untracked-files=all", "-z")
    return [entry[3:] for entry in found.split("\0") if entry]


def git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603, S607  our own words, the system's git
    except FileNotFoundError as error:
        raise Unreadable("there is no git") from error
    if done.returncode:
        raise Unreadable(done.stderr.strip().split("\n")[0])
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(Path(__file__).parents[1]))
