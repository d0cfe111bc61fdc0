"""HTML to PDF/UA with WeasyPrint, inside a worker process. Nothing here may be imported for its renderer by a web process:
WeasyPrint is loaded by `press()`, once."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from planner.folders import STATIC

Kind = Literal["plan", "sheet"]
Look = Literal["plan", "plan-large", "sheet", "sheet-large"]

CSS = STATIC / "css"
STYLES: dict[Look, tuple[str, ...]] = {
    "plan": ("paper.css",),
    "plan-large": ("paper.css", "large.css"),
    "sheet": ("paper.css", "sheet.css"),
    "sheet-large": ("paper.css", "sheet.css", "large.css"),
}
LARGE = 'class="fit-0 large"'  # how the print layout marks large print
FITS = 8  # steps by which the sheet may drop words (sheet.css)
MOST_HTML = 400_000  # characters
INSIDE = "data:image/png;base64,"  # a clinic's logo, drawn anew by planner.clinic.logo


class PdfFailed(RuntimeError):
    """No PDF came out; the message names the kind of fault and never what was in the document."""


@dataclass(frozen=True)
class Press:
    """What every render shares: fonts, parsed styles, and a fetcher that fetches nothing."""

    weasyprint: Any
    fonts: Any
    styles: dict[Look, list[Any]]
    fetcher: Any


@cache
def press() -> Press:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    own = fetcher("file", under=CSS.parent)
    parsed = {
        name: weasyprint.CSS(filename=str(CSS / name), font_config=fonts, url_fetcher=own)
        for name in dict.fromkeys(name for names in STYLES.values() for name in names)
    }
    styles = {kind: [parsed[name] for name in names] for kind, names in STYLES.items()}
    return Press(weasyprint, fonts, styles, fetcher("none"))


def fetcher(scheme: Literal["file", "none"], under: Path | None = None) -> Any:
    """A URL fetcher for our own font files only, or for no file at all: no network, no redirect. A PNG inside the document is none."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Closed(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if under and url.startswith(f"{under.as_uri()}/") and ".." not in url:
                return super().fetch(url, headers)
            if url.startswith(INSIDE):
                return super().fetch(url, headers)
            raise FatalURLFetchingError("blocked")

    return Closed(allowed_protocols={scheme, "data"}, allow_redirects=False, fail_on_errors=True)


def render(html: str, kind: Kind = "plan") -> bytes:
    """The PDF of one document. The sheet drops words, never size below 8 pt, until it is a single page."""
    if len(html) > MOST_HTML:
        raise PdfFailed("too long")
    collecting = gc.isenabled()
    gc.disable()
    try:
        return laid_out(html, kind).write_pdf(finisher=add_scopes, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a blocked URL is no Exception; only the type, since a message can carry answers
        raise PdfFailed(type(fault).__name__) from None
    finally:
        if collecting:
            gc.enable()


def laid_out(html: str, kind: Kind) -> Any:
    ours = press()
    look = look_of(html, kind)

    def at(fit: int) -> Any:
        text = html.replace('class="fit-0"', f'class="fit-{fit}"', 1)
        page = ours.weasyprint.HTML(string=text, base_url="none:", url_fetcher=ours.fetcher)
        return page.render(font_config=ours.fonts, stylesheets=ours.styles[look], pdf_variant="pdf/ua-1")

    document = at(0)
    return document if look != "sheet" or len(document.pages) == 1 else fitted(at)


def fitted(at: Callable[[int], Any]) -> Any:
    """The first step from 1 on that needs a single page, found by halving; the last step if none does."""
    low, high = 1, FITS
    tried: dict[int, Any] = {}
    while low < high:
        middle = (low + high) // 2
        tried[middle] = at(middle)
        low, high = (low, middle) if len(tried[middle].pages) == 1 else (middle + 1, high)
    return tried.get(low) or at(low)


def look_of(html: str, kind: Kind) -> Look:
    if LARGE in html[:200]:
        return "sheet-large" if kind == "sheet" else "plan-large"
    return kind


def add_scopes(document: Any, pdf: Any) -> None:
    """WeasyPrint writes <th> without its scope (Kozea/WeasyPrint#2508): a row of headings heads columns, any other rows."""
    elements: dict[int, Any] = {thing.number: thing for thing in pdf.objects if "S" in getattr(thing, "keys", tuple)()}
    for row in (element for element in elements.values() if element["S"] == "/TR"):
        cells = [elements[number(kid)] for kid in row["K"] if number(kid) in elements]
        scope = "/Column" if all(cell["S"] == "/TH" for cell in cells) else "/Row"
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = scope


def number(reference: Any) -> int:
    """12 of the PDF reference b"12 0 R"; -1 for anything else."""
    return int(reference.split()[0]) if isinstance(reference, bytes) else -1


def warm() -> None:
    """Renders a page to nowhere, so that the first real one is quick."""
    render('<html lang="en" class="fit-0"><title>-</title><h1>Ready</h1><p>123</p></html>', "sheet")
    gc.collect()
    gc.freeze()
