"""How templates are compiled: what they call is called as it stands, and what they print is printed as text.

Jinja looks at each call for callables that want its context, and wraps each text that is printed in a Markup that is joined at once.
No function that our templates call wants a context (environment.register sees to it), and joining wants text. A plan has 1,500 calls
and 1,400 printed values. Decision 0033."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from keyword import iskeyword
from types import FunctionType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from markupsafe import Markup, escape

from planner.languages.translate import language
from planner.outputs.drawn_once import drawn_once
from planner.outputs.messages import said_in_language
from planner.outputs.one_piece import InPieces, whole

try:
    from markupsafe._speedups import _escape_inner as safe_text
except ImportError:
    from markupsafe._native import _escape_inner as safe_text

NO_CALLER = 'undefined("No caller defined", name="caller")'
"""What a macro that may be called around something has where it is called around nothing."""


def as_printed(value: Any) -> str:
    """What stands in a page for a value: text is escaped, Markup stays."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]  # its type was looked at, in the way that costs least
    return safe_text(value) if kind is str else escape(value)


class DirectCalls(CodeGenerator):
    """Jinja's own, but for calls, for what is printed, and for files, which are put together."""

    functions: Mapping[str, nodes.Macro] = {}
    printed: nodes.Node | None = None

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        if self.name and not self.environment.auto_reload:
            with suppress(InPieces):
                node, self.functions = whole(self.environment, self.name)
        self.writeline(f"from {__name__} import {as_printed.__name__}, {drawn_once.__name__}, {language.__name__}")
        self.writeline(f"from {said_in_language.__module__} import MESSAGES")
        super().visit_Template(node, frame)

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """A block as one text: else each of its words would pass through every template that this one extends."""
        if frame.buffer is not None or (frame.toplevel and self.extends_so_far) or node.required or node.scoped:
            super().visit_Block(node, frame)
        else:
            self.writeline(f"yield concat(context.blocks[{node.name!r}][0](context))", node)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        if node.name not in self.functions:
            super().visit_Macro(node, frame)
            return
        self.macro_body(node, frame)
        self.writeline(f"{frame.symbols.ref(node.name)} = macro")

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:
        function, name = self.is_function(node.call), node.call.node
        if not function and not (isinstance(name, nodes.Name) and name.name == drawn_once.__name__):
            super().visit_CallBlock(node, frame)
            return
        self.macro_body(node, frame)
        self.writeline("caller = macro")
        self.start_write(frame, node)
        if function:
            self.call_function(node.call, frame, "caller")
        else:
            self.write(f"{drawn_once.__name__}(")
            for one in node.call.args:
                self.visit(one, frame)
                self.write(", ")
            self.write("caller=caller)")
        self.end_write(frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call as Python would write it. One with what is inside a {% call %} stays Jinja's, and so do stars and Python's own words."""
        if self.is_function(node):
            self.write("" if node is self.printed else "Markup(")
            self.call_function(node, frame)
            self.write("" if node is self.printed else ")")
            return
        if message := self.message(node):
            self.write(f"MESSAGES[{language.__name__}()][{message!r}]")
            return
        if forward_caller or node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        inside = isinstance(node.node, nodes.Name) and node.node.name == "caller"  # it may be a function too, which gives escaped text
        self.write("Markup(" if inside else "")
        self.visit(node.node, frame)
        self.write("(")
        for number, one in enumerate((*node.args, *node.kwargs)):
            self.write(", " if number else "")
            self.visit(one, frame)
        self.write("))" if inside else ")")

    def message(self, node: nodes.Expr) -> str:
        """What `_("...")` says, where it is our own `_` and nothing is filled in; empty for any other call."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name != "_":
            return ""
        filled_in = node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1
        ours = self.environment.globals.get("_") is said_in_language and not filled_in
        return str(node.args[0].value) if ours and isinstance(node.args[0], nodes.Const) else ""

    def is_function(self, node: nodes.Expr) -> bool:
        return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in self.functions

    def call_function(self, node: nodes.Call, frame: Frame, caller: str = NO_CALLER) -> None:
        """A call of a macro that is a function here, with every argument in its place. It gives text that is escaped."""
        macro = self.functions[node.node.name]  # type: ignore[attr-defined]  # is_function has looked
        order = [one.name for one in macro.args]
        given: dict[str, nodes.Expr] = dict(zip(order, node.args, strict=False)) | {one.key: one.value for one in node.kwargs}
        if len(node.args) > len(order) or given.keys() - set(order) or node.dyn_args or node.dyn_kwargs:
            self.fail(f"{macro.name} takes {order}", node.lineno)
        self.write(f"{frame.symbols.ref(macro.name)}(")
        for name in order:
            if name in given:
                self.visit(given[name], frame)
            else:
                self.write("missing")
            self.write(", ")
        self.write(f"{caller})" if find_undeclared(macro.body, ("caller",)) else ")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif self.is_function(node):
            self.printed = node
            self.write("(")
        elif self.message(node):
            self.write("(")
        else:
            self.write(f"{as_printed.__name__}(")


def compile_directly(env: Environment) -> None:
    """`env` compiles so from now on. TypeError for a function among its globals that wants Jinja's context."""
    for name, function in env.globals.items():
        if isinstance(function, FunctionType) and hasattr(function, "jinja_pass_arg"):
            raise TypeError(f"{name} wants the context of a template, which no call gives")
    env.code_generator_class = DirectCalls
