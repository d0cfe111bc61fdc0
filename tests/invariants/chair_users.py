"""Invariant 16: somebody who exercises sitting is never told to walk or stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.invariants.conditions import said
from tests.invariants.shown import Texts, box, lines, said_of, saying

Answers = dict[str, Any]
Plan = dict[str, Any]
ORDER = re.compile(r"\b(walk(s|ing)?|stand(s|ing)?( up)?|steps? (up|out|forward)|short steps|on your feet|get up from the floor)\b", re.I)
NOT_AN_ORDER = re.compile(r"stand(ing)? (out|for|still in)|unsteady walking|understand|trouble|hard to|sudden|steps towards|walker", re.I)


def orders(words: str) -> bool:
    return bool(ORDER.search(NOT_AN_ORDER.sub("", words)))


def invariant_16(answers: Answers, plan: Plan, texts: Texts) -> Iterator[str]:
    if not said(answers, "mobility", "chair_only") or not plan["lines"]:
        return
    for name in ("headline", "lead"):
        if orders(plan[name]):
            yield f"a chair user's {name}: {plan[name]}"
    yield from (f"a chair user's day: {one['title']}. {one['text']}" for one in plan["today"] if orders(f"{one['title']} {one['text']}"))
    yield from (
        f"a chair user's {one['id']}: {said_of(one)}" for one in lines(plan) if "therap" not in one["section"] and orders(said_of(one))
    )
    diary = saying(Texts(calendar=texts.calendar), r"^(summary|description)\b.*")
    yield from (f"a chair user's calendar: {one}" for one in diary if orders(one))
    boxes = f"{box(plan, 'now')} {box(plan, 'today')}"
    for one in saying(texts, r"(^|, |: |and )(walk|stand( up)?|take a (short )?walk|go for a walk)\b"):
        if orders(one) and one not in boxes and not any(left["title"] in one for left in plan["left_out"]):
            yield f"a chair user reads: {one}"
