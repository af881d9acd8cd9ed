import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { Envelope } from "../../schemas/index.ts";
import { readArguments } from "./arguments.ts";
import { ToolError } from "./failure.ts";
import { READS_LOCAL, type Tool } from "./tool.ts";

const tool: Tool<unknown> = {
  name: "find_things",
  title: "Find",
  description: "",
  input: z.object({
    query: z.string(),
    limit: z.int().min(1).max(50).default(10),
    ids: z.array(z.string()).optional(),
    direction: z.enum(["in", "out", "both"]).default("both"),
    maxLength: z.int().optional(),
    weight: z.number().optional(),
    exact: z.boolean().optional(),
    when: z.union([z.string(), z.object({ from: z.string() })]).optional(),
  }),
  output: Envelope,
  annotations: READS_LOCAL,
  run: () => ({}),
};
const read = (raw: unknown) => readArguments(tool, raw).args;

/** The arguments as read, or the failure; anything else that is thrown is a bug. */
function attempt(raw: unknown) {
  try {
    return readArguments(tool, raw);
  } catch (error) {
    if (error instanceof ToolError) return error;
    throw error;
  }
}

function failureOf(raw: unknown): ToolError {
  const outcome = attempt(raw);
  if (outcome instanceof ToolError) return outcome;
  throw new Error("was accepted");
}

describe("arguments whose meaning is plain", () => {
  it.each([
    ["numbers as text", { query: "x", limit: "5" }, { limit: 5 }],
    ["text as a number", { query: 42 }, { query: "42" }],
    ["a list as JSON text", { query: "x", ids: '["HP:1","HP:2"]' }, { ids: ["HP:1", "HP:2"] }],
    ["a list as comma-separated text", { query: "x", ids: "HP:1, HP:2" }, { ids: ["HP:1", "HP:2"] }],
    ["one item for a list", { query: "x", ids: "HP:1" }, { ids: ["HP:1"] }],
    ["a list of one for a text", { query: ["x"] }, { query: "x" }],
    ["numbers in a list of texts", { query: "x", ids: [1, 2] }, { ids: ["1", "2"] }],
    ["blank items in a list", { query: "x", ids: ["HP:1", "", null] }, { ids: ["HP:1"] }],
    ["booleans as text", { query: "x", exact: "True" }, { exact: true }],
    ["another case", { query: "x", direction: "Out" }, { direction: "out" }],
    ["an empty string for an optional field", { query: "x", limit: "", direction: " " }, { limit: 10 }],
    ["null for an optional field", { query: "x", ids: null }, { limit: 10 }],
    ["snake_case", { query: "x", max_length: 3 }, { maxLength: 3 }],
    ["the whole object as text", '{"query": "x", "limit": 3}', { query: "x", limit: 3 }],
  ])("%s", (_, raw, expected) => {
    expect(read(raw)).toMatchObject(expected);
  });

  it("passes over unknown fields and says so", () => {
    const { args, notes } = readArguments(tool, { query: "x", colour: "red", toString: 1 });
    expect(args).toEqual({ query: "x", limit: 10, direction: "both" });
    expect(notes).toEqual([expect.stringMatching(/colour, toString; known: query, limit/)]);
  });

  it("leaves a text alone that only looks like JSON", () => {
    expect(read({ query: "[1]", when: "12" })).toMatchObject({ query: "[1]", when: "12" });
  });
});

describe("arguments that cannot be read", () => {
  it.each([
    ["nothing", undefined, "query: is required"],
    ["an empty string for a required field", { query: "  " }, "query: is required"],
    ["an object where text belongs", { query: { id: "x" } }, "query:"],
    ["a number out of range", { query: "x", limit: 1000 }, "limit: Too big"],
    ["an unknown choice", { query: "x", direction: "sideways" }, "direction:"],
    ["a list instead of the object", [1], "not an object"],
    ["words instead of the object", "query x", "not an object"],
  ])("%s: the error names the field and the way to call", (_, raw, message) => {
    const failure = failureOf(raw);
    expect(failure.reason).toBe("invalid_arguments");
    expect(failure.message).toContain(message);
    expect(failure.recovery).toContain('query: string, limit?: integer, ids?: [string], direction?: "in" | "out"');
  });

  it("a megabyte: refused at once", () => {
    expect(failureOf({ query: "x".repeat(1_000_000) }).message).toMatch(/the limit is/);
  });
});

describe("any JSON at all", () => {
  const fields = Object.keys(tool.input.shape);
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.string({ unit: "binary" }), fc.constant('["a"'));
  const calls = fc.oneof(anything, fc.dictionary(fc.constantFrom(...fields, "__proto__", "x"), anything));

  it("is read as the schema has it, or refused with a way out", () => {
    fc.assert(
      fc.property(calls, (raw) => {
        const outcome = attempt(raw);
        const isRight =
          outcome instanceof ToolError
            ? outcome.recovery.startsWith("send ")
            : tool.input.safeParse(outcome.args).success && !/\\ud[89a-f]/i.test(JSON.stringify(outcome.args));
        expect(isRight).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it("leaves valid arguments as they are", () => {
    const valid = fc.record(
      {
        query: fc.string({ minLength: 1 }).filter((s) => s.trim() !== ""),
        limit: fc.integer({ min: 1, max: 50 }),
        ids: fc.array(fc.string({ minLength: 1 }).filter((s) => s.trim() !== "")),
        exact: fc.boolean(),
      },
      { requiredKeys: ["query"] },
    );
    fc.assert(
      fc.property(valid, (raw) => {
        expect(read(raw)).toMatchObject(raw);
      }),
    );
  });
});
