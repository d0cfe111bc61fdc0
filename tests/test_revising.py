"""`db revision`: a column that is new in the tables gets a migration that goes up and down with rows in it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, String, Table, text

from planner.cli.main import main
from planner.database import revisions
from planner.database.revisions import current, newest, serves
from planner.database.rows import CONSTRAINT_NAMES, Moment
from planner.upkeep import every_table
from planner.upkeep.revising import LONGEST_WORDS
from planner.upkeep.upgrading import altering, migrate
from tests.clinics import house

WORDS = "Clinics: a second telephone number"


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MetaData]:
    """A copy of the tables, to be changed, and of the migrations, to be added to."""
    copy = MetaData(naming_convention=CONSTRAINT_NAMES)
    for table in every_table.METADATA.tables.values():
        table.to_metadata(copy)
    shutil.copytree(revisions.MIGRATIONS, tmp_path / "migrations")
    monkeypatch.setattr(every_table, "METADATA", copy)
    monkeypatch.setattr(revisions, "MIGRATIONS", tmp_path / "migrations")
    forget()
    yield copy
    monkeypatch.undo()
    forget()


def forget() -> None:
    revisions.scripts.cache_clear()
    newest.cache_clear()


def after(revision: str) -> str:
    """The next number."""
    return f"{int(revision[:4]) + 1:04}"


def serving(revision: str) -> str:
    """The oldest whose machines may go on: its own number, or the one that it names because it only adds."""
    return revision.rpartition("_")[2]


def versions(tmp_path: Path) -> list[str]:
    return sorted(file.name for file in (tmp_path / "migrations" / "versions").glob("*.py"))


def differences(connection: Connection, tables: MetaData) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), tables))


def test_a_column_goes_up_and_down_with_rows(engine: Engine, tables: MetaData, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house(engine, "a")
    before = newest()
    tables.tables["clinic"].append_column(Column("second_phone", String(40), index=True))
    tables.tables["clinic"].append_column(Column("seen", Moment))
    assert main(["db", "revision", WORDS]) == 0
    file = Path(capsys.readouterr().out.strip())
    assert file.name == f"{after(before)}_{serving(before)}_clinics_a_second_telephone_number.py" and file.name in versions(tmp_path)
    forget()
    assert newest() == file.name[:9] and serves(newest(), before)
    with altering(engine) as connection:
        migrate(connection, "head")
        assert differences(connection, tables) == []
        connection.execute(text("update clinic set second_phone = '1234'"))
    with altering(engine) as connection:
        migrate(connection, before)
        assert current(connection) == before and differences(connection, tables) != []
        assert connection.scalars(text("select name from clinic")).all() == ["Clinic a"]
        assert connection.scalar(text("select count(*) from therapist")) == 2


def test_the_file_is_written_as_the_others_are(tables: MetaData, capsys: pytest.CaptureFixture[str]) -> None:
    tables.tables["clinic"].append_column(Column("seen", Moment))
    assert main(["db", "revision", f"{WORDS}."]) == 0
    file = Path(capsys.readouterr().out.strip())
    written = file.read_text("utf-8")
    assert written.startswith(f'"""{WORDS}."""\n') and "# ###" not in written and "planner" not in written
    config = ["--config", str(Path(__file__).parents[1] / "pyproject.toml"), str(file)]
    for part in (["check"], ["format", "--check"]):
        subprocess.run([sys.executable, "-m", "ruff", *part, *config], check=True)


ADDITIONS = [
    (Column("seen", Moment), True),
    (Column("floors", Integer, nullable=False, server_default="1"), True),
    (Column("house", String(40), index=True), True),
    (Column("number", String(40), unique=True), False),
    (Column("beds", Integer, nullable=False), False),
]


@pytest.mark.parametrize(("column", "adds"), ADDITIONS)
def test_what_only_adds_says_so_in_its_id(tables: MetaData, capsys: pytest.CaptureFixture[str], column: Column[Any], adds: bool) -> None:
    """Machines of before serve on beside it, so an upgrade in turns costs nobody a page. A second one in a row leads to the same oldest."""
    before = newest()
    tables.tables["clinic"].append_column(column)
    assert main(["db", "revision", WORDS]) == 0
    capsys.readouterr()
    forget()
    assert serves(newest(), before) == adds and newest() == after(before) + (f"_{serving(before)}" if adds else "")
    Table("beds", tables, Column("id", Integer, primary_key=True))
    assert main(["db", "revision", "Beds"]) == 0
    forget()
    assert newest() == f"{after(after(before))}_" + (serving(before) if adds else after(before))


def test_a_required_column_is_named_since_rows_have_no_value_for_it(tables: MetaData, capsys: pytest.CaptureFixture[str]) -> None:
    tables.tables["clinic"].append_column(Column("beds", Integer, nullable=False))
    tables.tables["clinic"].append_column(Column("floors", Integer, nullable=False, server_default="1"))
    assert main(["db", "revision", WORDS]) == 0
    told = capsys.readouterr().err
    assert "clinic.beds" in told and "clinic.floors" not in told


def test_without_a_change_nothing_is_written(tables: MetaData, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = versions(tmp_path)
    assert main(["db", "revision", WORDS]) == 0
    out = capsys.readouterr()
    assert out.out == "" and out.err.count("\n") == 1
    assert versions(tmp_path) == before


@pytest.mark.parametrize("words", ["", " ", "...", 'a "new" column', "back\\slash", "two\nlines", "x" * (LONGEST_WORDS + 1)])
def test_words_that_cannot_head_a_file(words: str, tables: MetaData, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tables.tables["clinic"].append_column(Column("seen", Moment))
    before = versions(tmp_path)
    assert main(["db", "revision", words]) == 2
    error = capsys.readouterr().err
    assert error.startswith("backplan: ") and error.count("\n") == 1
    assert versions(tmp_path) == before
