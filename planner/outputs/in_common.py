"""What several exercises of a plan are there for: said once above them, so that under each stands only what is its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.domain.lines import Because, Line, Plan
from planner.domain.model import Library
from planner.languages.translate import gettext as _
from planner.outputs.words import listed_titles, quoted, said_answers

SHARED_BY = 3  # exercises, from which on a reason stands above them


def in_common(plan: Plan, library: Library) -> tuple[str, ...]:
    """A sentence or two for each set of exercises that share reasons, those of most exercises first."""
    lines, several = plan.section("exercises"), library.training.of_several
    found: dict[tuple[str, ...], list[Because]] = defaultdict(list)
    for key, ids in shared(lines, several).items():
        found[ids].append(next(one for line in lines for one in line.because if shared_key(one, several) == key))
    return tuple(said_above(lines, ids, found[ids], several) for ids in sorted(found, key=lambda ids: -len(ids)))


def own_reasons(line: Line, plan: Plan, library: Library) -> tuple[Because, ...]:
    """The reasons of a line without what is said above it."""
    lines, several = plan.section("exercises"), library.training.of_several
    if line not in lines:
        return line.because
    above = shared(lines, several)
    kept = (one for one in line.because if ("say", one.say) not in above)
    return tuple(replace(one, answer="") if ("answer", quoted(one)) in above else one for one in kept)


def shared(lines: Iterable[Line], several: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is shared, a reason or an answer alone, and the ids of those that share it."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for line in lines:
        for one in line.because:
            if one.answer:
                found[shared_key(one, several)][line.id] = None
    return {key: tuple(ids) for key, ids in found.items() if len(ids) >= SHARED_BY}


def shared_key(one: Because, several: Iterable[str]) -> tuple[str, str]:
    """A reason that can be said of several is shared with its answer; of any other, which is an exercise's own, the answer alone is."""
    return ("say", one.say) if one.say in several else ("answer", quoted(one))


def said_above(lines: tuple[Line, ...], ids: tuple[str, ...], reasons: list[Because], several: Mapping[str, str]) -> str:
    words = {"answers": said_answers(reasons), "titles": listed_titles([line.title for line in lines if line.id in ids])}
    whole = _("All of these are here because you said %(answers)s.") if len(ids) == len(lines) else ""
    first = whole or _("%(titles)s are here because you said %(answers)s.")
    return " ".join((first % words, *dict.fromkeys(several[one.say] for one in reasons if one.say in several)))
