"""Sentences and tables that every model card shares."""


def percent(value: float, digits: int = 1) -> str:
    return f"{100 * value:.{digits}f} %"


def metrics_table(parts: dict[str, dict]) -> str:
    """One column per part; intervals at 95 %."""
    has_auc = any("auc" in metrics for metrics in parts.values())
    rows = [
        ("right", lambda m: f"{m['n'] - m['wrong']} of {m['n']}: {percent(m['accuracy'])} ({percent(m['accuracyInterval'][0])} to {percent(m['accuracyInterval'][1])})"),
        *([("AUC", lambda m: f"{m['auc']:.3f} ({m['aucInterval'][0]:.3f} to {m['aucInterval'][1]:.3f})")] if has_auc else []),
        ("Brier score, over all classes", lambda m: f"{m['brier']:.4f}"),
        ("calibration error (ECE, 10 bins)", lambda m: percent(m["calibrationError"])),
        ("AURC", lambda m: f"{m['aurc']:.4f}"),
    ]
    head = "| measure | " + " | ".join(parts) + " |\n|---|" + "---|" * len(parts)
    return head + "".join(f"\n| {name} | " + " | ".join(write(m) for m in parts.values()) + " |" for name, write in rows)


def certificate_text(result: dict, check: dict | None, reference: str) -> str:
    """What the certify part proves, or that it proves nothing."""
    promise = f"α = {percent(result['alpha'], 0)}, δ = {percent(result['delta'], 0)}"
    method = (
        "Fixed-sequence test (Learn-then-Test, exact binomial) over 40 score quantiles of the cases whose class may be "
        f"automatic, from {result['startSize']} cases on (the size that allows two errors). One look, planned before the split was drawn."
    )
    if not result["certified"]:
        first = result["firstTested"]
        seen = (
            f"the first threshold tested had {first['k']} wrong of {first['m']} ({percent(first['k'] / first['m'])})"
            if first
            else f"only {result['eligible']} of {result['n']} cases may be automatic, {result['startSize']} are needed to start"
        )
        return f"**Not certified** at {promise}: {seen}. On this split the version is a **pilot**: every case goes to people.\n\n{method} Error reference: {reference}."
    text = (
        f"**Certified** at {promise}: automatic from a score of {result['threshold']:.6f} on; "
        f"{result['k']} wrong of {result['m']}, so at most {percent(result['upperBound'], 2)}; "
        f"{percent(result['coverage'])} of the {result['n']} certify cases lie above the threshold.\n\n{method} Error reference: {reference}. "
        "The bound speaks of cases drawn as these were; it does not speak of other times or places."
    )
    if check is not None:
        text += (
            f"\n\nAt that threshold the replay part, which no fit and no certificate saw, had {check['k']} wrong of {check['m']} automatic "
            f"({percent(check['k'] / check['m'])}, 95 % interval {percent(check['interval'][0])} to {percent(check['interval'][1])})."
        )
    return text
