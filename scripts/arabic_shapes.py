"""How a font draws each Arabic letter in each of its forms, as HarfBuzz shapes it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

import uharfbuzz as hb
from fontTools.ttLib import TTFont

BLOCKS = (range(0x600, 0x700), range(0x750, 0x780), range(0x870, 0x900), range(0xFB50, 0xFE00), range(0xFE70, 0xFEFD))
PRESENTATION = "\ufb50"
"""From here on each form is a character of its own, which is kept for old texts and which nobody types."""
JOINER, ALEF, DAL, LAM, HEH = "\u200d\u0627\u062f\u0644\u0647"
FORMS = {"isol": ("", ""), "fina": (JOINER, ""), "medi": (JOINER, JOINER), "init": ("", JOINER)}
"""Form -> what stands before and after a letter that has it."""
WRITTEN = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱٹپچڈڑژکگںھہۂۃیےۓ"
"""Letters of Arabic, Persian and Urdu."""
VOWELS, SHADDA, SUKUN = "\u064b\u064c\u064d\u064e\u064f\u0650\u0670", "\u0651", "\u0652"
OFTEN = (*VOWELS, SHADDA, SUKUN, *(SHADDA + vowel for vowel in VOWELS))
"""Marks that these languages write. A reader of PDF takes a mark with a glyph of its own for the end of a word, so each of WRITTEN has a
glyph together with each of these."""

Offsets = tuple[tuple[int, int] | None, ...]
Places = dict[str, "Place"]
"""Our glyphs, each with a place of the letter that it is for."""


class Place(NamedTuple):
    """A letter and its marks between other letters."""

    before: str
    letter: str
    after: str
    marks: str = ""


class Drawing(NamedTuple):
    """Glyphs of the font, each with where it stands, and the width of them all, in units of the font."""

    parts: tuple[tuple[str, int, int], ...]
    width: int


class Source:
    """The font as it comes."""

    def __init__(self, path: Path) -> None:
        self.font = TTFont(path, recalcTimestamp=False)  # so that the same source gives the same file
        self.names = self.font.getGlyphOrder()
        self.shaper = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        self.cmap = {chr(code): name for code, name in self.font.getBestCmap().items() if any(code in block for block in BLOCKS)}
        self.letters = [one for one in self.cmap if category(one) in ("Lo", "Lm")]
        self.marks = [one for one in self.cmap if category(one) == "Mn"]
        tables = [table for lookup in self.font["GPOS"].table.LookupList.Lookup for table in lookup.SubTable]
        self.bases = {name for table in tables if table.LookupType == 4 for name in table.BaseCoverage.glyphs}

    def drawing(self, place: Place) -> Drawing:
        """How the letter of `place` is drawn there, with its marks."""
        buffer = hb.Buffer()
        buffer.add_str(place.before + place.letter + place.marks + place.after)
        buffer.direction, buffer.script, buffer.language = "rtl", "Arab", "en"
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        hb.shape(self.shaper, buffer)
        own = max(info.cluster for info in buffer.glyph_infos if info.cluster <= len(place.before))
        parts, pen = [], 0
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            if info.cluster == own:
                parts.append((self.names[info.codepoint], pen + at.x_offset, at.y_offset))
                pen += at.x_advance
        return Drawing(tuple(sorted(parts)), pen)

    def carries(self, place: Place) -> bool:
        """Whether the font says where marks stand on the letter."""
        return place.letter < PRESENTATION and any(name in self.bases for name, _, _ in self.drawing(place).parts)

    def offset(self, place: Place, mark: str) -> tuple[int, int] | None:
        """Where one more mark stands on the letter of `place`; None where the two are drawn as something else."""
        without, parts = self.drawing(place).parts, self.drawing(place._replace(marks=place.marks + mark)).parts
        more = [part for part in parts if part not in without]
        return more[0][1:] if len(parts) == len(without) + 1 and len(more) == 1 and more[0][0] == self.cmap[mark] else None

    def places(self) -> Places:
        """Each letter in each form: `u0628.medi` is beh between two letters that join it."""
        found: Places = {}
        for letter, (form, (before, after)) in product(self.letters, FORMS.items()):
            place = Place(before, letter, after)
            if form == "isol" or self.drawing(place) != self.drawing(Place("", letter, "")):
                found[f"{named(letter)}.{form}"] = place
        for letter, form in product(self.letters, ("init", "medi")):  # lam and alef lean on each other
            before, name = FORMS[form][0], named(letter)
            lam, alef = Place(before, letter, ALEF), Place(before + LAM, letter, "")
            if f"{name}.init" in found and self.drawing(lam) != self.drawing(Place(before, letter, JOINER)):
                found[f"{name}.{form}.tied"] = lam
            if self.drawing(alef) != self.drawing(Place(JOINER, letter, "")):
                found[f"{name}.fina.{form}"] = alef
        return found | {f"{named(HEH)}.isol.after": Place(DAL, HEH, "")}

    def marked(self, places: Places) -> Places:
        """The letters that are written, with the marks that are."""
        written = [(name, place) for name, place in places.items() if place.letter in WRITTEN]
        return {f"{name}.{named(marks)}": place._replace(marks=marks) for name, place in written for marks in OFTEN}


def named(signs: str) -> str:
    return "u" + "_".join(f"{ord(one):04X}" for one in signs)


def bare(name: str) -> str:
    """The letter that a glyph is for."""
    return name.partition(".")[0]
