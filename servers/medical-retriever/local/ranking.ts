/**
 * Relevance: BM25F over title and text (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009), computed
 * by us with statistics of the whole collection, so that a score means the same on every page and for every source.
 */

/** A document as search terms, in order. */
export interface TermedDocument {
  title: readonly string[];
  body: readonly string[];
}

/** What BM25 needs to know of a collection. */
export interface CollectionStatistics {
  documents: number;
  meanTitleLength: number;
  meanBodyLength: number;
  /** In how many documents the term occurs. */
  frequency: (term: string) => number;
}

export interface Relevance {
  /** Rel(d,q) in [0,1]; see `relevanceOf`. */
  relevance: number;
  /** Share of the query's weight whose terms occur at all. */
  coverage: number;
}

const K1 = 1.2;
const B = 0.75;
/** A word in the title counts as two in the text. */
const TITLE_WEIGHT = 2;
/** Term frequency part of a term that occurs twice in a text of mean length: what a document about the term has. */
const FULL = 2 / (2 + K1);

/** A query as weighted terms. */
export class TermQuery {
  readonly weights: ReadonlyMap<string, number>;
  readonly #total: number;
  readonly #statistics: CollectionStatistics;

  /** @param terms of the query, repeated ones counted once */
  constructor(terms: Iterable<string>, statistics: CollectionStatistics) {
    this.weights = new Map([...new Set(terms)].map((term) => [term, idf(statistics, term)]));
    this.#total = [...this.weights.values()].reduce((sum, w) => sum + w, 0);
    this.#statistics = statistics;
  }

  /** Terms that no document of the collection has. */
  unknown(): string[] {
    return [...this.weights.keys()].filter((term) => this.#statistics.frequency(term) === 0);
  }

  /**
   * With s = Σ idf·tf/(tf+k1) and its upper bound Σ idf, x = s / Σ idf is the share of the query's information that the
   * document carries. Rel = tanh(x / 0.625), so that a document where every term occurs twice comes to 0.76: monotone
   * in BM25, comparable between queries, never quite 1.
   */
  relevanceOf({ title, body }: TermedDocument): Relevance {
    const { meanTitleLength, meanBodyLength } = this.#statistics;
    const inTitle = this.#count(title);
    const inBody = this.#count(body);
    const titleNorm = 1 - B + (B * title.length) / Math.max(1, meanTitleLength);
    const bodyNorm = 1 - B + (B * body.length) / Math.max(1, meanBodyLength);
    let sum = 0;
    let covered = 0;
    for (const [term, weight] of this.weights) {
      const tf = (TITLE_WEIGHT * (inTitle.get(term) ?? 0)) / titleNorm + (inBody.get(term) ?? 0) / bodyNorm;
      if (tf === 0) continue;
      sum += (weight * tf) / (tf + K1);
      covered += weight;
    }
    if (this.#total === 0) return { relevance: 0, coverage: 0 };
    return { relevance: Math.tanh(sum / this.#total / FULL), coverage: covered / this.#total };
  }

  /** The least coverage of a document that is about the query: short queries must be met, long ones in part. */
  get leastCoverage(): number {
    return Math.min(0.34, Math.max(0.1, 1.2 / this.weights.size));
  }

  #count(terms: readonly string[]): Map<string, number> {
    const counts = new Map<string, number>();
    for (const term of terms) if (this.weights.has(term)) counts.set(term, (counts.get(term) ?? 0) + 1);
    return counts;
  }
}

/** Robertson–Spärck Jones weight, never negative. */
export function idf({ documents, frequency }: CollectionStatistics, term: string): number {
  const n = frequency(term);
  return Math.log(1 + (documents - n + 0.5) / (n + 0.5));
}

/** Statistics of a collection to which some documents from elsewhere are added. */
export function widened(
  collection: CollectionStatistics | undefined,
  others: readonly TermedDocument[],
): CollectionStatistics {
  const { documents = 0, meanTitleLength = 0, meanBodyLength = 0 } = collection ?? {};
  const counts = new Map<string, number>();
  for (const { title, body } of others) {
    for (const term of new Set([...title, ...body])) counts.set(term, (counts.get(term) ?? 0) + 1);
  }
  const total = documents + others.length;
  const mean = (before: number, lengths: number[]) =>
    total === 0 ? 0 : (before * documents + lengths.reduce((sum, n) => sum + n, 0)) / total;
  return {
    documents: total,
    meanTitleLength: mean(
      meanTitleLength,
      others.map(({ title }) => title.length),
    ),
    meanBodyLength: mean(
      meanBodyLength,
      others.map(({ body }) => body.length),
    ),
    frequency: (term) => (collection?.frequency(term) ?? 0) + (counts.get(term) ?? 0),
  };
}
