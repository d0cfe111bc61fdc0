"""Typed text at its boundaries: what a line, a note and a terminal each keep, and what they do not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.clinic.people.names import clean_name
from planner.domain.typed_text import as_typed, one_line, spelled_out

BREAKS = [*map(chr, range(32)), "\x7f", *map(chr, range(0x80, 0xA0)), "\u2028", "\u2029"]
TURNS = list("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HIDDEN = ["\u00ad", "\u200b", "\u2060", "\u2064", "\ufeff", "\ufffb", "\U000e0001", "\U000e0041"]
HALVES = ["\ud800", "\udbff", "\udc00", "\udfff"]
KEPT = ["👩\u200d⚕️", "🧑🏽\u200d🦽", "می\u200cخواهم", "क्\u200dष", "שלום", "{{7*7}} %(n)s <b>", "Grüße", "❤️", "\ue000"]


@pytest.mark.parametrize("sign", BREAKS)
def test_what_breaks_a_line_is_a_space(sign: str) -> None:
    assert one_line(f"a{sign}b") == as_typed(f"a{sign}b") == "a b"
    assert one_line(f"{sign}{sign}a{sign}\n") == as_typed(f"{sign}{sign}a{sign}\n") == "a"


@pytest.mark.parametrize("sign", TURNS)
def test_what_turns_text_goes_from_a_line_and_stays_in_a_note(sign: str) -> None:
    assert one_line(f"a{sign}b") == "ab" and one_line(sign) == ""
    assert as_typed(f"a{sign}b") == f"a{sign}b"


@pytest.mark.parametrize("sign", HIDDEN)
def test_what_hides_in_a_word_goes_from_a_line(sign: str) -> None:
    assert one_line(f"low{sign}back {sign} desk") == "lowback desk"
    assert as_typed(f"low{sign}back") == f"low{sign}back"


@pytest.mark.parametrize("half", HALVES)
def test_halves_of_characters_go_everywhere(half: str) -> None:
    assert one_line(f"a{half}b") == as_typed(f"a{half}b") == "ab"
    assert spelled_out(f"a{half}b") == rf"a\u{ord(half):x}b"


@pytest.mark.parametrize("text", KEPT)
def test_emoji_persian_and_every_script_stay_whole(text: str) -> None:
    assert one_line(text) == as_typed(text) == text


def test_letters_have_one_spelling_also_where_something_hid_in_them() -> None:
    assert one_line("Zoe\u0308") == as_typed("Zoe\u0308") == "Zoë"
    assert one_line("Zoe\u200e\u0308") == "Zoë"


def test_a_line_is_tidied_and_a_note_keeps_its_spaces() -> None:
    assert one_line("  a \t b\u00a0\u3000c ") == "a b c"
    assert as_typed("  a  b\r\nc\rd\n ") == "a  b c d"


def test_a_terminal_sees_everything() -> None:
    assert spelled_out("rot\x1b[2J\u202e\u00a0ü 🌱\n") == r"rot\x1b[2J\u202e\xa0ü 🌱\n"
    assert spelled_out("usual, as it was") == "usual, as it was"


@given(st.text(st.characters(), max_size=40))
def test_once_is_enough_and_nothing_slips_through(text: str) -> None:
    line, note, told = one_line(text), as_typed(text), spelled_out(text)
    assert (one_line(line), as_typed(note), spelled_out(told)) == (line, note, told)
    assert len(line.splitlines()) <= 1 and len(note.splitlines()) <= 1 and told.isprintable()
    assert line == unicodedata.normalize("NFC", line) and note == unicodedata.normalize("NFC", note)
    (line + note).encode()
    assert clean_name(line) in ("", line)
