/** A small server for tests and measurements of the kit: it echoes, fails, waits and counts. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { Envelope } from "../../../schemas/index.ts";
import { defineServer, defineTool, notFound, READS_LOCAL } from "../index.ts";

export interface ToyEngine {
  /** Calls of `wait_long` that were cancelled. */
  cancelled: number;
  /** Calls of it that came to their end. */
  finished: number;
  closed: boolean;
  close(): void;
}

const define = defineTool<ToyEngine>();

const echo = define({
  name: "echo_text",
  title: "Echo",
  description: "Gives back what it was given. Not for anything else.",
  input: z.object({
    text: z.string(),
    times: z.int().min(1).max(1000).default(1),
    tags: z.array(z.string()).optional(),
    mode: z.enum(["plain", "loud"]).default("plain"),
    maxLength: z.int().positive().optional(),
  }),
  output: Envelope.extend({ echoed: z.array(z.string()), tags: z.array(z.string()) }),
  annotations: READS_LOCAL,
  run: ({ text, times, tags = [], mode, maxLength = Infinity }) => {
    const said = (mode === "loud" ? text.toUpperCase() : text).slice(0, maxLength);
    return { echoed: Array.from({ length: times }, () => said), tags };
  },
});

const fail = define({
  name: "fail_always",
  title: "Fail",
  description: "Fails in the way that is asked for.",
  input: z.object({ how: z.enum(["not_found", "crash"]) }),
  output: Envelope,
  annotations: READS_LOCAL,
  run: ({ how }) => {
    if (how === "not_found") throw notFound("the toy", "look elsewhere");
    throw new TypeError("a bug");
  },
});

const wait = define({
  name: "wait_long",
  title: "Wait",
  description: "Waits and tells how far it is.",
  input: z.object({ steps: z.int().default(3), ms: z.int().default(20) }),
  output: Envelope.extend({ steps: z.number() }),
  annotations: READS_LOCAL,
  run: async ({ steps, ms }, { engine, signal, progress }) => {
    for (let done = 1; done <= steps; done += 1) {
      try {
        await sleep(ms, undefined, { signal });
      } catch (error) {
        engine.cancelled += 1;
        throw error;
      }
      progress(done, steps, `step ${done}`);
    }
    engine.finished += 1;
    return { steps };
  },
});

/** A factory over an engine that the test can look into. */
export function toyServer(engine: ToyEngine = toyEngine()) {
  return defineServer<ToyEngine>({
    name: "toy",
    title: "Toy",
    instructions: "For tests: start with echo_text.",
    tools: [echo, fail, wait],
    open: () => engine,
  })();
}

export function toyEngine(): ToyEngine {
  return {
    cancelled: 0,
    finished: 0,
    closed: false,
    close() {
      this.closed = true;
    },
  };
}
