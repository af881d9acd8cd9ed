/**
 * A small server that answers as Meilisearch 1.50 documents it, for what the retriever asks: indexes, settings, documents,
 * tasks, searches with filters and vectors, errors. It does the work in memory, so that the contract tests run anywhere;
 * against a real server they run with MEILISEARCH_URL.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { listen } from "../../kit/testing/listen.ts";

interface Stored {
  row: number;
  month: number;
  kind: string;
  terms: string;
  _vectors?: { default: number[] | null };
}

interface StoredIndex {
  settings: Record<string, unknown>;
  documents: Map<number, Stored>;
}

interface Search {
  indexUid: string;
  q: string;
  limit: number;
  filter: string[];
  vector?: number[];
}

type Answer = [status: number, body: unknown];

export interface FakeMeilisearch {
  url: string;
  /** Requests so far: `POST /indexes/x/documents`. */
  requests: string[];
  indexes: Map<string, StoredIndex>;
  /** The next answers are this, instead of what they should be. */
  failWith: Answer | undefined;
  close(): Promise<void>;
}

export const KEY = "a-master-key-of-sixteen";

export async function startMeilisearch(): Promise<FakeMeilisearch> {
  const fake = { requests: [] as string[], indexes: new Map<string, StoredIndex>(), failWith: undefined };
  const state: Omit<FakeMeilisearch, "url" | "close"> = fake;
  const tasks: object[] = [];
  const enqueue = (type: string, error: object | null = null): Answer => {
    const uid = tasks.length;
    const common = {
      indexUid: null,
      status: error ? "failed" : "succeeded",
      type,
      enqueuedAt: new Date().toISOString(),
    };
    tasks.push({
      uid,
      batchUid: uid,
      ...common,
      canceledBy: null,
      details: {},
      error,
      duration: "PT0.01S",
      startedAt: common.enqueuedAt,
      finishedAt: common.enqueuedAt,
    });
    return [202, { taskUid: uid, ...common, status: "enqueued" }];
  };
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const [status, body] = await answer(request, state, tasks, enqueue);
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body === undefined ? "" : JSON.stringify(body));
  };
  const server = createServer((request, response) => void respond(request, response));
  const url = await listen(server);
  return Object.assign(state, {
    url,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  });
}

async function answer(
  request: IncomingMessage,
  state: Omit<FakeMeilisearch, "url" | "close">,
  tasks: readonly object[],
  enqueue: (type: string, error?: object | null) => Answer,
): Promise<Answer> {
  const { pathname } = new URL(request.url!, "http://localhost");
  const body: unknown = request.method === "GET" || request.method === "DELETE" ? undefined : await json(request);
  state.requests.push(`${request.method} ${pathname}`);
  if (state.failWith) return state.failWith;
  if (request.headers.authorization !== `Bearer ${KEY}`) {
    return [403, failure("invalid_api_key", "The provided API key is invalid.")];
  }
  const [, area, name = "", part, how] = pathname.split("/");
  if (area === "tasks") return [200, tasks[Number(name)]];
  if (area === "swap-indexes") return swap(body as { indexes: [string, string] }[], state.indexes, enqueue);
  if (area === "multi-search") {
    return [200, { results: (body as { queries: Search[] }).queries.map((query) => found(query, state.indexes)) }];
  }
  if (area === "indexes" && name === "") {
    const { uid } = body as { uid: string };
    if (state.indexes.has(uid))
      return enqueue("indexCreation", failure("index_already_exists", `Index \`${uid}\` already exists.`));
    state.indexes.set(uid, { settings: {}, documents: new Map() });
    return enqueue("indexCreation");
  }
  const index = state.indexes.get(name);
  if (!index && request.method === "DELETE") {
    return enqueue("indexDeletion", failure("index_not_found", `Index \`${name}\` not found.`));
  }
  if (!index) return [404, failure("index_not_found", `Index \`${name}\` not found.`)];
  return ofIndex(index, { name, part, how, method: request.method!, body }, state, enqueue);
}

function ofIndex(
  index: StoredIndex,
  {
    name,
    part,
    how,
    method,
    body,
  }: { name: string; part: string | undefined; how: string | undefined; method: string; body: unknown },
  state: Pick<FakeMeilisearch, "indexes">,
  enqueue: (type: string, error?: object | null) => Answer,
): Answer {
  if (method === "DELETE") {
    state.indexes.delete(name);
    return enqueue("indexDeletion");
  }
  if (part === "settings") {
    Object.assign(index.settings, body);
    return enqueue("settingsUpdate");
  }
  if (part === "stats")
    return [200, { numberOfDocuments: index.documents.size, isIndexing: false, fieldDistribution: {} }];
  if (part === undefined) return [200, { uid: name, primaryKey: "row" }];
  if (how === "delete-batch") for (const row of body as number[]) index.documents.delete(row);
  else if (how === "delete") removeWhere(index, (body as { filter: string }).filter);
  else return enqueue("documentAdditionOrUpdate", put(index, body as Stored[]));
  return enqueue("documentDeletion");
}

/** As the server refuses: a batch is taken whole or not at all. */
function put(index: StoredIndex, documents: readonly Stored[]): object | null {
  const embedder = (index.settings["embedders"] as { default: { dimensions: number } } | undefined)?.default;
  for (const { row, _vectors } of documents) {
    if (embedder && _vectors?.default === undefined)
      return failure("vector_embedding_error", `no vectors provided for document ${row}`);
    if (embedder && _vectors?.default && _vectors.default.length !== embedder.dimensions) {
      return failure(
        "invalid_vector_dimensions",
        `expected ${embedder.dimensions}, received ${_vectors.default.length}`,
      );
    }
  }
  for (const document of documents) index.documents.set(document.row, document);
  return null;
}

function removeWhere(index: StoredIndex, filter: string): void {
  for (const [row, document] of index.documents) if (fits(document, filter)) index.documents.delete(row);
}

/** Words are dropped from the end until enough documents are found; a document without the first is never found. */
function found({ indexUid, q, limit, filter, vector }: Search, indexes: ReadonlyMap<string, StoredIndex>) {
  const documents = [...indexes.get(indexUid)!.documents.values()].filter((d) => filter.every((one) => fits(d, one)));
  const words = q.split(" ").filter(Boolean);
  const matched = (document: Stored) => {
    const own = new Set(document.terms.split(" "));
    const missing = words.findIndex((word) => !own.has(word));
    return missing < 0 ? words.length : missing;
  };
  const closeness = ({ _vectors }: Stored) =>
    _vectors?.default ? _vectors.default.reduce((sum, x, i) => sum + x * vector![i]!, 0) : -2;
  const value = vector ? closeness : matched;
  const hits = documents
    .map((document) => ({ row: document.row, value: value(document) }))
    .filter((hit) => vector || hit.value > 0)
    .toSorted((a, b) => b.value - a.value)
    .slice(0, limit)
    .map(({ row }) => ({ row }));
  return { indexUid, hits, query: q, processingTimeMs: 0, limit, offset: 0, estimatedTotalHits: hits.length };
}

function swap(
  pairs: readonly { indexes: [string, string] }[],
  indexes: Map<string, StoredIndex>,
  enqueue: (type: string, error?: object | null) => Answer,
): Answer {
  for (const {
    indexes: [a, b],
  } of pairs) {
    const [first, second] = [indexes.get(a), indexes.get(b)];
    if (!first || !second)
      return enqueue("indexSwap", failure("index_not_found", `Index \`${first ? b : a}\` not found.`));
    indexes.set(a, second).set(b, first);
  }
  return enqueue("indexSwap");
}

/** Comparisons and lists joined by OR. */
function fits(document: Stored, filter: string): boolean {
  return filter.split(" OR ").some((condition) => {
    const [, field, operator, value = ""] = /^(\w+) (>=|<=|>|=|IN) (.+)$/.exec(condition)!;
    const own = document[field as "row" | "month" | "kind"];
    if (operator === "IN") return (JSON.parse(value) as unknown[]).includes(own);
    const number = Number(value);
    if (operator === ">=") return Number(own) >= number;
    if (operator === "<=") return Number(own) <= number;
    return operator === ">" ? Number(own) > number : Number(own) === number;
  });
}

function failure(code: string, message: string) {
  return { message, code, type: "invalid_request", link: `https://docs.meilisearch.com/errors#${code}` };
}
