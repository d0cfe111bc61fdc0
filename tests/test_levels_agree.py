"""One person, three doors: command line, the patient's pages and the therapist's new sheet give the same level for the same reasons."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from planner.cli.main import main
from planner.clinic.sheets.sheet_form import options, tickable
from planner.domain.journey import Journey
from planner.domain.lines import Triage
from planner.domain.model import Library
from planner.outputs.words import level_text
from planner.web.draft import DRAFT_COOKIE, load_draft
from tests.conftest import cookie
from tests.invariants.people import GATES
from tests.people import flags, well
from tests.rooms import Room
from tests.sheet_forms import Form
from tests.walker import Walker

pytestmark = pytest.mark.slow
PAIRS = 150
SEED = 20261128
PARTS = 6  # in which the pairs are tried, so that one fault does not hide the others
DEEPEST = 3  # presses after which every box of a question that rests on another one is there
LATE = "rf_crisis"
"""It is asked with the feelings, far behind the safety pages: an urgent card does not wait for it."""
STOPPED = re.compile(r'class="care (\w+)"')
BOX = re.compile(r'name="tick" value="([^"]+)"')
Outcome = tuple[str, frozenset[str]]
"""The level, and the rules that are its reasons."""
Answers = dict[str, Any]


@pytest.fixture
def command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[Library, Answers], dict[str, Any]]:
    """The triage in the data that `plan` prints."""

    def run(library: Library, answers: Answers) -> dict[str, Any]:
        asked = {name: answers[name] for name in Journey(library, answers).asked}
        path = tmp_path / "answers.json"
        path.write_text(json.dumps(asked), "utf-8")
        assert main(["plan", str(path), "--fill-defaults"]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)["triage"]
        return found

    return run


def somebody(library: Library, *picks: str) -> Answers | None:
    """A person of 40 to 59 who gives these answers, and who is asked for each; None if nobody can be."""
    found: Answers = {"age_band": "40_59"}
    chosen: dict[str, Any] = {}
    for pick in picks:
        name, option = pick.split(":")
        if library.questions[name].kind in ("many", "areas"):
            chosen[name] = (*chosen.get(name, ()), option)
        elif chosen.setdefault(name, option) != option:
            return None
    for name in chosen:
        found |= {key: value for key, value in GATES.get(name, {}).items() if key not in chosen}
    answers = well(library, **{**found, **chosen})
    answers["pain_now"] = answers["peg_p"]
    return answers if set(chosen) <= set(Journey(library, answers).asked) else None


def codes(library: Library, triage: Triage) -> frozenset[str]:
    """The ids that the data gives its reasons."""
    ids = [one.flag.id for one in triage.reasons]
    return frozenset(next((name for name in library.questions if one.startswith(f"{name}_")), one) for one in ids)


def by_the_rules(library: Library, answers: Answers) -> Outcome:
    found = Journey(library, answers).triage
    return found.level, codes(library, found)


def on_the_pages(app: Flask, library: Library, answers: Answers) -> Outcome:
    """Where the patient's pages lead. A card shows its level, and its reasons are those of what was answered before it."""
    walker = Walker(app.test_client(), library, answers)
    if walker.walk() != "/stop":
        triage = json.loads(walker.get("/plan.json").data)["triage"]
        return triage["level"], frozenset(one["id"] for one in triage["reasons"])
    (shown,) = STOPPED.findall(walker.page.text)
    found = Journey(library, kept_answers(app, library, walker.client)).triage
    assert shown == found.level
    text = unescape(walker.page.text)
    said = [one.answer for reason in found.reasons if reason.level == shown for one in reason.because if one.answer]
    assert LATE in codes(library, found) or any(one in text for one in said), said
    return shown, codes(library, found)


def kept_answers(app: Flask, library: Library, client: FlaskClient) -> Answers:
    """What this browser's cookie holds."""
    with app.test_request_context(headers={"Cookie": f"{DRAFT_COOKIE}={cookie(client, DRAFT_COOKIE)}"}):
        return load_draft(library).answers


def on_the_sheet(room: Room, library: Library, answers: Answers) -> Outcome:
    """What a therapist prints who ticks the same; what is printed says whether it stops, and at which level."""
    page = room.get("/clinic/new")
    ticks = [f"{one.id}:{name}" for one in tickable(library) for name in options(one) if name in words(answers[one.id])]
    typed = {"checked": "yes", "areas": list(answers["areas"]), "minutes": answers["minutes"]}
    typed |= {name: str(answers[name]) for name in library.new_sheet.choices}
    for _ in range(DEEPEST):
        there = [one for one in ticks if one in BOX.findall(page.text)]
        page = room.press(Form(page.text), "update", tick=there, **typed)
    assert there == ticks, set(ticks) - set(there)
    handout = room.prints(Form(page.text))
    found = Journey(library, dict(room.body(handout).answers)).triage
    made = unescape(room.get(f"/clinic/sheets/{handout}/made").text)
    assert (f"Plan stopped by red flags: {level_text(found.level)}." in made) == found.no_plan
    return found.level, codes(library, found)


def words(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def faults(app: Flask, room: Room, library: Library, data: dict[str, Any], answers: Answers) -> list[str]:
    """Every door that says something else than the rules. Where a card ends the way, later signs were never asked for."""
    level, reasons = by_the_rules(library, answers)
    found: list[str] = []
    if (data["level"], frozenset(one["id"] for one in data["reasons"])) != (level, reasons):
        found.append(f"command line: {data['level']} {sorted({one['id'] for one in data['reasons']} ^ reasons)}")
    shown, because = on_the_pages(app, library, answers)
    if shown == "urgent" and answers.get(LATE, "no") != "no" and LATE not in because:
        level, reasons = by_the_rules(library, answers | {LATE: "no"})
    if shown != level or not because <= reasons or (level in ("self_care", "see_clinician") and because != reasons):
        found.append(f"pages: {shown} {sorted(because ^ reasons)}")
    level, reasons = by_the_rules(library, answers)
    printed, why = on_the_sheet(room, library, answers)
    if (printed, why) != (level, reasons):
        found.append(f"sheet: {printed} {sorted(why ^ reasons)}")
    return [f"{one}, rules: {level}" for one in found]


def test_there_are_as_many_answers_as_questions_have(library: Library) -> None:
    assert len(flags(library)) > 80 and all(somebody(library, one) for one in flags(library))


@pytest.mark.parametrize("part", range(PARTS))
def test_every_single_answer(room: Room, app: Flask, library: Library, command_line: Any, part: int) -> None:
    wrong = {}
    for pick in flags(library)[part::PARTS]:
        answers = somebody(library, pick)
        assert answers
        wrong[pick] = faults(app, room, library, command_line(library, answers), answers)
    assert not any(wrong.values()), {pick: said for pick, said in wrong.items() if said}


def pairs(library: Library) -> list[tuple[str, str]]:
    """So many pairs that one person can give, the same each time."""
    dice = random.Random(SEED)
    found: dict[tuple[str, str], None] = {}
    while len(found) < PAIRS:
        one, other = dice.sample(flags(library), 2)
        if somebody(library, one, other):
            found[(one, other)] = None
    return list(found)


@pytest.mark.parametrize("part", range(PARTS))
def test_pairs(room: Room, app: Flask, library: Library, command_line: Any, part: int) -> None:
    wrong = {}
    for both in pairs(library)[part::PARTS]:
        answers = somebody(library, *both)
        assert answers
        wrong[both] = faults(app, room, library, command_line(library, answers), answers)
    assert not any(wrong.values()), {pick: said for pick, said in wrong.items() if said}
