"""The report as one page for people: what was asked, how it went, where it went wrong; nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from assistant.evaluation import metrics, plots
from assistant.evaluation.explain import MEANING
from assistant.evaluation.figures import decline_figures, expected, worst
from assistant.evaluation.run import Row, wanted_pages

STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{margin-bottom:.2rem}h2{margin-top:2.4rem}table{border-collapse:collapse;width:100%;font-size:14px}
td,th{padding:.25rem .6rem;border-bottom:1px solid #e3e3e3;text-align:left;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}text{font:13px system-ui,sans-serif}
.big{display:flex;gap:1rem;flex-wrap:wrap}.big div{border:1px solid #ddd;border-radius:.5rem;padding:.6rem 1rem;flex:1}
.big b{display:block;font-size:1.7rem}.note{color:#555;font-size:14px}.bad{color:#a11}svg{max-width:100%;height:auto}
details{margin:.6rem 0}li{margin-bottom:.9rem}"""


def to_html(rows: Sequence[Row], data: Mapping[str, Any]) -> str:
    """Return the report as one self-contained page."""
    parts = [
        f"<h1>How good are the answers? ({escape(str(data.get('set', '')))} questions)</h1>",
        f'<p class="note">Settings {escape(str(data.get("settings", "")))}, encoder '
        f"{escape(str(data.get('encoder', '')))[:60]}. {len(rows)} questions with known answers were asked; "
        "three in ten (test) never guide a change.</p>",
        _headlines(data["summary"], data.get("filter leaks")),
        "<h2>All figures</h2>", _figures(data),
        "<h2>Search: is the right place among the first k found?</h2>", _recall_plot(rows),
        "<h2>Declining: when the documents do not answer</h2>", _decline_plot(rows),
        "<h2>By kind of question</h2>", _kind_plot(data["kinds"]),
        "<h2>How long an answer takes</h2>", _latency_plot(rows),
        "<h2>The ten worst of the development questions</h2>", _worst(rows),
        _groups("By country", data["countries"]), _groups("By document", data["documents"]),
        "".join(f'<p class="note">{escape(remark)}</p>' for remark in data["remarks"]),
    ]  # fmt: skip
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>{"".join(parts)}</html>\n'
    )


def _headlines(summary: Mapping[str, float], filter_leaks: Sequence[str] | None) -> str:
    def share(name: str) -> str:
        return f"{summary[name]:.0%}" if name in summary else "–"

    leaks = int(summary["leaks"]) + len(filter_leaks or ())
    boxes = [
        (share("answered when answerable"), "of the answerable questions were answered"),
        (share("fact coverage"), "of the expected facts were in the answers"),
        (share("citation page precision"), "of the quotations stand on a page that answers"),
        (share("decline recall"), "of the unanswerable questions were declined"),
        (share("quote validity"), "of the quotations are verbatim (must be 100 %)"),
        (str(leaks), "passages of another country slipped in (must be 0)"),
    ]
    return '<div class="big">' + "".join(f"<div><b>{b}</b>{escape(words)}</div>" for b, words in boxes) + "</div>"


def _figures(data: Mapping[str, Any]) -> str:
    heads = "".join(f"<th class=n>{name}" for name in ("all", "dev", "test", "95 % of test"))
    lines = [f"<table><tr><th>measure{heads}<th>meaning</tr>"]
    for name in data["summary"]:
        spread = data["intervals"]["test"].get(name)
        cells = [f"{data[part][name]:g}" if name in data[part] else "" for part in ("summary", "development", "test")]
        cells.append(f"{spread[0]:.2f}–{spread[1]:.2f}" if spread else "")
        numbers = "".join(f'<td class="n">{cell}</td>' for cell in cells)
        lines.append(f"<tr><td>{escape(name)}</td>{numbers}<td>{escape(MEANING.get(name, ''))}</td></tr>")
    return "".join(lines) + "</table>"


def _recall_plot(rows: Sequence[Row]) -> str:
    yes = [row for row in rows if row.question.answerable]
    if not yes:
        return "<p>No answerable question was asked.</p>"
    by_page = [(float(k), metrics.mean([metrics.recall_at(r.pages, wanted_pages(r.question), k) for r in yes]))
               for k in range(1, 11)]  # fmt: skip
    known = [row for row in yes if row.relevant]
    by_passage = [(float(k), metrics.mean([metrics.recall_at(r.passages, r.relevant, k) for r in known]))
                  for k in range(1, 11)]  # fmt: skip
    floor = min(0.5, *(value for _, value in (*by_page, *by_passage)))
    series = {"an acceptable page": by_page, "the passage with the expected words": by_passage}
    plot = plots.curves(series, "first k found", "share of questions", (1.0, 10.0), (floor - floor % 0.1, 1.0))
    return f'{plot}<p class="note">The vertical axis does not begin at 0.</p>'


def _decline_plot(rows: Sequence[Row]) -> str:
    silent = [not row.question.answerable for row in rows]
    if not any(silent) or all(silent):
        return "<p>Needs both questions with and without an answer.</p>"
    curve = metrics.threshold_curve([row.closeness for row in rows], silent)
    here = decline_figures(rows)
    points = [(recall, precision) for _, precision, recall in curve]
    plot = plots.curves(
        {"declining by the closeness of the best sentence alone": points},
        "recall: share of the unanswerable that are declined",
        "precision",
        (0.0, 1.0),
        dots={"the assistant": (here["decline recall"], here["decline precision"])},
    )
    return plot + (
        '<p class="note">Each point of the line is a threshold on one number, the cosine of the question with the '
        f"best sentence found. The assistant decides with more; up and to the right is better. Its F1 is "
        f"{here['decline F1']:.2f}.</p>"
    )


def _kind_plot(kinds: Mapping[str, Mapping[str, float]]) -> str:
    entries = []
    for kind, figures in kinds.items():
        name = "fact coverage" if "fact coverage" in figures else "decline recall"
        note = f"{'facts' if name == 'fact coverage' else 'declined'}, {figures['questions']:g} questions"
        entries.append((kind, figures.get(name, 0.0), note))
    return plots.bars(entries, "share by kind of question") + (
        '<p class="note">Answerable kinds: share of the expected facts in the answer. '
        "Kinds to decline: share declined.</p>"
    )


def _latency_plot(rows: Sequence[Row]) -> str:
    times = [row.milliseconds for row in rows]
    marks = {"p50": metrics.percentile(times, 0.5), "p95": metrics.percentile(times, 0.95)}
    return plots.histogram(times, "milliseconds", marks) or "<p>No times were taken.</p>"


def _worst(rows: Sequence[Row]) -> str:
    items = []
    for row in worst(rows):
        q = row.question
        before = "".join(f'<span class="note">{escape(turn)} → </span>' for turn in q.history)
        leaks = f'<br><span class="bad">leaks: {escape("; ".join(row.leaks[:3]))}</span>' if row.leaks else ""
        items.append(
            f"<li>{before}<b>{escape(q.question)}</b> <span class=note>{escape(q.id)}, {escape(q.kind)}</span><br>"
            f"<b>Expected:</b> {escape(expected(row))}<br>"
            f"<b>Came</b> ({escape(row.verdict)}): {escape(row.text[:500])}{leaks}</li>"
        )
    return f"<ol>{''.join(items)}</ol>" if items else "<p>None: every question went well.</p>"


def _groups(title: str, groups: Mapping[str, Mapping[str, float]]) -> str:
    columns = ("questions", "recall@5", "citation page precision", "fact coverage", "decline recall", "leaks")
    head = "".join(f"<th class=n>{escape(c)}" for c in columns)
    body = "".join(
        f"<tr><td>{escape(name)}</td>"
        + "".join(f'<td class="n">{figures[c]:g}</td>' if c in figures else "<td></td>" for c in columns)
        + "</tr>"
        for name, figures in groups.items()
    )
    return f"<details><summary>{escape(title)}</summary><table><tr><th>{head}</tr>{body}</table></details>"
