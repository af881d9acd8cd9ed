/** An index under construction in a folder of its own: what is added goes to records, statistics and engine alike. */
import { join } from "node:path";
import { z } from "zod";
import type { EngineWriter } from "../engine.ts";
import { FILES, IndexDescription, writeDescription } from "../folder.ts";
import type { Counts, Prepared } from "../preparing/prepare.ts";
import { sizesOf } from "../records/records.ts";
import { RecordWriter } from "../records/writer.ts";
import { TermCounts } from "../term-statistics.ts";

/** How far a build came: what lies behind it in the files is of a run that was killed, and is cut off. */
export const BuildPosition = z.object({
  description: IndexDescription,
  /** The last row that is in. */
  row: z.number().int(),
  /** Bytes of records. */
  recordBytes: z.number().int(),
});
export type BuildPosition = z.infer<typeof BuildPosition>;

/** The position is kept after so many documents: what a killed build loses at most. */
const KEEP_EVERY = 200_000;
const KEEP_EVERY_MS = 20_000;

export class IndexSession {
  readonly description: IndexDescription;
  readonly engine: EngineWriter;
  readonly #folder: string;
  readonly #records: RecordWriter;
  readonly #terms: TermCounts;
  #row: number;
  readonly #keepEvery: number;
  #unkept = 0;
  #kept = performance.now();

  constructor(
    folder: string,
    position: BuildPosition,
    part: number,
    engine: EngineWriter,
    terms: TermCounts,
    keepEvery = KEEP_EVERY,
  ) {
    this.#folder = folder;
    this.description = position.description;
    this.engine = engine;
    this.#row = position.row;
    this.#terms = terms;
    this.#keepEvery = keepEvery;
    this.#records = new RecordWriter(folder, part, position.recordBytes);
  }

  async add(prepared: Prepared, vectors?: readonly (Float32Array | undefined)[]): Promise<void> {
    const { rows, records, lengths, months, counts } = prepared;
    if (rows.length === 0) return;
    this.#records.add(rows, records, lengths, vectors);
    await this.engine.add({ ...prepared, vectors });
    this.#count(counts, 1);
    for (const month of months) this.#year(Math.floor(month / 100));
    if (vectors && this.description.embedder) {
      this.description.embedder.vectors += vectors.filter((vector) => vector !== undefined).length;
    }
    this.#row = rows.at(-1)!;
    this.#unkept += rows.length;
    if (this.#unkept >= this.#keepEvery || performance.now() - this.#kept > KEEP_EVERY_MS) this.keep();
  }

  /** @param counts what the documents of these rows add, as they were indexed; @param vectors how many of them have one */
  async remove(rows: readonly number[], counts: Counts, vectors: number): Promise<void> {
    if (rows.length === 0) return;
    if (this.description.embedder) this.description.embedder.vectors -= vectors;
    await this.engine.remove(rows);
    this.#records.remove(rows);
    this.#count(counts, -1);
  }

  /** From here a killed build goes on. */
  keep(): void {
    const { description } = this;
    this.#terms.flush({ description, row: this.#row, recordBytes: this.#records.end } satisfies BuildPosition);
    this.#unkept = 0;
    this.#kept = performance.now();
  }

  async finish(): Promise<void> {
    this.keep();
    await this.engine.finish();
    this.#terms.finish();
    this.description.bytes = sizesOf(this.#folder);
    writeDescription(this.#folder, this.description);
  }

  close(): void {
    this.#records.close();
    this.#terms.close();
    this.engine.close();
  }

  #count(counts: Counts, sign: 1 | -1): void {
    const { description } = this;
    this.#terms.add(counts, sign);
    description.documents += sign * counts.documents;
    description.titleTerms += sign * counts.titleTerms;
    description.bodyTerms += sign * counts.bodyTerms;
    if (sign > 0 && counts.newest > (description.newest ?? "")) description.newest = counts.newest;
  }

  #year(year: number): void {
    if (year === 0) return;
    const [first, last] = this.description.years ?? [year, year];
    this.description.years = [Math.min(first, year), Math.max(last, year)];
  }
}

export function termsFile(folder: string): string {
  return join(folder, FILES.terms);
}
