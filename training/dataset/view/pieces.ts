/** A row as pieces of text, each with what training does with it. */
import type { SftRow, TrainingMessage } from "../../../schemas/index.ts";

/** learned: loss falls on it · masked: the assistant's, and not learned from · context: shown to the model only. */
export type Fate = "learned" | "masked" | "context";

export interface Piece {
  role: TrainingMessage["role"];
  fate: Fate;
  text: string;
  /** Calls as the model writes them, arguments as JSON. */
  calls: { name: string; arguments: string }[];
}

export function piecesOf({ messages }: Pick<SftRow, "messages">): Piece[] {
  return messages.map(({ role, content, tool_calls = [], train }) => ({
    role,
    fate: role !== "assistant" ? "context" : train === false ? "masked" : "learned",
    text: content,
    calls: tool_calls.map(({ function: { name, arguments: args } }) => ({ name, arguments: JSON.stringify(args) })),
  }));
}

/** Characters by fate, names of tools and arguments included. */
export function measure(pieces: readonly Piece[]): Record<Fate, number> {
  const sum = { learned: 0, masked: 0, context: 0 };
  for (const { fate, text, calls } of pieces) {
    sum[fate] += text.length + calls.reduce((n, call) => n + call.name.length + call.arguments.length, 0);
  }
  return sum;
}

/** One line on what the row is. */
export function headline({ id, split, specialty, provenance, corruption }: SftRow): string {
  const faults = Object.entries(corruption).map(([kind, n]) => `${n} × ${kind}`);
  const disturbed = faults.length > 0 ? ` · faults: ${faults.join(", ")}` : "";
  return `${id} · ${split} · ${specialty} · ${provenance.arm} · seed ${provenance.seed} · session ${provenance.session}${disturbed}`;
}
