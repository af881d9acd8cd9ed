"""How well a model says what the rows say: of each assistant turn, is every token the likeliest one?

A turn that is right here is the turn that greedy decoding would have given after the same beginning.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import torch

from .tokenizer import IGNORED


@dataclass(frozen=True)
class Score:
    turns: int
    right: int
    rows: int
    rows_right: int

    def summary(self) -> dict[str, float]:
        return {"turns": self.turns, "turnAccuracy": share(self.right, self.turns), "rowAccuracy": share(self.rows_right, self.rows)}


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@torch.inference_mode()
def score(model: torch.nn.Module, examples: Iterable[dict[str, list[int]]]) -> Score:
    """`examples`: `input_ids` and `labels` (-100 where no loss falls) of equal length."""
    model.eval()
    turns = right = rows = rows_right = 0
    for example in examples:
        logits = model(input_ids=torch.tensor([example["input_ids"]])).logits[0, :-1]
        labels = torch.tensor(example["labels"])[1:]
        hits = (logits.argmax(-1) == labels).tolist()
        found = turns_of(labels.tolist(), hits)
        turns, right, rows = turns + len(found), right + sum(found), rows + 1
        rows_right += all(found)
    return Score(turns, right, rows, rows_right)


def turns_of(labels: list[int], hits: list[bool]) -> list[bool]:
    """Of each run of trained tokens: whether all of it was hit."""
    found: list[bool] = []
    before = IGNORED
    for label, hit in zip(labels, hits, strict=True):
        if label != IGNORED:
            if before == IGNORED:
                found.append(True)
            found[-1] = found[-1] and hit
        before = label
    return found
