/** The index of one revision, open for questions: an engine finds rows, records say what they are, statistics cover the whole collection. */
import type { Candidate, DocumentIndex, IndexQuestion } from "./document-index.ts";
import type { Engine } from "./engine.ts";
import { embedded, type EngineProvider } from "./engines.ts";
import { checkSizes, readDescription, type IndexDescription } from "./folder.ts";
import { withinDays } from "./months.ts";
import { Words } from "./postings/words.ts";
import { Facets } from "./records/facets.ts";
import { partsIn, Records } from "./records/records.ts";

/** What engines know to the month is checked to the day; where that may take many away, more are asked for. */
const MORE_WITH_DAYS = 3;

/** Engines know vectors by a bit a dimension: so many times as many are compared exactly. */
const ROUGH = 2;
/** Words that an index is tried with. */
const PROBES = 10;

interface Opened {
  words: Words;
  records: Records;
  engine: Engine;
}

export class SearchIndex implements DocumentIndex {
  readonly documents: number;
  readonly meanTitleLength: number;
  readonly meanBodyLength: number;
  readonly newest: string | undefined;
  readonly embedder: string | undefined;
  readonly frequency = (term: string): number => this.#opened?.words.frequency(term) ?? 0;
  readonly #opened: Opened | undefined;

  private constructor(description: IndexDescription, opened: Opened | undefined) {
    const { documents, titleTerms, bodyTerms, newest, embedder } = description;
    this.documents = documents;
    this.meanTitleLength = titleTerms / Math.max(1, documents);
    this.meanBodyLength = bodyTerms / Math.max(1, documents);
    this.newest = newest;
    this.embedder = embedder?.identity;
    this.#opened = opened;
  }

  /** @throws Error where the folder holds no complete index, or its engine cannot be used */
  static async open(folder: string, provider: EngineProvider = embedded): Promise<SearchIndex> {
    const description = readDescription(folder);
    if (!description) throw new Error(`${folder} holds no search index`);
    if (description.documents === 0) return new SearchIndex(description, undefined);
    checkSizes(folder, description);
    using opening = new DisposableStack();
    const words = opening.adopt(new Words(folder, partsIn(folder)), (one) => one.close());
    const records = opening.adopt(new Records(folder), (one) => one.close());
    const engine = await provider.open(folder, description, { words, facets: new Facets(folder) });
    opening.move();
    return new SearchIndex(description, { words, engine, records });
  }

  async candidates({ terms, filter = {}, limit, nearest = limit, vector }: IndexQuestion): Promise<Candidate[]> {
    const known = terms.filter(({ term }) => this.frequency(term) > 0);
    if (!this.#opened || (known.length === 0 && !vector)) return [];
    const { engine, records } = this.#opened;
    const more = withinMonth(filter) ? MORE_WITH_DAYS : 1;
    const rough = vector ? more * ROUGH * nearest : 0;
    const question = { terms: known, filter, vector, limit: more * limit, nearest: rough };
    const { byTerms, byVector } = await engine.find(question);
    const rows = new Set(byTerms);
    const others = vector ? nearestOf(byVector, vector, records).slice(0, more * nearest) : [];
    for (const row of others) rows.add(row);
    // One that the engine has and the records do not came, or went, with a later import.
    const found = [...rows].flatMap((row) => records.get(row, vector) ?? []);
    const isWithin = withinDays(filter);
    return found.filter(({ published }) => isWithin(published));
  }

  /** Whether it finds documents by some of its own words. @throws Error where it fails */
  async works(): Promise<boolean> {
    for (const term of this.#opened?.words.some(PROBES) ?? []) {
      const found = await this.candidates({ terms: [{ term, weight: 1 }], limit: 1 });
      if (!found.some(({ terms }) => terms.title.includes(term) || terms.body.includes(term))) return false;
    }
    return true;
  }

  close(): void {
    if (!this.#opened) return;
    const { words, records, engine } = this.#opened;
    for (const one of [engine, records, words]) one.close();
  }
}

/** Rows by their exact nearness; those without a vector are left out. */
function nearestOf(rows: readonly number[], vector: Float32Array, records: Records): number[] {
  const similarities = new Map(rows.map((row) => [row, records.similarity(row, vector)]));
  return rows
    .filter((row) => similarities.get(row) !== undefined)
    .toSorted((a, b) => similarities.get(b)! - similarities.get(a)!);
}

/** Whether the range begins or ends within a month, and is short. */
function withinMonth({ from, to }: { from?: string | undefined; to?: string | undefined }): boolean {
  const days = [from, to].some((date) => date !== undefined && date.length > 7);
  return days && from !== undefined && to !== undefined && from.slice(0, 4) >= String(Number(to.slice(0, 4)) - 1);
}
