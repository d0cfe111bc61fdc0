"""Reads the content folder and cross-checks it into a frozen Library; a fault names file, path and reason."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.domain import model
from planner.domain.facts import FACTS
from planner.domain.model import Library

CONTENT = Path(__file__).parent / "content"
ACTIONS = {
    "call_emergency", "same_day", "maternity_unit_now", "gp_soon", "physio_review",
    "rheumatology_question", "specialist_team", "child_clinician", "crisis_line",
}  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file (relative to the content folder), the path inside it, and why."""

    file: str
    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.reason}"


class BrokenContent(Exception):
    """The content can't be used; `faults` has every fault found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@cache
def load(folder: Path = CONTENT) -> Library:
    """The whole content of `folder`, checked. Raises BrokenContent with all faults."""
    reader = Reader(folder)
    library = reader.library()
    faults = reader.faults or list(cross_check(library)) if library else reader.faults
    if faults or library is None:
        raise BrokenContent(faults)
    return library


class Reader:
    """Reads files one by one and collects what is wrong with each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.where: dict[str, str] = {}

    def library(self) -> Library | None:
        questions = self.pages_and_questions()
        parts: dict[str, Any] = {
            "questions": questions[1],
            "pages": questions[0],
            "flags": self.rows("triage.toml", "flag", model.Flag),
            "facts": self.rows("facts.toml", "fact", model.FactWords),
            "sources": self.rows("sources.toml", "source", model.Source),
            "countries": self.rows("countries.toml", "country", model.Country),
            "myths": self.rows("myths.toml", "myth", model.Myth),
            "schedule": self.one("schedule.toml", model.Schedule),
            "policy": self.one("policy.toml", model.Policy),
            "advice": self.one("advice.toml", model.Advice),
        }
        for name, kind in ITEM_FOLDERS.items():
            parts[name] = self.items(name, kind)
        if self.faults:
            return None
        reviewed = max(source.checked for source in parts["sources"].values())
        return Library(**parts, version=version(self.folder), reviewed=reviewed)

    def read(self, file: str) -> dict[str, Any]:
        try:
            with (self.folder / file).open("rb") as opened:
                return tomllib.load(opened)
        except FileNotFoundError:
            self.faults.append(Fault(file, "-", "the file is missing"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.faults.append(Fault(file, "-", f"not TOML: {error}"))
        return {}

    def made(self, file: str, path: str, kind: type, data: Any) -> Any:
        try:
            return _adapter(kind).validate_python(data)
        except ValidationError as error:
            for fault in error.errors():
                inside = ".".join(str(part) for part in fault["loc"])
                self.faults.append(Fault(file, f"{path}.{inside}".strip("."), fault["msg"]))
        return None

    def one(self, file: str, kind: type) -> Any:
        data = self.read(file)
        return self.made(file, "", kind, data) if data else None

    def rows(self, file: str, key: str, kind: type) -> MappingProxyType[str, Any]:
        data = self.read(file)
        found: dict[str, Any] = {}
        for index, row in enumerate(data.pop(key, [])):
            made = self.made(file, f"{key}[{row.get('id', index)}]", kind, row)
            if made is not None and made.id in found:
                self.faults.append(Fault(file, f"{key}[{made.id}]", "this id is there twice"))
            elif made is not None:
                found[made.id] = made
        self.faults.extend(Fault(file, other, "unknown key") for other in data)
        return MappingProxyType(found)

    def items(self, folder: str, kind: type) -> MappingProxyType[str, Any]:
        found: dict[str, Any] = {}
        for path in sorted((self.folder / folder).glob("*.toml")):
            file = f"{folder}/{path.name}"
            data = self.read(file)
            if "id" in data:
                self.faults.append(Fault(file, "id", "the file name is the id; leave this out"))
            elif data and (made := self.made(file, "", kind, {"id": path.stem, **data})):
                found[path.stem] = made
        return MappingProxyType(dict(sorted(found.items(), key=lambda pair: pair[1].order)))

    def pages_and_questions(self) -> tuple[tuple[model.Page, ...], MappingProxyType[str, Any]]:
        pages: list[model.Page] = []
        questions: dict[str, Any] = {}
        for path in sorted((self.folder / "questions").glob("*.toml")):
            file = f"questions/{path.name}"
            data = self.read(file)
            for row in data.get("question", []):
                made = self.made(file, f"question[{row.get('id')}]", model.Question, row)
                if made is not None and made.id in questions:
                    self.faults.append(Fault(file, f"question[{made.id}]", "this id is there twice"))
                elif made is not None:
                    questions[made.id] = made
            for row in data.get("page", []):
                if page := self.made(file, f"page[{row.get('id')}]", model.Page, row):
                    pages.append(page)
        asked = [question for page in pages for question in page.questions]
        self.faults += [Fault("questions", name, "on no page, or on two") for name in questions if asked.count(name) != 1]
        self.faults += [Fault("questions", name, "a page asks it, but it does not exist") for name in asked if name not in questions]
        return tuple(pages), MappingProxyType({name: questions[name] for name in asked if name in questions})


ITEM_FOLDERS: dict[str, type] = {
    "cautions": model.Caution,
    "massages": model.Massage,
    "exercises": model.Exercise,
    "habits": model.Habit,
    "selfcare": model.SelfCare,
    "therapies": model.Therapy,
}


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def version(folder: Path) -> str:
    """The content version: eight hex digits of a hash over every content file."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


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
    for name in ("when", "ask_if", "lowered_by"):
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


def every_object(library: Library) -> Iterator[tuple[str, Any]]:
    """Every content object with the file it came from."""
    for folder in ITEM_FOLDERS:
        yield from ((f"{folder}/{name}.toml", item) for name, item in getattr(library, folder).items())
    for file, rows in (("triage.toml", library.flags), ("questions", library.questions), ("myths.toml", library.myths)):
        yield from ((f"{file}#{name}", row) for name, row in rows.items())
    yield from (("schedule.toml", library.schedule), ("policy.toml", library.policy), ("advice.toml", library.advice))


def references(library: Library, value: Any) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Ids that a content object points at: (field, ids, what they must be among)."""
    known: dict[str, Callable[[], Any]] = {
        "sources": lambda: library.sources,
        "avoid": lambda: library.facts,
        "exclude": lambda: {"all", *library.massages},
        "only": lambda: library.massages,
        "exclude_selfcare": lambda: library.selfcare,
        "exclude_therapies": lambda: {"all", *library.therapies},
        "actions": lambda: ACTIONS,
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


def counts(library: Library) -> dict[str, int]:
    """How many of each kind there are."""
    return {name: len(held) for name, held in vars(library).items() if hasattr(held, "__len__") and not isinstance(held, str)}


def stale(library: Library, today: date) -> list[str]:
    """Ids of sources not checked for 18 months."""
    return [name for name, source in library.sources.items() if (today - source.checked).days > 548]


def as_data(value: Any) -> dict[str, Any]:
    """A content object as plain data, for lists and tests."""
    return asdict(value)
