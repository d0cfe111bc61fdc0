"""The plan: one object made from the library and a person's answers, the same for the same answers and date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from planner.domain.answers import Answers
from planner.domain.beside import asked_about, folded_tips, habit_lines, not_advised, selfcare_lines, therapy_lines
from planner.domain.choose import Split, split
from planner.domain.days import MassageDay, Today, Walking
from planner.domain.edits import Edits, edited_exercises, edited_massage, minutes_given
from planner.domain.exercises import Moves, moves
from planner.domain.items import Habit, Massage, Therapy
from planner.domain.journey import Journey
from planner.domain.lazy import Later
from planner.domain.limits import Limits
from planner.domain.lines import GoalWay, LeftOut, Line, MassagePart, Plan, Triage
from planner.domain.lookups import Holding
from planner.domain.massage import massage_part
from planner.domain.measures import line_in_place, line_with_pounds, walk_with_pounds, with_pounds
from planner.domain.model import Library
from planner.domain.rules import LIMITED, Reading, Words, match_any
from planner.domain.sentences import first_wording, fitting, help_for, medicine_lines, way_to_goal, with_titles, words_of_rungs
from planner.domain.staleness import Answered, not_after
from planner.domain.terms import TIERS
from planner.domain.today import check_due, three_things
from planner.domain.walking import walked_at, walking
from planner.domain.weeks import begun, four_weeks

NO_MOVES = Moves((), (), [], 0)


def build(library: Library, answers: Answers, *, on: date, lang: str = "en", country: str = "", edits: Edits | None = None) -> Plan:
    """The plan for a complete set of answers, with a therapist's changes if there are any.

    ValueError if a question of this journey is still open. A change that the rules forbid is not made, and says why under "left out"."""
    return plan_of(Journey(library, answers), on=on, lang=lang, country=country, edits=edits)


def plan_of(journey: Journey, *, on: date, lang: str = "en", country: str = "", edits: Edits | None = None) -> Plan:
    """The plan at the end of a journey."""
    if journey.missing:
        raise ValueError(f"open questions: {', '.join(journey.missing)}")
    reading, triage = journey.reading, journey.triage
    body = PlanParts() if triage.no_plan else PlanParts.of(reading, triage, edits or Edits())
    return body.plan(reading, triage, on, lang, country or str(journey.reachable.get("country", "")), journey.reachable)


def in_pounds(library: Library, country: str) -> bool:
    return country in library.countries and library.countries[country].pounds


@dataclass(frozen=True)
class PlanParts:
    """The lines of one plan while it is put together. As it stands: no massage, no exercise."""

    massage: MassagePart | None = None
    moves: Moves = NO_MOVES
    lines: tuple[Line, ...] = ()
    left_out: Sequence[LeftOut] = ()
    limited: str = "stopped"
    walk: Walking | None = None
    folded: tuple[Line, ...] = ()
    asked: tuple[Line, ...] = ()
    offered: int = 0  # minutes a day

    @classmethod
    def of(cls, reading: Reading, triage: Triage, edits: Edits) -> PlanParts:
        massage, no_massage = massage_part(reading, triage.hold)
        chosen = moves(reading)
        if edits:
            massage = edited_massage(reading, edits, massage)
            chosen = edited_exercises(reading, edits, chosen)
        limited = LIMITED[reading.limits.tier].replace("no", "")
        tips: Split[Habit] = split("habits", reading)
        others: Split[Therapy] = split("therapies", reading) if not limited else Split([], [])
        breathes = any(line.item_id == reading.library.policy.only_breathing for line in chosen.lines)
        due = check_due(reading, triage.level)
        selfcare, no_selfcare = selfcare_lines(reading, massage, breathes, due.covers if due else ())
        home = f"selfcare:{reading.library.policy.home_massage}" in {line.id for line in selfcare}
        beside = (*habit_lines(tips, reading), *selfcare, *therapy_lines(others, reading))
        lines = (*massage.styles, *chosen.lines, *chosen.easing, *beside)
        shown = {line.id for line in lines}  # what a therapist insisted on is not left out as well
        out = no_massage, chosen.left_out, no_selfcare, others.left_out
        left_out = Later(lambda: [one for some in out for one in some if one.id not in shown])
        walk = walked_at(walking(reading), edits.walk_week, reading.library.schedule.check_ins.walk_most)
        folded = folded_tips(tips, reading) if not limited else ()  # neither is for somebody who waits for a check
        asked, offered = asked_about(others, reading), minutes_given(reading, edits)
        return cls(replace(massage, home=home), chosen, lines, left_out, limited, walk, folded, asked, offered)

    def medicines(self, reading: Reading, words: Words) -> tuple[Words, tuple[str, ...]]:
        """The lines about medicines; where there are some, sentences may look it up as held."""
        library = reading.library
        if match_any(library.policy.medicine_when, words) is None:
            return words, ()
        found = medicine_lines(library.tables.medicine, reading.held(library.tables.of_medicine, words))
        return ({**words, "holds": {**words["holds"], "tablets": ()}} if found else words), found

    def way(self, library: Library, held: Holding, typed: str, *, pounds: bool) -> GoalWay:
        """The steps to the goal; none where the plan is stopped."""
        return way_to_goal(library.training.ways, held, typed, library.policy.start_here, pounds=pounds) if self.walk else GoalWay()

    def plan(self, reading: Reading, triage: Triage, on: date, lang: str, country: str, answers: Answers) -> Plan:
        library = reading.library
        words, medicines = self.medicines(reading, self.words(reading, triage))
        tags = tags_of(reading, self.massage)
        goal, typed = str(reading.answers.get("goal", "")), str(reading.extra_words.get("goal_words", ""))
        pounds, held = in_pounds(library, country), reading.held(library.tables.of_plan, words)
        lists: dict[str, Any] = self.advice(library, held, pounds=pounds)
        today = self.today(reading, triage, pounds=pounds)
        return Plan(
            triage=triage,
            headline=first_wording(library.policy.headlines, held),
            lead=first_wording(library.policy.leads, held),
            goal=goal,
            goal_label=goal_label(library, goal),
            goal_words=typed,
            goal_way=self.way(library, held, typed, pounds=pounds),
            today=today,
            massage=self.massage,
            lines=self.said_lines(library, words, pounds=pounds),
            left_out=self.left_out,
            tokens=tokens(self, triage, tags),
            tags=tags,
            limits=strictest(reading.limits, triage),
            stop_box=help_for(library.stop_box, held),
            medicines=medicines,
            **lists,
            massage_day=self.massage_day(library, held),
            walk=walk_with_pounds(self.walk) if self.walk and pounds else self.walk,
            minutes_offered=self.offered,
            minutes_used=self.moves.minutes,
            weeks=four_weeks(self.lines, self.massage, self.walk, begun(on, self.lines, today)) if self.walk else (),
            limited=self.limited,
            notes=tuple([wording.text for wording in held.rows(library.policy.notes)]),
            country=country,
            lang=lang,
            content_version=library.version,
            reviewed=library.reviewed,
            made_on=on,
            review_on=on + timedelta(days=library.schedule.review_days),
            not_after=not_after(held.rows(library.tables.stale), Answered(on)),
            folded=self.folded,
            asked=self.asked,
            not_advised=self.not_advised(library, words),
            answers=answers,
        )

    def said_lines(self, library: Library, words: Words, *, pounds: bool) -> tuple[Line, ...]:
        """The lines in the words of this person: no mat for those who cannot get down to one, and pounds where they are used."""
        lines, training = self.lines, library.training
        if match_any(training.bed_when, words) is not None:
            lines = tuple(line_in_place(one, training.bed_or_mat, training.bed_alone) for one in lines)
        return tuple(map(line_with_pounds, lines)) if pounds else lines

    def advice(self, library: Library, held: Holding, *, pounds: bool) -> dict[str, tuple[str, ...]]:
        """The short lists of a plan; empty where there is none."""
        tables = library.advice.tables
        if not self.walk:
            return dict.fromkeys(("expect", "move_on", "review", "work", "flare"), ())
        move_on = tuple(with_titles(say, self.lines) for say in fitting(held.rows(tables["move_on"]), personal_first=False))
        return {
            "expect": fitting(held.rows(tables["expect"])),
            "move_on": tuple(map(with_pounds, move_on)) if pounds else move_on,
            "review": fitting(held.rows(tables["review"]), personal_first=False),
            "work": fitting(held.rows(tables["work"])),
            "flare": fitting(held.rows(tables["flare"])),
        }

    def not_advised(self, library: Library, words: Words) -> tuple[Therapy, ...]:
        shown = self.asked or "therapies" in {line.section for line in self.lines}
        return not_advised(library.therapies, words, self.asked) if shown else ()

    def today(self, reading: Reading, triage: Triage, *, pounds: bool) -> tuple[Today, ...]:
        found = three_things(reading, triage.level, self.moves, self.walk, self.lines) if self.walk else ()
        return tuple(replace(one, text=with_pounds(one.text)) for one in found) if pounds else found

    def massage_day(self, library: Library, held: Holding) -> MassageDay:
        if not self.massage or not self.massage.recommended:
            return MassageDay()
        rows = {name: held.rows(table) for name, table in library.advice.tables.items()}
        before, during, after, trained = (fitting(rows[name]) for name in ("before", "during", "after", "trained"))
        seek_help, questions = (fitting(rows[name], personal_first=False) for name in ("seek_help", "questions"))
        return MassageDay(before, during, after, seek_help, trained, questions)

    def words(self, reading: Reading, triage: Triage) -> Words:
        """Words for headlines, boxes and notes: the answers' own, and what the plan came to."""
        part = self.massage
        massage = "held" if part is None or part.held else part.freq if part.recommended else "none"
        holds: set[str] = {line.exercise.purpose for line in self.lines if line.section == "exercises"} | {line.id for line in self.lines}
        holds |= self.walk.words if self.walk else set()
        holds |= words_of_rungs(self.lines)
        if part and part.recommended:
            holds |= {"massage", *(("massage_light",) if part.pressure_ask < reading.library.schedule.normal_from else ())}
        made: dict[str, set[str]] = {"level": {triage.level}, "massage": {massage}, "limited": {self.limited or "no"}, "holds": holds}
        made["load"] = {"grows" if "grows" in holds else "steady"}
        made["eases"] = {self.moves.eases} if self.moves.eases else set()
        typed = str(reading.extra_words.get("goal_words", "")).casefold()
        made["heard"] = {one.id for one in reading.library.policy.heard if any(word.casefold() in typed for word in one.words)}
        return {**reading.words, **{key: dict.fromkeys(sorted(some), ()) for key, some in made.items()}}


def strictest(limits: Limits, triage: Triage) -> Limits:
    """The limits that this plan was made under; a plan that is stopped allows nothing."""
    return replace(limits, tier=TIERS[0]) if triage.no_plan else limits


def tags_of(reading: Reading, massage: MassagePart | None) -> tuple[str, ...]:
    """Tags of the conditions that apply, of the tag rules that match, and of the massage that is shown."""
    if massage is None:
        return ()
    found = [tag for one in reading.conditions for tag in one.condition.tags]
    found += [rule.id for rule in reading.holds.rows(reading.library.policy.tags)]
    if any(one.held and one.level == "clinician" for one in reading.conditions):
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
    if part is None or part.held or part.declined:
        found.append("massage:hold")
    elif part.recommended:
        found += [f"pressure:max:{part.pressure_max}", *(f"position:{place}" for place in part.positions), f"session:{part.minutes}"]
    found.append(f"freq:{part.freq if part and part.recommended else 'none'}")
    found += [f"tag:{tag}" for tag in tags] + [f"action:{action}" for action in triage.actions]
    return tuple(dict.fromkeys(found))


def goal_label(library: Library, goal: str) -> str:
    question = library.questions.get("goal")
    return next((option.label for option in question.options if option.id == goal), "") if question and goal != "none" else ""
