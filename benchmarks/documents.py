"""Documents: our renderer as a ratio to a bare `write_pdf` of the same HTML and styles and to a warm Chromium that prints the same plan,
the sheet as a ratio to the plan, a cache hit, and sizes."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Literal

import weasyprint
from playwright.sync_api import sync_playwright

from benchmarks.compare import ratio, report, seconds
from planner.domain.plan import build
from planner.library.reader import load
from planner.outputs import documents, pdf
from planner.outputs.render_pool import RenderPool
from tests.people import well

ROUNDS = 7
CHROMIUM = "/usr/bin/chromium"


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
    press = {kind: partial(pdf.render, html, kind) for kind, html in drawn.items()}
    rows["sheet / plan (ratio)"], _ = ratio(press["sheet"], press["plan"], ROUNDS)
    with warm_chromium(drawn["plan"]) as chromium:
        rows["plan: ours / warm Chromium (ratio)"], _ = ratio(press["plan"], chromium, ROUNDS)
    rows["load of the machine, one minute"] = os.getloadavg()[0]
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


@contextmanager
def warm_chromium(html: str) -> Iterator[Callable[[], object]]:
    """Prints the plan with our print styles from a page that is open already; Chromium passes over what its CSS does not know."""
    link = f'<link rel="stylesheet" href="{(pdf.CSS / "paper.css").as_uri()}"></head>'
    with TemporaryDirectory() as folder, sync_playwright() as browsers:
        file = Path(folder) / "plan.html"
        file.write_text(html.replace("</head>", link, 1))
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--allow-file-access-from-files"])
        page = browser.new_page()

        def prints() -> bytes:
            page.goto(file.as_uri())
            return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

        yield prints
        browser.close()


if __name__ == "__main__":
    main()
