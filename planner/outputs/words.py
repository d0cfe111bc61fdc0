"""How doses, days, pressure, positions, dates and numbers are said. Pure functions; words are gettext's, dates and lists Babel's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from babel.lists import format_list

from planner.domain.lines import Because, Reasons
from planner.domain.model import Certainty, Country, Dose, Frequency, Level, Position, Source, Start
from planner.languages.translate import N_, day_names, locale, long_date, ngettext
from planner.languages.translate import gettext as _
from planner.outputs.local_words import local, placed

THREADS: dict[Certainty, int] = {"very_low": 1, "low": 2, "moderate": 3, "high": 4}
MOST_ANSWERS = 3  # in one "because you said"


def dose_big(dose: Dose) -> str:
    """The numerals a person reads from across the room: "2 × 30 s", "5 times"."""
    if dose.seconds:
        time = seconds_text(dose.seconds)
        return f"{dose.sets} × {time}" if dose.sets > 1 else time
    if dose.hold_seconds and dose.sets == 1:
        return f"{dose.repeats} × {seconds_text(dose.hold_seconds)}"
    if dose.sets > 1:
        return f"{dose.sets} × {dose.repeats}"
    return ngettext("%(n)d time", "%(n)d times", dose.repeats) % {"n": dose.repeats}


def dose_rest(dose: Dose) -> tuple[str, ...]:
    """What follows the big numerals: hold, sides, a note such as "each way", times a day, days a week."""
    hold = dose.hold_seconds if dose.sets > 1 and not dose.seconds else 0
    parts = [
        _("hold %(time)s") % {"time": seconds_text(hold)} if hold else "",
        _("each side") if dose.sides == 2 else "",
        dose.note,
        times_text(dose.times_a_day) if dose.times_a_day > 1 or dose.days_a_week == 7 else "",
        days_text(dose) if dose.days_a_week < 7 else "",
    ]
    return tuple(part for part in parts if part)


def dose_text(dose: Dose) -> str:
    """The whole dose in a line: "2 × 30 s each side, twice a day, 3 days a week"."""
    side = " " + _("each side") if dose.sides == 2 else ""
    rest = [part for part in dose_rest(dose) if part != _("each side")]
    return ", ".join([dose_big(dose) + side, *rest])


def seconds_text(seconds: int) -> str:
    if seconds >= 120 and seconds % 60 == 0:
        return _("%(n)d min") % {"n": seconds // 60}
    return _("%(n)d s") % {"n": seconds}


def times_text(times: int) -> str:
    if times == 1:
        return _("once a day")
    return _("twice a day") if times == 2 else _("%(n)d times a day") % {"n": times}


def days_text(dose: Dose) -> str:
    if dose.days_a_week == 7:
        return _("every day")
    return ngettext("%(n)d day a week", "%(n)d days a week", dose.days_a_week) % {"n": dose.days_a_week}


def minutes_text(minutes: int) -> str:
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


CERTAINTY_WORDS: dict[Certainty, str] = {
    "high": N_("High certainty"),
    "moderate": N_("Moderate certainty"),
    "low": N_("Low certainty"),
    "very_low": N_("Very low certainty"),
}


def certainty_text(certainty: Certainty) -> str:
    return _(CERTAINTY_WORDS[certainty])


def threads(certainty: Certainty) -> int:
    """How many of the four threads of the certainty sign are filled."""
    return THREADS[certainty]


def position_text(position: Position) -> str:
    return {
        "prone": _("on your front"),
        "supine": _("on your back"),
        "side_lying": _("on your side"),
        "seated": _("sitting"),
        "semi_reclined": _("leaning back, half sitting"),
    }[position]


START_WORDS: dict[Start, str] = {
    "supine": N_("lying on your back"),
    "prone": N_("lying on your front"),
    "side": N_("lying on your side"),
    "kneeling": N_("kneeling"),
    "chair": N_("on a chair"),
    "standing": N_("standing"),
    "any": N_("any position"),
}


def start_text(start: Start) -> str:
    return _(START_WORDS[start])


def freq_text(freq: Frequency) -> str:
    return {
        "none": _("none planned"),
        "as_wanted": _("if you like it"),
        "weekly": _("once a week"),
        "fortnightly": _("every 2 weeks"),
        "monthly": _("once a month"),
    }[freq]


def level_text(level: Level) -> str:
    return {
        "self_care": _("You can look after this yourself"),
        "see_clinician": _("Get this checked"),
        "urgent": _("Get help today"),
        "emergency": _("Get help now"),
    }[level]


def pressure_name(pressure: int) -> str:
    return (_("none"), _("very light"), _("light"), _("medium"), _("firm"), _("never"))[pressure]


def pressure_text(pressure: int) -> str:
    return (
        _("No pressure for now."),
        _("Very light. Only the skin moves."),
        _("Light, slow and calm."),
        _("Medium. You feel it work, and it stays easy."),
        _("Firm, and tender at most 5 out of 10."),
        _("Never. It is too hard for anybody."),
    )[pressure]


def day_name(day: int) -> str:
    """Monday is 0."""
    return day_names("wide", locale())[day]


def day_short(day: int) -> str:
    return day_names("abbreviated", locale())[day]


def day_letter(day: int) -> str:
    return day_names("narrow", locale())[day]


def date_text(day: date) -> str:
    return long_date(day, locale())


def source_text(source: Source) -> str:
    return f"{source.publisher} {source.year}" if source.year else source.publisher


def dialled(phone: str) -> str:
    """The first telephone number of what people write, as a phone dials it; empty if that can't be told."""
    first = re.split(r"ext|x|#|/|,|;|\bor\b", phone.lower(), maxsplit=1)[0].strip()
    digits = re.sub(r"[\s().-]", "", first.replace("(0)", "") if first.startswith("+") else first)
    return digits if re.fullmatch(r"\+?[0-9]{3,15}", digits) else ""


def numbers(country: Country, text: str) -> str:
    """`text` as it is said in `country`: {EMERG}, {URGENT}, {GP} and the others filled in, and the words that are used there."""
    return local(country, placed(country, text) if "{" in text else text)


def said(because: Iterable[Because]) -> list[str]:
    """The person's own answers in a reason, each once, never more than three. "Low back" is not said beside "low back, buttock or hip"."""
    return once_each(quoted(one) for one in because if one.answer)[:MOST_ANSWERS]


def once_each(answers: Iterable[str]) -> list[str]:
    found = {one: f" {one.lower().replace(',', ' ')} " for one in answers}
    return [one for one in found if not any(one != other and f" {one.lower()} " in found[other] for other in found)]


def quoted(because: Because) -> str:
    """The answer as it is quoted back. A bare "Yes" takes its question's name with it, and so does a number of a scale."""
    number, of, most = because.answer.partition("/")
    if of and number.isdigit():
        return _("%(question)s, %(number)s out of %(most)s") % {"question": because.question.lower(), "number": number, "most": most}
    bare = because.answer[:1].isupper() and len(because.answer.split()) == 1 and because.question
    return f"{because.question}: {because.answer}" if bare else because.answer


def says(because: Iterable[Because]) -> list[str]:
    """What follows from the answers, each once."""
    return list(dict.fromkeys(one.say for one in because if one.say))


def says_all(because: Iterable[Because]) -> str:
    """The same as one text."""
    return " ".join(says(because))


def because_text(because: Reasons, most: int | None = None) -> str:
    """The answers, and what follows from them as plain text: the `most` that weigh most, or all."""
    return " ".join(filter(None, (said_text(because), *says(because)[:most])))


def said_text(because: Iterable[Because]) -> str:
    """Only the answers: for a rule that prints its own words beside them."""
    answers = [f'"{answer}"' for answer in said(because)]
    return _("Because you said %(answers)s.") % {"answers": listed(answers)} if answers else ""


def listed(words: list[str]) -> str:
    """ "a, b and c" """
    return format_list(words, locale=locale())


def listed_titles(titles: list[str]) -> str:
    """Titles in a row; one with a comma in it does not read as two: "Press back (lying) and Heel raise"."""
    return listed([title.replace(", ", " (", 1) + ")" if ", " in title else title for title in titles])


def after_title(short: str, title: str) -> str:
    """The one-line form of an item without its title, where it begins with that: it is printed after the title."""
    rest = short[len(title) :].lstrip(": ") if short.lower().startswith(f"{title.lower()}:") else short
    return capital(rest)


def capital(text: str) -> str:
    """The first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The first letter small, for the middle of a sentence; a word in capitals, such as a name of letters, stays."""
    return text[:1].lower() + text[1:] if not text[1:2].isupper() else text
