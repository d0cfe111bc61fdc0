"""Five minutes a day, or a full day: the walk or the exercises, and which three count most."""

from __future__ import annotations

import re

import pytest

from planner.domain.model import Library
from tests.persons import ALL_KINDS, MANY_PLACES, TIRED
from tests.plan_text import flat, text_for


def test_little_time_asks_for_the_walk_or_the_exercises(library: Library) -> None:
    text = text_for(library, **MANY_PLACES)
    today = text[text.index("Do this today") : text.index("Stop, and get help")]
    assert text.count("or do the exercises of the day. One of the two is enough.") == 1
    assert "or do the exercises of the day. One of the two is enough." in today
    assert "Only 5 minutes?" not in text
    assert "One of the two is enough" not in text_for(library, **{**MANY_PLACES, "minutes": "10"})
    assert "One of the two is enough" not in text_for(library, **MANY_PLACES, mobility="chair_only")


def test_five_minutes_and_longer_walks_agree(library: Library) -> None:
    text = flat(text_for(library, **TIRED))
    weeks = text[text.index("Four weeks") :]
    assert "a walk of 4 to 5 minutes on the others. That is enough. Only with more time: walk as the weeks say." in weeks
    assert "for days with more time" not in text_for(library, **{**TIRED, "minutes": "10"})
    assert "for days with more time" not in text_for(library, **TIRED, mobility="chair_only")


def test_with_five_minutes_the_weeks_say_first_that_one_walk_is_enough(library: Library) -> None:
    weeks = flat(text_for(library, **TIRED)).partition("Four weeks ---")[2].partition("Review on")[0]
    enough = "With 5 minutes a day: the exercises on 3 days, a walk of 4 to 5 minutes on the others. That is enough."
    assert weeks.index(enough) < weeks.index("Week 1: walk")
    assert "minutes" not in weeks.partition("Week 4: walk")[2].partition("days.")[2].replace("the minutes of one week", "")


def test_five_minutes_are_for_the_exercises_of_the_day_or_one_walk(library: Library) -> None:
    assert "or do the exercises of the day. One of the two is enough." in flat(text_for(library, **TIRED))


@pytest.mark.parametrize("who", ["upper", "girdle"])
def test_many_exercises_say_which_three_a_full_day_has_time_for(library: Library, who: str) -> None:
    found = re.search(r"Short of time\? Do these three: ([^.]+)\.", text_for(library, **ALL_KINDS[who]))
    assert found
    assert len(set(found[1].split("; "))) == 3


def test_few_exercises_need_no_choice(library: Library) -> None:
    assert "Short of time?" not in text_for(library, **{**MANY_PLACES, "minutes": "5"})
