"""`train serve`: OpenAI chat completions from a checkpoint, with tool calls, streamed or whole, on 127.0.0.1."""

import argparse
import json
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import SimpleQueue
from typing import Any

os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from .attached import stop_with_parent
from .generate import Generator, TooLong
from .guide import Guide
from .template import CALL, GENERATION_PROMPT, IM_END, Piece, dump, parse_reply, render

MAX_BODY = 16 * 2**20


class BadRequest(ValueError):
    pass


def read_messages(raw: Any) -> list[dict[str, Any]]:
    """OpenAI's messages as the template takes them: content a text, arguments an object."""
    if not isinstance(raw, list) or not raw:
        raise BadRequest("messages: give a list with at least one message")
    return [read_message(message, number) for number, message in enumerate(raw)]


def read_message(raw: Any, number: int) -> dict[str, Any]:
    if not isinstance(raw, dict) or raw.get("role") not in ("system", "developer", "user", "assistant", "tool"):
        raise BadRequest(f"messages[{number}]: give role (system, user, assistant, tool) and content")
    role, content = "system" if raw["role"] == "developer" else raw["role"], raw.get("content")
    if isinstance(content, list):
        content = "".join(part.get("text", "") for part in content if isinstance(part, dict))
    if content is not None and not isinstance(content, str):
        raise BadRequest(f"messages[{number}].content: give a text")
    message = {"role": role, "content": content or ""}
    if raw.get("tool_calls"):
        message["tool_calls"] = [read_call(call, number) for call in raw["tool_calls"]]
    return message


def read_tools(raw: Any) -> list[dict[str, Any]]:
    tools = raw or []
    if not isinstance(tools, list) or not all(isinstance(tool, dict) and isinstance(named(tool), str) for tool in tools):
        raise BadRequest("tools: give a list of {type: function, function: {name, parameters}}")
    return tools


def named(tool: dict[str, Any]) -> Any:
    function = tool.get("function", tool)
    return function.get("name") if isinstance(function, dict) else None


def read_call(raw: Any, number: int) -> dict[str, Any]:
    try:
        name, arguments = raw["function"]["name"], raw["function"].get("arguments") or {}
        return {"function": {"name": name, "arguments": json.loads(arguments) if isinstance(arguments, str) else arguments}}
    except (KeyError, TypeError, ValueError) as error:
        raise BadRequest(f"messages[{number}].tool_calls: {error}") from None


class Service:
    """One model, one generation at a time, always on the same thread: torch keeps its own threads for each that calls it."""

    def __init__(self, generator: Generator, name: str):
        self.generator, self.name = generator, name
        self.worker = ThreadPoolExecutor(max_workers=1)

    def deltas(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Parts of the answer: `{content}` as it is written, then `{tool_calls}`, at last `{finish, usage}`."""
        messages = read_messages(request.get("messages"))
        limit = number_of(request, ("max_completion_tokens", "max_tokens"), self.generator.longest)
        temperature = number_of(request, ("temperature",), 0)
        encoder = self.generator.encoder
        # Instructions speak of handles too, and show none.
        shown = [message["content"] for message in messages if message["role"] in ("user", "tool")]
        guide = Guide(read_tools(request.get("tools")), shown)
        prompt, _ = encoder.encode([*render(messages), Piece(GENERATION_PROMPT, True, False)])
        ids: list[int] = []
        said = 0
        for token in self.tokens(prompt, int(limit), temperature, request.get("seed"), lambda ids: guide.allows(encoder.decode(ids))):
            ids.append(token)
            text = visible(encoder.decode(ids))
            if len(text) > said:
                yield {"content": text[said:]}
                said = len(text)
        content, calls = parse_reply(encoder.decode(ids))
        if calls:
            first = 1 + sum(len(message.get("tool_calls", [])) for message in messages)
            yield {"tool_calls": [call_delta(call, index, first) for index, call in enumerate(calls)]}
        elif len(content) > said:
            yield {"content": content[said:]}  # A call that cannot be read is text.
        ended = bool(ids) and ids[-1] == self.generator.end
        usage = {"prompt_tokens": len(prompt), "completion_tokens": len(ids), "total_tokens": len(prompt) + len(ids)}
        yield {"finish": "length" if not ended else "tool_calls" if calls else "stop", "usage": usage}

    def tokens(self, *wanted: Any) -> Iterator[int]:
        """What the worker generates, token by token; it stops where nobody listens any more."""
        said: SimpleQueue[int | None] = SimpleQueue()
        left = threading.Event()

        def generate() -> None:
            try:
                with closing(self.generator.stream(*wanted)) as stream:
                    for token in stream:
                        if left.is_set():
                            return
                        said.put(token)
            finally:
                said.put(None)

        job = self.worker.submit(generate)
        try:
            yield from iter(said.get, None)
            job.result()  # Raises what the generation raised.
        finally:
            left.set()


def visible(text: str) -> str:
    """What of a text in the making is certainly content: before the first call, without a half character."""
    return text.split(IM_END)[0].split(CALL)[0].rstrip("\ufffd").rstrip()


def call_delta(call: dict[str, Any], index: int, first: int) -> dict[str, Any]:
    function = {"name": call["name"], "arguments": dump(call["arguments"])}
    return {"index": index, "id": f"call_{first + index}", "type": "function", "function": function}


def number_of(request: dict[str, Any], names: tuple[str, ...], otherwise: float) -> float:
    for name in names:
        value = request.get(name)
        if value is not None:
            if not isinstance(value, (int, float)) or isinstance(value, bool) or value < 0:
                raise BadRequest(f"{name}: give a number from 0")
            return value
    return otherwise


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def log_message(self, *_: object) -> None:
        """Requests hold questions; they are nobody's log."""

    def do_GET(self) -> None:
        if self.path.rstrip("/") == "/v1/models":
            model = {"id": self.service.name, "object": "model", "created": 0, "owned_by": "medresearcher"}
            return self.send(200, {"object": "list", "data": [model]})
        self.fail(404, f"no {self.path} here; POST /v1/chat/completions")

    def do_POST(self) -> None:
        try:
            length = int(self.headers.get("content-length") or 0)
            if length > MAX_BODY:
                return self.fail(413, f"at most {MAX_BODY} bytes")
            body = self.rfile.read(length)
            if self.path.rstrip("/") != "/v1/chat/completions":
                return self.fail(404, f"no {self.path} here; POST /v1/chat/completions")
            request = json.loads(body)
            if not isinstance(request, dict):
                raise BadRequest("the body is no JSON object")
            deltas = self.service.deltas(request)
            first = next(deltas)  # Before the first byte is sent, a bad request can still be answered as one.
            (self.stream if request.get("stream") else self.whole)(request, first, deltas)
        except TooLong as error:
            self.fail(400, str(error), "context_length_exceeded")
        except ValueError as error:
            self.fail(400, str(error))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def whole(self, request: dict[str, Any], first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> None:
        message: dict[str, Any] = {"role": "assistant", "content": None}
        for delta in (first, *rest):
            if "content" in delta:
                message["content"] = (message["content"] or "") + delta["content"]
            if "tool_calls" in delta:
                message["tool_calls"] = [{k: v for k, v in call.items() if k != "index"} for call in delta["tool_calls"]]
        choice = {"index": 0, "message": message, "finish_reason": delta["finish"]}
        self.send(200, {**self.head("chat.completion"), "choices": [choice], "usage": delta["usage"]})

    def stream(self, request: dict[str, Any], first: dict[str, Any], rest: Iterator[dict[str, Any]]) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        head = self.head("chat.completion.chunk")
        self.event({**head, "choices": [{"index": 0, "delta": {"role": "assistant"}, "finish_reason": None}]})
        for delta in (first, *rest):
            finish = delta.get("finish")
            part = {} if finish else delta
            self.event({**head, "choices": [{"index": 0, "delta": part, "finish_reason": finish}]})
            if finish and (request.get("stream_options") or {}).get("include_usage"):
                self.event({**head, "choices": [], "usage": delta["usage"]})
        self.wfile.write(b"data: [DONE]\n\n")

    def head(self, kind: str) -> dict[str, Any]:
        ident = f"chatcmpl-{uuid.uuid4().hex[:24]}"
        return {"id": ident, "object": kind, "created": int(time.time()), "model": self.service.name}

    def event(self, value: dict[str, Any]) -> None:
        self.wfile.write(f"data: {dump(value)}\n\n".encode())
        self.wfile.flush()

    def fail(self, status: int, message: str, code: str | None = None) -> None:
        self.close_connection = True
        self.send(status, {"error": {"message": message, "type": "invalid_request_error", "code": code}})

    def send(self, status: int, value: dict[str, Any]) -> None:
        body = dump(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve(checkpoint: Path, port: int, threads: int = 0) -> ThreadingHTTPServer:
    """The server, bound and not yet running; port 0 takes a free one."""
    service = Service(Generator(checkpoint, threads), checkpoint.resolve().name)
    server = ThreadingHTTPServer(("127.0.0.1", port), type("Bound", (Handler,), {"service": service}))
    server.daemon_threads = True
    return server


def main() -> int:
    parser = argparse.ArgumentParser(prog="medresearcher train serve")
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--attached", action="store_true", help="stop when stdin closes")
    options = parser.parse_args()
    if not (options.checkpoint / "model.safetensors").exists():
        print(f"error: {options.checkpoint} holds no model.safetensors: give a folder that `train sft` wrote", file=sys.stderr)
        return 1
    try:
        server = serve(options.checkpoint, options.port, options.threads)
    except OSError as error:
        print(f"error: port {options.port}: {error.strerror}", file=sys.stderr)
        return 1
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: threading.Thread(target=server.shutdown).start())
    if options.attached:
        stop_with_parent()
    port = server.server_address[1]
    fields = {"event": "ready", "baseUrl": f"http://127.0.0.1:{port}/v1", "model": server.RequestHandlerClass.service.name}
    print(json.dumps(fields), flush=True)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
