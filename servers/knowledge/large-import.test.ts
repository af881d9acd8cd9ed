/** Imports that are large enough for a thread: the same graph, whatever happens on the way. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GraphStore } from "./graph.ts";
import { knowledgePath } from "./folder.ts";
import { importSource, type ImportRequest } from "./import.ts";
import { readPosition } from "./import-position.ts";
import { LARGE_RELATIONS, largeSource } from "./testing/large-source.ts";

const PROGRAM = join(import.meta.dirname, "testing/large-source.ts");
/** In the part that the thread writes. */
const FAR = 65_000;

let home: string;
let folder: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "large-"));
  folder = knowledgePath("home", home);
});
afterEach(() => rmSync(home, { recursive: true }));

function run(options: Partial<ImportRequest> = {}) {
  return importSource({ source: largeSource, from: PROGRAM, home, seed: () => [], ...options });
}

/** Every relation is there once, in order, with its evidence, and the neighbours are. */
function expectWhole(): void {
  const graph = new GraphStore(join(folder, "graph.db"), { readOnly: true });
  expect(graph.counts()).toEqual({ entities: 300, relations: LARGE_RELATIONS });
  const wrong: number[] = [];
  let n = 0;
  for (const { subject, evidence } of graph.relations()) {
    const quotes = n === 0 ? "said 0,said again" : `said ${n}`;
    if (subject !== `X:${n % 300}` || evidence.map((e) => e.quote).join() !== quotes) wrong.push(n);
    n++;
  }
  expect(wrong).toEqual([]);
  const { starts, nodes } = graph.arrays();
  expect(starts[nodes + 1]! + graph.arrays().aside.length).toBe(2 * LARGE_RELATIONS);
  graph.close();
}

describe("a large import", () => {
  it("is whole, names what dangles, leaves no log behind, and repeated changes nothing", async () => {
    const reasons: string[] = [];
    const first = await run({ onProblem: ({ reason }) => reasons.push(reason) });
    expect(first).toMatchObject({ finished: true, changed: 300 + LARGE_RELATIONS + 1 });
    expect(reasons).toEqual(["relation X:0 q X:none: X:none is not a known entity; import the entity first"]);
    expectWhole();
    expect(statSync(join(folder, "graph.db-wal"), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    expect(await run()).toMatchObject({ changed: 0 });
    expectWhole();
  });

  it("killed with -9 while the thread writes, goes on and is whole", async () => {
    const child = spawn(process.execPath, [PROGRAM, home], { stdio: ["pipe", "ignore", "inherit"] });
    while ((readPosition(folder)?.position ?? 0) < FAR) await sleep(2);
    child.kill("SIGKILL");
    await once(child, "exit");
    const { position } = readPosition(folder)!;
    const { changed, records } = await run();
    // What was read after the position may have been stored before it was remembered.
    expect(changed).toBeLessThanOrEqual(records - position);
    expectWhole();
  });

  it("stopped by a signal, goes on and is whole", async () => {
    const stop = new AbortController();
    const first = await run({ signal: stop.signal, onProgress: ({ records }) => records > FAR && stop.abort() });
    expect(first.finished).toBe(false);
    expect(await run()).toMatchObject({ finished: true });
    expectWhole();
  });
});
