"""The chat as text: ChatML with Hermes tool calls.

A message becomes pieces; each piece says whether it is markup (special tokens count in it) and whether loss falls on it.
Text of questions and tools is never markup: `<|im_end|>` in a document is spelled out in letters, not obeyed.
`CHAT_TEMPLATE` says the same in Jinja for other programs that load the checkpoint.

System messages and tool definitions are left out: a model from random weights learns its one task from the trajectories,
and would pay for a constant prompt at every step.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

from .rows import is_trained

IM_START, IM_END = "<|im_start|>", "<|im_end|>"
CALL, CALL_END = "<tool_call>", "</tool_call>"
RESPONSE, RESPONSE_END = "<tool_response>", "</tool_response>"
PAD = "<|pad|>"
HEADS = {role: f"{IM_START}{role}\n" for role in ("user", "assistant", "tool")}
# A head is one token, since it is in every message.
SPECIAL_TOKENS = [PAD, IM_END, CALL, CALL_END, RESPONSE, RESPONSE_END, *HEADS.values()]

GENERATION_PROMPT = HEADS["assistant"]

CHAT_TEMPLATE = (
    "{%- for message in messages if message.role != 'system' -%}"
    "{{- '<|im_start|>' + message.role + '\n' -}}"
    "{%- if message.role == 'tool' -%}{{- '<tool_response>' + message.content + '</tool_response>' -}}"
    "{%- else -%}{{- message.content or '' -}}{%- endif -%}"
    "{%- for call in message.tool_calls or [] -%}"
    "{{- '<tool_call>{\"name\":' + call.function.name | tojson + ',\"arguments\":' -}}"
    "{{- call.function.arguments | tojson(separators=(',', ':')) + '}</tool_call>' -}}"
    "{%- endfor -%}"
    "{{- '<|im_end|>' -}}"
    "{%- endfor -%}"
    "{%- if add_generation_prompt -%}{{- '<|im_start|>assistant\n' -}}{%- endif -%}"
)


@dataclass(frozen=True)
class Piece:
    text: str
    markup: bool
    trained: bool


def render(messages: list[dict[str, Any]]) -> list[Piece]:
    """The pieces of a conversation, in order; empty ones are left out."""
    pieces = [piece for message in messages if message["role"] != "system" for piece in render_message(message)]
    return [piece for piece in pieces if piece.text]


def render_message(message: dict[str, Any]) -> list[Piece]:
    role, trained = message["role"], is_trained(message)
    head = Piece(HEADS[role], True, False)
    tail = Piece(IM_END, True, trained)  # Trained: it is how the model hands over.
    if role == "tool":
        body = [Piece(RESPONSE, True, False), Piece(message["content"], False, False), Piece(RESPONSE_END, True, False)]
    else:
        body = [Piece(message.get("content") or "", False, trained)]
    for call in message.get("tool_calls") or []:
        body += [Piece(CALL, True, trained), Piece(call_text(call), False, trained), Piece(CALL_END, True, trained)]
    return [head, *body, tail]


def call_text(call: dict[str, Any]) -> str:
    function = call["function"]
    return dump({"name": function["name"], "arguments": function["arguments"]})


def dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def parse_reply(text: str) -> tuple[str, list[dict[str, Any]]]:
    """What a model wrote → (content, calls `{name, arguments}`).

    One call that cannot be read makes the whole text plain content: the host then says what it expects.
    """
    text = text.split(IM_END)[0]
    bodies = re.findall(rf"{CALL}(.*?)(?:{CALL_END}|$)", text, re.DOTALL)
    calls = [read_call(body) for body in bodies]
    if not all(calls):
        return text.strip(), []
    return re.sub(rf"{CALL}.*?(?:{CALL_END}|$)", "", text, flags=re.DOTALL).strip(), [c for c in calls if c]


def read_call(body: str) -> dict[str, Any] | None:
    try:
        call = json.loads(body)
    except ValueError:
        return None
    if not isinstance(call, dict) or not isinstance(call.get("name"), str):
        return None
    return {"name": call["name"], "arguments": call["arguments"]} if isinstance(call.get("arguments"), dict) else None
