"""Answers of an earlier day in the ids of today: an option that is asked elsewhere now still sets its new answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.domain.asking import Retired
from planner.domain.model import Library, Question


def renewed(library: Library, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with every retired option turned into the one that took its place. What has none stays as it was."""
    found = dict(raw)
    for question in library.with_retired:
        if question.id in raw:
            _renew(library, question, raw[question.id], found)
    return found


def moved(library: Library, raw: Mapping[str, Any]) -> tuple[Retired, ...]:
    """Every retired option among the answers with what took its place, in asking order."""
    found = []
    for name, question in library.questions.items():
        value = raw.get(name)
        words = list(value) if isinstance(value, list | tuple) else [value]
        found += [one for one in question.retired if one.id in words and (one.id, name) != (one.option, one.question)]
    return tuple(found)


def _renew(library: Library, question: Question, value: Any, found: dict[str, Any]) -> None:
    old, listed = question.retired_names, isinstance(value, list | tuple)
    words = list(value) if listed else [value]
    if not any(isinstance(word, str) and word in old for word in words):
        return
    same = {one.id for one in question.retired if listed and (one.question, one.option) == (question.id, one.id)}
    gone = [word for word in words if isinstance(word, str) and word in old and word not in same]
    if not gone:
        return
    rest = [word for word in words if word not in gone]
    if rest or question.kind == "many":
        found[question.id] = rest or [question.none]
    for one in question.retired:
        if one.id not in gone:
            continue
        found[one.question] = together(library.questions[one.question], found.get(one.question), one.option)


def together(question: Question, known: Any, option: str) -> Any:
    """An answer with one more option in it: of a single choice the more severe counts."""
    if question.kind == "many":
        if not isinstance(known, list | tuple | None):
            return known
        held = known or []
        return [one for one in held if one not in (question.none, option)] + [option] if option != question.none else list(held) or [option]
    return known if not isinstance(known, str | None) else most_severe(question, [option, *([known] if known else [])])


def most_severe(question: Question, words: Iterable[str]) -> str:
    """Of several answers to a single choice the one that weighs most; the first of equals."""
    weight = {option.id: option.severity for option in question.options}
    return max(words, key=lambda word: weight.get(word, 0))
