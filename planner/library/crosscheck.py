"""Checks that need all content files together: ids, words and facts that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from planner.domain import model
from planner.domain.answers import read_answers
from planner.domain.facts import FACTS
from planner.domain.model import Library

ITEM_FOLDERS: dict[str, type] = {
    "cautions": model.Caution,
    "massages": model.Massage,
    "exercises": model.Exercise,
    "habits": model.Habit,
    "selfcare": model.SelfCare,
    "therapies": model.Therapy,
}


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file (relative to the content folder), the path inside it, and why."""

    file: str
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}"


def words_of(library: Library) -> dict[str, frozenset[str]]:
    """Every key a lookup may use, with every word it can have."""
    words = {name: frozenset(option.id for option in question.options) for name, question in library.questions.items() if question.options}
    words |= {name: frozenset(map(str, range(11))) for name, question in library.questions.items() if question.kind == "scale"}
    words |= {name: frozenset(fact.words) for name, fact in library.facts.items()}
    words["caution"] = frozenset(library.cautions)
    words["caution_level"] = frozenset({"modify", "local", "clinician", "absolute"})
    words["level"] = frozenset(model.LEVELS)
    words["massage"] = frozenset({"held", "none", "as_wanted", "weekly", "fortnightly", "monthly"})
    words["limited"] = frozenset({"no", "stopped", "starters", "breathing"})
    return words


def lookups(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every lookup inside a content object, with its path."""
    for name in ("when", "ask_if", "lowered_by", "before_card", "impossible", "settles"):
        held = getattr(value, name, None)
        for index, lookup in enumerate(held if isinstance(held, tuple) else [held] if held else []):
            yield f"{path}{name}[{index}]", lookup
    for name in ("suits", "adapt", "level_if", "frequency", "headline", "lead", "note", "tag"):
        for index, part in enumerate(getattr(value, name, ())):
            yield from lookups(part, f"{path}{name}[{index}].")


def cross_check(library: Library) -> Iterator[Fault]:
    """Faults that only show when files are read together: ids, words and facts that do not exist."""
    words = words_of(library)
    yield from (Fault("facts.toml", name, "no such fact in facts.py") for name in library.facts if name not in {*FACTS, "checkable"})
    yield from (Fault("facts.toml", name, "this fact has no words here") for name in FACTS if name not in library.facts)
    for file, value in every_object(library):
        for path, lookup in lookups(value):
            for key, wanted in lookup.items():
                if key not in words:
                    yield Fault(file, path, f"no question or fact is called {key!r}")
                else:
                    yield from (Fault(file, path, f"{key!r} never says {word!r}") for word in wanted if word not in words[key])
        for path, ids, known in references(library, value):
            yield from (Fault(file, path, f"{name!r} does not exist") for name in ids if name not in known)
    yield from question_faults(library)
    yield from (Fault("poses.toml", name, "this exercise has no picture") for name in library.exercises if name not in library.pictures)
    yield from hidden_faults(library)
    for pack in library.packs.values():
        yield from (Fault("packs.toml", pack.id, problem) for problem in read_answers(library, dict(pack.answers))[1])
    yield from new_sheet_faults(library, words)


def new_sheet_faults(library: Library, words: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Questions and answers of the new-sheet page that do not exist, or that can't be set there."""
    form = library.new_sheet
    names = (*form.ticks, *form.choices)
    yield from (Fault("new_sheet.toml", name, "there is no such question") for name in names if name not in library.questions)
    for one in form.usual:
        question, _, option = one.id.partition(":")
        if question not in form.ticks or option not in words.get(question, ()):
            yield Fault("new_sheet.toml", f"usual[{one.id}]", "is not an answer to one of the ticks")


def hidden_faults(library: Library) -> Iterator[Fault]:
    """Frames that an adaptation hides but the picture does not have, and words that would still tell to do what is hidden."""
    for name, item in library.exercises.items():
        frames = {frame.id for frame in library.pictures[name].frames} if name in library.pictures else set()
        unknown = {frame for one in item.adapt for frame in one.hide} - frames
        yield from (Fault(f"exercises/{name}.toml", "adapt.hide", f"the picture has no frame {frame!r}") for frame in sorted(unknown))
        for one in item.adapt:
            if bool(one.steps) != bool(one.short) or (one.hide and not one.steps):
                why = f"{one.say!r} needs `short` and `steps`: the item's own say what it takes out"
                yield Fault(f"exercises/{name}.toml", "adapt", why)


def every_object(library: Library) -> Iterator[tuple[str, Any]]:
    """Every content object with the file it came from."""
    for folder in ITEM_FOLDERS:
        yield from ((f"{folder}/{name}.toml", item) for name, item in getattr(library, folder).items())
    for file, rows in (("triage.toml", library.flags), ("questions", library.questions), ("myths.toml", library.myths)):
        yield from ((f"{file}#{name}", row) for name, row in rows.items())
    yield from (("actions.toml", action) for action in library.actions.values())
    yield from (("schedule.toml", library.schedule), ("policy.toml", library.policy), ("advice.toml", library.advice))


def references(library: Library, value: Any) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Ids that a content object points at: (field, ids, what they must be among)."""
    known: dict[str, Callable[[], Any]] = {
        "sources": lambda: library.sources,
        "avoid": lambda: library.facts,
        "overridable": lambda: library.facts,
        "exclude": lambda: {"all", *library.massages},
        "only": lambda: library.massages,
        "exclude_selfcare": lambda: library.selfcare,
        "exclude_therapies": lambda: {"all", *library.therapies},
        "actions": lambda: library.actions,
        "beats": lambda: library.actions,
        "always_selfcare": lambda: library.selfcare,
    }
    for name, among in known.items():
        yield name, getattr(value, name, ()), among()
    if easier := getattr(value, "easier", ""):
        yield "easier", (easier,), library.exercises


def question_faults(library: Library) -> Iterator[Fault]:
    """Defaults that are no option, and `reopens` or `none` that point nowhere."""
    for name, question in library.questions.items():
        ids = {option.id for option in question.options}
        default = question.default if isinstance(question.default, tuple) else (question.default,)
        if question.options and not set(map(str, default)) <= ids:
            yield Fault("questions", name, "the default is not one of the options")
        if question.none and question.none not in ids:
            yield Fault("questions", name, f"{question.none!r} is not an option")
        for answer, others in question.reopens.items():
            if answer not in ids or not set(others) <= set(library.questions):
                yield Fault("questions", name, "reopens something that does not exist")
        for one in question.retired:
            heir = library.questions.get(one.question)
            if heir is None or one.option not in {option.id for option in heir.options} or (one.id in ids and one.option != one.id):
                yield Fault("questions", name, f"the retired {one.id!r} becomes something that does not exist")
        if question.stands_for and question.stands_for not in library.questions:
            yield Fault("questions", name, "stands for something that does not exist")
