#!/usr/bin/env python3
"""Fits the judge: logistic regression over its features, with cross-validation over documents.

    python eval/training/fit_judge.py FEATURES.jsonl [...] [--write]

Each line of a features file is {"reader", "group", "label", "weight", "features"}, written by `features_of.py`: `label`
says whether the answering words were shown, `group` is the document that the question was written on, so that no
document is in a training fold and in its test fold. Prints AUROC, expected calibration error, and what each band would
claim; `--write` writes `assistant/data/judge.toml`.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.judging.judge import FEATURES

TARGET = Path(__file__).parents[2] / "assistant" / "data" / "judge.toml"
STRENGTH = 0.3
"""Inverse of the L2 penalty on standardised features."""
ANSWERED = 0.55
"""The band `answered` begins where, in documents not fitted on, more than half of the claims hold for every reader."""
SENSE = {"missing": -1.0, "abroad": 0.0}
"""Which way a feature speaks where it is not for an answer; 0 for either."""
NEAR = 0.02
"""Below this probability nothing that was found comes near the question, and nothing is shown."""


def table(rows: list[dict]) -> tuple[numpy.ndarray, dict[str, float]]:
    """Return the features as an array (rows, features), what is unknown replaced by the mean, and the means."""
    means = {}
    for name in FEATURES:
        known = [row["features"][name] for row in rows if row["features"].get(name) is not None]
        means[name] = float(numpy.mean(known)) if known else 0.0
    values = [[means[n] if row["features"].get(n) is None else row["features"][n] for n in FEATURES] for row in rows]
    return numpy.array(values, dtype=float), means


def fitted(x: numpy.ndarray, y: numpy.ndarray, w: numpy.ndarray) -> tuple[numpy.ndarray, float]:
    """Return weights and intercept on the features as they are; a weight against its feature's sense is left out.

    More of every feature speaks for an answer, more of what is missing against it; another language may do either.
    """
    middle, spread = x.mean(0), x.std(0)
    spread[spread < 1e-9] = 1.0
    kept = numpy.ones(x.shape[1], dtype=bool)
    while True:
        model = LogisticRegression(C=STRENGTH, max_iter=2000)
        model.fit(((x - middle) / spread)[:, kept], y, sample_weight=w)
        weights = numpy.zeros(x.shape[1])
        weights[kept] = model.coef_[0]
        wrong = [n for n, v in enumerate(weights) if v * SENSE.get(FEATURES[n], 1.0) < 0]
        if not wrong:
            weights = weights / spread
            return weights, float(model.intercept_[0] - weights @ middle)
        kept[max(wrong, key=lambda n: abs(weights[n]))] = False


def crossed(x: numpy.ndarray, y: numpy.ndarray, w: numpy.ndarray, groups: list[str]) -> numpy.ndarray:
    """Return the probability of each row from a fit that saw none of its documents."""
    out = numpy.zeros(len(y))
    for train, test in GroupKFold(n_splits=min(10, len(set(groups)))).split(x, y, groups):
        weights, intercept = fitted(x[train], y[train], w[train])
        out[test] = 1 / (1 + numpy.exp(-(x[test] @ weights + intercept)))
    return out


def calibration_error(p: numpy.ndarray, y: numpy.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error (Naeini, Cooper & Hauskrecht 2015) over bins of equal width."""
    place = numpy.minimum((p * bins).astype(int), bins - 1)
    gaps = [abs(p[place == b].mean() - y[place == b].mean()) * (place == b).mean() for b in set(place)]
    return float(sum(gaps))


def report(name: str, rows: list[dict]) -> str:
    """Print what the fit of one reader is worth, and return its tables for the data file."""
    x, means = table(rows)
    y = numpy.array([row["label"] for row in rows], dtype=float)
    w = numpy.array([row.get("weight", 1.0) for row in rows], dtype=float)
    p = crossed(x, y, w, [row["group"] for row in rows])
    own = w >= 1.0
    print(f"{name}: {len(y)} rows, AUROC {roc_auc_score(y[own], p[own]):.3f}, calibration error "
          f"{calibration_error(p[own], y[own]):.3f}")  # fmt: skip
    for place, feature in enumerate(FEATURES):
        if len(set(x[:, place])) > 1:
            print(f"   {feature:10} alone {roc_auc_score(y[own], x[own, place]):.3f}")
    for at in (0.3, 0.4, 0.5, ANSWERED, 0.6, 0.7):
        claimed = p[own] >= at
        holds = y[own][claimed].mean() if claimed.any() else 0.0
        print(f"   from {at:.2f}: claims {claimed.mean():.2f} of all, {holds:.2f} hold")
    weights, intercept = fitted(x, y, w)
    lines = [f"[{name}]", f"intercept = {intercept:.4f}", f"answered = {ANSWERED}", f"near = {NEAR}"]
    lines += [f"[{name}.weights]", *(f"{n} = {v:.4f}" for n, v in zip(FEATURES, weights, strict=True))]
    lines += [f"[{name}.means]", *(f"{n} = {means[n]:.4f}" for n in FEATURES)]
    return "\n".join(lines)


def main() -> None:
    """Fit one judge for each kind of reader in the files."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("files", type=Path, nargs="+")
    ask.add_argument("--write", action="store_true")
    given = ask.parse_args()
    by_reader: dict[str, list[dict]] = defaultdict(list)
    for file in given.files:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            by_reader[row["reader"]].append(row)
    tables = [report(name, rows) for name, rows in sorted(by_reader.items())]
    if given.write:
        head = TARGET.read_text(encoding="utf-8").split("[", 1)[0]
        TARGET.write_text(head + "\n".join(tables) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
