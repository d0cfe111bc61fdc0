"""The documents drawn last: in memory alone, up to so many bytes, for an hour, each with the drafts that it was drawn for."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from math import inf
from time import monotonic

DRAWN_BYTES = 64 << 20
DRAWN_SECONDS = 3600.0


@dataclass
class Remembered:
    """A document. `drafts`: for whom; "" is nobody in particular, and never taken back."""

    body: bytes
    drafts: set[str]
    until: float


class DrawnDocuments:
    """Key -> document. Not for two threads at once: the pool has a lock."""

    def __init__(self, most: int = DRAWN_BYTES, seconds: float = DRAWN_SECONDS) -> None:
        self.most, self.seconds = most, seconds
        self.size = 0
        self.soonest = inf  # no document has had its hour before
        self.held: OrderedDict[str, Remembered] = OrderedDict()

    def get(self, key: str, draft: str = "") -> bytes | None:
        """The document, which is now this draft's too."""
        self.sweep()
        found = self.held.get(key)
        if found is None:
            return None
        self.held.move_to_end(key)
        found.drafts.add(draft)
        return found.body

    def of(self, draft: str) -> bool:
        """True when there is a document of this draft."""
        self.sweep()
        return any(draft in found.drafts for found in self.held.values())

    def put(self, key: str, body: bytes, drafts: set[str]) -> None:
        self.take_out(key)
        self.size += len(body)
        until = monotonic() + self.seconds
        self.held[key] = Remembered(body, set(drafts), until)
        self.soonest = min(self.soonest, until)
        while self.size > self.most and self.held:
            self.take_out(next(iter(self.held)))

    def take_out(self, key: str) -> None:
        found = self.held.pop(key, None)
        self.size -= len(found.body) if found else 0

    def take_back(self, draft: str) -> None:
        """Drops what was drawn for this draft and for no other."""
        for key, found in list(self.held.items()):
            if draft in found.drafts:
                found.drafts.discard(draft)
                if not found.drafts:
                    self.take_out(key)

    def sweep(self) -> None:
        """Drops what has had its hour. Most times nothing has, and nothing is gone through."""
        now = monotonic()
        if now < self.soonest:
            return
        for key in [key for key, found in self.held.items() if found.until <= now]:
            self.take_out(key)
        self.soonest = min((found.until for found in self.held.values()), default=inf)
