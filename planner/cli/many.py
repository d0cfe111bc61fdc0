"""Many plans at once: every processor core, one file a line, one bad line never stops the rest."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from tqdm import tqdm

from planner.cli.input import BadInput, complete, one_object
from planner.domain.plan import build
from planner.languages.translate import library_in
from planner.outputs.form import PlanFailed
from planner.outputs.forms import form_called, make

Settings = tuple[str, bool, str, date, bool]
"""format, large print, language, date, fill defaults"""


def make_many(lines: list[str], folder: Path, settings: Settings) -> tuple[int, int]:
    """Line n becomes folder/00000n.<ext>, or 00000n.error.txt with the reason. Returns (made, failed)."""
    jobs = [(number, line, folder, settings) for number, line in enumerate(lines, 1)]
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("forkserver")) as pool:
        results: Iterable[bool] = pool.map(make_one, jobs, chunksize=max(1, min(64, len(jobs) // 8 or 1)))
        outcomes = list(tqdm(results, total=len(jobs), unit="plan", disable=not sys.stderr.isatty()))
    return sum(outcomes), len(outcomes) - sum(outcomes)


def make_one(job: tuple[int, str, Path, Settings]) -> bool:
    """Makes one plan in a worker process. True if it was made."""
    number, line, folder, (form, large, lang, on, fill) = job
    library = library_in(lang)
    target, error = folder / f"{number:06}.{form_called(form).ending}", folder / f"{number:06}.error.txt"
    for old in (target, error):
        old.unlink(missing_ok=True)
    try:
        answers = complete(library, one_object(line), fill=fill)
        made = make(build(library, answers, on=on, lang=lang), library, form, large=large)
    except (BadInput, PlanFailed) as reason:
        error.write_text(f"{reason}\n", encoding="utf-8")
        return False
    target.write_bytes(made)
    return True
