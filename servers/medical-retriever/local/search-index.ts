/** The index of one revision, open for questions: an engine finds rows, records say what they are, statistics cover the whole collection. */
import { join } from "node:path";
import type { Candidate, DocumentIndex, IndexQuestion } from "./document-index.ts";
import type { Engine } from "./engine.ts";
import { lancedb, type EngineProvider } from "./engines.ts";
import { FILES, readDescription, type IndexDescription } from "./folder.ts";
import { liesWithin } from "./months.ts";
import { Records, type Near } from "./records/records.ts";
import { TermStatistics } from "./term-statistics.ts";

/** What engines know to the month is checked to the day; where that may take many away, more are asked for. */
const MORE_WITH_DAYS = 3;

/** Engines know vectors by a bit a dimension: so many times as many are compared exactly. */
const ROUGH = 2;
/** Words that an index is tried with. */
const PROBES = 10;

interface Opened {
  records: Records;
  engine: Engine;
}

export class SearchIndex implements DocumentIndex {
  readonly documents: number;
  readonly meanTitleLength: number;
  readonly meanBodyLength: number;
  readonly newest: string | undefined;
  readonly embedder: string | undefined;
  readonly frequency = (term: string): number => this.#terms.frequency(term);
  readonly #terms: TermStatistics;
  readonly #opened: Opened | undefined;

  private constructor(description: IndexDescription, terms: TermStatistics, opened: Opened | undefined) {
    const { documents, titleTerms, bodyTerms, newest, embedder } = description;
    this.documents = documents;
    this.meanTitleLength = titleTerms / Math.max(1, documents);
    this.meanBodyLength = bodyTerms / Math.max(1, documents);
    this.newest = newest;
    this.embedder = embedder?.identity;
    this.#terms = terms;
    this.#opened = opened;
  }

  /** @throws Error where the folder holds no complete index, or its engine cannot be used */
  static async open(folder: string, provider: EngineProvider = lancedb): Promise<SearchIndex> {
    const description = readDescription(folder);
    if (!description) throw new Error(`${folder} holds no search index`);
    using opening = new DisposableStack();
    const terms = opening.adopt(new TermStatistics(join(folder, FILES.terms)), (one) => one.close());
    if (description.documents === 0) return opened(opening, new SearchIndex(description, terms, undefined));
    const records = opening.adopt(new Records(folder, description.bytes), (one) => one.close());
    const engine = await provider.open(folder, description, (term) => terms.frequency(term));
    return opened(opening, new SearchIndex(description, terms, { engine, records }));
  }

  async candidates({ terms, filter = {}, limit, nearest = limit, vector }: IndexQuestion): Promise<Candidate[]> {
    const known = terms.filter(({ term }) => this.frequency(term) > 0);
    if (!this.#opened || (known.length === 0 && !vector)) return [];
    const { engine, records } = this.#opened;
    const more = withinMonth(filter) ? MORE_WITH_DAYS : 1;
    const rough = vector ? more * ROUGH * nearest : 0;
    const question = { terms: known, filter, vector, limit: more * limit, nearest: rough };
    const { byTerms, byVector } = await engine.find(question);
    const own = new Set(byTerms);
    const near = vector ? nearestOf(byVector, vector, records).slice(0, more * nearest) : [];
    const others = near.filter(({ row }) => !own.has(row));
    // One that the engine has and the records do not came, or went, with a later import.
    const found = [...own].flatMap((row) => records.near(row, vector) ?? []);
    return [...found, ...others].map((one) => one.candidate()).filter(({ published }) => liesWithin(published, filter));
  }

  /** Whether it finds documents by some of its own words. @throws Error where it fails */
  async works(): Promise<boolean> {
    for (const term of this.#terms.some(PROBES)) {
      const found = await this.candidates({ terms: [{ term, weight: 1 }], limit: 1 });
      if (!found.some(({ terms }) => terms.title.includes(term) || terms.body.includes(term))) return false;
    }
    return true;
  }

  close(): void {
    this.#terms.close();
    this.#opened?.engine.close();
    this.#opened?.records.close();
  }
}

/** Rows by their exact nearness; those without a vector are left out. */
function nearestOf(rows: readonly number[], vector: Float32Array, records: Records): Near[] {
  return rows
    .flatMap((row) => records.near(row, vector) ?? [])
    .filter(({ similarity }) => similarity !== undefined)
    .toSorted((a, b) => b.similarity! - a.similarity!);
}

/** What was opened is the index's to close from here. */
function opened(opening: DisposableStack, index: SearchIndex): SearchIndex {
  opening.move();
  return index;
}

/** Whether the range begins or ends within a month, and is short. */
function withinMonth({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  const days = [from, to].some((date) => date !== undefined && date.length > 7);
  return days && from !== undefined && to !== undefined && from.slice(0, 4) >= String(Number(to.slice(0, 4)) - 1);
}
