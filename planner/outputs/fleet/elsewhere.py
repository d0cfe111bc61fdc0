"""The fleet as a machine's pool of renderers sees it: papers that another machine remembers, draws now, or can be asked for."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from time import monotonic, sleep
from typing import Any

from planner.outputs.fleet.celery_app import celery_app, job_name, send
from planner.outputs.fleet.shared_store import SharedStore, StoreAway
from planner.outputs.pdf import Kind, PdfFailed
from planner.outputs.renderer import RENDERER_DIED, packed_message, read_message

ANSWER_SECONDS = 5.0  # after which the machine draws a paper itself, unless a worker has begun with it
DRAWING_SECONDS = 12.0  # after which it does so in any case. Both count from the beginning: also what another machine's drawing took
FLIGHT_SECONDS = 15  # for which a machine that died keeps others from drawing the same: a little longer
LEFT_LYING = 60  # seconds for which a job or an answer lies there that nobody fetches any more
PEEK = 0.02


class Elsewhere:
    """What other machines can do for this one. Nothing here takes longer than DRAWING_SECONDS and a Redis that hangs."""

    def __init__(self, store: SharedStore, url: str) -> None:
        self.store, self.url = store, url
        self.sending = Lock()
        self.app: Any = None

    def there(self) -> bool:
        """True while Redis answers."""
        return self.store.answers()

    @contextmanager
    def drawn(self, html: str, kind: Kind, draft: str) -> Iterator[bytes | PdfFailed | None]:
        """A paper of a draft, remembered or drawn elsewhere; None: draw it here. While the block lasts no other machine draws the same."""
        paper = self.store.envelope.name(draft, kind, html)
        begun, ours = monotonic(), False
        found: bytes | PdfFailed | None = None
        try:
            try:
                remembered, ours = self.remembered_or_ours(draft, paper, begun + ANSWER_SECONDS)
                found = remembered
                if ours and found is None and self.store.beats("pdf"):
                    found = self.asked(html, kind, begun)
            except StoreAway:
                found = None
            yield found
        finally:
            if ours:
                with suppress(StoreAway):  # it ends by itself
                    self.store.drop(f"flight:{paper}")

    def remembered_or_ours(self, draft: str, paper: str, until: float) -> tuple[bytes | None, bool]:
        """The paper, once one is remembered; or whether it is ours to have it drawn. Neither: another machine has it drawn, too slowly."""
        while (found := self.store.recall(draft, paper)) is None and monotonic() < until:
            if self.store.claim(f"flight:{paper}", FLIGHT_SECONDS):
                return self.store.recall(draft, paper), True  # it may have come between the two
            sleep(PEEK)
        return found, False

    def asked(self, html: str, kind: Kind, begun: float) -> bytes | PdfFailed | None:
        """Asks the fleet; None when no worker has answered in time, counted from `begun`. Then none begins with it any more."""
        number = secrets.token_hex(16)
        answer = f"answer:{number}"
        try:
            self.publish(number, packed_message({"kind": kind}, html.encode("utf-8", "replace")))
            while monotonic() - begun < ANSWER_SECONDS or (monotonic() - begun < DRAWING_SECONDS and self.at_it(number)):
                if (said := self.store.get(answer)) is not None:
                    return outcome_of(said)
                if not self.store.has(job_name(number), answer):  # Redis was restarted, and has lost it
                    return None
                sleep(PEEK)
        finally:
            with suppress(StoreAway):  # both end by themselves
                self.store.drop(job_name(number), answer, f"begun:{number}")
        return None

    def at_it(self, number: str) -> bool:
        """True while a worker that lives has begun with a job. To draw it here too would only make a busy fleet busier."""
        worker = self.store.get(f"begun:{number}")
        return worker is not None and self.store.beats("pdf", worker.decode())

    def publish(self, number: str, body: bytes) -> None:
        from kombu.exceptions import OperationalError

        with self.sending:
            self.app = self.app or celery_app(self.url, prompt=True)
        try:
            send(self.app, self.store, "pdf", number, body, LEFT_LYING)
        except OperationalError as fault:
            raise StoreAway from fault

    def remember(self, html: str, kind: Kind, draft: str, body: bytes) -> None:
        """For the other machines; while Redis is away, not."""
        with suppress(StoreAway):
            self.store.remember(draft, self.store.envelope.name(draft, kind, html), body)

    def take_back(self, draft: str) -> None:
        """Forgets a draft's papers. While Redis is away they end by themselves, within the hour."""
        with suppress(StoreAway):
            self.store.take_back(draft)


def outcome_of(said: bytes) -> bytes | PdfFailed:
    about, body = read_message(said)
    return PdfFailed(str(about["failed"])) if about["failed"] else body


def answer_to_job(store: SharedStore, number: str, body: bytes, failed: str = "") -> None:
    """What a worker says of a paper; its job is done then."""
    store.put(f"answer:{number}", packed_message({"failed": failed}, body), LEFT_LYING)
    store.drop(job_name(number))


def gave_up(store: SharedStore, number: str) -> None:
    answer_to_job(store, number, b"", RENDERER_DIED)
