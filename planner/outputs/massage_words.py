"""Whether massage is worth it, in words: what the sessions come to, what follows by the plan's stop rule, and one line for a chart."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from babel.numbers import format_decimal

from planner.domain.lines import Plan
from planner.domain.massage_worth import LOOK_EVERY, Worth, worth_of
from planner.domain.schedule import ReviewRules, Schedule
from planner.domain.thread import Diary
from planner.languages.translate import gettext as _
from planner.languages.translate import locale, ngettext
from planner.outputs.massage_sessions import ends, look_back

NOT_KNOWN = "-"


def counts_massages(plan: Plan) -> bool:
    """True where somebody with pain has massage by a therapist in the plan: they can ask whether it is worth its price."""
    part = plan.massage
    return bool(part and part.recommended and part.row and "pain_free" not in part.row.when)


def worth_headline(worth: Worth) -> str:
    return {
        "early": _("Too early to say"),
        "clear": _("Yes: more than ups and downs"),
        "little": _("It helped, but only a little"),
        "too_little": _("No clear help"),
        "worse": _("No: the mornings were worse"),
        "unsure": _("We cannot tell"),
    }[worth.verdict]


def worth_said(worth: Worth, schedule: Schedule) -> tuple[str, ...]:
    """Why the verdict is so. Fewer than four whole sessions: what is still missing."""
    if worth.verdict == "early":
        missing = ngettext(
            "%(num)s whole session more, then we can look.", "%(num)s whole sessions more, then we can look.", sessions_left(worth)
        )
        return (missing % {"num": sessions_left(worth)},)
    first = _("On average, your pain was %(before)s before a massage and %(morning)s the next morning.")
    numbers = first % {"before": average(worth.before), "morning": average(worth.morning)}
    clear = schedule.review_massage[:1] if worth.verdict in ("little", "too_little", "clear") else ()
    return (numbers, _reason(worth), *clear)


def sessions_left(worth: Worth) -> int:
    """Whole sessions until it is judged for the first time, or anew."""
    return worth.judged + LOOK_EVERY - worth.whole


def average(number: Fraction) -> str:
    """To one decimal, halves upwards: 4.3 for 4 1/4."""
    return str(format_decimal(Decimal(floor(number * 10 + Fraction(1, 2))) / 10, "0.#", locale=locale()))


def _reason(worth: Worth) -> str:
    return {
        "clear": _("The mornings were better than your ordinary ups and downs can explain."),
        "little": _("The mornings were a little better than your ordinary ups and downs can explain."),
        "too_little": _("That speaks against a clear help."),
        "worse": _("Your ordinary ups and downs cannot explain that."),
        "unsure": _("Your ordinary ups and downs may explain that. Massage may have helped, or not."),
    }[worth.verdict]


def how_worked_out(worth: Worth) -> str:
    """The test, with this person's numbers."""
    ways = ngettext("%(num)s way has mornings that are as low.", "%(num)s ways have mornings that are as low.", worth.ways)
    dealt = _("We dealt your %(n)s numbers anew, in all %(of)s ways, to before and morning.") % {"n": 2 * worth.judged, "of": worth.of}
    return f"{dealt} {ways % {'num': worth.ways}}"


def worth_next(worth: Worth, plan: Plan, schedule: Schedule) -> tuple[str, ...]:
    """What follows, by the plan's own rule. Nothing while it is too early, but for those whose plan looks back sooner."""
    part = plan.massage
    if part is None or part.row is None:
        return ()
    looks = look_back(part)
    if worth.next is None:
        return (stop_rule(schedule, looks),) if 0 < looks <= worth.whole else ()
    if worth.next == "stop":
        pleasure = () if looks or worth.verdict == "worse" else (_("Have one only if you like it for itself."),)
        return (_("By your numbers, it has not clearly helped."), *(pleasure or (stop_rule(schedule, worth.judged),)))
    if ends(part.row) and part.row.then:
        return (part.row.then,)
    again = _("We look again after session %(n)s.") % {"n": worth.judged + LOOK_EVERY}
    if worth.next == "space_out" and looks:
        return (_("Your pain has been lower for 2 weeks, so it is time."), schedule.step_down, again)
    return (_("Go on as often as your plan says."), *((schedule.step_down,) if looks else ()), again)


def stop_rule(schedule: Schedule, after: int) -> str:
    return schedule.stop_after.replace("{N}", str(after))


def massage_line(diary: Diary, rules: ReviewRules) -> str:
    """The sessions in one line, for a therapist; empty where none was written down."""
    if not diary.massages:
        return ""
    told = diary.massages[-2 * LOOK_EVERY :]
    values = {
        "num": len(diary.massages),
        "before": ", ".join(str(one.before) for one in told),
        "after": ", ".join(_pain_or_dash(one.after) for one in told),
        "morning": ", ".join(_pain_or_dash(one.morning) for one in told),
        "verdict": worth_headline(worth_of(rules, diary.massages)),
    }
    return _("Massages written down: %(num)s. Pain before %(before)s; after %(after)s; next morning %(morning)s. %(verdict)s.") % values


def _pain_or_dash(pain: int | None) -> str:
    return NOT_KNOWN if pain is None else str(pain)
