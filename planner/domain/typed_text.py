"""Text that somebody typed, made fit to keep and to show: as one line, as a note, or spelled out for a terminal.

One line stands among our own words, so nothing in it may turn, hide or break what follows. A note has an element of its own,
where it can do no harm, and is its writer's: spaces and signs of direction stay. A terminal has no element to keep anything
in, and whoever made a mistake must see it: nothing is taken away there.
"""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""They can't be seen, and yet they matter: Persian words and many emoji are put together with them."""
BREAKS = ("Cc", "Zl", "Zp")
UNSEEN_SIGNS = ("Cf", "Cs")


def one_line(text: str) -> str:
    """One line, for a name, a title, a reference, somebody's own words, an event, an entry in a chart.

    What breaks a line or controls a device is a space, and spaces are tidied. Signs that can't be seen go: those that turn the
    direction of text, those that hide in a word, halves of characters. One spelling of each letter, so that equal names are equal."""
    if text.isascii() and text.isprintable():  # all of our own English: none of it is to be mended
        return " ".join(text.split())
    seen = "".join(one for one in _unbroken(text) if unicodedata.category(one) not in UNSEEN_SIGNS or one in JOINERS)
    return " ".join(unicodedata.normalize("NFC", seen).split())


def as_typed(text: str) -> str:
    """A note: as it was typed, but on one line, in one spelling of each letter, without what no page or database takes."""
    whole = "".join(one for one in _unbroken(text.replace("\r\n", "\n")) if unicodedata.category(one) != "Cs")
    return unicodedata.normalize("NFC", whole).strip()


def spelled_out(text: str) -> str:
    """For a terminal: what can't be seen, or would move the cursor, is named by its number."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


def _unbroken(text: str) -> str:
    return "".join(" " if unicodedata.category(one) in BREAKS else one for one in text)
