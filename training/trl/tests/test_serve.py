"""The endpoint: OpenAI's shapes, streamed and whole, calls parsed, bad requests answered."""

import json
import threading
import urllib.error
import urllib.request

import pytest
from medresearcher_trl.generate import Generator, is_loop
from medresearcher_trl.guide import Guide
from medresearcher_trl.serve import Service, serve
from medresearcher_trl.template import CALL, Piece
from toy import toy_row


@pytest.fixture(scope="module")
def server(checkpoint):
    bound = serve(checkpoint, 0, 1)
    threading.Thread(target=bound.serve_forever, daemon=True).start()
    yield bound
    bound.shutdown()
    bound.server_close()


OPEN = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
"""Straight to this machine, whatever proxy the environment names."""


def post(server, body, path="/v1/chat/completions"):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{server.server_address[1]}{path}", data)
    try:
        with OPEN(request) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def request(**more):
    return {"model": "agent", "messages": [{"role": "user", "content": "Which gene causes Laxinba?"}], **more}


def test_streamed_and_whole_answers_are_the_same(server):
    _, whole = post(server, request(max_tokens=40))
    _, streamed = post(server, request(max_tokens=40, stream=True, stream_options={"include_usage": True}))
    lines = [line.removeprefix("data: ") for line in streamed.split("\n\n") if line]
    assert lines[-1] == "[DONE]"
    chunks = [json.loads(line) for line in lines[:-1]]
    deltas = [chunk["choices"][0]["delta"] for chunk in chunks if chunk["choices"]]
    message = json.loads(whole)["choices"][0]["message"]
    assert "".join(delta.get("content", "") for delta in deltas) == (message["content"] or "")
    assert chunks[-1]["usage"] == json.loads(whole)["usage"]
    assert chunks[-1]["usage"]["completion_tokens"] > 0


def test_models_are_listed(server):
    with OPEN(f"http://127.0.0.1:{server.server_address[1]}/v1/models") as response:
        assert json.load(response)["data"][0]["id"] == "agent"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no json", 400),
        (b"[]", 400),
        ({"messages": []}, 400),
        (request(tools=[{"type": "function"}]), 400),
        (request(tools="find"), 400),
        ({"messages": [{"role": "wizard", "content": "x"}]}, 400),
        ({"messages": [{"role": "user", "content": 7}]}, 400),
        (request(max_tokens="many"), 400),
        (request(messages=[{"role": "user", "content": "word " * 5000}]), 400),
    ],
)
def test_bad_requests_are_answered_as_such(server, body, status):
    code, text = post(server, body)
    assert code == status
    assert json.loads(text)["error"]["message"]


def test_other_paths_are_not_found(server):
    assert post(server, request(), "/v1/other")[0] == 404


class Scripted:
    """A generator that says what it is told: the service's own part is what is tested."""

    def __init__(self, checkpoint, text):
        generator = Generator(checkpoint, 1)
        self.encoder, self.end, self.longest = generator.encoder, generator.end, generator.longest
        self.ids = self.encoder.tokenizer.encode(text, add_special_tokens=False)

    def stream(self, prompt, limit, temperature, seed, allows):
        yield from [*self.ids, self.end]


def answer(checkpoint, text, messages):
    return list(Service(Scripted(checkpoint, text), "agent").deltas({"messages": messages}))


def test_calls_come_in_the_openai_shape_with_ids_that_go_on(checkpoint):
    messages = toy_row(0)["messages"][:4]
    text = 'Look.<tool_call>{"name":"kg-explorer__get_neighbors","arguments":{"id":"é"}}</tool_call>'
    *content, calls, end = answer(checkpoint, text, messages)
    assert "".join(delta["content"] for delta in content) == "Look."
    function = {"name": "kg-explorer__get_neighbors", "arguments": '{"id":"é"}'}
    assert calls == {"tool_calls": [{"index": 0, "id": "call_2", "type": "function", "function": function}]}
    assert end["finish"] == "tool_calls"


def test_a_malformed_call_comes_back_as_plain_content(checkpoint):
    *content, end = answer(checkpoint, 'So.<tool_call>{"name":"x",</tool_call>', [{"role": "user", "content": "?"}])
    assert "".join(delta["content"] for delta in content) == 'So.<tool_call>{"name":"x",</tool_call>'
    assert end["finish"] == "stop"


def test_what_is_said_can_be_run_however_little_the_model_knows(checkpoint):
    properties = {"query": {"type": "string"}, "limit": {"type": "integer"}}
    tool = {"name": "kg-explorer__find_entities", "parameters": {"properties": properties, "required": ["query"]}}
    service = Service(Generator(checkpoint, 1), "agent")
    encoder = service.generator.encoder
    guide = Guide([tool], ["@e1"])
    # After the mark of a call, this model of twenty steps goes on as it likes: within what can be run.
    call = encoder.tokenizer.convert_tokens_to_ids(CALL)
    prompt, _ = encoder.encode([Piece("Which gene? ", False, False), Piece(CALL, True, False)])
    said = [call, *service.generator.stream(prompt, 60, 1.0, 7, lambda ids: guide.allows(encoder.decode([call, *ids])))]
    assert guide.allows(encoder.decode(said))
    assert encoder.decode(said).startswith('<tool_call>{"name":"kg-explorer__find_entities","arguments":{"')


def test_a_message_that_only_repeats_itself_ends():
    assert is_loop([5, 6] * 24)
    assert not is_loop([5, 6] * 23)
    assert not is_loop(list(range(48)))


def test_draws_are_the_same_for_the_same_seed(checkpoint):
    generator = Generator(checkpoint, 1)
    draws = [list(generator.stream([20, 21, 22], 12, 1.5, seed)) for seed in (3, 3, 4)]
    assert draws[0] == draws[1] != draws[2]


def test_the_cache_changes_nothing(checkpoint):
    generator = Generator(checkpoint, 1)
    prompt = list(range(20, 60))
    first = list(generator.stream(prompt, 12))
    list(generator.stream(prompt[:30] + [5, 6], 4))
    assert list(generator.stream(prompt, 12)) == first
    grown = [*prompt, *first, 30, 31]
    assert list(generator.stream(grown, 8)) == list(Generator(checkpoint, 1).stream(grown, 8))
