"""A person in words: what they answered that most people do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.domain.answers import words_of_answer
from planner.domain.model import Library
from planner.domain.rules import said


def told(library: Library, answers: Mapping[str, Any]) -> list[str]:
    """The answers that are not the default, as "question: answer", in asking order."""
    found = []
    for name, question in library.questions.items():
        value = tuple(answers[name]) if isinstance(answers.get(name), list) else answers.get(name)
        if value is None or words_of_answer(value) == words_of_answer(question.default):
            continue
        found.append(f"{question.short}: {', '.join(said(library, name, word) for word in words_of_answer(value))}")
    return found
