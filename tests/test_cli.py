"""The command line: every command, its output, its errors on one line, and its exit codes."""

from __future__ import annotations

import io
import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from planner.cli.main import main
from planner.domain.journey import ask_order
from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs.text import to_text
from tests.people import well

SCHEMA = json.loads((Path(__file__).parents[1] / "docs" / "plan.schema.json").read_text("utf-8"))
Run = Any


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs one command on an object of answers; returns (exit code, standard output, standard error)."""

    def command(name: str, answers: object, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "answers.json"
        path.write_text(answers if isinstance(answers, str) else json.dumps(answers), "utf-8")
        code = main([name, str(path), *options])
        out = capsys.readouterr()
        return code, out.out, out.err

    return command


def one_line(error: str) -> bool:
    return error.startswith("backplan: ") and error.count("\n") == 1 and error.endswith("\n")


def test_plan_prints_json_that_fits_its_schema(run: Run) -> None:
    code, out, err = run("plan", well(load()), "--date", "2026-11-21")
    assert (code, err) == (0, "")
    plan = json.loads(out)
    jsonschema.validate(plan, SCHEMA)
    assert plan["triage"]["level"] == "self_care"
    assert {line["id"] for line in plan["lines"]} <= set(plan["tokens"])
    assert plan["made_on"] == "2026-11-21"


@pytest.mark.parametrize("answers", [{"rf_saddle": "yes"}, {"age_band": "under16"}, {"health": ["cancer_now"], "rf_cancer": "current"}])
def test_every_kind_of_plan_fits_the_schema(run: Run, answers: dict[str, Any]) -> None:
    code, out, _ = run("plan", answers, "--fill-defaults")
    assert code == 0
    jsonschema.validate(json.loads(out), SCHEMA)


def test_every_wrong_answer_is_named_at_once_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    wrong = {"star_sign": "leo", "age_band": "old", "areas": "low_back", "peg_p": 11, "health": ["none", "diabetes"], "sleep": True}
    target = tmp_path / "plan.json"
    code, out, err = run("plan", wrong, "--output", str(target))
    assert code == 2 and out == "" and not target.exists()
    assert one_line(err)
    assert all(name in err for name in wrong)


def test_missing_answers_are_named_and_fill_defaults_takes_them(run: Run) -> None:
    code, _, err = run("plan", {"age_band": "18_39"})
    assert code == 2 and one_line(err) and "rf_saddle" in err and "minutes" in err
    code, out, _ = run("plan", {"age_band": "18_39"}, "--fill-defaults")
    assert code == 0 and json.loads(out)["lines"]


def test_an_emergency_needs_no_further_answers(run: Run) -> None:
    code, out, _ = run("plan", {"rf_saddle": "yes"})
    plan = json.loads(out)
    assert code == 0 and plan["tokens"] == ["massage:hold", "freq:none", "action:call_emergency"]
    assert plan["triage"]["reasons"][0]["id"] == "rf_saddle"


def test_answers_that_this_journey_does_not_ask_change_nothing(run: Run) -> None:
    plain = run("plan", well(load()), "--date", "2026-11-21")
    more = run("plan", well(load()) | {"preg_complications": "yes", "rf_preg_warning": "severe"}, "--date", "2026-11-21")
    assert plain == more


def test_numbers_may_be_text_and_text_numbers(run: Run) -> None:
    one = run("plan", well(load()) | {"minutes": 10, "peg_p": "4"}, "--date", "2026-11-21")
    other = run("plan", well(load()) | {"minutes": "10", "peg_p": 4}, "--date", "2026-11-21")
    assert one[0] == 0 and one == other


@pytest.mark.parametrize("text", ["", "[]", "{", '"x"', '{"age_band": "18_39", "age_band": "75plus"}', "\x00", "[" * 20000])
def test_what_is_no_object_of_answers_is_refused(run: Run, text: str) -> None:
    code, out, err = run("plan", text)
    assert code == 2 and out == "" and one_line(err)


@pytest.mark.parametrize("options", [("--date", "yesterday"), ("--lang", "xx"), ("--output", "/nowhere/at/all.json")])
def test_bad_options(run: Run, options: tuple[str, str]) -> None:
    code, out, err = run("plan", well(load()), *options)
    assert code == 2 and out == "" and one_line(err)


def test_a_missing_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "/nowhere/answers.json"]) == 2
    assert one_line(capsys.readouterr().err)


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(well(load())).encode())))
    assert main(["plan", "-", "--format", "text"]) == 0
    assert capsys.readouterr().out == to_text(build(load(), well(load()), on=date.today()), load())


def test_plans_goes_on_after_a_bad_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [json.dumps(well(load())), "not json", "", json.dumps({"rf_chest": "yes"})]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    code = main(["plans", str(tmp_path / "many.jsonl"), "--output", str(tmp_path / "out")])
    assert code == 2
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "000001.json",
        "000002.error.txt",
        "000004.json",
    ]
    assert re.findall(r"\b\d+\b", capsys.readouterr().err)[:2] == ["2", "1"], "so many made, so many failed"
    assert json.loads((tmp_path / "out" / "000004.json").read_text("utf-8"))["triage"]["level"] == "emergency"


def test_questions_lists_every_question_in_asking_order(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["questions", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [question["id"] for question in found] == [question.id for question in ask_order(load())]
    for question in found:
        assert {"id", "kind", "ask", "options", "ask_if", "default"} <= set(question)
        assert question["kind"] in ("one", "many", "scale", "number")
        assert question["options"] or question["kind"] == "scale"


def test_defaults_make_a_whole_answer_set(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    main(["questions"])
    defaults = {question["id"]: question["default"] for question in json.loads(capsys.readouterr().out)}
    assert run("plan", defaults)[0] == 0


def test_check_prints_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    counts = {line.split()[0]: int(line.split()[1]) for line in capsys.readouterr().out.splitlines() if line.split()[-1].isdigit()}
    floor = {"massages": 12, "conditions": 75, "demands": 45, "exercises": 99, "habits": 36, "therapies": 11, "selfcare": 14, "sources": 40}
    assert all(counts[name] >= least for name, least in floor.items()), counts


def test_explain_says_what_fired(run: Run) -> None:
    code, out, _ = run("explain", well(load(), risk_blood=("anticoagulant",)))
    assert code == 0
    for words in (" anticoagulant", "massage:swedish", "massage:deep_tissue", load().version):
        assert words in out


@pytest.mark.parametrize("command", ["plan", "plans", "questions", "check", "explain"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0 and "usage" in capsys.readouterr().out
