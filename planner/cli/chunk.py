"""One chunk of a batch: the one entry for whoever makes it, a process of this machine or of another. Asking twice does no harm."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from platform import node
from types import TracebackType

from planner.cli.batch import LAST_LINE, Batch, Result, Status, batch_at, jsonl, write_whole
from planner.cli.batch_input import answers_in, blank
from planner.cli.input import BadInput, journey_of
from planner.domain.model import Library
from planner.domain.plan import plan_of
from planner.languages.translate import library_in
from planner.outputs.drawn import DrawnDocuments
from planner.outputs.form import Beside, PlanFailed
from planner.outputs.forms import form_called
from planner.outputs.pdf import RENDERER, Kind, PdfFailed, render

KEY_LENGTH = 40  # characters of a plan's key
MOST_TRIES = 3
SEEN_BYTES = 8 << 20  # of files whose lines may come again, in each process


def make_chunk(work: Path, index: int) -> int:
    """Makes what is missing of a chunk, then writes its results. Returns how many lines it has. OSError where nothing can be written."""
    batch = batch_at(work)
    settled, maker = batch.settled(index), Maker(batch)
    with Tries(batch.tries(index)) as tries:
        results = []
        for number, raw in batch.records(index):
            if not blank(raw, batch.table):
                results.append(settled.get(number) or maker.line(number, raw, tries))
        maker.note(index, results)
    return batch.chunks[index].count


def release_of(library: Library) -> str:
    """What decides how a plan comes out: content, and what draws it."""
    return f"{library.version}-{RENDERER}"


def give_up_chunk(work: Path, index: int) -> None:
    """For a chunk that ends its process before any line is begun: what is missing of it is passed over, and named."""
    batch = batch_at(work)
    settled, maker = batch.settled(index), Maker(batch)
    lines = [number for number, raw in batch.records(index) if not blank(raw, batch.table)]
    results = [
        settled.get(number) or maker.fault(number, "stopped", "its process ended each time before a line was begun") for number in lines
    ]
    maker.note(index, results)


class Tries:
    """Which line each try is at, on disk: a process that is killed can't tell any more. One row of 13 bytes a try."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(exist_ok=True)
        self.path = path
        self.ended = Counter(path.read_text().split()) if path.exists() else Counter()
        self.row = 13 * self.ended.total()
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)

    def __enter__(self) -> Tries:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        os.close(self.file)
        self.path.unlink(missing_ok=True)

    def may_begin(self, number: int) -> bool:
        """Notes that the line is begun; False if it has ended its process too often."""
        if self.ended[f"{number:012}"] >= MOST_TRIES:
            return False
        os.pwrite(self.file, f"{number:012}\n".encode(), self.row)
        return True


class Maker:
    """Makes lines of one batch in this process."""

    seen: tuple[str, DrawnDocuments] = ("", DrawnDocuments(0))
    """Of which batch, and by line: the plan's key, and its file where that is no paper."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.settings = batch, batch.settings
        self.library, self.form = library_in(self.settings.lang), form_called(self.settings.form)
        self.on, self.beside = date.fromisoformat(self.settings.on), Beside(large=self.settings.large)
        self.part = batch.work / "parts" / f"{node()}-{os.getpid()}"
        whose = f"{batch.mark}{self.settings}{batch.version}"
        if Maker.seen[0] != whose:
            Maker.seen = (whose, DrawnDocuments(SEEN_BYTES))

    def note(self, index: int, results: list[Result]) -> None:
        """The results of a chunk, with which it is done. OSError where nothing can be written."""
        write_whole(self.batch.marker(index), jsonl(results) + f"{LAST_LINE}\n".encode(), self.part, sync=True)

    def line(self, number: int, raw: bytes, tries: Tries) -> Result:
        """The plan of one line, or its fault. Nothing that a line says ends the others; OSError where nothing can be written."""
        if not tries.may_begin(number):
            return self.fault(number, "stopped", f"it ended its process {MOST_TRIES} times and was passed over")
        try:
            return self.made(number, raw)
        except BadInput as reason:
            return self.fault(number, "bad", str(reason))
        except PlanFailed as reason:
            return self.fault(number, "failed", str(reason))
        except OSError:
            raise
        except Exception as fault:  # a fault of ours, or no memory left: it costs this line
            return self.fault(number, "failed", f"our fault: {type(fault).__name__} {str(fault)!a}")

    def made(self, number: int, raw: bytes) -> Result:
        name = self.batch.name(number, self.form.ending)
        target = self.place(name)
        key, body = self.again(raw) or self.first(raw)
        if body:
            write_whole(target, body, self.part)
        else:
            self.link(self.paper_at(key), target)
        self.place(self.batch.name(number, "error.txt")).unlink(missing_ok=True)
        return Result(number, "made", name, len(body) or target.stat().st_size, key)

    def again(self, raw: bytes) -> tuple[str, bytes] | None:
        """What the same line gave before."""
        held = Maker.seen[1].get(hashed(raw)) or b""
        key, body = held[:KEY_LENGTH].decode(), held[KEY_LENGTH:]
        return (key, body) if body or (key and self.paper_at(key).exists()) else None

    def first(self, raw: bytes) -> tuple[str, bytes]:
        """Key and file of a line; no file where a paper of that key lies ready."""
        journey = journey_of(self.library, answers_in(raw, self.batch.table, self.library), fill=self.settings.fill)
        plan = plan_of(journey, on=self.on, lang=self.settings.lang)
        words = self.form.words(plan, self.library, self.beside).encode()
        key = hashed(b"\0".join((self.settings.form.encode(), self.batch.version.encode(), words)))
        pressed = self.paper(key, words.decode(), self.form.pressed) if self.form.pressed else None
        alone = pressed and not self.form.around
        body = b"" if alone else self.form.whole(plan, self.library, self.beside, pressed.read_bytes() if pressed else words)
        Maker.seen[1].put(hashed(raw), key.encode() + body, {""})
        return key, body

    def paper(self, key: str, words: str, kind: Kind) -> Path:
        """The document of these words. Whoever comes second, in whatever process, waits for the first; a dead one holds no lock."""
        path = self.paper_at(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.with_suffix(".lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                try:
                    write_whole(path, render(words, kind), self.part)
                except PdfFailed as fault:
                    raise PlanFailed(str(fault)) from fault
        return path

    def paper_at(self, key: str) -> Path:
        return self.batch.work / "papers" / key[:2] / f"{key}.made"

    def link(self, paper: Path, target: Path) -> None:
        """A second name for the one file, or a copy where the disk has no more names for it."""
        self.part.unlink(missing_ok=True)
        try:
            os.link(paper, self.part)
        except OSError:
            write_whole(target, paper.read_bytes(), self.part)
            return
        os.replace(self.part, target)
        self.part.unlink(missing_ok=True)  # it stays where both were one file already

    def fault(self, number: int, status: Status, message: str) -> Result:
        """The reason, in the place of the plan."""
        body, name = f"{message}\n".encode(), self.batch.name(number, "error.txt")
        write_whole(self.place(name), body, self.part)
        self.place(self.batch.name(number, self.form.ending)).unlink(missing_ok=True)
        return Result(number, status, name, len(body), "", message)

    def place(self, name: str) -> Path:
        path = self.batch.folder / name
        if self.settings.spread:
            folder_of(path.parent)
        return path


@cache
def folder_of(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


def hashed(body: bytes) -> str:
    return blake2b(body, digest_size=KEY_LENGTH // 2).hexdigest()
