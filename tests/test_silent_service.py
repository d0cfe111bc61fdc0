"""A service of renderers that takes callers and says nothing: what it may cost whoever asks for a document."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from planner.outputs.shared_pool import HANGING, ROOM_SECONDS, SharedPool
from tests.scripted_renderer import Desk, comes

MINE = "a draft"


@pytest.fixture
def silence() -> Iterator[Path]:
    """Where it listens."""
    with TemporaryDirectory() as folder:
        yield Path(folder) / "renderers"


def test_one_that_never_answers_is_waited_for_once_and_not_for_long(silence: Path, desk: Desk) -> None:
    """It accepts and says nothing. Each try leaves a connection behind, so those are counted, and what each may cost is a bound."""
    with Listener(str(silence), "AF_UNIX", backlog=16) as listener:
        tries: list[Any] = []

        def accept() -> None:
            with suppress(OSError):
                while True:
                    tries.append(listener.accept())

        threading.Thread(target=accept, daemon=True).start()
        web = SharedPool(str(silence))
        assert web.room(MINE) == "free"
        for number in range(5):
            assert web.submit(str(number), "plan", MINE).result(5)
            web.draw_ahead(str(number), "sheet", MINE)
            assert web.room(MINE) == "there"
        assert len(tries) == 2 and ROOM_SECONDS + HANGING <= 1.5, "once for room, and once for the first document"
        web.silent_until = 0.0
        web.take_back(MINE)
        assert comes(lambda: len(tries) == 3), "after a while it is asked again"
        web.close()


def test_one_whose_line_of_callers_is_full_is_not_called_again_and_again(silence: Path, desk: Desk) -> None:
    """Nobody accepts: whoever comes too many waits for a place, and gets none."""
    with Listener(str(silence), "AF_UNIX", backlog=0):
        held = [Client(str(silence), "AF_UNIX")]
        web = SharedPool(str(silence))
        assert web.submit("by ourselves", "plan").result(5) == b"%PDF plan by ourselves"
        assert web.silent_until > 0
        held[0].close()
        web.close()
