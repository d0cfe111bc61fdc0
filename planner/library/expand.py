"""Demands written out: names of groups become their demands, and a demand brings those that it implies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from planner.domain.conditions import implied
from planner.domain.model import Condition, Demand, DemandGroup

ITEMS = ("massages", "exercises", "habits", "selfcare", "therapies")


def expanded(parts: Mapping[str, Any]) -> dict[str, Any]:
    """The items with every demand they make, and the conditions with every demand they name. Unknown names stay, to be found as faults."""
    demands: Mapping[str, Demand] = parts["demands"]
    groups: Mapping[str, DemandGroup] = parts["groups"]
    made: dict[str, Any] = {
        kind: _each(parts[kind], lambda item: replace(item, demands=implied(ungrouped(item.demands, groups), demands))) for kind in ITEMS
    }
    made["conditions"] = _each(parts["conditions"], lambda one: with_groups(one, groups))
    return made


def _each(held: Mapping[str, Any], change: Any) -> MappingProxyType[str, Any]:
    return MappingProxyType({name: change(item) for name, item in held.items()})


def with_groups(one: Condition, groups: Mapping[str, DemandGroup]) -> Condition:
    return replace(one, bars=ungrouped(one.bars, groups), ask=ungrouped(one.ask, groups), soft=ungrouped(one.soft, groups))


def ungrouped(names: Iterable[str], groups: Mapping[str, DemandGroup]) -> tuple[str, ...]:
    """Names of groups replaced by their demands, each once."""
    return tuple(dict.fromkeys(one for name in names for one in (groups[name].demands if name in groups else (name,))))
