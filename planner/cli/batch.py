"""A batch of plans and the folder of work beside it: what is to be made, what each line came to, and what is still missing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from planner.cli.batch_input import Chunk, TableHead, records

FLAT_LINES = 999_999
"""A folder holds at most so many lines side by side: that is where names of six digits end."""

LAST_LINE = '"whole"'
"""What the results of a chunk end with."""

TO_LINE = json.JSONEncoder(ensure_ascii=False).encode
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL

Status = Literal["made", "bad", "failed", "stopped"]
"""bad: the line can't be used. failed: no document came out. stopped: it ended its process three times."""


@dataclass(frozen=True)
class Settings:
    """What all plans of a batch have in common. `on` as YYYY-MM-DD; `spread`: in folders of a hundred."""

    form: str
    large: bool
    lang: str
    on: str
    fill: bool
    spread: bool


@dataclass(frozen=True)
class Result:
    """What one line came to. `file` from the folder of plans, `bytes` its size, `key`: the same for the same plan."""

    line: int
    status: Status
    file: str
    bytes: int = 0
    key: str = ""
    message: str = ""


@dataclass(frozen=True)
class Batch:
    """A job as its folder of work has it. `source`: the file of lines, `mark` a hash of it; `version` of content and renderer."""

    work: Path
    source: Path
    mark: str
    folder: Path
    settings: Settings
    version: str
    table: TableHead
    chunks: tuple[Chunk, ...]

    @property
    def lines(self) -> int:
        return sum(chunk.count for chunk in self.chunks)

    def records(self, index: int) -> Iterator[tuple[int, bytes]]:
        """Number and bytes of each line of a chunk."""
        chunk = self.chunks[index]
        with self.source.open("rb") as file:
            file.seek(chunk.start)
            yield from enumerate(islice(records(file, self.table), chunk.count), chunk.first)

    def name(self, line: int, ending: str) -> str:
        """Where the plan of a line stands in the folder: 000123.json, or 00/01/000123.json."""
        there = f"{line // 10_000:02}/{line // 100 % 100:02}/" if self.settings.spread else ""
        return f"{there}{line:06}.{ending}"

    def marker(self, index: int) -> Path:
        """The results of a chunk that is done."""
        return self.work / "chunks" / f"{index:06}.jsonl"

    def tries(self, index: int) -> Path:
        """At which line each try to make the chunk was last."""
        return self.work / "tries" / f"{index:06}.txt"

    def begun(self, index: int) -> int:
        """How many tries have come to a line of the chunk, since it was last done."""
        try:
            return len(self.tries(index).read_text().split())
        except FileNotFoundError:
            return 0

    @property
    def manifest(self) -> Path:
        return self.work / "manifest.jsonl"

    def results(self, index: int) -> list[Result]:
        """What the lines of a chunk came to; none where it is not done."""
        return self.noted(index) or []

    def noted(self, index: int) -> list[Result] | None:
        """The same, and None where the chunk is not done: a file without its last line, or with another in the midst, was torn."""
        try:
            lines = self.marker(index).read_text("utf-8").splitlines()
            return [Result(**json.loads(line)) for line in lines[:-1]] if lines and lines[-1] == LAST_LINE else None
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def settled(self, index: int) -> dict[int, Result]:
        """The lines of a chunk with which nothing remains to be done: made and still there, or not to be used."""
        return {one.line: one for one in self.results(index) if one.status in ("made", "bad") and self.stands(one)}

    def stands(self, one: Result) -> bool:
        """True while the file is there as it was written: torn ones have another size."""
        try:
            return (self.folder / one.file).stat().st_size == one.bytes
        except OSError:
            return False

    def missing(self) -> list[int]:
        """The chunks that are not done, or of which something is gone or failed."""
        done = {index: found for index in range(len(self.chunks)) if (found := self.noted(index)) is not None}
        whole = {index for index, found in done.items() if len(self.settled(index)) == len(found)}
        return [index for index in range(len(self.chunks)) if index not in whole]

    def counts(self) -> tuple[int, int]:
        """How many lines are made, and how many not."""
        made = [one.status == "made" for index in range(len(self.chunks)) for one in self.results(index)]
        return sum(made), len(made) - sum(made)


def work_beside(folder: Path) -> Path:
    """The folder of work: beside that of the plans, which holds plans alone; inside where nothing may be written beside it."""
    folder = folder.resolve()
    beside = os.access(folder.parent, os.W_OK) and folder.parent.stat().st_dev == folder.stat().st_dev
    return folder.with_name(f"{folder.name}.batch") if beside and folder.name else folder / ".batch"


def begin_anew(batch: Batch) -> None:
    """Empties the folder of work and puts the job in. Its description comes last: without it there is no job."""
    (batch.work / "job.json").unlink(missing_ok=True)
    batch.manifest.unlink(missing_ok=True)
    for name in ("chunks", "tries", "papers", "parts"):
        shutil.rmtree(batch.work / name, ignore_errors=True)
    written = asdict(batch) | {"work": "", "source": str(batch.source.absolute()), "folder": str(batch.folder.absolute())}
    write_whole(batch.work / "job.json", json.dumps(written).encode(), batch.work / "job.part", sync=True)


def clear_remains(batch: Batch) -> None:
    """Drops what a run that was killed left half done, and opens the manifest again. Plans and results stay."""
    batch.manifest.unlink(missing_ok=True)
    for name in ("tries", "parts"):
        shutil.rmtree(batch.work / name, ignore_errors=True)
    for name in ("chunks", "tries", "parts", "papers"):
        (batch.work / name).mkdir(exist_ok=True)


def finish(batch: Batch) -> None:
    """One result a line in one manifest, in order. Papers that stand in the folder of plans need no second name."""
    part = batch.work / "manifest.part"
    with part.open("wb") as file:
        for index in range(len(batch.chunks)):
            file.write(jsonl(batch.results(index)))
        file.flush()
        os.fsync(file.fileno())
    part.replace(batch.manifest)
    for name in ("tries", "papers", "parts"):
        shutil.rmtree(batch.work / name, ignore_errors=True)


def batch_at(work: Path) -> Batch:
    """The job of a folder of work, on whatever machine sees that folder. FileNotFoundError where there is none."""
    return _read(work, (work / "job.json").stat().st_mtime_ns)


@lru_cache(2)
def _read(work: Path, _written: int) -> Batch:
    raw: dict[str, Any] = json.loads((work / "job.json").read_text("utf-8"))
    raw |= {"work": work, "source": Path(raw["source"]), "folder": Path(raw["folder"])}
    raw |= {"settings": Settings(**raw["settings"]), "chunks": tuple(Chunk(**one) for one in raw["chunks"])}
    raw["table"] = TableHead(raw["table"]["delimiter"], tuple(raw["table"]["columns"]))
    return Batch(**raw)


def jsonl(results: Iterable[Result]) -> bytes:
    return "".join(f"{TO_LINE(vars(one))}\n" for one in results).encode()


def write_whole(path: Path, body: bytes, part: Path, *, sync: bool = False) -> None:
    """The file whole or not at all: written under another name on the same disk, then renamed."""
    try:
        file = os.open(part, NEW_FILE, 0o666)
    except FileExistsError:  # what a killed process left may be a second name of a paper: never write into it
        part.unlink()
        file = os.open(part, NEW_FILE, 0o666)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(body)
            if sync:
                opened.flush()
                os.fsync(file)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    if sync:
        above = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)
