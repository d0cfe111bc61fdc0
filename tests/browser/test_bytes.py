"""Bytes over the line: the first view and the whole way to the plan, with static files packed as `make run` packs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import brotli
import pytest
from playwright.sync_api import Page

from planner.folders import STATIC
from scripts.styles import main as build
from tests.browser import person
from tests.bytes_of import counting
from tests.people import well

pytestmark = pytest.mark.browser
FIRST_VIEW, JOURNEY = 35 * 1024, 120 * 1024
SORE = well(person.LIBRARY, areas=("neck_shoulders", "upper_back", "low_back"), peg_p=8, peg_e=8, peg_g=8, stress="high")
"""Somebody who is asked most of what can be asked."""
PACKED = (".css", ".js", ".svg", ".webmanifest")


def weight(found: dict[str, int]) -> dict[str, int]:
    """Path -> bytes: of a page as it came; of a file as it is sent where it has been packed. Each with its headers."""
    return {path: size - saved(path) if path.startswith("/static/") else size for path, size in found.items()}


def saved(path: str) -> int:
    """What packing takes off a file, which `make run` does and the tests' server does not."""
    body = (STATIC / path.removeprefix("/static/")).read_bytes()
    return len(body) - len(brotli.compress(body)) if path.endswith(PACKED) else 0


def test_the_bundles_are_those_of_todays_sources() -> None:
    """`make install` has built them; a page that has none still comes, with its stylesheets one by one."""
    assert build() == 0


def test_the_first_view_is_light(phone: Page) -> None:
    seen = counting(phone)
    phone.goto("/")
    phone.wait_for_load_state("networkidle")
    found = weight(seen())
    assert not [path for path in found if path.endswith(".js")], "nothing on the start page needs a script"
    assert not [path for path in found if "-latin" in path or "-ext-" in path], "English needs its own letters alone"
    assert sum(1 for path in found if path.endswith(".css")) == 1
    assert sum(1 for path in found if path.endswith(".woff2")) == 3
    assert sum(found.values()) <= FIRST_VIEW, found


@pytest.mark.parametrize("answers", [pytest.param(person.DESK, id="few pages"), pytest.param(SORE, id="most pages")])
def test_the_whole_way_to_the_plan_is_light(phone: Page, answers: Mapping[str, Any]) -> None:
    seen = counting(phone)
    person.start(phone)
    assert len(person.click_through(phone, answers, person.DEFAULTS)) >= (18 if answers is SORE else 14)
    person.finish(phone)
    phone.wait_for_load_state("networkidle")
    found = weight(seen())
    assert sum(found.values()) <= JOURNEY, sorted(found.items(), key=lambda pair: -pair[1])
