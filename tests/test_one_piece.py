"""Templates in one piece say what they say in pieces, and what is drawn once is nobody's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment
from jinja2.runtime import new_context
from markupsafe import Markup

from planner.folders import TEMPLATES
from planner.library.reader import load
from planner.outputs.direct_calls import compile_directly
from planner.outputs.drawn_once import drawn_once
from planner.outputs.one_piece import InPieces, whole
from tests.keeping_web import at_plan

FILES = {
    "page": "{% extends frame %}{% set top = text ~ 1 %}{% from 'macros' import box, row as line with context %}"
    "{% block main %}{% include 'part' %}{{ top }}{{ inner is defined }}{{ line('<') }}{{ box(text, kind=safe) }}{% endblock %}",
    "frame": "[{% block head %}{{ text }}{% endblock %}|{% block main %}{% endblock %}]",
    "part": "{% import 'macros' as m with context %}{% set inner = 'in' %}{{ inner }}{% for one in many %}{% include 'deep' %}{% endfor %}"
    "{% call m.fold(text) %}<u>{{ text }}</u>{{ m.box(safe) }}{% call m.fold('x', more=True) %}{{ inner }}{% endcall %}{% endcall %}"
    "{{ m.fold(safe) ~ text }}{% if m.row(text) %}yes{% endif %}{% include 'of-' ~ which %}{% set inner = 'out' %}{{ inner }}",
    "deep": "{% set inner = one %}{{ inner }}{{ m.row(one) }}",
    "of-a": "{{ inner }}{{ text }}{% from 'alone' import row %}{{ row(inner) }}",
    "alone": "{% macro row(x) %}<p>{{ x }}{{ range(2)|list }}</p>{% endmacro %}",
    "macros": "{% macro row(x) %}<li>{{ x }}{{ text }}</li>{% endmacro %}"
    "{% macro box(x, kind='<', n=2) %}{{ row(x) }}{{ kind }}{{ n }}{% endmacro %}"
    "{% macro fold(title, more=False) %}<b>{{ title }}</b>{{ caller() if caller is defined }}{{ box(title) if more }}{% endmacro %}",
}
WORDS: dict[str, Any] = {"text": "<a> & 'b'", "safe": Markup("<i>x</i>"), "many": ("<", 2), "which": "a", "frame": "frame"}
STAY_IN_PIECES = {"clinic/shelf.html", "paper/plan.html", "plan_file.html", "session.html", "session_body.html"}
"""A macro of theirs looks up what they set themselves (`packed`, `country`), or has the name of something else (`field`)."""


def an_environment(*, at_work: bool) -> Environment:
    env = Environment(loader=DictLoader(FILES), autoescape=True, auto_reload=at_work)
    compile_directly(env)
    return env


def test_a_template_in_one_piece_says_the_same_as_in_pieces() -> None:
    theirs = Environment(loader=DictLoader(FILES), autoescape=True)
    for name in ("page", "part"):
        said = [env.get_template(name).render(WORDS) for env in (theirs, an_environment(at_work=True), an_environment(at_work=False))]
        assert said[0] == said[1] == said[2] and "&lt;" in said[0]
        whole(an_environment(at_work=False), name)


def test_a_macro_that_would_mean_another_thing_keeps_a_template_in_pieces() -> None:
    for page in (
        "{% import 'macros' as m with context %}{% set text = 'mine' %}{{ m.row('') }}",
        "{% from 'macros' import row %}{% for row in many %}{{ row }}{% endfor %}",
        "{% from 'macros' import row %}{{ row('') }}",
        "{% import 'macros' as m %}{% set fold = m.fold %}{{ fold('') }}",
    ):
        env = Environment(loader=DictLoader(FILES | {"odd": page}), autoescape=True)
        with pytest.raises(InPieces):
            whole(env, "odd")


def test_every_template_of_ours_is_in_one_piece_but_those_that_are_named(app: Flask) -> None:
    env = app.jinja_env
    found = set()
    for name in env.list_templates(extensions=["html"]):
        try:
            whole(env, name)
        except InPieces:
            found.add(name)
    assert (TEMPLATES / "plan.html").exists() and found == STAY_IN_PIECES


def test_a_plan_page_has_a_context_for_each_file_that_it_extends_and_no_more(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces it has 55."""
    client = at_plan(app, load()).client
    made: list[str] = []

    def counted(env: Environment, name: str, *more: Any) -> Any:
        made.append(name)
        return new_context(env, name, *more)

    monkeypatch.setattr("jinja2.environment.new_context", counted)
    assert client.get("/plan").status_code == 200
    assert made == ["plan.html"]


def test_what_is_drawn_once_is_of_one_library_in_one_language() -> None:
    library, drawn = load(), []

    def caller() -> str:
        drawn.append(1)
        return f"<b>{len(drawn)}</b>"

    other = replace(library)
    assert drawn_once(library, "test", "a", caller=caller) == drawn_once(library, "test", "a", caller=caller) == "<b>1</b>"
    assert drawn_once(library, "test", "b", caller=caller) == "<b>2</b>"
    assert drawn_once(other, "test", "a", caller=caller) == "<b>3</b>"
