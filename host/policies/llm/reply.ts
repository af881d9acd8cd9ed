/** What a model's message says: its calls in either form, its thought, its text. Nothing is assumed of a message but that it is JSON. */
import type { ToolFailure } from "../../../schemas/index.ts";

/** A call as the model wrote it. */
export interface ModelCall {
  /** The endpoint's id, where the call came in its own form. */
  id?: string;
  name: string;
  arguments: Record<string, unknown>;
  /** The arguments could not be read; `arguments` is then `{_malformed: text}`. */
  malformed?: ToolFailure;
}

export interface Reply {
  calls: ModelCall[];
  /** True where the calls stood in the text. */
  hermes: boolean;
  /** The text without calls and thoughts. */
  text: string;
  thought: string;
}

/** Reads an assistant message as received. */
export function readReply(message: unknown): Reply {
  const { content, tool_calls, reasoning_content, reasoning } = (message ?? {}) as Record<string, unknown>;
  const text = typeof content === "string" ? content : "";
  const inText = readHermes(text);
  const native = Array.isArray(tool_calls) ? tool_calls.map(readNative) : [];
  const hermes = native.length === 0 && inText.calls.length > 0;
  const reasons = [reasoning_content ?? reasoning, inText.thought].filter((r) => typeof r === "string" && r.trim());
  const thought = [...reasons, ...(native.length > 0 || hermes ? [inText.text] : [])].join("\n").trim();
  return { calls: hermes ? inText.calls : native, hermes, text: inText.text, thought };
}

function readNative(raw: unknown): ModelCall {
  const { id, function: fn } = (raw ?? {}) as { id?: unknown; function?: { name?: unknown; arguments?: unknown } };
  const call = readArguments(typeof fn?.name === "string" ? fn.name : "", fn?.arguments);
  return typeof id === "string" && id ? { id, ...call } : call;
}

/** `<think>…</think>` and `<tool_call>{…}</tool_call>`; a block that is not closed reaches to the end. */
function readHermes(content: string): { calls: ModelCall[]; text: string; thought: string } {
  const thoughts: string[] = [];
  const calls: ModelCall[] = [];
  const text = content
    .replace(/<think>([\s\S]*?)(?:<\/think>|$)/g, (_, thought: string) => (thoughts.push(thought.trim()), ""))
    .replace(/<tool_call>([\s\S]*?)(?:<\/tool_call>|$)/g, (_, body: string) => (calls.push(readTagged(body)), ""));
  return { calls, text: text.trim(), thought: thoughts.join("\n") };
}

function readTagged(body: string): ModelCall {
  try {
    const { name, arguments: args } = JSON.parse(body.trim()) as { name?: unknown; arguments?: unknown };
    return readArguments(typeof name === "string" ? name : "", args);
  } catch {
    return readArguments(/"name"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? "", body);
  }
}

function readArguments(name: string, raw: unknown): ModelCall {
  if (raw === undefined || raw === null || raw === "") return { name, arguments: {} };
  let value: unknown = raw;
  if (typeof raw === "string") {
    try {
      value = JSON.parse(raw);
      // Some models encode twice.
      if (typeof value === "string") value = JSON.parse(value);
    } catch (error) {
      return malformed(name, raw, (error as Error).message);
    }
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return malformed(name, JSON.stringify(raw), "they are not a JSON object");
  }
  return { name, arguments: value as Record<string, unknown> };
}

function malformed(name: string, text: string, why: string): ModelCall {
  return {
    name,
    arguments: { _malformed: text.slice(0, 2000) },
    malformed: {
      reason: "invalid_arguments",
      message: `the arguments of ${name || "the call"} could not be read: ${why}`,
      recovery: "send the arguments as one JSON object",
      retryable: true,
    },
  };
}
