"""A pack's programme brought to a patient's sheet: what stays of the patient's, and what of the pack this patient can't have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from planner.clinic.sheets.packs import OwnPack, general
from planner.clinic.sheets.programmes import Programme
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, filled, with_minutes, with_pack
from planner.domain.answers import Value
from planner.domain.doses import numbers_of
from planner.domain.edits import DOSES, Edits
from planner.domain.from_clinic import heir_of, title_of
from planner.domain.limits import dose_cap
from planner.domain.lines import Because, Line
from planner.domain.massage import pressure_because
from planner.domain.model import Library, Pack
from planner.domain.rules import Reading

Chosen = TypeVar("Chosen")


@dataclass(frozen=True)
class Dropped:
    """Something of a pack that is not on the sheet as it was kept. `what`: exercise, dose, style, pressure, note or gone."""

    what: str
    title: str = ""
    because: tuple[Because, ...] = ()


def loaded(form: SheetForm, library: Library, pack: OwnPack | Pack, note_before: str = "") -> SheetForm:
    """Begins from a pack. With a programme, what was ticked and chosen for this patient stays, so that their limits hold.

    `note_before`: what the pack chosen before this one put into the note."""
    programme = pack.programme if isinstance(pack, OwnPack) else None
    if form.note in ("", note_before):
        form = replace(form, note=programme.note if programme else "")
    if programme is None:
        return (_beside_person if _of_a_person(form, library) else with_pack)(form, library, pack.title, pack.answers)
    begun = replace(form, pack=pack.title) if _of_a_person(form, library) else _with_own_ticks(form, library, pack)
    begun = replace(begun, edits=replace(_edits(form.edits, library, programme), minutes=begun.edits.minutes), wrong={})
    return with_minutes(begun, library, programme.minutes)


def _of_a_person(form: SheetForm, library: Library) -> bool:
    """True where the answers came with a code: they hold what no pack may hold."""
    return general(library, form.base) != dict(form.base)


def _beside_person(form: SheetForm, library: Library, title: str, answers: Mapping[str, Value]) -> SheetForm:
    """A pack of answers, for somebody whose own came with a code or a word: the pack says where it hurts and adds its ticks. What the
    person said stays: no pack takes a caution of theirs away."""
    begun = with_pack(form, library, title, answers)
    ticks = tuple(dict.fromkeys((*form.ticks, *begun.ticks)))
    own = {name: getattr(form, name) for name in ("minutes", "choices", "words")}
    return replace(begun, base={**begun.base, **form.base}, ticks=ticks, **own)


def _with_own_ticks(form: SheetForm, library: Library, pack: OwnPack | Pack) -> SheetForm:
    """The answers of the pack, with what was ticked, chosen or typed by hand on this page; not what an earlier pack ticked."""
    begun, before = with_pack(form, library, pack.title, pack.answers), filled(library, form.base)
    ticks = tuple(dict.fromkeys((*begun.ticks, *(one for one in form.ticks if one not in before.ticks))))
    choices = {name: value for name, value in form.choices.items() if value != before.choices[name]}
    return replace(begun, ticks=ticks, choices={**begun.choices, **choices}, words=form.words)


def _edits(before: Edits, library: Library, programme: Programme) -> Edits:
    """The programme as changes of a sheet. Nothing in it was insisted on: a therapist's word holds for one visit."""
    heirs = {name: heir for name in programme.exercises if (heir := heir_of(library, name))}
    return Edits(
        exercises=tuple(dict.fromkeys(heirs.values())),
        doses=_of(heirs, programme.doses),
        typed=_of(heirs, programme.typed),
        told=_of(heirs, programme.told),
        style=programme.style if programme.style in library.massages else "",
        pressure=min(programme.pressure, library.policy.highest_pressure),
        given=before.given,
        next_weeks=before.next_weeks,
        steps_down=before.steps_down,
    )


def _of(heirs: Mapping[str, str], kept: Mapping[str, Chosen]) -> dict[str, Chosen]:
    return {heir: kept[name] for name, heir in heirs.items() if name in kept}


def dropped(now: Proposal, pack: OwnPack | Pack | None) -> tuple[Dropped, ...]:
    """What of the pack is not on this patient's sheet as it was kept. Nothing where triage stops the sheet: the page says so."""
    programme = pack.programme if isinstance(pack, OwnPack) else None
    if programme is None or now.stops:
        return ()
    found = [*_exercises_out(now, programme), *_doses_down(now, programme), *massage_out(now, programme.style, programme.pressure)]
    return (*found, Dropped("note")) if programme.note not in ("", now.form.note) else tuple(found)


def _exercises_out(now: Proposal, programme: Programme) -> Iterator[Dropped]:
    for name in programme.exercises:
        choice = now.choice(f"exercise:{heir_of(now.library, name)}")
        if choice is None:
            yield Dropped("gone", title_of(now.library, name))
        elif choice.state != "free":
            yield Dropped("exercise", choice.title, choice.because)


def _doses_down(now: Proposal, programme: Programme) -> Iterator[Dropped]:
    """Doses that the limits brought down."""
    for line in now.plan.section("exercises"):
        if _lower(line, programme):
            yield Dropped("dose", line.title, _dose_because(now.journey.reading))


def _dose_because(reading: Reading) -> tuple[Because, ...]:
    """The answers behind the condition that keeps doses lowest."""
    limits = reading.limits
    for one in reading.conditions:
        tier = one.condition.tier_cleared if limits.exercise_cleared else one.condition.tier
        capping = dose_cap(one.condition, cleared=limits.exercise_cleared) == limits.highest_dose != "strong"
        if tier == limits.tier != "all" or (limits.tier == "all" and capping):
            return reading.because("", one.pairs)
    return ()


def _lower(line: Line, programme: Programme) -> bool:
    kept = programme.typed.get(line.item_id)
    if kept:
        return any(number < kept.get(name, 0) for name, number in numbers_of(line.doses[0]).items())
    step = programme.doses.get(line.item_id, "")
    return step in DOSES and line.dose_step in DOSES and DOSES.index(line.dose_step) < DOSES.index(step)


def massage_out(now: Proposal, style: str, pressure: int) -> Iterator[Dropped]:
    """What of a style and a pressure that somebody chose is not on the sheet."""
    massage, choice = now.plan.massage, now.choice(f"massage:{style}")
    shown = massage if massage and massage.recommended else None
    light = pressure_because(now.journey.reading) if shown and pressure > shown.pressure_max else ()
    if choice is None and style:
        yield Dropped("gone", style.replace("_", " "))
    elif choice and not (shown and shown.styles[0].item_id == style):
        yield Dropped("style", choice.title, choice.because or light)
    if shown and pressure > shown.pressure_ask:
        yield Dropped("pressure", str(pressure), light)
