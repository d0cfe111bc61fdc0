"""Reads the content folder and cross-checks it into a frozen Library; a fault names file, path and reason."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import asdict, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter, ValidationError

from planner.domain import model
from planner.domain.model import Library
from planner.folders import CONTENT
from planner.library.crosscheck import ITEM_FOLDERS, cross_check
from planner.library.expand import expanded
from planner.library.table_faults import Fault


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
            "actions": self.rows("actions.toml", "action", model.Action),
            "facts": self.rows("facts.toml", "fact", model.FactWords),
            "sources": self.rows("sources.toml", "source", model.Source),
            "countries": self.rows("countries.toml", "country", model.Country),
            "myths": self.rows("myths.toml", "myth", model.Myth),
            "schedule": self.one("schedule.toml", model.Schedule),
            "policy": self.one("policy.toml", model.Policy),
            "advice": self.one("advice.toml", model.Advice),
            "demands": self.rows("demands.toml", "demand", model.Demand, also="group"),
            "groups": self.rows("demands.toml", "group", model.DemandGroup, also="demand"),
            "doses": self.rows("doses.toml", "dose", model.DoseClass),
            "evidence": self.rows("evidence.toml", "evidence", model.Evidence),
            "medicine": self.rows("medicine.toml", "medicine", model.MedicineRow),
            "stale": self.rows("stale.toml", "stale", model.StaleRow, also="change"),
            "changes": self.rows("stale.toml", "change", model.ChangeRow, also="stale"),
            "training": self.one("training.toml", model.Training),
            "stop_box": self.one("stop_box.toml", model.StopBox),
            "signed": self.one("signed.toml", model.Signed),
            "pictures": self.pictures(),
            "packs": self.rows("packs.toml", "pack", model.Pack),
            "new_sheet": self.one("new_sheet.toml", model.NewSheetPage),
        }
        for name, (folder, kind) in ITEM_FOLDERS.items():
            parts[name] = self.items(folder, kind)
        if self.faults:
            return None
        parts |= expanded(parts)
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

    def rows(self, file: str, key: str, kind: type, also: str = "") -> MappingProxyType[str, Any]:
        """The rows of one table. `also`: another table of the same file, read by a call of its own."""
        data = self.read(file)
        data.pop(also, None)
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

    def pictures(self) -> MappingProxyType[str, Any]:
        """The words of every picture. Its angles are read by planner.figures, which need not be installed to run."""
        found: dict[str, Any] = {}
        for name, row in self.read("poses.toml").items():
            if name == "stock":
                continue
            frames = [{"id": when, "alt": row[when].get("alt")} for when in ("start", "end", "then") if when in row]
            data = {"id": name, "frames": frames, "shows": row.get("shows", "move"), "felt": row.get("felt", "")}
            if made := self.made("poses.toml", name, model.Picture, data):
                found[name] = made
        return MappingProxyType(found)

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
        asked = [question for page in pages if not page.again for question in page.questions]
        asked += [name for page in pages if page.again for name in page.questions if name not in questions]
        self.faults += [Fault("questions", name, "on no page, or on two") for name in questions if asked.count(name) != 1]
        self.faults += [Fault("questions", name, "a page asks it, but it does not exist") for name in asked if name not in questions]
        return tuple(pages), MappingProxyType({name: questions[name] for name in asked if name in questions})


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def version(folder: Path) -> str:
    """The content version: eight hex digits of a hash over every content file."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:8]


def counts(library: Library) -> dict[str, int]:
    """How many of each kind there are."""
    parts = {field.name: getattr(library, field.name) for field in fields(library)}
    return {name: len(held) for name, held in parts.items() if hasattr(held, "__len__") and not isinstance(held, str)}


def stale(library: Library, today: date) -> list[str]:
    """Ids of sources not checked for 18 months."""
    return [name for name, source in library.sources.items() if (today - source.checked).days > 548]


def as_data(value: Any) -> dict[str, Any]:
    """A content object as plain data, for lists and tests."""
    return asdict(value)
