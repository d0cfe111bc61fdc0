"""Names and addresses that people type, as they are stored, compared and shown."""

from __future__ import annotations

import unicodedata

from planner.clinic.lengths import EMAIL, INITIALS, NAME
from planner.domain.typed_text import one_line


def clean_name(text: str, longest: int = NAME) -> str:
    """`text` as one line. Empty if nothing of it can be seen, or if it is longer than `longest` characters."""
    text = one_line(text[: longest * 4])
    return text if len(text) <= longest and is_seen(text) else ""


def is_seen(text: str) -> bool:
    """True if NFKC leaves anything but spaces, joiners and marks."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in BLANK for one in unicodedata.normalize("NFKC", text))


BLANK = set("\u115f\u1160\u3164\uffa0\u2800")  # letters and signs that are drawn as nothing


def clean_email(text: str) -> str:
    """An address as it is stored and compared: NFKC, small letters. Empty if it can't be one; whether letters arrive is not asked."""
    text = unicodedata.normalize("NFKC", text[: EMAIL * 2].strip().encode(errors="ignore").decode()).lower()
    name, _, host = text.rpartition("@")
    plain = text.isprintable() and not any(one.isspace() or one in '"<>(),;:\\' for one in text)
    return text if name and "@" not in name and "." in host.strip(".") and plain and len(text) <= EMAIL else ""


def initials_of(name: str) -> str:
    """Up to 4 capitals: the first letters of the words of a name."""
    letters = (next((one for one in word if one.isalnum()), "") for word in name.replace("-", " ").split())
    return clean_initials("".join(letters)[:INITIALS]) or "?"


def clean_initials(text: str) -> str:
    """1 to 4 letters or digits, as capitals. Empty if they are anything else."""
    text = unicodedata.normalize("NFC", clean_name(text, 8)).upper()
    return text if 1 <= len(text) <= INITIALS and text.isalnum() else ""
