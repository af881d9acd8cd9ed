"""`train sft`: rows → a checkpoint, with TRL's SFTTrainer. The same command goes on where a killed run was.

Progress is one JSON object a line on stdout; everything else goes to stderr.
"""

import argparse
import json
import os
import signal
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
# Threads that wait do not spin: on a machine that others use too, spinning takes the time of those that compute.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
from datasets import Dataset
from transformers import PrinterCallback, TrainerCallback, set_seed
from transformers.utils import logging
from trl import SFTConfig

from . import folder as run
from .attached import stop_with_parent
from .curve import write_curve
from .optimizer import MuonAdamW
from .plan import batches
from .presets import PRESETS, Preset, new_model
from .rows import BadRows, Row, digest, read_rows
from .score import score
from .template import render
from .tokenizer import IGNORED, Encoder, train_tokenizer
from .trainer import SparseLossTrainer

LOG_EVERY = 10
VALIDATED = 100
"""Rows of the validation split that the finished model is tried on; some of them at each checkpoint."""
GLANCED_AT = 30
WEIGHT_DECAY = 0.01


def say(event: str, **fields: Any) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


class Glance(TrainerCallback):
    """How the model does on rows that it is not trained on, at each checkpoint."""

    def __init__(self, examples: list[dict], handles: set[int]):
        self.examples, self.handles = examples[:GLANCED_AT], handles

    def on_save(self, args, state, control, model=None, **_):
        if self.examples:
            say("validated", step=state.global_step, **score(model, self.examples, self.handles).summary())


class Progress(TrainerCallback):
    """Log lines, the loss curve, and an orderly stop: the first Ctrl-C ends the run at a checkpoint."""

    def __init__(self, folder: Path, lengths: list[int], steps: int, log: list[dict]):
        self.folder, self.lengths, self.steps, self.log = folder, lengths, steps, log
        self.stopped = False
        self.since: tuple[int, float] | None = None
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)

    def stop(self, *_: object) -> None:
        self.stopped = True

    def on_step_begin(self, args, state, control, **_):
        self.since = self.since or (state.global_step, time.monotonic())

    def on_step_end(self, args, state, control, **_):
        if self.stopped:
            control.should_save = control.should_training_stop = True

    def on_log(self, args, state, control, logs=None, **_):
        if not logs or "loss" not in logs or not self.since:
            return
        start, began = self.since
        tokens = sum(self.lengths[start : state.global_step])
        seconds = time.monotonic() - began
        entry = {
            "step": state.global_step,
            "loss": round(logs["loss"], 4),
            "accuracy": round(logs.get("mean_token_accuracy", 0.0), 4),
        }
        with (self.folder / run.LOG).open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
        self.log.append(entry)
        done = state.global_step - start
        left = seconds / done * (self.steps - state.global_step) if done else 0
        say("progress", **entry, steps=self.steps, tokensPerSecond=round(tokens / seconds), secondsLeft=round(left))
        write_curve(self.folder / run.CURVE, self.log)


def encoded(encoder: Encoder, rows: list[Row], context: int) -> list[dict[str, list[int]]]:
    """Rows that fit the context; a row that is cut would teach to stop in the middle."""
    examples = [dict(zip(("input_ids", "labels"), encoder.encode(render(row.messages)), strict=True)) for row in rows]
    return [example for example in examples if len(example["input_ids"]) <= context]


def longest_turn(examples: list[dict[str, list[int]]]) -> int:
    runs = (len(list(run)) for e in examples for trained, run in groupby(e["labels"], lambda x: x != IGNORED) if trained)
    return max(runs)


def multiplies_bf16() -> bool:
    """Matrices in bfloat16 are two to three times faster where the processor has them, and slower where it has not."""
    able = torch.cpu.get_capabilities()
    return torch.cuda.is_available() or bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def steps_of(options: argparse.Namespace, preset: Preset, rows: int) -> int:
    if options.epochs:
        return max(1, round(options.epochs * rows / preset.batch))
    return preset.steps if options.steps is None else options.steps


def train(options: argparse.Namespace) -> int:
    preset, folder = PRESETS[options.preset], Path(options.out)
    rows = read_rows(Path(options.data))
    if not any(row.split == "train" for row in rows):
        raise BadRows(f"{options.data} holds no rows of the train split")
    steps = steps_of(options, preset, sum(row.split == "train" for row in rows))
    configuration = {
        "rows": digest(Path(options.data)),
        "preset": options.preset,
        **vars(preset),
        "steps": steps,
        "seed": options.seed,
        "bf16": options.bf16,
        "torch": torch.__version__,
    }
    with run.locked(folder, lambda: say("waiting")):
        run.claim(folder, configuration)
        if (folder / run.MANIFEST).exists():
            say("done", **json.loads((folder / run.MANIFEST).read_text(encoding="utf-8")), already=True)
            return 0
        return fit(options, preset, folder, rows, steps)


def fit(options: argparse.Namespace, preset: Preset, folder: Path, every: list[Row], steps: int) -> int:
    began = time.monotonic()
    torch.set_num_threads(options.threads)
    set_seed(options.seed)
    rows = [row for row in every if row.split == "train"]
    tokenizer = train_tokenizer(rows, preset.vocabulary)
    encoder = Encoder(tokenizer)
    examples = encoded(encoder, rows, preset.context)
    if not examples:
        raise BadRows(f"none of {len(rows)} rows fits the context of {preset.context} tokens")
    model = new_model(preset, len(tokenizer), tokenizer.pad_token_id, tokenizer.eos_token_id)
    say(
        "start",
        rows=len(rows),
        tooLong=len(rows) - len(examples),
        parameters=model.num_parameters(),
        vocabulary=len(tokenizer),
        steps=steps,
    )
    held_out = encoded(encoder, [row for row in every if row.split == "validation"][:VALIDATED], preset.context)
    glance = Glance(held_out, encoder.handles())
    # No steps: the random weights themselves, as what a trained model is compared with.
    if steps > 0 and not optimise(options, preset, folder, steps, model, tokenizer, examples, glance):
        return 130
    # Nothing longer than its longest turn, and half as much again, was ever meant to be said.
    model.generation_config.max_new_tokens = longest_turn(examples) * 3 // 2
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    summary = {"steps": steps, "rows": len(rows), "parameters": model.num_parameters()}
    seconds = round(time.monotonic() - began)
    run.write_manifest(folder, {**summary, "seconds": seconds, "validation": score(model, held_out, glance.handles).summary()})
    say("done", **json.loads((folder / run.MANIFEST).read_text(encoding="utf-8")))
    return 0


def optimise(options, preset: Preset, folder: Path, steps: int, model, tokenizer, examples: list[dict], glance: Glance) -> bool:
    """Trains the model in place, from the last checkpoint where there is one; whether it came to the end."""
    plan = batches([len(example["input_ids"]) for example in examples], preset.batch, steps, options.seed)
    lengths = [sum(len(examples[number]["input_ids"]) for number in batch) for batch in plan]
    checkpoint = run.last_checkpoint(folder)
    resumed = run.step_of(checkpoint) if checkpoint else 0
    log = run.read_log(folder, resumed)
    (folder / run.LOG).write_text("".join(json.dumps(entry) + "\n" for entry in log), encoding="utf-8")
    if resumed:
        say("resumed", step=resumed)
    dtype = torch.bfloat16 if options.bf16 else torch.float32
    trainer = SparseLossTrainer(
        model=model,
        optimizers=(MuonAdamW(model, preset.matrix_rate, preset.rate, WEIGHT_DECAY, dtype), None),
        args=arguments(options, preset, folder, steps),
        train_dataset=Dataset.from_list([examples[number] for batch in plan for number in batch]),
        processing_class=tokenizer,
        callbacks=[Progress(folder, lengths, steps, log), glance],
    )
    trainer.remove_callback(PrinterCallback)  # It prints on stdout, where only progress belongs.
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    if trainer.state.global_step == steps:
        return True
    say("stopped", step=trainer.state.global_step, steps=steps)
    return False


def arguments(options: argparse.Namespace, preset: Preset, folder: Path, steps: int) -> SFTConfig:
    every = min(preset.checkpoint_every, max(1, steps // 2))
    return SFTConfig(
        output_dir=str(folder / run.CHECKPOINTS),
        max_steps=steps,
        per_device_train_batch_size=preset.batch,
        train_sampling_strategy="sequential",  # `plan` has decided the order.
        max_length=None,  # `encoded` has left out what is too long.
        packing=False,
        pad_to_multiple_of=64,  # Few shapes: kernels are made anew for each.
        learning_rate=preset.rate,
        lr_scheduler_type="cosine_with_min_lr",
        lr_scheduler_kwargs={"min_lr_rate": 0.05},
        warmup_steps=min(100, max(1, steps // 20)),
        logging_steps=min(LOG_EVERY, steps),
        logging_first_step=True,
        save_steps=every,
        save_total_limit=2,
        seed=options.seed,
        use_cpu=not torch.cuda.is_available(),
        bf16=options.bf16,
        activation_checkpointing=False,
        dataloader_pin_memory=False,
        report_to="none",
        disable_tqdm=True,
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="medresearcher train sft")
    parser.add_argument("--data", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--preset", choices=sorted(PRESETS), default="small")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--bf16", action=argparse.BooleanOptionalAction, default=multiplies_bf16())
    parser.add_argument("--attached", action="store_true", help="stop when stdin closes")
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    options = parser.parse_args()
    if options.attached:
        stop_with_parent()
    try:
        return train(options)
    except (BadRows, run.BadFolder) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
