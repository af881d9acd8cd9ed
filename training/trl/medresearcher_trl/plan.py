"""Which rows stand in which step: a pure function of lengths, seed and steps, so that a resume is exact."""

import random

WARM_UP_SHARE = 0.1


def batches(lengths: list[int], size: int, steps: int, seed: int) -> list[list[int]]:
    """`steps` batches of `size` row numbers.

    Each epoch takes every row once; rows of like length stand together, so that little is padding. The first tenth of
    the steps takes the short half of the rows: copying is learned sooner over a short distance.
    """
    order = sorted(range(len(lengths)), key=lambda row: (lengths[row], row))
    short = order[: max(size, len(order) // 2)]
    easy = round(steps * WARM_UP_SHARE)
    first = take(easy, short, lengths, size, f"{seed}:short")
    return first + take(steps - easy, order, lengths, size, f"{seed}:all")


def take(steps: int, rows: list[int], lengths: list[int], size: int, seed: str) -> list[list[int]]:
    """Epoch after epoch, until there are enough."""
    plan: list[list[int]] = []
    epoch = 0
    while len(plan) < steps:
        plan += epoch_of(rows, lengths, size, random.Random(f"{seed}:{epoch}"))
        epoch += 1
    return plan[:steps]


def epoch_of(rows: list[int], lengths: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Shuffled, sorted by length within buckets of 16 batches, the batches shuffled again; the last one is filled up."""
    shuffled = rng.sample(rows, len(rows))
    shuffled += rng.choices(rows, k=-len(rows) % size)
    found: list[list[int]] = []
    for start in range(0, len(shuffled), 16 * size):
        bucket = sorted(shuffled[start : start + 16 * size], key=lambda row: lengths[row])
        found += [bucket[i : i + size] for i in range(0, len(bucket), size)]
    rng.shuffle(found)
    return found
