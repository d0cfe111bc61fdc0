"""Passwords: which are refused and why, how they are hashed, and checking one in the same time whether there is an account or not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST = 8  # characters
BETTER = 15
LONGEST_PASSWORD = 1024  # bytes; hashing more would be work for nothing
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's second choice: 19 MiB, 30 ms
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$rAmTyOHB4zA/oO/Sns/W1w$xzEtUHmXZry4vQZ54RRm482WR99IRB+Yt6EH7mdZwg8"
"""What is checked, in vain, when there is no account: a miss takes the work of a hit."""
COMMON = Path(__file__).parent / "common_passwords.txt"
OUR_WORDS = ("backplan", "backpain", "clinic", "physio", "physiotherapy", "massage", "therapist")
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
LEET = str.maketrans("013457$@!", "oleastsai")


def plain(password: str) -> str:
    """One spelling of each letter, so that every keyboard makes the same password."""
    return unicodedata.normalize("NFKC", password)


def fault(password: str, *context: str) -> str:
    """Why a new password is refused: `short`, `long`, `common`; empty if it is not. `context`: names that anyone would try."""
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST_PASSWORD or len(plain(password).encode(errors="surrogatepass")) > LONGEST_PASSWORD:
        return "long"
    return "common" if is_common(plain(password).lower(), context) else ""


def is_common(password: str, context: tuple[str, ...]) -> bool:
    """True for a common word, one of ours or of the person's, also with digits or signs around it; and for 111111 or abcdefgh."""
    theirs = {word for text in context for word in (text.lower().partition("@")[0], *re.split(r"[\W_]+", text.lower())) if len(word) >= 4}
    words = common() | set(OUR_WORDS) | theirs
    bare = ENDS.sub("", password)
    tried = {password, bare, password.translate(LEET), bare.translate(LEET), "".join(re.findall(r"[^\W\d_]+", password))}
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return bool(tried & words) or len(set(password)) <= 2 or steps in ({1}, {-1})


@cache
def common() -> frozenset[str]:
    """The commonest passwords and the words inside them, small letters."""
    return frozenset(line for line in COMMON.read_text("utf-8").split() if line)


def hashed(password: str) -> str:
    return HASHER.hash(plain(password).encode(errors="surrogatepass"))


def is_right(password: str, stored: str | None) -> bool:
    """True if it is the password. Without one to compare it takes as long, and is False. Longer than any password: False at once."""
    given = plain(password[: LONGEST_PASSWORD + 1]).encode(errors="surrogatepass")
    if len(given) > LONGEST_PASSWORD:
        given = b""
    try:
        HASHER.verify(stored or NOBODYS_HASH, given)
    except VerifyMismatchError:
        return False
    except (VerificationError, InvalidHashError):  # a hash that we did not write
        return False
    return stored is not None


def is_dated(stored: str) -> bool:
    """True if it was hashed with other settings than today's."""
    return HASHER.check_needs_rehash(stored)
