"""The plan for health records: valid FHIR R4, the same lines, doses, days and answers as every other form, and nobody's name."""

from __future__ import annotations

import json
import random
from base64 import b64decode
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from planner.cli.main import main
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs.as_json import to_json
from planner.outputs.fhir.whole import to_fhir
from tests.fhir_rules import bundle_faults, of_kind
from tests.keeping_web import WORDS, at_plan, keep
from tests.people import anybody, well
from tests.renderer import FakeRenderer

ON = date(2026, 11, 21)
PDF = b"%PDF- no real one"
CODE = "K7QH2M4RT9XW3YZ8A"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def bundle_of(plan: Plan, library: Library, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(to_fhir(plan, library, PDF, **more))
    return found


@pytest.fixture(scope="module")
def plan(library: Library) -> Plan:
    return build(library, well(library, goal="sport", goal_words="run {GP} & win", sleep="poor"), on=ON)


def people(library: Library) -> list[dict[str, Any]]:
    """A few that differ much, then some at random."""
    rng = random.Random(11)
    known: tuple[dict[str, Any], ...] = (
        {},
        {"mobility": "chair_only"},
        {"pregnancy": "t3"},
        {"rf_saddle": "yes"},
        {"duration": "lt4w", "peg_p": 9},
        {"country": "US"},
    )
    return [*(well(library, **one) for one in known), *(anybody(library, rng) for _ in range(6))]


def test_every_bundle_is_valid(library: Library) -> None:
    for answers in people(library):
        assert bundle_faults(bundle_of(build(library, answers, on=ON), library)) == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("CarePlan", {"status": "nope"}),
        ("CarePlan", {"headline": "a field of ours"}),
        ("ServiceRequest", {"intent": "wish"}),
        ("ServiceRequest", {"subject": {"reference": "urn:uuid:0", "type": "Patient"}}),
        ("QuestionnaireResponse", {"item": [{"text": "no link"}]}),
        ("DocumentReference", {"content": []}),
    ],
)
def test_the_validators_find_a_planted_fault(plan: Plan, library: Library, kind: str, change: dict[str, Any]) -> None:
    spoilt = deepcopy(bundle_of(plan, library))
    of_kind(spoilt, kind)[0].update(change)
    assert bundle_faults(spoilt)


def test_it_has_each_resource_and_the_lines_of_every_other_form(plan: Plan, library: Library) -> None:
    bundle = bundle_of(plan, library)
    (care,) = of_kind(bundle, "CarePlan")
    orders = of_kind(bundle, "ServiceRequest")
    ids = [coding["code"] for one in orders for coding in one["code"]["coding"] if coding["system"] == "urn:backplan:line"]
    others = [coding["code"] for one in care["activity"] if "detail" in one for coding in one["detail"]["code"]["coding"]]
    lines = [one["id"] for one in to_json(plan, library)["lines"]]
    assert sorted(ids + others) == sorted(lines) and len(care["activity"]) == len(lines)
    assert ids == [one for one in lines if one.startswith("exercise:")]
    assert [len(of_kind(bundle, one)) for one in ("Patient", "Goal", "QuestionnaireResponse", "DocumentReference")] == [1] * 4
    (document,) = of_kind(bundle, "DocumentReference")
    assert b64decode(document["content"][0]["attachment"]["data"]) == PDF


def test_the_doses_are_those_of_the_plan_by_weeks(plan: Plan, library: Library) -> None:
    lines = {one["id"]: one for one in to_json(plan, library)["lines"] if one["section"] == "exercises"}
    found = {one["code"]["coding"][1]["code"]: one for one in of_kind(bundle_of(plan, library), "ServiceRequest")}
    assert lines
    for name, line in lines.items():
        words = [one["text"] for one in found[name]["orderDetail"]]
        first, last = line["dose"][0], line["dose"][-1]
        assert str(first["seconds"] or first["repeats"]) in words[0]
        assert str(last["seconds"] or last["repeats"]) in words[-1]
        assert len(words) == 1 + (first != last)
        assert words[0].startswith("Weeks 1 to 4: " if first == last else "Weeks 1 to 2: ")


def test_the_days_are_those_of_the_plan(library: Library) -> None:
    for answers in people(library):
        plan = build(library, answers, on=ON)
        weeks = to_json(plan, library)["weeks"]
        for one in of_kind(bundle_of(plan, library), "ServiceRequest"):
            name = one["code"]["coding"][1]["code"]
            wanted = {due(week, day) for week, days in enumerate(weeks) for day, what in enumerate(days) if name in what["exercises"]}
            assert expanded(one.get("occurrenceTiming", {})) == wanted or one.get("asNeededBoolean"), name


def due(week: int, weekday: int) -> date:
    """The first such weekday of the plan's week, which begins on the day on which the plan was made."""
    days = [ON + timedelta(weeks=week, days=number) for number in range(7)]
    return next(day for day in days if day.weekday() == weekday)


def expanded(timing: dict[str, Any]) -> set[date]:
    """The days that a FHIR timing stands for."""
    if "repeat" not in timing:
        return {date.fromisoformat(one) for one in timing.get("event", [])}
    repeat = timing["repeat"]
    assert (repeat["period"], repeat["periodUnit"]) == (1, "d")
    first, last = (date.fromisoformat(repeat["boundsPeriod"][name]) for name in ("start", "end"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return {day for day in days if WEEKDAYS[day.weekday()] in repeat.get("dayOfWeek", WEEKDAYS)}


def test_the_answers_are_those_that_were_given(plan: Plan, library: Library) -> None:
    (response,) = of_kind(bundle_of(plan, library), "QuestionnaireResponse")
    found = {one["linkId"]: [next(iter(answer.values())) for answer in one["answer"]] for one in response["item"]}
    codes = {name: [one["code"] if isinstance(one, dict) else one for one in values] for name, values in found.items()}
    assert codes["goal"] == ["sport"] and codes["goal_words"] == ["run {GP} & win"] and codes["areas"] == ["low_back"]
    assert codes["rf_saddle"] == ["no"] and codes["peg_p"] == [plan.answers["peg_p"]] and codes["health"] == ["none"]
    assert found.keys() == plan.answers.keys()
    assert found["areas"][0]["display"] == "Low back"


def test_a_stopped_plan_asks_for_nothing(library: Library) -> None:
    bundle = bundle_of(build(library, well(library, rf_saddle="yes"), on=ON), library)
    (care,) = of_kind(bundle, "CarePlan")
    assert care["status"] == "on-hold" and "activity" not in care
    assert of_kind(bundle, "ServiceRequest") == []


def test_same_plan_same_bytes_and_a_code_makes_the_ids_its_own(plan: Plan, library: Library) -> None:
    one, other, owned = (to_fhir(plan, library, PDF, whose=whose) for whose in ("", "", CODE))
    assert one == other != owned
    assert CODE.encode() not in owned
    shared = {entry["fullUrl"] for entry in json.loads(one)["entry"]} & {entry["fullUrl"] for entry in json.loads(owned)["entry"]}
    assert shared == set()


def test_it_names_nobody(plan: Plan, library: Library) -> None:
    (person,) = of_kind(bundle_of(plan, library), "Patient")
    assert person.keys() == {"resourceType", "id", "language", "active"}


def test_words_are_those_of_the_country(library: Library) -> None:
    there = json.dumps(bundle_of(build(library, well(library, country="US", goal="sport"), on=ON), library))
    assert "911" in there and "{" + "EMERG" not in there and "tummy" not in there.lower().replace("tummy_draw", "")


def test_the_site_gives_it_with_the_pdf_of_the_plan_inside(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_plan(app, library)
    drafted = walker.client.get("/fhir.json")
    assert (drafted.status_code, drafted.content_type, drafted.headers["Cache-Control"]) == (200, "application/fhir+json", "no-store")
    (document,) = of_kind(json.loads(drafted.text), "DocumentReference")
    assert b64decode(document["content"][0]["attachment"]["data"]) == walker.client.get("/plan.pdf").data
    home = keep(walker)
    kept = walker.client.get(f"{home}-fhir.json")
    assert kept.status_code == 200 and WORDS in kept.text and bundle_faults(json.loads(kept.text)) == []
    assert kept.data == walker.client.get(f"{home}-fhir.json").data
    assert renderer.forgot[-1][0] == "plan", "no copy with a code stays in memory"


def test_a_paper_that_fails_gives_no_half_of_a_file(app: Flask, library: Library, renderer: FakeRenderer) -> None:
    walker = at_plan(app, library)
    renderer.broken = True
    walker.client.get("/fhir.json", expects=503)


@pytest.mark.slow
def test_the_command_line_gives_it_with_a_real_pdf(library: Library, tmp_path: Any) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text("{}")
    command = ["plan", str(answers), "--fill-defaults", "--format", "fhir", "--date", "2026-11-21", "--output"]
    files = [tmp_path / "one.json", tmp_path / "other.json"]
    assert [main([*command, str(file)]) for file in files] == [0, 0]
    assert files[0].read_bytes() == files[1].read_bytes()
    bundle = json.loads(files[0].read_bytes())
    assert bundle_faults(bundle) == []
    (document,) = of_kind(bundle, "DocumentReference")
    attachment = document["content"][0]["attachment"]
    pdf = b64decode(attachment["data"])
    assert pdf.startswith(b"%PDF") and len(pdf) == attachment["size"]
