"""A database that a newer release has brought up and only added to: the commands judge it as the running server does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from planner.cli.main import main
from planner.database.revisions import newest
from tests.conftest import SECRET
from tests.keeping import find, keep

NEWER = f"9999_{newest()[:4]}"
Run = Callable[..., tuple[int, str, str]]


def change(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for one in statements:
            connection.execute(text(one))


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """An operator's `db` command: its exit code, and what it says."""
    for name, value in {"DATABASE_URL": database_url, "SECRET_KEY": SECRET, "KEEP_SECRET": "", "KEEP_SECRET_FALLBACKS": ""}.items():
        monkeypatch.setenv(name, value)

    def call(*words: str) -> tuple[int, str, str]:
        code = main(["db", *words])
        return code, *capsys.readouterr()

    return call


@pytest.fixture
def newer(engine: Engine) -> Engine:
    """As the migration of another release leaves it, which adds a column and a table."""
    change(engine, "alter table clinic add column later text", "create table later (id integer)")
    change(engine, f"update alembic_version set version_num = '{NEWER}'")
    return engine


def test_an_upgrade_takes_it_as_it_is_and_what_was_kept_since_opens(newer: Engine, run: Run) -> None:
    """After a roll back, or on a machine that starts again while the others are brought up."""
    code = keep(newer)
    ended, _, said = run("upgrade")
    assert ended == 0 and said.count("\n") == 1 and f"at revision {NEWER}, newer than" in said and "usable" in said
    assert find(newer, code) is not None
    ended, found, _ = run("check")
    assert ended == 0 and f"schema: revision {NEWER} is newer" in found and "usable" in found


def test_what_the_program_needs_is_looked_for_there_too(newer: Engine, run: Run) -> None:
    change(newer, "drop table note")
    ended, found, _ = run("check")
    assert ended == 1 and "as it has them" in found


def test_one_that_changed_what_was_there_is_refused(newer: Engine, run: Run) -> None:
    for revision in ("9999", "9999_9998"):
        change(newer, f"update alembic_version set version_num = '{revision}'")
        for words in ("upgrade", "check"):
            ended, found, said = run(words)
            assert ended == 1 and said.count("\n") == 1 and revision in found + said
