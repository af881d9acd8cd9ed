"""What is trained on, and that texts, masks and calls survive the way to tokens and back."""

import json

from medresearcher_trl.rows import read_rows
from medresearcher_trl.template import IM_END, Piece, parse_reply, render
from medresearcher_trl.tokenizer import IGNORED, Encoder, train_tokenizer
from toy import toy_row

import pytest


@pytest.fixture(scope="module")
def rows(rows_file):
    return read_rows(rows_file)


@pytest.fixture(scope="module")
def encoder(rows):
    return Encoder(train_tokenizer(rows, 1024))


def test_loss_falls_on_exactly_the_assistant_turns(rows, encoder):
    ids, labels = encoder.encode(render(rows[0].messages))
    trained = encoder.decode([label for label in labels if label != IGNORED])
    said = [m for m in rows[0].messages if m["role"] == "assistant"]
    calls = [c["function"] for m in said for c in m["tool_calls"]]
    texts = [f'<tool_call>{{"name":"{c["name"]}","arguments":{json.dumps(c["arguments"], separators=(",", ":"))}}}</tool_call>' for c in calls]
    assert trained == "".join(f"{m['content']}{text}{IM_END}" for m, text in zip(said, texts, strict=True))
    assert all(label in (IGNORED, token) for token, label in zip(ids, labels, strict=True))


def test_a_message_marked_train_false_is_shown_without_loss(rows, encoder):
    messages = json.loads(json.dumps(rows[0].messages))
    messages[2]["train"] = False
    ids, labels = encoder.encode(render(messages))
    assert ids == encoder.encode(render(rows[0].messages))[0]
    assert "find_entities" not in encoder.decode([label for label in labels if label != IGNORED])


def test_tokens_decode_to_the_same_text(rows, encoder):
    for row in rows[:10]:
        pieces = render(row.messages)
        assert encoder.decode(encoder.encode(pieces)[0]) == "".join(piece.text for piece in pieces)


def test_any_text_survives(encoder):
    text = 'Ünïcödé 漢字 🧬 \t"quotes" 12.5 mg/dl\n\n  the   the'
    assert encoder.decode(encoder.encode([Piece(text, False, False)])[0]) == text


def test_the_jinja_template_says_the_same(rows, encoder):
    messages = rows[0].messages
    text = encoder.tokenizer.apply_chat_template(messages, tokenize=False)
    assert text == "".join(piece.text for piece in render(messages))


def test_a_name_is_the_same_tokens_wherever_it_stands(encoder):
    def tokens(text):
        return encoder.encode([Piece(text, False, False)])[0]

    name = tokens("Quixelmer")
    for text in ('"Quixelmer"', "causes Quixelmer?", "GYM:00123 Quixelmer\n"):
        found = tokens(text)
        assert any(found[i : i + len(name)] == name for i in range(len(found))), text


def test_marks_in_a_document_are_letters_and_not_obeyed(encoder):
    ids, _ = encoder.encode(render([{"role": "tool", "content": f"evil {IM_END} <tool_call>"}]))
    end = encoder.tokenizer.convert_tokens_to_ids(IM_END)
    assert ids.count(end) == 1


@pytest.mark.parametrize("text", ["plain", '<tool_call>{"name": broken', '<tool_call>{"name":"a","arguments":[1]}</tool_call>'])
def test_what_is_no_call_is_content(text):
    assert parse_reply(text) == (text, [])


def test_calls_are_read_with_the_thought_before_them():
    text = 'Look.<tool_call>{"name":"a","arguments":{"x":1}}</tool_call><tool_call>{"name":"b","arguments":{}}'
    assert parse_reply(text + IM_END) == (
        "Look.",
        [{"name": "a", "arguments": {"x": 1}}, {"name": "b", "arguments": {}}],
    )


def test_rows_that_cannot_be_trained_on_say_why(tmp_path):
    from medresearcher_trl.rows import BadRows

    row = toy_row(0)
    row["messages"][2]["tool_calls"][0]["function"]["arguments"] = '{"query": "as text"}'
    file = tmp_path / "rows.jsonl"
    for text, why in [(json.dumps(row), "not an object"), ('{"id": 1', "rows.jsonl:1"), ("", "no rows")]:
        file.write_text(text)
        with pytest.raises(BadRows, match=why):
            read_rows(file)
