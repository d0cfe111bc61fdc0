"""A clinic's sheet speaks as the clinic: the massage that was given in this session, and what to say to others; never what is barred."""

from __future__ import annotations

import re
from html import unescape

import pytest

from planner.domain.model import Library
from tests.rooms import Room


def box_of(sheet: str) -> str:
    """The words of the box about massage, on a sheet's HTML."""
    words = sheet.partition('<div class="box">')[2].partition('<div class="list">')[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", words)).split())


def test_what_was_given_today_stands_on_the_sheet(room: Room, library: Library) -> None:
    form = room.begun(tick=["risk_blood:anticoagulant"], given="swedish")
    name = room.prints(form)
    words = box_of(room.sheet(name))
    assert words.startswith("Your massage here Given today: Swedish massage. Next time: "), words
    assert "Elsewhere, say: " in words and "Massage to ask for" not in words and not re.search(r"(?<!, )\b[Ss]ay:", words)
    assert box_of(room.preview(form).text) == words, "the preview is the sheet"
    assert "Massage given today: Swedish massage." in room.get(f"/clinic/sheets/{name}/made").text


def test_without_a_massage_today_it_says_what_to_ask_for(room: Room) -> None:
    words = box_of(room.sheet(room.prints(room.begun(tick=["risk_blood:anticoagulant"]))))
    assert words.startswith("Massage to ask for ") and " Say: " in words and "today" not in words and "Elsewhere" not in words


@pytest.mark.parametrize("given", ["deep_tissue", "sports"])
def test_a_massage_that_a_limit_leaves_out_is_named_on_no_paper(room: Room, library: Library, given: str) -> None:
    title = library.massages[given].title
    name = room.prints(room.begun(tick=["risk_bone:osteoporosis"], given=given))
    assert title not in room.sheet(name) and "Given today" not in room.sheet(name)
    assert f"Massage given today: {title}." in unescape(room.get(f"/clinic/sheets/{name}/made").text), "it happened, so the notes have it"


def test_a_stop_page_says_nothing_of_massage(room: Room) -> None:
    sheet = room.sheet(room.prints(room.begun(tick=["rf_saddle:yes"]), given="swedish"))
    assert "Swedish" not in sheet and "Given today" not in sheet


def test_the_next_sheet_begins_without_it(room: Room) -> None:
    name = room.prints(room.begun(given="swedish"))
    assert room.form(f"?again={name}").one("given") == ""
    assert room.body(name).edits.given == "swedish"
