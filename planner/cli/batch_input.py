"""The lines that a batch is made from, JSON Lines or CSV, read a piece at a time: a file may be larger than the memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO

from planner.cli.input import BadInput, one_object
from planner.domain.answers import read_answers
from planner.domain.model import Library

BOM = b"\xef\xbb\xbf"
MOST_BYTES = 1 << 20  # of one line
MOST_BREAKS = 20  # lines of a file that one row of a table may take; a quote that nobody closed costs its own line alone
DELIMITERS = ",;\t"
MANY = ("many", "areas")


@dataclass(frozen=True)
class Chunk:
    """Some lines in a row: where they begin in the file, in bytes, the number of the first, and how many."""

    start: int
    first: int
    count: int


@dataclass(frozen=True)
class TableHead:
    """The head of a CSV file: what stands between two cells, and its columns. No columns: JSON Lines."""

    delimiter: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class WholeFile:
    """A whole file: a hash of its bytes, its head, and its lines in chunks."""

    mark: str
    table: TableHead
    chunks: tuple[Chunk, ...]


def file_in_chunks(path: Path, library: Library, size: int, *, table: bool) -> WholeFile:
    """Reads the file once. BadInput where it can't be read, or where a CSV file has columns that nobody knows."""
    seen = blake2b(digest_size=20)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            seen.update(piece)
        file.seek(0)
        file.seek(len(BOM) if file.read(len(BOM)) == BOM else 0)
        head = head_of(path, file, library) if table else TableHead()
        return WholeFile(seen.hexdigest(), head, tuple(cut(file, size, head)))


def cut(file: BinaryIO, size: int, table: TableHead) -> Iterator[Chunk]:
    """The rest of the file, in chunks of so many lines."""
    start, number, first = file.tell(), 0, 1
    for number, _raw in enumerate(records(file, table), 1):
        if number - first + 1 == size:
            yield Chunk(start, first, size)
            start, first = file.tell(), number + 1
    if number >= first:
        yield Chunk(start, first, number - first + 1)


def records(file: BinaryIO, table: TableHead) -> Iterator[bytes]:
    """One line after another from where the file stands; a row of a table takes more where a cell holds a line break."""
    while line := whole_line(file):
        yield joined(file, line) if table.columns and line.count(b'"') % 2 else line


def whole_line(file: BinaryIO) -> bytes:
    """Up to the next line feed; JSON text may hold every other line break. Of an endless line the start, which is no answer either."""
    line = file.readline(MOST_BYTES)
    while len(line) == MOST_BYTES and not line.endswith(b"\n"):
        rest = file.readline(MOST_BYTES)
        if len(rest) < MOST_BYTES or rest.endswith(b"\n"):
            break
    return line


def joined(file: BinaryIO, line: bytes) -> bytes:
    """The row that begins with an open quote; that line alone where nothing closes it soon."""
    back, found = file.tell(), line
    for _ in range(MOST_BREAKS):
        found += (more := file.readline(MOST_BYTES))
        if not more:
            break
        if found.count(b'"') % 2 == 0:
            return found
    file.seek(back)
    return line


def head_of(path: Path, file: BinaryIO, library: Library) -> TableHead:
    """The first line of a CSV file that is not empty. A column that nobody knows would spoil every line, so it is said once."""
    text = ""
    while not text and (line := whole_line(file)):
        text = text_in(line).strip()
    if not text:
        raise BadInput(f"{path}: no columns")
    delimiter = max(DELIMITERS, key=text.count)
    columns = tuple(one.strip() for one in row_of(text, delimiter))
    said = " ".join(read_answers(library, dict.fromkeys(columns, ""))[1])
    wrong = [one or "a column without a name" for one in columns if not one or f"{one}: there is no such question" in said]
    wrong += sorted({f"{one} twice" for one in columns if columns.count(one) > 1})
    if wrong:
        raise BadInput(f"{path}: columns are ids of questions; not known: {', '.join(wrong)}")
    return TableHead(delimiter, columns)


def answers_in(raw: bytes, table: TableHead, library: Library) -> Any:
    """What one line says, as it would stand in JSON. BadInput if it says nothing that can be read."""
    if len(raw) >= MOST_BYTES:
        raise BadInput("longer than a million bytes")
    text = text_in(raw)
    return cells(row_of(text, table.delimiter), table, library) if table.columns else one_object(text)


def text_in(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8 text") from error


def row_of(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}") from error


def cells(row: list[str], table: TableHead, library: Library) -> dict[str, Any]:
    """Question id and value of each cell that is filled. Several values have a semicolon between them."""
    if len(row) > len(table.columns):
        raise BadInput(f"{len(row)} cells, but {len(table.columns)} columns")
    found: dict[str, Any] = {}
    for name, cell in zip(table.columns, row, strict=False):
        if value := cell.strip():
            several = name in library.questions and library.questions[name].kind in MANY
            found[name] = [one.strip() for one in value.split(";") if one.strip()] if several else value
    return found


def blank(raw: bytes, table: TableHead) -> bool:
    """An empty line: no plan and no fault. A row of empty cells is one."""
    return not (raw.translate(None, f'{table.delimiter}"'.encode()) if table.columns else raw).strip()
