"""The form: what the new-sheet page holds, read from its form's fields and written back into them. Nothing is kept until it is printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from planner.clinic.lengths import MOST_WEEKS, REFERENCE_TAKEN, TITLE
from planner.clinic.sheets.given_minutes import MINUTES, answered_minutes, ids, minutes_to_choose, more_minutes
from planner.clinic.sheets.typed_doses import NONE_TYPED, Fields, TypedDoses, read_typed
from planner.domain.answers import Value, chosen, default, read_answers, remembered
from planner.domain.edits import DOSES, Edits
from planner.domain.massage import NO_MORE
from planner.domain.model import Library, Question
from planner.domain.renewed import most_severe
from planner.domain.typed_text import as_typed, one_line

AREAS, COUNTRY = "areas", "country"
CHECKED = ("yes", "found", "no")
MOST_WALKED = 520  # weeks that a walk has grown for
MOST_POSTED_EXERCISES = 20  # exercises that are looked at


@dataclass(frozen=True)
class Signer:
    """The person who is signed in: what they insist on bears their initials, and nobody else's word counts."""

    id: str = ""
    initials: str = ""


@dataclass(frozen=True)
class SheetForm:
    """Everything on the page. `base`: answers from the pack or the old sheet; what is set on the page goes before them."""

    base: Mapping[str, Value] = field(default_factory=dict)
    pack: str = ""  # title of the pack it began with
    areas: tuple[str, ...] = ()
    minutes: str = ""
    ticks: tuple[str, ...] = ()  # "question:option"
    choices: Mapping[str, str] = field(default_factory=dict)  # question -> option
    words: Mapping[str, str] = field(default_factory=dict)  # the person's own, such as their goal
    edits: Edits = field(default_factory=Edits)
    wrong: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # exercise -> number -> what was typed and can't be a dose
    checked: str = ""  # red flags checked in this session: yes (none found), found, no, or not said yet
    note: str = ""
    reference: str = ""
    previous: str = ""  # id of the handout that this one follows
    handout: str = ""  # id of the handout that is changed, and the version that was opened
    version: int = 0
    once: str = ""
    signer: Signer = Signer()
    intake: str = ""  # code of the answers from the waiting room that it began with

    @property
    def begun(self) -> bool:
        """False until there is something to make a plan from."""
        return bool(self.areas)


def tickable(library: Library) -> tuple[Question, ...]:
    """Questions with a box for each answer: those of the form, then the safety questions."""
    safety = (name for page in library.pages if page.safety for name in page.questions)
    return tuple(library.questions[name] for name in dict.fromkeys((*library.new_sheet.ticks, *safety)))


def options(question: Question) -> tuple[str, ...]:
    """The answers that get a box: all but the one that means "no"."""
    usual = {question.none} if question.none else set() if question.kind == "many" else {str(question.default)}
    return tuple(option.id for option in question.options if option.id not in usual)


def read_sheet_form(library: Library, posted: Fields, signer: Signer) -> SheetForm:
    """The form as it was posted. What can't be there is left out; notes are kept as they were typed. What somebody else insisted on,
    who used the same page before `signer`, has to be asked again."""
    one = _One(posted)
    own = read_typed(posted, library.exercises, posted.get("typed", ()))
    boxes = {f"{question.id}:{name}" for question in tickable(library) for name in options(question)}
    return SheetForm(
        base=read_answers(library, _json(one["base"]))[0],
        pack=one_line(one["pack"])[:TITLE],
        areas=_some(posted.get(AREAS, ()), ids(library.questions[AREAS])),
        minutes=answered_minutes(library, one[MINUTES]),
        ticks=_some(posted.get("tick", ()), boxes),
        choices={name: one[name] for name in library.new_sheet.choices if one[name] in ids(library.questions[name])},
        words={name: one[name] for name in library.with_own_words if name in posted},
        edits=signed_by(signer, one["insisted_by"], read_edits(library, posted, own)),
        wrong=own.wrong,
        checked=one["checked"] if one["checked"] in CHECKED else "",
        note=as_typed(one["note"]),
        reference=one_line(one["reference"])[:REFERENCE_TAKEN],
        previous=one["previous"][:32],
        handout=one["handout"][:32],
        version=_number(one["version"], 10**6),
        once=one["once"][:64],
        signer=signer,
        intake=one["intake"][:32],
    )


def signed_by(signer: Signer, insisted_by: str, edits: Edits) -> Edits:
    """The edits with initials, where what was insisted on is the signer's own word; else without it."""
    own = edits.insisted if signer.id and insisted_by == signer.id else ()
    return replace(edits, insisted=own, initials=signer.initials if own else "")


def read_edits(library: Library, posted: Fields, own: TypedDoses = NONE_TYPED) -> Edits:
    """The therapist's changes. A style or pressure that was only offered, and left as it was, is no change."""
    one = _One(posted)
    doses = dict(pair.split(":", 1) for pair in posted.get("dose", ()) if ":" in pair)
    known = {f"{family}:{name}" for family, held in (("exercise", library.exercises), ("massage", library.massages)) for name in held}
    return Edits(
        typed=own.numbers,
        told=own.told,
        exercises=_some(posted.get("exercise", ()), library.exercises)[:MOST_POSTED_EXERCISES],
        doses={name: level for name, level in doses.items() if name in library.exercises and level in DOSES},
        style=one["style"] if one["style"] in library.massages and one["style"] != one["offered_style"] else "",
        pressure=0 if one["pressure"] == one["offered_pressure"] else _number(one["pressure"], library.policy.highest_pressure),
        insisted=_some(posted.get("insisted", ()), known),
        given=one["given"] if one["given"] in library.massages else "",
        next_weeks=_number(one["next_weeks"], MOST_WEEKS),
        steps_down=_number(one["steps_down"], NO_MORE),
        holds=one["holds"] == "yes",
        walk_week=_number(one["walk_week"], MOST_WALKED),
        minutes=more_minutes(library, one[MINUTES]),
    )


def with_minutes(form: SheetForm, library: Library, chosen_minutes: str) -> SheetForm:
    """The form with a choice of minutes; as it was, if that is none."""
    if chosen_minutes not in minutes_to_choose(library):
        return form
    edits = replace(form.edits, minutes=more_minutes(library, chosen_minutes))
    return replace(form, minutes=answered_minutes(library, chosen_minutes), edits=edits)


class _One:
    """A posted's first values; empty where there is none."""

    def __init__(self, posted: Fields) -> None:
        self.posted = posted

    def __getitem__(self, name: str) -> str:
        return next(iter(self.posted.get(name, ())), "")


def _some(values: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    among = set(known)
    return tuple(dict.fromkeys(value for value in values if value in among))


def _number(text: str, most: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= most else 0


def _json(text: str) -> Any:
    try:
        return json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}


def answers_of(form: SheetForm, library: Library, country: str) -> dict[str, Value]:
    """A whole answer set: defaults, what the pack or the old sheet said, then what is set on the page."""
    usual = {name: default(question) for name, question in library.questions.items()}
    raw: dict[str, Any] = usual | {COUNTRY: country} | dict(form.base) | dict(form.choices) | dict(form.words)
    nowhere = library.questions[AREAS].none
    raw |= {AREAS: [one for one in form.areas if one != nowhere] or [nowhere], MINUTES: form.minutes or usual[MINUTES]}
    for question in tickable(library):
        raw[question.id] = _ticked(question, form.ticks)
    return usual | read_answers(library, raw)[0]


def _ticked(question: Question, ticks: Sequence[str]) -> Value:
    """What the boxes of a question say; of a single choice the one that weighs most, and of equals the last, which is the stricter."""
    found = tuple(name for name in options(question) if f"{question.id}:{name}" in ticks)
    if question.kind == "many":
        return found or question.default
    return most_severe(question, reversed(found)) if found else question.default


def filled(library: Library, answers: Mapping[str, Value], **more: Any) -> SheetForm:
    """A form that shows these answers, in the words of today; the rest is as on a new one."""
    answers = remembered(library, answers)
    places = tuple(name for name in chosen(answers, AREAS) if name in ids(library.questions[AREAS]))
    return SheetForm(
        base=dict(answers),
        areas=places,
        minutes=str(answers.get(MINUTES, library.questions[MINUTES].default)),
        ticks=tuple(
            f"{question.id}:{name}"
            for question in tickable(library)
            for name in options(question)
            if name in chosen({question.id: default(question)} | dict(answers), question.id)
        ),
        choices={name: str(answers.get(name, library.questions[name].default)) for name in library.new_sheet.choices},
        words={name: str(answers[name]) for name in library.with_own_words if answers.get(name)},
        **more,
    )


def with_pack(form: SheetForm, library: Library, title: str, answers: Mapping[str, Value]) -> SheetForm:
    """Begins again from a pack. What was said about the session stays: red flags, massage given, note, reference."""
    edits = Edits(given=form.edits.given, next_weeks=form.edits.next_weeks)
    fresh = filled(library, answers, pack=title, edits=edits)
    return replace(
        form, **{name: getattr(fresh, name) for name in ("base", "pack", "areas", "minutes", "ticks", "choices", "words", "edits")}
    )


def hidden(form: SheetForm) -> list[tuple[str, str]]:
    """The fields that have no control of their own."""
    base = json.dumps(dict(form.base), separators=(",", ":"), sort_keys=True)
    found = [("base", base), ("pack", form.pack), ("once", form.once), ("previous", form.previous), ("handout", form.handout)]
    found += [("steps_down", str(form.edits.steps_down))] if form.edits.steps_down else []
    found += [("holds", "yes")] if form.edits.holds else []
    found += [("walk_week", str(form.edits.walk_week))] if form.edits.walk_week else []
    found += [("version", str(form.version))] if form.version else []
    found += [("intake", form.intake)] if form.intake else []
    found += [("exercise", name) for name in form.edits.exercises]
    found += [("dose", f"{name}:{level}") for name, level in form.edits.doses.items()]
    found += [("typed", name) for name in form.edits.typed]
    found += [("insisted_by", form.signer.id)] if form.edits.insisted else []
    return found + [("insisted", name) for name in form.edits.insisted]
