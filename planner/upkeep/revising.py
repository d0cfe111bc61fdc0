"""Writing a new migration: what the tables of the program have that the migrations so far do not make."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from alembic import command
from alembic.operations import ops
from alembic.script import Script
from alembic.util import CommandError
from sqlalchemy import Connection

from planner.database.engines import open_database
from planner.database.revisions import config_for, newest
from planner.upkeep.upgrading import altering, upgrade

LONGEST_WORDS = 100  # they are the first line of the file


class BadRevision(ValueError):
    """No migration can be written; the message is one line."""


@dataclass(frozen=True)
class Revision:
    """A migration that was written. `needs_values`: new columns that are required, for which rows already there have nothing."""

    file: Path
    needs_values: tuple[str, ...]


def write_revision(words: str) -> Revision | None:
    """Writes the next migration, named by `next_id` and its words; None if the migrations make the very tables that the program has."""
    words = clean_words(words)
    with TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/scratch.sqlite3")
        try:
            upgrade(engine)
            with altering(engine) as connection:
                return written_by_alembic(connection, words)
        except CommandError as error:
            raise BadRevision(" ".join(str(error).split())) from error
        finally:
            engine.dispose()


def clean_words(words: str) -> str:
    """One line for the head of the file, from which its name is made. BadRevision if it can't be both."""
    words = words.strip().removesuffix(".")
    if not any(one.isalnum() for one in words) or not words.isprintable() or set(words) & set('"\\') or len(words) > LONGEST_WORDS:
        raise BadRevision(f'"words" must say what changes, in at most {LONGEST_WORDS} characters, without quotation marks or backslashes')
    return words


def written_by_alembic(connection: Connection, words: str) -> Revision | None:
    """Alembic compares and writes; ruff gives the file the shape of the others."""
    required: list[str] = []

    def look(context: object, revision: object, scripts: Any) -> None:
        required.extend(columns_without_value(scripts[0].upgrade_ops))
        scripts[0].rev_id = next_id(only_adds=only_adds(scripts[0].upgrade_ops))
        if scripts[0].upgrade_ops.is_empty():
            scripts.clear()

    config = config_for(connection)
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.cmd_opts = Namespace(quiet=True)
    made = command.revision(config, words, autogenerate=True, rev_id=next_id(only_adds=False), process_revision_directives=look)
    if not isinstance(made, Script):
        return None
    tidy(Path(made.path))
    return Revision(Path(made.path), tuple(required))


def next_id(*, only_adds: bool) -> str:
    """`0016`; or `0016_0015`, where 0015 is the oldest program that may go on beside it (planner.database.revisions.serves)."""
    number, _, oldest = newest().partition("_")
    return f"{int(number) + 1:04}" + (f"_{oldest or number}" if only_adds else "")


def only_adds(container: ops.OpContainer) -> bool:
    """True if a program that does not know of it reads and writes as before: new tables, columns that may be empty, and their indexes."""
    return all(
        only_adds(one)
        if isinstance(one, ops.OpContainer)
        else isinstance(one, ops.CreateTableOp)
        or (isinstance(one, ops.CreateIndexOp) and not one.unique)
        or (isinstance(one, ops.AddColumnOp) and (one.column.nullable or one.column.server_default is not None))
        for one in container.ops
    )


def columns_without_value(container: ops.OpContainer) -> list[str]:
    """`table.column` for each required column that is added to a table which may have rows."""
    found = []
    for operation in container.ops:
        if isinstance(operation, ops.OpContainer):
            found += columns_without_value(operation)
        elif isinstance(operation, ops.AddColumnOp) and not operation.column.nullable and operation.column.server_default is None:
            found.append(f"{operation.table_name}.{operation.column.name}")
    return found


def tidy(file: Path) -> None:
    """Without Alembic's remarks, and as `make check` wants it. Serving Backplan needs no ruff: without it only the shape differs."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.lstrip().startswith("# ###")), "utf-8")
    for part in (["check", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *part, "--quiet", str(file)], check=False)  # noqa: S603  our own words
