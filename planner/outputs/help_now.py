"""Pages that send somebody for help: thoughts of self-harm, a child, what to do meanwhile, and a country's other numbers."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.lines import Plan, Reason, Triage
from planner.domain.model import Country, Library
from planner.languages.translate import gettext as _
from planner.outputs.columns import bullets, heading, para, title


def in_crisis(triage: Triage) -> bool:
    """True when the page is for thoughts of self-harm: it has a list of its own, with nothing about backs. Source: clinical safety 4.2."""
    return any(reason.flag.at_once for reason in triage.stopping)


def crisis_steps(triage: Triage, library: Library, country: Country) -> tuple[str, ...]:
    """The list, in order. In danger now the emergency number comes first; a country without a confirmed line has no other."""
    line, danger, *rest = library.advice.crisis_steps
    if not country.crisis:
        return (library.advice.crisis_no_line, *rest)
    return (danger, line, *rest) if triage.level == "emergency" else (line, danger, *rest)


def while_you_wait(triage: Triage, library: Library) -> tuple[str, ...]:
    """What to do until help is there, for these very reasons; nothing where nobody waits for it, or the page is for self-harm."""
    if not triage.stops or in_crisis(triage):
        return ()
    reasons = frozenset(reason.flag.id for reason in triage.reasons if reason.level == triage.level)
    return tuple(one.say for one in library.advice.while_you_wait if one.level == triage.level and one.fits(reasons))


def always_said(triage: Triage) -> tuple[Reason, ...]:
    """What a page says whatever else it is about: to a child, and about thoughts of self-harm. Source: clinical safety 4.3."""
    shown = {reason.flag.id for reason in triage.reasons if reason.level == triage.level}
    others = (reason for reason in triage.reasons if reason.flag.id not in shown)
    return tuple(reason for reason in others if reason.flag.no_plan or reason.flag.at_once)


def other_signs(triage: Triage) -> tuple[str, ...]:
    """What else a person in crisis tells whoever answers: in words for the telephone."""
    return tuple(dict.fromkeys(one.flag.phone for one in triage.stopping if one.flag.phone and not one.flag.at_once))


def more_numbers(triage: Triage, country: Country) -> tuple[str, ...]:
    """The country's other numbers for what this page sends people to, each a sentence of its own."""
    wanted = (
        country.crisis_more if any(reason.flag.at_once for reason in triage.reasons) else "",
        country.urgent_more if "same_day" in triage.actions else "",
        country.child_more if any(reason.flag.id == "R8" for reason in triage.reasons) else "",
    )
    return tuple(one for one in wanted if one)


def crisis_text(plan: Plan, library: Library, country: Country) -> Iterator[str]:
    """The page for thoughts of self-harm as plain text: whom to call, in order, and nothing about backs."""
    yield from title(library.advice.crisis_thanks)
    yield from bullets(f"{number}. {step}" for number, step in enumerate(crisis_steps(plan.triage, library, country), 1))
    yield from para(*more_numbers(plan.triage, country))
    if others := other_signs(plan.triage):
        yield from heading(_("Tell them this too"))
        yield from bullets(others)
    yield from para(*(reason.flag.say for reason in plan.triage.reasons if reason.flag.no_plan))
    yield from para(library.advice.crisis_after)
