/** An index under construction in a folder of its own: what is added goes to records, postings and engine alike. */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { EngineWriter } from "../engine.ts";
import { FILES, IndexDescription, sizesOf, writeDescription } from "../folder.ts";
import { PostingsWriter } from "../postings/postings-writer.ts";
import type { Lengths, Prepared } from "../preparing/prepare.ts";
import type { Candidate } from "../document-index.ts";
import { RecordWriter } from "../records/writer.ts";

/** How far a build came: what lies behind it in the files is of a run that was killed, and is cut off. */
export const BuildPosition = z.object({
  description: IndexDescription,
  /** The last row that is in. */
  row: z.number().int(),
  /** The part that is being filled, its documents, its bytes of records and of runs. */
  part: z.number().int(),
  inPart: z.number().int(),
  recordBytes: z.number().int(),
  runBytes: z.number().int(),
});
export type BuildPosition = z.infer<typeof BuildPosition>;

/** The position is kept after so many documents: what a killed build loses at most. */
const KEEP_EVERY = 200_000;
const KEEP_EVERY_MS = 20_000;
/** Documents of a part: merging its terms takes memory. */
const PART_DOCUMENTS = 1 << 20;

export interface SessionOptions {
  folder: string;
  position: BuildPosition;
  engine: EngineWriter;
  signal: AbortSignal;
  keepEvery?: number | undefined;
}

export class IndexSession {
  readonly description: IndexDescription;
  readonly engine: EngineWriter;
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #records: RecordWriter;
  readonly #postings: PostingsWriter;
  readonly #keepEvery: number;
  #row: number;
  #inPart: number;
  #unkept = 0;
  #kept = performance.now();

  constructor({ folder, position, engine, signal, keepEvery = KEEP_EVERY }: SessionOptions) {
    const { description, row, part, inPart, recordBytes, runBytes } = position;
    this.#folder = folder;
    this.#signal = signal;
    this.description = description;
    this.engine = engine;
    this.#row = row;
    this.#inPart = inPart;
    this.#keepEvery = keepEvery;
    this.#records = new RecordWriter(folder, part, recordBytes);
    this.#postings = new PostingsWriter(folder, part, runBytes);
  }

  async add(prepared: Prepared, vectors?: readonly (Float32Array | undefined)[]): Promise<void> {
    const { rows, run, lengthsInTerms, newest } = prepared;
    if (rows.length === 0) return;
    if (this.#inPart + rows.length > PART_DOCUMENTS) await this.#nextPart();
    const kinds = Uint8Array.from(prepared.kinds, (kind) => this.#numberOf(kind));
    this.#records.add({ ...prepared, kinds, vectors });
    this.#postings.add(run);
    await this.engine.add({ ...prepared, vectors });
    this.#count(lengthsInTerms, 1);
    if (newest > (this.description.newest ?? "")) this.description.newest = newest;
    if (vectors && this.description.embedder) {
      this.description.embedder.vectors += vectors.filter((vector) => vector !== undefined).length;
    }
    this.#row = rows.at(-1)!;
    this.#inPart += rows.length;
    this.#unkept += rows.length;
    if (this.#unkept >= this.#keepEvery || performance.now() - this.#kept > KEEP_EVERY_MS) this.keep();
  }

  /** @param documents of these rows, as they were indexed; @param vectors how many of them have one */
  async remove(rows: readonly number[], documents: readonly Candidate[], vectors: number): Promise<void> {
    if (rows.length === 0) return;
    if (this.description.embedder) this.description.embedder.vectors -= vectors;
    await this.engine.remove(rows);
    this.#records.remove(rows);
    for (const { terms } of documents) {
      const { title, body } = terms;
      this.#postings.remove([...title, ...body]);
      this.#count({ documents: 1, titleTerms: title.length, bodyTerms: body.length }, -1);
    }
  }

  /** From here a killed build goes on. */
  keep(): void {
    const position: BuildPosition = {
      description: this.description,
      row: this.#row,
      part: this.#records.part,
      inPart: this.#inPart,
      recordBytes: this.#records.end,
      runBytes: this.#postings.runBytes,
    };
    const file = join(this.#folder, FILES.position);
    writeFileSync(`${file}.new`, JSON.stringify(position));
    renameSync(`${file}.new`, file);
    this.#postings.forgetMerged();
    this.#unkept = 0;
    this.#kept = performance.now();
  }

  async finish(): Promise<void> {
    this.keep();
    await this.#postings.finish(this.#signal);
    await this.engine.finish();
    rmSync(join(this.#folder, FILES.position));
    this.description.bytes = sizesOf(this.#folder);
    writeDescription(this.#folder, this.description);
  }

  close(): void {
    this.#records.close();
    this.#postings.close();
    this.engine.close();
  }

  async #nextPart(): Promise<void> {
    await this.#postings.nextPart(this.#signal);
    this.#records.nextPart();
    this.#inPart = 0;
    this.keep();
  }

  #numberOf(kind: string): number {
    const { kinds } = this.description;
    if (!kinds.includes(kind)) kinds.push(kind);
    return kinds.indexOf(kind);
  }

  #count({ documents, titleTerms, bodyTerms }: Lengths, sign: 1 | -1): void {
    const { description } = this;
    description.documents += sign * documents;
    description.titleTerms += sign * titleTerms;
    description.bodyTerms += sign * bodyTerms;
  }
}

/** Where a killed build stopped; undefined where nothing was kept, or it cannot be read. */
export function keptPosition(folder: string): BuildPosition | undefined {
  const file = join(folder, FILES.position);
  try {
    return existsSync(file) ? BuildPosition.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
  } catch {
    return undefined;
  }
}
