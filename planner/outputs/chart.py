"""The plan part of a clinical note, as plain text to paste into a chart: what was found, advised, given and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from planner.domain.edits import Edits
from planner.domain.from_clinic import ClinicExercise
from planner.domain.lines import Line, MassagePart, Plan
from planner.domain.model import Library
from planner.domain.typed_text import one_line
from planner.languages.translate import gettext as _
from planner.outputs.arrange import advised, country_of, left_out_text
from planner.outputs.massage_sessions import how_often
from planner.outputs.words import date_text, dose_text, level_text, listed, minutes_text, numbers

CHART_WIDTH = 400  # longest line; a chart wraps by itself
MOST_LINES = 25


@dataclass(frozen=True)
class ChartEntry:
    """What the chart says beside the plan. `changed`: a line of words; `code`: as it is printed."""

    pack: str = ""
    edits: Edits = field(default_factory=Edits)
    note: str = ""
    changed: str = ""
    code: str = ""
    next_on: date | None = None
    found: tuple[str, ...] = ()  # warning signs that the therapist found
    pain: int | None = None  # of that day, 0 to 10
    home: str = ""  # what was told at home since the sheet before, in lines


def to_chart(plan: Plan, library: Library, session: ChartEntry) -> str:
    """At most MOST_LINES lines. Nothing in it names the person."""
    body = _stopped(plan, library) if plan.triage.no_plan else _whole(plan, library, session)
    lines = [_("P: Back plan, %(date)s") % {"date": date_text(plan.made_on)}, *body, *_end(plan, session)]
    return "\n".join(_short(line) for line in lines if line)[: CHART_WIDTH * MOST_LINES] + "\n"


def unchecked_chart(on: date) -> str:
    """What the chart says of a visit at which red flags were not checked."""
    lines = (
        _("P: Back plan, %(date)s") % {"date": date_text(on)},
        _("Red flags not checked in this session."),
        _("No exercises and no massage given out."),
        _("Safety slip only: when to get help, and whom to call."),
    )
    return "\n".join(lines) + "\n"


def _stopped(plan: Plan, library: Library) -> Iterator[str]:
    country = country_of(plan, library)
    yield _("Plan stopped by red flags: %(level)s.") % {"level": level_text(plan.triage.level)}
    for reason in plan.triage.reasons[:6]:
        answers = listed([one.answer for one in reason.because if one.answer])
        yield f"- {numbers(country, reason.flag.say)}" + (f" ({answers})" if answers else "")
    yield _labelled(_("Advised"), [numbers(country, one) for one in advised(plan, library)])
    yield _("No exercises and no massage given out.")


def _whole(plan: Plan, library: Library, session: ChartEntry) -> Iterator[str]:
    conditions = [note.condition.title for note in plan.massage.notes] if plan.massage else []
    yield _labelled(_("Findings given"), [session.pack])
    yield _labelled(_("Cautions"), conditions)
    yield _labelled(_("Red flags checked in this session. Found"), session.found)
    yield _("Red flags checked in this session, none found.") if not (plan.triage.reasons or session.found) else ""
    yield _labelled(_("To be checked"), [numbers(country_of(plan, library), reason.flag.say) for reason in plan.triage.reasons[:3]])
    yield _labelled(_("Pain"), [_("%(pain)s of 10") % {"pain": session.pain} if session.pain is not None else ""])
    yield _labelled(_("Goal"), [plan.goal_words or plan.goal_label])
    yield _labelled(_("Keep away from"), [*(plan.massage.areas_off if plan.massage else ())])
    yield _labelled(_("Advice"), [plan.headline, *(line.title for line in (*plan.section("selfcare"), *plan.section("habits")))])
    yield _("Exercises, %(used)d of %(offered)d minutes a day:") % {"used": plan.minutes_used, "offered": plan.minutes_offered}
    for number, line in enumerate(plan.section("exercises"), 1):
        yield f"{number}. {_exercise(line)}"
    yield _given(library, session.edits)
    yield _recommended(plan.massage)
    yield _labelled(_("Other"), [line.title for line in plan.section("therapies")])


def _exercise(line: Line) -> str:
    dose = f": {dose_text(line.dose)}" if line.dose else ""
    told = f" “{line.told}”" if line.told else ""
    own = f" ({_('from your clinic')})" if isinstance(line.item, ClinicExercise) else ""
    return f"{line.title}{own}{dose}{told}{_signed(line)}"


def _signed(line: Line) -> str:
    """Whose decision a line was, and what was set aside for it. Source: clinical safety 7.11."""
    words = {"initials": line.initials, "against": left_out_text(line.set_aside), "conditions": listed(list(line.set_aside_for))}
    return " " + _("(chosen by %(initials)s; set aside: %(against)s; condition: %(conditions)s)") % words if line.initials else ""


def _given(library: Library, edits: Edits) -> str:
    style = library.massages.get(edits.given)
    return _labelled(_("Massage given today"), [style.title if style else ""])


def _recommended(part: MassagePart | None) -> str:
    if part is None or not part.recommended:
        why = listed([note.condition.title for note in part.notes if note.held]) if part else ""
        return _("Massage: none for now.") + (f" {why}." if why else "")
    words = {"style": part.styles[0].title, "minutes": minutes_text(part.minutes), "freq": how_often(part)}
    words |= {"ask": str(part.pressure_ask), "most": str(part.pressure_max)}
    said = _("Massage recommended: %(style)s, %(minutes)s, %(freq)s, pressure %(ask)s, at most %(most)s of 5.") % words
    return said + _signed(part.styles[0])


def _end(plan: Plan, session: ChartEntry) -> Iterator[str]:
    yield from session.home.splitlines()
    yield _labelled(_("What changed"), [session.changed])
    yield _labelled(_("Note on the sheet"), [session.note])
    if not plan.triage.no_plan:  # whoever was sent for help comes back when that is over
        yield _labelled(_("Next review"), [date_text(session.next_on or plan.review_on)])
    yield code_line(session.code)


def code_line(code: str) -> str:
    """The last line: where the sheet is found again. Empty without a code."""
    return _labelled(_("Sheet"), [_("code %(code)s") % {"code": code} if code else ""])


def _labelled(name: str, words: Iterable[str]) -> str:
    """ "Name: one; another." Empty without words."""
    found = [word.strip().rstrip(".") for word in words if word and word.strip()]
    return f"{name}: {'; '.join(found)}." if found else ""


def _short(line: str) -> str:
    line = one_line(line)
    return line if len(line) <= CHART_WIDTH else line[: CHART_WIDTH - 1].rstrip() + "…"
