"""Cuts a data set into the three disjoint parts train / certify / replay, by one seeded shuffle."""

import numpy as np

# Fixed before any result was seen, and never changed to get a better one.
SEED = 20261122


def split_rows(count: int, sizes: dict[str, int]) -> dict[str, np.ndarray]:
    """Row numbers per part. Not stratified: every part is a plain random sample of all rows."""
    if sum(sizes.values()) != count:
        raise ValueError(f"the parts must use all {count} rows, found {sizes}")
    order = np.random.default_rng(SEED).permutation(count)
    parts, start = {}, 0
    for name, size in sizes.items():
        parts[name] = order[start : start + size]
        start += size
    return parts
