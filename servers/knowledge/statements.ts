/**
 * What each relation says, as text in `graph.db`: sixteen relations a row, a line each, so that ten million cost a few
 * hundred thousand inserts. A line is a JSON array that begins with the relation's integers, or null where it was removed.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Evidence, Qualifiers } from "../../schemas/index.ts";

const PER_BLOCK = 16;
const SHIFT = 4;
const NEWLINE = 10;

/** Row of the cited document, quote, then knowledge level, agent and references where they differ from the usual; 0 leaves one out. */
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

/** What is usual, and left out. */
export const LEVEL = "knowledge_assertion";
export const AGENT = "manual_agent";

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
export function parseBlock(body: Uint8Array): (Statement | null)[] {
  return linesOf(body).map((line) => JSON.parse(line) as Statement | null);
}

/** One statement of a block, without parsing the others. */
export function statementIn(body: Uint8Array, place: number): Statement | null {
  let start = 0;
  for (let line = 0; line < place; line++) {
    start = body.indexOf(NEWLINE, start) + 1;
    if (start === 0) return null;
  }
  const newline = body.indexOf(NEWLINE, start);
  const line = body.subarray(start, newline < 0 ? body.length : newline);
  return JSON.parse(textOf(line)) as Statement | null;
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

/** Appends statements as bytes, and changes those that are there. All calls stand within transactions. */
export class StatementWriter {
  readonly #read: StatementSync;
  readonly #write: StatementSync;
  /** The block that is not full yet, as bytes. */
  #tail = Buffer.allocUnsafeSlow(1 << 16);
  #tailEnd = 0;
  /** -1: to be read again. */
  #tailBlock = -1;
  #lines = 0;
  /** The block that was changed or read last. */
  #edited: { block: number; lines: string[] } | undefined;

  constructor(db: DatabaseSync) {
    this.#read = db.prepare("SELECT body FROM statements WHERE block = ?");
    this.#write = db.prepare("INSERT OR REPLACE INTO statements (block, body) VALUES (?, ?)");
  }

  /** Begins the line of a new relation; rows come in ascending order. Then `number`, `ascii` and `bytes`, then `end`. */
  begin(row: number): void {
    if (this.#tailBlock !== blockOf(row)) this.#startBlock(blockOf(row));
    if (this.#edited?.block === this.#tailBlock) this.#edited = undefined;
    const place = placeIn(row);
    while (this.#lines < place) {
      this.#newLine();
      this.ascii("null");
      this.#lines++;
    }
    this.#newLine();
    this.#lines++;
  }

  number(value: number): void {
    this.#reserve(11);
    const tail = this.#tail;
    let size = 1;
    for (let rest = value; rest >= 10; rest = (rest / 10) | 0) size++;
    let left = value;
    for (let at = this.#tailEnd + size - 1; at >= this.#tailEnd; at--) {
      const next = (left / 10) | 0;
      tail[at] = 48 + left - next * 10;
      left = next;
    }
    this.#tailEnd += size;
  }

  ascii(text: string): void {
    this.#reserve(text.length);
    for (let i = 0; i < text.length; i++) this.#tail[this.#tailEnd++] = text.charCodeAt(i);
  }

  bytes(source: Uint8Array, start: number, end: number): void {
    this.#reserve(end - start);
    const tail = this.#tail;
    let to = this.#tailEnd;
    for (let at = start; at < end; at++) tail[to++] = source[at]!;
    this.#tailEnd = to;
  }

  /** Ends the line; a block that is full goes to the file. */
  end(): void {
    if (this.#lines === PER_BLOCK) this.flush();
  }

  get(row: number): Statement | null {
    const line = this.#linesOf(blockOf(row))[placeIn(row)];
    return line === undefined ? null : (JSON.parse(line) as Statement | null);
  }

  set(row: number, statement: Statement | null): void {
    const block = blockOf(row);
    const lines = this.#linesOf(block);
    lines[placeIn(row)] = JSON.stringify(statement);
    this.#write.run(block, Buffer.from(lines.join("\n")));
    if (block === this.#tailBlock) this.#tailBlock = -1;
  }

  /** Writes the block that is not full yet. */
  flush(): void {
    if (this.#tailBlock < 0) return;
    this.#write.run(this.#tailBlock, this.#tail.subarray(0, this.#tailEnd));
    if (this.#edited?.block === this.#tailBlock) this.#edited = undefined;
  }

  /** Forgets what is in memory. */
  forget(): void {
    this.#tailBlock = -1;
    this.#edited = undefined;
  }

  #linesOf(block: number): string[] {
    if (this.#edited?.block === block) return this.#edited.lines;
    if (block === this.#tailBlock) this.flush();
    const found = this.#read.get(block);
    const lines = found ? linesOf(found["body"] as Uint8Array) : [];
    this.#edited = { block, lines };
    return lines;
  }

  #startBlock(block: number): void {
    if (this.#tailBlock >= 0 && this.#lines < PER_BLOCK) this.flush();
    const found = this.#read.get(block)?.["body"] as Uint8Array | undefined;
    this.#tailBlock = block;
    this.#tailEnd = 0;
    this.#lines = 0;
    if (!found) return;
    this.bytes(found, 0, found.length);
    this.#lines = linesOf(found).length;
  }

  #newLine(): void {
    if (this.#lines === 0) return;
    this.#reserve(1);
    this.#tail[this.#tailEnd++] = NEWLINE;
  }

  #reserve(bytes: number): void {
    if (this.#tailEnd + bytes <= this.#tail.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#tail.length * 2, this.#tailEnd + bytes));
    this.#tail.copy(larger, 0, 0, this.#tailEnd);
    this.#tail = larger;
  }
}

function linesOf(body: Uint8Array): string[] {
  return textOf(body).split("\n");
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
