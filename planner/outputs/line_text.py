"""A line of the plan as plain text: what to do, how much, why, and how sure we are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.domain.lines import ConditionNote, Line
from planner.domain.model import Exercise, Habit, SelfCare, Therapy
from planner.languages.translate import gettext as _
from planner.outputs.arrange import LeftOutAnswer
from planner.outputs.columns import para
from planner.outputs.moving import beside, dose_words, evidence_text
from planner.outputs.said_doses import later_said
from planner.outputs.words import because_text, listed_titles, said_text, uncapital


def entry(line: Line) -> Iterator[str]:
    """One line of the plan: what, how, why, and how sure we are."""
    item = line.item
    yield from para(f"{line.title.upper()}{': ' + dose_words(line) + '.' if line.dose else ''}")
    if isinstance(item, Exercise):
        yield from para(later_said(line))
        for count, step in enumerate(line.steps, 1):
            yield f"  {count}. {step}"
        yield from para(item.stop_if, *beside(line))
    elif isinstance(item, Habit):
        yield from para(item.tip)
    elif isinstance(item, SelfCare):
        yield from para(item.say, item.limits)
    elif isinstance(item, Therapy):
        yield from para(item.what, item.dose_words, item.stance, item.caution)
    if line.told:
        yield from para(_("From your therapist: %(words)s") % {"words": line.told})
    yield from para(*line.advice)
    if isinstance(item, Exercise):
        yield from para(because_text(line.because))
        yield ""
    else:
        yield from proof(line)


def evidence_once(lines: tuple[Line, ...]) -> Iterator[str]:
    """What is known about these exercises, each sentence once, after the names of those it is about."""
    found = {line.title: evidence_text(line) for line in lines}
    for say in dict.fromkeys(found.values()):
        about = [title for title, one in found.items() if one == say]
        yield from para(say if len(about) == len(found) else f"{listed_titles(about)}: {say}")
    yield from para(cited(source for line in lines for source in line.sources))


def proof(line: Line) -> Iterator[str]:
    yield from para(because_text(line.because, 1))
    yield from para(evidence_text(line), cited(line.sources))
    yield ""


def left_out_line(answer: LeftOutAnswer) -> str:
    """What a person said, then what it leaves out, each with its reason; one reason alone is one sentence with it."""
    outs = [{"reason": one.say, "titles": ", ".join(one.titles)} for one in answer.reasons]
    if not answer.said or len(outs) == 1:
        alone = _("%(reason)s, and you said %(answers)s") % {**outs[0], "answers": answer.said} if answer.said else ""
        return " ".join(_("%(reason)s. Left out: %(titles)s.") % {**out, "reason": alone or out["reason"]} for out in outs)
    first = _("Left out, because you said %(answers)s:") % {"answers": answer.said}
    return " ".join((first, *(_("%(titles)s (%(reason)s).") % {**out, "reason": uncapital(out["reason"])} for out in outs)))


def note_text(note: ConditionNote) -> str:
    """What a condition asks of a massage."""
    return f"{note.condition.title}. {note.condition.say} {said_text(note.because)} {cited(note.condition.sources)}"


def cited(sources: Iterable[str]) -> str:
    """Sources by their ids, each once: "[nice_ng59, who_2023]"; nothing where there are none."""
    found = ", ".join(dict.fromkeys(sources))
    return f"[{found}]" if found else ""
