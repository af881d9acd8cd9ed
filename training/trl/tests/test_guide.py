"""What a call may become: calls of the given tools with what was shown, wherever the text is cut; nothing else."""

import json

import pytest
from medresearcher_trl.guide import Guide
from medresearcher_trl.template import CALL, CALL_END, IM_END, call_text

TOOLS = [
    {"type": "function", "function": {"name": name, "parameters": {"properties": properties, "required": required}}}
    for name, properties, required in [
        ("find", {"query": {"type": "string"}, "limit": {"type": "integer"}}, ["query"]),
        ("get", {"id": {"type": "string"}, "predicates": {"type": "array", "items": {"type": "string"}}, "all": {"type": "boolean"}}, ["id"]),
        ("other", {"weights": {"type": "object"}}, []),
    ]
]
GUIDE = Guide(TOOLS, ["@e1 Laxinba @r1", "and @e12"])


def reply(name: str, thought: str = "", **arguments) -> str:
    return f"{thought}{CALL}{call_text({'function': {'name': name, 'arguments': arguments}})}{CALL_END}"


GOOD = [
    "A thought, and no more." + IM_END,
    reply("find", "Which gene causes @e1?", query='the "@e12" café\n', limit=40) + IM_END,
    reply("get", id="@e1", predicates=["causes", "treats"], all=True) + reply("get", id="@e12", predicates=[]) + IM_END,
    reply("other", weights={"a": [1, {"b": None}]}) + IM_END,
]


@pytest.mark.parametrize("text", GOOD)
def test_every_beginning_of_a_good_reply_is_allowed(text):
    for end in range(len(text) + 1):
        beginning = text[:end]
        # A mark is one token: it is never cut.
        if not any(beginning.endswith(mark[:n]) for mark in (CALL, CALL_END, IM_END) for n in range(1, len(mark))):
            assert GUIDE.allows(beginning), beginning


@pytest.mark.parametrize(
    "text",
    [
        "as @e2 says",
        "as @p1",
        reply("find", query="@e2"),
        reply("find", query="@e120"),
        reply("fond", query="x"),
        f'{CALL}{{"name":"fo',
        reply("find", query="x", id="y"),
        f'{CALL}{{"name":"find","arguments":{{"query":7',
        f'{CALL}{{"name":"find","arguments":{{"limit":"4',
        reply("get", predicates=["causes"]),
        f'{CALL}{{"name":"get","arguments":{{"id":"@e1","id"',
        f'{CALL}{{"name":"get","arguments":{{"id":"@e1","predicates":["a",]',
        f'{CALL}{{"name":"get","arguments":{{"id":"a\\x',
        f'{CALL}{{"name":"find","argu{CALL_END}',
        reply("find", query="x") + "more",
        f"<tool_response>{IM_END}",
    ],
)
def test_what_can_become_nothing_is_not(text):
    assert not GUIDE.allows(text)


def test_without_tools_any_call_may_be_made():
    assert Guide([], ["@e1"]).allows(reply("anything", x=1) + IM_END)


def test_after_the_tools_are_withdrawn_only_the_answer_is_left():
    submit = {"name": "submit_answer", "parameters": {"properties": {"answer": {"type": "string"}}, "required": ["answer"]}}
    guide = Guide([{"type": "function", "function": submit}], ["@e1 [@p1]"])
    assert guide.allows(reply("submit_answer", answer="@e1 [@p1]."))
    assert not guide.allows(reply("find", query="x"))


def test_arguments_are_written_as_the_template_writes_them():
    assert not GUIDE.allows(f"{CALL}{json.dumps({'name': 'find', 'arguments': {'query': 'x'}})}{CALL_END}")
