"""One chunk of a batch, asked for directly, as a worker on any machine does."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import chunk
from planner.cli.batch import write_whole
from planner.cli.chunk import make_chunk
from tests.batches import WELL, batch, jsonl, names


@pytest.mark.parametrize(("line", "name"), [(7, "00/00/000007.json"), (12345, "01/23/012345.json"), (1234567, "123/45/1234567.json")])
def test_where_a_line_stands_in_folders(tmp_path: Path, line: int, name: str) -> None:
    assert batch(tmp_path, b"", spread=True).name(line, "json") == name


def test_each_distinct_plan_is_rendered_once_in_whatever_chunk_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def drawing(words: str, _kind: str) -> bytes:
        drawn.append(words)
        return b"a paper"

    monkeypatch.setattr(chunk, "render", drawing)
    other, same = {"areas": ["neck_shoulders"]}, WELL | {"preg_complications": "yes"}  # what this journey does not ask changes nothing
    made = batch(tmp_path, jsonl(WELL, other, same, WELL, same), "pdf")
    for index in (0, 1, 2, 1):
        made.marker(index).unlink(missing_ok=True)
        assert make_chunk(made.work, index) == made.chunks[index].count
    assert len(drawn) == len(set(drawn)) == 2
    assert len({(tmp_path / "out" / f"00000{n}.pdf").stat().st_ino for n in (1, 3, 4, 5)}) == 1, "one file on the disk"
    assert {path.read_bytes() for path in (tmp_path / "out").iterdir()} == {b"a paper"}
    assert len({one.key for index in range(3) for one in made.results(index)}) == 2
    assert not list((made.work / "parts").iterdir())


def test_what_a_killed_process_left_is_never_written_into(tmp_path: Path) -> None:
    paper, part = tmp_path / "paper", tmp_path / "part"
    paper.write_bytes(b"a paper")
    part.hardlink_to(paper)
    write_whole(tmp_path / "plan", b"another", part)
    assert (paper.read_bytes(), (tmp_path / "plan").read_bytes()) == (b"a paper", b"another")


@pytest.mark.parametrize("left", [0, 0.5, "a line", "zeros"])
def test_results_that_were_torn_are_those_of_a_chunk_that_is_not_done(tmp_path: Path, left: float | str) -> None:
    made = batch(tmp_path, jsonl(WELL, {"minutes": "10"}))
    make_chunk(made.work, 0)
    whole = made.marker(0).read_bytes()
    assert made.missing() == []
    first = whole.index(b"\n") + 1
    torn = {"a line": whole[:first], "zeros": whole[:9] + bytes(20) + whole[29:]}
    made.marker(0).write_bytes(torn[left] if isinstance(left, str) else whole[: int(len(whole) * left)])
    assert made.missing() == [0]
    make_chunk(made.work, 0)
    assert made.marker(0).read_bytes() == whole and made.missing() == []


def test_a_line_that_ended_its_process_three_times_is_passed_over_and_named(tmp_path: Path) -> None:
    made = batch(tmp_path, jsonl(WELL, WELL))
    made.tries(0).write_text("000000000002\n" * 2)
    make_chunk(made.work, 0)
    assert [one.status for one in made.results(0)] == ["made", "made"], "twice is not three times"
    made.marker(0).unlink()
    made.tries(0).write_text("000000000002\n" * 3)
    make_chunk(made.work, 0)
    assert [one.status for one in made.results(0)] == ["made", "stopped"]
    assert "3 times" in (tmp_path / "out" / "000002.error.txt").read_text("utf-8")
    assert made.missing() == [0], "the next run tries again"


def test_a_fault_of_ours_costs_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_args: object, **_more: object) -> None:
        raise MemoryError

    made = batch(tmp_path, jsonl(WELL, "x", WELL), size=3)
    monkeypatch.setattr(chunk, "plan_of", faulty)
    make_chunk(made.work, 0)
    assert [one.status for one in made.results(0)] == ["failed", "bad", "failed"]
    assert "MemoryError" in made.results(0)[0].message
    monkeypatch.undo()
    make_chunk(made.work, 0)
    assert [one.status for one in made.results(0)] == ["made", "bad", "made"]
    assert names(tmp_path / "out") == ["000001.json", "000002.error.txt", "000003.json"]
