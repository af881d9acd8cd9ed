/**
 * The vectors of stored documents, kept beside them (`<knowledge>/vectors.db`) by document, text and embedder: an index
 * that is built again embeds only what is new, and a build that was killed goes on where it was.
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Document } from "../../../schemas/index.ts";
import { openDatabase, transaction } from "../../knowledge/index.ts";
import type { Embedder } from "./embedder.ts";

const SCHEMA = `
CREATE TABLE IF NOT EXISTS embedders (number INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS vectors (
  embedder INTEGER NOT NULL, document TEXT NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL,
  PRIMARY KEY (embedder, document)
)`;

/** So many new documents are embedded before they are kept: what a killed build loses at most. */
const PIECE = 64;
/** Longer than any model here reads. */
const CHARACTERS = 24_000;

type Embeddable = Pick<Document, "id" | "title" | "sections">;

/** What of a document is embedded. */
export function embeddedText({ title, sections }: Omit<Embeddable, "id">): string {
  let text = title;
  for (const section of sections) {
    if (text.length >= CHARACTERS) break;
    text += `\n${section.text}`;
  }
  return text.trim().slice(0, CHARACTERS);
}

export class KeptVectors {
  readonly embedder: Embedder;
  readonly #db: DatabaseSync;
  readonly #number: number;
  readonly #get: StatementSync;
  readonly #put: StatementSync;

  constructor(knowledgePath: string, embedder: Embedder) {
    this.embedder = embedder;
    this.#db = openDatabase(join(knowledgePath, "vectors.db"), { schema: SCHEMA });
    this.#db.prepare("INSERT OR IGNORE INTO embedders (identity) VALUES (?)").run(embedder.identity);
    const row = this.#db.prepare("SELECT number FROM embedders WHERE identity = ?").get(embedder.identity);
    this.#number = Number(row!["number"]);
    this.#get = this.#db.prepare("SELECT text, vector FROM vectors WHERE embedder = ? AND document = ?");
    this.#put = this.#db.prepare(
      "INSERT OR REPLACE INTO vectors (embedder, document, text, vector) VALUES (?, ?, ?, ?)",
    );
  }

  /**
   * The vectors of documents, in order: the kept ones, and new ones, which are kept. Undefined for a document without text.
   * @throws ToolError where the embedder fails; what was made until then is kept
   */
  async vectorsOf(documents: readonly Embeddable[], signal: AbortSignal): Promise<(Float32Array | undefined)[]> {
    const texts = documents.map(embeddedText);
    const hashes = texts.map(hashOf);
    const vectors = documents.map(({ id }, i) => (texts[i] ? this.#kept(id, hashes[i]!) : undefined));
    const missing = documents.flatMap((_, i) => (texts[i] && !vectors[i] ? [i] : []));
    for (let at = 0; at < missing.length; at += PIECE) {
      const piece = missing.slice(at, at + PIECE);
      const made = await this.embedder.embed(
        piece.map((i) => texts[i]!),
        "document",
        signal,
      );
      transaction(this.#db, () => {
        for (const [n, i] of piece.entries()) this.#keep(documents[i]!.id, hashes[i]!, (vectors[i] = made[n]!));
      });
    }
    return vectors;
  }

  close(): void {
    this.#db.close();
  }

  #kept(id: string, hash: Uint8Array): Float32Array | undefined {
    const row = this.#get.get(this.#number, id);
    if (!row || Buffer.compare(row["text"] as Uint8Array, hash) !== 0) return undefined;
    // Copied: the blob may lie at any offset.
    return new Float32Array(Uint8Array.from(row["vector"] as Uint8Array).buffer);
  }

  #keep(id: string, hash: Uint8Array, { buffer, byteOffset, byteLength }: Float32Array): void {
    this.#put.run(this.#number, id, hash, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
}

function hashOf(text: string): Uint8Array {
  return createHash("sha256").update(text).digest().subarray(0, 16);
}
