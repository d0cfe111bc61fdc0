"""What is given at the command line: files, answers and dates, each checked; and writing what was asked for."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from planner.domain.answers import Value, read_answers
from planner.domain.journey import Journey, filled_up
from planner.domain.model import Library
from planner.domain.typed_text import spelled_out
from planner.languages.translate import library_in, offered

AN_EMAIL = "an e-mail address, such as name@example.org"


class BadInput(Exception):
    """The person at the command line gave something that can't be used; the message is one line."""

    def __init__(self, message: str) -> None:
        super().__init__(spelled_out(message))


def how_many(number: int, one: str) -> str:
    """A number of things, of which there may be one: "1 clinic", "2 clinics"."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def library_for(lang: str) -> Library:
    if lang not in offered():
        raise BadInput(f"--lang {lang}: not offered; there is {', '.join(offered())}")
    return library_in(lang)


def day(text: str | None) -> date:
    """The date given, or today. The last years of the calendar have no room for a review date."""
    if text is None:
        return date.today()
    try:
        on = date.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--date {text}: not a date like 2026-11-21") from error
    if on.isoformat() != text or on.year > 9000:
        raise BadInput(f"--date {text}: not a date like 2026-11-21")
    return on


def text_of(name: str) -> str:
    """The text of a file, or of standard input for `-`."""
    try:
        return sys.stdin.buffer.read().decode() if name == "-" else Path(name).read_bytes().decode()
    except UnicodeDecodeError as error:
        raise BadInput(f"{name}: not UTF-8 text") from error
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: {reason(error)}") from error


def readable(name: str) -> None:
    """BadInput if the file can't be read."""
    try:
        Path(name).open("rb").close()
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What the system says is wrong with a path."""
    return str(getattr(error, "strerror", None) or error)


def folder_for(name: str) -> Path:
    try:
        Path(name).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise BadInput(f"{name}: {reason(error)}") from error
    return Path(name)


def one_object(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=no_repeats)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"not JSON: {error}") from error


def no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = sorted(name for name, number in Counter(name for name, _value in pairs).items() if number > 1)
        raise ValueError(f"{', '.join(twice)} given twice")
    return found


def complete(library: Library, raw: Any, *, fill: bool) -> Mapping[str, Value]:
    """Checked answers with nothing open. BadInput names everything wrong or missing at once."""
    return journey_of(library, raw, fill=fill).answers


def journey_of(library: Library, raw: Any, *, fill: bool) -> Journey:
    """The same as a journey that has come to its end."""
    answers, problems = read_answers(library, raw)
    if problems:
        raise BadInput("; ".join(problems))
    if fill:
        return filled_up(library, answers)
    here = Journey(library, answers)
    if here.missing:
        raise BadInput(f"no answer to {', '.join(here.missing)} (--fill-defaults takes their defaults)")
    return here


def deliver(made: bytes, output: str | None) -> None:
    if output is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    try:
        Path(output).write_bytes(made)
    except (OSError, ValueError) as error:
        raise BadInput(f"{output}: {reason(error)}") from error
