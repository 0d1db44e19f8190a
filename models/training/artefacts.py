"""Writes what a training script leaves behind: the ONNX file, model.json, evaluation.json, CARD.md and the data lines."""

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
from skl2onnx import to_onnx

# Opset 15 and ml opset 3 run everywhere onnxruntime does, the browser build included.
OPSET = {"": 15, "ai.onnx.ml": 3}


def write_model(folder: Path, pipeline, manifest: dict, width: int) -> None:
    """One float row in; class index and probabilities out. The digest of the file goes into model.json."""
    folder.mkdir(parents=True, exist_ok=True)
    model = to_onnx(
        pipeline,
        np.zeros((1, width), dtype=np.float32),
        name=manifest["name"],
        options={"zipmap": False},
        target_opset=OPSET,
    )
    content = model.SerializeToString(deterministic=True)
    (folder / "model.onnx").write_bytes(content)
    complete = {**manifest, "sha256": hashlib.sha256(content).hexdigest()}
    write_json(folder / "model.json", complete)


def predict(folder: Path, rows: np.ndarray) -> np.ndarray:
    """Probabilities of the written ONNX file: what is evaluated is what is served."""
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), providers=["CPUExecutionProvider"])
    return session.run(["probabilities"], {session.get_inputs()[0].name: rows.astype(np.float32)})[0].astype(float)


def write_json(path: Path, value) -> None:
    """One line per key, lists of numbers on one line: small differences stay readable."""
    lines = []
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], (list, dict)):
            inner = ",\n".join("    " + json.dumps(entry, ensure_ascii=False) for entry in item)
            lines.append(f"  {json.dumps(key)}: [\n{inner}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(item, ensure_ascii=False)}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def write_lines(path: Path, records: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records), encoding="utf-8")


def rounded(value, digits: int = 6):
    """Numbers of a report: enough digits to compare, few enough to reproduce."""
    if isinstance(value, dict):
        return {key: rounded(item, digits) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(item, digits) for item in value]
    return round(value, digits) if isinstance(value, float) else value
