"""How well a model says what the rows say: of each assistant turn, is every token the likeliest one?

A turn that is right here is the turn that greedy decoding would have given after the same beginning.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import torch

from .tokenizer import IGNORED


@dataclass(frozen=True)
class Score:
    turns: int
    right: int
    rows: int
    rows_right: int
    answers_right: int

    def summary(self) -> dict[str, float]:
        return {
            "turns": self.turns,
            "turnAccuracy": share(self.right, self.turns),
            "rowAccuracy": share(self.rows_right, self.rows),
            "answerAccuracy": share(self.answers_right, self.rows),
        }


def share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@torch.inference_mode()
def score(model: torch.nn.Module, examples: Iterable[dict[str, list[int]]], names: Collection[int] = ()) -> Score:
    """`examples`: `input_ids` and `labels` (-100 where no loss falls) of equal length.

    `names`: tokens that name things (handles). An answer is right where the first of them in the last turn is; where it has
    none, all of the turn has to be.
    """
    was_training = model.training
    model.eval()
    turns = right = rows = rows_right = answers = 0
    for example in examples:
        labels = torch.tensor(example["labels"])[1:]
        where = labels != IGNORED
        hidden = model.model(input_ids=torch.tensor([example["input_ids"]])).last_hidden_state[0, :-1]
        hits = torch.zeros_like(where)
        hits[where] = model.lm_head(hidden[where]).argmax(-1) == labels[where]
        found = turns_of(labels.tolist(), hits.tolist())
        turns, right, rows = turns + len(found), right + sum(map(all, found)), rows + 1
        rows_right += all(map(all, found))
        said = [label for label in labels.tolist() if label != IGNORED][-len(found[-1]) :]
        answers += next((hit for label, hit in zip(said, found[-1], strict=True) if label in names), all(found[-1]))
    model.train(was_training)
    return Score(turns, right, rows, rows_right, answers)


def turns_of(labels: list[int], hits: list[bool]) -> list[list[bool]]:
    """Of each run of trained tokens: which were hit."""
    found: list[list[bool]] = []
    before = IGNORED
    for label, hit in zip(labels, hits, strict=True):
        if label != IGNORED:
            if before == IGNORED:
                found.append([])
            found[-1].append(hit)
        before = label
    return found
