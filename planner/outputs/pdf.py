"""HTML to PDF/UA with WeasyPrint, inside a worker process: no web process imports this for its renderer. `press()` loads it, once."""

from __future__ import annotations

import atexit
import gc
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from planner.folders import STATIC
from planner.outputs import fit
from planner.outputs.first_page import least_step
from planner.outputs.fit import LAST, Fit
from planner.outputs.parsed import parsed
from planner.outputs.sheet_rows import SheetOnARoll, blank_of

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
STEPS: dict[Look, int] = {"plan": 6, "plan-large": 8, "sheet": LAST, "sheet-large": len(LARGE_STEPS) - 1}
"""By how many steps a paper may drop words: classes fit-1 to fit-8 on <html> (paper.css), and those of `fit` for a sheet."""
MOST: dict[Look, int] = {"plan": 5, "plan-large": 12, "sheet": 1, "sheet-large": 5}
"""Pages that a paper may have while it can still drop words."""
USUAL_EXERCISES = 5
UNPRINTED = re.compile(r"<svg.*?</svg>|<[^>]*>|\s+(?=\s)", re.DOTALL)
EXERCISES = re.compile(r'<body class="full n(\d+) ')
MOVE, BELOW, PARAGRAPH, CODE = '<div class="move"', '<div class="cols"', '<p class="', '<div class="code"'
FIT, ONE, SECOND_PAGE = 'class="fit-0', ' one-0"', '<hr id="page-2">'
ROOM = ((11_000, 0), (12_800, 2))
"""So many characters after page 1 have room in 5 pages as they are, and with this step; more begin at the fourth. Measured."""
MORE_ROOM = 2_000  # characters that a sixth page takes
PAGE_RULE = re.compile(r"@page { size: (A4|Letter) }")
PAGE_SIZES = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Millimetres: wide and high."""
ROLL = 3  # pages: no sheet is longer at any step
MOST_HTML = 400_000  # characters
RENDERER = "4"  # raise it when styles or renderer change what comes out: a batch that was begun before is then begun anew
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
    collecting = gc.isenabled()
    gc.disable()
    try:
        if kind == "fit":
            return as_json(fitted_sheet(html)[0])
        return laid_out(html, kind).write_pdf(finisher=add_scopes, pdf_variant="pdf/ua-1")  # type: ignore[no-any-return]  # nor here
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
    if look == "plan":
        html = with_one_first_page(html)
    return fewest_cuts(
        lambda step: pages_in(look, html.replace(FIT, f'class="{classes_at(step, look)}', 1)), steps_of(html, look), most_pages(html, look)
    )


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


def on_roll(html: str) -> tuple[str, float]:
    """A document for a roll of paper, and how many millimetres high its page was."""
    wide, high = PAGE_SIZES[found[1] if (found := PAGE_RULE.search(html)) else "A4"]
    return PAGE_RULE.sub(f"@page {{ size: {wide}mm {high * ROLL}mm }}", html, count=1), high


def at_fit(html: str, how: Fit) -> Any:
    """The pages of a sheet that is laid out so."""
    style = "; ".join(f"{name}: {length}" for name, length in how.lengths.style.items())
    return pages_in("sheet", html.replace(f'{FIT}"', f'class="{how.classes}" style="{style}"', 1))


def as_json(how: Fit) -> bytes:
    """For the preview: the classes and lengths that print has, and what stays blank."""
    return json.dumps({"step": how.step, "classes": how.classes, "style": how.lengths.style, "blank": round(how.blank, 1)}).encode()


def classes_at(step: int, look: Look) -> str:
    """The classes of <html> at a step."""
    if look != "sheet-large":
        return f"fit-{step}"
    return " ".join((f"fit-{step}", *fit.words_up_to(LARGE_STEPS[step])))


def steps_of(html: str, look: Look) -> list[int]:
    """The steps to try, least first. A plan begins at the one that its length asks for, since each try costs a second."""
    if look != "plan":
        return list(range(4 if look == "plan-large" else 0, STEPS[look] + 1))
    room = signs_of(html.partition(SECOND_PAGE)[2]) - MORE_ROOM * (most_pages(html, look) - MOST[look])
    return list(range(next((step for most, step in ROOM if room <= most), STEPS[look] - 2), STEPS[look] + 1, 2))


def signs_of(html: str) -> int:
    """How many characters are printed."""
    return len(UNPRINTED.sub("", html))


def most_pages(html: str, look: Look) -> int:
    """How many pages a paper may have: one more for a plan of six or seven exercises."""
    many = next((int(found[1]) for found in [EXERCISES.search(html)] if found), 0) > USUAL_EXERCISES
    return MOST[look] + (many and look == "plan")


def with_one_first_page(html: str) -> str:
    """Closes up what stands before SECOND_PAGE until it is a single page; it is laid out alone, which costs little."""
    first, found, _rest = html.partition(SECOND_PAGE)
    if not found:
        return html
    roll, high = on_roll(f"{first}</body></html>")
    step = least_step(lambda one: blank_of(pages_in("plan", roll.replace(ONE, f' one-{one}"', 1)), high))
    return html.replace(ONE, f' one-{step}"', 1)


def fewest_cuts(at: Callable[[int], Any], steps: list[int], most: int) -> Any:
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
