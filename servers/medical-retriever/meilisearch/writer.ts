/**
 * Writes the index on a Meilisearch server. One that is built from nothing is made beside the old one and takes its place
 * at the end, so that questions meanwhile find what they found before; changes go to the index that is in use.
 */
import type { Settings } from "meilisearch";
import type { EngineWriter, Entry, WriteMode } from "../local/engine.ts";
import { EMBEDDER, isMissingIndex, type MeilisearchDocument, type MeilisearchServer } from "./server.ts";

/** Of a request: with vectors some 20 MB, a fifth of what the server takes. */
const DOCUMENTS_AT_ONCE = 2500;
/** Batches handed over and not yet waited for. */
const UNDER_WAY = 8;
/** Places of a number in a vector: a single-precision float has no more. */
const ROUNDING = 1e7;

const decoder = new TextDecoder();

export interface WriterOptions {
  server: MeilisearchServer;
  /** Of the index in use. */
  name: string;
  mode: WriteMode;
  /** Of the vectors; undefined where there are none. */
  dimension?: number | undefined;
}

export class MeilisearchWriter implements EngineWriter {
  readonly #options: WriterOptions;
  readonly #name: string;
  #underWay: number[] = [];

  private constructor(options: WriterOptions, name: string) {
    this.#options = options;
    this.#name = name;
  }

  /** @throws Error where an index that was begun is gone */
  static async open(options: WriterOptions): Promise<MeilisearchWriter> {
    const { server, name, mode, dimension } = options;
    const own = mode === "changes" ? name : `${name}-new`;
    if (mode === "new") {
      await server.ask((client) => client.deleteIndexIfExists(own));
      await server.run((client) => client.createIndex(own, { primaryKey: "row" }));
      await server.run(() => server.index(own).updateSettings(settings(dimension)));
    } else {
      // Otherwise the first batch would make one, without its settings.
      await server.ask(() => server.index(own).getRawInfo());
    }
    return new MeilisearchWriter(options, own);
  }

  async add(entry: Entry): Promise<void> {
    const documents = toDocuments(entry, this.#options.dimension !== undefined);
    for (let at = 0; at < documents.length; at += DOCUMENTS_AT_ONCE) {
      const some = documents.slice(at, at + DOCUMENTS_AT_ONCE);
      const { taskUid } = await this.#options.server.ask(async () => this.#index.addDocuments(some));
      this.#underWay.push(taskUid);
      if (this.#underWay.length >= UNDER_WAY) await this.#options.server.finished([this.#underWay.shift()!]);
    }
  }

  async remove(rows: readonly number[]): Promise<void> {
    const { taskUid } = await this.#options.server.ask(async () => this.#index.deleteDocuments([...rows]));
    this.#underWay.push(taskUid);
  }

  async removeAfter(row: number): Promise<void> {
    await this.#options.server.run(async () => this.#index.deleteDocuments({ filter: `row > ${row}` }));
  }

  async finish(): Promise<void> {
    const { server, name, mode } = this.#options;
    await server.finished(this.#underWay.splice(0));
    if (mode === "changes") return;
    const exists = await server
      .ask(() => server.index(name).getRawInfo())
      .then(
        () => true,
        (error: unknown) => {
          if (isMissingIndex(error)) return false;
          throw error;
        },
      );
    // Only what exists can be swapped.
    if (!exists) await server.run((client) => client.createIndex(name, { primaryKey: "row" }));
    await server.run((client) => client.swapIndexes([{ indexes: [name, this.#name], rename: false }]));
    await server.run((client) => client.deleteIndex(this.#name));
  }

  close(): void {}

  get #index() {
    return this.#options.server.index(this.#name);
  }
}

/** Our own terms, separated by spaces, are words as they are: no guessing of typos or beginnings, no splitting of numbers. */
function settings(dimension: number | undefined): Settings {
  return {
    searchableAttributes: ["terms"],
    filterableAttributes: ["row", "month", "kind"],
    displayedAttributes: ["row", "month", "kind"],
    // Beginnings of texts are titles.
    rankingRules: ["words", "attribute", "proximity"],
    typoTolerance: { enabled: false },
    prefixSearch: "disabled",
    facetSearch: false,
    nonSeparatorTokens: [".", ","],
    pagination: { maxTotalHits: 5000 },
    ...(dimension ? { embedders: { [EMBEDDER]: { source: "userProvided", dimensions: dimension } } } : {}),
  };
}

function toDocuments(
  { rows, months, kinds, records, lengths, termsAt, vectors }: Entry,
  withVectors: boolean,
): MeilisearchDocument[] {
  let end = 0;
  return Array.from(rows, (row, i) => {
    end += lengths[i]!;
    return {
      row,
      month: months[i]!,
      kind: kinds[i]!,
      terms: decoder.decode(records.subarray(termsAt[i], end)),
      // A document without a vector must say so.
      ...(withVectors ? { _vectors: { [EMBEDDER]: vectors?.[i] ? rounded(vectors[i]) : null } } : {}),
    };
  });
}

function rounded(vector: Float32Array): number[] {
  return Array.from(vector, (x) => Math.round(x * ROUNDING) / ROUNDING);
}
