"""Muon for the matrices of the layers, AdamW for everything else (embeddings, norms).

Muon (Jordan 2024) moves a matrix by its momentum with all singular values made one. On these small models it comes in half
the steps to where AdamW comes.
"""

from collections.abc import Callable

import torch
from torch import nn

COEFFICIENTS = (3.4445, -4.7750, 2.0315)
ITERATIONS = 5
MOMENTUM = 0.95
BETAS, EPSILON = (0.9, 0.95), 1e-8


def orthogonal(matrix: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """The nearest matrix whose singular values are one, roughly (0.7 to 1.2), by Newton-Schulz."""
    a, b, c = COEFFICIENTS
    tall = matrix.size(0) > matrix.size(1)
    x = (matrix.T if tall else matrix).to(dtype)
    x = x / (x.norm() + 1e-7)
    for _ in range(ITERATIONS):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.T if tall else x).to(matrix.dtype)


class MuonAdamW(torch.optim.Optimizer):
    """`matrix_rate`: learning rate of the matrices · `rate`: of everything else · `dtype`: in which matrices are multiplied."""

    def __init__(self, model: nn.Module, matrix_rate: float, rate: float, weight_decay: float, dtype: torch.dtype):
        embeddings = {id(m.weight) for m in model.modules() if isinstance(m, nn.Embedding)}
        parameters = [p for p in model.parameters() if p.requires_grad]
        matrices = [p for p in parameters if p.ndim == 2 and id(p) not in embeddings]
        rest = [p for p in parameters if p.ndim != 2 or id(p) in embeddings]
        groups = [{"params": matrices, "lr": matrix_rate, "matrices": True}, {"params": rest, "lr": rate, "matrices": False}]
        super().__init__(groups, {"lr": rate, "weight_decay": weight_decay})
        self.dtype = dtype

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> float | None:
        loss = closure() if closure else None
        for group in self.param_groups:
            move = self.move_matrix if group["matrices"] else self.move
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                    move(parameter, parameter.grad, self.state[parameter], group["lr"])
        return loss

    def move_matrix(self, parameter: torch.Tensor, gradient: torch.Tensor, state: dict, rate: float) -> None:
        momentum = state.setdefault("momentum", torch.zeros_like(parameter))
        momentum.lerp_(gradient, 1 - MOMENTUM)
        direction = orthogonal(gradient.lerp(momentum, MOMENTUM), self.dtype)
        parameter.add_(direction, alpha=-rate * max(1, parameter.size(0) / parameter.size(1)) ** 0.5)

    def move(self, parameter: torch.Tensor, gradient: torch.Tensor, state: dict, rate: float) -> None:
        state["steps"] = state.get("steps", 0) + 1
        first = state.setdefault("first", torch.zeros_like(parameter)).lerp_(gradient, 1 - BETAS[0])
        second = state.setdefault("second", torch.zeros_like(parameter)).lerp_(gradient.square(), 1 - BETAS[1])
        scale = (second / (1 - BETAS[1] ** state["steps"])).sqrt_().add_(EPSILON)
        parameter.addcdiv_(first, scale, value=-rate / (1 - BETAS[0] ** state["steps"]))
