"""A batch by the workers of all machines that see its folder: chunks go out by Redis, and what the folder says decides what is done."""

from __future__ import annotations

import json
import logging
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from platform import node
from time import monotonic, sleep

from planner.cli.batch import Batch, batch_at
from planner.cli.chunk import give_up_chunk, make_chunk, release_of
from planner.cli.input import BadInput
from planner.cli.site_secrets import shared_store
from planner.languages.translate import library_in
from planner.outputs.fleet.shared_store import SharedStore, StoreAway
from planner.settings_table import setting

CHUNKS_OUT = 64  # chunks that are out: what Redis holds of a batch is little, however long the batch is
MOST_UNBEGUN = 3  # deliveries of a chunk that end before any line is begun; a line has its own count on the disk
LOOK_AGAIN = 0.2
SAY_AGAIN = 30.0  # seconds between two words about workers that are not there
LOG = logging.getLogger("planner.fleet")
Stamp = tuple[int, int]


def make_queued(store: SharedStore, number: str) -> None:
    """A worker's part: the chunk of a job. What ends it is left for whoever sent it to read; StoreAway: it is to be called again."""
    from planner.outputs.fleet.celery_app import job_name

    asked = store.get(job_name(number))
    if asked is None:  # it is done, or was sent anew under another number
        return
    about = json.loads(asked)
    work, index = Path(about["work"]), int(about["chunk"])
    try:
        batch = batch_at(work)
        if batch.version != release_of(library_in(batch.settings.lang)):
            raise OSError(0, "its release is another than that of the machine which sent the batch", node())
        begun = batch.begun(index)
        if store.counted(f"delivered:{number}") - begun > MOST_UNBEGUN:
            LOG.error("a chunk ended its process %d times before its first line, and is given up", MOST_UNBEGUN)
            give_up_chunk(work, index)
        else:
            make_chunk(work, index)
    except StoreAway:
        raise
    except OSError as fault:
        store.put(f"answer:{number}", f"{fault.filename or work}: {fault.strerror or fault}".encode())
    except Exception as fault:  # a fault of ours: without a word the sender would wait for an hour
        LOG.error("a chunk failed: %s", type(fault).__name__)
        store.put(f"answer:{number}", f"{work}: {type(fault).__name__} at {node()}".encode())
    store.drop(job_name(number))


class QueuedChunks:
    """The sender's part. As a crew of this machine is used: `say` takes a line for whoever watches."""

    def __init__(self, batch: Batch, say: Callable[[str], None]) -> None:
        from planner.outputs.fleet.celery_app import celery_app

        self.batch, self.say = batch, say
        self.store = shared_store()
        self.app = celery_app(setting("REDIS_URL"), prompt=True)
        self.out: dict[int, tuple[str, Stamp]] = {}
        self.said = monotonic()

    def made(self, wanted: list[int]) -> Iterator[int]:
        """Has these chunks made, and gives the index of each that is done. OSError where a worker can write nothing. What Redis lost is
        sent again, under a new number."""
        self.somebody_there()
        waiting = deque(wanted)
        while waiting or self.out:
            try:
                while waiting and len(self.out) < CHUNKS_OUT:
                    self.send(waiting[0])
                    waiting.popleft()
                for index in list(self.out):
                    if self.done(index):
                        yield index
                self.watch()
            except StoreAway:
                self.tell("Redis does not answer; waiting for it")
            sleep(LOOK_AGAIN)

    def somebody_there(self) -> None:
        try:
            there = self.store.beats("batch")
        except StoreAway:
            raise BadInput("REDIS_URL: nobody answers there") from None
        if not there:
            raise BadInput("no worker for batches with our release and SECRET_KEY is there; start one: python -m planner worker batch")

    def send(self, index: int) -> None:
        """StoreAway if it could not be sent. A chunk that was sent once more than needed does no harm."""
        from kombu.exceptions import OperationalError

        from planner.outputs.fleet.celery_app import send

        number, body = secrets.token_hex(16), {"work": str(self.batch.work.absolute()), "chunk": index}
        stamp = self.out[index][1] if index in self.out else self.stamp(index)
        try:
            send(self.app, self.store, "batch", number, json.dumps(body).encode())
        except OperationalError as fault:
            raise StoreAway from fault
        self.out[index] = number, stamp

    def stamp(self, index: int) -> Stamp:
        """Another one once the chunk is done: its results are a new file then."""
        try:
            found = self.batch.marker(index).stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def done(self, index: int) -> bool:
        """True once the results are there. OSError with what a worker said; sent again if it is neither done nor under way."""
        from planner.outputs.fleet.celery_app import job_name

        number, before = self.out[index]
        there = self.store.has(job_name(number))  # first this: whoever finishes writes first and drops the job then
        if self.stamp(index) != before:
            self.out.pop(index)
            return True
        if not there:
            if fault := self.store.get(f"answer:{number}"):
                raise OSError(fault.decode())
            self.send(index)
        return False

    def watch(self) -> None:
        if not self.store.beats("batch"):
            self.tell("no worker for batches with our release answers; waiting for one")

    def tell(self, words: str) -> None:
        if monotonic() - self.said > SAY_AGAIN:
            self.said = monotonic()
            self.say(words)

    def close(self) -> None:
        """Takes back what is still out, after Ctrl+C or a fault: nobody begins with it any more."""
        from planner.outputs.fleet.celery_app import job_name

        try:
            if self.out:
                self.store.drop(*(job_name(number) for number, _ in self.out.values()))
        except StoreAway:
            LOG.warning("what was sent ends by itself, within the hour")
