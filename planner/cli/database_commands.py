"""The `db` commands: upgrade, check, backup, restore, purge, copy and revision. SQLAlchemy is loaded only when one of them runs."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.cli.input import BadInput, how_many
from planner.cli.site_secrets import safe
from planner.folders import INSTANCE
from planner.settings_table import setting

if TYPE_CHECKING:
    from sqlalchemy import Engine


Where = Callable[[argparse.Namespace], str]
ROWS_ALONE = ("backup", "restore", "copy")
"""Commands that need to know where the rows are and nothing else: a wrong name of a country must not be a night without a backup."""


class DatabaseFailed(Exception):
    """The database could not do it; the message is one line."""


def add_database_commands(commands: Any) -> None:
    """Adds `db` to the command line."""
    top = commands.add_parser("db", help="set up, back up, restore, purge or copy the database")
    parts = top.add_subparsers(title="database commands", required=True, metavar="WHAT")
    for name, words, run, where in (
        ("upgrade", "make the database, or bring it to the newest schema", run_upgrade, the_database),
        ("check", "say whether the secret, the schema and the rows fit together", run_check, the_database),
        ("backup", "write every row to a new zip file", run_backup, the_database),
        ("restore", "put the rows of a backup into the database", run_restore, the_database),
        ("purge", "delete expired plans; once a day", run_purge, the_database),
        ("copy", "copy every row to another, empty database", run_copy, both_databases),
        ("revision", "for developers: write a migration for what changed in the tables", run_revision, no_database),
    ):
        part = parts.add_parser(name, help=words, description=words)
        part.set_defaults(run=careful(run, where, rows_alone=name in ROWS_ALONE))
        if name == "check":
            part.add_argument("--accept", action="store_true", help="the secret of now is the right one, whatever was before")
        if name in ("backup", "restore"):
            part.add_argument("file", metavar="FILE", type=Path)
        if name == "restore":
            part.add_argument(
                "--force", action="store_true", help="replace what is in the database; of a SQLite file a copy stays beside it"
            )
        if name == "purge":
            part.add_argument("--force", action="store_true", help="also if the clock has moved more than a day since the last purge")
        if name == "copy":
            part.add_argument("url", metavar="URL", help="such as postgresql://user:password@host/name")
        if name == "revision":
            part.add_argument("words", metavar="WORDS", help='what changes, such as "Clinics: a second telephone number"')


def the_database(options: argparse.Namespace) -> str:
    """Which database a command uses, for the line it prints. Never with a password."""
    from planner.database.engines import named, url_from

    return f"{named(url_from())}: "


def both_databases(options: argparse.Namespace) -> str:
    return f"{the_database(options)[:-2]} to {named_or_refused(options.url)}: "


def no_database(options: argparse.Namespace) -> str:
    return ""


def careful(
    run: Callable[[argparse.Namespace], str], where: Where = the_database, *, rows_alone: bool = False
) -> Callable[[argparse.Namespace], int]:
    """Runs a command with settings that the server would take, prints in which database it did what, and turns what can go wrong into
    one of our two errors. `rows_alone`: of the settings it uses DATABASE_URL alone."""

    def call(options: argparse.Namespace) -> int:
        from planner.database.engines import BadUrl, Unavailable
        from planner.settings_together import check_together
        from planner.upkeep.backup import BadBackup
        from planner.upkeep.purge import OddClock
        from planner.upkeep.revising import BadRevision

        if not rows_alone:
            check_together()
        named = ""
        try:
            named = where(options)
            print(named + run(options), file=sys.stderr)
        except BadUrl as error:
            raise BadInput(f"DATABASE_URL must be {error}") from error
        except (BadBackup, BadRevision) as error:
            raise BadInput(f"{named}{error}") from error
        except (Unavailable, OddClock) as error:
            raise DatabaseFailed(f"{named}{error}") from error
        except OSError as error:
            raise BadInput(f"{error.filename or 'the file'}: {error.strerror}") from error
        return 0

    return call


@contextmanager
def database(url: str | None = None) -> Iterator[Engine]:
    """The configured database, or the one at `url`."""
    from planner.database.engines import open_database, url_from

    engine = open_database(url_from() if url is None else url_from({"DATABASE_URL": url}))
    try:
        yield engine
    finally:
        engine.dispose()


def named_or_refused(url: str) -> str:
    """How the database at an address that was typed is called. BadInput if it is none."""
    from planner.database.engines import BadUrl, named, url_from

    try:
        return named(url_from({"DATABASE_URL": url}))
    except BadUrl as error:
        raise BadInput(f"URL must be {error}") from error


def run_upgrade(options: argparse.Namespace) -> str:
    """Also makes the secret that signs cookies and seals kept plans, where the environment gives none."""
    from planner.database.revisions import current, is_newer, newest
    from planner.kept.seal import make_secret
    from planner.upkeep.upgrading import upgrade
    from planner.upkeep.which_secret import know_secret

    if not setting("SECRET_KEY"):
        try:
            make_secret(INSTANCE / "secret_key")
        except OSError as error:
            raise BadInput(f"SECRET_KEY is not set, and one can't be written to {INSTANCE}: {error.strerror}") from error
    with database() as engine:
        if not (newer := is_newer(found := current(engine))):
            upgrade(engine)
        fits = know_secret(engine, safe(), date.today())
    odd = "" if fits else ", but its secret is another than before: `db check` says what to do"
    if newer:
        return f"at revision {found}, newer than this version of Backplan ({newest()}) but usable: it only adds to it{odd}"
    return f"at revision {newest()}{odd}"


def run_check(options: argparse.Namespace) -> str:
    """Each finding is a line; DatabaseFailed if something does not fit."""
    from planner.upkeep.fitting import findings
    from planner.upkeep.which_secret import know_secret

    kept = safe()
    with database() as engine:
        if options.accept:
            know_secret(engine, kept, date.today(), accept=True)
        found = findings(engine, kept)
    for one in found:
        print(f"{one.about}: {one.words}")
    wrong = [one.about for one in found if not one.fits]
    if wrong:
        raise DatabaseFailed(f"{the_database(options)}something does not fit ({', '.join(wrong)})")
    return "all fits"


def run_backup(options: argparse.Namespace) -> str:
    from planner.upkeep.backup import back_up

    with database() as engine:
        return f"{how_many(back_up(engine, options.file), 'row')} in {options.file}"


def run_restore(options: argparse.Namespace) -> str:
    """With --force it also says where the rows are now that were there before."""
    from planner.upkeep.backup import kept_before, restore

    with database() as engine:
        restored = f"{how_many(restore(engine, options.file, force=options.force), 'row')} restored from {options.file}"
        before = kept_before(engine)
    if not options.force:
        return restored
    return f"{restored}; what was there before is in {before}" if before else f"{restored}; of what was there before there is no copy"


def run_purge(options: argparse.Namespace) -> str:
    from planner.kept.plans import months_from
    from planner.upkeep.purge import purge

    with database() as engine:
        done = purge(engine, date.today(), months_from(), force=options.force)
    deleted = how_many(done.plans, "expired plan"), how_many(done.traces, "old trace"), how_many(done.charts, "old chart text")
    return f"{deleted[0]}, {deleted[1]} and {deleted[2]} deleted"


def run_copy(options: argparse.Namespace) -> str:
    from planner.upkeep.backup import copy

    with database() as engine, database(options.url) as other:
        return f"{how_many(copy(engine, other), 'row')} copied"


def run_revision(options: argparse.Namespace) -> str:
    from planner.upkeep.revising import write_revision

    made = write_revision(options.words)
    if made is None:
        return "the migrations make the tables that the program has: nothing to write"
    print(made.file)
    missing = f"; say in it what the rows that are there get for {', '.join(made.needs_values)}" if made.needs_values else ""
    return f"read it, then run: python -m pytest tests/test_schema.py{missing}"
