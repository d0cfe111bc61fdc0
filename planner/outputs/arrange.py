"""What documents derive from a plan before they print it: order on paper, days in common, the sources used."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.domain.lines import Line, Plan, Reasons
from planner.domain.model import Country, DemandGroup, Library, Source
from planner.languages.translate import gettext as _
from planner.outputs.said_once import brief
from planner.outputs.words import MOST_ANSWERS, listed, once_each

MOST_NAMED = 3  # things of one reason; of more, these and how many besides
MOST_REASONS = 3  # of a plan, from which on each names less
MOST_BRIEF = 2
Groups = dict[tuple[str, str], dict[str, str]]
"""By answer and reason the titles of what they leave out, by id."""


@dataclass(frozen=True)
class Pattern:
    """Exercises due on the same days. `days` has one truth per day."""

    lines: tuple[Line, ...]
    days: tuple[bool, ...]

    @property
    def daily(self) -> bool:
        return all(self.days)


def patterns(plan: Plan, weeks: int = 1) -> tuple[Pattern, ...]:
    """Exercises grouped by the days they are due in the first `weeks`, daily ones first, in sheet order."""
    days = [day for week in plan.weeks[:weeks] for day in week]
    groups: dict[tuple[bool, ...], list[Line]] = {}
    for line in plan.section("exercises"):
        due = tuple(line.id in day.exercises or line.item.id in day.exercises for day in days)
        groups.setdefault(due, []).append(line)
    found = (Pattern(tuple(lines), due) for due, lines in groups.items())
    return tuple(sorted(found, key=lambda pattern: -sum(pattern.days)))


def walks(plan: Plan) -> tuple[tuple[int, int], ...]:
    """For each week: minutes of walking on a walking day, and how many such days."""
    minutes = [[day.walk for day in week if day.walk] for week in plan.weeks]
    return tuple((max(week, default=0), len(week)) for week in minutes)


def numbered(lines: tuple[Line, ...], among: tuple[Line, ...]) -> str:
    """The numbers of `lines` on the sheet: "1 and 4"."""
    return ", ".join(str(among.index(line) + 1) for line in lines)


def sources_used(plan: Plan, library: Library) -> tuple[Source, ...]:
    """Every source that a line of this plan cites, in the order of the sources file."""
    used = {source for line in (*plan.lines, *plan.folded, *plan.asked) for source in line.sources}
    used |= {source for item in plan.not_advised for source in item.sources}
    used |= {source for reason in plan.triage.reasons for source in reason.flag.sources}
    used |= {*row_sources(plan), *note_sources(plan)}
    return tuple(source for source in library.sources.values() if source.id in used)


def note_sources(plan: Plan) -> tuple[str, ...]:
    """What the notes beside a massage rest on; of those, where there is none, the ones that hold it."""
    part = plan.massage
    if part is None or part.declined:
        return ()
    shown = part.notes if part.recommended else tuple(note for note in part.notes if note.held and part.held)
    return tuple(source for note in shown for source in note.condition.sources)


def row_sources(plan: Plan) -> tuple[str, ...]:
    """What the words about how often to have a massage, or why to have none, rest on."""
    part = plan.massage
    return part.row.sources if part and part.row and not part.held and not part.declined else ()


@dataclass(frozen=True)
class LeftOutReason:
    """One reason of the person's own, and the titles of all that it leaves out."""

    say: str
    titles: tuple[str, ...]


def answers_said(because: Reasons) -> str:
    return listed(once_each(one.answer for one in because if one.answer)[:MOST_ANSWERS])


def left_out_text(because: Reasons) -> str:
    """A demand's reason with the person's answers: "It bends your back a long way, and you said thin bones"."""
    reason = brief(because[0].say, 1).rstrip(".") if because else ""
    answers = answers_said(because)
    return _("%(reason)s, and you said %(answers)s") % {"reason": reason, "answers": answers} if answers else reason


@dataclass(frozen=True)
class LeftOutAnswer:
    """What a person said, and each reason that this alone gives, with a few of the titles that it leaves out."""

    said: str
    reasons: tuple[LeftOutReason, ...]


def left_out_answers(plan: Plan, library: Library) -> tuple[LeftOutAnswer, ...]:
    """What was left out, an entry for each answer: paper has no room to say one answer ten times."""
    groups: Groups = {}
    for one in plan.left_out:
        reason = brief(one.because[0].say, 1).rstrip(".") if one.because else ""
        groups.setdefault((answers_said(one.because), reason), {})[one.id] = one.title
    few = len(groups) > MOST_REASONS
    found: dict[str, list[LeftOutReason]] = {}
    for (said, reason), titles in styles_once(groups, plan, library).items():
        found.setdefault(said, []).append(LeftOutReason(reason, named(titles, few=few)))
    return tuple(LeftOutAnswer(said, tuple(reasons)) for said, reasons in found.items())


def left_out_reasons(plan: Plan, library: Library) -> tuple[LeftOutReason, ...]:
    """What was left out, a line for each reason; of many things with one reason, a few."""
    groups: Groups = {}
    for one in plan.left_out:
        groups.setdefault(("", left_out_text(one.because)), {})[one.id] = one.title
    return tuple(LeftOutReason(say, named(titles)) for (_said, say), titles in styles_once(groups, plan, library).items())


def styles_once(groups: Groups, plan: Plan, library: Library) -> Groups:
    """Titles by id, for each reason. Where one reason leaves out every style but those that are shown, it says so in a few words, and no
    other reason lists a style. A reason for some of them alone names these."""
    shown = {line.id for line in plan.massage.styles} if plan.massage else set()
    others = {f"massage:{name}" for name in library.massages} - shown
    if len(others) <= MOST_BRIEF or not any(others <= titles.keys() for titles in groups.values()):
        return groups
    found = {key: {name: title for name, title in titles.items() if name not in others} for key, titles in groups.items()}
    for key, titles in groups.items():
        if others <= titles.keys():
            found[key] = {"massage": _("every other style of massage"), **found[key]}
    return {key: titles for key, titles in found.items() if titles}


def named(found: dict[str, str], few: bool = False) -> tuple[str, ...]:
    """Titles of what was left out for one reason, of which `found` has the titles by id: all of a few, some of many. `few`: of three or
    more the first alone."""
    titles = tuple(dict.fromkeys(found.values()))
    most = MOST_BRIEF if few else MOST_NAMED
    if len(titles) <= most:
        return titles
    kept = titles[: 1 if few else most]
    return (*kept, _("and %(number)s more") % {"number": len(titles) - len(kept)})


def advised(plan: Plan, library: Library) -> tuple[str, ...]:
    """What triage asks for, a sentence each; two visits that one call can book have one."""
    asked = [library.actions[name] for name in plan.triage.actions]
    said = (next((say for other, say in one.beside.items() if other in plan.triage.actions), one.say) for one in asked)
    return tuple(filter(None, said))


def demand_groups(library: Library) -> tuple[DemandGroup, ...]:
    """Every demand once, in the first group that has it, as columns of a table; those of no group at the end."""
    placed: set[str] = set()
    found: list[DemandGroup] = []
    for group in (*library.groups.values(), DemandGroup("rest", _("Other things"), tuple(library.demands))):
        fresh = tuple(name for name in group.demands if name not in placed)
        placed.update(fresh)
        found += [replace(group, demands=fresh)] if fresh else []
    return tuple(found)


def country_of(plan: Plan, library: Library) -> Country:
    """The plan's country; everywhere else where none is known."""
    return library.countries.get(plan.country) or elsewhere(library)


def elsewhere(library: Library) -> Country:
    """The country that stands for everywhere else: the last one listed. Numbers of a real country must not be guessed."""
    return tuple(library.countries.values())[-1]
