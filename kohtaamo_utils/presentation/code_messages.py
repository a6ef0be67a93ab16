"""The messages of a module: the literal texts that its calls mark, wherever in an expression such a call stands.

Babel reads tokens, and an f-string is a single token in Python 3.11: it sees no call inside its braces. Nor does it see
the two texts of a choice. So a module is read as a syntax tree here.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import IO, Any

Found = tuple[int, str, list[str | None], list[str]]
"""A call's line, the name of what is called, its arguments as far as they are literal texts, and no comments."""


def code_messages(
    file: IO[bytes],
    keywords: Collection[str],
    _comment_tags: Collection[str],
    options: Mapping[str, Any],  # noqa: ARG001 - Babel gives it by its name
) -> Iterator[Found]:
    """Give the marked messages of a Python file, as an extraction method of Babel.

    Parameters
    ----------
    file
        The module, opened for bytes.
    keywords
        Names of the functions and methods whose literal arguments are messages.

    Examples
    --------
    >>> from io import BytesIO
    >>> code = b'''f"{name}: {t('In a text')}"; t("One" if n == 1 else "More"); t(NAMED)'''
    >>> [texts for _, _, texts, _ in code_messages(BytesIO(code), ["t"], (), {})]
    [['In a text'], ['One'], ['More']]
    """
    for call in marked_calls(ast.parse(file.read()), keywords):
        choices = [literals(argument) for argument in call.args]
        for place in range(max((len(texts) for texts in choices), default=0)):
            yield call.lineno, called(call), [_at(texts, place) for texts in choices], []


def marked_calls(tree: ast.AST, keywords: Collection[str]) -> Iterator[ast.Call]:
    """Give the calls of functions and methods of these names, as they stand one after the other."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in keywords]
    yield from sorted(calls, key=lambda call: (call.lineno, call.col_offset))


def called(call: ast.Call) -> str:
    """Return the name of the function or method that is called; empty where it has none."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def literals(argument: ast.expr) -> list[str]:
    """Return the texts that an argument may be, as far as they stand there: one, or those of a choice."""
    match argument:
        case ast.Constant(value=str() as text):
            return [text]
        case ast.IfExp(body=body, orelse=other):
            return [*literals(body), *literals(other)]
        case ast.BoolOp(values=values):
            return [text for value in values for text in literals(value)]
        case ast.NamedExpr(value=value):
            return literals(value)
        case _:
            return []


def _at(texts: list[str], place: int) -> str | None:
    return texts[place] if place < len(texts) else None
