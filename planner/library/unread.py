"""Fields of the content that nothing reads: whoever sets one would believe that it does something."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

from jinja2 import Environment, nodes

from planner.domain.model import Library
from planner.folders import PLANNER, TEMPLATES
from planner.library import expand

ATTRIBUTE_FIRST = {"attr", "groupby", "rejectattr", "selectattr"}
"""Jinja's filters whose first argument is the name of an attribute."""


def unread_fields(held_by: type = Library) -> list[str]:
    """Every `Class.field` of the content whose name no code and no template reads.

    A name that two classes share counts as read for both. Of this package only what writes demands out counts: the rest reads
    fields to check them, and acts on none."""
    read = {*read_in_code(PLANNER, but=Path(__file__).parent), *_names(Path(expand.__file__)), *read_in_templates(TEMPLATES)}
    kinds = sorted(content_classes(held_by), key=lambda kind: kind.__name__)
    return [f"{kind.__name__}.{name}" for kind in kinds for name in own_fields(kind) if name not in read]


def content_classes(hint: Any) -> set[type]:
    """The dataclasses that a type can hold, at any depth, with those that they extend."""
    extended: tuple[type, ...] = getattr(hint, "__mro__", ())
    found: set[type] = {kind for kind in extended if dataclasses.is_dataclass(kind)}
    inside = get_args(hint) + tuple(hint for kind in found for hint in get_type_hints(kind).values() if hint != kind)
    return found.union(*(content_classes(one) for one in inside))


def own_fields(kind: type) -> list[str]:
    """Fields that the class itself declares; those it inherits are the other class's."""
    return [field.name for field in dataclasses.fields(kind) if field.name in kind.__annotations__]


def read_in_code(folder: Path, but: Path) -> Iterator[str]:
    """Names of attributes that Python reads, also through `getattr` with the name written out."""
    for path in sorted(folder.rglob("*.py")):
        if but not in path.parents:
            yield from _names(path)


def _names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Attribute(attr=name, ctx=ast.Load()):
                yield name
            case ast.Call(func=ast.Name("getattr"), args=[_, ast.Constant(value=str(name)), *_]):
                yield name


def read_in_templates(folder: Path) -> Iterator[str]:
    """Names of attributes that templates read, also through filters such as `map(attribute="flag.say")`."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    for path in sorted(folder.rglob("*.html")):
        for node in environment.parse(path.read_text("utf-8")).find_all((nodes.Getattr, nodes.Getitem, nodes.Filter)):
            yield from _read_here(node)


def _read_here(node: nodes.Node) -> Iterator[str]:
    match node:
        case nodes.Getattr():
            yield node.attr
        case nodes.Getitem(arg=nodes.Const(value=str(name))):
            yield name
        case nodes.Filter():
            named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
            first = node.args[:1] if node.name in ATTRIBUTE_FIRST else []
            for constant in (*named, *first):
                if isinstance(constant, nodes.Const):
                    yield from str(constant.value).split(".")
