"""The note on the new sheet: how many characters are left, as the server counts them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from planner.clinic.lengths import NOTE
from tests.browser.conftest import Desk, sign_in

pytestmark = pytest.mark.browser


def test_what_is_left_of_a_note_is_counted(browser: Browser, desk: Desk) -> None:
    with browser.new_context(base_url=desk.url, locale="en-GB") as context:
        page = context.new_page()
        sign_in(page, desk)
        page.goto("/clinic/new")
        expect(page.locator("#left")).to_have_text(f"at most {NOTE} characters")
        for note, left in (("Gently 🌱", NOTE - 8), ("n" * (NOTE + 2), -2), ("", NOTE)):
            page.locator("#note").fill(note)
            expect(page.locator("#left")).to_have_text(f"{left} characters left")
