/** Arguments as models send them: empty strings, stringified lists, unknown fields. Where the meaning is plain they are accepted, else the error says what to send. */
import { z } from "zod";
import { invalidArguments } from "./failure.ts";
import { wellFormed } from "./text.ts";
import type { Tool } from "./tool.ts";

type Shape = Record<string, z.ZodType>;

/** A request larger than this is no question but an accident. In characters of JSON. */
const MAX_ARGUMENT_LENGTH = 256 * 1024;

/**
 * The arguments of a call as the tool's schema has them.
 * @returns the parsed arguments, and notes on what was passed over
 * @throws ToolError `invalid_arguments` that names the field and how to call the tool
 */
export function readArguments<Engine>(
  tool: Tool<Engine>,
  raw: unknown,
): { args: Record<string, unknown>; notes: string[] } {
  const shape = tool.input.shape;
  const size = JSON.stringify(raw)?.length ?? 0;
  if (size > MAX_ARGUMENT_LENGTH) {
    throw invalidArguments(
      `the arguments of ${tool.name} have ${size} characters; the limit is ${MAX_ARGUMENT_LENGTH}`,
      "send the part that matters",
    );
  }
  const { given, unknown } = byField(asObject(wellFormed(raw), tool.name, shape), shape);
  const candidate: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(shape)) {
    const value = repair(given.get(key), schema);
    if (value !== undefined) candidate[key] = value;
  }
  const parsed = tool.input.safeParse(candidate);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => problem(issue, candidate)).join("; ");
    throw invalidArguments(`${tool.name}: ${problems}`, `send ${usage(shape)}`);
  }
  return { args: parsed.data, notes: unknown.length > 0 ? [ignored(unknown, shape)] : [] };
}

/** Some models send the whole object as a string. */
function asObject(raw: unknown, name: string, shape: Shape): Record<string, unknown> {
  if (raw === undefined || raw === null || raw === "") return {};
  const value = typeof raw === "string" ? parseJson(raw) : raw;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw invalidArguments(`${name}: the arguments are not an object`, `send ${usage(shape)}`);
}

/** Sorts what was given under the schema's fields; `max_length` is read as `maxLength`. */
function byField(raw: Record<string, unknown>, shape: Shape) {
  const spellings = new Map(Object.keys(shape).map((key) => [plain(key), key]));
  const given = new Map<string, unknown>();
  const unknown: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const field = Object.hasOwn(shape, key) ? key : spellings.get(plain(key));
    if (field === undefined) unknown.push(key);
    else if (field === key || !Object.hasOwn(raw, field)) given.set(field, value);
  }
  return { given, unknown };
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[_\-\s]/g, "");
}

/** The value as the schema would take it, where a plain reading exists; otherwise as it was. */
function repair(value: unknown, schema: z.ZodType): unknown {
  if (value === null || value === undefined) return undefined;
  // An empty string is what many clients send for a field that was left blank.
  if (typeof value === "string" && value.trim() === "") return undefined;
  if (Array.isArray(value) && value.some(isBlank))
    return repair(
      value.filter((item) => !isBlank(item)),
      schema,
    );
  if (schema.safeParse(value).success) return value;
  for (const reading of readings(value)) if (schema.safeParse(reading).success) return reading;
  return value;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isBlank(item: unknown): boolean {
  return item === null || (typeof item === "string" && item.trim() === "");
}

function* readings(value: unknown): Generator {
  if (typeof value === "string") yield* readingsOfText(value);
  else if (Array.isArray(value)) yield* readingsOfList(value);
  else if (isScalar(value)) yield* [String(value), [value], [String(value)]];
  else yield [value];
}

function* readingsOfText(text: string): Generator {
  // `True` and `NULL` are what other languages call them.
  const parsed = parseJson(text) ?? parseJson(text.toLowerCase());
  if (parsed !== undefined) yield* [parsed, [parsed]];
  const trimmed = text.trim();
  yield* [trimmed, trimmed.toLowerCase(), trimmed.toUpperCase()];
  const parts = trimmed
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  yield* [parts, parts.map((part) => part.toLowerCase())];
}

function* readingsOfList(list: unknown[]): Generator {
  if (list.length === 1) yield list[0];
  const texts = list.map((item) => (isScalar(item) ? String(item).trim() : item));
  yield* [texts, texts.map((item) => (typeof item === "string" ? item.toLowerCase() : item))];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problem(issue: z.core.$ZodIssue, candidate: Record<string, unknown>): string {
  const [field] = issue.path;
  const missing = issue.path.length === 1 && !Object.hasOwn(candidate, field as string);
  return `${issue.path.join(".") || "arguments"}: ${missing ? "is required and was not given" : issue.message}`;
}

/** The fields with their kinds: `{query: string, limit?: integer}`. */
function usage(shape: Shape): string {
  const fields = Object.entries(shape).map(([key, schema]) => {
    const optional = schema.safeParse(undefined).success ? "?" : "";
    return `${key}${optional}: ${kindOf(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema)}`;
  });
  return `{${fields.join(", ")}}`;
}

interface JsonSchema {
  type?: string | undefined;
  enum?: unknown[] | undefined;
  items?: unknown;
  anyOf?: unknown[] | undefined;
}

function kindOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((part) => kindOf(part as JsonSchema)).join(" | ");
  if (schema.type === "array") return `[${kindOf(schema.items ?? {})}]`;
  return schema.type ?? "any";
}

function ignored(unknown: string[], shape: Shape): string {
  const names = unknown.join(", ").slice(0, 200);
  return `ignored unknown argument${unknown.length > 1 ? "s" : ""}: ${names}; known: ${Object.keys(shape).join(", ")}`;
}
