/** One cassette for both boundaries: what a model and what tools answered, by digest of the request. A miss fails loudly. */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Complete } from "./policies/llm/endpoint.ts";
import type { ToolPool } from "./tools/pool.ts";

/** Never becomes a tool's error or a model's failure: whoever runs the test must see it. */
export class CassetteMiss extends Error {
  override readonly name = "CassetteMiss";
}

interface Entry {
  boundary: "model" | "tool";
  key: string;
  /** For the reader of the file. */
  about: string;
  answer: unknown;
}

export interface Cassette {
  /** The recorded answer, or (recording) the live one. Equal requests are answered in the order of their recording. */
  play<T>(boundary: Entry["boundary"], request: unknown, about: string, live: () => Promise<T>): Promise<T>;
}

/** `record` begins the file anew; `replay` reads it. One JSON object a line. */
export function openCassette(file: string, mode: "record" | "replay"): Cassette {
  return mode === "record" ? recording(file) : replaying(file);
}

function recording(file: string): Cassette {
  writeFileSync(file, "");
  return {
    async play(boundary, request, about, live) {
      const answer = await live();
      const entry: Entry = { boundary, key: keyOf(boundary, request), about, answer };
      appendFileSync(file, `${JSON.stringify(entry)}\n`);
      return answer;
    },
  };
}

function replaying(file: string): Cassette {
  if (!existsSync(file)) throw new CassetteMiss(`there is no cassette ${file}: record it first`);
  const answers = new Map<string, unknown[]>();
  for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
    const { key, answer } = JSON.parse(line) as Entry;
    answers.set(key, [...(answers.get(key) ?? []), answer]);
  }
  return {
    async play<T>(boundary: Entry["boundary"], request: unknown, about: string) {
      const left = answers.get(keyOf(boundary, request));
      if (!left?.length)
        throw new CassetteMiss(`the cassette ${file} has no answer for the ${boundary} request: ${about}`);
      return left.shift() as T;
    },
  };
}

/** The pool with its calls going through the cassette. */
export function cassettePool(pool: ToolPool, cassette: Cassette): ToolPool {
  return {
    ...pool,
    call(call, options) {
      const { server, tool, arguments: args } = call;
      const about = `${server}__${tool} ${JSON.stringify(args).slice(0, 200)}`;
      return cassette.play("tool", { server, tool, args }, about, () => pool.call(call, options));
    },
  };
}

/** The way to a model through the cassette. */
export function cassetteModel(complete: Complete, cassette: Cassette): Complete {
  return (request, signal) => {
    const last = JSON.stringify(request.messages.at(-1)).slice(0, 200);
    return cassette.play("model", request, `${request.model} after ${last}`, () => complete(request, signal));
  };
}

function keyOf(boundary: string, request: unknown): string {
  return createHash("sha256")
    .update(`${boundary}\n${JSON.stringify(request)}`)
    .digest("hex");
}
