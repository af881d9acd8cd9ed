/** From documents to runs, parts and answers: what is found is what scoring every document would find. */
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scanTerms, tokenize, type Term } from "../../../knowledge/tokenize.ts";
import { FULL_IMPACT, impactOf, normsOf, type Norms } from "./impact.ts";
import { Inverter } from "./inverter.ts";
import { PostingsWriter } from "./postings-writer.ts";
import { WINDOW_ROWS, windowOf } from "./window.ts";
import { Words, type WordSearch } from "./words.ts";

const USUAL = { title: 2, body: 6 };
const never = new AbortController().signal;

interface Text {
  row: number;
  title: string;
  body: string;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "postings-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function termsOf(text: string): Term[] {
  const terms: Term[] = [];
  scanTerms(text, (term) => terms.push(term));
  return terms;
}

function add(writer: PostingsWriter, texts: readonly Text[]): void {
  for (const [window, some] of Map.groupBy(texts, ({ row }) => windowOf(row))) {
    const inverter = new Inverter(window, USUAL);
    for (const { row, title, body } of some) inverter.add(row, termsOf(title), termsOf(body));
    writer.add(inverter.run());
  }
}

/** Each list of texts is a part; each of its pieces comes by itself. */
async function write(...parts: (readonly Text[])[][]): Promise<Words> {
  const writer = new PostingsWriter(folder, 0);
  for (const [i, pieces] of parts.entries()) {
    for (const texts of pieces) add(writer, texts);
    if (i === parts.length - 1) await writer.finish(never);
    else await writer.nextPart(never);
  }
  writer.close();
  return new Words(folder, [...parts.keys()]);
}

function ask(words: Words, query: string, more: Partial<WordSearch> = {}): number[] {
  const terms = [...new Set(tokenize(query))].map((term) => ({ term, weight: 1 }));
  const found = words.find({
    terms,
    limit: 10,
    rarity: (term) => 1 / words.frequency(term),
    fits: () => true,
    ...more,
  });
  words.close();
  return found;
}

describe("an index by words", () => {
  const texts = [
    { row: 1, title: "Vornitis", body: "A fever of unknown cause." },
    { row: 2, title: "Fever", body: "Fever and vornitis and fever." },
    { row: WINDOW_ROWS + 5, title: "Quellosis", body: "Fever is rare in quellosis." },
  ];

  test("finds the rows that have a word, the best first", async () => {
    expect(ask(await write([texts]), "fever")).toEqual([2, 1, WINDOW_ROWS + 5]);
  });

  test("counts in how many documents a word is, and knows nothing of others", async () => {
    const words = await write([texts]);
    expect(["fever", ...tokenize("vornitis quellosis"), "unheard"].map((term) => words.frequency(term))).toEqual([
      3, 2, 1, 0,
    ]);
    expect(ask(words, "unheard")).toEqual([]);
  });

  test("is the same however its documents came", async () => {
    const scattered = [[texts[1]!], [texts[2]!], [texts[0]!]].map((some) => [some]);
    expect(ask(await write(...scattered), "fever quellosis")).toEqual(ask(await write([texts]), "fever quellosis"));
  });

  test("has one document twice where it changed: the caller says which part has it as it is", async () => {
    const words = await write([texts], [[{ row: 2, title: "Plants", body: "Leaves." }]]);
    expect(ask(words, "vornitis leaves", { fits: (row, part) => (row === 2 ? part === 1 : true) })).toEqual([2, 1]);
  });

  test("counts what went below zero, so that the whole is right", async () => {
    const writer = new PostingsWriter(folder, 0);
    add(writer, texts);
    await writer.nextPart(never);
    writer.remove([...tokenize("Fever"), ...tokenize("Fever and vornitis and fever.")]);
    add(writer, [{ row: 2, title: "Plants", body: "Leaves." }]);
    await writer.finish(never);
    writer.close();
    const words = new Words(folder, [0, 1]);
    expect(["fever", ...tokenize("vornitis plants")].map((term) => words.frequency(term))).toEqual([2, 1, 1]);
    words.close();
  });

  test("of nothing answers nothing", async () => {
    expect(ask(await write([]), "fever")).toEqual([]);
  });

  test("is two files a part, and nothing is left beside them", async () => {
    ask(await write([texts], [texts]), "fever");
    expect(readdirSync(folder).toSorted()).toEqual(["postings-0.bin", "postings-1.bin", "terms-0.db", "terms-1.db"]);
  });

  test("that is cut off says so", async () => {
    const words = await write([texts]);
    truncateSync(join(folder, "postings-0.bin"), 10);
    expect(() => ask(words, "fever")).toThrow("cut off");
  });
});

test("a build that was killed goes on behind the runs that it kept", async () => {
  const [first, second, lost] = [1, 2, 3].map((row) => [{ row, title: "", body: `Word${row} and fever.` }]);
  const killed = new PostingsWriter(folder, 0);
  add(killed, first!);
  const kept = killed.runBytes;
  add(killed, lost!);
  killed.close();
  expect(() => new PostingsWriter(folder, 0, 10 * kept)).toThrow("cut off");
  const next = new PostingsWriter(folder, 0, kept);
  add(next, second!);
  await next.finish(never);
  next.close();
  expect(new Set(ask(new Words(folder, [0]), "fever"))).toEqual(new Set([1, 2]));
});

test("runs of a part are kept until it is known that the part is finished", async () => {
  const writer = new PostingsWriter(folder, 0);
  add(writer, [{ row: 1, title: "", body: "Fever." }]);
  await writer.nextPart(never);
  expect(existsSync(join(folder, "runs-0.bin"))).toBe(true);
  writer.forgetMerged();
  expect(existsSync(join(folder, "runs-0.bin"))).toBe(false);
  writer.close();
});

function norms(body: number): Norms {
  return normsOf({ title: 2, body }, USUAL);
}

test("an impact grows with the frequency, less and less, and falls with the length", () => {
  const impacts = [1, 2, 4, 1000].map((n) => impactOf(0, n, norms(6)));
  expect(impacts).toEqual([134, 176, 208, FULL_IMPACT]);
  expect(impactOf(1, 0, norms(6))).toBe(176);
  expect(impactOf(0, 1, norms(60))).toBeLessThan(impactOf(0, 1, norms(6)));
  expect(impactOf(0, 1, norms(100_000_000))).toBe(1);
});

test("what is found has the scores that comparing all documents finds, whatever is left out by filters and bounds", async () => {
  const word = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("aa", "bb") }, fc.constantFrom("cc", "dd", "ee", "ff"));
  const body = fc.array(word, { maxLength: 8 }).map((some) => some.join(" "));
  // Rows in three windows, more of them than are asked for.
  const rows = fc.uniqueArray(fc.nat(60), { minLength: 1, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.infiniteStream(body),
      fc.uniqueArray(word, { minLength: 1 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
      async (numbers, bodies, query, limit, modulus) => {
        const texts = numbers
          .toSorted((a, b) => a - b)
          .map((n) => ({
            row: (n % 20) + Math.floor(n / 20) * WINDOW_ROWS,
            title: "",
            body: bodies.next().value as string,
          }));
        const half = Math.floor(texts.length / 2);
        const words = await write([texts.slice(0, half)], [texts.slice(half)]);
        const weights = new Map<string, number>(query.map((term, i) => [term, 1 + i / 3]));
        const fits = (row: number) => row % modulus === 0;
        const scoreOf = ({ body: text }: Text) => {
          const own = tokenize(text);
          const ownNorms = normsOf({ title: 0, body: own.length }, USUAL);
          const count = (term: string) => own.filter((one) => one === term).length;
          return query
            .filter((term) => count(term) > 0)
            .reduce((sum, term) => sum + (weights.get(term)! * impactOf(0, count(term), ownNorms)) / FULL_IMPACT, 0);
        };
        const scores = new Map(texts.filter(({ row }) => fits(row)).map((text) => [text.row, scoreOf(text)]));
        const best = [...scores.values()].filter((score) => score > 0).toSorted((a, b) => b - a);
        const found = ask(words, query.join(" "), { limit, fits, rarity: (term) => weights.get(term)! });
        expect(new Set(found).size).toBe(found.length);
        const scored = found.map((row) => scores.get(row)!);
        expect(scored).toHaveLength(Math.min(limit, best.length));
        for (const [i, score] of scored.entries()) expect(score).toBeCloseTo(best[i]!, 9);
      },
    ),
    { numRuns: 60 },
  );
});
