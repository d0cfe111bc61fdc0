"""Batches: one chunk made by this process, as a ratio to a JSON round trip of its plans, and plans a second of a processor core."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import process_time

from benchmarks.compare import ratio, report
from planner.cli.batch import Batch, Settings, begin_anew, clear_remains
from planner.cli.chunk import Maker, make_chunk
from planner.cli.many import TEXTS_A_CHUNK, batch_of
from planner.library.plausible import people
from planner.library.reader import load
from planner.outputs.drawn import DrawnDocuments

CORES_FOR_A_MILLION = 2


def job(folder: Path) -> Batch:
    """One chunk of plausible people, no two alike."""
    library = load()
    given, work, plans = folder / "people.jsonl", folder / "plans.batch", folder / "plans"
    for path in (work, plans):
        path.mkdir()
    given.write_text("".join(f"{json.dumps(one)}\n" for one in people(library, TEXTS_A_CHUNK)), "utf-8")
    settings = Settings("json", False, "en", date(2026, 11, 21).isoformat(), True, False)
    batch = batch_of(str(given), plans, work, library, settings, table=False)
    begin_anew(batch)
    clear_remains(batch)
    return batch


def made_anew(batch: Batch) -> Callable[[], object]:
    def chunk() -> None:
        Maker.seen = ("", DrawnDocuments(0))
        batch.marker(0).unlink(missing_ok=True)
        make_chunk(batch.work, 0)

    return chunk


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        batch = job(Path(name))
        chunk = made_anew(batch)
        chunk()
        texts = [path.read_text("utf-8") for path in batch.folder.iterdir()]

        def round_trips() -> None:
            for text in texts:
                json.dumps(json.loads(text))

        control, _ = ratio(chunk, chunk, 3)
        against, _ = ratio(chunk, round_trips, 3)
        began = process_time()
        chunk()
        rate = len(texts) / (process_time() - began)
    rows = {"chunk / JSON round trip of its plans (ratio)": against}
    rows |= {"plans a second of processor time, one core": rate, "hours for a million on 2 cores": 1e6 / rate / CORES_FOR_A_MILLION / 3600}
    report("batch", rows, control)


if __name__ == "__main__":
    main()
