import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { QuestionRow } from "../../../schemas/index.ts";
import { openKnowledge } from "../../../servers/knowledge/index.ts";
import { makeQuestions } from "../questions/index.ts";
import { temporaryFolder } from "../testing/small-world.ts";
import { verifyFile } from "./index.ts";

const folder = temporaryFolder();
const open = (name: string) => openKnowledge(name, folder);
let rows: QuestionRow[] = [];

function verified(...changed: unknown[]) {
  const file = join(folder, "changed.jsonl");
  writeFileSync(file, changed.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""));
  return verifyFile(file, { open });
}

async function questionsOf(name: string, count: number): Promise<QuestionRow[]> {
  const out = join(folder, `${name.replaceAll(":", "-")}.jsonl`);
  using knowledge = opened(name);
  await makeQuestions({ knowledge: knowledge.value, count, out });
  return readFileSync(out, "utf8")
    .trim()
    .split("\n")
    .map((line) => QuestionRow.parse(JSON.parse(line)));
}

function opened(name: string) {
  const value = open(name);
  return { value, [Symbol.dispose]: () => value.close() };
}

beforeAll(async () => {
  rows = await questionsOf("gym:3:400", 60);
});

/** The first question of which the change makes sense, changed. */
function tampered(change: (row: QuestionRow) => boolean | void): QuestionRow {
  for (const row of rows) {
    const copy = structuredClone(row);
    if (change(copy) !== false) return copy;
  }
  throw new Error("no question to change");
}

const other = (row: QuestionRow) => rows.find((r) => r.proof.answer !== row.proof.answer)!;

/** Says something else with the row's first clue of this kind; false where it has none. */
function saying(kind: string, object: string) {
  return ({ proof }: QuestionRow): boolean => {
    const clue = proof.clues.find((c) => c.kind === kind);
    if (clue) clue.object = object;
    return clue !== undefined;
  };
}

describe("synth verify", () => {
  it("passes what synth questions made of the gym and of the starter", async () => {
    expect(verified(...rows, ...(await questionsOf("starter", 40)))).toEqual({
      checked: 100,
      passed: 100,
      failures: [],
    });
  });

  it.each<[what: string, change: (row: QuestionRow) => boolean | void, reason: RegExp]>([
    ["id", (r) => void (r.id = "0123456789abcdef"), /id is not that of the proof/],
    ["an empty id", (r) => void (r.id = ""), /id is not/],
    ["answer", (r) => void (r.answer = "something else"), /answer is called/],
    ["alias", (r) => void r.aliases.push("something else"), /no other name/],
    ["missing alias", (r) => (r.aliases.length > 0 ? void r.aliases.pop() : false), /alias .* is missing/],
    ["hops", (r) => void r.hops++, /hops is/],
    ["specialty", (r) => void (r.specialty = r.specialty === "genetics" ? "oncology" : "genetics"), /seed belongs to/],
    ["knowledge", (r) => void (r.knowledge = "gym:4:400"), /revision/],
    ["unknown knowledge", (r) => void (r.knowledge = "nowhere"), /cannot be opened/],
    ["question without its end", (r) => void (r.question = r.question.slice(0, 30)), /does not say/],
    ["question that says more", (r) => void (r.question += " It is sold in small blue boxes."), /says more/],
    ["question that says the answer", (r) => void (r.question += ` ${r.answer}`), /the question says|says more/],
    ["revision", (r) => void (r.proof.revision = "another"), /made on revision/],
    [
      "seed",
      (r) => void (r.proof.seed = r.proof.anchors[0] === r.proof.seed ? r.proof.answer : r.proof.anchors[0]!),
      /./,
    ],
    ["unknown seed", (r) => void (r.proof.seed = "GYMDIS:999999"), /there is no/],
    ["relation", (r) => void (r.proof.chain[0]!.relation = other(r).proof.chain[0]!.relation), /relation/],
    ["unknown relation", (r) => void (r.proof.chain[0]!.relation = "none"), /no relation/],
    ["subject of a hop", (r) => void (r.proof.chain[0]!.subject = r.proof.answer), /relation/],
    ["predicate of a hop", (r) => void (r.proof.chain[0]!.predicate = "acquired"), /relation/],
    ["object of a hop", (r) => void (r.proof.chain[1]!.object = r.proof.seed), /relation/],
    ["document of a hop", (r) => void (r.proof.chain[0]!.document = "GYM:none"), /no evidence|no document/],
    ["quote", (r) => void (r.proof.chain[0]!.quote += " Indeed."), /quote/],
    ["empty quote", (r) => void (r.proof.chain[0]!.quote = ""), /quote/],
    ["order of hops", (r) => void (r.proof.chain = r.proof.chain.toReversed()), /does not begin|./],
    ["missing hop", (r) => void r.proof.chain.pop(), /hops is/],
    ["missing hop, counted", (r) => (r.hops > 3 ? void (r.proof.chain.pop(), r.hops--) : false), /answer|clue|hop/],
    ["missing relation off the chain", (r) => (r.proof.side ? void delete r.proof.side : false), /behind it/],
    ["clue's subject", (r) => void (r.proof.clues[0]!.subject = "?7"), /./],
    ["clue's predicate", (r) => void (r.proof.clues[0]!.predicate = "acquired"), /clue 1|no fact/],
    ["clue's object", (r) => void (r.proof.clues[0]!.object = "?9"), /./],
    ["clue's words", (r) => void (r.proof.clues[0]!.words = "shows purple toenails"), /does not say/],
    ["no words", (r) => void (r.proof.clues[0]!.words = ""), /does not say/],
    ["clue's blur", (r) => void (r.proof.clues[0]!.blur = "date_range"), /blur/],
    ["clue's kind", (r) => void (r.proof.clues[0]!.kind = "attribute"), /./],
    ["missing clue", (r) => void (r.proof.clues.pop(), r.proof.withoutClue.pop()), /./],
    [
      "clue that is not needed",
      (r) => void (r.proof.clues.push(structuredClone(r.proof.clues[0]!)), r.proof.withoutClue.push(2)),
      /not needed/,
    ],
    ["range that leaves the fact out", saying("date_range", "1500..1501"), /does not satisfy/],
    ["attribute that is another's", saying("attribute", "elsewhere"), /does not satisfy/],
    ["answer of the proof", (r) => void (r.proof.answer = other(r).proof.answer), /./],
    ["counts", (r) => void (r.proof.withoutClue[0]! += 1), /without clue 1/],
    ["number of counts", (r) => void r.proof.withoutClue.pop(), /withoutClue/],
    ["anchors", (r) => void r.proof.anchors.push(r.proof.answer), /anchors/],
    ["no anchors", (r) => void (r.proof.anchors = []), /anchors/],
  ])("finds a changed %s", (_, change, reason) => {
    const { failures } = verified(tampered(change));
    expect(failures).toHaveLength(1);
    expect(failures[0]!.reason).toMatch(reason);
  });

  it("tells what is no question, and what is there twice", () => {
    const { checked, passed, failures } = verified(rows[0], "{torn", { id: "x" }, rows[0], {
      ...rows[1],
      id: rows[0]!.id,
    });
    expect([checked, passed]).toEqual([5, 1]);
    expect(failures.map((f) => f.reason.replace(/:.*/, ""))).toEqual([
      "the line is no JSON",
      "the row does not have the form of a question",
      "the same question as in line 1",
      "the same question as in line 1",
    ]);
  });

  it("shares nothing with the generator but schemas and stores", () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
    expect(files.length).toBeGreaterThan(4);
    for (const file of files) {
      const text = readFileSync(join(import.meta.dirname, file), "utf8");
      for (const [, from] of text.matchAll(/(?:from|import\()\s*["']([^"']+)["']/g)) {
        expect(from).toMatch(
          /^(?:\.\/[\w-]+\.ts|\.\.\/\.\.\/\.\.\/(?:schemas|servers\/knowledge)\/index\.ts|node:\w+)$/,
        );
      }
    }
  });
});
