"""The benchmarks' own rules: a control first, no ratio beside one that is off, two trees in turn. What they measure decides no test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import before, compare
from benchmarks.compare import against_control, machine, off, report
from benchmarks.turns import PEOPLE_A_TURN, SERVED, counted
from planner.domain.model import Library
from planner.web.rate_limits import limiter
from tests.conftest import an_app
from tests.walker import at_the_end

ROOT = Path(__file__).parent.parent


def test_a_control_is_off_by_as_much_in_either_direction() -> None:
    assert off(1) == 0
    assert off(1.25) == pytest.approx(off(0.8)) == pytest.approx(0.25)


@pytest.mark.parametrize("control", [0.92, 1.0, 1.09])
def test_a_ratio_is_printed_beside_a_control_that_holds(control: float) -> None:
    assert against_control(0.5, control) == "0.500"


@pytest.mark.parametrize(("control", "said"), [(1.12, "12%"), (0.8, "25%")])
def test_no_ratio_is_printed_beside_a_control_that_is_off(control: float, said: str) -> None:
    assert against_control(0.5, control) == f"control off by {said}: no ratio"


def test_a_table_begins_with_its_control_and_keeps_no_ratio_that_it_did_not_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compare, "OUT", tmp_path)
    report("made", {"one / other (ratio)": 2.0, "one (ms)": 3.0}, 1.3)
    lines = capsys.readouterr().out.split("\n")[2:5]
    assert lines[0].startswith("  A/A control") and "no ratio" in lines[1] and lines[2].endswith("3.000")
    assert json.loads((tmp_path / "made.json").read_text()) == {
        "A/A control (ratio)": 1.3,
        "one / other (ratio)": "control off by 30%: no ratio",
        "one (ms)": 3.0,
    }


def test_what_a_figure_depends_on_is_said_first() -> None:
    assert "cores, load" in machine() and "Python 3" in machine()


def test_two_trees_do_the_same_work_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes: the old tree, the same once more as the control, and this one."""
    monkeypatch.setattr(before, "ROUNDS", {"engine": 2})
    times = before.measured(ROOT, "engine")
    assert [len(some) for some in times] == [2 * PEOPLE_A_TURN] * 3
    assert all(one > 0 for some in times for one in some)


def test_pages_as_a_server_serves_them_are_counted_by_address(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """And are the same person's: the one who came to the plan."""
    monkeypatch.setattr(limiter, "enabled", True)
    client = counted(at_the_end(an_app(), library).client, str(tmp_path))
    page = client.get("/plan", headers={"Accept-Encoding": "br"})
    assert page.status_code == 200 and page.headers["Content-Encoding"] == "br" and list(tmp_path.glob("tries*"))
    monkeypatch.undo()
    limiter.init_app(an_app())
    assert set(SERVED) < set(before.WHAT)
