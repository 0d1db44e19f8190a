"""Trains both digit models on the handwritten digits of scikit-learn and writes everything the demo needs from them.

Run from the repository's root:  python models/digits/train.py
"""

import sys
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from training.artefacts import predict, rounded, write_json, write_lines, write_model  # noqa: E402
from training.card import certificate_text, metrics_table  # noqa: E402
from training.certify import certify, interval  # noqa: E402
from training.metrics import evaluate  # noqa: E402
from training.split import SEED, split_rows  # noqa: E402

CLASSES = [str(digit) for digit in range(10)]
PARTS = {"train": 897, "certify": 600, "replay": 300}
# The promise of the service (processes/anomaly-routing/services/digits.json).
ALPHA, DELTA = 0.02, 0.05
REFERENCE = "historical outcome (the label that came with the data)"
BACKGROUND_ROWS = 40

VERSIONS = {
    "1": ("Logistic regression, scikit-learn's own settings, pixels standardised inside the graph",
          Pipeline([("scale", StandardScaler()), ("classifier", LogisticRegression(max_iter=2000))])),
    # 50 trees with two rows or more per leaf: small enough to be committed, leaves fine enough for a score.
    "2": ("Random forest, 50 trees, at least two rows per leaf",
          Pipeline([("classifier", RandomForestClassifier(n_estimators=50, min_samples_leaf=2, random_state=SEED))])),
}  # fmt: skip


def main() -> None:
    source = load_digits()
    rows, outcomes = source.data.astype(np.float32), source.target
    parts = split_rows(len(rows), PARTS)
    for part, name in (("certify", "certify"), ("replay", "held-out")):
        lines = [
            {"input": {"pixels": rows[i].astype(int).tolist()}, "outcome": CLASSES[outcomes[i]], "protected": {}}
            for i in parts[part]
        ]
        write_lines(HERE / "data" / f"{name}.jsonl", lines)
    for version, (description, pipeline) in VERSIONS.items():
        train_version(rows, outcomes, parts, version, description, pipeline)


def train_version(rows, outcomes, parts: dict, version: str, description: str, pipeline: Pipeline) -> None:
    train = parts["train"]
    pipeline.fit(rows[train], outcomes[train])
    name = f"digits-v{version}"
    folder = HERE / "artefacts" / name
    manifest = {
        "name": name,
        "version": version,
        "family": "digits",
        "classes": CLASSES,
        "features": [{"field": "pixels", "element": index} for index in range(64)],
        "explainSeed": SEED,
        "background": rows[train][:BACKGROUND_ROWS].astype(int).tolist(),
    }
    write_model(folder, pipeline, manifest, 64)
    report(folder, name, description, predict(folder, rows), outcomes, parts)


def report(folder: Path, name: str, description: str, probabilities: np.ndarray, outcomes: np.ndarray, parts: dict) -> None:
    # Every digit may be automatic; the score is the probability of the digit read.
    score, may, wrong = probabilities.max(axis=1), np.ones(len(outcomes), dtype=bool), probabilities.argmax(axis=1) != outcomes
    part = parts["certify"]
    certificate = certify(score[part], may[part], wrong[part], ALPHA, DELTA)
    check = None
    if certificate["certified"]:
        replay = parts["replay"]
        above = score[replay] >= certificate["threshold"]
        m, k = int(above.sum()), int((above & wrong[replay]).sum())
        check = {"m": m, "k": k, "interval": list(interval(k, m)) if m else [0.0, 1.0]}
    metrics = {p: evaluate(probabilities[parts[p]], outcomes[parts[p]]) for p in PARTS}
    write_json(folder / "evaluation.json", rounded({"model": name, "metrics": metrics, "certificate": certificate, "replayCheck": check}))
    (folder / "CARD.md").write_text(card(name, description, metrics, certificate, check), encoding="utf-8")


def card(name: str, description: str, metrics: dict, certificate: dict, check: dict | None) -> str:
    columns = {"certify (600)": metrics["certify"], "replay (300)": metrics["replay"], "train (897), for over-fitting only": metrics["train"]}
    return f"""# Model card: {name}

Which digit is this? {description}. Input: 8 × 8 grey values from 0 to 16, row by row.

## Use
For showing Stellwerk with real data: a low-risk service where most cases may run by themselves. Not for reading cheques, ballots or post codes.

## Data
Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, doi:10.24432/C50P49, CC BY 4.0; the 1,797 test images as scikit-learn 1.9.1 brings them (`load_digits`), written by 13 people.
Cut by one seeded shuffle (seed {SEED}, fixed before any result was seen; not stratified) into train 897, certify 600, replay 300. `certify.jsonl` and `held-out.jsonl` hold the last two; the script makes the first again.

## Measures
On the ONNX file as served. Intervals: 95 %, Clopper–Pearson.

{metrics_table(columns)}

## Certificate
{certificate_text(certificate, check, REFERENCE)}

## Limits
- The same writers are in all three parts, so the error on a new writer's digits is likely to be higher than any number here.
- Pictures come cleaned, centred and scaled to 8 × 8. Other sources need a new certificate.
- No protected attributes exist in this data; `protected` is empty. Nothing is known of the writers.
- Confidence is no measure of novelty: a letter or a stain is read as some digit too.
"""


if __name__ == "__main__":
    main()
