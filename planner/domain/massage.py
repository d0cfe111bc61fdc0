"""The massage part of a plan: held or not, which style, how firm, how long and how often."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.choose import Ranked, Split, line_of, ranked, split
from planner.domain.lines import Because, CautionNote, LeftOut, MassagePart
from planner.domain.model import Frequency, FrequencyRow, Massage, Position
from planner.domain.rules import Active, Reading, match

PRESSURE = {"light": 2, "medium": 3, "firm": 4}
LENGTHS = (60, 45, 30, 20, 15)
FREQUENCIES: tuple[Frequency, ...] = ("weekly", "fortnightly", "monthly", "as_wanted")
"""From most to least often; below them is none."""
NO_MORE = 9  # steps down that mean none


@dataclass(frozen=True)
class Limits:
    """What all cautions together allow: the strictest of each."""

    cap: int
    begin: int
    minutes: int
    positions_off: frozenset[Position]
    excluded: dict[str, tuple[Because, ...]]
    held: tuple[Active, ...]


def limits(reading: Reading) -> Limits:
    """The strictest cap, length and position of every caution that applies, and which styles they exclude."""
    cautions = reading.cautions
    preference = next((PRESSURE[word] for word in reading.words.get("pressure_pref", {}) if word in PRESSURE), 4)
    cap = min([reading.library.policy.highest_pressure, preference, *(one.caution.cap for one in cautions)])
    begins = [one.caution.begin for one in cautions if one.caution.begin]
    excluded: dict[str, tuple[Because, ...]] = {}
    for one in cautions:
        caution = one.caution
        for name in reading.library.massages:
            if name in caution.exclude or "all" in caution.exclude or (caution.only and name not in caution.only):
                excluded.setdefault(name, reading.because(caution.say, one.pairs))
    return Limits(
        cap=cap,
        begin=min([cap, *begins]),
        minutes=min([60, *(one.caution.minutes_max for one in cautions)]),
        positions_off=frozenset(place for one in cautions for place in one.caution.positions_off),
        excluded=excluded,
        held=tuple(one for one in cautions if one.held),
    )


def massage_part(reading: Reading, flag_hold: bool) -> tuple[MassagePart, list[LeftOut]]:
    """The massage section and the styles left out. `flag_hold`: triage stops massage until cleared."""
    allow = limits(reading)
    parted = styles(reading, allow)
    held = flag_hold or bool(allow.held) or not parted.allowed
    shown = [] if held else parted.allowed[: 1 + reading.library.policy.alternatives]
    row, minutes = frequency(reading, allow, shown[0].item) if shown else (None, 0)
    part = MassagePart(
        held=held,
        declined="touch_declined" in reading.words,
        styles=tuple(line_of(one, "massage", reading) for one in shown),
        pressure_max=0 if held else allow.cap,
        pressure_ask=0 if held else min(allow.begin, shown[0].item.pressure[1]),
        positions=positions(shown[0].item, reading, allow) if shown else (),
        position_notes=tuple(dict.fromkeys(one.caution.position_note for one in reading.cautions if one.caution.position_note)),
        minutes=minutes,
        freq=row.freq if row else "none",
        row=row,
        row_because=reading.because(row.because, match(row.when, reading.words) or ()) if row else (),
        tell=tuple(dict.fromkeys(one.caution.tell for one in reading.cautions if one.caution.tell)),
        notes=tuple(CautionNote(one.caution, reading.because(one.caution.say, one.pairs), one.held) for one in reading.cautions),
        home=False,
    )
    return part, [] if held else parted.left_out


def styles(reading: Reading, allow: Limits) -> Split[Massage]:
    """Styles that may be shown, best first: not excluded, reachable at the cap, with a position left."""
    parted = split(reading.library.massages, reading, "massage", allow.excluded)
    kept: list[Ranked[Massage]] = []
    for one in parted.allowed:
        lowest = one.item.pressure[0]
        if lowest > allow.cap:
            parted.left_out.append(LeftOut(f"massage:{one.item.id}", one.item.title, pressure_because(reading, allow.cap)))
        elif positions(one.item, reading, allow):
            kept.append(one)
        else:
            parted.left_out.append(LeftOut(f"massage:{one.item.id}", one.item.title, position_because(reading)))
    return Split(ranked((one.item for one in kept), reading), parted.left_out)


def pressure_because(reading: Reading, cap: int) -> tuple[Because, ...]:
    """Why the pressure is capped: the strictest caution, or the person's own wish."""
    for one in reading.cautions:
        if one.caution.cap == cap:
            return reading.because(one.caution.say, one.pairs)
    pairs = tuple(pair for found in reading.words.get("pressure_pref", {}).values() for pair in found)
    return reading.because(reading.library.policy.pressure_because, pairs)


def position_because(reading: Reading) -> tuple[Because, ...]:
    one = next(one for one in reading.cautions if one.caution.positions_off)
    return reading.because(one.caution.say, one.pairs)


def positions(style: Massage, reading: Reading, allow: Limits) -> tuple[Position, ...]:
    """The style's positions that no caution takes away; those that a caution prefers come first."""
    left = [place for place in style.positions if place not in allow.positions_off]
    first = [place for one in reading.cautions for place in one.caution.positions_first if place in left]
    return tuple(dict.fromkeys((*first, *left)))


def frequency(reading: Reading, allow: Limits, style: Massage) -> tuple[FrequencyRow, int]:
    """The row that says how often, and the minutes: the least of every matching row, every caution and the style."""
    rows = [row for row in reading.library.schedule.frequency if match(row.when, reading.words) is not None]
    most = min([allow.minutes, style.minutes[1], *(row.minutes for row in rows)])
    return rows[0], next(length for length in LENGTHS if length <= most)


def less_often(freq: Frequency, steps: int) -> Frequency:
    """So many levels down: clinical table (d). NO_MORE of them is no massage at all."""
    if freq == "none" or steps >= NO_MORE:
        return "none"
    return FREQUENCIES[min(FREQUENCIES.index(freq) + steps, len(FREQUENCIES) - 1)]
