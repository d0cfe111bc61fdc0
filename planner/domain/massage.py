"""The massage part of a plan: held or not, which style, how firm, how long and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from planner.domain.active import Active
from planner.domain.choose import Ranked, Split, because_of_condition, line_of, notes_of, ranked, split
from planner.domain.conditions import Condition
from planner.domain.lazy import Later
from planner.domain.limits import MOST_OFTEN, PRESSURE
from planner.domain.lines import Because, LeftOut, Line, MassagePart, Reasons
from planner.domain.model import Frequency, FrequencyRow, Massage, Position
from planner.domain.rules import Reading, Words, match, match_any, said
from planner.domain.terms import Pairs

LENGTHS = (60, 45, 30, 20, 15)
FREQUENCIES: tuple[Frequency, ...] = ("weekly", "fortnightly", "monthly", "as_wanted")
"""From most to least often; below them is none."""
NO_MORE = 9  # steps down that mean none
PLACES_WORD = "{PLACES}"  # in a style's `ask`: where this person has pain


def massage_part(reading: Reading, flag_hold: bool) -> tuple[MassagePart, Sequence[LeftOut]]:
    """The massage section and the styles left out. `flag_hold`: triage stops massage until cleared."""
    limits = reading.limits
    declined = "touch_declined" in reading.words
    found = styles(reading)
    held = flag_hold or bool(limits.held) or not found.allowed or limits.tier_before != "all"  # clinical plan 4.1
    shown = [] if held or declined else shortlist(found.allowed, reading)
    row, minutes = frequency(reading, shown[0].item) if shown else (None, 0)
    if row is not None and row.freq == "none":
        shown = []
    if row is not None and row.block == 1:
        shown = shown[:1]  # one session leaves no choice of styles
    lying = positions(shown[0].item, reading) if shown else ()
    part = MassagePart(
        held=held and not declined,
        declined=declined,
        styles=tuple(style_line(one, reading) for one in shown),
        pressure_max=limits.cap if shown else 0,
        pressure_ask=asked(shown[0].item, reading) if shown else 0,
        positions=lying,
        position_notes=_once(one.condition.position_note for one in reading.conditions if notes_position(one.condition, lying)),
        minutes=minutes if shown else 0,
        freq=often(row, reading) if row else "none",
        row=row,
        row_because=reading.because_later(row.because, match(row.when, row_words(reading)) or ()) if row else (),
        tell=told_once(one.condition.tell for one in reading.conditions) if shown else (),
        areas_off=places_off(reading) if shown else (),
        notes=notes_of(reading),
        home=False,
    )
    return part, found.left_out if shown else ()


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


def told_once(told: Iterable[str]) -> tuple[str, ...]:
    """What to tell the therapist, each sentence once, however many conditions ask for it."""
    seen: dict[str, None] = {}

    def left(words: str) -> Iterator[str]:
        for sentence in words.replace(". ", ".\n").split("\n"):
            if sentence not in seen:
                seen[sentence] = None
                yield sentence

    return _once(" ".join(left(words)) for words in told)


def places_off(reading: Reading) -> tuple[str, ...]:
    """Where the therapist keeps away from: the places of everybody first."""
    policy = reading.library.policy
    here = (one.say for one in policy.areas_off_where if match_any(one.when, reading.words) is not None)
    return _once((*policy.areas_off, *here, *(place for one in reading.conditions for place in one.condition.areas_off)))


def style_line(one: Ranked[Massage], reading: Reading) -> Line:
    """A style as a line: with this person's places in what to ask for, and no reason that names another pressure than is asked for."""
    wish = next((PRESSURE[word] for word in reading.words.get("pressure_pref", {}) if word in PRESSURE), 0)
    off = {*reading.library.policy.not_worked_on, *(place for found in reading.conditions for place in found.condition.not_worked_on)}
    areas = [word for word in reading.words.get("areas", {}) if word not in off]
    item = one.item
    if areas:
        item = replace(item, ask=item.ask.replace(PLACES_WORD, ", ".join(said(reading.library, "areas", word) for word in areas)))

    def because() -> Reasons:
        kept = [why for why in one.because if why.question_id != "pressure_pref" or wish == asked(one.item, reading)]
        return kept or [Because(item.because)]

    return line_of(one, "massage", reading)._replace(item=item, because=Later(because))


def notes_position(condition: Condition, offered: tuple[Position, ...]) -> bool:
    """True where its note about a position is of use: the massage offers that one, or any where the note is about none."""
    return bool(offered) and (not condition.position_note_about or condition.position_note_about in offered)


def most_asked(reading: Reading) -> int:
    """The firmest that anybody asks for at first: what conditions begin with, and no more than for calm where there is no pain."""
    return min(reading.limits.begin, reading.library.policy.calm_pressure) if for_calm(reading) else reading.limits.begin


def for_calm(reading: Reading) -> Pairs:
    """The answers of somebody whose massage is for calm alone; empty for everybody else."""
    return match_any(reading.library.policy.calm, reading.words) or ()


def asked(style: Massage, reading: Reading) -> int:
    """The pressure to ask for: min(cap, begin, style). Source: clinical plan 4.2."""
    return min(most_asked(reading), style.pressure[1])


def styles(reading: Reading) -> Split[Massage]:
    """Styles that may be shown, best first: no limit bars them, they work with the pressure asked for, a position is left."""
    parted: Split[Massage] = split("massage", reading, excluded(reading))
    most, items = most_asked(reading), [one.item for one in parted.allowed]
    kept = {one.id: one for one in items if one.pressure[0] <= most and positions(one, reading) and not out_of_reach(one, reading)}

    def left_out() -> Iterator[LeftOut]:
        yield from parted.left_out
        for one in items:
            if one.id not in kept:
                why = pressure_because(reading) if one.pressure[0] > most else position_because(reading)
                yield LeftOut(f"massage:{one.id}", one.title, why)

    return Split(ranked(kept.values(), "massage", reading, as_given(reading)), Later(left_out))


def as_given(reading: Reading) -> Words:
    """Who likes it firmer than it is asked for is given styles of the pressure that they get. Source: clinical plan 4.2."""
    most = most_asked(reading)
    wish = next((word for word in reading.words.get("pressure_pref", {}) if PRESSURE.get(word, 0) > most), "")
    given = next((word for word, number in PRESSURE.items() if number == max(most, PRESSURE["light"])), "")
    if not wish or not given:
        return reading.words
    said = {"pressure_pref": {given: reading.words["pressure_pref"][wish]}}
    instead = {**reading.words, **said}
    tables = (reading.library.flag_table, reading.library.condition_table)
    rests = [lookup for table in tables for lookup in table.asking.get("pressure_pref", ())]
    if any(match(lookup, words) is not None for lookup in rests for words in (reading.words, instead)):
        return replace(reading, told={**reading.told, **said}).words
    return instead


def excluded(reading: Reading) -> dict[str, tuple[Because, ...]]:
    """Styles that a condition leaves out by name: all but its `only`, and its `soft_styles`."""
    found: dict[str, tuple[Because, ...]] = {}
    for one in reading.conditions:
        for name in reading.library.massages if one.condition.only or one.condition.soft_styles else ():
            if (one.condition.only and name not in one.condition.only) or name in one.condition.soft_styles:
                found.setdefault(name, because_of_condition(one, reading))
    return found


def shortlist(allowed: list[Ranked[Massage]], reading: Reading) -> list[Ranked[Massage]]:
    """The best style, then others with points of the person's own and another character. Source: clinical plan 4.2."""
    policy = reading.library.policy
    shown = allowed[:1]
    for one in allowed[1:]:
        other = all(one.item.character != before.item.character for before in shown)
        if len(shown) <= policy.alternatives and other and one.points >= policy.alternative_points:
            shown.append(one)
    return shown


def pressure_because(reading: Reading) -> tuple[Because, ...]:
    """Why the pressure is kept down: the condition that keeps it lowest, or the person's own wish."""
    most, held = most_asked(reading), reading.conditions
    first = next((one for one in held if one.condition.begin == most), None) or next(
        (one for one in held if one.condition.cap == reading.limits.cap), None
    )
    policy = reading.library.policy
    if first:
        return reading.because(first.condition.pressure_because or policy.pressure_because, first.pairs)
    pairs = for_calm(reading) or tuple(pair for found in reading.words.get("pressure_pref", {}).values() for pair in found)
    return reading.because(policy.pressure_wish, pairs)


def position_because(reading: Reading) -> tuple[Because, ...]:
    """Why no position of a style is left: the condition that takes one away or wants another."""
    wanting = (one for one in reading.conditions if one.condition.positions_off or one.condition.positions_needed)
    return reading.because(reading.library.policy.position_because, next((one.pairs for one in wanting), ()))


def positions(style: Massage, reading: Reading) -> tuple[Position, ...]:
    """The style's positions that no condition takes away: those alone that one wants, or else those first that one prefers.

    Who needs a seat has it before anything that another condition wants."""
    off = reading.limits.positions_off
    left = tuple([place for place in style.positions if place not in off])
    for places in reading.positions_only:
        if only := tuple([place for place in places if place in left]):
            return only
    first = [place for place in reading.positions_first if place in left]
    return tuple(dict.fromkeys((*first, *left)))


def out_of_reach(style: Massage, reading: Reading) -> bool:
    """True for a style that offers no position that this person needs; it is `soft`, so a therapist may still choose it."""
    needed = [one.condition.positions_needed for one in reading.conditions if one.condition.positions_needed]
    return any(not set(places) & set(style.positions) for places in needed)


def frequency(reading: Reading, style: Massage) -> tuple[FrequencyRow, int]:
    """The row that says how often, and the minutes: the least of the row, every condition and the style."""
    words = row_words(reading)
    rows = reading.library.schedule.frequencies
    row = (reading.holds.first(rows) if words is reading.words else None) or rows.row_for(words)
    most = min(reading.limits.minutes, style.minutes[1], row.minutes)
    return row, next(length for length in LENGTHS if length <= most)


def row_words(reading: Reading) -> Words:
    """Who may not go weekly gets the rows of those who could not pay for it: at most every 2 weeks, and with words that agree."""
    budget = reading.words.get("budget", {})
    if reading.limits.at_most == FREQUENCIES[0] or "flexible" not in budget:
        return reading.words
    return {**reading.words, "budget": {"some": budget["flexible"]}}


def often(row: FrequencyRow, reading: Reading) -> Frequency:
    """How often: the row's answer, or less where a condition says so."""
    if row.freq not in MOST_OFTEN:
        return row.freq
    return max(row.freq, reading.limits.at_most, key=MOST_OFTEN.index)


def less_often(freq: Frequency, steps: int) -> Frequency:
    """So many levels down: clinical table (d). NO_MORE of them is no massage at all."""
    if freq == "none" or steps >= NO_MORE:
        return "none"
    return FREQUENCIES[min(FREQUENCIES.index(freq) + steps, len(FREQUENCIES) - 1)]


def excluding(style: Massage, reading: Reading) -> tuple[Active, ...]:
    """The conditions that leave a style out by its name."""
    held = (one for one in reading.conditions if one.condition.only or one.condition.soft_styles)
    return tuple(
        one for one in held if style.id in one.condition.soft_styles or (one.condition.only and style.id not in one.condition.only)
    )


def style_barred(style: Massage, reading: Reading) -> tuple[Because, ...]:
    """Why a style is left out by a demand or by name; empty if it is not."""
    return excluded(reading).get(style.id, ()) or reading.why_barred(style.demands)
