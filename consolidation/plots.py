"""Plots as SVG text: lines over nights, a matrix of shares. Pure; numbers in, markup out.

Colours are classes of the page's style sheet, so that one drawing serves light and dark. Labels
are numbers and fixed words; nothing of the owner's is drawn.
"""

from collections.abc import Sequence
from html import escape

from consolidation.retention import Share

WIDTH, HEIGHT = 640, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 12, 30
_CELL, _MARGIN = 44, 64
_MOST_TICKS = 12
Curve = tuple[str, Sequence[float | None]]
"""What it shows, and a value for each place along the axis."""


def lines(title: str, places: Sequence[int], curves: Sequence[Curve], *, top: float = 0) -> str:
    """Curves over shared places. The axis begins at 0 and ends at `top`, or where the highest is.

    A value of None breaks its curve; one alone is a dot.
    """
    known = [value for _, values in curves for value in values if value is not None]
    end = max([*known, top]) or 1.0

    def x(place: int) -> float:
        steps = max(len(places) - 1, 1)
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * place / steps

    def y(value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * value / end

    parts = [_level(y(share * end), _number(share * end)) for share in (0, 0.5, 1)]
    every = -(-len(places) // _MOST_TICKS)
    parts += [
        f'<text x="{x(i):.1f}" y="{HEIGHT - 8}" class="tick" text-anchor="middle">{name}</text>'
        for i, name in enumerate(places)
        if i % every == 0
    ]
    for kind, (_, values) in enumerate(curves, start=1):
        dots = [(x(i), y(value)) if value is not None else None for i, value in enumerate(values)]
        parts += [f'<polyline class="curve c{kind}" points="{_path(run)}"/>' for run in _runs(dots)]
        if len(places) <= 40:
            parts += [
                f'<circle class="dot c{kind}" cx="{dot[0]:.1f}" cy="{dot[1]:.1f}" r="3"/>'
                for dot in dots
                if dot
            ]
    return _drawing(title, WIDTH, HEIGHT, parts)


def matrix(title: str, nights: Sequence[int], cells: Sequence[Sequence[Share | None]]) -> str:
    """R as a heat map: a row for each night, a column for the night that taught the facts."""
    size = _MARGIN + _CELL * len(nights)
    parts = []
    for n, night in enumerate(nights):
        middle = _MARGIN + _CELL * (n + 0.5)
        parts += [
            f'<text x="{_MARGIN - 8}" y="{middle + 4}" class="tick" text-anchor="end">'
            f"after {night}</text>",
            f'<text x="{middle}" y="{_MARGIN - 10}" class="tick" text-anchor="middle">'
            f"of {night}</text>",
        ]
        for i, share in enumerate(cells[n]):
            if share is not None:
                left, top = _MARGIN + _CELL * i, _MARGIN + _CELL * n
                parts.append(
                    f'<rect x="{left + 1}" y="{top + 1}" width="{_CELL - 2}" '
                    f'height="{_CELL - 2}" rx="3" class="cell" '
                    f'fill-opacity="{0.06 + 0.42 * share.value:.2f}"/>'
                    f'<text x="{left + _CELL / 2}" y="{middle + 4}" class="share" '
                    f'text-anchor="middle">{share.value:.0%}</text>'
                )
    return _drawing(title, size + 8, size + 8, parts)


def _drawing(title: str, width: int, height: int, parts: Sequence[str]) -> str:
    name = escape(title)
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" role="img" aria-label="{name}">'
        f"<title>{name}</title>{''.join(parts)}</svg>"
    )


def _level(y: float, label: str) -> str:
    return (
        f'<line class="grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" class="tick" text-anchor="end">{label}</text>'
    )


def _runs(dots: Sequence[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The unbroken parts of a curve that a line can be drawn through."""
    runs: list[list[tuple[float, float]]] = [[]]
    for dot in dots:
        if dot is None:
            runs.append([])
        else:
            runs[-1].append(dot)
    return [run for run in runs if len(run) > 1]


def _path(run: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in run)


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.2g}"
