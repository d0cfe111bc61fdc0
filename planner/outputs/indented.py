"""JSON text as `json.dumps(…, ensure_ascii=False, indent=1)` writes it, several times as fast: in Python 3.11 an indent turns its
C encoder off, and most texts of a plan are those of every other plan."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from json.encoder import encode_basestring as quoted_text
from typing import Any

from planner.domain.model import Country
from planner.outputs.words import numbers

Quote = Callable[[str], str]
MOST_SAID = 20_000  # texts of a country and language that are kept ready
NEW_LINE = ["\n" + " " * depth for depth in range(16)]
PLAIN = {None: "null", True: "true", False: "false"}


def indented(part: Any, quote: Quote = quoted_text, depth: int = 1) -> str:
    """`part` as JSON, what it holds beginning `depth` spaces from the left. `quote`: a text of it, between its quotation marks."""
    if isinstance(part, str):
        return quote(part)
    if isinstance(part, dict):
        if not part:
            return "{}"
        rows = [f"{quoted_text(key)}: {indented(value, quote, depth + 1)}" for key, value in part.items()]
        return f"{{{NEW_LINE[depth]}{f',{NEW_LINE[depth]}'.join(rows)}{NEW_LINE[depth - 1]}}}"
    if isinstance(part, list | tuple):
        if not part:
            return "[]"
        rows = [indented(value, quote, depth + 1) for value in part]
        return f"[{NEW_LINE[depth]}{f',{NEW_LINE[depth]}'.join(rows)}{NEW_LINE[depth - 1]}]"
    return PLAIN[part] if part is None or isinstance(part, bool) else str(part)


class AsTyped(str):
    """Somebody's own words: no number is filled in."""

    __slots__ = ()


class Typed(str):
    """A therapist's own words: they are not kept ready, as they are of one sheet."""

    __slots__ = ()


@lru_cache(16)
def quote_of(country: Country, _lang: str) -> Quote:
    """A text with the country's numbers, quoted. Of a hundred thousand plans nearly every text was there before, so each is done once."""
    said: dict[str, str] = {}

    def quote(text: str) -> str:
        if isinstance(text, AsTyped):
            return quoted_text(text)
        known = said.get(text)
        if known is None:
            known = quoted_text(numbers(country, text))
            if not isinstance(text, Typed) and len(said) < MOST_SAID:
                said[text] = known
        return known

    return quote
