/**
 * A source large enough that its graph is written by a thread. Run as a program, it imports itself into the data home
 * `argv[2]`, and stands still shortly before its end until it is killed there, or its standard input ends.
 */
import { text } from "node:stream/consumers";
import type { KnowledgeRecord } from "../../../schemas/index.ts";
import { importSource } from "../import.ts";
import type { Source } from "../sources/index.ts";

export const LARGE_RELATIONS = 90_000;
const ENTITIES = 300;
const PIECE = 1000;

export const largeSource: Source = {
  kind: "large",
  describe: "",
  async *read() {
    yield Array.from({ length: ENTITIES }, (_, n): KnowledgeRecord => {
      return { type: "entity", entity: { id: `X:${n}`, name: `thing ${n}`, category: "Gene" } };
    });
    for (let at = 0; at < LARGE_RELATIONS; at += PIECE) {
      yield Array.from({ length: PIECE }, (_, i) => relation(at + i));
    }
    // One that ends in nothing, and one that is known already with another piece of evidence.
    yield [relation(LARGE_RELATIONS, "X:none"), relation(0, undefined, "said again")];
  },
};

function relation(
  n: number,
  object = `X:${Math.floor(n / ENTITIES) % ENTITIES}`,
  quote = `said ${n}`,
): KnowledgeRecord {
  return {
    type: "relation",
    relation: {
      subject: `X:${n % ENTITIES}`,
      predicate: n % 2 ? "p" : "q",
      object,
      evidence: [{ document: `D:${n % 50}`, quote, knowledgeLevel: "observation", agent: "manual_agent" }],
    },
  };
}

async function* haltingAtItsEnd(...given: Parameters<Source["read"]>): ReturnType<Source["read"]> {
  let pieces = 0;
  for await (const piece of largeSource.read(...given)) {
    if (++pieces * PIECE === LARGE_RELATIONS - 5 * PIECE) await text(process.stdin);
    yield piece;
  }
}

if (process.argv[1] === import.meta.filename) {
  const source = { ...largeSource, read: haltingAtItsEnd };
  await importSource({ source, from: import.meta.filename, home: process.argv[2]!, seed: () => [] });
}
