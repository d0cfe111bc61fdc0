"""A plan as plain text, 78 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import fill
from typing import cast

from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.model import Country, Exercise, Habit, Library, Massage, SelfCare, Therapy
from planner.languages.translate import N_
from planner.languages.translate import gettext as _
from planner.outputs.arrange import advised, country_of, patterns, sources_used, walks
from planner.outputs.form import Form
from planner.outputs.words import (
    because_text,
    certainty_text,
    date_text,
    day_short,
    dose_text,
    freq_text,
    level_text,
    listed,
    minutes_text,
    numbers,
    position_text,
    pressure_text,
    said_text,
    source_text,
)

TEXT_FILE = Form(
    ending="txt",
    type="text/plain; charset=utf-8",
    link=N_("Plain text"),
    write=lambda plan, library, _beside: to_text(plan, library),
)
WIDTH = 78
HELD = "\ufdd0"  # no character: stands for a brace in what somebody typed, which names no telephone number


def to_text(plan: Plan, library: Library) -> str:
    """The whole plan, or the urgency card where there is none."""
    body = stopped(plan, library) if plan.triage.no_plan else whole(plan, library)
    return numbers(country_of(plan, library), "\n".join(body).rstrip() + "\n").replace(HELD, "{")


def stopped(plan: Plan, library: Library) -> Iterator[str]:
    yield from title(plan.headline or level_text(plan.triage.level))
    yield from checks(plan, library)
    if plan.triage.stops:
        now = plan.triage.level == "emergency"
        advice = library.advice
        yield from heading(_("While you wait"))
        yield from bullets(advice.while_you_wait_emergency if now else advice.while_you_wait_urgent)
    yield from heading(_("What to say on the phone"))
    yield from bullets(reason.flag.phone for reason in plan.triage.reasons if reason.flag.phone)
    yield from bullets(f'{one.question}: "{one.answer}"' for reason in plan.triage.reasons for one in reason.because if one.answer)
    yield from end(plan, library)


def whole(plan: Plan, library: Library) -> Iterator[str]:
    yield from title(plan.headline)
    yield from para(plan.lead)
    if goal := plan.goal_words or plan.goal_label:
        yield from para(f"{_('Your goal:')} {goal.replace('{', HELD)}")
    for note in plan.notes:
        yield from para(note)
    if plan.triage.reasons:
        yield from heading(level_text("see_clinician"))
        yield from checks(plan, library)
    if plan.today:
        yield from heading(_("Do this today"))
        yield from bullets(f"{one.title.rstrip('.')}. {one.text}" for one in plan.today)
    if plan.massage:
        yield from massage(plan.massage)
    for section, name in (
        ("exercises", _("Exercises")),
        ("habits", _("Your day")),
        ("selfcare", _("Looking after yourself")),
        ("therapies", _("Other therapies")),
    ):
        if lines := plan.section(section):
            yield from heading(name)
            for line in lines:
                yield from entry(line, library)
    yield from weeks(plan, library)
    yield from heading(_("If it flares up"))
    yield from bullets(library.advice.flare)
    yield from stop_signs(library, country_of(plan, library))
    if plan.left_out:
        yield from heading(_("Left out, and why"))
        yield from bullets(f"{one.title}. {because_text(one.because)}" for one in plan.left_out)
    yield from massage_day(plan, library)
    yield from end(plan, library)


def checks(plan: Plan, library: Library) -> Iterator[str]:
    """What triage found, and what to do about it."""
    for reason in plan.triage.reasons:
        yield from para(f"{reason.flag.say} {said_text(reason.because)} {reason.flag.because}")
    yield from bullets(advised(plan, library))


def massage(part: MassagePart) -> Iterator[str]:
    """The first style with how to ask for it, then the others; or why there is none."""
    if not part.recommended:
        yield from heading(_("No massage") if part.declined else _("No massage for now"))
        yield from bullets(f"{note.caution.title}. {note.caution.say} {said_text(note.because)}" for note in part.notes)
        return
    yield from heading(_("The massage to ask for"))
    first = part.styles[0]
    item = cast(Massage, first.item)
    yield from para(f"{first.title.upper()}: {minutes_text(part.minutes)}, {freq_text(part.freq)}")
    yield from para(item.what)
    yield from para(
        _("Pressure: ask for %(ask)s out of 5, never more than %(most)s.") % {"ask": part.pressure_ask, "most": part.pressure_max}
        + f" {pressure_text(part.pressure_ask)}"
    )
    yield from para(", ".join(position_text(one) for one in part.positions) + ". " + " ".join(part.position_notes))
    yield from para(item.clothes)
    yield from para(f"{_('Say this to the therapist')}: {' '.join((item.ask, *part.tell))}")
    yield from bullets(f"{note.caution.title}. {note.caution.say} {said_text(note.because)}" for note in part.notes)
    yield from para(item.mind, *first.advice)
    if part.row:
        yield from para(said_text(part.row_because), part.row.because, part.row.then)
    yield from proof(first)
    for line in part.styles[1:]:
        yield from para(f"{_('Or:')} {line.title}. {cast(Massage, line.item).what}")
        yield from proof(line)


def entry(line: Line, library: Library) -> Iterator[str]:
    """One line of the plan: what, how, why, and how sure we are."""
    item = line.item
    yield from para(f"{line.title.upper()}{': ' + dose_text(line.dose) if line.dose else ''}")
    if isinstance(item, Exercise):
        for count, step in enumerate(line.steps, 1):
            yield fill(step, WIDTH, initial_indent=f"  {count}. ", subsequent_indent="     ")
        instead = _("Or do this instead: %(title)s.") % {"title": line.easier} if line.easier else ""
        yield from para(item.stop_if, item.easier_say, instead, item.progress)
    elif isinstance(item, Habit):
        yield from para(item.tip)
    elif isinstance(item, SelfCare):
        yield from para(item.say, item.limits)
    elif isinstance(item, Therapy):
        yield from para(item.what, item.dose_words, item.stance, item.caution)
    yield from para(*line.advice)
    yield from proof(line)


def proof(line: Line) -> Iterator[str]:
    yield from para(because_text(line.because))
    yield from para(f"{certainty_text(line.certainty)}. {line.item.evidence} [{', '.join(line.sources)}]")
    yield ""


def weeks(plan: Plan, library: Library) -> Iterator[str]:
    schedule = library.schedule
    yield from heading(_("Four weeks"))
    for pattern in patterns(plan):
        due = _("Every day") if pattern.daily else listed([day_short(day) for day in range(7) if pattern.days[day]])
        yield from para(f"{due}: {listed([line.title for line in pattern.lines])}.")
    for count, (minutes, days) in enumerate(walks(plan), 1):
        words = {"week": count, "minutes": minutes, "days": days}
        yield from para(_("Week %(week)d: walk %(minutes)d minutes on %(days)d days.") % words)
    yield from para(_("Review on %(date)s.") % {"date": date_text(plan.review_on)})
    yield from bullets(schedule.review)
    if plan.massage and plan.massage.styles:
        yield from bullets((schedule.step_down, schedule.step_up, schedule.stop_after))
    yield from para(schedule.normal, *library.advice.expect)


def stop_signs(library: Library, country: Country) -> Iterator[str]:
    yield from heading(_("Stop, and get help"))
    yield from para(_("Call {EMERG} or go to {HOSPITAL} if you have") + ":")
    yield from bullets(library.advice.stop_emergency)
    yield from para(_("Get help today, from {URGENT}, if you have") + ":")
    yield from bullets(library.advice.stop_today)
    yield from para(_("Stop a massage or an exercise at once if") + ":")
    yield from bullets(library.schedule.stop_at_once)


def massage_day(plan: Plan, library: Library) -> Iterator[str]:
    if not plan.massage or not plan.massage.recommended:
        return
    advice = library.advice
    for name, words in (
        (_("Before a massage"), advice.before),
        (_("During a massage"), advice.during),
        (_("After a massage"), advice.after),
        (_("Get help after a massage if"), advice.seek_help),
        (_("Finding a therapist"), country_of(plan, library).finder),
        (_("Questions to ask"), advice.questions),
        (_("Walk away if"), advice.walk_away),
    ):
        yield from heading(name)
        yield from bullets(words)


def end(plan: Plan, library: Library) -> Iterator[str]:
    yield from heading(_("Sources"))
    yield from bullets(f"[{source.id}] {source_text(source)}. {source.title}. {source.url}" for source in sources_used(plan, library))
    words = {"made": date_text(plan.made_on), "version": plan.content_version, "reviewed": date_text(plan.reviewed)}
    yield from para(_("Advice, not a diagnosis."), _("Made on %(made)s. Content version %(version)s, reviewed %(reviewed)s.") % words)


def title(text: str) -> Iterator[str]:
    yield fill(text, WIDTH)
    yield "=" * min(WIDTH, len(text))


def heading(text: str) -> Iterator[str]:
    yield ""
    yield text
    yield "-" * len(text)


def para(*texts: str) -> Iterator[str]:
    if text := " ".join(text for text in texts if text).strip():
        yield fill(text, WIDTH, break_long_words=False)


def bullets(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield fill(text.strip(), WIDTH, initial_indent="- ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
