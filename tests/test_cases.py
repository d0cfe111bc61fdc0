"""Readable cases in cases/*.toml: answers on top of a well person's, and what must and must not come of them.

Clinicians own these files. A token ending in `:*` stands for its whole family. `never` says what the plan must not recommend;
`leaves_out` says more: the plan names it among what was left out, so that the reason is printed. `shuts`: demands of the limits
table that may not be on the plan. `tier`: which exercises there may be, T0 to T3.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.answers import read_answers
from planner.domain.model import Option
from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs.as_json import to_json
from tests.people import well
from tests.promises import keeps_promises

AGAIN = {"The same, not cleared", "The same, already checked"}  # titles that lean on the case above them
FOLDER = Path(__file__).parent / "cases"
CASES: dict[str, dict[str, Any]] = {
    f"{path.stem}:{case['id']}": case for path in sorted(FOLDER.glob("*.toml")) for case in tomllib.loads(path.read_text("utf-8"))["case"]
}


def matches(token: str, pattern: str) -> bool:
    return token.startswith(pattern[:-1]) if pattern.endswith(":*") else token == pattern


def answers_of(case: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in case["answers"].items()}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    case, library = CASES[name], load()
    answers = well(library, **answers_of(case))
    plan = build(library, answers, on=date(2026, 11, 21))
    keeps_promises(plan, library, answers)
    found = to_json(plan, library)
    assert found["triage"]["level"] == case["level"], found["triage"]["reasons"]
    assert set(case.get("reasons", ())) <= {reason["id"] for reason in found["triage"]["reasons"]}
    for pattern in case.get("gives", ()):
        assert any(matches(token, pattern) for token in found["tokens"]), (pattern, found["tokens"])
    for pattern in case.get("never", ()):
        assert not [token for token in found["tokens"] if matches(token, pattern) and token != "massage:hold"], (pattern, found["tokens"])
    assert set(case.get("leaves_out", ())) <= {left["id"] for left in found["left_out"]}, found["left_out"]
    assert case["source"] in library.sources
    assert set(case.get("shuts", ())) <= {demand for kind in ("bars", "ask", "soft") for demand in found["limits"][kind]}, found["limits"]
    assert case.get("tier", found["limits"]["tier"]) == found["limits"]["tier"]
    assert set(case) <= {"id", "title", "source", "level", "reasons", "gives", "never", "leaves_out", "shuts", "tier", "answers"}


def test_every_case_stands_alone() -> None:
    """A mistyped question or answer would make a case that says nothing."""
    titles = [case["title"] for case in CASES.values() if case["title"] not in AGAIN]
    assert len(titles) == len(set(titles))
    for name, case in CASES.items():
        assert read_answers(load(), case["answers"])[1] == [], name
        assert {"gives", "never", "reasons"} & set(case) or case["level"] == "self_care", name


def test_every_rule_flag_and_family_has_a_case() -> None:
    library = load()
    reasons = {reason for case in CASES.values() for reason in case.get("reasons", ())}
    asked = {name for name in library.questions if name.startswith("rf_")} - {
        "rf_infection_risk",
        "rf_trauma",
        "rf_inflam",
        "rf_load_bone",
        "rf_pmr",
    }
    assert asked | {"rf_trauma", "R18", "R20"} <= reasons
    plans = [build(library, well(library, **answers_of(case)), on=date(2026, 11, 21)) for case in CASES.values()]
    applied = {note.condition.id for plan in plans if plan.massage for note in plan.massage.notes}
    assert applied == set(library.conditions)


def test_there_are_a_few_dozen_cases() -> None:
    assert len(CASES) >= 36
    rules = {reason for case in CASES.values() for reason in case.get("reasons", ())}
    assert {"R1", "R1b", "R2", "R2b", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12"} <= rules


@pytest.mark.parametrize("option", load().questions["health"].options, ids=lambda option: option.id)
def test_the_therapist_is_told_of_every_condition_that_can_be_ticked(option: Option) -> None:
    """Each condition's own file says so; here is what makes sure that a new one does."""
    library = load()
    plan = build(library, well(library, health=(option.id,)), on=date(2026, 11, 21))
    assert ("tell_therapist_conditions" in plan.tags) == (option.id != library.questions["health"].none)
