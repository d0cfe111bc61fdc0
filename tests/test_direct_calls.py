"""Templates as we compile them: the same words as Jinja's own, escaped the same."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog
from jinja2 import DictLoader, Environment, UndefinedError, pass_context
from jinja2.exceptions import TemplateRuntimeError
from markupsafe import Markup

from planner.languages import translate
from planner.outputs.direct_calls import compile_directly
from planner.outputs.environment import make_environment

TEMPLATES = {
    "plain": "{{ text }}{{ safe }}{{ number }}{{ shout(text, end='<') }}",
    "macros": "{% macro box(x) %}<b>{{ x }}{{ caller() if caller else '' }}</b>{% endmacro %}"
    "{{ box(text) }}{% call box(safe) %}{{ text }}{% endcall %}{{ shout(*[text], **{'end': '!'}) }}{{ shout(text, end='?') ~ text }}",
    "loops": "{% for one in many %}{{ loop.index }}{{ loop.cycle('a', '&') }}{{ one }}{% endfor %}{% block b %}{{ self.c() }}{% endblock %}"
    "{% block c %}{{ text }}{% endblock %}",
}
WORDS = {"text": "<a> & \"b\" 'c'", "safe": Markup("<i>x</i>"), "number": 3, "many": ("<", 2, Markup("&amp;"))}


def shout(text: str, end: str) -> str:
    return text.upper() + end


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_says_the_same_as_with_jinjas_own_compiler(name: str) -> None:
    theirs, ours = (Environment(loader=DictLoader(TEMPLATES), autoescape=True) for _ in range(2))
    compile_directly(ours)
    said = [env.get_template(name).render(WORDS | {"shout": shout}) for env in (theirs, ours)]
    assert said[0] == said[1] and "&lt;" in said[0]


def test_what_is_filled_into_a_message_is_escaped_and_a_percent_sign_is_written_twice() -> None:
    env = make_environment()
    assert env.from_string("{{ _('Take %(what)s', what='<b>') }}").render() == "Take &lt;b&gt;"
    assert env.from_string("{{ _('100%% & more') }}").render() == "100% & more"
    assert env.from_string("{{ ngettext('%(num)s day', '%(num)s days', 2) }}").render() == "2 days"


def test_a_message_with_nothing_to_fill_in_is_looked_up_where_it_stands_in_the_language_of_the_moment() -> None:
    env, catalogue = make_environment(), Catalog(locale="pl")
    catalogue.add("Back", "<Powrót>")
    page = env.from_string("{{ _('Back') }} {{ _('Back') ~ '&' }}")
    assert "MESSAGES[language()]['Back']" in str(env.compile("{{ _('Back') }}", raw=True))
    assert page.render() == "Back Back&amp;"
    with translate.installed("pl", catalogue), translate.using_language("pl"):
        assert page.render() == "<Powrót> <Powrót>&amp;"
    with translate.using_language("pl"):
        assert page.render() == "Back Back&amp;", "a language that is gone says nothing"


def test_what_is_not_there_is_a_fault_and_a_function_that_wants_the_context_is_refused() -> None:
    env = make_environment()
    with pytest.raises((UndefinedError, TemplateRuntimeError)):
        env.from_string("{{ nothing }}").render()
    env.globals["wants"] = pass_context(lambda context: "")
    with pytest.raises(TypeError, match="wants"):
        compile_directly(env)
