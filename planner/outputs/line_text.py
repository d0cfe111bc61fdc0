"""A line of the plan as plain text: what to do, how much, why, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.lines import ConditionNote, Line, Reasons
from planner.domain.model import Habit, SelfCare, Therapy
from planner.languages.translate import gettext as _
from planner.outputs.arrange import LeftOutAnswer
from planner.outputs.columns import bullets, para
from planner.outputs.moving import beside, dose_words, evidence_text
from planner.outputs.said_doses import later_said
from planner.outputs.said_once import SaidOnce, parted
from planner.outputs.words import because_text, capital, listed_titles, uncapital


def tip(line: Line, told: SaidOnce) -> Iterator[str]:
    """A tip or self-care: what to do, and why. How sure we are of it stands near the end."""
    yield from advice(line, told)
    yield from para(told.first(because_text(line.because, 1)))
    yield ""


def entry(line: Line, told: SaidOnce) -> Iterator[str]:
    """One therapy of the plan: what, why, and how sure we are."""
    yield from advice(line, told)
    yield from proof(line, told)


def advice(line: Line, told: SaidOnce) -> Iterator[str]:
    item = line.item
    yield from para(line.title.upper())
    if isinstance(item, Habit):
        yield from to_do(told, item.tip, *line.advice)
    elif isinstance(item, SelfCare):
        yield from to_do(told, item.say, item.limits, *line.advice)
    elif isinstance(item, Therapy):
        yield from para(item.what, item.dose_words, item.stance, item.caution)
        yield from para(*line.advice)
    yield from from_therapist(line)


def move(line: Line, told: SaidOnce, because: Reasons) -> Iterator[str]:
    """One exercise: how much, how, what is easier and harder, and the reasons that are its own."""
    yield from para(f"{line.title.upper()}{': ' + dose_words(line) + '.' if line.dose else ''}")
    yield from para(later_said(line))
    for count, step in enumerate(line.steps, 1):
        yield f"  {count}. {step}"
    yield from para(line.exercise.stop_if, *beside(line, told))
    yield from from_therapist(line)
    yield from para(*line.advice)
    yield from para(because_text(because))
    yield ""


def from_therapist(line: Line) -> Iterator[str]:
    if line.told:
        yield from para(_("From your therapist: %(words)s") % {"words": line.told})


def to_do(told: SaidOnce, *texts: str) -> Iterator[str]:
    """What to do, as far as it was not said: a line for each sentence where they are many, else a paragraph."""
    for line in parted(*map(told.fresh, filter(None, texts))):
        yield from para(line)


def evidence_once(lines: tuple[Line, ...]) -> Iterator[str]:
    """What is known about these exercises or tips, each sentence once, after the names of those it is about."""
    alike: dict[tuple[str, str, str], list[Line]] = {}
    for line in lines:
        alike.setdefault((line.certainty, line.evidence, line.not_tested), []).append(line)
    for some in alike.values():
        yield from para(f"{listed_titles([line.title for line in some])}: {evidence_text(some[0])}")
    yield from para(cited(source for line in lines for source in line.sources))


def proof(line: Line, told: SaidOnce) -> Iterator[str]:
    yield from para(told.first(because_text(line.because, 1)))
    yield from para(evidence_text(line), cited(line.sources))
    yield ""


def left_out_part(answer: LeftOutAnswer) -> Iterator[str]:
    """What a person said, then a line for each reason that this alone gives, with what it leaves out. One reason is one sentence."""
    outs = [{"reason": one.say, "titles": ", ".join(one.titles)} for one in answer.reasons]
    if not answer.said or len(outs) == 1:
        alone = _("%(reason)s, and you said %(answers)s") % {**outs[0], "answers": answer.said} if answer.said else ""
        yield from bullets(_("%(reason)s. Left out: %(titles)s.") % {**out, "reason": alone or out["reason"]} for out in outs)
        return
    yield from para(_("Left out, because you said %(answers)s:") % {"answers": answer.said})
    for out in outs:
        yield from bullets([_("%(titles)s (%(reason)s).") % {"titles": capital(out["titles"]), "reason": uncapital(out["reason"])}])


def note_text(note: ConditionNote) -> str:
    """What a condition asks of a massage, and its sources. Its title names the answer."""
    return f"{note.condition.title}. {note.condition.say} {cited(note.condition.sources)}"


def cited(sources: Iterable[str]) -> str:
    """Sources by their ids, each once: "[nice_ng59, who_2023]"; nothing where there are none."""
    found = ", ".join(dict.fromkeys(sources))
    return f"[{found}]" if found else ""
