/**
 * The verifier: whether each question of a file is proven by the knowledge it was made from. It reads the stores and
 * the schemas, and shares nothing with the generator.
 */
import { readFileSync } from "node:fs";
import { QuestionRow } from "../../../schemas/index.ts";
import { openKnowledge, type Knowledge } from "../../../servers/knowledge/index.ts";
import { checkChain } from "./check-chain.ts";
import { checkClues } from "./check-clues.ts";
import { checkQuestion, namesOf } from "./check-question.ts";
import { Corpus } from "./corpus.ts";
import { Facts } from "./facts.ts";

export interface VerifyResult {
  checked: number;
  passed: number;
  /** `id` is `line N` where the row has none. */
  failures: { id: string; reason: string }[];
}

export interface VerifyOptions {
  /** Opens a knowledge folder by name. */
  open?: (name: string) => Knowledge;
  onProgress?: (checked: number, total: number) => void;
}

/** @throws Error where the file cannot be read */
export function verifyFile(path: string, options: VerifyOptions = {}): VerifyResult {
  const { open = openKnowledge, onProgress } = options;
  const lines = readFileSync(path, "utf8").split("\n");
  const parsed = lines.flatMap((line, i) => (line.trim() === "" ? [] : [{ line: i + 1, ...parseRow(line) }]));
  const failed: { line: number; id: string; reason: string }[] = [];
  const seen = new Map<string, number>();
  let checked = 0;
  for (const [name, rows] of Map.groupBy(parsed, ({ row }) => row?.knowledge)) {
    using judge =
      name === undefined
        ? undefined
        : judgeOf(
            name,
            rows.flatMap(({ row }) => row ?? []),
            open,
          );
    for (const { line, row, problem } of rows) {
      const reason = row ? (duplicate(row, line, seen) ?? judge!.check(row)) : problem;
      if (reason) failed.push({ line, id: row?.id || `line ${line}`, reason });
      checked++;
      onProgress?.(checked, parsed.length);
    }
  }
  const failures = failed.toSorted((a, b) => a.line - b.line).map(({ id, reason }) => ({ id, reason }));
  return { checked, passed: checked - failures.length, failures };
}

function parseRow(line: string): { row?: QuestionRow; problem?: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: "the line is no JSON" };
  }
  const result = QuestionRow.safeParse(value);
  if (result.success) return { row: result.data };
  const [issue] = result.error.issues;
  return { problem: `the row does not have the form of a question: ${issue!.path.join(".")}: ${issue!.message}` };
}

function duplicate({ id, question }: QuestionRow, line: number, seen: Map<string, number>): string | undefined {
  const before = seen.get(`id ${id}`) ?? seen.get(`question ${question}`);
  if (before === undefined) seen.set(`id ${id}`, line).set(`question ${question}`, line);
  return before === undefined ? undefined : `the same question as in line ${before}`;
}

interface Judge extends Disposable {
  check(row: QuestionRow): string | undefined;
}

function judgeOf(name: string, rows: readonly QuestionRow[], open: (name: string) => Knowledge): Judge {
  let knowledge: Knowledge;
  try {
    knowledge = open(name);
  } catch (error) {
    const reason = `the knowledge ${name} cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
    return { check: () => reason, [Symbol.dispose]() {} };
  }
  const facts = new Facts(knowledge);
  const names = rows.flatMap(({ proof }) => [...proof.anchors, proof.answer].flatMap((id) => namesOf(facts, id)));
  const texts = rows.flatMap(({ question, proof }) => [question, ...proof.clues.map(({ words }) => words)]);
  const corpus = new Corpus(knowledge, names, texts);
  return { check: (row) => checkRow(knowledge, facts, corpus, row), [Symbol.dispose]: () => knowledge.close() };
}

function checkRow(knowledge: Knowledge, facts: Facts, corpus: Corpus, row: QuestionRow): string | undefined {
  const { revision, seed, answer } = row.proof;
  if (revision !== knowledge.manifest.revision) {
    return `it was made on revision ${revision}; ${knowledge.name} is now ${knowledge.manifest.revision}`;
  }
  const missing = [seed, answer].find((id) => facts.row(id) === undefined);
  if (missing) return `there is no ${missing}`;
  const nodes = checkChain(knowledge, facts, row);
  if (typeof nodes === "string") return nodes;
  return checkClues(knowledge, facts, row.proof, nodes) ?? checkQuestion(facts, corpus, row, nodes);
}
