"""The lists of the library panel to choose from, and what was found, in words."""

from __future__ import annotations

from collections.abc import Callable

from planner.clinic.sheets.library_panel import SELECTS, Panel
from planner.domain.model import Purpose, Region
from planner.languages.translate import gettext as _
from planner.languages.translate import ngettext
from planner.outputs.words import capital, start_text


def region_text(region: Region) -> str:
    return {
        "neck": _("Neck"),
        "upper": _("Upper back"),
        "mid": _("Middle back"),
        "low": _("Low back"),
        "hip": _("Buttock and hip"),
        "tailbone": _("Tailbone"),
        "leg_nerve": _("Nerve of the leg"),
        "whole": _("Whole body"),
    }[region]


def purpose_text(purpose: Purpose) -> str:
    return {
        "ease": _("Rest that eases"),
        "movement": _("Movement"),
        "strength": _("Strength or control"),
        "balance": _("Balance"),
        "nerve": _("Nerve"),
        "breathing": _("Breathing"),
        "walking": _("Walking"),
    }[purpose]


def selects(panel: Panel) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Field, its label, what is chosen, and what there is to choose: only what some exercise is."""
    held = panel.now.library.exercises.values()
    regions = {region for item in held for region in item.regions}
    used: dict[str, set[str]] = {
        "region": set(regions),
        "position": {item.start for item in held},
        "purpose": {item.purpose for item in held},
    }
    words: dict[str, Callable[..., str]] = {
        "region": region_text,
        "position": lambda start: capital(start_text(start)),
        "purpose": purpose_text,
    }
    labels = {"region": _("Region"), "position": _("Position"), "purpose": _("Purpose")}
    return [
        (name, labels[name], getattr(panel.sought, name), [(one, words[name](one)) for one in known if one in used[name]])
        for name, known in SELECTS.items()
    ]


def found_text(panel: Panel) -> str:
    """How much was found, for those who hear the page too."""
    if not panel.sought:
        return ""
    boxes, moves = len(panel.boxes), len(panel.exercises)
    if not boxes and not moves:
        return _("Nothing is called that. Try fewer words, or another name.")
    said = ngettext("%(n)d exercise", "%(n)d exercises", moves) % {"n": moves}
    ticks = ngettext("%(n)d answer to tick", "%(n)d answers to tick", boxes) % {"n": boxes}
    found = f"{said}, {ticks}" if boxes else said
    return _("Nothing is called exactly that. This comes close: %(found)s") % {"found": found} if panel.slipped else found
