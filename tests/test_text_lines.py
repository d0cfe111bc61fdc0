"""The plan as text: lines that fit, in every country, and one reason for each tip."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.library.plausible import people
from planner.outputs.documents import sheet_html
from planner.outputs.text import to_text
from tests.people import well

ON = date(2026, 11, 29)


@pytest.mark.parametrize("country", ["GB", "US", "IE", "AU", "CA", "other"])
def test_a_line_of_text_ends_in_time_whatever_a_doctor_is_called_there(library: Library, country: str) -> None:
    for answers in people(library, 12, 77):
        text = to_text(build(library, {**answers, "country": country}, on=ON), library)
        long = [line for line in text.splitlines() if len(line) > 78 and " " in line.strip().removeprefix("- ")]
        assert long == []


def test_what_goes_on_stands_under_its_words(library: Library) -> None:
    text = to_text(build(library, well(library), on=ON), library)
    signs = text.split("Stop, and get help")[1].split("Get help today")[0].splitlines()
    assert any(line.startswith("- ") for line in signs) and any(line.startswith("  ") and line.strip() for line in signs)


def test_no_exercise_is_parted_at_its_hyphen(library: Library) -> None:
    for answers in people(library, 12, 78):
        text = to_text(build(library, answers, on=ON), library)
        assert not [line for line in text.splitlines() if line.endswith("-") and set(line) != {"-"} and line[-2:-1].isalpha()]


def test_a_tip_has_one_reason_after_its_answers(library: Library) -> None:
    """Two sentences about a desk and a chair said the same twice."""
    text = to_text(build(library, well(library, worse_with=("sitting",), day=("desk",)), on=ON), library)
    tip = text.split("SET UP YOUR CHAIR")[1].split("\n\n")[0]
    reason = " ".join(tip.split("Because you said")[1].split()).rsplit('".', 1)[1]
    assert reason.count(".") == 1, reason


@pytest.mark.parametrize("country", ["GB", "US"])
def test_no_tag_is_printed_on_a_sheet_where_other_words_are_used(library: Library, country: str) -> None:
    """The words of a country were put into markup, which then was no markup any more."""
    for answers in [well(library, minutes="20", day=("desk",)), *people(library, 8, 79)]:
        sheet = sheet_html(build(library, {**answers, "country": country}, on=ON), library)
        assert "&lt;" not in sheet
