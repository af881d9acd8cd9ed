"""Training rows as `schemas/rollouts.ts` (SftRow) writes them: one JSON object a line."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROLES = {"system", "user", "assistant", "tool"}
SPLITS = {"train", "validation", "test"}


class BadRows(ValueError):
    """The rows cannot be trained on; the message says which line and why."""


@dataclass(frozen=True)
class Row:
    id: str
    split: str
    messages: list[dict[str, Any]]
    tools: list[str]
    """Names of the tools as the policy called them."""
    seed: str
    """Where the question grew from; rows of one seed share their names."""


def row_files(path: Path) -> list[Path]:
    """The file itself, or every JSONL file in the folder, sorted."""
    if path.is_file():
        return [path]
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else []
    if not files:
        raise BadRows(f"{path}: no such file, or a folder without .jsonl files")
    return files


def digest(path: Path) -> str:
    """sha256 over names and contents: two runs with one digest were given the same rows."""
    total = hashlib.sha256()
    for file in row_files(path):
        total.update(file.name.encode())
        total.update(file.read_bytes())
    return total.hexdigest()


def read_rows(path: Path) -> list[Row]:
    """All rows in the order of the files. Raises BadRows."""
    rows: list[Row] = []
    for file in row_files(path):
        with file.open(encoding="utf-8") as lines:
            rows += [read_row(line, f"{file}:{n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise BadRows(f"{path} holds no rows")
    return rows


def read_row(line: str, where: str) -> Row:
    try:
        raw = json.loads(line)
        messages = raw["messages"]
        row = Row(raw["id"], raw["split"], messages, tool_names(raw.get("tools", []), messages), seed_of(raw))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadRows(f"{where}: not a training row ({type(error).__name__}: {error})") from None
    if row.split not in SPLITS:
        raise BadRows(f"{where}: split {row.split!r} is none of {', '.join(sorted(SPLITS))}")
    for message in messages:
        if message.get("role") not in ROLES or not isinstance(message.get("content"), str):
            raise BadRows(f"{where}: a message needs a role ({', '.join(sorted(ROLES))}) and a content text")
        for call in message.get("tool_calls", []):
            if not isinstance(call["function"]["arguments"], dict):
                # As text, a template would encode it a second time and the model would learn that.
                raise BadRows(f"{where}: the arguments of {call['function']['name']} are not an object")
    if not any(is_trained(message) for message in messages):
        raise BadRows(f"{where}: no message to train on")
    return row


def is_trained(message: dict[str, Any]) -> bool:
    """Loss falls on assistant messages only, and not on those marked `train: false`."""
    return message["role"] == "assistant" and message.get("train", True) is not False


def tool_names(definitions: list[Any], messages: list[dict[str, Any]]) -> list[str]:
    """Every tool that was given or called. A definition is OpenAI's `{type, function}` or the function itself."""
    given = {(tool.get("function") or tool)["name"] for tool in definitions}
    called = {call["function"]["name"] for message in messages for call in message.get("tool_calls", [])}
    return sorted(given | called)


def seed_of(raw: dict[str, Any]) -> str:
    """The world where the row says it, since its names are its own; else the seed entity."""
    world = (raw.get("meta") or {}).get("knowledge")
    return str(world or raw["provenance"]["seed"])
