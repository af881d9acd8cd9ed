/** Arguments as models send them: empty strings, stringified lists, unknown fields. Where the meaning is plain they are accepted, else the error says what to send. */
import { z } from "zod";
import { invalidArguments } from "./failure.ts";
import type { Tool } from "./tool.ts";

/** A request larger than this is no question but an accident. */
const MAX_ARGUMENT_BYTES = 256 * 1024;

export function readArguments<Engine>(
  tool: Tool<Engine>,
  raw: unknown,
): { args: Record<string, unknown>; notes: string[] } {
  const given = (raw ?? {}) as Record<string, unknown>;
  const size = JSON.stringify(given).length;
  if (size > MAX_ARGUMENT_BYTES) {
    throw invalidArguments(
      `the arguments of ${tool.name} are ${size} bytes; the limit is ${MAX_ARGUMENT_BYTES}`,
      "send the part that matters",
    );
  }
  const shape = tool.input.shape as Record<string, z.ZodType>;
  const unknown = Object.keys(given).filter((key) => !(key in shape));
  const candidate: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const value = repair(given[key], schema);
    if (value !== undefined) candidate[key] = value;
  }
  const parsed = tool.input.safeParse(candidate);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `${i.path.join(".") || "arguments"}: ${i.message}`).join("; ");
    throw invalidArguments(`${tool.name}: ${problems}`, `send {${usage(shape)}}`);
  }
  const notes =
    unknown.length > 0
      ? [`ignored unknown argument${unknown.length > 1 ? "s" : ""}: ${unknown.join(", ").slice(0, 200)}`]
      : [];
  return { args: parsed.data, notes };
}

/** The value as the schema would take it, where a plain reading exists; otherwise as it was. */
function repair(value: unknown, schema: z.ZodType): unknown {
  if (value === null || value === undefined) return undefined;
  if (value === "" && schema.safeParse(undefined).success) return undefined;
  if (schema.safeParse(value).success) return value;
  for (const reading of readings(value)) if (schema.safeParse(reading).success) return reading;
  return value;
}

function* readings(value: unknown): Generator {
  if (typeof value === "string") {
    try {
      const parsed: unknown = JSON.parse(value);
      yield parsed;
      yield [parsed];
    } catch {
      // Not JSON: a bare or comma-separated list, or a word, follows.
    }
    yield value.trim();
    yield value
      .split(",")
      .map((part) => part.trim())
      .filter(Boolean);
  } else if (Array.isArray(value)) {
    if (value.length === 1) yield value[0];
    yield value.filter((item) => item !== "" && item !== null);
  } else {
    yield String(value);
    yield [value];
  }
}

function usage(shape: Record<string, z.ZodType>): string {
  return Object.entries(shape)
    .map(([key, schema]) => (schema.safeParse(undefined).success ? `${key}?` : key))
    .join(", ");
}
