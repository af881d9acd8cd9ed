/** The index of one revision, open for questions: an engine finds rows, records say what they are, statistics cover the whole collection. */
import { join } from "node:path";
import type { Candidate, DocumentIndex, IndexQuestion } from "./document-index.ts";
import type { Engine } from "./engine.ts";
import { lancedb, type EngineProvider } from "./engines.ts";
import { FILES, readDescription, type IndexDescription } from "./folder.ts";
import { liesWithin } from "./months.ts";
import { Records } from "./records/records.ts";
import { TermStatistics } from "./term-statistics.ts";

/** What engines know to the month is checked to the day; where that may take many away, more are asked for. */
const MORE_WITH_DAYS = 3;

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

  async candidates({ terms, filter = {}, limit, vector }: IndexQuestion): Promise<Candidate[]> {
    const known = terms.filter(({ term }) => this.frequency(term) > 0);
    if (!this.#opened || (known.length === 0 && !vector)) return [];
    const { engine, records } = this.#opened;
    const found = await engine.find({
      terms: known,
      filter,
      vector,
      limit: withinMonth(filter) ? MORE_WITH_DAYS * limit : limit,
    });
    return found.flatMap(({ row, similarity }) => {
      // One that the engine has and the records do not came, or went, with a later import.
      const candidate = records.get(row);
      if (!candidate || !liesWithin(candidate.published, filter)) return [];
      return [similarity === undefined ? candidate : Object.assign(candidate, { similarity })];
    });
  }

  close(): void {
    this.#terms.close();
    this.#opened?.engine.close();
    this.#opened?.records.close();
  }
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
