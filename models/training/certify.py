"""The certified threshold in Python, written apart from trust/certify-threshold.ts: a test holds the two together."""

import math

import numpy as np
from scipy.stats import beta, binom


def upper_bound(k: int, m: int, delta: float) -> float:
    """Clopper-Pearson: the rate p with P(Bin(m, p) <= k) = delta."""
    return 1.0 if k == m else float(beta.ppf(1 - delta, k + 1, m - k))


def interval(k: int, m: int, confidence: float = 0.95) -> tuple[float, float]:
    side = (1 - confidence) / 2
    lower = 0.0 if k == 0 else float(beta.ppf(side, k, m - k + 1))
    return lower, upper_bound(k, m, side)


def start_size(alpha: float, delta: float, errors: int = 2) -> int:
    """The smallest m for which that many errors still prove alpha."""
    m = errors + 1
    while binom.cdf(errors, m, alpha) > delta:
        m += 1
    return m


def certify(scores, automatic, errors, alpha: float, delta: float, grid_size: int = 40) -> dict:
    """Fixed sequence over score quantiles of the cases that may be automatic (Learn-then-Test, arXiv 2110.01052)."""
    scores, automatic, errors = (np.asarray(a) for a in (scores, automatic, errors))
    ordered = np.sort(scores[automatic])[::-1]
    quantiles = [ordered[math.ceil(len(ordered) * j / grid_size) - 1] for j in range(1, grid_size + 1)] if len(ordered) else []
    start, walked, best = start_size(alpha, delta), [], None
    for threshold in sorted(set(quantiles), reverse=True):
        above = automatic & (scores >= threshold)
        m, k = int(above.sum()), int((above & errors).sum())
        if m < start:
            continue
        walked.append({"threshold": float(threshold), "m": m, "k": k})
        if binom.cdf(k, m, alpha) > delta:
            break
        best = walked[-1]
    result = {"alpha": alpha, "delta": delta, "n": len(scores), "eligible": int(automatic.sum()), "startSize": start}
    if best is None:
        return {**result, "certified": False, "firstTested": walked[0] if walked else None}
    return {
        **result,
        "certified": True,
        **best,
        "errorRate": best["k"] / best["m"],
        "upperBound": upper_bound(best["k"], best["m"], delta),
        "coverage": best["m"] / len(scores),
    }
