"""A handful of training rows as the dataset builder writes them: one-hop questions over made-up names."""

import json
import random
from pathlib import Path

SYLLABLES = "ba ce di fo gu la mer nis por qui ron sul tav vel xin zor".split()
RELATIONS = {"causes": "Which gene causes {}?", "treats": "Which drug treats {}?"}
SERVER = "kg-explorer__"


def name(rng: random.Random) -> str:
    return "".join(rng.choices(SYLLABLES, k=3)).capitalize()


def call(number: int, function: str, arguments: dict) -> dict:
    return {"id": f"call_{number}", "type": "function", "function": {"name": function, "arguments": arguments}}


def toy_row(number: int, split: str = "train") -> dict:
    rng = random.Random(f"{split}:{number}")
    disease, answer, other = name(rng), name(rng), name(rng)
    ids = [f"GYM:{rng.randrange(10**5):05d}" for _ in range(3)]
    predicate, words = rng.choice(sorted(RELATIONS.items()))
    question = words.format(disease)
    messages = [
        {"role": "system", "content": "You are a medical researcher."},
        {"role": "user", "content": question},
        {"role": "assistant", "content": "", "tool_calls": [call(1, f"{SERVER}find_entities", {"query": disease})]},
        {"role": "tool", "tool_call_id": "call_1", "content": f"{ids[0]} {disease}\n{ids[2]} {other}"},
        {
            "role": "assistant",
            "content": f"Asked: {question}",
            "tool_calls": [call(2, f"{SERVER}get_neighbors", {"id": ids[0], "predicates": [predicate]})],
        },
        {"role": "tool", "tool_call_id": "call_2", "content": f"{ids[1]} {answer}"},
        {
            "role": "assistant",
            "content": "",
            "tool_calls": [call(3, "submit_answer", {"answer": f"{answer} [1]", "abstained": False, "citations": []})],
        },
    ]
    return {
        "id": f"{split}-{number}",
        "messages": messages,
        "tools": [{"type": "function", "function": {"name": f"{SERVER}find_entities", "parameters": {}}}],
        "specialty": "genetics",
        "split": split,
        "provenance": {"session": "s", "question": "q", "seed": ids[0], "arm": "exploring", "version": "0"},
        "corruption": {},
        "meta": {},
    }


def write_toy(file: Path, count: int) -> Path:
    file.write_text("".join(json.dumps(toy_row(n, "train" if n % 8 else "validation")) + "\n" for n in range(count)), encoding="utf-8")
    return file
