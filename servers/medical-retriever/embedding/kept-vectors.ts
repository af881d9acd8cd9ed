/**
 * The vectors of stored documents, kept beside them (`<knowledge>/vectors.db`) by document, text and embedder: an index
 * that is built again embeds only what is new, and a build that was killed goes on where it was. A document is embedded in
 * passages of a few sentences; the index finds it by their mean, and the passages say how near its nearest one is.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document } from "../../../schemas/index.ts";
import { asFailure, ToolError } from "../../kit/failure.ts";
import { openDatabase, transaction } from "../../knowledge/index.ts";
import { normalise, type Embedder } from "./embedder.ts";
import { nearest, packVectors, unpackedMean } from "./packed-vectors.ts";
import { windowsOf } from "./windows.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS embedders (number INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
  embedder INTEGER NOT NULL, document TEXT NOT NULL, text BLOB NOT NULL, vectors BLOB NOT NULL,
  PRIMARY KEY (embedder, document)
)`;

/** So many new documents are embedded before they are kept: what a killed build loses at most. */
const PIECE = 32;
/** Documents that say how near unrelated texts are. */
const SAMPLE = 200;
/** Read once from one end to the other while an index is built: nothing is gained by keeping it. */
const CACHE_KB = 8192;

/** No new vectors can be made now. */
export class VectorsAway extends ToolError {}

type Embeddable = Pick<Document, "id" | "title" | "sections">;

export class KeptVectors {
  readonly identity: string;
  readonly #embedder: Embedder;
  readonly #db: DatabaseSync;
  readonly #number: number;
  readonly #get: StatementSync;
  readonly #some: StatementSync;
  readonly #put: StatementSync;

  constructor(knowledgePath: string, embedder: Embedder) {
    this.#embedder = embedder;
    this.identity = embedder.identity;
    this.#db = openDatabase(join(knowledgePath, "vectors.db"), { schema: SCHEMA });
    this.#db.exec(`PRAGMA cache_size = -${CACHE_KB}`);
    this.#db.prepare("INSERT OR IGNORE INTO embedders (identity) VALUES (?)").run(embedder.identity);
    const row = this.#db.prepare("SELECT number FROM embedders WHERE identity = ?").get(embedder.identity);
    this.#number = Number(row!["number"]);
    this.#get = this.#db.prepare("SELECT text, vectors FROM vectors WHERE embedder = ? AND document = ?");
    this.#some = this.#db.prepare(
      "SELECT document, vectors FROM vectors WHERE embedder = ? AND document IN (SELECT value FROM json_each(?))",
    );
    this.#put = this.#db.prepare(
      "INSERT OR REPLACE INTO vectors (embedder, document, text, vectors) VALUES (?, ?, ?, ?)",
    );
  }

  /** Numbers in a vector. @throws VectorsAway where the embedder has to be asked, and fails */
  async dimension(signal: AbortSignal): Promise<number> {
    if (this.#embedder.dimension === undefined) await this.#embed(["dimension"], signal);
    return this.#embedder.dimension!;
  }

  /**
   * The vectors of documents, in order: from what is kept, and new ones, which are kept. Undefined for a document without text.
   * @throws VectorsAway where the embedder fails; what was made until then is kept
   */
  async vectorsOf(documents: readonly Embeddable[], signal: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const dimension = await this.dimension(signal);
    const vectors: (Float32Array | undefined)[] = [];
    for (let at = 0; at < documents.length; at += PIECE) {
      const piece = documents.slice(at, at + PIECE).map((document) => {
        const windows = windowsOf(document);
        const hash = hashOf(windows);
        return { id: document.id, windows, hash, packed: this.#kept(document.id, hash) };
      });
      const missing = piece.filter(({ packed, windows }) => !packed && windows.length > 0);
      const texts = missing.flatMap(({ windows }) => windows);
      if (missing.length > 0) {
        const made = await this.#embed(texts, signal);
        transaction(this.#db, () => {
          let first = 0;
          for (const document of missing) {
            const own = made.slice(first, (first += document.windows.length));
            document.packed = packVectors(own);
            this.#put.run(this.#number, document.id, document.hash, document.packed);
          }
        });
      }
      for (const { packed } of piece) vectors.push(packed && normalise(unpackedMean(packed, dimension)));
    }
    return vectors;
  }

  /** How near the nearest passage of each document is, as cosine, by id; those without one are left out. Asked together: one by one takes twice as long. */
  nearestPassages(ids: readonly string[], vector: Float32Array): Map<string, number> {
    const rows = this.#some.all(this.#number, JSON.stringify(ids));
    return new Map(rows.map((row) => [row["document"] as string, nearest(row["vectors"] as Uint8Array, vector)]));
  }

  /** The mean cosine of documents that have nothing to do with each other; 0 where there are too few to say. */
  background(): number {
    const rows = this.#db.prepare("SELECT vectors FROM vectors WHERE embedder = ? LIMIT ?").all(this.#number, SAMPLE);
    const { dimension } = this.#embedder;
    if (rows.length < SAMPLE / 4 || !dimension) return 0;
    const sum = new Float32Array(dimension);
    for (const row of rows) {
      const mean = normalise(unpackedMean(row["vectors"] as Uint8Array, dimension));
      for (let i = 0; i < dimension; i++) sum[i]! += mean[i]!;
    }
    // |Σv|² counts each of the n(n−1) pairs once, and each vector with itself.
    const n = rows.length;
    return Math.max(0, (sum.reduce((total, x) => total + x * x, 0) - n) / (n * (n - 1)));
  }

  close(): void {
    this.#db.close();
  }

  async #embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]> {
    try {
      return await this.#embedder.embed(texts, "document", signal);
    } catch (error) {
      signal.throwIfAborted();
      throw new VectorsAway(asFailure(error), { cause: error });
    }
  }

  #kept(id: string, hash: Uint8Array): Uint8Array | undefined {
    const row = this.#get.get(this.#number, id);
    if (!row || Buffer.compare(row["text"] as Uint8Array, hash) !== 0) return undefined;
    return row["vectors"] as Uint8Array;
  }
}

function hashOf(windows: readonly string[]): Uint8Array {
  return createHash("sha256").update(windows.join("\n")).digest().subarray(0, 16);
}
