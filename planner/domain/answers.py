"""What a person has answered: reading it from outside, checking it, and putting new answers in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.domain.model import Library, Question
from planner.domain.renewed import renewed
from planner.domain.terms import Pairs
from planner.domain.typed_text import one_line

Value = str | int | tuple[str, ...]
Answers = Mapping[str, Value]

ONE_OF = ("one", "select")
"""Kinds of questions whose answer is one of the options."""

TICKED = "ticked"
"""Stands for a ticked flag whose exact question is still open. Only a draft holds it, never a finished set."""


def has(answers: Answers, question: str, *options: str) -> Pairs:
    """The pairs of `question` whose answer is one of `options`."""
    value = answers.get(question)
    if value is None:
        return ()
    if isinstance(value, tuple):
        return tuple([(question, word) for word in value if word in options])
    word = str(value)
    return ((question, word),) if word in options else ()


def chosen(answers: Answers, question: str) -> tuple[str, ...]:
    """The answer as words: one for a single choice or a number, several for "select all"."""
    return words_of_answer(answers.get(question))


def words_of_answer(value: Value | None) -> tuple[str, ...]:
    """One answer as words; none where there is no answer."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (str(value),)


def default(question: Question) -> Value:
    """The question's default in the form an answer has."""
    return question.default


def read_answers(library: Library, raw: Any) -> tuple[dict[str, Value], list[str]]:
    """Answers from a flat JSON object, and everything wrong with it, in words. Answers with a fault are left out."""
    if not isinstance(raw, dict):
        return {}, ["the answers are not a JSON object of question id and value"]
    answers: dict[str, Value] = {}
    problems: list[str] = []
    free = library.with_own_words
    for name, value in renewed(library, raw).items():
        if name in free:
            problem, clean = _own_words(free[name], value)
        elif name in library.questions:
            problem, clean = _value(library.questions[name], value)
        else:
            problem, clean = "there is no such question", ""
        if problem:
            problems.append(f"{name}: {problem}")
        else:
            answers[name] = clean
    for name in [name for name in answers if name in library.at_times_impossible and impossible(library.questions[name], answers)]:
        problems.append(f"{name}: {_quoted(answers.pop(name))} can't be true with {', '.join(library.questions[name].impossible)}")
    return answers, problems


def impossible(question: Question, answers: Answers) -> bool:
    """True when the other answers leave only this question's default."""
    rests = question.impossible
    if not rests or answers.get(question.id) == question.default:
        return False
    return all(any(word in words_of_answer(answers.get(key)) for word in words) for key, words in rests.items())


def remembered(library: Library, stored: Mapping[str, Any]) -> dict[str, Value]:
    """Answers that were put away, in asking order; those that today's content no longer knows are left out, to be asked again."""
    ticked = {name: TICKED for name, value in stored.items() if value == TICKED and name in library.questions}
    answers, _ = read_answers(library, {name: value for name, value in stored.items() if name not in ticked})
    order = [*library.questions, *(name for name in answers if name not in library.questions)]
    both: dict[str, Value] = {**answers, **ticked}
    return {name: both[name] for name in order if name in both}


def _own_words(question: Question, value: Any) -> tuple[str, Value]:
    if not isinstance(value, str):
        return "must be text", ""
    text = one_line(value)
    if len(text) > question.own_words_max:
        return f"must be at most {question.own_words_max} characters", ""
    return "", text


def _value(question: Question, value: Any) -> tuple[str, Value]:
    if type(value) is str and question.kind in ONE_OF and value in question.option:  # most answers are such
        return "", value
    if question.kind in ("many", "areas"):
        return _many(question, value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return f"must be one value, not {_kind_of(value)}", ""
    if question.kind in ("scale", "number"):
        return _number(value)
    if str(value) not in question.option:
        return f"{_quoted(value)} is not one of {_choices(question)}", ""
    return "", str(value)


def _many(question: Question, value: Any) -> tuple[str, Value]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        return f"must be a list of option ids, not {_kind_of(value)}", ""
    wrong = [one for one in value if one not in question.option]
    if wrong:
        return f"{', '.join(map(_quoted, wrong))} not among {_choices(question)}", ""
    if not value:
        return "the list is empty", ""
    if question.none and question.none in value and len(set(value)) > 1:
        return f"{question.none!r} can't be combined with other options", ""
    return "", tuple([one for one in question.option if one in value])


def _number(value: str | int) -> tuple[str, Value]:
    if isinstance(value, str) and not (value.isascii() and value.isdigit() and len(value) <= 2):
        return f"{_quoted(value)} is not a whole number from 0 to 10", ""
    if not 0 <= int(value) <= 10:
        return f"{_quoted(value)} is not from 0 to 10", ""
    return "", int(value)


def _kind_of(value: Any) -> str:
    names = {bool: "true or false", float: "a fraction", list: "a list", dict: "an object", str: "text", int: "a number"}
    return names.get(type(value), "nothing")


def _quoted(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 40 else text[:37] + "...'"


def _choices(question: Question) -> str:
    return ", ".join(option.id for option in question.options)
