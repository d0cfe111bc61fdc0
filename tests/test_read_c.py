"""Lines that physiotherapists asked for on reading whole plans: sources that a line cites, three exercises for a full day, and the rest."""

from __future__ import annotations

import re
from typing import Any

import pytest

from planner.domain.model import Library
from planner.outputs.text import to_text
from tests.test_penned_a import BIRTH, LEG, WIDE
from tests.test_said_to_whom import SORE, TEEN, plan_for, text_for
from tests.test_signed_a import GIRDLE

UPPER: dict[str, Any] = {
    **{"age_band": "40_59", "areas": ("upper_back", "mid_back"), "duration": "gt12w", "peg_p": 5, "peg_e": 4, "peg_g": 4},
    **{"worse_with": ("arching", "arms_up"), "day": ("standing", "arms_up"), "activity": "regular", "pressure_pref": "firm"},
    **{"liked_before": ("trigger_point",), "budget": "some", "minutes": "20", "country": "GB", "goal": "work"},
}
NECK: dict[str, Any] = {
    **{"age_band": "18_39", "areas": ("neck_shoulders", "upper_back"), "duration": "gt12w", "peg_p": 4, "peg_e": 3, "peg_g": 3},
    **{"worse_with": ("look_down", "one_position"), "day": ("desk",), "activity": "some", "stress": "some", "pressure_pref": "firm"},
    **{"budget": "some", "minutes": "10", "country": "CA", "goal": "work"},
}
PEOPLE = {"birth": BIRTH, "leg": LEG, "wide": WIDE, "sore": SORE, "teen": TEEN, "girdle": GIRDLE, "upper": UPPER, "neck": NECK}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_source_in_the_list_is_cited_by_a_line(library: Library, who: str) -> None:
    body, listed = to_text(plan_for(library, **PEOPLE[who]), library).split("\nSources\n")
    cited = {name for found in re.findall(r"\[([a-z0-9_,\s]+)\]", body) for name in re.split(r",\s+", found)}
    assert set(re.findall(r"^- \[(\w+)\]", listed, re.MULTILINE)) == cited


@pytest.mark.parametrize("who", ["upper", "girdle"])
def test_many_exercises_say_which_three_a_full_day_has_time_for(library: Library, who: str) -> None:
    found = re.search(r"Short of time\? Do these three: ([^.]+)\.", text_for(library, **PEOPLE[who]))
    assert found
    assert len(set(found[1].split("; "))) == 3


def test_few_exercises_need_no_choice(library: Library) -> None:
    assert "Short of time?" not in text_for(library, **{**WIDE, "minutes": "5"})
