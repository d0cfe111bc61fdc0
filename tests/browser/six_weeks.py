"""Two people, two browsers and one server whose date moves: for the thread of six weeks. What each of them sees is kept as a picture."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import update

from planner.clinic.tables import Clinic
from planner.database.sessions import writing
from tests.browser.conftest import Desk, sign_in
from tests.waiting import CONSENT

PICTURES = "PICTURES"
"""A folder for the pictures, as a variable of the environment; else the test's own."""
HEAD: dict[str, Any] = {
    "name": "Harbour Lane Massage and Movement",
    "address": "12 Harbour Lane, Bristol BS1 4QA",
    "phone": "0117 496 0123",
    "country": "GB",
    "consent": CONSENT,
}


def furnished(desk: Desk) -> None:
    """A clinic with a letterhead and a text to agree to."""
    with writing(desk.app.extensions["database"]) as rows:
        rows.execute(update(Clinic).values(**HEAD))


@dataclass
class Album:
    """Pictures of pages and papers, numbered as they were seen."""

    folder: Path
    taken: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, usual: Path) -> Album:
        folder = Path(os.environ.get(PICTURES, usual))
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder)

    def name(self, what: str) -> str:
        self.taken.append(what)
        return str(self.folder / f"{len(self.taken):02}-{what}")

    def page(self, page: Page, what: str, *, dark: bool = False) -> None:
        """The whole page; in the dark too where that is asked for."""
        page.wait_for_load_state("load")
        page.wait_for_timeout(400)  # pictures and the preview
        page.screenshot(path=self.name(what) + ".png", full_page=True, caret="initial")
        if dark:
            page.emulate_media(color_scheme="dark")
            page.screenshot(path=self.name(f"{what}-dark") + ".png", full_page=True, caret="initial")
            page.emulate_media(color_scheme="light")

    def paper(self, page: Page, address: str, what: str) -> str:
        """Each page of a PDF as a picture; its words."""
        answer = page.request.get(address)
        if answer.status == 503:  # a busy machine asks to come again
            answer = page.request.get(address)
        assert answer.status == 200 and answer.headers["content-type"] == "application/pdf", address
        file = Path(self.name(what) + ".pdf")
        file.write_bytes(answer.body())
        subprocess.run(["pdftoppm", "-r", "80", "-png", file, file.with_suffix("")], check=True)
        return subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout


@dataclass
class Thread:
    """The patient's phone, the clinic's desk, and the day that it is for both and for the server."""

    desk: Desk
    phone: Page
    screen: Page
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))

    @contextmanager
    def day(self, days: int) -> Iterator[None]:
        """So many days after the first. The therapist has signed in again: an evening signs everybody out."""
        when = self.begun + timedelta(days=days)
        with time_machine.travel(when, tick=True):
            for page in (self.phone, self.screen):
                page.context.clock.set_fixed_time(when)
            sign_in(self.screen, self.desk)
            yield


def at_a_desk(context: BrowserContext) -> BrowserContext:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context
