"""Gives each Arabic letter a glyph of its own: `python -m scripts.arabic_font NotoSansArabic-Regular.ttf`, after a new version of it.

Noto Sans Arabic builds its letters as it shapes them: one tooth and one set of dots serve many. WeasyPrint writes one text for each glyph
into a PDF (its issue 2841), so what is copied, looked for or read aloud had other letters than the print. Here each letter is drawn once in
each of its forms, as HarfBuzz shapes it, and the rules of the font choose among those."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from planner.outputs.glyphs import FONTS, TYPED
from scripts.arabic_shapes import DAL, HEH, Offsets, Place, Places, Source, bare, named

MADE = FONTS / "arabic-letters-400.ttf"
NAME = "Arabic Letters"
BETWEEN = " !\"'()-./:;?\u00a0«»\u200c\u200d\u2013\u2014\u2026"
"""What stands between Arabic words. From another font it would break a line into pieces, which some readers put together backwards."""


def main() -> int:
    source = Source(Path(sys.argv[1]))
    places, font = source.places(), source.font
    marked = source.marked(places)
    draw(source, places | marked)
    for table in font["cmap"].tables:
        table.cmap |= {ord(letter): f"{named(letter)}.isol" for letter in source.letters if ord(letter) in table.cmap}
    for tag in ("GSUB", "GPOS", "GDEF"):
        del font[tag]
    parts = (joining(places), carrying(source, marked), nearing(source, places, marked), standing(source, places))
    addOpenTypeFeaturesFromString(font, "\n".join(line for part in parts for line in part))
    options = subset.Options(hinting=False, layout_features=["*"], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[*map(ord, BETWEEN + "".join(source.cmap)), *source.font.getBestCmap().keys() - elsewhere()])
    cut.subset(font)
    for number, words in {1: NAME, 3: f"{NAME}, of Noto Sans Arabic", 4: NAME, 6: NAME.replace(" ", "")}.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    font.save(MADE)
    return 0


def elsewhere() -> set[int]:
    """What our other fonts have letters for: from here it would change the look of a word in the middle."""
    return {code for name in TYPED if name != MADE.stem for code in TTFont(FONTS / f"{name}.ttf").getBestCmap()}


def draw(source: Source, places: Places) -> None:
    """Adds each of our glyphs to the font, put together from those that are there."""
    glyphs = source.font["glyf"]
    for name, place in places.items():
        pen, drawing = TTGlyphPen(glyphs), source.drawing(place)
        for part, x, y in drawing.parts:
            pen.addComponent(part, (1, 0, 0, 1, x, y))
        glyphs[name] = pen.glyph()
        glyphs[name].recalcBounds(glyphs)
        source.font["hmtx"][name] = (drawing.width, glyphs[name].xMin)
    source.font.setGlyphOrder(glyphs.glyphOrder)


def joining(places: Places) -> Iterator[str]:
    """Which glyph a letter has in each form, in a lam with an alef, and (heh alone) after any letter."""
    yield "languagesystem DFLT dflt; languagesystem arab dflt;"
    for form in ("fina", "medi", "init"):
        found = [f"sub {bare(name)}.isol by {name};" for name in places if name == f"{bare(name)}.{form}"]
        yield f"feature {form} {{ {' '.join(found)} }} {form};"
    ties = []
    for form in ("init", "medi"):
        lams = {name.removesuffix(".tied"): name for name in places if name.endswith(f".{form}.tied")}
        alefs = {name.removesuffix(f".{form}"): name for name in places if name.endswith(f".fina.{form}")}
        yield f"lookup TIED_{form} {{ {' '.join(f'sub {one} by {tied};' for one, tied in (lams | alefs).items())} }} TIED_{form};"
        ties.append(f"sub [{' '.join(lams)}]' lookup TIED_{form} [{' '.join(alefs)}]' lookup TIED_{form};")
    heh, letters = f"{named(HEH)}.isol", " ".join(name for name in places if ".isol" in name or ".fina" in name)
    yield f"feature rlig {{ lookupflag IgnoreMarks; {' '.join(ties)} sub [{letters}] {heh}' by {heh}.after; }} rlig;"


def carrying(source: Source, marked: Places) -> Iterator[str]:
    """Which glyph a letter has together with the marks that follow it, where no further ones do."""
    for count in (1, 2):
        found = [(name.rpartition(".")[0], place.marks) for name, place in marked.items() if len(place.marks) == count]
        pairs = [f"sub {letter} {' '.join(source.cmap[mark] for mark in marks)} by {letter}.{named(marks)};" for letter, marks in found]
        yield f"lookup WITH_{count} {{ {' '.join(pairs)} }} WITH_{count};"
    yield f"@LETTER = [{' '.join(dict.fromkeys(name.rpartition('.')[0] for name in marked))}];"
    yield f"@MARK = [{' '.join(source.cmap[mark] for mark in source.marks)}];"
    yield "feature rlig { ignore sub @LETTER' @MARK' @MARK' @MARK; sub @LETTER' lookup WITH_2 @MARK' @MARK';"
    yield "sub @LETTER' lookup WITH_1 @MARK'; } rlig;"


def nearing(source: Source, places: Places, marked: Places) -> Iterator[str]:
    """Letters that draw the next one nearer, with their marks and without."""
    also = {name: [name] for name in places}
    for name in marked:
        also[name.rpartition(".")[0]].append(name)
    starts = {name: place for name, place in places.items() if name.split(".")[1] in ("isol", "init")}
    alike: dict[frozenset[tuple[str, int]], list[str]] = defaultdict(list)
    for name, place in places.items():
        if not place.after and f"{bare(name)}.init" not in places:  # else the next letter would join it
            own = source.drawing(place).width
            moves = {start: source.drawing(place._replace(after=at.letter + at.after)).width - own for start, at in starts.items()}
            alike[frozenset((start, move) for start, move in moves.items() if move)] += also[name]
    yield "feature kern { lookupflag IgnoreMarks;"
    for nearer, names in alike.items():
        for move in sorted({move for _, move in nearer}):
            second = sorted(one for start, value in nearer if value == move for one in also[start])
            yield f"pos [{' '.join(names)}] [{' '.join(second)}] <{move} 0 {move} 0>;"
    yield "} kern;"


def standing(source: Source, places: Places) -> Iterator[str]:
    """Where marks stand on letters, and on each other."""
    marks = {source.cmap[mark]: mark for mark in source.marks}
    letters = [name for name, place in places.items() if source.carries(place)]
    yield from anchored(
        "mark", "base", letters, {name: tuple(source.offset(places[at], mark) for at in letters) for name, mark in marks.items()}
    )
    dal = Place("", DAL, "")
    under = {name: source.offset(dal, mark) for name, mark in marks.items()}
    over: dict[str, Offsets] = {}
    for name, mark in marks.items():
        both = [(under[one], source.offset(dal._replace(marks=lower), mark)) for one, lower in marks.items()]
        over[name] = tuple((on[0] - at[0], on[1] - at[1]) if at and on and on != under[name] else None for at, on in both)
    yield from anchored("mkmk", "mark", list(marks), over)


def anchored(feature: str, kind: str, carriers: list[str], offsets: dict[str, Offsets]) -> Iterator[str]:
    """Marks on `carriers`, by their offsets on each. Those whose places are the same but for one shift share their anchors."""
    groups: dict[Offsets, dict[str, tuple[int, int]]] = defaultdict(dict)
    for mark, places in offsets.items():
        if first := next((place for place in places if place), None):
            groups[tuple(place and (place[0] - first[0], place[1] - first[1]) for place in places)][mark] = first
    for number, shifts in enumerate(groups.values()):
        yield from (f"markClass {mark} <anchor {-x} {-y}> @{feature}{number};" for mark, (x, y) in shifts.items())
    yield f"feature {feature} {{"
    for index, carrier in enumerate(carriers):
        found = [(number, places[index]) for number, places in enumerate(groups)]
        if points := [f"<anchor {place[0]} {place[1]}> mark @{feature}{number}" for number, place in found if place]:
            yield f"pos {kind} {carrier} {' '.join(points)};"
    yield f"}} {feature};"


if __name__ == "__main__":
    sys.exit(main())
