"""The loss that is computed only where it falls is the loss."""

import contextlib
from types import SimpleNamespace

import torch
from medresearcher_trl.presets import Preset, new_model
from medresearcher_trl.tokenizer import IGNORED
from medresearcher_trl.trainer import SparseLossTrainer
from torch.nn import functional


def test_sparse_loss_and_its_gradient_are_those_of_all_logits():
    torch.manual_seed(0)
    model = new_model(Preset(32, 2, 2, 64, 128, 2, 0.02, 4e-3, 1, 1), 64, 0, 1)
    trainer = SimpleNamespace(
        accelerator=SimpleNamespace(autocast=contextlib.nullcontext), _metrics={"train": {"mean_token_accuracy": []}}
    )
    ids = torch.randint(2, 64, (3, 40))
    labels = ids.clone()
    labels[:, :13] = labels[1, 20:30] = IGNORED
    # What stands behind a row's end is padding: it changes nothing of what comes before it.
    padded = torch.nn.functional.pad(ids, (0, 9)), functional.pad(labels, (0, 9), value=IGNORED)
    logits = model(input_ids=ids).logits[:, :-1].flatten(0, 1)
    expected = functional.cross_entropy(logits, labels[:, 1:].flatten(), ignore_index=IGNORED)
    wanted = torch.autograd.grad(expected, list(model.parameters()))
    for input_ids, of in [(ids, labels), padded]:
        loss = SparseLossTrainer.compute_loss(trainer, model, {"input_ids": input_ids, "labels": of})
        torch.testing.assert_close(loss, expected)
        for mine, other in zip(torch.autograd.grad(loss, list(model.parameters())), wanted, strict=True):
            torch.testing.assert_close(mine, other, atol=1e-5, rtol=1e-4)
    trained = labels[:, 1:].flatten() != IGNORED
    right = (logits.argmax(-1) == labels[:, 1:].flatten())[trained].float().mean().item()
    assert trainer._metrics["train"]["mean_token_accuracy"] == [right, right]
