"""Codes of kept plans: 80 random bits as 16 Crockford base32 characters, and one more that tells a slip of the pen at once.

The check character is a weighted sum over GF(32), in the same alphabet. Every single wrong character and every swap of
neighbours is caught. Crockford's own check is mod 37: its signs * ~ $ = U are hard to find on a phone.
"""

from __future__ import annotations

import re
import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 10
CODE_DIGITS = 16
LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
POLYNOMIAL = 0b100101  # x^5 + x^2 + 1 has no factors, so sums and products of five bits form a field
LONGEST_TYPED = 300  # a whole link may be pasted; characters that are looked at
LOOKS_LIKE = re.compile(r"(?<![0-9a-z])[0-9a-z]{4}(?:[ ._/-]?[0-9a-z]{4}){3}[ ._/-]?[0-9a-z](?![0-9a-z])", re.IGNORECASE)
WITHIN = re.compile(r"(?<![0-9A-Z])(?=([0-9A-Z]{4}(?:[^0-9A-Z]{0,2}[0-9A-Z]{4}){3}[^0-9A-Z]{0,2}[0-9A-Z])(?![0-9A-Z]))")
AFTER_KEPT = re.compile(r"(/(?:kept|shl)/+)(?!deleted$)[^/.]+", re.IGNORECASE)
AFTER_INTAKE = re.compile(r"(/intake/+)(?!(?:begin|consent|word|over|take-back)/?$)[^/.]+", re.IGNORECASE)


class MistypedCode(ValueError):
    """It looks like a code, and its check character says that a character is wrong."""


def new_code() -> str:
    """A code nobody can guess: 17 characters without hyphens."""
    return code_of(secrets.token_bytes(CODE_BYTES))


def code_of(bits: bytes) -> str:
    """The code that stands for 10 bytes."""
    number = int.from_bytes(bits, "big")
    digits = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(CODE_DIGITS)))
    return digits + check_character(digits)


def check_character(digits: str) -> str:
    """The sum of digit times weight, in GF(32). Weights are powers of 2: all differ and none is 0, so no two slips cancel."""
    total, weight = 0, 1
    for digit in digits:
        weight = times(weight, 2)
        total ^= times(weight, ALPHABET.index(digit))
    return ALPHABET[total]


def times(one: int, other: int) -> int:
    """The product in GF(32)."""
    product = 0
    for bit in range(5):
        if other >> bit & 1:
            product ^= one << bit
    for bit in range(8, 4, -1):
        if product >> bit & 1:
            product ^= POLYNOMIAL << (bit - 5)
    return product


def grouped(code: str) -> str:
    """As it is shown and printed: ABCD-EFGH-JKMN-PQRS-T."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def path_of(code: str) -> str:
    """Where a code leads on the site."""
    return f"/kept/{grouped(code)}"


def read_code(text: str) -> str | None:
    """The code that a person typed or scanned, without hyphens; None if it can't be one. MistypedCode if one character is wrong.

    Small letters, spaces, hyphens of any kind, O for 0, I or L for 1, and full-width characters are all read, and so is a
    code in the middle of a link or of a sentence."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST_TYPED]).upper()
    plain = "".join(one for one in plain if unicodedata.category(one) not in ("Cf", "Cc"))
    joined = "".join(one for one in plain if unicodedata.category(one) not in ("Pd", "Zs")).translate(LOOKALIKES)
    if len(text) > LONGEST_TYPED:
        return None
    found = [joined] if could_be(joined) else list(filter(could_be, (inside(one) for one in WITHIN.findall(plain))))
    if right := [one for one in found if check_character(one[:CODE_DIGITS]) == one[CODE_DIGITS]]:
        return right[0]
    if found:
        raise MistypedCode
    return None


def inside(match: str) -> str:
    """The characters of a code out of what stands between other words: a link, "My code: …", with dots or slashes in it."""
    return "".join(one for one in match if one.isalnum()).translate(LOOKALIKES)


def could_be(text: str) -> bool:
    return len(text) == CODE_DIGITS + 1 and not set(text) - set(ALPHABET)


def without_code(path: str) -> str:
    """A path for the log: whatever stands in the place of a code or of a health link's name, or looks like a code, is a hyphen."""
    return AFTER_INTAKE.sub(r"\1-", AFTER_KEPT.sub(r"\1-", LOOKS_LIKE.sub("-", path)))
