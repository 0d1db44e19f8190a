"""What a model card says about a model on rows it was not trained on, each number with its interval."""

import numpy as np
from sklearn.metrics import roc_auc_score

from training.certify import interval
from training.split import SEED


def evaluate(probabilities: np.ndarray, outcomes: np.ndarray) -> dict:
    """Accuracy (Clopper-Pearson 95 %), Brier, calibration error, AURC; AUC (bootstrap 95 %) where there are two classes."""
    predicted = probabilities.argmax(axis=1)
    confidence = probabilities.max(axis=1)
    wrong = predicted != outcomes
    n, k = len(outcomes), int(wrong.sum())
    low, high = interval(k, n)
    result = {
        "n": n,
        "wrong": k,
        "accuracy": 1 - k / n,
        "accuracyInterval": [1 - high, 1 - low],
        "brier": float(((probabilities - np.eye(probabilities.shape[1])[outcomes]) ** 2).sum(axis=1).mean()),
        "calibrationError": calibration_error(confidence, ~wrong),
        "aurc": aurc(confidence, wrong),
    }
    if probabilities.shape[1] == 2:
        result["auc"], result["aucInterval"] = auc_with_interval(probabilities[:, 0], outcomes == 0)
    return result


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    which = np.minimum(bins - 1, (confidence * bins).astype(int))
    parts = [which == b for b in range(bins)]
    return float(sum(abs(right[p].mean() - confidence[p].mean()) * p.mean() for p in parts if p.any()))


def aurc(confidence: np.ndarray, wrong: np.ndarray) -> float:
    """Cases of one score share their errors evenly, as in trust/risk-coverage.ts."""
    shared = wrong.astype(float)
    for score in np.unique(confidence):
        tied = confidence == score
        shared[tied] = shared[tied].mean()
    ordered = shared[np.argsort(-confidence, kind="stable")]
    return float((ordered.cumsum() / np.arange(1, len(ordered) + 1)).mean())


def auc_with_interval(scores: np.ndarray, positive: np.ndarray, repetitions: int = 2000) -> tuple[float, list[float]]:
    random = np.random.default_rng(SEED)
    drawn = []
    while len(drawn) < repetitions:
        rows = random.integers(0, len(scores), len(scores))
        if 0 < positive[rows].sum() < len(rows):
            drawn.append(roc_auc_score(positive[rows], scores[rows]))
    return float(roc_auc_score(positive, scores)), [float(q) for q in np.quantile(drawn, [0.025, 0.975])]
