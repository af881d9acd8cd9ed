/** Finds rows in this process: by words in the postings, by vector in LanceDB, which works in threads of its own meanwhile. */
import type { IndexQuestion } from "../document-index.ts";
import type { Engine, Found } from "../engine.ts";
import type { IndexParts } from "../engines.ts";
import type { IndexDescription } from "../folder.ts";
import { rarity } from "../statistics.ts";
import type { VectorEngine } from "../vectors/engine.ts";

export class EmbeddedEngine implements Engine {
  readonly #description: IndexDescription;
  readonly #parts: IndexParts;
  readonly #vectors: VectorEngine | undefined;

  private constructor(description: IndexDescription, parts: IndexParts, vectors: VectorEngine | undefined) {
    this.#description = description;
    this.#parts = parts;
    this.#vectors = vectors;
  }

  static async open(folder: string, description: IndexDescription, parts: IndexParts): Promise<EmbeddedEngine> {
    const { embedder } = description;
    if (!embedder || embedder.vectors === 0) return new EmbeddedEngine(description, parts, undefined);
    const { VectorEngine } = await import("../vectors/engine.ts");
    return new EmbeddedEngine(description, parts, await VectorEngine.open({ folder }));
  }

  async find({ terms, vector, filter = {}, limit, nearest = limit }: IndexQuestion): Promise<Found> {
    const { words, facets } = this.#parts;
    const { documents, kinds } = this.#description;
    const fits = facets.fits(filter, kinds);
    const allowed = (row: number) => fits(row);
    const near = vector && nearest > 0 ? vector : undefined;
    // Begun first: it waits for other threads.
    const nearby = near && this.#vectors?.nearest(near, nearest, { allowed, share: facets.share(fits) });
    const byTerms = words.find({
      terms,
      limit,
      rarity: (term) => rarity(documents, words.frequency(term)),
      fits,
    });
    return { byTerms, byVector: (await nearby) ?? [] };
  }

  close(): void {
    this.#vectors?.close();
  }
}
