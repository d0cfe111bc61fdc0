"""The processes that make a batch, a chunk at a time. One that dies costs its chunk, which is made again, and is said."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from threading import Thread
from time import time
from typing import cast

from planner.cli.batch import Batch
from planner.cli.chunk import make_chunk
from planner.outputs.form import PlanFailed
from planner.outputs.renderer import MEMORY

LINE_SECONDS = 120.0  # a line that takes longer ends its process
CHUNKS = 40  # then a process is replaced, as renderers are
EARLY_DEATHS = 5  # in a row, before any line was begun: then nothing will ever be made


class Hand:
    """One process, and the chunk that it is at; none while it waits."""

    def __init__(self, work: Path) -> None:
        context = multiprocessing.get_context("forkserver")  # as the renderers' pool: nothing of this process is copied
        context.set_forkserver_preload(["planner.cli.chunk"])
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=work_on, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.at: int | None = None
        self.since, self.chunks = time(), 0

    def give(self, index: int) -> None:
        self.at, self.since, self.chunks = index, time(), self.chunks + 1
        with suppress(OSError):  # it is dead: the pipe says so in a moment
            self.pipe.send(index)

    def end(self) -> None:
        self.process.kill()
        self.process.join(1)
        self.pipe.close()


def work_on(pipe: Connection, work: Path) -> None:
    """The process: makes the chunks that it is told until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the one who gives the work
    Thread(target=end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with suppress(EOFError, OSError):
        while True:
            index = pipe.recv()
            try:
                make_chunk(work, index)
            except OSError as fault:
                pipe.send(f"{fault.filename or work}: {fault.strerror or fault}")
            else:
                pipe.send("")


def end_with_parent() -> None:
    """Ends this process at once when the one that gives the work is killed: nothing may be written behind the next run's back."""
    if parent := multiprocessing.parent_process():
        wait([parent.sentinel])
        os._exit(1)


class Crew:
    """So many processes for one batch. `say` takes a line for whoever watches."""

    def __init__(self, batch: Batch, size: int, say: Callable[[str], None]) -> None:
        self.batch, self.say = batch, say
        self.hands = [Hand(batch.work) for _ in range(size)]
        self.early = 0

    def made(self, wanted: list[int]) -> Iterator[int]:
        """Makes these chunks, and gives the index of each that is done. OSError where a process can write nothing;
        PlanFailed where processes die before they begin."""
        waiting = deque(wanted)
        while waiting or any(hand.at is not None for hand in self.hands):
            for hand in self.hands:
                if hand.at is None and waiting:
                    hand.give(waiting.popleft())
            for one in wait([hand.pipe for hand in self.hands if hand.at is not None], timeout=1):
                place = next(place for place, hand in enumerate(self.hands) if hand.pipe is one)
                index = cast(int, self.hands[place].at)
                if self.answered(place):
                    yield index
                else:
                    waiting.appendleft(index)
            self.end_the_late()

    def answered(self, place: int) -> bool:
        """What a process says of its chunk; False if it died over it."""
        hand = self.hands[place]
        try:
            fault: str = hand.pipe.recv()
        except (EOFError, OSError):
            self.lost(cast(int, hand.at))
            self.replace(place)
            return False
        if fault:
            raise OSError(fault)
        hand.at, self.early = None, 0
        if hand.chunks >= CHUNKS:
            self.replace(place)
        return True

    def replace(self, place: int) -> None:
        self.hands[place].end()
        self.hands[place] = Hand(self.batch.work)

    def lost(self, index: int) -> None:
        """Says that a process died, and over which line."""
        tries = self.batch.tries(index)
        rows = tries.read_text().split() if tries.exists() else []
        self.early = 0 if rows else self.early + 1
        where = f"at line {int(rows[-1])}" if rows else "before its first line"
        self.say(f"a process died {where}; chunk {index + 1} of {len(self.batch.chunks)} is made again")
        if self.early >= EARLY_DEATHS:
            raise PlanFailed("processes die before they make a line; is there enough memory?")

    def end_the_late(self) -> None:
        """Kills a process that has been at one line for too long; the pipe then says that it is dead."""
        for hand in self.hands:
            if hand.at is not None:
                tries = self.batch.tries(hand.at)
                begun = tries.stat().st_mtime if tries.exists() else 0.0
                if time() - max(begun, hand.since) > LINE_SECONDS:
                    hand.process.kill()

    def close(self) -> None:
        for hand in self.hands:
            hand.end()
