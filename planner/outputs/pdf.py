"""HTML to PDF/UA with WeasyPrint, inside a worker process: no web process imports this for its renderer. `press()` loads it, once."""

from __future__ import annotations

import atexit
import gc
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from planner.folders import STATIC
from planner.outputs import fit
from planner.outputs.filled_columns import lay_out_columns_once
from planner.outputs.fit import Fit
from planner.outputs.inked import emptied, inked
from planner.outputs.parsed import parsed
from planner.outputs.plain_styles import know_what_no_rule_sets, usual_styles
from planner.outputs.sheet_rows import SheetOnARoll, on_roll
from planner.outputs.two_parts import FIT, large_pages, plan_pages, signs_of

Kind = Literal["plan", "sheet", "fit"]
Look = Literal["plan", "plan-large", "sheet", "sheet-large"]

CSS = STATIC / "css"
STYLES: dict[Look, tuple[str, ...]] = {
    "plan": ("paper.css",),
    "plan-large": ("paper.css", "large.css"),
    "sheet": ("paper.css", "sheet.css"),
    "sheet-large": ("paper.css", "sheet.css", "large.css"),
}
LARGE = 'class="fit-0 large"'  # how the print layout marks large print
LARGE_STEPS = ("all", "reasons-once", "tell-six", "no-others", "tell-four", "no-later", "no-list", "no-headline", "first-reason")
"""Of a sheet in large print each step drops all the words that a small one drops up to this."""
LARGE_MOST = 5  # pages that it may have while it can still drop words
MOVE, BELOW, PARAGRAPH, CODE = '<div class="move"', '<div class="cols"', '<p class="', '<div class="code"'
MOST_HTML = 400_000  # characters
RENDERER = "5"  # raise it when styles or renderer change what comes out: a batch that was begun before is then begun anew
INSIDE = "data:image/png;base64,"  # a clinic's logo, drawn anew by planner.clinic.logo


class PdfFailed(RuntimeError):
    """No PDF came out; the message names the kind of fault and never what was in the document."""


@dataclass(frozen=True)
class Press:
    """What every render shares: fonts, parsed styles, and a fetcher that fetches nothing."""

    page: Callable[[Any, Any], Any]
    fonts: Any
    styles: dict[Look, list[Any]]
    fetcher: Any


@cache
def press() -> Press:
    import weasyprint
    from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
    from weasyprint.text.fonts import FontConfiguration

    class Document(weasyprint.HTML):  # type: ignore[misc]  # nor has it here
        def __init__(self, root: Any, fetches: Any) -> None:
            """A document whose tree is there already."""
            self.base_url, self.url_fetcher, self.media_type = "none:", fetches, "print"
            self.wrapper_element, self.etree_element = ElementWrapper.from_html_root(root), root

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [usual]

    usual = weasyprint.CSS(string=usual_styles(), url_fetcher=fetcher("none"))
    lay_out_columns_once()
    know_what_no_rule_sets()
    fonts = FontConfiguration()
    atexit.register(press.cache_clear)  # its folder goes with the last word of it, and that can't be at the very end of Python
    parsed = {
        name: weasyprint.CSS(filename=str(CSS / name), font_config=fonts, url_fetcher=fetcher("file", CSS.parent))
        for name in dict.fromkeys(name for names in STYLES.values() for name in names)
    }
    styles = {kind: [parsed[name] for name in names] for kind, names in STYLES.items()}
    return Press(Document, fonts, styles, fetcher("none"))


def fetcher(scheme: Literal["file", "none"], under: Path | None = None) -> Any:
    """A URL fetcher for our own font files only, or for no file at all: no network, no redirect. A PNG inside the document is none."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher

    class Closed(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            if under and url.startswith(f"{under.as_uri()}/") and ".." not in url:
                return super().fetch(url, headers)
            if url.startswith(INSIDE):
                return super().fetch(url, headers)
            raise FatalURLFetchingError("blocked")

    return Closed(allowed_protocols={scheme, "data"}, allow_redirects=False, fail_on_errors=True)


def render(html: str, kind: Kind = "plan") -> bytes:
    """The PDF of one document, or for "fit" how its sheet comes to be one side, as JSON."""
    if len(html) > MOST_HTML:
        raise PdfFailed("too long")
    html = emptied(html)
    collecting = gc.isenabled()
    gc.disable()
    try:
        if kind == "fit":
            return as_json(fitted_sheet(html)[0])
        return inked(laid_out(html, kind)).write_pdf(finisher=add_scopes, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]  # nor here
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # a blocked URL is no Exception; only the type, since a message can carry answers
        raise PdfFailed(type(fault).__name__) from None
    finally:
        if collecting:
            gc.enable()


def laid_out(html: str, kind: Kind) -> Any:
    """The pages, with as many words as they have room for."""
    look = look_of(html, kind)
    if look == "sheet":
        return fitted_sheet(html)[1]
    if look in ("plan", "plan-large"):
        return (plan_pages if look == "plan" else large_pages)(html, partial(pages_in, look))
    return fewest_cuts(lambda step: pages_in(look, html.replace(FIT, f'class="{large_at(step)}', 1)), range(len(LARGE_STEPS)), LARGE_MOST)


def pages_in(look: Look, text: str) -> Any:
    ours = press()
    return ours.page(parsed(text), ours.fetcher).render(font_config=ours.fonts, stylesheets=ours.styles[look], pdf_variant="pdf/ua-1")


def fitted_sheet(html: str) -> tuple[Fit, Any]:
    """How a sheet is one side, and its pages."""
    lines, signs = html.partition(BELOW)[0].partition(MOVE)[0].count(PARAGRAPH), signs_of(html.partition("<body")[2])
    how, sheet = fit.fitted(partial(on_a_roll, html), fit.first_step(html.count(MOVE), lines, signs, CODE in html))
    return how, sheet.on_paper(how.lengths) if how.blank >= 0 else at_fit(html, how)


def on_a_roll(html: str, step: int) -> SheetOnARoll:
    """A sheet that is laid out at a step, on paper that never ends."""
    roll, high = on_roll(html)
    how = fit.at_step(step)
    return SheetOnARoll(at_fit(roll, how), how.lengths, high)


def at_fit(html: str, how: Fit) -> Any:
    """The pages of a sheet that is laid out so."""
    style = "; ".join(f"{name}: {length}" for name, length in how.lengths.style.items())
    return pages_in("sheet", html.replace(f'{FIT}"', f'class="{how.classes}" style="{style}"', 1))


def as_json(how: Fit) -> bytes:
    """For the preview: the classes and lengths that print has, and what stays blank."""
    return json.dumps({"step": how.step, "classes": how.classes, "style": how.lengths.style, "blank": round(how.blank, 1)}).encode()


def large_at(step: int) -> str:
    """The classes of <html> at a step of a sheet in large print."""
    return " ".join((f"fit-{step}", *fit.words_up_to(LARGE_STEPS[step])))


def fewest_cuts(at: Callable[[int], Any], steps: Sequence[int], most: int) -> Any:
    """The pages at the first of these steps that needs no more than `most`; at the last step if none does.
    The first is tried at once; what follows it is found by halving."""
    tried = {steps[0]: at(steps[0])}
    if len(tried[steps[0]].pages) <= most or len(steps) == 1:
        return tried[steps[0]]
    low, high = 1, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        tried[steps[middle]] = at(steps[middle])
        low, high = (low, middle) if len(tried[steps[middle]].pages) <= most else (middle + 1, high)
    return tried.get(steps[low]) or at(steps[low])


def look_of(html: str, kind: Kind) -> Look:
    if LARGE in html[:200]:
        return "plan-large" if kind == "plan" else "sheet-large"
    return "plan" if kind == "plan" else "sheet"


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
    render('<html lang="en" class="fit-0"><head><title>-</title></head><body><h1>Ready</h1><p>123</p></body></html>')
    gc.collect()
    gc.freeze()
