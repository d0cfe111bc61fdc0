"""The sentences of a text: how many fit, one a line where they are many, and none twice."""

from __future__ import annotations

LONG_SENTENCE = 8  # words, from which on a sentence is not said twice; "Common advice." may be
DENSE_SENTENCES, DENSE_LETTERS = 3, 156  # sentences, and letters (two lines of text), from which on each sentence has a line of its own


def sentences_of(text: str) -> list[str]:
    """Its sentences, in order, each with its full stop."""
    return [one.strip() for one in text.replace("? ", "?\n").replace(". ", ".\n").split("\n") if one.strip()]


def brief(text: str, most: int) -> str:
    """Whole sentences from the start of `text` that fit into `most` characters; always the first one."""
    kept = ""
    for sentence in sentences_of(text):
        if kept and len(kept) + len(sentence) >= most:
            break
        kept = f"{kept} {sentence}".strip()
    return kept


def parted(*texts: str) -> tuple[str, ...]:
    """What to do, as lines: each sentence by itself where they are many and fill more than two lines, else one paragraph."""
    whole = " ".join(filter(None, texts))
    found = sentences_of(whole)
    return tuple(found) if len(found) >= DENSE_SENTENCES and len(whole) > DENSE_LETTERS else (whole,)


class SaidOnce:
    """What one text has said so far. Reasons and findings that come again are left out there; a text asks as it goes along."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def first(self, text: str) -> str:
        """The text, and nothing when it comes again."""
        if text in self._told:
            return ""
        self._told.add(text)
        return text

    def fresh(self, text: str) -> str:
        """Its sentences without the long ones that were said before."""
        return " ".join(one for one in sentences_of(text) if len(one.split()) < LONG_SENTENCE or self.first(one))
