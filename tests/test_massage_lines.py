"""The lines of the paper on which massages are written down: who has them, and that no paper grows by a page for them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.form import Beside
from planner.outputs.forms import form_called
from planner.outputs.pdf import render
from tests.paper import used, words_of
from tests.people import well

ON = date(2026, 11, 21)
LINES = re.compile(r'<table class="sessions.*?</table>', re.DOTALL)


def printed(library: Library, *, large: bool = False, **answers: Any) -> str:
    return form_called("pdf").words(
        build(library, well(library, **answers), on=ON), library, Beside(site="https://plan.example.org", large=large)
    )


def test_lines_for_four_massages_where_the_plan_looks_back_and_for_nobody_else(library: Library) -> None:
    found = LINES.findall(printed(library))
    assert len(found) == 1 and found[0].count("<td></td>") == 12
    assert LINES.findall(printed(library, budget="some"))
    for answers in ({"budget": "none"}, {"pressure_pref": "none"}, {"areas": ("none",)}, {"duration": "lt4w"}, {"pregnancy": "t2"}):
        assert not LINES.findall(printed(library, **answers)), answers


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "answers", [{}, {"minutes": "20", "stress": "high", "areas": ("low_back", "neck_shoulders")}], ids=["usual", "much"]
)
def test_no_paper_grows_by_a_page(library: Library, tmp_path: Path, answers: dict[str, Any], large: bool) -> None:
    html = printed(library, large=large, **answers)
    with_lines, without = tmp_path / "with.pdf", tmp_path / "without.pdf"
    with_lines.write_bytes(render(html, "plan"))
    without.write_bytes(render(LINES.sub("", html), "plan"))
    assert len(used(with_lines, tmp_path)) == len(used(without, tmp_path))
    assert large or any("Pain before" in run.text for run in words_of(with_lines))
    assert min(run.size for run in words_of(with_lines)) >= (18 if large else 10)
