"""Every form of a plan in one zip file."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.outputs import documents
from planner.outputs.pdf import Kind

PAPERS: dict[str, tuple[Kind, bool]] = {"plan.pdf": ("plan", False), "sheet.pdf": ("sheet", False), "plan-large-print.pdf": ("plan", True)}
"""File name -> kind of document, and whether in large print."""
DATA = {"plan.txt": "text", "plan.ics": "ics", "plan.json": "json", "plan.html": "html"}
"""File name -> form of planner.outputs.forms."""
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows: the clock must not change the bytes


def papers(plan: Plan, library: Library, **more: Any) -> dict[str, tuple[str, Kind]]:
    """File name -> the HTML and the kind to render. `more` as in documents.plan_html."""
    draw = {"plan": documents.plan_html, "sheet": documents.sheet_html}
    return {name: (draw[kind](plan, library, large=large, **more), kind) for name, (kind, large) in PAPERS.items()}


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """The files, PAPERS first. Stored, since PDFs are packed already and packing may differ between versions of zlib."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_STORED) as zipped:
        for name in sorted(files, key=[*PAPERS, *DATA].index):
            entry = ZipInfo(name, EPOCH)
            entry.create_system = 3  # Unix, on every machine
            entry.external_attr = 0o644 << 16
            zipped.writestr(entry, files[name])
    return body.getvalue()
