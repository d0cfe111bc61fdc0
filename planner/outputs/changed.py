"""What is different from the sheet before, in a line of words. A change is kept as `what:title`, such as `up:Bridge`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planner.domain.from_clinic import heir_of, title_of
from planner.domain.model import Library
from planner.domain.renewed import moved
from planner.domain.rules import said
from planner.languages.translate import gettext as _
from planner.outputs.words import listed


def changed_text(changes: Iterable[str]) -> str:
    """Why first, then what: "Less pain than at the start. Bridge harder. Knee rolls out." Empty without changes."""
    groups: dict[str, list[str]] = {}
    for one in changes:
        what, _colon, title = one.partition(":")
        groups.setdefault(f"why:{title}" if what == "why" else what, []).append(title)
    return " ".join(filter(None, (_sentence(what, titles) for what, titles in groups.items())))


def renewed_text(library: Library, answers: Mapping[str, Any], exercises: Iterable[str] = ()) -> str:
    """What old answers read as now, and which exercises there are no more. Empty where the words are today's."""
    heirs: dict[str, list[str]] = {}
    for one in moved(library, answers):
        words = heirs.setdefault(library.questions[one.question].short, [])
        if (answer := said(library, one.question, one.option)) not in words:
            words.append(answer)
    now = "; ".join(f"{name}: {', '.join(words)}" for name, words in heirs.items())
    gone = [title_of(library, name) or _("another clinic’s own") for name in exercises if not heir_of(library, name)]
    told = [_("Old answers in the words of today: %(answers)s.") % {"answers": now}] if now else []
    told += [_("We no longer have these exercises: %(names)s.") % {"names": listed(gone)}] if gone else []
    return " ".join(told)


def _sentence(what: str, titles: list[str]) -> str:
    sentence = _reasons().get(what, "") or _sentences().get(what, "")
    return sentence or (_about().get(what, "") % {"titles": listed(titles)})


def _reasons() -> dict[str, str]:
    return {
        "why:worse": _("More pain than before."),
        "why:worse_again": _("More pain for the second time."),
        "why:same": _("About the same as last time."),
        "why:stuck": _("No change after 4 weeks or more."),
        "why:better": _("Less pain than at the start."),
        "why:settled": _("Hardly any pain now."),
        "why:few": _("Few days done, so fewer exercises."),
    }


def _sentences() -> dict[str, str]:
    return {
        "clinician": _("See a doctor or physio."),
        "light": _("Lighter massage."),
        "massage_down": _("Massage one step less often."),
        "massage_other": _("Another massage style, for one more try."),
        "massage_stop": _("No more massage: it changed nothing."),
        "keep": _("The plan stays as it is."),
        "early": _("It is early, so the plan stays as it is until the review."),
    }


def _about() -> dict[str, str]:
    return {
        "up": _("%(titles)s harder."),
        "down": _("%(titles)s easier."),
        "half": _("%(titles)s half as much."),
        "dropped": _("%(titles)s out."),
        "new": _("%(titles)s new."),
    }
