"""What a reply may still become while it is being written: calls of the tools that were given, with their arguments, and
handles that the conversation has shown. The model chooses among that; a call that nobody could run is not to be written.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from .template import CALL, CALL_END, HEADS, IM_END, PAD, RESPONSE, RESPONSE_END

HANDLE = re.compile(r"(?<![A-Za-z0-9])@[erpdc]\d+(?!\d)")
OPEN_HANDLE = re.compile(r"(?<![A-Za-z0-9])@[erpdc]\d*$")
NOT_SAID = (PAD, RESPONSE, RESPONSE_END, *HEADS.values())
NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
OPEN_NUMBER = re.compile(r"-?(?:(?:0|[1-9]\d*)(?:\.\d*)?)?$")
STRING = re.compile(r'(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')
OPEN_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?$")


class CutOff(Exception):
    """The text ends here, and so far it is right."""


class Wrong(Exception):
    """However it goes on, this is none."""


class Guide:
    """`tools`: OpenAI's definitions; none: any call. `shown`: texts whose handles may be used."""

    def __init__(self, tools: list[dict[str, Any]], shown: Iterable[str]):
        functions = [tool.get("function") or tool for tool in tools]
        self.tools = {function["name"]: function.get("parameters") or {} for function in functions}
        self.handles = {handle for text in shown for handle in HANDLE.findall(text)}

    def allows(self, reply: str) -> bool:
        """Whether a reply that begins like this can be a good one."""
        if any(mark in reply for mark in NOT_SAID):
            return False
        thought, *calls = reply.split(CALL)
        try:
            self.check_handles(thought.removesuffix(IM_END), ends=bool(calls) or thought.endswith(IM_END))
            for number, call in enumerate(calls):
                self.check_call(call, last=number == len(calls) - 1)
        except CutOff:
            return True
        except Wrong:
            return False
        return True

    def check_call(self, text: str, last: bool) -> None:
        body, closed, after = text.partition(CALL_END)
        if not closed and not last:
            raise Wrong
        if after not in ("", IM_END) or (after and not last):
            raise Wrong
        if not self.tools:
            return
        scanner = Scanner(body, self)
        try:
            scanner.call()
        except CutOff:
            if closed or not last:
                raise Wrong from None
            raise

    def check_handles(self, text: str, ends: bool) -> None:
        open_one = None if ends else OPEN_HANDLE.search(text)
        if open_one and not any(handle.startswith(open_one[0]) for handle in self.handles):
            raise Wrong
        whole = text[: open_one.start()] if open_one else text
        if any(handle not in self.handles for handle in HANDLE.findall(whole)):
            raise Wrong


class Scanner:
    """Reads `{"name":"…","arguments":{…}}` as the template writes it."""

    def __init__(self, text: str, guide: Guide):
        self.text, self.at, self.guide = text, 0, guide

    def call(self) -> None:
        self.literal('{"name":')
        parameters = self.guide.tools[self.one_of(self.guide.tools)]
        self.literal(',"arguments":{')
        self.members(parameters.get("properties") or {}, set(parameters.get("required") or ()))
        self.literal("}")
        if self.at < len(self.text):
            raise Wrong

    def members(self, properties: dict[str, Any], required: set[str]) -> None:
        """Each property at most once, the required ones before the end."""
        left = dict(properties)
        while self.peek() != "}":
            if len(left) < len(properties):
                self.literal(",")
            name = self.one_of(left)
            self.literal(":")
            self.value(left.pop(name))
        if required & left.keys():
            raise Wrong
        self.at += 1

    def value(self, schema: dict[str, Any]) -> None:
        match schema.get("type"):
            case "string":
                self.string()
            case "integer" | "number":
                self.number()
            case "boolean":
                self.literal("true" if self.peek() == "t" else "false")
            case "array":
                self.array(schema.get("items") or {})
            case _:
                self.anything()

    def array(self, items: dict[str, Any]) -> None:
        self.literal("[")
        while self.peek() != "]":
            self.value(items)
            if self.peek() not in ",]":
                raise Wrong
            if self.peek() == ",":
                self.at += 1
                if self.peek() == "]":
                    raise Wrong
        self.at += 1

    def string(self) -> None:
        self.literal('"')
        found = STRING.match(self.text, self.at)
        self.at = found.end()
        closed = self.text.startswith('"', self.at)
        self.guide.check_handles(found[0], ends=closed)
        if not closed:
            self.cut_or_wrong(OPEN_ESCAPE.fullmatch(self.text, self.at))
        self.at += 1

    def number(self) -> None:
        if OPEN_NUMBER.fullmatch(self.text, self.at):
            raise CutOff
        found = NUMBER.match(self.text, self.at)
        if not found:
            raise Wrong
        self.at = found.end()

    def anything(self) -> None:
        """JSON; whether what is not whole yet can become some is not looked at."""
        try:
            _, self.at = json.JSONDecoder().raw_decode(self.text, self.at)
        except ValueError:
            raise CutOff from None

    def one_of(self, words: Iterable[str]) -> str:
        """A quoted word of these."""
        self.literal('"')
        rest = self.text[self.at :]
        for word in words:
            if rest.startswith(f'{word}"'):
                self.at += len(word) + 1
                return word
        if any(f'{word}"'.startswith(rest) for word in words):
            raise CutOff
        raise Wrong

    def literal(self, wanted: str) -> None:
        rest = self.text[self.at : self.at + len(wanted)]
        if rest == wanted:
            self.at += len(wanted)
        elif wanted.startswith(rest):
            raise CutOff
        else:
            raise Wrong

    def peek(self) -> str:
        if self.at >= len(self.text):
            raise CutOff
        return self.text[self.at]

    def cut_or_wrong(self, is_open: object) -> None:
        raise CutOff if self.at >= len(self.text) or is_open else Wrong
