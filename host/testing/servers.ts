/** Real MCP servers for the host's tests: a small graph with one document, built with the official SDK. */
import { McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { ServerFactoryLike } from "../tools/specs.ts";

export const NOTE = {
  id: "NOTE:marfan",
  title: "Marfan syndrome",
  publisher: "Test notes",
  published: "2024",
};
const NOTE_TEXT = "Marfan syndrome is caused by pathogenic variants of FBN1, which encodes fibrillin-1.";
export const PASSAGE = {
  id: `NOTE:marfan#0-${NOTE_TEXT.length}`,
  document: NOTE.id,
  start: 0,
  end: NOTE_TEXT.length,
  text: NOTE_TEXT,
};
const RETRACTED = { id: "PMID:1", title: "A retracted paper", integrity: "retracted" };
export const RETRACTED_PASSAGE = { id: "PMID:1#0-9", document: "PMID:1", start: 0, end: 9, text: "It cures." };

const READS = { readOnlyHint: true, idempotentHint: true, openWorldHint: false };
const loose = z.looseObject({});
const query = z.object({ query: z.string() });

export interface TestServerOptions {
  /** What `write` was called with. */
  effects?: string[];
  /** So many calls of `slow` wait as long as they say; those after them never end, unless they are cancelled. */
  endingCalls?: number;
}

/** What a test says to the process that it starts: how many calls of `slow` end there. */
export function endingCalls(): number {
  return Number(process.env["TEST_ENDING_CALLS"] ?? Number.POSITIVE_INFINITY);
}

/** Tools: `find` (the note), `big` (a result that goes to a blob), `slow` (waits `ms`; can be cancelled), `meet` (waits for others), `write` (has effects), `fail`. */
export function testServer(name = "graph", options: TestServerOptions = {}): ServerFactoryLike {
  return {
    name,
    create: () => createTestServer(name, options),
    close: async () => undefined,
  };
}

function answer(structuredContent: Record<string, unknown>) {
  return { content: [{ type: "text" as const, text: JSON.stringify(structuredContent) }], structuredContent };
}

export function createTestServer(
  name: string,
  { effects = [], endingCalls = Number.POSITIVE_INFINITY }: TestServerOptions = {},
): McpServer {
  let slowCalls = 0;
  const meeting = new Meeting();
  const server = new McpServer({ name, version: "1.0.0" });
  const reading = { inputSchema: query, outputSchema: loose, annotations: READS };
  server.registerTool("find", { description: "Finds notes.", ...reading }, ({ query }) =>
    answer({
      documents: [NOTE, RETRACTED],
      passages: [PASSAGE, RETRACTED_PASSAGE],
      relations: [],
      outcomes: [{ source: "notes", outcome: "found" }],
      query,
    }),
  );
  server.registerTool("big", { description: "Much text.", ...reading }, ({ query }) =>
    answer({ query, filler: "x".repeat(40_000) }),
  );
  server.registerTool(
    "slow",
    { description: "Waits.", inputSchema: z.object({ ms: z.number() }), outputSchema: loose, annotations: READS },
    async ({ ms }, { mcpReq }) => {
      await wait(++slowCalls > endingCalls ? LONGEST_TIMER : ms, mcpReq.signal);
      return answer({ waited: ms });
    },
  );
  server.registerTool(
    "meet",
    {
      description: "Ends when all have come, in the order of their places from 1.",
      inputSchema: z.object({ place: z.number(), of: z.number() }),
      outputSchema: loose,
      annotations: READS,
    },
    async ({ place, of }) => answer({ place, left: await meeting.leave(place, of) }),
  );
  server.registerTool(
    "write",
    { description: "Has effects.", inputSchema: query, outputSchema: loose, annotations: { readOnlyHint: false } },
    ({ query }) => {
      effects.push(query);
      return answer({ written: query });
    },
  );
  server.registerTool("fail", { description: "Fails.", ...reading }, () => ({
    isError: true,
    content: [
      {
        type: "text" as const,
        text: JSON.stringify({
          error: { reason: "not_found", message: "it was not found", recovery: "ask otherwise", retryable: false },
        }),
      },
    ],
  }));
  return server;
}

/** A place where calls wait for each other: nobody leaves before all are there. */
class Meeting {
  readonly #waiting = new Map<number, () => void>();
  #left = 0;

  /** How many left before this one. */
  leave(place: number, of: number): Promise<number> {
    const left = new Promise<number>((resolve) => this.#waiting.set(place, () => resolve(this.#left++)));
    if (this.#waiting.size === of) for (const [, go] of [...this.#waiting].toSorted(([a], [b]) => a - b)) go();
    return left;
  }
}

/** Some weeks: a timer cannot be set for longer. */
const LONGEST_TIMER = 2 ** 31 - 1;

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw new Error("cancelled");
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new Error("cancelled"));
    });
  });
}
