import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mulberry32 } from "../../../kit/mulberry.ts";
import { Best } from "../best.ts";
import { VectorEngine, type VectorFilter } from "./engine.ts";
import { VectorWriter } from "./writer.ts";

let base: string;
let folder: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "vectors-"));
  folder = another();
});
afterEach(() => {
  rmSync(base, { recursive: true });
});

function unit(numbers: Iterable<number>): Float32Array {
  const vector = Float32Array.from(numbers);
  return vector.map((x) => x / Math.hypot(...vector));
}

/** Clusters, all of them off to one side, as those of texts are. */
function likeTexts(dimension: number, clusters: number): (row: number) => Float32Array {
  const around = (seed: number, centre?: Float32Array) => {
    const random = mulberry32(seed);
    return Float32Array.from({ length: dimension }, (_, i) => (centre?.[i] ?? 1) + 2 * (random() - 0.5));
  };
  const centres = Array.from({ length: clusters }, (_, i) => around(i + 1));
  return (row) => unit(around(1_000_003 * (row + 1), centres[row % clusters]));
}

/** Rows from one to another, both included. */
function rows(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** A folder of its own for each of many runs, beside one another: a path has an end. */
function another(): string {
  return mkdtempSync(join(base, "another-"));
}

async function write(steps: (writer: VectorWriter) => Promise<void>, dimension = 3): Promise<void> {
  const writer = await VectorWriter.open({ folder, dimension });
  try {
    await steps(writer);
  } finally {
    writer.close();
  }
}

async function ask(vector: Float32Array, limit: number, filter?: VectorFilter): Promise<number[]> {
  const engine = await VectorEngine.open({ folder });
  try {
    return await engine.nearest(vector, limit, filter);
  } finally {
    engine.close();
  }
}

const [X, Y, Z, XY] = [unit([1, 0, 0]), unit([0, 1, 0]), unit([0, 0, 1]), unit([1, 1, 0])];

describe("a few vectors", () => {
  test("are found, the nearest first, and rows without one are not", async () => {
    await write(async (writer) => {
      await writer.add([1, 2, 3, 4, 5], [X, undefined, Y, Z, XY]);
      await writer.finish();
    });
    expect(await ask(X, 3)).toEqual([1, 5, expect.any(Number)]);
    expect(await ask(XY, 10)).toHaveLength(4);
    expect(await ask(XY, 1)).toEqual([5]);
    expect(await ask(XY, 0)).toEqual([]);
  });

  test("are found only where the filter says so, however few that are", async () => {
    await write(async (writer) => {
      await writer.add([1, 3, 4, 5], [X, Y, Z, XY]);
      await writer.finish();
    });
    expect(await ask(X, 3, { allowed: (row) => row > 3, share: 0.5 })).toEqual([5, 4]);
    expect(await ask(X, 3, { allowed: (row) => row === 4, share: 0 })).toEqual([4]);
    expect(await ask(X, 3, { allowed: () => false, share: 0 })).toEqual([]);
    // A share that is far from the truth hides nothing.
    expect(await ask(X, 3, { allowed: (row) => row === 4, share: 1 })).toEqual([4]);
  });

  test("may be none at all", async () => {
    await write(async (writer) => {
      await writer.add([1, 2], [undefined, undefined]);
      await writer.remove([1]);
      await writer.removeAfter(0);
      await writer.finish();
    });
    expect(await ask(X, 3)).toEqual([]);
  });

  test("may all be taken out again", async () => {
    await write(async (writer) => {
      await writer.add([1, 2], [X, Y]);
      await writer.remove([1, 2]);
      await writer.finish();
    });
    expect(await ask(X, 3)).toEqual([]);
  });

  test("go when their row is removed, and come back with its new vector", async () => {
    await write(async (writer) => {
      await writer.add([1, 2, 3], [X, Y, Z]);
      await writer.finish();
    });
    await write(async (writer) => {
      await writer.remove([1, 3]);
      await writer.add([3], [X]);
      await writer.finish();
    });
    expect(await ask(X, 3)).toEqual([3, 2]);
  });

  test("of a build that was killed go on where it was kept", async () => {
    await write(async (writer) => {
      await writer.add([1, 2], [X, Y]);
      await writer.add([3, 4], [Z, Z]);
    });
    await write(async (writer) => {
      await writer.removeAfter(2);
      await writer.add([3, 4], [XY, Z]);
      await writer.finish();
    });
    expect(await ask(XY, 1)).toEqual([3]);
    expect(await ask(XY, 9)).toHaveLength(4);
  });

  test("of another length are refused", async () => {
    const added = write((writer) => writer.add([1], [unit([1, 2, 3, 4])]));
    await expect(added).rejects.toThrow("a vector has 4 numbers where the index has 3");
  });

  test("whose files are damaged are an error, not nothing", async () => {
    await write((writer) => writer.add([1], [X]));
    truncateSync(join(folder, "lance", "centre.bin"), 5);
    await expect(ask(X, 1)).rejects.toThrow("cut off");
  });

  test("are found as adds, removals and interruptions in any order leave them", async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("add" as const), some: fc.uniqueArray(fc.integer({ min: 1, max: 40 })) }),
      fc.record({ kind: fc.constant("remove" as const), some: fc.uniqueArray(fc.integer({ min: 1, max: 40 })) }),
      fc.record({ kind: fc.constant("removeAfter" as const), row: fc.integer({ min: 0, max: 40 }) }),
      fc.record({ kind: fc.constant("reopen" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        folder = another();
        const present = new Set<number>();
        let writer = await VectorWriter.open({ folder, dimension: 3 });
        for (const one of steps) {
          if (one.kind === "add") {
            const some = one.some.filter((row) => !present.has(row));
            await writer.add(
              some,
              some.map((row) => unit([row, 1, 1])),
            );
            for (const row of some) present.add(row);
          } else if (one.kind === "remove") {
            await writer.remove(one.some);
            for (const row of one.some) present.delete(row);
          } else if (one.kind === "removeAfter") {
            await writer.removeAfter(one.row);
            for (const row of present) if (row > one.row) present.delete(row);
          } else {
            writer.close();
            writer = await VectorWriter.open({ folder, dimension: 3 });
          }
        }
        await writer.finish();
        writer.close();
        expect((await ask(X, 100)).toSorted((a, b) => a - b)).toEqual([...present].toSorted((a, b) => a - b));
      }),
      { numRuns: 15 },
    );
  });
});

describe("many vectors", () => {
  const DIMENSION = 96;
  const CLUSTERS = 50;
  const COUNT = 34_000;
  const CHANGED = 2000;
  const vectorOf = likeTexts(DIMENSION, CLUSTERS);
  const present = (row: number) => row % CHANGED !== 7;
  const all = rows(1, COUNT).filter(present);
  const vectors = rows(0, COUNT).map(vectorOf);
  let many: string;
  let engine: VectorEngine;

  beforeAll(async () => {
    many = mkdtempSync(join(tmpdir(), "vectors-"));
    const writer = await VectorWriter.open({ folder: many, dimension: DIMENSION });
    const add = (some: number[]) =>
      writer.add(
        some,
        some.map((row) => vectors[row]),
      );
    for (let first = 1; first <= COUNT - CHANGED; first += CHANGED) {
      await add(rows(first, first + CHANGED - 1));
    }
    await writer.finish();
    // Some come later, some change, some go: the index takes them in.
    await add(rows(COUNT - CHANGED + 1, COUNT));
    await writer.remove(rows(1, CHANGED));
    await add(rows(1, CHANGED));
    await writer.remove(rows(1, COUNT).filter((row) => !present(row)));
    await writer.finish();
    writer.close();
    engine = await VectorEngine.open({ folder: many });
  });
  afterAll(() => {
    engine.close();
    rmSync(many, { recursive: true });
  });

  /** Share of the truly nearest 20 that are among the 400 that are compared exactly where 200 are wanted. */
  async function recall(allowed: (row: number) => boolean, share: number): Promise<number> {
    let sum = 0;
    const questions = 10;
    for (let i = 0; i < questions; i++) {
      const question = vectorOf(COUNT + 1 + i);
      const truly = new Best(20);
      for (const row of all) {
        if (!allowed(row)) continue;
        const vector = vectors[row]!;
        let nearness = 0;
        for (let k = 0; k < DIMENSION; k++) nearness += vector[k]! * question[k]!;
        truly.add(row, Math.round(nearness * 1e9));
      }
      const found = await engine.nearest(question, 400, { allowed, share });
      expect(found.every((row) => present(row) && allowed(row))).toBe(true);
      expect(new Set(found).size).toBe(found.length);
      const wanted = truly.rows();
      expect(found.length).toBe(Math.min(400, all.filter(allowed).length));
      sum += wanted.filter((row) => found.includes(row)).length / wanted.length;
    }
    return sum / questions;
  }

  test.each([1, 0.9, 0.2, 0.01, 0.001])("have the truly nearest found, with a filter of share %d", async (share) => {
    expect(await recall((row) => (row * 7919) % 10_007 < share * 10_007, share)).toBeGreaterThanOrEqual(0.95);
  });

  test("are found where the filter leaves nothing near the question", async () => {
    const question = vectorOf(COUNT + 3);
    const found = await engine.nearest(question, 100, { allowed: (row) => row % CLUSTERS === 4, share: 1 });
    expect(found).toHaveLength(100);
    expect(found.every((row) => row % CLUSTERS === 4)).toBe(true);
  });
});

test("the best of many are those that sorting finds", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 })), fc.integer({ min: 0, max: 20 }), (scores, limit) => {
      const best = new Best(limit);
      for (const [i, score] of scores.entries()) best.add(i, score);
      const kept = best.rows().map((i) => scores[i]);
      expect(kept).toEqual(scores.toSorted((a, b) => b - a).slice(0, limit));
    }),
  );
});
