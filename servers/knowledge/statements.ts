/**
 * What each relation says, as text in `graph.db`: sixteen relations a row, a line each, so that ten million cost a few
 * hundred thousand inserts. A line is a JSON array that begins with the relation's integers, or null where it was removed.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Evidence, Qualifiers } from "../../schemas/index.ts";

const PER_BLOCK = 16;
const SHIFT = 4;
/** Parsed blocks that a writer keeps. */
const MOST_CLEAN = 512;

/** Row of the citing document, quote, then knowledge level, agent and references where they differ from the usual; 0 leaves one out. */
export type StoredEvidence = [
  document: number,
  quote: string,
  level?: string | 0,
  agent?: string | 0,
  references?: string[],
];

/** Rows of entities and the predicate, then 1 where negated, the qualifiers or 0, and the evidence. */
export type Statement = [
  subject: number,
  predicate: number,
  object: number,
  negated: 0 | 1,
  qualifiers: Qualifiers | 0,
  ...evidence: StoredEvidence[],
];

/** Where the evidence of a statement begins. */
export const EVIDENCE = 5;

const LEVEL = "knowledge_assertion";
const AGENT = "manual_agent";

/** @param document its row among those cited */
export function storedEvidence(evidence: Evidence, document: number): StoredEvidence {
  const { quote, knowledgeLevel, agent, references } = evidence;
  const level = knowledgeLevel === LEVEL ? 0 : knowledgeLevel;
  const by = agent === AGENT ? 0 : agent;
  if (references) return [document, quote, level, by, references];
  if (by) return [document, quote, level, by];
  return level ? [document, quote, level] : [document, quote];
}

export function evidenceFrom([, quote, level, agent, references]: StoredEvidence, document: string): Evidence {
  return {
    document,
    quote,
    knowledgeLevel: (level || LEVEL) as Evidence["knowledgeLevel"],
    agent: agent || AGENT,
    ...(references ? { references } : {}),
  };
}

/** Statements of one row of the table; null where a relation was removed. */
export type StatementBlock = (Statement | null)[];

export function parseBlock(body: string): StatementBlock {
  return body.split("\n").map((line) => JSON.parse(line) as Statement | null);
}

/** One statement of a block, without parsing the others. */
export function statementIn(body: string, place: number): Statement | null {
  let start = 0;
  for (let line = 0; line < place; line++) {
    start = body.indexOf("\n", start) + 1;
    if (start === 0) return null;
  }
  const end = body.indexOf("\n", start);
  return JSON.parse(end < 0 ? body.slice(start) : body.slice(start, end)) as Statement | null;
}

function formatBlock(block: StatementBlock): string {
  return block.map((statement) => JSON.stringify(statement)).join("\n");
}

export function blockOf(row: number): number {
  return row >> SHIFT;
}

export function placeIn(row: number): number {
  return row & (PER_BLOCK - 1);
}

export function firstRowOf(block: number): number {
  return block << SHIFT;
}

/** Statements to be changed: blocks are read once, kept, and written back together. */
export class StatementWriter {
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  readonly #blocks = new Map<number, StatementBlock>();
  readonly #dirty = new Set<number>();

  constructor(db: DatabaseSync) {
    this.#read = db.prepare("SELECT body FROM statements WHERE block = ?");
    this.#write = db.prepare("INSERT OR REPLACE INTO statements (block, body) VALUES (?, ?)");
  }

  get(row: number): Statement | null {
    return this.#block(blockOf(row))[placeIn(row)] ?? null;
  }

  set(row: number, statement: Statement | null): void {
    const number = blockOf(row);
    const block = this.#block(number);
    const place = placeIn(row);
    while (block.length < place) block.push(null);
    block[place] = statement;
    this.#dirty.add(number);
  }

  /** Writes what changed; to be called within the transaction. */
  flush(): void {
    for (const number of this.#dirty) this.#write.run(number, formatBlock(this.#blocks.get(number)!));
    this.#dirty.clear();
    if (this.#blocks.size > MOST_CLEAN) this.#blocks.clear();
  }

  /** Forgets what was read and what was not yet written. */
  forget(): void {
    this.#blocks.clear();
    this.#dirty.clear();
  }

  #block(number: number): StatementBlock {
    let block = this.#blocks.get(number);
    if (!block) {
      const found = this.#read.get(number);
      this.#blocks.set(number, (block = found ? parseBlock(found["body"] as string) : []));
    }
    return block;
  }
}
