"""The plan: one object made from the library and a person's answers, the same for the same answers and date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from planner.domain.answers import Answers
from planner.domain.choose import Split, excluded_by_cautions, line_of, split
from planner.domain.edits import Edits, edited_exercises, edited_massage
from planner.domain.exercises import exercise_lines, minutes_offered
from planner.domain.journey import Journey
from planner.domain.lines import Because, LeftOut, Line, MassagePart, Plan, Today, Triage
from planner.domain.massage import massage_part
from planner.domain.model import Library, Massage, Wording
from planner.domain.rules import Reading, match, match_any
from planner.domain.weeks import four_weeks


def build(library: Library, answers: Answers, *, on: date, lang: str = "en", country: str = "", edits: Edits | None = None) -> Plan:
    """The plan for a complete set of answers, with a therapist's changes if there are any.

    ValueError if a question of this journey is still open. A change that the rules forbid is not made, and says why under "left out"."""
    journey = Journey(library, answers)
    if journey.missing:
        raise ValueError(f"open questions: {', '.join(journey.missing)}")
    reading, triage = journey.reading, journey.triage
    body = PlanParts.stopped() if triage.no_plan else PlanParts.of(reading, triage, edits or Edits())
    return body.plan(reading, triage, on, lang, country or str(journey.reachable.get("country", "")))


def starters_only(triage: Triage, massage: MassagePart) -> bool:
    """While a clinician's check is awaited: only gentle starters."""
    return triage.level == "see_clinician" and (triage.hold or any(note.held and note.caution.medical for note in massage.notes))


class PlanParts:
    """The lines of one plan while it is put together."""

    def __init__(self, massage: MassagePart | None, lines: tuple[Line, ...], left_out: list[LeftOut], limited: str) -> None:
        self.massage = massage
        self.lines = lines
        self.left_out = left_out
        self.limited = limited

    @classmethod
    def stopped(cls) -> PlanParts:
        """No massage, no exercise: triage has stopped the plan."""
        return cls(None, (), [], "stopped")

    @classmethod
    def of(cls, reading: Reading, triage: Triage, edits: Edits) -> PlanParts:
        massage, left_out = massage_part(reading, triage.hold)
        waits = starters_only(triage, massage)
        exercises, no_exercises = exercise_lines(reading, starters_only=waits)
        if edits:
            massage = edited_massage(reading, edits, massage)
            exercises, refused = edited_exercises(reading, edits, exercises, minutes_offered(reading), starters_only=waits)
            no_exercises = [*no_exercises, *(one for one in refused if one.id not in {other.id for other in no_exercises})]
        limited = "breathing" if "surgery_lt6w" in reading.words else "starters" if waits else ""
        habits, _ = chosen_lines(reading, "habits", reading.library.policy.habits)
        selfcare, no_selfcare = selfcare_lines(reading, massage)
        therapies, no_therapies = ((), []) if limited else therapy_lines(reading)
        home = f"selfcare:{reading.library.policy.home_massage}" in {line.id for line in selfcare}
        lines = (*massage.styles, *exercises, *habits, *selfcare, *therapies)
        return cls(replace(massage, home=home), lines, left_out + no_exercises + no_selfcare + no_therapies, limited)

    def plan(self, reading: Reading, triage: Triage, on: date, lang: str, country: str) -> Plan:
        library = reading.library
        goal = str(reading.answers.get("goal", ""))
        tags = tags_of(reading, self.massage)
        words = derived(reading, triage, self)
        return Plan(
            triage=triage,
            headline=first_wording(library.policy.headline, words),
            lead=first_wording(library.policy.lead, words),
            goal=goal,
            goal_label=goal_label(library, goal),
            goal_words=str(reading.extra_words.get("goal_words", "")),
            today=today(self, reading),
            massage=self.massage,
            lines=self.lines,
            left_out=tuple(self.left_out),
            tokens=tokens(self, triage, tags),
            tags=tags,
            minutes_offered=0 if triage.no_plan else minutes_offered(reading),
            minutes_used=sum(line.minutes for line in self.lines),
            weeks=four_weeks(self.lines, self.massage, reading) if not triage.no_plan else (),
            limited=self.limited,
            notes=tuple(wording.text for wording in library.policy.note if match(wording.when, words) is not None),
            country=country,
            lang=lang,
            content_version=library.version,
            reviewed=library.reviewed,
            made_on=on,
            review_on=on + timedelta(days=library.schedule.review_days),
        )


def chosen_lines(
    reading: Reading, section: str, most: int, excluded: Mapping[str, tuple[Because, ...]] | None = None
) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """The best `most` items of a section that have at least one point."""
    parted: Split[Any] = split(getattr(reading.library, section), reading, section, excluded)
    best = [one for one in parted.allowed if one.points > 0][:most]
    return tuple(line_of(one, section, reading) for one in best), parted.left_out


def selfcare_lines(reading: Reading, massage: MassagePart) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """Walking for everybody, then the best of the rest. What holds massage holds home massage too."""
    policy = reading.library.policy
    excluded = excluded_by_cautions(reading, "exclude_selfcare")
    if massage.held:
        excluded.setdefault(
            policy.home_massage, next((note.because for note in massage.notes if note.held), (Because(policy.held_because),))
        )
    lines, left_out = chosen_lines(reading, "selfcare", policy.selfcare, excluded)
    always = split({name: reading.library.selfcare[name] for name in policy.always_selfcare}, reading, "selfcare").allowed
    first = tuple(line_of(one, "selfcare", reading) for one in always)
    lines = lines[: policy.selfcare_usual] + tuple(line for line in lines[policy.selfcare_usual :] if line.points >= policy.selfcare_must)
    known = {line.id for line in first}
    return (*first, *(line for line in lines if line.id not in known)), left_out


def therapy_lines(reading: Reading) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """At most one therapy that is movement, and one of mind and body if stress, sleep or worry is high."""
    excluded = excluded_by_cautions(reading, "exclude_therapies")
    parted = split(reading.library.therapies, reading, "therapies", excluded)
    found = [one for one in parted.allowed if one.points > 0]
    kinds = ("movement", "mind_body") if "distress" in reading.words else ("movement",)
    best = [next((one for one in found if one.item.kind == kind), None) for kind in kinds]
    lines = tuple(line_of(one, "therapies", reading) for one in best if one is not None)
    return lines[: reading.library.policy.therapies], parted.left_out


def tags_of(reading: Reading, massage: MassagePart | None) -> tuple[str, ...]:
    """Tags of the cautions that apply, of the tag rules that match, and of the massage that is shown."""
    if massage is None:
        return ()
    found = [tag for one in reading.cautions for tag in one.caution.tags]
    found += [rule.id for rule in reading.library.policy.tag if match_any(rule.when, reading.words) is not None]
    if any(one.held and one.level == "clinician" for one in reading.cautions):
        found.append("clinician_ok_before_massage")
    if massage.styles:
        styles = [line.item for line in massage.styles if isinstance(line.item, Massage)]
        found += ["review_after_4", "evidence_low", *(tag for style in styles for tag in style.tags)]
    if massage.home:
        found.append("home_massage_option")
    return tuple(dict.fromkeys(found))


def tokens(body: PlanParts, triage: Triage, tags: tuple[str, ...]) -> tuple[str, ...]:
    """The plan as a set of tokens: what is recommended, allowed and to be done."""
    part = body.massage
    found = [line.id for line in body.lines]
    if part is None or part.held:
        found.append("massage:hold")
    else:
        found += [f"pressure:max:{part.pressure_max}", *(f"position:{place}" for place in part.positions), f"session:{part.minutes}"]
    found.append(f"freq:{part.freq if part else 'none'}")
    found += [f"tag:{tag}" for tag in tags] + [f"action:{action}" for action in triage.actions]
    return tuple(dict.fromkeys(found))


def derived(reading: Reading, triage: Triage, body: PlanParts) -> dict[str, Mapping[str, tuple[tuple[str, str], ...]]]:
    """Words for headlines and notes: the answers' own, and what the plan came to."""
    part = body.massage
    massage = "held" if part is None or part.held else part.freq
    words = dict(reading.words)
    words |= {"level": {triage.level: ()}, "massage": {massage: ()}, "limited": {body.limited or "no": ()}}
    return words


def first_wording(wordings: tuple[Wording, ...], words: Mapping[str, Mapping[str, tuple[tuple[str, str], ...]]]) -> str:
    return next((wording.text for wording in wordings if match(wording.when, words) is not None), "")


def goal_label(library: Library, goal: str) -> str:
    question = library.questions.get("goal")
    return next((option.label for option in question.options if option.id == goal), "") if question and goal != "none" else ""


def today(body: PlanParts, reading: Reading) -> tuple[Today, ...]:
    """Three things for today: the best-ranked exercise, walking, and the first change to the day (or self-care)."""
    exercises = [line for line in body.lines if line.section == "exercises" and line.dose and line.dose.days_a_week == 7]
    exercises = exercises or [line for line in body.lines if line.section == "exercises"]
    walk = [line for line in body.lines if line.section == "selfcare" and line.item_id in reading.library.policy.always_selfcare]
    habits = [line for line in body.lines if line.section == "habits"]
    others = [line for line in body.lines if line.section == "selfcare" and line not in walk]
    picked = [*exercises[:1], *walk[:1], *habits[:1], *others][:3]
    return tuple(Today(line.title, line.short, line.id) for line in picked)
