"""The folder of a run: its configuration, checkpoints, log, loss curve, weights and a manifest of hashes."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CONFIGURATION, LOG, CURVE, MANIFEST = "training.json", "log.jsonl", "loss.svg", "manifest.json"
CHECKPOINTS, LOCK = "checkpoints", ".lock"


class BadFolder(ValueError):
    """The folder cannot be used for this run."""


@contextmanager
def locked(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """One trainer a folder: a second one waits for the first, which may just be stopping."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            waiting()
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def write_json(file: Path, value: object) -> None:
    """Whole or not at all: a killed run leaves no half file."""
    part = file.with_name(file.name + ".part")
    part.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(part, file)


def claim(folder: Path, configuration: dict[str, Any]) -> None:
    """Takes the folder for this configuration. Raises BadFolder where it holds a run of another one."""
    file = folder / CONFIGURATION
    if file.exists():
        known = json.loads(file.read_text(encoding="utf-8"))
        differing = sorted(key for key in known.keys() | configuration.keys() if known.get(key) != configuration.get(key))
        if differing:
            raise BadFolder(
                f"{folder} holds a run with another {', '.join(differing)}: give another --out, or remove the folder"
            )
    elif any(path.name != LOCK for path in folder.iterdir()):
        raise BadFolder(f"{folder} is not empty and holds no training run: give another --out")
    write_json(file, configuration)


def last_checkpoint(folder: Path) -> Path | None:
    """The newest whole checkpoint; what a killed run left half written is removed. `trainer_state.json` is written last."""
    for path in sorted((folder / CHECKPOINTS).glob("checkpoint-*"), key=step_of, reverse=True):
        try:
            json.loads((path / "trainer_state.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            shutil.rmtree(path)
            continue
        return path
    return None


def step_of(checkpoint: Path) -> int:
    return int(checkpoint.name.rpartition("-")[2])


def read_log(folder: Path, up_to: int) -> list[dict[str, Any]]:
    """Logged steps up to the one that a run goes on from; later ones are done again."""
    file = folder / LOG
    if not file.exists():
        return []
    entries = []
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            entries.append(json.loads(line))
        except ValueError:
            continue  # A line cut off by the kill.
    return [entry for entry in entries if entry["step"] <= up_to]


def write_manifest(folder: Path, fields: dict[str, Any]) -> None:
    """Hashes of everything beside the checkpoints; written last: a folder with a manifest is a finished run."""
    files = sorted(p for p in folder.iterdir() if p.is_file() and p.name not in (MANIFEST, LOCK))
    hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    write_json(folder / MANIFEST, {**fields, "files": hashes})
