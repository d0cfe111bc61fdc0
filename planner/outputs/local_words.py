"""What is said otherwise where somebody lives: numbers and names in their places, and "belly" for "tummy" in the United States."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from planner.domain.model import Country
from planner.languages.translate import gettext as _
from planner.languages.translate import language, with_catalogues

HELD = "\ufdd0"  # no character: stands for a brace in what somebody typed, which names no telephone number
SET_ASIDE = "\ufdd1"  # nor is this: it parts a word that somebody typed, so that it stays as it is


def local(country: Country, text: str) -> str:
    """`text` with the words of the country, large where they were large. Other languages have their own words."""
    if not country.words or language() != "en":
        return text
    there = dict(country.words)
    said = pattern(tuple(there)).sub(lambda found: as_large(found[0], there[found[0].lower()]), text)
    return type(text)(said)  # markup stays markup


def kept(country: Country, text: str) -> str:
    """What somebody typed, so that no number is filled in and no word becomes another. `as_typed` gives it back."""
    words, held = tuple(british for british, _there in country.words), text.replace("{", HELD)
    return pattern(words).sub(lambda found: found[0][0] + SET_ASIDE + found[0][1:], held) if words else held


def as_typed(text: str) -> str:
    return text.replace(HELD, "{").replace(SET_ASIDE, "")


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def placed(country: Country, text: str) -> str:
    """`text` with the country's numbers and names in their places."""
    for name, words in places(country, language()).items():
        text = text.replace(name, words)
    return text


@with_catalogues
@lru_cache(maxsize=64)
def places(country: Country, _lang: str) -> dict[str, str]:
    """What stands for what, in the country and in the language of the moment."""
    urgent = " ".join(filter(None, (country.urgent_name, country.urgent))) or _("your doctor or an urgent care clinic")
    crisis = " ".join(filter(None, (country.crisis_name, country.crisis))) or country.emergency
    return {
        "{EMERG}": country.emergency,
        "{URGENT}": country.urgent_name if country.urgent in country.urgent_name else urgent,
        "{CRISIS}": country.crisis_name if country.crisis and country.crisis in country.crisis_name else crisis,
        "{HOSPITAL}": country.hospital or _("the nearest emergency department"),
        "{ED}": country.hospital.removeprefix("the ") or _("emergency department"),
        "{GP}": country.gp,
        "{PHYSIO}": country.physio,
        "{MIDWIFE}": country.midwife,
        "{MATERNITY}": country.maternity,
        "{PARACETAMOL}": country.paracetamol,
        "{SERVICE}": country.service,
        "{LICENCE}": _("license") if country.id == "US" else _("licence"),
        "{PLACES}": _("the places I show you"),
        "{CHILD}": country.child or country.emergency,
    }


def as_large(said: str, there: str) -> str:
    """`there` in capitals where `said` is, or with a capital first."""
    if said.isupper():
        return there.upper()
    return there[:1].upper() + there[1:] if said[:1].isupper() else there
