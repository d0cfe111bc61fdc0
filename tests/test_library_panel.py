"""The library panel and the red flags of a new sheet, in a browser without scripts: what is found, added, ticked and written down."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from planner.domain.model import Library
from tests.conftest import HTMX
from tests.rooms import Room, errors, exercises, focused
from tests.sheet_forms import Form


def looked(room: Room, query: str = "", **more: Any) -> str:
    """The panel after a search."""
    page = room.press(room.begun(**more.pop("person", {})), "look", query=query, **more)
    return unescape(page.text.partition('id="found"')[2].partition("</details>")[0])


def part(panel: str, heading: str) -> str:
    return panel.partition(f"<h3>{heading}</h3>")[2].partition("<h3>")[0]


def plain(html: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", html).split())


@pytest.mark.parametrize("typed", ["child's pose", "CHILD’S POSE", "childs pose", "pose child", "Chìld pose"])
def test_a_clinical_name_finds_the_exercise_with_picture_and_dose(room: Room, typed: str) -> None:
    found = part(looked(room, typed), "Exercises")
    rows = [row for row in found.split("<li") if "<span>Bottom to heels</span>" in row]
    assert len(rows) == 1 and 'id="found-child_pose"' in rows[0]
    assert "child's pose" in rows[0] and "<img" in rows[0] and re.search(r"\d", plain(rows[0].partition("child's pose")[2]))


@pytest.mark.parametrize(
    ("typed", "heading", "found"), [("glute brige", "Exercises", "Bridge"), ("osteoperosis", "Conditions", "Thin bones")]
)
def test_a_slip_of_the_fingers_is_said_and_forgiven(room: Room, typed: str, heading: str, found: str) -> None:
    panel = looked(room, typed)
    assert "Nothing is called exactly that" in panel and found in plain(part(panel, heading))


def test_nothing_that_is_nearly_called_that_stands_beside_what_is(room: Room) -> None:
    """DVT is one letter from DKTC, a stretch with the knees drawn up."""
    panel = looked(room, "DVT")
    assert "Exercises</h3>" not in panel and "exactly" not in panel


def test_every_word_counts_and_nothing_found_is_said(room: Room) -> None:
    assert "Nothing is called that" in looked(room, "child's bicycle") and "<h3>" not in looked(room, "child's bicycle")


def test_region_position_and_purpose_narrow_it(room: Room, library: Library) -> None:
    found = looked(room, "", region="neck", position="supine", purpose="strength")
    shown = set(re.findall(r'(?:add|drop):(\w+)"', found))
    wanted = {one.id for one in library.exercises.values() if "neck" in one.regions and one.start == "supine" and one.purpose == "strength"}
    assert shown and shown <= wanted
    form = Form(room.press(room.begun(), "look", query="nod", region="neck", position="nowhere").text)
    assert (form.one("query"), form.one("region"), form.one("position")) == ("nod", "neck", "")


def test_what_a_limit_bars_is_struck_with_its_reason(room: Room) -> None:
    found = part(looked(room, "flexion in sitting", person={"tick": ["risk_bone:osteoporosis"]}), "Exercises")
    struck = found.partition("<s>Seated forward bend</s>")[2].partition("</li>")[0]
    assert "bends your back a long way" in plain(struck) and "seated_flexion" not in re.sub(r"/static\S+", "", found)


@pytest.mark.parametrize("headers", [None, HTMX])
def test_add_and_take_off_again_keep_the_focus(room: Room, headers: dict[str, str] | None) -> None:
    before = room.begun(minutes="20")
    name = "deadlift" if "deadlift" not in exercises(before) else "squat"
    page = room.press(before, f"add:{name}", headers, query="deadlift squat"[: 8 if name == "deadlift" else 5], note="stays")
    after = Form(page.text)
    assert name in exercises(after) and focused(page) == f"found-{name}" and after.one("note") == "stays"
    page = room.press(after, f"drop:{name}", headers)
    assert name not in exercises(Form(page.text)) and focused(page) == f"found-{name}"


def test_conditions_and_warning_signs_stand_under_their_headings(room: Room) -> None:
    assert plain(part(looked(room, "osteoporosis"), "Conditions")) == "Thin bones"
    signs = part(looked(room, "cauda equina"), "Warning signs")
    assert "Loss of feeling or tingling between the legs" in signs and "A change in peeing or pooing" in signs
    both = looked(room, "DVT")
    assert "A blood clot now or lately" in part(both, "Conditions") and "A swollen, warm or tender leg" in part(both, "Warning signs")


def test_what_is_found_is_ticked_and_unticked(room: Room) -> None:
    form = room.begun()
    page = room.press(form, "tick:risk_bone:osteoporosis", query="osteoporosis")
    ticked = Form(page.text)
    assert "risk_bone:osteoporosis" in ticked.all("tick") and focused(page) == "found-risk_bone:osteoporosis"
    assert 'id="pressure-3"' not in page.text, "its limits hold at once"
    assert "risk_bone:osteoporosis" not in Form(room.press(ticked, "tick:risk_bone:osteoporosis").text).all("tick")
    second = Form(room.press(Form(room.press(form, "tick:pregnancy:t1").text), "tick:pregnancy:t2").text)
    assert second.all("tick").count("pregnancy:t2") == 1 and "pregnancy:t1" not in second.all("tick"), "one answer to one question"
    assert Form(room.press(form, "tick:nothing:at_all").text).all("tick") == form.all("tick")


def test_enter_in_the_search_looks_and_never_prints(room: Room) -> None:
    form = room.begun()
    page = room.post("/clinic/new?enter", form.with_(do="print", query="bridge", checked="yes"), expects=200)
    assert "Bridge" in page.text and focused(page) == "query" and room.handouts() == 0
    assert Form(page.text).one("looked_for") == "bridge"


def test_found_one_opens_the_signs_and_wants_one_ticked(room: Room) -> None:
    form = room.begun(checked="found")
    page = room.press(form, "print", expects=422)
    assert list(errors(page)) == ["signs"] and '<details id="signs" open>' in page.text
    assert '<details id="signs">' in room.press(form, "update", checked="yes").text


def chart(room: Room, **typed: Any) -> str:
    made = room.press(room.begun(), "print", expects=303, **typed).location
    return unescape(room.get(str(made)).text.partition('id="chart"')[2].partition("</textarea>")[0])


def test_one_found_gives_the_stop_as_ever(room: Room) -> None:
    text = chart(room, checked="found", tick=["rf_saddle:yes"])
    assert "Plan stopped by red flags" in text and "none found" not in text and "No exercises and no massage given out." in text


def test_the_chart_says_what_was_found(room: Room) -> None:
    assert "Red flags checked in this session, none found." in chart(room, checked="yes")
    text = chart(room, checked="found", tick=["rf_not_improving:yes"])
    assert "Red flags checked in this session. Found: No better after 6 weeks, or getting worse." in text and "none found" not in text
    known = chart(room, checked="found", tick=["rf_lump_shape:known_curve"])
    assert "Found: A known curve or lump" in known and "none found" not in known


def test_none_found_does_not_stand_beside_a_sign_that_counts(room: Room) -> None:
    page = room.press(room.begun(), "update", checked="yes", tick=["rf_not_improving:yes"])
    assert Form(page.text).one("checked") == "found" and "so this is not" in unescape(page.text)
    text = chart(room, checked="yes", tick=["rf_not_improving:yes"])
    assert "none found" not in text and "Found: No better after 6 weeks" in text


def test_not_checked_is_written_down_as_that(room: Room) -> None:
    text = chart(room, checked="no")
    assert "Red flags not checked in this session." in text and "none found" not in text
