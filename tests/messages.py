"""Which texts a consultant meets have no translation, and which the code writes down past `say`."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import kohtaamo_utils
from kohtaamo_utils.errors import Said
from kohtaamo_utils.presentation import catalogs

PACKAGE = Path(kohtaamo_utils.__file__).parent
_ERRORS = ("KohtaamoError", "SettingsError", "DataError", "MissingDataError", "DisclosureError", "DeliveryError")
MESSAGES = {
    **dict.fromkeys(("problem", "stop", "Evidence", "leave"), (1,)),
    **dict.fromkeys(("Wrong", "Unfit"), (1, 2)),
    **dict.fromkeys(("CannotAddError", "tell", *_ERRORS), (0,)),
    "setting": (2,), "note": (3,), "Outcome": (2,), "Problem": (), "LogEntry": (), "Parsed": (),
}  # fmt: skip
"""What takes a message, and at which place; by name it is one of the next line."""
NAMED = {"message", "expected", "advice", "detail", "reason", "inferred"}
MAKERS = {"say", "say_plural", "joined", "either", "together", "quoted", "Said", "shortened", "_sentence"}
PASSED_ON = {
    "delivery/make.py": "a report's kernel gives back text that it has put into the report's language already",
}
"""Modules that may hand on a text that they did not say."""
SETTINGS = ("engagement/", "roi/settings.py", "roi/blocks.py", "roi/costs.py", "roi/drivers/")
"""Where validators speak to whoever writes `engagement.yaml`."""


@cache
def translated(language: str) -> frozenset[str]:
    """Return the messages that a language has."""
    found = (message for message in catalogs.read(language) if message.id and any(message.string))
    return frozenset(message.id if isinstance(message.id, str) else message.id[0] for message in found)


def untold(text: str, language: str) -> list[str]:
    """Return what would reach a reader of the language in English: the message itself, or one inside it."""
    if not isinstance(text, Said):
        return [text] if text else []
    speaks = re.search(r"[^\W\d_]", re.sub(r"\{\w+\}", "", text.template)) is not None
    own = [text.template] if speaks and text.template not in translated(language) else []
    inner = [value for value in text.values.values() if isinstance(value, Said)]
    return own + [part for value in inner for part in untold(value, language)]


class Unsaid(ast.NodeVisitor):
    """Finds messages of one module that are written down past `say`; in settings those of validators too."""

    def __init__(self, source: str, *, settings: bool = False) -> None:
        self.messages = MESSAGES | {"ValueError": (0,)} if settings else MESSAGES
        self.tree = ast.parse(source)
        self.found: list[str] = []
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}
        self.within: list[ast.FunctionDef] = []
        self.visit(self.tree)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Remember the function, in which names are looked up."""
        self.within.append(node)
        self.generic_visit(node)
        self.within.pop()

    def visit_Call(self, node: ast.Call) -> None:
        """Look at the messages of what takes some."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in self.messages:
            given = [node.args[place] for place in self.messages[name] if place < len(node.args)]
            given += [each.value for each in node.keywords if each.arg in NAMED]
            for each in given:
                self.found += [f"line {each.lineno}: {text}" for text in self.written(each, frozenset())]
        self.generic_visit(node)

    def written(self, node: ast.expr, seen: frozenset[str]) -> list[str]:
        """Return the texts that an expression writes down itself."""
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) and node.value else []
        if isinstance(node, ast.JoinedStr | ast.BinOp):
            return [ast.unparse(node)]
        if isinstance(node, ast.IfExp):
            return self.written(node.body, seen) + self.written(node.orelse, seen)
        if isinstance(node, ast.BoolOp):
            return [text for value in node.values for text in self.written(value, seen)]
        if isinstance(node, ast.Name):
            return self._named(node.id, seen)
        if isinstance(node, ast.Call):
            return self._called(node, seen)
        return []

    def _named(self, name: str, seen: frozenset[str]) -> list[str]:
        if name in seen:
            return []
        scope: ast.AST = self.within[-1] if self.within else self.tree
        nodes = [*ast.walk(scope), *self.tree.body]
        values = [
            each.value
            for each in nodes
            if isinstance(each, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in each.targets)
        ]
        return [text for value in values for text in self.written(value, seen | {name})]

    def _called(self, node: ast.Call, seen: frozenset[str]) -> list[str]:
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in MAKERS:
            literal = name not in {"say", "say_plural"} or isinstance(node.args[0], ast.Constant)
            return [] if literal else [ast.unparse(node)]
        if name in {"str", "repr", "format", "join", "replace", "strip"}:
            return [ast.unparse(node)]
        if name not in self.functions or name in seen:
            return []
        function = self.functions[name]
        self.within.append(function)
        returned = [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]
        texts = [text for value in returned for text in self.written(value, seen | {name})]
        self.within.pop()
        return texts


def unsaid(module: Path) -> list[str]:
    """Return the messages that a module of the kit writes down past `say`."""
    settings = module.relative_to(PACKAGE).as_posix().startswith(SETTINGS)
    return Unsaid(module.read_text(encoding="utf-8"), settings=settings).found
