"""A long list of rows, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVarTuple

from sqlalchemy import Row, Select, func
from sqlalchemy.orm import Session

Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class PageOfRows(Generic[*Columns]):
    """One page of a list."""

    rows: Sequence[Row[*Columns]]
    count: int  # on all pages
    number: int  # of this page, from 1
    last: int


def one_page(session: Session, wanted: Select[*Columns], number: int, size: int) -> PageOfRows[*Columns]:
    """The page of this number among pages of `size` rows; the last one if there are not so many, the first one below 1."""
    count = session.scalar(wanted.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)) or 0
    last = max(1, -(-count // size))
    number = min(max(number, 1), last)
    rows = session.execute(wanted.limit(size).offset((number - 1) * size)).all()
    return PageOfRows(rows, count, number, last)
