/** Nearness in meaning, where an embedder is in use: of stored documents by their kept vectors, of live ones as far as time allows. */
import type { Document } from "../../../schemas/index.ts";
import type { HttpClient } from "../../kit/http/index.ts";
import { Scope } from "../../kit/http/scope.ts";
import { asFailure } from "../../kit/failure.ts";
import type { Knowledge } from "../../knowledge/index.ts";
import { configuredEmbedder, cosine, KeptVectors, windowsOf, type Embedder } from "../embedding/index.ts";
import type { Candidate } from "../local/document-index.ts";
import { WORDS } from "./fusion.ts";

/** A question that takes longer is answered by its words. */
const QUESTION_MS = 2000;
/** For all live documents of a question together. */
const LIVE_MS = 1500;
/** So many are embedded at once, in the order of their sources. */
const LIVE_PIECE = 8;
/** The nearest passage is looked for in so many documents: those that are best by their words and as a whole. */
const LOOKED_INTO = 60;
const KEPT_LIVE = 2000;

/** A question by its meaning. */
export interface Asked {
  /** The embedder's. */
  name: string;
  identity: string;
  vector: Float32Array;
  /** The candidates with their similarity in [0,1]: the mean of the whole document's and its nearest passage's. @param relevances by words */
  near(candidates: ReadonlyMap<string, Candidate>, relevances: ReadonlyMap<string, number>): Map<string, Candidate>;
  /** Similarities of documents that are not in the index, of as many as time allows, by id. */
  toLive(documents: readonly Document[], signal: AbortSignal): Promise<Map<string, number>>;
}

export class Meaning {
  readonly embedder: Embedder | undefined;
  /** Why there is none, or the last question was answered without. */
  #failure: string | undefined;
  /** Why some live documents of the last question have no similarity. */
  #liveFailure: string | undefined;
  readonly #path: string;
  readonly #live = new Map<string, Float32Array>();
  #vectors: KeptVectors | undefined;
  #background = 0;

  /** @param embedder none where words alone decide. @param failure why there is none, where one is configured */
  constructor({ path }: Pick<Knowledge, "path">, embedder?: Embedder, failure?: string) {
    this.embedder = embedder;
    this.#failure = failure;
    this.#path = path;
  }

  /** Where the index takes its vectors from. */
  get vectors(): KeptVectors | undefined {
    if (!this.embedder || this.#vectors) return this.#vectors;
    try {
      return (this.#vectors = new KeptVectors(this.#path, this.embedder));
    } catch (error) {
      this.#failure = `vectors cannot be kept in ${this.#path}: ${(error as Error).message}`;
      return undefined;
    }
  }

  /** Undefined without an embedder, or where it fails or takes too long; `notes` then say so. */
  async asked(question: string, signal: AbortSignal): Promise<Asked | undefined> {
    const { embedder, vectors } = this;
    if (!embedder || !vectors) return undefined;
    this.#liveFailure = undefined;
    try {
      const [vector] = await within(QUESTION_MS, signal, (inTime) => embedder.embed([question], "query", inTime));
      this.#failure = undefined;
      return {
        name: embedder.name,
        identity: embedder.identity,
        vector: vector!,
        near: (candidates, relevances) => this.#near(vector!, vectors, candidates, relevances),
        toLive: (documents, until) => this.#toLive(vector!, embedder, documents, until),
      };
    } catch (error) {
      signal.throwIfAborted();
      this.#failure = asFailure(error).message;
      return undefined;
    }
  }

  /** What a reader of the ranking should know. */
  notes(): string[] {
    return [
      ...(this.#failure ? [`ranked by words alone: ${this.#failure}`] : []),
      ...(this.#liveFailure ? [`some live documents were ranked by words alone: ${this.#liveFailure}`] : []),
    ];
  }

  async close(): Promise<void> {
    this.#vectors?.close();
    await this.embedder?.close();
  }

  #near(
    vector: Float32Array,
    vectors: KeptVectors,
    candidates: ReadonlyMap<string, Candidate>,
    relevances: ReadonlyMap<string, number>,
  ): Map<string, Candidate> {
    const background = this.#unrelated();
    const nearness = [...candidates.values()].flatMap((candidate) => {
      if (candidate.similarity === undefined) return [];
      const whole = share(candidate.similarity, background);
      return [{ candidate, whole, first: WORDS * (relevances.get(candidate.id) ?? 0) + (1 - WORDS) * whole }];
    });
    const best = nearness.toSorted((a, b) => b.first - a.first).slice(0, LOOKED_INTO);
    const known = vectors.nearestPassages(
      best.map(({ candidate }) => candidate.id),
      vector,
    );
    let [gaps, looked] = [0, 0];
    const passages = new Map<string, number>();
    for (const { candidate, whole } of best) {
      const nearest = known.get(candidate.id);
      if (nearest === undefined) continue;
      passages.set(candidate.id, share(nearest, background));
      gaps += share(nearest, background) - whole;
      looked += 1;
    }
    // Of the others, the nearest passage is taken to be as much nearer as it is on average.
    const gap = looked === 0 ? 0 : gaps / looked;
    return new Map(
      nearness.map(({ candidate, whole }) => {
        const similarity = (whole + (passages.get(candidate.id) ?? Math.min(1, whole + gap))) / 2;
        return [candidate.id, { ...candidate, similarity }];
      }),
    );
  }

  async #toLive(
    vector: Float32Array,
    embedder: Embedder,
    documents: readonly Document[],
    signal: AbortSignal,
  ): Promise<Map<string, number>> {
    const background = this.#unrelated();
    const texts = new Map(documents.map((document) => [document.id, windowsOf(document).join(" ")]));
    const missing = [...texts].flatMap(([id, text]) => (text && !this.#live.has(text) ? [{ id, text }] : []));
    try {
      await within(LIVE_MS, signal, async (inTime) => {
        for (let at = 0; at < missing.length; at += LIVE_PIECE) {
          const piece = missing.slice(at, at + LIVE_PIECE);
          const made = await embedder.embed(
            piece.map(({ text }) => text),
            "document",
            inTime,
          );
          for (const [i, { text }] of piece.entries()) this.#keepLive(text, made[i]!);
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      this.#liveFailure = asFailure(error).message;
    }
    return new Map(
      [...texts].flatMap(([id, text]) => {
        const own = this.#live.get(text);
        return own ? [[id, share(cosine(own, vector), background)] as const] : [];
      }),
    );
  }

  /** How near unrelated texts are; asked again as long as there are too few to say. */
  #unrelated(): number {
    this.#background ||= this.vectors?.background() ?? 0;
    return this.#background;
  }

  #keepLive(text: string, vector: Float32Array): void {
    this.#live.set(text, vector);
    for (const [oldest] of this.#live) {
      if (this.#live.size <= KEPT_LIVE) break;
      this.#live.delete(oldest);
    }
  }
}

/** @param embedder of the caller; `null` for none, what the environment names where it is absent */
export function meaningOf(
  knowledge: Pick<Knowledge, "path">,
  http: HttpClient,
  embedder: Embedder | null | undefined,
): Meaning {
  if (embedder !== undefined) return new Meaning(knowledge, embedder ?? undefined);
  try {
    return new Meaning(knowledge, configuredEmbedder(http));
  } catch (error) {
    return new Meaning(knowledge, undefined, (error as Error).message);
  }
}

/** The share of the way from an unrelated text to the same one: models differ in how near unrelated texts are. */
function share(similarity: number, background: number): number {
  return Math.min(1, Math.max(0, (similarity - background) / (1 - background)));
}

async function within<T>(ms: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const scope = new Scope(signal, ms, () => new Error(`the embedding model took longer than ${ms / 1000} seconds`));
  try {
    return await work(scope.signal);
  } finally {
    scope.dispose();
  }
}
