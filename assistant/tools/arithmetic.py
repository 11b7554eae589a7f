"""Arithmetic, evaluated by simpleeval within bounds. Knows numbers, no words."""

import math
import operator
import re
from collections.abc import Callable
from typing import Any

from assistant.tools.base import Arguments, ToolRefused, ToolResult, texts

MAX_CHARACTERS = 200
_MAX_BITS = 4_096
"""Of a whole number on the way: 9**9**9 would otherwise take all the memory there is."""
_MAX_DIGITS = 40
_ALLOWED = re.compile(r"(?:[\d.\s+\-*/%(),]|\b(?:sqrt|abs|round|min|max)\b)+")
_SIGNS = str.maketrans({"×": "*", "·": "*", "÷": "/", "−": "-", "–": "-", "^": "**"})
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})+(?![\d,])")
_SHARE_OF = re.compile(r"(\d+(?:\.\d+)?)\s*%\s*(?:of\b|\*)")
_PLUS_SHARE = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*([+-])\s*(\d+(?:\.\d+)?)\s*%\s*$")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*%(?!\s*[\d(])")


class ArithmeticTool:
    """Calculates."""

    name = "calc"
    does = "calculate with numbers"
    schema = texts("expression", expression="arithmetic, such as 12 * (7 + 3) or 15% of 80")
    writes = False

    def intent(self, arguments: Arguments) -> str:
        return arguments["expression"]

    def run(self, arguments: Arguments) -> ToolResult:
        expression = arguments["expression"]
        value = value_of(expression)
        return ToolResult(f"{_shown(expression)} {number_words(value)}.")


def value_of(expression: str) -> float:
    """The value of an arithmetic expression. Raises `ToolRefused`."""
    from simpleeval import InvalidExpression, SimpleEval

    plain = _plain(expression)
    if len(plain) > MAX_CHARACTERS:
        raise ToolRefused(
            f"that is {len(plain)} characters of arithmetic, the limit is {MAX_CHARACTERS}; "
            "do it in parts"
        )
    if not _ALLOWED.fullmatch(plain):
        raise ToolRefused(f"{expression!r} is no arithmetic that I know; an example: 12 * (7 + 3)")
    reader = SimpleEval(operators=_operators(), functions=_FUNCTIONS, names={})
    try:
        value = reader.eval(plain)
    except ZeroDivisionError:
        raise ToolRefused(f"{expression!r} divides by zero") from None
    except (InvalidExpression, SyntaxError, TypeError, ValueError, ArithmeticError) as error:
        reason = str(error) if isinstance(error, _TooLarge) else "check its signs and brackets"
        raise ToolRefused(f"{expression!r} cannot be worked out: {reason}") from None
    except (RecursionError, MemoryError):
        raise ToolRefused(f"{expression!r} has too many brackets; do it in parts") from None
    if isinstance(value, bool | complex) or not isinstance(value, int | float):
        raise ToolRefused(f"{expression!r} has no number as its value")
    if isinstance(value, float) and not math.isfinite(value):
        raise ToolRefused(f"{expression!r} is too large to work out")
    return value


def number_words(value: float) -> str:
    """Such as "= 84" or "≈ 0.333333333333"."""
    if isinstance(value, int) or value.is_integer():
        whole = int(value)
        if whole.bit_length() <= _MAX_DIGITS * math.log2(10):
            return f"= {whole}"
        digits = math.floor(math.log10(abs(whole)))
        return f"≈ {whole / 10**digits:.6g} × 10^{digits}"
    shown = f"{value:.12g}"
    exact = math.isclose(float(shown), value, rel_tol=1e-15) and len(shown.strip("-0.")) < 12
    return f"{'=' if exact else '≈'} {shown}"


def _plain(expression: str) -> str:
    text = expression.translate(_SIGNS).strip().rstrip("=? ").strip()
    text = _GROUPED.sub(lambda found: found[0].replace(",", ""), text)
    text = _PLUS_SHARE.sub(r"\1 * (1 \2 \3 / 100)", text)
    text = _SHARE_OF.sub(r"(\1 / 100) *", text)
    return _SHARE.sub(r"(\1 / 100)", text)


def _shown(expression: str) -> str:
    text = expression.strip().rstrip("=? ").strip()
    text = re.sub(r"\s*\*\*\s*", "^", text)
    return re.sub(r"\s*\*\s*", " × ", text)


class _TooLarge(ValueError):
    pass


def _operators() -> dict[type, Callable[..., Any]]:
    import ast

    return {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: _times,
        ast.Div: operator.truediv,
        ast.FloorDiv: operator.floordiv,
        ast.Mod: operator.mod,
        ast.Pow: _power,
        ast.USub: operator.neg,
        ast.UAdd: operator.pos,
    }


def _times(left: float, right: float) -> float:
    if isinstance(left, int) and isinstance(right, int):
        _within(left.bit_length() + right.bit_length())
    return left * right


def _power(base: float, exponent: float) -> float:
    if isinstance(base, int) and isinstance(exponent, int):
        _within(base.bit_length() * abs(exponent))
    power: float = base**exponent
    return power


def _within(bits: float) -> None:
    if bits > _MAX_BITS:
        raise _TooLarge("its numbers grow too large")


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "sqrt": math.sqrt,
    "abs": abs,
    "round": round,
    "min": min,
    "max": max,
}
