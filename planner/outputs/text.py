"""A plan as plain text, 78 columns wide."""

from __future__ import annotations

from collections.abc import Iterator

from planner.domain.days import Today
from planner.domain.lines import FAMILIES, Plan
from planner.domain.model import Country, Library
from planner.languages.translate import N_
from planner.languages.translate import gettext as _
from planner.outputs.arrange import advised, country_of, left_out_answers, sources_used, walks
from planner.outputs.columns import bullets, heading, in_columns, para, title, titled
from planner.outputs.form import Form
from planner.outputs.help_now import crisis_text, in_crisis, more_numbers, while_you_wait
from planner.outputs.in_common import in_common, in_common_text, own_reasons
from planner.outputs.line_text import cited, entry, evidence_once, left_out_part, move, tip, to_do
from planner.outputs.local_words import as_typed, kept
from planner.outputs.massage_sessions import massage_review
from planner.outputs.massage_text import massage, massage_day
from planner.outputs.moving import (
    exercise_notes,
    that_count_most,
    use_until,
    walk_week_text,
    way_there,
    week_patterns,
)
from planner.outputs.said_once import SaidOnce, parted
from planner.outputs.words import (
    date_text,
    day_short,
    level_text,
    listed,
    listed_titles,
    numbers,
    said_text,
    source_text,
)

TEXT_FILE = Form(
    ending="txt",
    type="text/plain; charset=utf-8",
    link=N_("Plain text"),
    write=lambda plan, library, _beside: to_text(plan, library),
)


def to_text(plan: Plan, library: Library) -> str:
    """The whole plan, or the urgency card where there is none."""
    body = stopped(plan, library) if plan.triage.no_plan else whole(plan, library)
    return in_columns(as_typed(numbers(country_of(plan, library), "\n".join(body).rstrip() + "\n")))


def stopped(plan: Plan, library: Library) -> Iterator[str]:
    country = country_of(plan, library)
    if in_crisis(plan.triage):
        yield from crisis_text(plan, library, country)
        return
    yield from title(plan.headline or level_text(plan.triage.level))
    yield from checks(plan, library)
    yield from para(*more_numbers(plan.triage, country))
    if waiting := while_you_wait(plan.triage, library):
        yield from heading(_("While you wait"))
        yield from bullets(waiting)
    yield from heading(_("What to say on the phone"))
    yield from bullets(reason.flag.phone for reason in plan.triage.reasons if reason.flag.phone)
    yield from bullets(f'{one.question}: "{one.answer}"' for reason in plan.triage.reasons for one in reason.because if one.answer)
    yield from end(plan, library)


def whole(plan: Plan, library: Library) -> Iterator[str]:
    told = SaidOnce()
    yield from opening(plan, library)
    yield from stop_signs(plan, library)
    yield from moves(plan, library, told)
    for section, name in (("habits", _("Your day")), ("selfcare", _("Looking after yourself"))):
        if lines := plan.section(section):
            yield from heading(name)
            for line in lines:
                yield from tip(line, told)
    if lines := plan.section("therapies"):
        yield from heading(_("Other therapies"))
        for line in lines:
            yield from entry(line, told)
    yield from folded(plan, told)
    yield from asked(plan, told)
    yield from titled(_("Medicines"), plan.medicines)
    yield from massage(plan, library, told)
    yield from weeks(plan, library, told)
    yield from titled(_("Work"), plan.work)
    yield from titled(_("If it flares up"), plan.flare)
    yield from left_out(plan, library)
    yield from massage_day(plan, library)
    yield from how_sure(plan)
    yield from end(plan, library)


def folded(plan: Plan, told: SaidOnce) -> Iterator[str]:
    """Tips that a page folds away."""
    if plan.folded:
        yield from heading(_("Also good to know"))
        for line in plan.folded:
            yield from tip(line, told)


def asked(plan: Plan, told: SaidOnce) -> Iterator[str]:
    """Therapies that people also ask about, and those that are not advised for backs."""
    if plan.asked:
        yield from heading(_("People also ask about"))
        yield from para(_("These are facts, not advice."))
        for line in plan.asked:
            yield from entry(line, told)
    if plan.not_advised:
        names = _("Not advised for backs: %(names)s.") % {"names": ", ".join(item.title for item in plan.not_advised)}
        yield from para(names, cited(source for item in plan.not_advised for source in item.sources))


def opening(plan: Plan, library: Library) -> Iterator[str]:
    """The headline, the goal and its steps, what to have checked, and three things for today."""
    yield from title(plan.headline)
    yield from para(plan.lead)
    if goal := plan.goal_words or plan.goal_label:
        yield from para(f"{_('Your goal:')} {kept(country_of(plan, library), goal)}")
    yield from steps_to_goal(plan, country_of(plan, library))
    for note in plan.notes:
        yield from (row for one in parted(note) for row in para(one))
    if plan.triage.reasons:
        yield from heading(level_text("see_clinician"))
        yield from checks(plan, library)
    yield from titled(_("Do this today"), tuple(map(for_today, plan.today)))


def for_today(one: Today) -> str:
    """A thing for today; its title stands before it where the words do not begin with it."""
    said = one.text.split()[:2] == one.title.split()[:2] and not one.line.startswith(FAMILIES["exercises"])
    return one.text if said or one.text.startswith(f"{one.title} ") else f"{one.title.rstrip('.')}. {one.text}"


def moves(plan: Plan, library: Library, told: SaidOnce) -> Iterator[str]:
    """Positions that ease it, how to move up and down, and the exercises with what is known of them."""
    if easing := plan.section("ease"):
        yield from heading(_("Positions that ease it"))
        for line in easing:
            yield from move(line, told, line.because)
    if lines := plan.section("exercises"):
        notes = (one for note in exercise_notes(plan) for one in parted(note))
        before = (*notes, *plan.move_on, that_count_most(plan, library.policy.short_day))
        yield from titled(_("Before you begin"), tuple(filter(None, before)))
        yield from heading(_("Exercises"))
        for shared in in_common(plan, library):
            yield from para(in_common_text(shared))
        for line in lines:
            yield from move(line, told, own_reasons(line, plan, library))


def checks(plan: Plan, library: Library) -> Iterator[str]:
    """What triage found, and what to do about it."""
    told = SaidOnce()
    for reason in plan.triage.reasons:
        more = "" if reason.flag.because == reason.flag.say else reason.flag.because
        yield from para(f"{told.fresh(reason.flag.say)} {said_text(reason.because)} {more}", cited(reason.flag.sources))
    yield from bullets(advised(plan, library))


def steps_to_goal(plan: Plan, country: Country) -> Iterator[str]:
    if plan.goal_way.steps:
        yield from para(way_there(plan))
        steps = (kept(country, step) if plan.goal_words and plan.goal_words in step else step for step in plan.goal_way.ahead)
        yield from bullets(f"{number}. {step}" for number, step in enumerate(steps, 1))
        yield from para(plan.goal_way.go_on)


def weeks(plan: Plan, library: Library, told: SaidOnce) -> Iterator[str]:
    yield from heading(_("Four weeks"))
    for weeks, found in week_patterns(plan):
        yield from para(f"{weeks}:") if weeks else ()
        for pattern in found:
            due = _("Every day") if pattern.daily else listed([day_short(day) for day in range(7) if pattern.days[day]])
            yield from para(f"{due}: {listed_titles([line.title for line in pattern.lines])}.")
    if plan.walk:
        yield from to_do(told, plan.walk.say)
        yield from bullets(plan.walk.training)
        for week, (minutes, days) in enumerate(walks(plan)):
            if minutes and len(set(walks(plan))) > 1:
                yield from para(walk_week_text(plan.walk, week, days))
        yield from para(plan.walk.then)
    yield from para(_("Review on %(date)s.") % {"date": date_text(plan.review_on)})
    yield from bullets((*plan.review, *massage_review(plan, library)))
    yield from titled(_("What to expect"), plan.expect)


def stop_signs(plan: Plan, library: Library) -> Iterator[str]:
    yield from heading(_("Stop, and get help"))
    yield from para(_("Call {EMERG} or go to {HOSPITAL} if") + ":")
    yield from bullets(plan.stop_box.now)
    if plan.stop_box.ring:
        yield from para(_("Who to ring") + ":")
        yield from bullets(plan.stop_box.ring)
    yield from para(_("Get help today, from {URGENT}, if") + ":")
    yield from bullets(plan.stop_box.others)
    if plan.massage and plan.massage.recommended:
        yield from para(_("Stop a massage at once if") + ":")
        yield from bullets(library.schedule.stop_at_once)


def left_out(plan: Plan, library: Library) -> Iterator[str]:
    if answers := left_out_answers(plan, library):
        yield from heading(_("Left out, and why"))
        for answer in answers:
            yield from left_out_part(answer)


def how_sure(plan: Plan) -> Iterator[str]:
    """What is known of the exercises and tips, together: under each of them it stood in the way of what to do."""
    yield from heading(_("How sure we are"))
    tips = (*plan.section("habits"), *plan.folded)
    for lines in (plan.section("ease"), plan.section("exercises"), tips, plan.section("selfcare")):
        yield from (*evidence_once(lines), "") if lines else ()


def end(plan: Plan, library: Library) -> Iterator[str]:
    yield from heading(_("Sources"))
    yield from bullets(f"[{source.id}] {source_text(source)}. {source.title}. {source.url}" for source in sources_used(plan, library))
    words = {"made": date_text(plan.made_on), "version": plan.content_version, "reviewed": date_text(plan.reviewed)}
    yield from para(_("Advice, not a diagnosis."), _("Made on %(made)s. Content version %(version)s, reviewed %(reviewed)s.") % words)
    if not plan.triage.no_plan:
        yield from para(use_until(plan))
