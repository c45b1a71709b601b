"""Small plots as inline SVG, so that a report is one file that loads nothing and opens anywhere."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

COLOURS = ("#2f5fb3", "#d9822b", "#3a8f5c", "#9b4f96")
WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 560, 300, 56, 44, 14, 14
Point = tuple[float, float]


def _svg(width: float, height: float, label: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-label="{html.escape(label)}">{"".join(parts)}</svg>'
    )


def _text(x: float, y: float, words: str, anchor: str = "start", colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{html.escape(words)}</text>'


def _axes(x_label: str, y_label: str, x_ticks: Sequence[Point], y_ticks: Sequence[Point]) -> list[str]:
    """Return grid lines, ticks and labels; a tick is (place in pixels, value to print)."""
    parts = []
    for y, value in y_ticks:
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(_text(LEFT - 6, y + 4, f"{value:g}", "end"))
    for x, value in x_ticks:
        parts.append(_text(x, HEIGHT - BOTTOM + 17, f"{value:g}", "middle"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, x_label, "middle"))
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(f'<g transform="rotate(-90 14 {middle:.1f})">{_text(14, middle, y_label, "middle")}</g>')
    return parts


def curves(
    series: Mapping[str, Sequence[Point]],
    x_label: str,
    y_label: str,
    x_range: Point,
    y_range: Point = (0.0, 1.0),
    dots: Mapping[str, Point] | None = None,
) -> str:
    """Return lines (name → points) on common axes, and single named dots; points outside the ranges are clipped."""

    def at(point: Point) -> Point:
        return _scaled(point[0], x_range, LEFT, WIDTH - RIGHT), _scaled(point[1], y_range, HEIGHT - BOTTOM, TOP)

    x_ticks = [(at((v, y_range[0]))[0], v) for v in _ticks(x_range)]
    y_ticks = [(at((x_range[0], v))[1], v) for v in _ticks(y_range)]
    parts = _axes(x_label, y_label, x_ticks, y_ticks)
    names = [*series, *(dots or {})]
    for number, points in enumerate(series.values()):
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, points))
        parts.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[number % 4]}" stroke-width="2.5"/>')
    for number, point in enumerate((dots or {}).values(), start=len(series)):
        x, y = at(point)
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{COLOURS[number % 4]}"/>')
    for number, name in enumerate(names):
        y = HEIGHT - BOTTOM - 12 - 18 * (len(names) - 1 - number)
        parts.append(f'<rect x="{LEFT + 12}" y="{y - 9:.1f}" width="14" height="9" fill="{COLOURS[number % 4]}"/>')
        parts.append(_text(LEFT + 32, y, name))
    return _svg(WIDTH, HEIGHT, f"{y_label} by {x_label}", parts)


def _scaled(value: float, source: Point, first: float, last: float) -> float:
    share = (value - source[0]) / (source[1] - source[0])
    return first + min(1.0, max(0.0, share)) * (last - first)


def _ticks(span: Point) -> list[float]:
    """Return five to ten round values that cover the span."""
    width = span[1] - span[0]
    step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 1e4, 1e6)
                if width / s <= 10)  # fmt: skip
    first = -(-span[0] // step)
    return [round((first + n) * step, 6) for n in range(int((span[1] - first * step) / step + 1e-9) + 1)]


def bars(values: Sequence[tuple[str, float, str]], label: str) -> str:
    """Return horizontal bars of shares from 0 to 1; an entry is (name, share, note behind the bar)."""
    parts = []
    for row, (name, share, note) in enumerate(values):
        y, length = 26 * row, 320 * min(1.0, max(0.0, share))
        parts.append(_text(150, y + 17, name, "end"))
        parts.append(f'<rect x="158" y="{y + 4}" width="320" height="17" fill="#eee"/>')
        parts.append(f'<rect x="158" y="{y + 4}" width="{length:.1f}" height="17" fill="{COLOURS[0]}"/>')
        parts.append(_text(486, y + 17, f"{share:.2f}  {note}"))
    return _svg(700, 26 * len(values) + 6, label, parts)


def histogram(values: Sequence[float], x_label: str, marks: Mapping[str, float], bins: int = 30) -> str:
    """Return a histogram from 0 to the largest value, with named vertical lines; empty text of nothing."""
    if not values or max(values) <= 0:
        return ""
    top = max(values) * 1.0001
    counts = [0] * bins
    for value in values:
        counts[int(value / top * bins)] += 1
    x_range, y_range = (0.0, top), (0.0, float(max(counts)) * 1.1)
    x_ticks = [(_scaled(v, x_range, LEFT, WIDTH - RIGHT), v) for v in _ticks(x_range)]
    y_ticks = [(_scaled(v, y_range, HEIGHT - BOTTOM, TOP), v) for v in _ticks(y_range)]
    parts = _axes(x_label, "questions", x_ticks, y_ticks)
    wide = (WIDTH - RIGHT - LEFT) / bins
    for number, count in enumerate(counts):
        y = _scaled(count, y_range, HEIGHT - BOTTOM, TOP)
        parts.append(
            f'<rect x="{LEFT + number * wide:.1f}" y="{y:.1f}" width="{wide - 1:.1f}" '
            f'height="{HEIGHT - BOTTOM - y:.1f}" fill="{COLOURS[0]}"/>'
        )
    for number, (name, value) in enumerate(marks.items()):
        x = _scaled(value, x_range, LEFT, WIDTH - RIGHT)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="{COLOURS[1]}"/>')
        parts.append(_text(x + 4, TOP + 12 + 16 * number, f"{name} {value:.0f}", colour="#a85c10"))
    return _svg(WIDTH, HEIGHT, f"questions by {x_label}", parts)
