"""Passwords: which are refused and why, how they are hashed, and checking one in the same time whether there is an account or not."""

from __future__ import annotations

import re
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

SHORTEST = 8  # characters
BETTER = 15
LONGEST_PASSWORD = 1024  # bytes; hashing more would be work for nothing
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)  # OWASP's second choice: 19 MiB, 30 ms
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$rAmTyOHB4zA/oO/Sns/W1w$xzEtUHmXZry4vQZ54RRm482WR99IRB+Yt6EH7mdZwg8"
"""What is checked, in vain, when there is no account: a miss takes the work of a hit."""
OUR_WORDS = ("backplan", "backpain", "clinic", "physio", "physiotherapy", "massage", "therapist")
JUDGED = 40
"""Letters of a password that are judged, from the first: more would be much work. A weak beginning is enough to be refused."""
FEWEST_GUESSES = 10**8
"""As many as eight random letters take, our shortest password. https://www.usenix.org/conference/usenixsecurity16 (zxcvbn) counts them."""
KNOWN_WORD = 10_000
"""Guesses within which a word is one of those that are tried first, with digits and signs around it."""
SHORTEST_WORD = 4
"""Letters that a word has if it is less than half of a password."""
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
NO_LETTER = re.compile(r"[\W\d_]+")


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
    """True if a program finds it soon: known passwords, words, names, keys in a row, dates, repeats, and what is `context`'s own."""
    own = [*OUR_WORDS, *sorted({word for text in context for word in names_in(text.lower())})]
    if NO_LETTER.sub("", password) in own:
        return True
    bare = ENDS.sub("", password)
    is_word = 2 * len(bare) >= len(password) or len(NO_LETTER.sub("", bare)) >= SHORTEST_WORD  # else it is a letter or two among digits
    return (bool(bare) and is_word and guesses(bare, own) < KNOWN_WORD) or guesses(password, own) < FEWEST_GUESSES


def names_in(text: str) -> list[str]:
    """The words of a name or of an e-mail address, alone and together; small ones say nothing."""
    name = text.partition("@")[0]
    return [word for word in (name, NO_LETTER.sub("", name), *NO_LETTER.split(text)) if len(word) >= SHORTEST_WORD]


def guesses(password: str, own: list[str]) -> int:
    from zxcvbn import zxcvbn  # its lists are 14 MB, which a process needs once somebody chooses a password

    return int(zxcvbn(password[:JUDGED], user_inputs=own)["guesses"])


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
