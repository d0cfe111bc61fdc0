"""Many plans at once, as whoever runs them sees it: files, results, exit codes; what is killed, gone or poisoned, and the run after it."""

from __future__ import annotations

import fcntl
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from planner.cli import crew, many
from planner.cli.batch import Batch
from planner.cli.chunk import make_chunk
from planner.cli.main import main
from planner.folders import ROOT
from tests.batches import WELL, jsonl, names
from tests.dying import ONCE, POISON, work_and_die

DAY = ("--date", "2026-11-21")
Plans = Callable[..., tuple[int, str]]


class AtHome:
    """In the place of the crew: makes chunks in this process, where no process has to start."""

    def __init__(self, batch: Batch, _size: int, _say: Callable[[str], None]) -> None:
        self.work = batch.work

    def made(self, wanted: list[int]) -> Iterator[int]:
        for index in wanted:
            make_chunk(self.work, index)
            yield index

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "Crew", AtHome)


@pytest.fixture
def real_processes(at_home: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "Crew", crew.Crew)


@pytest.fixture
def plans(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Plans:
    """Runs `plans` on some bytes in a file of that name; gives exit code and standard error. Chunks of two lines, one process."""
    monkeypatch.setattr(many, "TEXTS_A_CHUNK", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    def command(given: bytes, *options: str, name: str = "many.jsonl", day: tuple[str, ...] = DAY) -> tuple[int, str]:
        (tmp_path / name).write_bytes(given)
        capsys.readouterr()
        code = main(["plans", str(tmp_path / name), "--output", str(tmp_path / "out"), "--fill-defaults", *day, *options])
        return code, capsys.readouterr().err

    return command


def results(tmp_path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (tmp_path / "out.batch" / "manifest.jsonl").read_text("utf-8").splitlines()]


def one_plan(tmp_path: Path, answers: object, *options: str) -> bytes:
    (tmp_path / "one.json").write_text(json.dumps(answers), "utf-8")
    assert main(["plan", str(tmp_path / "one.json"), "--fill-defaults", *DAY, "--output", str(tmp_path / "one"), *options]) == 0
    return (tmp_path / "one").read_bytes()


def test_a_mark_of_the_order_of_bytes_carriage_returns_and_empty_lines_do_no_harm(plans: Plans, tmp_path: Path) -> None:
    given = b"\xef\xbb\xbf" + jsonl(WELL, "", "   ", {"rf_chest": "yes"}, "", "").replace(b"\n", b"\r\n")
    code, said = plans(given)
    assert code == 0 and re.findall(r"\d+", said)[:2] == ["2", "0"], said
    assert names(tmp_path / "out") == ["000001.json", "000004.json"]
    assert (tmp_path / "out" / "000001.json").read_bytes() == one_plan(tmp_path, WELL)
    assert [(one["line"], one["status"], one["file"]) for one in results(tmp_path)] == [
        (1, "made", "000001.json"),
        (4, "made", "000004.json"),
    ]


def test_a_bad_line_costs_itself_alone_and_is_told_in_its_place(plans: Plans, tmp_path: Path) -> None:
    deep = "[" * 30_000
    code, _ = plans(
        jsonl(WELL, deep, '{"sleep": 1}', "[]", '{"a":1,"a":2}', WELL).replace(b"[]", b'{"areas": ["\xff"]}') + b'{"x": ' + b"1" * 2_000_000
    )
    assert code == 2
    bad = [f"{number:06}.error.txt" for number in (2, 3, 4, 5, 7)]
    assert names(tmp_path / "out") == sorted(["000001.json", "000006.json", *bad])
    for one in results(tmp_path):
        told = (tmp_path / "out" / one["file"]).read_text("utf-8")
        assert one["status"] == ("bad" if one["line"] in (2, 3, 4, 5, 7) else "made")
        assert one["status"] == "made" or (told == f"{one['message']}\n" and told.count("\n") == 1 and not one["key"])
    assert results(tmp_path)[0]["key"] == results(tmp_path)[5]["key"], "the same plan has the same key"


def test_a_second_run_makes_what_is_missing_and_nothing_else(plans: Plans, tmp_path: Path) -> None:
    given = jsonl(WELL, {"minutes": "10"}, "x", {"rf_chest": "yes"}, {"minutes": "5"})
    plans(given)
    out = tmp_path / "out"
    before = {name: (out / name).read_bytes() for name in names(out)}
    (out / "000001.json").unlink()
    (out / "000005.json").write_bytes(b"{}")  # torn
    for name in ("000002.json", "000003.error.txt", "000004.json"):
        os.utime(out / name, (1, 1))
    code, said = plans(given)
    assert code == 2 and "4 plans made (4 were there), 1 line without" in said
    assert {name: (out / name).read_bytes() for name in names(out)} == before
    assert {name for name in before if (out / name).stat().st_mtime > 1} == {"000001.json", "000005.json"}
    assert [one["line"] for one in results(tmp_path)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("other", ["lines", "date", "large"])
def test_another_job_in_the_same_folder_begins_anew(plans: Plans, tmp_path: Path, other: str) -> None:
    plans(jsonl("x"))
    changed = {"lines": jsonl(WELL)}.get(other, jsonl("x"))
    day = ("--date", "2026-12-01") if other == "date" else DAY
    os.utime(tmp_path / "out" / "000001.error.txt", (1, 1))
    plans(changed, *(("--large-print",) if other == "large" else ()), day=day)
    assert all(path.stat().st_mtime > 1 for path in (tmp_path / "out").iterdir())
    assert names(tmp_path / "out") == (["000001.json"] if other == "lines" else ["000001.error.txt"])


def test_a_run_that_was_broken_off_goes_on_with_its_own_date(plans: Plans, tmp_path: Path) -> None:
    given = jsonl(WELL, "", WELL)
    plans(given)
    (tmp_path / "out.batch" / "manifest.jsonl").unlink()  # as a killed run leaves it
    (tmp_path / "out.batch" / "chunks" / "000001.jsonl").unlink()
    (tmp_path / "out" / "000003.json").unlink()
    os.utime(tmp_path / "out" / "000001.json", (1, 1))
    plans(given, day=())
    assert json.loads((tmp_path / "out" / "000003.json").read_text("utf-8"))["made_on"] == "2026-11-21"
    assert (tmp_path / "out" / "000001.json").stat().st_mtime == 1


ROWS = (
    "areas,goal_words,minutes,worse_with\r\n"
    'low_back;neck_shoulders,"dig, plant; and\r\nrest",10,\r\n'
    ",,,\r\n"
    "low_back,,,sitting\r\n"
    "low_back,,,,,\r\n"
    'low_back,"never closed,10,\r\n'
    "low_back\r\n"
)


def test_a_table_gives_the_plans_that_the_same_answers_give(plans: Plans, tmp_path: Path) -> None:
    code, _ = plans(b"\xef\xbb\xbf" + ROWS.encode(), name="many.CSV")
    assert code == 2
    assert names(tmp_path / "out") == ["000001.json", "000003.json", "000004.error.txt", "000005.error.txt", "000006.json"]
    whole = {"areas": ["low_back", "neck_shoulders"], "goal_words": "dig, plant; and rest", "minutes": "10"}
    assert (tmp_path / "out" / "000001.json").read_bytes() == one_plan(tmp_path, whole)
    assert (tmp_path / "out" / "000003.json").read_bytes() == one_plan(tmp_path, WELL | {"worse_with": ["sitting"]})
    assert (tmp_path / "out" / "000006.json").read_bytes() == one_plan(tmp_path, WELL)
    assert "cells" in results(tmp_path)[2]["message"]


def test_a_table_by_standard_input_may_part_its_cells_by_semicolons(plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = b'areas;minutes\n"low_back;neck_shoulders";10\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert main(["plans", "-", "--csv", "--output", str(tmp_path / "out"), "--fill-defaults", *DAY]) == 0
    assert (tmp_path / "out" / "000001.json").read_bytes() == one_plan(tmp_path, {"areas": ["low_back", "neck_shoulders"], "minutes": 10})
    assert not (tmp_path / "out.batch" / "input").exists(), "answers stay on the disk for the run alone"


@pytest.mark.parametrize("head", ["areas,star_sign", "areas,areas", "areas,", '{"areas": ["low_back"]}', "", "\n"])
def test_columns_that_nobody_knows_are_said_once_before_anything_is_made(plans: Plans, tmp_path: Path, head: str) -> None:
    code, said = plans(f"{head}\nlow_back,leo\n".encode(), "--csv")
    assert code == 2 and said.startswith("backplan: ") and said.count("\n") == 1
    assert names(tmp_path / "out") == []


def test_folders_of_a_hundred_when_asked_for_or_where_six_digits_end(plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(jsonl(WELL, "x"), "--folders")
    assert names(tmp_path / "out") == ["00/00/000001.json", "00/00/000002.error.txt"]
    monkeypatch.setattr(many, "FLAT_LINES", 2)
    plans(jsonl("x", "", "y"))
    assert "00/00/000003.error.txt" in names(tmp_path / "out")


@pytest.mark.usefixtures("real_processes")
def test_a_dead_process_costs_a_chunk_and_poison_is_stopped(plans: Plans, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "work_on", work_and_die)
    monkeypatch.setattr(many, "TEXTS_A_CHUNK", 3)
    code, said = plans(jsonl(WELL, WELL | {"goal_words": ONCE}, WELL, {"minutes": "5"}, WELL | {"goal_words": POISON}, WELL))
    assert code == 2 and "5 plans made, 1 line without" in said
    assert said.count("a process died at line 2;") == 1 and said.count("a process died at line 5;") == 3
    assert "backplan: line 5: it ended its process 3 times" in said
    assert [one["status"] for one in results(tmp_path)] == ["made"] * 4 + ["stopped", "made"]


def test_a_second_run_at_the_same_time_is_refused(plans: Plans, tmp_path: Path) -> None:
    plans(jsonl("x"))
    with (tmp_path / "out.batch" / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        code, said = plans(jsonl("x"))
    assert code == 2 and "another run is at work" in said and said.count("\n") == 1


def test_a_file_that_is_not_there_leaves_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plans", "/nowhere/many.jsonl", "--output", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1 and list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_run_that_is_killed_goes_on_and_ends_as_if_nothing_had_been(tmp_path: Path) -> None:
    """kill -9 of the first process in the middle: its others end at once, and the same command makes the rest."""
    people = [{"minutes": minutes, "peg_p": pain} for minutes in ("5", "10", "20") for pain in range(1, 10)]
    (tmp_path / "many.jsonl").write_bytes(jsonl(*(people * 60)))
    command = [sys.executable, "-m", "planner", "plans", str(tmp_path / "many.jsonl"), "--fill-defaults", *DAY, "--output"]
    run = subprocess.Popen([*command, str(tmp_path / "out")], cwd=ROOT, stderr=subprocess.DEVNULL)
    chunks, until = tmp_path / "out.batch" / "chunks", monotonic() + 120
    while not (chunks.exists() and list(chunks.iterdir())) and monotonic() < until:
        sleep(0.02)
    run.kill()
    run.wait()
    sleep(2)
    done, made = len(list(chunks.iterdir())), names(tmp_path / "out")
    assert 0 < done < 4, "it was in the middle"
    sleep(1)
    assert names(tmp_path / "out") == made, "nobody goes on writing"
    settled = json.loads(next(chunks.iterdir()).read_text().splitlines()[0])["file"]  # any chunk may be the first that is done
    first = (tmp_path / "out" / settled).stat().st_mtime_ns
    again = subprocess.run([*command, str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert again.returncode == 0 and "1620 plans made" in again.stderr and "were there" in again.stderr
    assert (tmp_path / "out" / settled).stat().st_mtime_ns == first
    assert len(results(tmp_path)) == len(names(tmp_path / "out")) == 1620
    for number in range(1, 1621):
        assert (tmp_path / "out" / f"{number:06}.json").read_bytes() == (tmp_path / "out" / f"{(number - 1) % 27 + 1:06}.json").read_bytes()
