"""Sizes of models that train from random weights, and how."""

from dataclasses import dataclass

from transformers import LlamaConfig, LlamaForCausalLM


@dataclass(frozen=True)
class Preset:
    hidden: int
    layers: int
    heads: int
    vocabulary: int
    context: int
    batch: int
    matrix_rate: float
    """Learning rate of the layers' matrices (Muon)."""
    rate: float
    """Of embeddings and norms (AdamW)."""
    steps: int
    checkpoint_every: int


PRESETS = {
    # For tests: seconds.
    "tiny": Preset(64, 2, 4, 1024, 2048, 4, 0.02, 4e-3, 40, 10),
    # For two cores: minutes.
    "small": Preset(192, 4, 4, 2048, 4096, 4, 0.02, 4e-3, 2400, 100),
}


def new_model(preset: Preset, vocabulary: int, pad: int, end: int) -> LlamaForCausalLM:
    """A Llama of that size from random weights; seed torch before. Embeddings are tied."""
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=preset.hidden,
        intermediate_size=preset.hidden * 8 // 3,
        num_hidden_layers=preset.layers,
        num_attention_heads=preset.heads,
        max_position_embeddings=preset.context,
        tie_word_embeddings=True,
        pad_token_id=pad,
        bos_token_id=None,
        eos_token_id=end,
    )
    return LlamaForCausalLM(config)
