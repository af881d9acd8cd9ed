/**
 * Finds rows on a Meilisearch server. It knows no rarity of words: a document without the first word of a question is not
 * found at all. So the rarest word comes first, and the question is asked again without it, and so on.
 */
import type { MultiSearchQuery } from "meilisearch";
import type { IndexFilter, IndexQuestion } from "../local/document-index.ts";
import type { Engine, Found } from "../local/engine.ts";
import { monthsOf } from "../local/months.ts";
import { EMBEDDER, isMissingIndex, type MeilisearchServer } from "./server.ts";

/** The server reads no more words of a question. */
const MOST_WORDS = 10;
/** Of the rarest words, as many begin a question of their own. */
const MOST_QUESTIONS = 6;
/** Kinds and rows are plain; what is not is quoted all the same. */
const QUOTE = /["\\]/g;

export interface EngineOptions {
  server: MeilisearchServer;
  name: string;
  vectors: boolean;
  /** In how many documents a term occurs. */
  frequency: (term: string) => number;
}

export class MeilisearchEngine implements Engine {
  readonly #options: EngineOptions;

  private constructor(options: EngineOptions) {
    this.#options = options;
  }

  /** @param documents that it should have. @throws Error where the server has no such index, or lost most of it; EngineAway */
  static async open(options: EngineOptions, documents: number): Promise<MeilisearchEngine> {
    const { server, name } = options;
    const stats = await server
      .ask(() => server.index(name).getStats())
      .catch((error: unknown) => {
        if (isMissingIndex(error)) throw new Error(`Meilisearch has no index ${name}`, { cause: error });
        throw error;
      });
    // An import at this moment may have added or removed some.
    if (stats.numberOfDocuments < documents / 2) {
      throw new Error(`Meilisearch has ${stats.numberOfDocuments} of ${documents} documents of ${name}`);
    }
    return new MeilisearchEngine(options);
  }

  async find({ terms, vector, filter = {}, limit, nearest = limit }: IndexQuestion): Promise<Found> {
    const { server, name, vectors, frequency } = this.#options;
    const near = vectors && nearest > 0 ? vector : undefined;
    const weight = new Map(terms.map(({ term, weight }) => [term, (1 + frequency(term)) / weight]));
    const words = [...weight.keys()].toSorted((a, b) => weight.get(a)! - weight.get(b)!);
    const common = { indexUid: name, attributesToRetrieve: ["row"], filter: conditionOf(filter) };
    const queries: MultiSearchQuery[] = words
      .slice(0, MOST_QUESTIONS)
      .map((_, i) => ({ ...common, q: words.slice(i, i + MOST_WORDS).join(" "), limit, matchingStrategy: "last" }));
    const hybrid = { embedder: EMBEDDER, semanticRatio: 1 };
    if (near) queries.push({ ...common, q: "", limit: nearest, vector: Array.from(near), hybrid });
    if (queries.length === 0) return { byTerms: [], byVector: [] };
    const { results } = await server.ask((client) => client.multiSearch({ queries }));
    const rows = results.map(({ hits }) => hits.map((hit) => (hit as { row: number }).row));
    const byVector = near ? rows.pop()! : [];
    return { byTerms: rows.flat(), byVector };
  }

  close(): void {}
}

function conditionOf({ from, to, kinds = [] }: IndexFilter): string[] {
  const months = monthsOf({ from, to });
  const conditions: string[] = [];
  if (months) {
    const { first, last, also } = months;
    conditions.push(`month <= ${last}`, also ? `month >= ${first} OR month = ${also}` : `month >= ${first}`);
  }
  if (kinds.length > 0)
    conditions.push(`kind IN [${kinds.map((kind) => `"${kind.replaceAll(QUOTE, "\\$&")}"`).join(", ")}]`);
  return conditions;
}
