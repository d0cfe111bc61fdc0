"""Arabic, Persian and Urdu on paper: what is copied, looked for or read aloud is what was written."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from datetime import date
from pathlib import Path

import pypdf
import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont

from planner.domain.model import Library
from planner.domain.plan import build
from planner.outputs import documents
from planner.outputs.glyphs import FONTS, unprintable
from planner.outputs.pdf import render
from tests.people import well

FONT = FONTS / "arabic-letters-400.ttf"
ORDER = re.compile("[\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
"""What says how letters join and which way they run: a reader adds some and drops some."""
NOTES = [
    "طاقتك قبل القهوة: لا تتوقف عن المشي",
    "الطاقة سلام المشي مع أحفادي لأن إلى الآن الإبل ك ه ي ى كك هه ييي للا",
    "فارسی پچ گژ می‌روم کتاب‌ها را بخوانم ییی پلا",
    "اردو ٹ ڈ ے گھر میں ہوں ہے",
]
MARKED = "جدًا أيضًا يوميًا مرّة حرّك بَيْتٌ كَبِيرٌ حتماً"


def printed(library: Library, note: str, file: Path) -> Path:
    plan = build(library, well(library), on=date(2026, 11, 21))
    file.write_bytes(render(documents.sheet_html(plan, library, note=note), "sheet"))
    return file


def as_poppler_reads(file: Path) -> str:
    return subprocess.run(("pdftotext", file, "-"), capture_output=True, text=True, check=True).stdout


def as_pypdf_reads(file: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


def flat(text: str) -> str:
    return " ".join(ORDER.sub("", text).split())


def letters(text: str) -> list[str]:
    """Its words, without the marks on them and the signs between them."""
    bare = "".join(one for one in ORDER.sub("", text) if unicodedata.category(one) != "Mn")
    return re.findall(r"[^\W\d_]+", bare)


@pytest.mark.parametrize("note", NOTES)
def test_a_note_reads_as_it_was_written(library: Library, tmp_path: Path, note: str) -> None:
    """Poppler turns round what stands on both sides of a colon, in Hebrew too: there each word has to be whole."""
    file = printed(library, note, tmp_path / "sheet.pdf")
    assert flat(note) in flat(as_pypdf_reads(file))
    assert set(letters(note)) <= set(letters(as_poppler_reads(file)))
    assert ":" in note or flat(note) in flat(as_poppler_reads(file))


def test_numbers_and_other_letters_stay_whole_between(library: Library, tmp_path: Path) -> None:
    note = "المشي with Anna في Park street، ١٢ أو 15 دقيقة."
    file = printed(library, note, tmp_path / "sheet.pdf")
    for read in (as_poppler_reads(file), as_pypdf_reads(file)):
        assert {"المشي", "أو", "دقيقة"} <= set(re.findall(r"[\u0620-\u064a]+", read))
        assert all(words in read for words in ("with Anna", "Park street", "15"))
    assert "١٢" in as_poppler_reads(file)


def test_marks_change_no_letter_and_break_no_word(library: Library, tmp_path: Path) -> None:
    """Some readers give a mark before its letter; none gives another letter, or a word in two."""
    assert set(letters(MARKED)) <= set(letters(as_poppler_reads(printed(library, MARKED, tmp_path / "sheet.pdf"))))


def test_each_letter_has_a_glyph_that_is_no_other_letters() -> None:
    """What WeasyPrint's text layer stands on: it has one text for each glyph."""
    with TTFont(FONT) as font:
        glyphs = [name for code, name in font.getBestCmap().items() if unicodedata.category(chr(code)) == "Lo"]
        kinds = {lookup.LookupType for lookup in font["GSUB"].table.LookupList.Lookup}
    assert len(set(glyphs)) == len(glyphs)
    assert 2 not in kinds, "no letter is taken apart"


def test_letters_join_and_lam_leans_on_alef() -> None:
    forms = {glyph for word in ("ب", "ببب") for glyph in shaped(word)}
    assert len(forms) == 4, "alone, at the beginning, in the middle, at the end"
    assert len(shaped("لا")) == len(shaped("لأ")) == 2, "each has a glyph of its own"
    assert shaped("لا")[1] not in (shaped("لم")[1], shaped("للا")[1]) and shaped("لا")[0] != shaped("ما")[0]
    assert len(shaped("لًا")) == 2 and len(shaped("مرّة")) == 3, "a letter and its mark are one"


def shaped(words: str) -> list[int]:
    """The glyphs of `words`, from left to right."""
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(hb.Blob.from_file_path(str(FONT)))), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


def test_no_letter_of_arabic_persian_and_urdu_is_missing() -> None:
    assert unprintable("".join(map(chr, (*range(0x600, 0x700), *range(0x750, 0x780))))) == ""
