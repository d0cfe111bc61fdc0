"""The plan in one file: small whoever the plan is for, complete, and safe to embed; and the easier turn of a session."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from datetime import date

import pytest

from planner.domain.doses import minutes_a_day
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import STATIC
from planner.outputs import documents
from planner.outputs.packed import fewer_moments, file_scripts, packed_drawings, session_lines
from planner.outputs.pictures import as_data, picture
from planner.outputs.turns import easier_turn, four_weeks
from tests.people import well

MOST_BYTES = 400_000
DAY = date(2026, 11, 21)


def plan_for(library: Library, **answers: object) -> Plan:
    return build(library, well(library, **{"minutes": "20"} | answers), on=DAY, country="GB")


@pytest.mark.parametrize("areas", [("low_back",), ("neck_shoulders", "upper_back"), ("low_back", "mid_back", "upper_back")])
@pytest.mark.parametrize("goal", ["sitting", "lifting", "walking"])
def test_the_file_is_under_its_size(library: Library, areas: tuple[str, ...], goal: str) -> None:
    plan = plan_for(library, areas=areas, goal=goal, minutes="30", activity="regular", day=("desk", "lifting", "carer_parent"))
    assert len(plan.section("exercises")) == 7, "the largest plans there are"
    assert len(documents.page_html(plan, library).encode()) < MOST_BYTES


def test_the_pack_has_every_drawing_of_the_session(library: Library) -> None:
    plan = plan_for(library)
    pack = json.loads(gzip.decompress(b64decode(packed_drawings(plan, library))))
    assert packed_drawings(plan, library) == packed_drawings(plan, library)
    for line in session_lines(plan, library):
        shown = picture(library, line.item.id)
        assert shown, line.id
        assert {frame.file for frame in shown.frames} | ({shown.moving} if shown.moving else set()) <= set(pack)
    assert all(text.startswith("<svg") and text.endswith("</svg>") for text in pack.values())


@pytest.mark.parametrize(("name", "stills"), [("bridge", 2), ("cat_cow", 3)])
def test_fewer_moments_keep_the_stills_at_even_places(library: Library, name: str, stills: int) -> None:
    shown = picture(library, name)
    assert shown
    svg = (STATIC / shown.moving).read_text("utf-8")
    moments = [int(found) for found in re.findall(r'<g class="k(\d+)">', fewer_moments(svg))]
    every = [int(found) for found in re.findall(r'<g class="k(\d+)">', svg)]
    assert moments[0] == every[0] and moments[-1] == every[-1] and len(moments) < len(every)
    assert (len(moments) - 1) % (stills - 1) == 0
    assert all(moments[place * (len(moments) - 1) // (stills - 1)] == place * every[-1] // (stills - 1) for place in range(stills))


def test_a_drawing_in_an_address_ends_no_attribute() -> None:
    address = str(as_data("figures/bridge-start.svg"))
    assert address.startswith("data:image/svg+xml,") and not set('"<>#&') & set(address)
    assert "</" not in file_scripts()


def test_the_easier_turn_is_the_rung_that_the_plan_names_and_never_more(library: Library) -> None:
    for goal in ("sitting", "lifting", "walking"):
        plan = plan_for(library, goal=goal, minutes="30")
        for line in plan.section("exercises"):
            turn = easier_turn(line, library)
            assert (turn is None) == (line.easier is None)
            if turn is None or line.easier is None:
                continue
            doses = library.doses[turn.exercise.dose]
            assert (turn.item.id, turn.title) == (line.easier.id, line.easier.title)
            assert turn.dose and minutes_a_day(turn.dose) <= minutes_a_day(doses.start)
            assert not set(turn.exercise.demands) & set(plan.limits.bars), "nothing that is barred for this person"


def test_four_weeks_have_every_day_once() -> None:
    days = four_weeks(DAY)
    assert len(set(days)) == 28 and days[0] == DAY and (days[-1] - days[0]).days == 27
