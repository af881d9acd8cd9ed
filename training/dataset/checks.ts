/** What no row may hold: the answer before a tool said it, or a reference to what was never shown. */
import type { ChatMessage } from "../../host/index.ts";

export type Unfit = {
  reason: "answer_in_prompt" | "answer_before_evidence" | "answer_not_shown" | "unseen_reference";
  detail: string;
};

/**
 * Why the conversation is no example; undefined where it is one.
 * @param names the answer and its aliases
 */
export function unfit(messages: readonly ChatMessage[], names: readonly string[]): Unfit | undefined {
  return leak(messages, names) ?? unseen(messages);
}

function leak(messages: readonly ChatMessage[], names: readonly string[]): Unfit | undefined {
  const says = mentionsAny(names);
  const prompt = messages.find((m) => (m.role === "system" || m.role === "user") && says(m.content));
  if (prompt) return { reason: "answer_in_prompt", detail: `the ${prompt.role} message says the answer` };
  const shown = messages.findIndex((m) => m.role === "tool" && says(m.content));
  if (shown < 0) return { reason: "answer_not_shown", detail: "no result, as it is shown, holds the answer" };
  const early = messages.slice(0, shown).find((m) => m.role === "assistant" && says(textOf(m)));
  return (
    early && { reason: "answer_before_evidence", detail: `step ${early.step} says the answer before a result did` }
  );
}

/** Whole words, whatever their case. A name of one letter proves nothing. */
export function mentionsAny(names: readonly string[]): (text: string) => boolean {
  const parts = names
    .filter((name) => name.trim().length > 1)
    .map((name) => name.trim().replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (parts.length === 0) return () => false;
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  return (text) => pattern.test(text);
}

function textOf({ content, calls = [] }: ChatMessage): string {
  return `${content} ${JSON.stringify(calls.map((call) => call.arguments))}`;
}

const CURIE = /^[A-Za-z][\w.-]*:[^\s:]\S*$/;
const HANDLE = /@[erpdc]\d+\b/g;
const MARK = /\[([^[\]\s,;]+#\d+-\d+)\]/g;

/** A model cannot learn to write an id that it was not shown. */
function unseen(messages: readonly ChatMessage[]): Unfit | undefined {
  let before = "";
  for (const message of messages) {
    if (message.role !== "assistant") {
      before += `${message.content}\n`;
      continue;
    }
    const missing = references(message).find((id) => !before.includes(id));
    if (missing)
      return { reason: "unseen_reference", detail: `step ${message.step} refers to ${missing.slice(0, 80)}` };
  }
  return undefined;
}

function references({ content, calls = [] }: ChatMessage): string[] {
  const strings = calls.flatMap((call) => [...stringsIn(call.arguments)]);
  const written = [content, ...strings];
  return [
    ...strings.filter((text) => CURIE.test(text)),
    ...written.flatMap((text) => text.match(HANDLE) ?? []),
    ...written.flatMap((text) => [...text.matchAll(MARK)].map((mark) => mark[1]!)),
  ];
}

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) yield* stringsIn(item);
}
