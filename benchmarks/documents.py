"""Documents: our renderer as a ratio to a bare `write_pdf` of the same HTML and styles, a cache hit, and sizes."""

from __future__ import annotations

import gc
from datetime import date
from functools import partial
from statistics import median
from typing import Literal

import weasyprint

from benchmarks.compare import ratio, report, seconds
from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs import documents, pdf
from planner.outputs.render_pool import RenderPool
from tests.people import well

ROUNDS = 7


def main() -> None:
    library = load()
    plan = build(library, well(library, duration="lt4w"), on=date(2026, 11, 21))
    rows: dict[str, float] = {}
    drawn: dict[Literal["plan", "sheet"], str] = {
        "plan": documents.plan_html(plan, library),
        "sheet": documents.sheet_html(plan, library),
    }
    sheet = partial(pdf.render, drawn["sheet"], "sheet")
    control, _ = ratio(sheet, sheet, ROUNDS)
    for kind, html in drawn.items():
        against, ms = ratio(partial(pdf.render, html, kind), partial(bare, html, kind), ROUNDS)
        rows |= {f"{kind}: ours / bare write_pdf (ratio)": against, f"{kind} (ms)": ms}
        rows[f"{kind} (kB)"] = len(pdf.render(html, kind)) / 1024
    pool = RenderPool(1)
    pool.pdf(drawn["plan"], "plan")
    gc.collect()  # the renders above leave much behind; a hit should not pay for it
    hit = median(seconds(lambda: pool.pdf(drawn["plan"], "plan")) for _ in range(99)) * 1000
    rows |= {"plan from the cache / rendered (ratio)": hit / rows["plan (ms)"], "plan from the cache (ms)": hit}
    pool.close()
    report("documents", rows, control)


def bare(html: str, kind: Literal["plan", "sheet"]) -> bytes:
    """What a first try would do: parse styles and fonts anew for each document."""
    styles = [weasyprint.CSS(filename=str(pdf.CSS / name)) for name in pdf.STYLES[kind]]
    return bytes(weasyprint.HTML(string=html).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1"))


if __name__ == "__main__":
    main()
