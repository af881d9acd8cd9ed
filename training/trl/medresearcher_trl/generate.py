"""Token by token with a key-value cache that outlives the request: a conversation grows at its end, so only its new part is read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, DynamicCache

from .template import IM_END
from .tokenizer import Encoder

KEPT = 4
"""Conversations whose caches are kept."""
LOOP, LONGEST_PERIOD = 48, 4
"""So many tokens that repeat so few are no message any more, and would go on to the limit."""

Allows = Callable[[list[int]], bool]
"""Whether a message may begin with these tokens."""


class TooLong(ValueError):
    """The conversation leaves no room in the model's context."""


@dataclass
class Read:
    """What the model has read: tokens, and their keys and values."""

    ids: list[int] = field(default_factory=list)
    cache: DynamicCache = field(default_factory=DynamicCache)


class Generator:
    def __init__(self, checkpoint: Path, threads: int = 0):
        if threads:
            torch.set_num_threads(threads)
        self.model = AutoModelForCausalLM.from_pretrained(checkpoint).float().eval()
        self.encoder = Encoder(AutoTokenizer.from_pretrained(checkpoint))
        self.end = self.encoder.tokenizer.convert_tokens_to_ids(IM_END)
        self.context = self.model.config.max_position_embeddings
        self.longest = self.model.generation_config.max_new_tokens or self.context
        self.kept: list[Read] = []

    @torch.inference_mode()
    def stream(
        self,
        prompt: list[int],
        limit: int,
        temperature: float = 0.0,
        seed: int | None = None,
        allows: Allows = lambda _: True,
    ) -> Iterator[int]:
        """At most `limit` tokens, the end mark included where it comes. Greedy at temperature 0.

        Each is the likeliest (or sampled) among those that `allows`; where there is none, the message ends.
        """
        if len(prompt) >= self.context:
            raise TooLong(f"the conversation has {len(prompt)} tokens and this model's context is {self.context}")
        sampler = torch.Generator().manual_seed(seed) if seed is not None else None
        read = self.recall(prompt)
        waiting = prompt[len(read.ids) :]
        said: list[int] = []
        try:
            for _ in range(min(limit, self.context - len(prompt))):
                logits = self.model(input_ids=torch.tensor([waiting]), past_key_values=read.cache, logits_to_keep=1).logits
                read.ids += waiting
                token = next((t for t in ranked(logits[0, -1], temperature, sampler) if allows([*said, t])), self.end)
                said.append(token)
                yield token
                if token == self.end or is_loop(said):
                    return
                waiting = [token]
        finally:
            self.kept = [read, *self.kept][:KEPT]

    def recall(self, prompt: list[int]) -> Read:
        """The kept conversation that shares the longest beginning, cut to it. One token stays to be read."""
        most, best = 0, None
        for read in self.kept:
            shared = min(common_length(read.ids, prompt), len(prompt) - 1)
            if shared > most:
                most, best = shared, read
        if best is None:
            return Read()
        self.kept.remove(best)
        if most < len(best.ids):
            best.cache.crop(most - len(best.ids))
        return Read(best.ids[:most], best.cache)


def common_length(a: list[int], b: list[int]) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def ranked(logits: torch.Tensor, temperature: float, sampler: torch.Generator | None) -> Iterator[int]:
    """Tokens in the order in which they are to be tried: the likeliest first, or drawn without replacement."""
    yield int(logits.argmax()) if temperature <= 0 else int(drawn(logits, temperature, 1, sampler)[0])
    # The first nearly always does; it comes once more here, and is refused once more.
    order = logits.argsort(descending=True) if temperature <= 0 else drawn(logits, temperature, len(logits), sampler)
    yield from order.tolist()


def drawn(logits: torch.Tensor, temperature: float, count: int, sampler: torch.Generator | None) -> torch.Tensor:
    """The Gumbel trick: the order of noisy logits is a draw without replacement."""
    noise = -torch.empty_like(logits).exponential_(generator=sampler).log()
    return (logits / temperature + noise).topk(count).indices


def is_loop(ids: list[int]) -> bool:
    tail = ids[-LOOP:]
    return len(tail) == LOOP and any(tail[p:] == tail[:-p] for p in range(1, LONGEST_PERIOD + 1))
