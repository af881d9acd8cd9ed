/** Brings an index under construction to the state of the texts of record. */
import type { Document } from "../../../../schemas/index.ts";
import type { Knowledge } from "../../../knowledge/index.ts";
import { windowOf } from "../postings/window.ts";
import { prepare, type Prepared } from "../preparing/prepare.ts";
import { preparedRows } from "../preparing/threads.ts";
import { Records } from "../records/records.ts";
import type { IndexSession } from "./session.ts";

/** Where the vectors of documents come from. */
export interface VectorSource {
  /** Vectors with different identities are never compared. */
  readonly identity: string;
  dimension(signal: AbortSignal): Promise<number>;
  /** In order; undefined for a document that has none. @throws where the embedder fails */
  vectorsOf(
    documents: readonly Pick<Document, "id" | "title" | "sections">[],
    signal: AbortSignal,
  ): Promise<(Float32Array | undefined)[]>;
}

export interface FillOptions {
  signal: AbortSignal;
  vectors?: VectorSource | undefined;
  onProgress?: ((done: number, total: number) => void) | undefined;
  /** Documents after which the position is kept; for tests. */
  keepEvery?: number | undefined;
}

type Texts = Pick<Knowledge, "path" | "documents">;

/** Rows of one change that are read at once. */
const ROWS_AT_ONCE = 1000;

/** Adds the rows after one, up to another. */
export async function addRows(
  session: IndexSession,
  texts: Texts,
  range: { after: number; until: number },
  options: FillOptions,
): Promise<void> {
  const total = texts.documents.count();
  const { usual } = session.description;
  for await (const prepared of preparedRows(texts, range, usual, options.signal)) {
    await session.add(prepared, await vectorsOf(prepared, texts, options));
    options.onProgress?.(Math.min(session.description.documents, total), total);
  }
}

/** Takes rows out as they were indexed, and adds those that are still there as they are now. */
export async function renewRows(
  session: IndexSession,
  folder: string,
  texts: Texts,
  rows: readonly number[],
  options: FillOptions,
): Promise<void> {
  const records = new Records(folder);
  try {
    for (const some of piecesOf(rows)) {
      options.signal.throwIfAborted();
      const known = some.flatMap((row) => {
        const document = records.get(row);
        return document ? [{ row, document }] : [];
      });
      const vectors = known.filter(({ row }) => records.hasVector(row)).length;
      await session.remove(
        known.map(({ row }) => row),
        known.map(({ document }) => document),
        vectors,
      );
      const prepared = prepare(texts.documents.rows(some), session.description.usual, some.length);
      await session.add(prepared, await vectorsOf(prepared, texts, options));
    }
  } finally {
    records.close();
  }
}

/** Rows that are read at once, all of one window. */
function piecesOf(rows: readonly number[]): number[][] {
  const windows = Map.groupBy(
    rows.toSorted((a, b) => a - b),
    windowOf,
  );
  return [...windows.values()].flatMap((some) =>
    Array.from({ length: Math.ceil(some.length / ROWS_AT_ONCE) }, (_, i) =>
      some.slice(i * ROWS_AT_ONCE, (i + 1) * ROWS_AT_ONCE),
    ),
  );
}

/** Of some documents at a time: those of a whole window are a hundred megabytes. */
async function vectorsOf({ rows }: Prepared, { documents }: Texts, { vectors, signal }: FillOptions) {
  if (!vectors) return undefined;
  const all: (Float32Array | undefined)[] = [];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const some = rows.subarray(at, at + ROWS_AT_ONCE);
    const texts = [...documents.rows([...some])];
    const found = await vectors.vectorsOf(
      texts.map(({ body }) => JSON.parse(body) as Document),
      signal,
    );
    // A document that went meanwhile has no vector, and soon no row.
    const byRow = new Map(texts.map(({ row }, i) => [row, found[i]]));
    for (const row of some) all.push(byRow.get(row));
  }
  return all;
}
