"""The massage of a plan as plain text: which and how often, how to ask for it, and the day itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from planner.domain.lines import MassagePart, Plan
from planner.domain.model import Library, Massage
from planner.languages.translate import gettext as _
from planner.outputs.arrange import country_of, note_sources, row_sources
from planner.outputs.columns import bullets, heading, para, titled
from planner.outputs.line_text import cited, note_text, proof
from planner.outputs.massage_sessions import after_that, how_often, kept_away, other_pressure, pressure_asked, why_so_often
from planner.outputs.moving import evidence_text, massage_heading, no_massage
from planner.outputs.said_once import SaidOnce, sentences_of
from planner.outputs.words import capital, minutes_text, position_text, pressure_text, said_text, says


def massage(plan: Plan, library: Library, told: SaidOnce) -> Iterator[str]:
    """The first style with how to ask for it, then the others; or one line that says why there is none."""
    part = plan.massage
    if part is None or not part.recommended:
        yield from titled(massage_heading(plan), tuple(no_massage(plan)))
        yield from para(cited((*row_sources(plan), *note_sources(plan))))
        return
    yield from heading(massage_heading(plan))
    yield from which(plan, part, library, told)
    yield from how_to_ask(part)
    for line in part.styles[1:]:
        yield ""
        yield from para(f"{_('Or:')} {line.title}. {cast(Massage, line.item).what}", other_pressure(line, part), *line.advice)
        yield from proof(line, told)


def which(plan: Plan, part: MassagePart, library: Library, told: SaidOnce) -> Iterator[str]:
    """The style, how long and how often, and all the reasons in one place."""
    first, item = part.styles[0], cast(Massage, part.styles[0].item)
    yield from para(f"{first.title.upper()}: {minutes_text(part.minutes)}, {how_often(part)}")
    yield from para(item.what, after_that(part, library.schedule))
    reasons = (*part.row_because, *first.because)
    yield from para(said_text(reasons), why_so_often(plan), *says(first.because)[:1])
    told.first(" ".join(filter(None, (said_text(first.because), *says(first.because)[:1]))))
    yield from para(evidence_text(first), cited((*row_sources(plan), *first.sources)))
    yield ""


def how_to_ask(part: MassagePart) -> Iterator[str]:
    """Pressure, position, clothes, what to say, and where nobody presses."""
    first, item = part.styles[0], cast(Massage, part.styles[0].item)
    yield from para(f"{pressure_asked(part)}.", pressure_text(part.pressure_ask))
    yield from para(capital(_(", or ").join(position_text(one) for one in part.positions)) + ".", *part.position_notes)
    yield from para(item.clothes, item.mind, *first.advice)
    yield from para(f"{_('Say this to the therapist')}:")
    yield from bullets(one for said in (item.ask, *part.tell) for one in sentences_of(said))
    yield from para(f"{_('Keep away from')}: {kept_away(part.areas_off)}.")
    if part.notes:
        yield from para(f"{_('What to know first')}:")
        yield from bullets(map(note_text, part.notes))


def massage_day(plan: Plan, library: Library) -> Iterator[str]:
    if not plan.massage or not plan.massage.recommended:
        return
    for name, words in (
        (_("Before a massage"), plan.massage_day.before),
        (_("During a massage"), plan.massage_day.during),
        (_("After a massage"), plan.massage_day.after),
        (_("Get help after a massage if"), plan.massage_day.seek_help),
        (_("Finding a therapist"), (*country_of(plan, library).finder, *plan.massage_day.trained)),
        (_("Questions to ask"), plan.massage_day.questions),
        (_("Leave if"), library.advice.walk_away),
    ):
        yield from heading(name)
        yield from bullets(words)
