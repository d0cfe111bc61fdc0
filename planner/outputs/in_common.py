"""What several exercises of a plan are there for: said once above them, so that under each stands only what is its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.domain.lines import Because, Line, Plan, Reasons
from planner.domain.model import Library
from planner.languages.translate import gettext as _
from planner.outputs.words import listed, listed_titles, once_each, quoted, said

SHARED_BY = 3  # exercises, from which on a reason stands above them


@dataclass(frozen=True)
class InCommon:
    """What some exercises share. `whose`: "All of these", or their titles; `says`: what follows from the answers."""

    whose: str
    answers: tuple[str, ...]
    says: str


def in_common(plan: Plan, library: Library) -> tuple[InCommon, ...]:
    """One for each set of exercises that share reasons, those of most exercises first."""
    lines, several = plan.section("exercises"), library.training.of_several
    found: dict[tuple[str, ...], list[Because]] = defaultdict(list)
    for key, ids in shared(lines, several).items():
        found[ids].append(next(one for line in lines for one in line.because if one.answer and shared_key(one, several) == key))
    return tuple(of_some(lines, ids, found[ids], several) for ids in sorted(found, key=lambda ids: -len(ids)))


def of_some(lines: tuple[Line, ...], ids: tuple[str, ...], reasons: list[Because], several: Mapping[str, str]) -> InCommon:
    titles = listed_titles([line.title for line in lines if line.id in ids])
    says = dict.fromkeys(several[one.say] for one in reasons if one.say in several)
    return InCommon(_("All of these") if len(ids) == len(lines) else titles, tuple(said(reasons)), " ".join(says))


def in_common_text(one: InCommon) -> str:
    """As plain text; on paper and on a screen the answers have marks of their own."""
    words = {"whose": one.whose, "answers": listed([f'"{answer}"' for answer in one.answers])}
    return " ".join(filter(None, (_("%(whose)s are here because you said %(answers)s.") % words, one.says)))


def own_reasons(line: Line, plan: Plan, library: Library) -> Reasons:
    """The reasons of a line without what is said above it."""
    lines, several = plan.section("exercises"), library.training.of_several
    if line not in lines:
        return line.because
    above = shared(lines, several)
    kept, told = (one for one in line.because if ("say", one.say) not in above), quoted_whole(line)
    return tuple(one if quoted(one) in told and ("answer", quoted(one)) not in above else one._replace(answer="") for one in kept)


def quoted_whole(line: Line) -> frozenset[str]:
    """Its answers without those that another one says too: "low back" beside "low back, buttock or hip"."""
    return frozenset(once_each(quoted(one) for one in line.because if one.answer))


def shared(lines: Iterable[Line], several: Iterable[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is shared, a reason or an answer alone, and the ids of those that share it."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for line in lines:
        told = quoted_whole(line)
        for one in line.because:
            if one.answer and (one.say in several or quoted(one) in told):
                found[shared_key(one, several)][line.id] = None
    return {key: tuple(ids) for key, ids in found.items() if len(ids) >= SHARED_BY}


def shared_key(one: Because, several: Iterable[str]) -> tuple[str, str]:
    """A reason that can be said of several is shared with its answer; of any other, which is an exercise's own, the answer alone is."""
    return ("say", one.say) if one.say in several else ("answer", quoted(one))
