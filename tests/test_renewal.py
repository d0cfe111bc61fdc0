"""What time and newer advice do to the words of a kept plan, through its page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from planner.domain.model import Library
from planner.outputs.words import date_text
from tests.aged import EXERCISE, ago, kept, stored
from tests.keeping_web import at_plan, keep
from tests.walker import Walker


@pytest.mark.parametrize(("duration", "days"), [("lt4w", 28), ("4to12w", 56)])
def test_what_was_new_pain_is_said_with_its_day(site: Flask, library: Library, duration: str, days: int) -> None:
    for age, wanted in ((days - 1, False), (days, False), (days + 1, True)):
        url = kept(site, library, age, {"confirmed": date.today()}, duration=duration, peg_p=4)
        text = Walker(site.test_client(), library, {}).get(url).text
        assert EXERCISE in text
        assert (f"when you made this plan on {date_text(ago(age))}" in text) == wanted, age


def test_stricter_advice_says_what_it_took_away(site: Flask, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    walker = Walker(site.test_client(), library, {})
    url = kept(site, library, 1, {"held": ()})
    plan = json.loads(walker.get(url + ".json").data)
    gone = next(name for name in library.exercises if f"exercise:{name}" not in json.dumps(plan))
    url = kept(site, library, 1, {"held": (f"exercise:{gone}", "pressure:max:5")})
    newer = replace(library, version="newer")
    assert 'id="stricter"' not in walker.get(url).text
    monkeypatch.setattr("planner.web.render.library_in", lambda lang: newer)
    text = walker.get(url).text
    assert 'id="stricter"' in text and f"{library.exercises[gone].title} out." in text
    assert 'id="stricter"' not in walker.get(kept(site, library, 1)).text, "what it held is not known"


def test_what_a_plan_held_is_kept_with_it(site: Flask, library: Library) -> None:
    walker = at_plan(site, library)
    body = stored(site, keep(walker))
    assert any(one.startswith("exercise:") for one in body.held) and body.asked == {} and body.confirmed is None
