"""Invariants 9 and 10, and 21 for classes: pregnancy, after a birth, and bellies that must not be lain on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.bodies import none_of
from tests.invariants.conditions import after_birth, conditions, pregnant, said
from tests.invariants.limits_rows import ROWS
from tests.invariants.shown import Texts, lines, massage, said_of, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
OFF_THE_FRONT = "surgery_6to12w_spine surgery_6to12w_tummy surgery_6to12w_hip surgery_6to12w_chest_heart surgery_6to12w_arm_shoulder"
NO_PRONE = frozenset(f"{OFF_THE_FRONT} caesarean_lt6w caesarean_6to12w implant_device hernia_stoma chair_only stenosis".split())


def invariant_09(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not said(answers, "pregnancy", "t2", "t3"):
        return
    yield from none_of(plan, "lying_front lying_back arch_far", "pregnant from 13 weeks")
    if {"prone", "supine"} & set(massage(plan)["positions"]):
        yield f"pregnant from 13 weeks: positions {massage(plan)['positions']}"
    for one in saying(texts, r"\bl(ie|ying) (flat )?on your (back|front)"):
        if not re.search(r"\bnot\b|never|instead of|rather than|avoid|and you said", one, re.I):
            yield f"pregnant from 13 weeks: {one}"


def invariant_10(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    positions = massage(plan)["positions"]
    if after_birth(answers) and positions[:1] == ["prone"]:
        yield "after a birth, on the front first"
    for name in sorted(conditions(answers) & NO_PRONE):
        if "prone" in positions:
            yield f"{name}: positions {positions}"
        if "lying_front" in ROWS[name].bars:
            yield from none_of(plan, "lying_front", name)


def invariant_21_pregnancy(answers: Answers, plan: Plan, _texts: Texts) -> Iterator[str]:
    for line in lines(plan, "therapies"):
        if pregnant(answers) and line["id"] in ("therapy:yoga", "therapy:pilates"):
            words = f"{said_of(line)} {line.get('text', '')} {line.get('because', '')}".lower()
            if "pregnancy class" not in words:
                yield f"{line['id']} in pregnancy without a pregnancy class"
