"""TRL's trainer, with the loss computed where it falls and nowhere else: on a CPU that is most of a small model's time."""

import torch
from torch.nn import functional
from trl import SFTTrainer

from .tokenizer import IGNORED


SHAPE = 256
"""Matrices come in few shapes, so that their kernels are made once."""


class SparseLossTrainer(SFTTrainer):
    """Rows are padded on the right and attention looks back only, so that no mask is needed either."""

    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        labels = inputs["labels"][:, 1:].flatten()
        trained = (labels != IGNORED).nonzero().flatten()
        places = functional.pad(trained, (0, -len(trained) % SHAPE))
        wanted = labels[places].index_fill(0, torch.arange(len(trained), len(places), device=labels.device), IGNORED)
        with self.accelerator.autocast():
            hidden = model.model(input_ids=inputs["input_ids"], use_cache=False).last_hidden_state[:, :-1]
            logits = model.lm_head(hidden.flatten(0, 1)[places])
        total = functional.cross_entropy(logits.float(), wanted, ignore_index=IGNORED, reduction="sum")
        loss = total / (len(trained) if num_items_in_batch is None else num_items_in_batch)
        with torch.no_grad():
            right = (logits.argmax(-1) == wanted).sum() / len(trained)
        self._metrics["train"]["mean_token_accuracy"].append(right.item())
        return (loss, logits) if return_outputs else loss
