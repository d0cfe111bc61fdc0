"""What a line of a backup has: one row, as SQLite and PostgreSQL both read it."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, date, datetime
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Table, Uuid

Row = dict[str, Any]
MOST_LINE = 32 * 1024 * 1024
"""Bytes of one row, several photos of the largest kind. More is no row of ours, and reading it would fill the memory."""


def plain_value(value: object) -> Any:
    """A value that JSON has no word for."""
    if isinstance(value, bytes | memoryview):
        return {"$bytes": b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"$moment": utc(value).isoformat()}
    if isinstance(value, date):
        return {"$date": value.isoformat()}
    if isinstance(value, UUID):
        return value.hex
    raise TypeError(type(value).__name__)


def utc(moment: datetime) -> datetime:
    """SQLite's moments come without a zone; they are UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def read_line(lines: IO[bytes]) -> bytes:
    """The next line, empty at the end; ValueError if it is longer than any of ours."""
    line = lines.readline(MOST_LINE + 1)
    if len(line) > MOST_LINE:
        raise ValueError("line")
    return line


def read_row(row: Row, table: Table) -> Row:
    """A row as the table wants it. ValueError if it has a column that the table has not: what stands there would be lost."""
    if strange := row.keys() - table.c.keys():
        raise ValueError(*strange)
    return {name: read_backup(value, table, name) for name, value in row.items()}


def read_backup(value: Any, table: Table, column: str) -> Any:
    """A value as this column wants it."""
    if isinstance(value, dict) and len(value) == 1:
        kind, text_of = next(iter(value.items()))
        if kind == "$bytes":
            return b64decode(text_of)
        if kind == "$date":
            return date.fromisoformat(text_of)
        if kind == "$moment":
            moment = datetime.fromisoformat(text_of)
            return moment if getattr(table.c[column].type, "timezone", False) else moment.replace(tzinfo=None)
    return UUID(value) if isinstance(value, str) and isinstance(table.c[column].type, Uuid) else value
