"""Checks that need all content files together: ids, words and facts that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from planner.domain import model
from planner.domain.answers import read_answers
from planner.domain.every_fact import FACTS
from planner.domain.lines import FAMILIES
from planner.domain.model import Library
from planner.library.table_faults import Fault, limit_faults, name_faults, rung_faults, share_faults

ITEM_FOLDERS: dict[str, tuple[str, type]] = {
    "conditions": ("limits", model.Condition),
    "massages": ("massages", model.Massage),
    "exercises": ("exercises", model.Exercise),
    "habits": ("habits", model.Habit),
    "selfcare": ("selfcare", model.SelfCare),
    "therapies": ("therapies", model.Therapy),
}
"""Part of the Library -> its folder, and what each of its files is."""


PLAN_HOLDS = (
    *("walk", "walk_10", "walk_20", "push", "massage", "massage_light", "tablets"),
    *("next_step", "next_steps", "later_dose", "later_and_one", "later_and_two", "grows", "seated"),
)
"""What a plan can hold besides its lines and their purposes: `next_step(s)`, one or more exercises with a harder one to go on to;
`later_dose`, a dose for after week 4, `later_and_one` and `later_and_two` with so many harder exercises elsewhere;
`grows`, a dose that asks for more in week 3; `seated`, an exercise done sitting; `massage_light`, one after which nobody is sore."""


def words_of(library: Library) -> dict[str, frozenset[str]]:
    """Every key a lookup may use, with every word it can have."""
    words = {name: frozenset(option.id for option in question.options) for name, question in library.questions.items() if question.options}
    words |= {name: frozenset(map(str, range(11))) for name, question in library.questions.items() if question.kind == "scale"}
    words |= {name: frozenset(fact.words) for name, fact in library.facts.items()}
    words["condition"] = frozenset(library.conditions)
    words["clearance"] = frozenset({"massage", "exercise"})
    words["flag"] = frozenset(library.flags)
    words["hold"] = frozenset({"check", "bone", "sport", "none"})
    words["may"] = frozenset(library.demands)
    words["walking"] = words["effort"] = frozenset({"shut", "open"})
    words["level_of_triage"] = frozenset(model.LEVELS)
    words["level"] = words.get("level", frozenset()) | frozenset(model.LEVELS)
    words["massage"] = frozenset({"held", "none", "as_wanted", "weekly", "fortnightly", "monthly"})
    words["limited"] = frozenset({"no", "stopped", "starters", "breathing"})
    words["heard"] = frozenset(one.id for one in library.policy.heard)
    words["holds"] = frozenset({*PLAN_HOLDS, *get_args(model.Purpose), *line_ids(library)})
    words["load"], words["eases"] = frozenset({"grows", "steady"}), frozenset(library.training.easing)
    return words


def line_ids(library: Library) -> Iterator[str]:
    """The ids that lines of a plan can have."""
    parts = {"massage": "massages", "ease": "exercises"}
    for section, family in FAMILIES.items():
        yield from (f"{family}:{name}" for name in getattr(library, parts.get(section, section)))


PARTS = (
    *("suits", "caveats", "known_for", "level_if", "words_if", "frequency", "walking", "headline", "lead", "note", "tag"),
    *("check_first", "now", "today", "before", "during", "after", "flare", "expect", "work", "ladder", "goal", "worse", "group", "require"),
    *("ring", "move_on", "review", "way", "steps", "due", "seek_help", "trained", "questions"),
)
"""Fields that hold parts with lookups of their own."""


def lookups(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every lookup inside a content object, with its path."""
    for name in (
        "when",
        "ask_if",
        "lowered_by",
        "half",
        "medicine_when",
        "before_card",
        "impossible",
        "settles",
        "here",
        "ahead",
        "early",
        "starter_for",
        "calm",
        "nights",
        "ease_first",
        "rest_first",
        "unless",
        "dated",
    ):
        held = getattr(value, name, None)
        for index, lookup in enumerate(held if isinstance(held, tuple) else [held] if held else []):
            yield f"{path}{name}[{index}]", lookup
    for name in PARTS:
        for index, part in enumerate(getattr(value, name, ())):
            yield from lookups(part, f"{path}{name}[{index}].")


def cross_check(library: Library) -> Iterator[Fault]:
    """Faults that only show when files are read together: ids, words and facts that do not exist."""
    words = words_of(library)
    yield from (Fault("facts.toml", name, "no such fact in facts.py") for name in library.facts if name not in {*FACTS, "checkable"})
    yield from (Fault("facts.toml", name, "a question has this name too") for name in library.facts if name in library.questions)
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
    yield from page_faults(library)
    yield from (Fault("poses", name, "this exercise has no picture") for name in library.exercises if name not in library.pictures)
    yield from rung_faults(library)
    yield from limit_faults(library)
    yield from name_faults(library)
    yield from share_faults(library)
    for pack in library.packs.values():
        yield from (Fault("packs.toml", pack.id, problem) for problem in read_answers(library, dict(pack.answers))[1])
        if pack.key and any(other.key == pack.key for other in library.packs.values() if other.id != pack.id):
            yield Fault("packs.toml", pack.id, f"another pack has the key {pack.key} too")
    yield from new_sheet_faults(library, words)


def new_sheet_faults(library: Library, words: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """Questions and answers of the new-sheet page that do not exist, or that can't be set there."""
    form = library.new_sheet
    names = (*form.ticks, *form.choices, *form.signs)
    boxes = {*form.ticks, *(name for page in library.pages if page.safety for name in page.questions)}
    yield from (Fault("new_sheet.toml", name, "a sign has no box to tick") for name in form.signs if name not in boxes)
    yield from (Fault("new_sheet.toml", name, "there is no such question") for name in names if name not in library.questions)
    asked = (*form.own_demands, *(name for names in form.start_demands.values() for name in names))
    yield from (Fault("new_sheet.toml", name, "there is no such demand") for name in asked if name not in library.demands)
    known = {word for found in words.values() for word in found}
    yield from (Fault("new_sheet.toml", name, "no question has this option") for name in form.not_sure if name not in known)
    for one in form.usual:
        question, _, option = one.id.partition(":")
        if question not in form.ticks or option not in words.get(question, ()):
            yield Fault("new_sheet.toml", f"usual[{one.id}]", "is not an answer to one of the ticks")
    for other in form.named:
        question, _, option = other.id.partition(":")
        if question not in boxes or option not in words.get(question, ()):
            yield Fault("new_sheet.toml", f"named[{other.id}]", "is not an answer with a box to tick")


def every_object(library: Library) -> Iterator[tuple[str, Any]]:
    """Every content object with the file it came from."""
    for part, (folder, _) in ITEM_FOLDERS.items():
        yield from ((f"{folder}/{name}.toml", item) for name, item in getattr(library, part).items())
    tables: tuple[tuple[str, Mapping[str, Any]], ...] = (
        ("triage.toml", library.flags),
        ("questions", library.questions),
        ("myths.toml", library.myths),
        ("evidence.toml", library.evidence),
        ("medicine.toml", library.medicine),
        ("stale.toml", library.stale),
        ("stale.toml", library.changes),
    )
    for file, rows in tables:
        yield from ((f"{file}#{name}", row) for name, row in rows.items())
    yield from (("actions.toml", action) for action in library.actions.values())
    yield from (("schedule.toml", library.schedule), ("policy.toml", library.policy), ("advice.toml", library.advice))
    yield from (("training.toml", library.training), ("stop_box.toml", library.stop_box))


def references(library: Library, value: Any) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    """Ids that a content object points at: (field, ids, what they must be among)."""
    rungs = {name for ladder in library.training.ladder for line in ladder.lines for name in line}
    known: dict[str, Any] = {
        "sources": library.sources,
        "demands": library.demands,
        "bars": library.demands,
        "ask": library.demands if isinstance(value, model.Condition) else None,
        "soft": library.demands,
        "only": library.massages,
        "soft_styles": library.massages,
        "actions": library.actions,
        "beats": library.actions,
        "always_selfcare": library.selfcare,
        "alike": library.habits,
        "easing": library.exercises,
        "outside": library.exercises,
        "good_for": {group.id for group in library.training.group},
        "pages": {page.id for page in library.pages},
    }
    for name, among in known.items():
        if among is not None and isinstance(held := getattr(value, name, ()), tuple):
            yield name, held, among
    if isinstance(value, model.Action):
        yield "beside", tuple(value.beside), library.actions
    if isinstance(value, model.Question):
        yield "says_more_than", tuple(filter(None, (value.says_more_than,))), library.questions
    if isinstance(value, model.Supported):
        yield "known_for", tuple(source for known in value.known_for for source in known.sources), library.sources
    if isinstance(value, model.Exercise):
        yield "easier", tuple(filter(None, (value.easier,))), library.exercises
        yield "harder", tuple(filter(None, (value.harder,))), library.exercises
        yield "dose", (value.dose,), library.doses
    if isinstance(value, model.Evidence):
        yield "exercises", value.exercises, library.exercises
    if isinstance(value, model.Advice):
        yield "while_you_wait", tuple(name for row in value.while_you_wait for name in (*row.any_of, *row.all_of)), library.flags
    if isinstance(value, model.Training):
        yield "ladder", tuple(rungs), library.exercises
        both = {*library.exercises, *(ladder.id for ladder in value.ladder)}
        yield "goal", tuple(name for goal in value.goal for name in (*goal.first, *goal.second)), both
        yield "worse", tuple(name for gain in value.worse for name in gain.gains), both
        yield "usual", tuple(name for usual in value.usual for name in usual.exercises), library.exercises
        named = (name for row in value.require for name in (*row.never, *(one for need in row.needs for one in need)))
        yield "require", tuple(named), library.exercises


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
        weights = {one.severity for one in question.options if one.id not in (question.default, question.tick_known)}
        if question.tick_means and (len(weights) > 1 or not {question.tick_means, question.tick_known} - {""} <= ids):
            yield Fault("questions", name, "a tick that counts at once hides an answer of another weight, or means nothing")
        if question.stands_for and question.stands_for not in library.questions:
            yield Fault("questions", name, "stands for something that does not exist")


def page_faults(library: Library) -> Iterator[Fault]:
    """Groups that leave an option out or hold one twice, and folds that hold what their page does not ask."""
    for page in library.pages:
        held = [(name, option) for group in page.groups for name, options in group.rows.items() for option in options]
        here = [library.questions[name] for name in page.questions if name in library.questions]
        wanted = [(one.id, option.id) for one in here for option in one.options if option.id != one.none]
        if page.groups and sorted(held) != sorted(wanted):
            yield Fault("questions", page.id, "its groups do not hold every option once")
        if page.folds and not set(page.folded) < set(page.questions):
            yield Fault("questions", page.id, "a fold holds a question that its page does not ask, or the page has nothing else")
