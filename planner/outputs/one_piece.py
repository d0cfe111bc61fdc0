"""Templates in one piece: what a template includes stands inside it, and the macros that it imports are functions beside its words.

Jinja gives each include a context of its own, and makes each imported file anew for everybody who imports it with the context: 55 contexts
and 28 files for one plan. The words stay the same. Not while somebody works on the templates (`auto_reload`): then each is a file by
itself, which is read again when it changes. Decision 0035."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer

Macros = dict[str, nodes.Macro]
OF_JINJA = {"loop", "caller", "varargs", "kwargs", "self", "super"}


class InPieces(Exception):
    """This template can't be put together: it stays as Jinja has it."""


def whole(env: Environment, name: str) -> tuple[nodes.Template, Macros]:
    """A template in one piece, and the functions that stand in it, by name. Each body has those that it calls, and looks up once what
    comes from outside. InPieces where a macro could mean another thing than where it is imported."""
    macros: Macros = {}
    file = File(env, macros, (name,))
    template: nodes.Template = file.visit(file.read(name))
    wanted = set().union(*(loaded([macro]) - set(names([macro], ("store", "param"))) for macro in macros.values()))
    if hidden := wanted & {one.name for one in template.find_all(nodes.Name) if one.ctx == "store"}:
        raise InPieces(f"looked up by a macro, and set where it is imported: {sorted(hidden)}")
    template.body = with_functions(template.body, macros)
    for block in template.find_all(nodes.Block):
        block.body = with_functions(block.body, macros)
    return template, macros


def with_functions(body: list[nodes.Node], macros: Macros) -> list[nodes.Node]:
    """A body after the macros that it calls. What it and they look up outside stands first: one look for all of them."""
    called: Macros = {}
    left: list[Iterable[nodes.Node]] = [body]
    while left:
        fresh = {name: macros[name] for name in sorted(loaded(left.pop()) & (macros.keys() - called.keys()))}
        called |= fresh
        left += [[macro] for macro in fresh.values()]
    own = [*called.values(), *body]
    outside = loaded(own) - set(names(own, ("store", "param"))) - OF_JINJA - called.keys()
    known = nodes.Tuple([nodes.Name(name, "load") for name in sorted(outside)], "load")
    return [nodes.ExprStmt(known, lineno=1), *own] if outside else own


def loaded(body: Iterable[nodes.Node]) -> set[str]:
    """Names that a body looks up."""
    return set(names(body, ("load",)))


def names(body: Iterable[nodes.Node], how: tuple[str, ...]) -> Iterator[str]:
    """Names in a body, but not in a block in it: that is a body of its own."""
    for one in body:
        if isinstance(one, nodes.Name) and one.ctx in how:
            yield one.name
        if not isinstance(one, nodes.Block):
            yield from names(one.iter_child_nodes(), how)


class File(NodeTransformer):
    """One file as it goes into the template: its includes are put in, its imports taken out, and each call of an imported macro is one of
    a function, which goes to `macros`. `inside`: the files that it stands in."""

    def __init__(self, env: Environment, macros: Macros, inside: tuple[str, ...]) -> None:
        self.env, self.macros, self.inside = env, macros, inside
        self.files: dict[str, tuple[str, bool]] = {}
        self.called: dict[str, tuple[str, str, bool]] = {}

    def read(self, file: str) -> nodes.Template:
        if self.env.loader is None:
            raise InPieces("nothing is read from files here")
        return self.env.parse(self.env.loader.get_source(self.env, file)[0], file)

    def visit_Template(self, node: nodes.Template) -> nodes.Template:
        taken = {one.name for one in node.find_all(nodes.Name) if one.ctx != "load"}
        for one in node.find_all((nodes.Import, nodes.FromImport)):
            self.learn(one, taken)
        self.generic_visit(node)
        return node

    def learn(self, node: Any, taken: set[str]) -> None:
        """Notes what an import is called here."""
        if not isinstance(node.template, nodes.Const):
            raise InPieces("imports what is known later")
        file = node.template.value
        if isinstance(node, nodes.Import):
            self.files[node.target] = (file, node.with_context)
        else:
            pairs = [one if isinstance(one, tuple) else (one, one) for one in node.names]
            self.called |= {here: (file, there, node.with_context) for there, here in pairs}
        if again := taken & (self.files.keys() | self.called.keys()):
            raise InPieces(f"imported and set: {sorted(again)}")

    def visit_Import(self, node: nodes.Import) -> None:
        return None

    visit_FromImport = visit_Import

    def visit_Include(self, node: nodes.Include) -> nodes.Node:
        """The file itself, in a scope: what it sets, it sets for itself. What is known later stays an include."""
        file = node.template.value if isinstance(node.template, nodes.Const) else ""
        if not file or node.ignore_missing or not node.with_context or file in self.inside:
            return node
        found = self.read(file)
        if found.find(nodes.Block) or found.find(nodes.Extends):
            return node
        there = File(self.env, self.macros, (*self.inside, file))
        set_there = set(names([found], ("store", "param")))
        there.files = {name: known for name, known in self.files.items() if name not in set_there}
        there.called = {name: known for name, known in self.called.items() if name not in set_there}
        there.visit(found)
        return nodes.Scope(found.body, lineno=node.lineno)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        node.args, node.kwargs = [self.visit(one) for one in node.args], [self.visit(one) for one in node.kwargs]
        node.dyn_args, node.dyn_kwargs = (one and self.visit(one) for one in (node.dyn_args, node.dyn_kwargs))
        what = node.node
        if isinstance(what, nodes.Name) and what.name in self.called:
            node.node = self.function(*self.called[what.name])
        elif isinstance(what, nodes.Getattr) and isinstance(what.node, nodes.Name) and what.node.name in self.files:
            file, with_context = self.files[what.node.name]
            node.node = self.function(file, what.attr, with_context)
        else:
            node.node = self.visit(what)
        return node

    def visit_Name(self, node: nodes.Name) -> nodes.Name:
        if node.ctx == "load" and (node.name in self.files or node.name in self.called):
            raise InPieces(f"{node.name} is used without a call")
        return node

    def function(self, file: str, name: str, with_context: bool) -> nodes.Name:
        """The name of a macro of a file as a function here. Without the context it may look up only what every template has."""
        known = "".join(one if one.isalnum() else "_" for one in file) + "__" + name
        if known not in self.macros:
            source = self.read(file)
            own = {one.name: one for one in source.body if isinstance(one, nodes.Macro)}
            if any(isinstance(one, nodes.Assign | nodes.Include | nodes.For | nodes.If) for one in source.body) or name not in own:
                raise InPieces(f"{file} is more than macros")
            self.macros[known] = macro = own[name]
            macro.name = known
            there = File(self.env, self.macros, (*self.inside, file))
            there.called = {one: (file, one, with_context) for one in own}
            for imported in source.find_all((nodes.Import, nodes.FromImport)):
                there.learn(imported, set())
            for shadowed in names([macro], ("store", "param")):
                there.called.pop(shadowed, None)
            there.generic_visit(macro)
        own_names = set(names([self.macros[known]], ("store", "param"))) | OF_JINJA | self.macros.keys()
        if not with_context and (more := loaded([self.macros[known]]) - own_names - self.env.globals.keys()):
            raise InPieces(f"{name} of {file} wants the context: {sorted(more)}")
        return nodes.Name(known, "load")
