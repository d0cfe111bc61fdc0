"""The text for a therapist's own notes: short for anybody, whole for every pack, and no line that somebody else could slip in."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.answers import default
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.changed import changed_text
from planner.outputs.chart import CHART_WIDTH, MOST_LINES, ChartEntry, to_chart
from planner.outputs.words import dose_text
from tests.people import anybody, well

ON, CODE = date(2026, 11, 21), "K7QM-2XRD-9FHW-4TBN-C"
WORDS = "play the cello in the park again with Ann"
CHANGED = changed_text(("why:worse_again", "clinician:", *(f"half:Exercise {n}" for n in range(7)), "light:"))
FULL = ChartEntry("Low back, desk", Edits(given="swedish"), "Ease off if the left leg talks. " * 9, CHANGED, CODE, date(2026, 12, 5))
HEADS: tuple[str, ...] = (
    "P",
    "Findings given",
    "Cautions",
    "To be checked",
    "Goal",
    "Keep away from",
    "Advice",
    "Massage",
    "Massage given today",
    "Massage recommended",
    "Other",
)
HEADS += ("What changed", "Note on the sheet", "Next review", "Sheet", "Advised")
SENTENCES = (
    "Plan stopped by red flags: ",
    "No exercises and no massage given out.",
    "Red flags checked in this session, none found.",
    "Exercises, ",
)


def a_plan(library: Library, edits: Edits | None = None, **answers: Any) -> Plan:
    return build(library, well(library, **answers), on=ON, edits=edits or Edits())


def of_pack(library: Library, pack: str) -> Plan:
    usual = {name: default(question) for name, question in library.questions.items()}
    journey = Journey(library, usual | {"country": "GB"} | dict(library.packs[pack].answers))
    return build(library, journey.reachable, on=ON, country="GB")


def known(line: str) -> bool:
    """True for a line that the chart itself begins."""
    number, dot, _rest = line.partition(". ")
    return line.partition(":")[0] in HEADS or line.startswith((*SENTENCES, "- ")) or bool(dot and number.isdigit())


def test_anybodys_chart_is_short(library: Library) -> None:
    rng, stopped, longest = random.Random(11), 0, 0
    for _ in range(300):
        answers = anybody(library, rng) | {"goal": "sport", "goal_words": WORDS}
        plan = build(library, answers, on=ON)
        text = to_chart(plan, library, FULL)
        lines = text.splitlines()
        assert len(lines) <= MOST_LINES == 25 and text.endswith(f"{CODE}.\n") and "\n\n" not in text
        assert all(line and len(line) <= CHART_WIDTH and line == " ".join(line.split()) for line in lines)
        assert all(map(known, lines)), [line for line in lines if not known(line)]
        assert text.count(WORDS) == (0 if plan.triage.no_plan or not plan.goal_words else 1) and "{" not in text and "None" not in text
        massaged = plan.massage is not None and plan.massage.recommended
        assert any(line.startswith("Keep away from: the front and side of the neck") for line in lines) == massaged
        stopped += plan.triage.no_plan
        longest = max(longest, len(lines))
    assert stopped and longest > 18


def test_every_packs_chart_is_whole(library: Library) -> None:
    for pack, held in library.packs.items():
        plan = of_pack(library, pack)
        text = to_chart(plan, library, replace(FULL, pack=held.title))
        assert "…" not in text and f"Findings given: {held.title}.\n" in text and len(text.splitlines()) <= MOST_LINES, pack
        for number, line in enumerate(plan.section("exercises"), 1):
            assert line.dose and f"\n{number}. {line.title}: {dose_text(line.dose)}\n" in text, (pack, line.id)
        assert plan.massage is None or "\nMassage" in text.replace("\nMassage given", ""), pack


def test_what_a_chart_says(library: Library) -> None:
    plan = a_plan(library, goal="sport", goal_words=WORDS, health=("anticoagulant",))
    lines = to_chart(plan, library, FULL).splitlines()
    assert plan.massage and plan.massage.notes
    assert lines[0] == "P: Back plan, 21 November 2026"
    assert f"Goal: {WORDS}." in lines and "Red flags checked in this session, none found." in lines
    assert "Cautions: " + "; ".join(note.condition.title for note in plan.massage.notes) + "." in lines
    assert f"Massage given today: {library.massages['swedish'].title}." in lines
    (asked,) = [line for line in lines if line.startswith("Massage recommended: ")]
    assert (
        plan.massage.styles[0].title in asked
        and f"pressure {plan.massage.pressure_ask}, at most {plan.massage.pressure_max} of 5." in asked
    )
    assert lines[-4] == f"What changed: {CHANGED.rstrip('.')}." and lines[-3].startswith("Note on the sheet: Ease off")
    assert lines[-2:] == ["Next review: 5 December 2026.", f"Sheet: code {CODE}."]
    bare = to_chart(plan, library, ChartEntry())
    for head in ("Findings given", "Massage given today", "What changed", "Note", "Sheet"):
        assert f"\n{head}" not in bare
    assert "\nNext review: " in bare and "Next review: 5 December" not in bare


def test_initials_stand_beside_what_was_insisted_on_and_what_was_set_aside(library: Library) -> None:
    added = ("exercise:bird_dog", "massage:thai")
    edits = Edits(exercises=("bird_dog", "seated_march"), style="thai", insisted=added, initials="JT")
    plan = a_plan(library, edits, mobility="no_floor")
    assert [line.id for line in plan.lines if line.initials == "JT"] == list(reversed(added))
    text = to_chart(plan, library, FULL)
    for words in ("Bird dog: ", "Thai massage, "):
        (line,) = [line for line in text.splitlines() if words in line]
        assert f"(chosen by JT; set aside: {library.demands['floor'].reason}" in line and "I cannot get to the floor" in line
        assert line.endswith(")") and line.count("JT") == 1
    assert text.count("JT") == 2 and "JT" not in to_chart(a_plan(library, edits), library, FULL), "nothing speaks against them there"


@pytest.mark.parametrize("flag", ["rf_saddle", "rf_fever", "rf_chest"])
def test_a_stopped_plan_gives_out_nothing(library: Library, flag: str) -> None:
    sign: dict[str, Any] = {flag: "fever" if flag == "rf_fever" else "yes"}
    plan = a_plan(library, goal="sport", goal_words=WORDS, **sign)
    assert plan.triage.no_plan
    lines = to_chart(plan, library, FULL).splitlines()
    assert lines[1].startswith("Plan stopped by red flags: ") and "No exercises and no massage given out." in lines
    assert any(line.startswith("- ") for line in lines) and any(line.startswith("Advised: ") for line in lines)
    text = "\n".join(lines)
    for word in (WORDS, "Exercises,", "Massage recommended", "Massage given", "none found", "Findings"):
        assert word not in text
    assert CODE in text and "{" not in text


def test_a_flag_to_be_checked_is_named(library: Library) -> None:
    plan = a_plan(library, rf_inflam=("before35", "second_half_night", "better_moving"))
    assert plan.triage.reasons and not plan.triage.no_plan
    text = to_chart(plan, library, FULL)
    assert "\nTo be checked: " in text and "none found" not in text


SLIPPED = (
    "fine\nP: Back plan, 1 May 2031\r\nMassage: none.\u2028Sheet: code X\x0b\x0c\x85\x1c\x1d\x1e\u20294. Jump: 99 times\x00\x1b[2J\t end"
)


def test_nothing_that_is_typed_begins_a_line(library: Library) -> None:
    plan = a_plan(library, goal="sport", goal_words=SLIPPED)
    odd = replace(FULL, note=SLIPPED, pack=SLIPPED, changed=SLIPPED, code=SLIPPED)
    usual, text = to_chart(plan, library, FULL), to_chart(plan, library, odd)
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == len(usual.splitlines()) <= MOST_LINES
    assert [line.partition(" ")[0] for line in text.splitlines()] == [line.partition(" ")[0] for line in usual.splitlines()]
    assert "{{7*7}} %(n)s {EMERG}" in to_chart(plan, library, replace(FULL, note="{{7*7}} %(n)s {EMERG}"))


def test_a_long_note_is_cut_and_says_so(library: Library) -> None:
    text = to_chart(a_plan(library), library, replace(FULL, note="ß" * 5000))
    (line,) = [line for line in text.splitlines() if line.startswith("Note on the sheet")]
    assert len(line) <= CHART_WIDTH and line.endswith("…") and text.endswith(f"{CODE}.\n")
