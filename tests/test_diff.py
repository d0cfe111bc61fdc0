"""`diff`: what another content folder would change, for how many plausible people, and for whom in words."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.folders import CONTENT
from planner.library.plausible import people
from planner.library.reader import load

NUMBER = 80
KINDS = {"level": "another level", "exercises": "another exercise", "massage": "another massage"}
COUNT = re.compile(r"^(\d+) of (\d+) people get (.+)\.$", re.M)
PERSON = re.compile(r"^  - (.+)\n    now: (.+?)\. then: (.+)\.$", re.M)
CANNOT_KNEEL = "Kneeling: I cannot kneel"


def lies_on_the_back(plan: Plan) -> bool:
    return any("lying_back" in line.exercise.demands for line in plan.section("exercises"))


LIMITS: dict[str, tuple[str, Callable[[Plan], bool]]] = {
    "level": ("refer = true", lambda plan: plan.triage.level == "self_care"),
    "exercises": ('bars = ["lying_back"]', lies_on_the_back),
    "massage": ('level = "absolute"', lambda plan: bool(plan.massage and plan.massage.recommended)),
}
"""What is added to the limits of those who cannot kneel, and whom among them it must change."""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A copy of the content."""
    return Path(shutil.copytree(CONTENT, tmp_path / "other"))


def diff(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    assert main(["diff", str(folder), *options]) == 0
    out = capsys.readouterr()
    assert out.err == ""
    return out.out


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    """The one line on standard error of a command that ends badly."""
    assert main(["diff", str(folder), *options]) == 2
    out = capsys.readouterr()
    assert out.out == "" and out.err.startswith("backplan: ") and out.err.count("\n") == 1
    return out.err


def counts(text: str) -> dict[str, tuple[int, int]]:
    return {what: (int(changed), int(asked)) for changed, asked, what in COUNT.findall(text)}


def append(folder: Path, file: str, text: str) -> None:
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{text}\n")


def test_no_change_gives_zero_everywhere(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = diff(capsys, other, "--people", "40")
    assert text.splitlines() == [f"0 of 40 people get {name}." for name in KINDS.values()]


def test_a_comment_changes_nobody(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(other, "limits/no_kneel.toml", "# read again")
    assert set(counts(diff(capsys, other, "--people", "20")).values()) == {(0, 20)}


@pytest.mark.parametrize("kind", LIMITS)
def test_one_limit_changes_exactly_whom_it_should(kind: str, library: Library, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    added, must = LIMITS[kind]
    append(other, "limits/no_kneel.toml", added)
    asked = list(people(library, NUMBER))
    then, today = load(other), date.today()
    limited = [one for one in asked if one.get("kneel_ok") == "no"]
    changed = [one for one in asked if shown(kind, build(library, one, on=today)) != shown(kind, build(then, one, on=today))]
    hit = [one for one in limited if must(build(library, one, on=today))]
    assert len(limited) > len(hit) > 3, "enough people of each sort"
    assert all(one in changed for one in hit) and all(one in limited for one in changed)
    assert changed == hit or kind == "exercises", "a rung that is barred may also move where another ladder begins"
    text = diff(capsys, other, "--people", str(NUMBER))
    assert counts(text)[KINDS[kind]] == (len(changed), NUMBER)
    found = PERSON.findall(text[text.index(KINDS[kind]) :].split(" people get ")[0])
    assert len(found) == 3 and all(before != after for _who, before, after in found)
    assert all(CANNOT_KNEEL in who for who, _before, _after in PERSON.findall(text)), "nobody else is an example of anything"


def shown(kind: str, plan: Plan) -> object:
    """What of a plan a kind of change is about."""
    if kind == "level":
        return plan.triage.level
    if kind == "exercises":
        return [line.title for line in plan.section("exercises")]
    return (plan.massage.styles[:1] and plan.massage.styles[0].id, plan.massage.freq) if plan.massage and plan.massage.recommended else ()


def test_what_a_person_gets_is_said_before_and_after(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(other, "limits/no_kneel.toml", 'refer = true\nlevel = "absolute"')
    text = diff(capsys, other, "--people", str(NUMBER))
    levels, _exercises, massages = re.split(r"(?<=\n)(?=\d+ of )", text)
    assert [(now, then) for _who, now, then in PERSON.findall(levels)] == [("self care", "see clinician")] * 3
    assert all(then == "nothing" and now != "nothing" for _who, now, then in PERSON.findall(massages))


def test_people_are_plausible_and_the_same_each_time(library: Library) -> None:
    first, again = list(people(library, 30)), list(people(library, 30))
    assert first == again and len({str(one) for one in first}) == 30
    for one in first:
        here = Journey(library, one)
        assert not here.missing and one == here.reachable
        for name, value in one.items():
            if name in here.asked and here.asked[name].options:
                offered = {option.id for option in here.asked[name].options}
                assert set(value if isinstance(value, tuple) else (str(value),)) <= offered, (name, value)
    levels = [Journey(library, one).triage.level for one in first]
    assert levels.count("self_care") > len(levels) / 4


@pytest.mark.parametrize("folder", ["missing", "empty", "a file"])
def test_what_is_no_content_is_named_in_one_line(folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a file").write_text("", "utf-8")
    assert str(tmp_path / folder) in refused(capsys, tmp_path / folder)


@pytest.mark.parametrize(
    ("file", "added"),
    [("limits/no_kneel.toml", 'bars = ["flying"]'), ("limits/no_kneel.toml", "cap = ["), ("facts.toml", "[[fact]]\nid = 4")],
)
def test_a_fault_is_named_in_one_line(file: str, added: str, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    append(other, file, added)
    said = refused(capsys, other)
    assert str(other) in said and file.rsplit("/", maxsplit=1)[-1].removesuffix(".toml") in said


def test_many_faults_are_counted(other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("myths.toml", "actions.toml", "packs.toml"):
        (other / name).unlink()
    said = refused(capsys, other)
    assert "actions.toml" in said and "2 more" in said


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1.5", "100001", "²", "1_0", "9" * 5000])
def test_how_many_people_is_a_number(number: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--people" in refused(capsys, CONTENT, f"--people={number}")
