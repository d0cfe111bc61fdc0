"""How templates are compiled: what they call is called as it stands, and what they print is printed as text.

Jinja looks at each call for callables that want its context, and wraps each text that is printed in a Markup that is joined at once.
No function that our templates call wants a context (environment.register sees to it), and joining wants text. A plan has 1,500 calls
and 1,400 printed values. Decision 0033."""

from __future__ import annotations

from keyword import iskeyword
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

try:
    from markupsafe._speedups import _escape_inner as safe_text
except ImportError:
    from markupsafe._native import _escape_inner as safe_text


def as_printed(value: Any) -> str:
    """What stands in a page for a value: text is escaped, Markup stays."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # its type was looked at, in the way that costs least
    return safe_text(value) if kind is str else escape(value)


class DirectCalls(CodeGenerator):
    """Jinja's own, but for calls and for what is printed."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import {as_printed.__name__}")
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call as Python would write it. One with what is inside a {% call %} stays Jinja's, and so do stars and Python's own words."""
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for number, one in enumerate((*node.args, *node.kwargs)):
            self.write(", " if number else "")
            self.visit(one, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"{as_printed.__name__}(")


def compile_directly(env: Environment) -> None:
    """`env` compiles so from now on. TypeError for a function among its globals that wants Jinja's context."""
    for name, function in env.globals.items():
        if isinstance(function, FunctionType) and hasattr(function, "jinja_pass_arg"):
            raise TypeError(f"{name} wants the context of a template, which no call gives")
    env.code_generator_class = DirectCalls
