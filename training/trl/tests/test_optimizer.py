"""Muon: matrices move along orthogonal directions, everything else by AdamW; and the score of a model."""

import torch
from medresearcher_trl.optimizer import MuonAdamW, orthogonal
from medresearcher_trl.presets import Preset, new_model
from medresearcher_trl.score import score, turns_of
from torch import nn


def test_orthogonal_keeps_the_directions_and_evens_out_their_lengths():
    torch.manual_seed(0)
    for shape in [(48, 24), (24, 48), (30, 30)]:
        matrix = torch.randn(shape) @ torch.diag(torch.logspace(0, -2, shape[1]))
        found = orthogonal(matrix, torch.float32)
        assert found.shape == matrix.shape
        values = torch.linalg.svdvals(found)
        assert values.max() < 1.3
        assert values.median() > 0.6
        u, _, v = torch.linalg.svd(matrix, full_matrices=False)
        assert nn.functional.cosine_similarity(found.flatten(), (u @ v).flatten(), dim=0) > 0.9


def test_what_is_no_matrix_of_a_layer_moves_as_with_adamw():
    def model():
        torch.manual_seed(1)
        return nn.Sequential(nn.Embedding(11, 6), nn.LayerNorm(6), nn.Linear(6, 5, bias=False))

    ours, theirs = model(), model()
    optimizers = [
        MuonAdamW(ours, 0.02, 3e-3, 0.01, torch.float32),
        torch.optim.AdamW([*theirs[0].parameters(), *theirs[1].parameters()], 3e-3, (0.9, 0.95), weight_decay=0.01),
    ]
    for step in range(4):
        for net, optimizer in zip((ours, theirs), optimizers, strict=True):
            net.zero_grad()
            # The same gradients for both, whatever the last layer has become.
            (net[1](net[0](torch.arange(8) + step % 3)) ** 3).sum().backward()
            optimizer.step()
    for part in (0, 1):
        for mine, other in zip(ours[part].parameters(), theirs[part].parameters(), strict=True):
            torch.testing.assert_close(mine, other, atol=1e-6, rtol=1e-5)


def test_turns_are_the_runs_of_trained_tokens():
    assert turns_of([-100, 1, 2, -100, 3], [False, True, False, True, True]) == [[True, False], [True]]


def test_an_answer_is_right_where_its_first_name_is():
    torch.manual_seed(0)
    model = new_model(Preset(16, 1, 2, 32, 64, 1, 0.02, 4e-3, 1, 1), 32, 0, 1)
    with torch.no_grad():
        said = model(input_ids=torch.tensor([[5, 6, 7, 8]])).logits[0].argmax(-1).tolist()
    other = next(token for token in range(32) if token not in said)
    right = {"input_ids": [5, 6, 7, 8, 9], "labels": [-100, -100, *said[1:4]]}
    half = {"input_ids": [5, 6, 7, 8, 9], "labels": [-100, -100, said[1], said[2], other]}
    assert score(model, [right]).summary() == {"turns": 1, "turnAccuracy": 1.0, "rowAccuracy": 1.0, "answerAccuracy": 1.0}
    assert score(model, [half], {said[1]}).answers_right == 1
    assert score(model, [half], {other}).summary()["answerAccuracy"] == 0.0
    assert score(model, [half]).answers_right == 0
