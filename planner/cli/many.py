"""Many plans at once: every processor core, one file a line, one bad line never stops the rest, and what is made stays made."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO

from tqdm import tqdm

from planner.cli.batch import FLAT_LINES, Batch, Settings, batch_at, begin_anew, clear_remains, finish, work_beside
from planner.cli.batch_input import file_in_chunks
from planner.cli.chunk import release_of
from planner.cli.crew import Crew
from planner.cli.input import BadInput
from planner.domain.model import Library
from planner.outputs.forms import form_called

if TYPE_CHECKING:
    from planner.cli.queued import QueuedChunks

TEXTS_A_CHUNK, PAPERS_A_CHUNK = 500, 20
"""Lines of a chunk: of text, and of paper. About a second, and about 20."""
SAY_SECONDS = 30.0  # between two lines of progress where there is no terminal


def make_many(
    source: str, folder: Path, library: Library, settings: Settings, *, table: bool, dated: bool, queue: bool = False
) -> tuple[int, int, int]:
    """Makes what is missing of a batch. Returns how many lines are made, how many are not, and how many were there before.

    `source`: a file of lines, or - for standard input. `table`: it is CSV. `dated`: the date was asked for; without it a run that
    goes on keeps the date of the one that was broken off. `queue`: workers make it, on whatever machine sees the folder. BadInput
    where the file can't be read, or another run is at work."""
    work = work_beside(folder)
    work.mkdir(parents=True, exist_ok=True)
    with alone(work, folder), gone_after(work / "input"):
        batch = same_or_new(batch_of(source, folder, work, library, settings, table=table), dated=dated)
        before = batch.counts()[0]
        clear_remains(batch)
        make_missing(batch, queue=queue)
        finish(batch)
    return (*batch.counts(), before)


@contextmanager
def alone(work: Path, folder: Path) -> Iterator[None]:
    """One run a folder. The lock goes with its process, however that ends."""
    with (work / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BadInput(f"{folder}: another run is at work there") from error
        yield


@contextmanager
def gone_after(path: Path) -> Iterator[None]:
    """What came by standard input lies on the disk for the run alone."""
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def batch_of(source: str, folder: Path, work: Path, library: Library, settings: Settings, *, table: bool) -> Batch:
    """The job as it is asked for now."""
    path = spooled(sys.stdin.buffer, work / "input") if source == "-" else Path(source)
    found = file_in_chunks(path, library, PAPERS_A_CHUNK if form_called(settings.form).pressed else TEXTS_A_CHUNK, table=table)
    batch = Batch(work, path, found.mark, folder, settings, release_of(library), found.table, found.chunks)
    return replace(batch, settings=replace(settings, spread=True)) if batch.lines > FLAT_LINES else batch


def spooled(given: BinaryIO, path: Path) -> Path:
    """What came by standard input, for the processes to read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        shutil.copyfileobj(given, file)
    return path


def same_or_new(batch: Batch, *, dated: bool) -> Batch:
    """The job that was begun before, if it is the same; otherwise this one, from the start."""
    try:
        earlier = batch_at(batch.work)
    except (OSError, ValueError, TypeError, KeyError):
        earlier = None
    if earlier:
        if not dated and not earlier.manifest.exists():
            batch = replace(batch, settings=replace(batch.settings, on=earlier.settings.on))
        same = replace(earlier, work=batch.work, source=batch.source, folder=batch.folder)
        if same == batch:
            return batch
    begin_anew(batch)
    return batch


def make_missing(batch: Batch, *, queue: bool) -> None:
    wanted = batch.missing()
    if not wanted:
        return
    progress = Progress(batch, wanted)
    crew = crew_of(batch, len(wanted), progress.say, queue=queue)
    try:
        for index in crew.made(wanted):
            progress.done(index)
    finally:
        crew.close()
        progress.bar.close()


def crew_of(batch: Batch, chunks: int, say: Callable[[str], None], *, queue: bool) -> Crew | QueuedChunks:
    """Whoever makes them: processes of this machine, or workers wherever they are."""
    if not queue:
        return Crew(batch, min(os.cpu_count() or 1, chunks), say)
    from planner.cli.queued import QueuedChunks

    return QueuedChunks(batch, say)


class Progress:
    """How far it is, on standard error: a bar on a terminal, a line now and then elsewhere. Both say the time left."""

    def __init__(self, batch: Batch, wanted: list[int]) -> None:
        self.batch, self.left = batch, sum(batch.chunks[index].count for index in wanted)
        self.count, self.since, self.said = 0, monotonic(), monotonic()
        self.terminal = sys.stderr.isatty()
        self.bar = tqdm(total=batch.lines, initial=batch.lines - self.left, unit="plan", disable=not self.terminal)

    def done(self, index: int) -> None:
        lines = self.batch.chunks[index].count
        self.count, self.left = self.count + lines, self.left - lines
        self.bar.update(lines)
        for one in self.batch.results(index):
            if one.status == "stopped":
                self.say(f"line {one.line}: {one.message}")
        if not self.terminal and self.left and monotonic() - self.said > SAY_SECONDS:
            rate = self.count / (monotonic() - self.since)
            minutes, seconds = divmod(round(self.left / rate), 60)
            self.say(f"{self.batch.lines - self.left} of {self.batch.lines} lines, {rate:.0f} a second, {minutes} min {seconds:02} s left")

    def say(self, words: str) -> None:
        self.said = monotonic()
        tqdm.write(f"backplan: {words}", file=sys.stderr)
