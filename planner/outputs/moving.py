"""What is said around exercises, walking and massage, in every form: doses later on, rungs beside it, how to move up and down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from planner.domain.days import Walking
from planner.domain.lines import Line, Plan
from planner.domain.policy import ShortDay
from planner.languages.translate import N_
from planner.languages.translate import gettext as _
from planner.outputs.arrange import Pattern, patterns
from planner.outputs.said_doses import dose_said, when_said
from planner.outputs.said_once import SaidOnce
from planner.outputs.words import certainty_text, date_text, dose_text

STEPS_THAT_STAY = 2  # a dose in weeks 3 and 4 that is the same as in weeks 1 and 2 is not said twice


def later_dose(line: Line) -> str:
    """The dose of weeks 3 and 4, where it is another than that of weeks 1 and 2."""
    if line.section == "ease" or len(set(line.doses)) < STEPS_THAT_STAY:
        return ""
    return _("Weeks 3 and 4: %(dose)s.") % {"dose": dose_text(line.doses[-1])}


def dose_words(line: Line) -> str:
    """The dose of weeks 1 and 2. A position that eases is no training: it is for when it is needed. Source: clinical plan 1.3."""
    if line.section == "ease":
        return _("2 to 5 minutes, as often as it helps")
    return f"{dose_said(line.dose)}. {when_said(line.dose)}" if line.dose else ""


def beside(line: Line, told: SaidOnce) -> Iterator[str]:
    """The harder and the easier exercise that this person may do, and how: text has no link to them. One that was described is named."""
    if line.harder:
        yield " ".join((_("When this is easy: %(title)s.") % {"title": line.harder.title}, told.first(line.harder.short)))
    if line.easier:
        yield " ".join((_("Too much? %(title)s.") % {"title": line.easier.title}, told.first(line.easier.short)))


def exercise_notes(plan: Plan) -> tuple[str, ...]:
    """What must stand above the exercises because of this person's conditions."""
    notes = plan.massage.notes if plan.massage else ()
    return tuple(dict.fromkeys(note.condition.exercise_note for note in notes if note.condition.exercise_note))


def that_count_most(plan: Plan, day: ShortDay) -> str:
    """Of many exercises, the few that a full day has time for: the best of each purpose, then more of the first one, from other places."""
    lines = sorted(plan.section("exercises"), key=lambda line: -line.points)
    if len(lines) < day.many or not set(day.unsaid).isdisjoint(plan.tags):
        return ""
    wanted = [purpose for purpose in day.purposes if purpose not in {day.without.get(tag) for tag in plan.tags}]
    best = [next((line for line in lines if line.exercise.purpose == purpose), None) for purpose in wanted]
    first = [line for line in best if line]
    places = {line.exercise.regions[0] for line in first}
    rest = sorted(lines, key=lambda line: (line.exercise.purpose != wanted[0], line.exercise.regions[0] in places))
    ahead = [line for line in lines if line.item_id in day.first.get(plan.goal, ())]
    core = list(dict.fromkeys(line.title for line in (*ahead, *first, *rest)))[: len(day.purposes)]
    return _("Short of time? Do these three: %(titles)s.") % {"titles": "; ".join(core)}


def way_there(plan: Plan) -> str:
    """What stands above the goal's ladder."""
    return _("Your way there:") if plan.walk and plan.walk.pushing else _("Your steps towards it:")


def use_until(plan: Plan) -> str:
    """Until when paper may be used. The day of the review can be later: the questions come first. Source: clinical safety 6."""
    words = {"date": date_text(plan.not_after), "review": date_text(plan.review_on)}
    again = _("Answer the safety questions again by %(date)s, before you go on.") % words
    ends = _("The plan itself runs to %(review)s.") % words
    return f"{again} {ends}" if plan.review_on > plan.not_after else again


def week_patterns(plan: Plan) -> tuple[tuple[str, tuple[Pattern, ...]], ...]:
    """Which exercises are due on which days: once for all four weeks, or for each two weeks where the days change."""
    first, later = patterns(plan), patterns(replace(plan, weeks=plan.weeks[2:]))
    if first == later or not later:
        return (("", first),)
    return ((_("Weeks 1 and 2"), first), (_("Weeks 3 and 4"), later))


def evidence_text(line: Line) -> str:
    """How sure we are, what was found, and in whom it was not tested."""
    return " ".join(filter(None, (f"{certainty_text(line.certainty)}.", line.evidence, not_tested(line.not_tested))))


NOT_TESTED = {
    "": "",
    "none": N_("Not tested in people without pain."),
    "pregnant": N_("This was not tested in pregnancy."),
    "teen": N_("This was not tested at 16 or 17."),
    "acute": N_("This was not tested for new pain."),
    "subacute": N_("This was not tested for pain of 4 to 12 weeks."),
    "chronic": N_("This was not tested for long-lasting pain."),
    "recurrent": N_("This was not tested for pain that comes and goes."),
    "tested_low": N_("This was tested only for low back pain."),
    "tested_neck": N_("This was tested only for neck pain."),
    "neck": N_("This was not tested for neck pain."),
    "upper": N_("This was not tested for upper back pain."),
    "mid": N_("This was not tested for pain in the middle of the back."),
    "low": N_("This was not tested for low back pain."),
    "hip": N_("This was not tested for buttock or hip pain."),
    "tailbone": N_("This was not tested for tailbone pain."),
    "leg_nerve": N_("Not tested for nerve pain in a leg."),
}


def not_tested(word: str) -> str:
    """In whom of this person's kind it was not tested."""
    said = NOT_TESTED.get(word, N_("Not tested in people like you."))
    return _(said) if said else ""


def massage_heading(plan: Plan) -> str:
    """What stands above the massage of a plan: who does better to wait is not told to ask for one."""
    part = plan.massage
    if part and part.row and part.row.wait:
        return _("Massage: better to wait")
    return _("The massage to ask for") if part and part.recommended else _("Massage")


def no_massage(plan: Plan) -> Iterator[str]:
    """One line for each reason why there is no massage. Source: clinical plan 4.1."""
    part = plan.massage
    if part is None:
        return
    if part.declined:
        yield _("This plan has no massage, as you wished.")
    elif part.held and any(note.held for note in part.notes):
        yield from held_once(plan, (note.condition.say for note in part.notes if note.held))
    elif part.held and plan.triage.hold:
        yield _("Massage waits until somebody has checked you.")
    elif part.held:
        waits = (note.condition.massage_waits for note in part.notes)
        yield next(filter(None, waits), _("No kind of massage suits you for now."))
    else:
        yield (part.row.wait if part.row else "") or _("This plan needs no paid massage.")
        if part.row:
            yield part.row.because


def held_once(plan: Plan, notes: Iterable[str]) -> Iterator[str]:
    """Why massage waits, each sentence once; what the plan says among its checks is not said again."""
    said = {reason.flag.say for reason in plan.triage.reasons}
    fresh = [note for note in dict.fromkeys(notes) if note not in said]
    if not fresh:
        yield _("Massage waits until somebody has checked you.")
    told: set[str] = set()
    for note in fresh:
        sentences = [one for one in note.removesuffix(".").split(". ") if one not in told]
        told.update(sentences)
        if sentences:
            yield ". ".join(sentences) + "."


def walk_minutes(walk: Walking, week: int) -> str:
    """The minutes of a day in a week (from 0), with how they are parted: "3 × 5". Rests on one outing part nothing."""
    number, minutes = walk.parted(week)
    return f"{number} × {minutes}" if number > 1 and not walk.rests else str(walk.on(week))


def walk_week_text(walk: Walking, week: int, days: int) -> str:
    """The walk (or push) of a week (from 0). Who walks in short bouts is told so in every week, not on the first day alone."""
    number, each = walk.parted(week)
    words = {"week": week + 1, "minutes": walk.on(week), "days": days, "number": number, "each": each}
    if walk.pushing and number > 1:
        return _("Week %(week)d: push %(each)d minutes, %(number)d times a day, on %(days)d days.") % words
    if walk.pushing:
        return _("Week %(week)d: push %(minutes)d minutes on %(days)d days.") % words
    if walk.rests and number > 1:
        return _("Week %(week)d: walk %(minutes)d minutes in all, with rests, on %(days)d days.") % words
    if number > 1:
        return _("Week %(week)d: walk %(each)d minutes, %(number)d times a day, on %(days)d days.") % words
    return _("Week %(week)d: walk %(minutes)d minutes on %(days)d days.") % words
