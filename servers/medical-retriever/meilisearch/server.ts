/** A Meilisearch server: its client, tasks waited for, and errors that say what to do. */
import { Meilisearch, MeilisearchApiError, MeilisearchError, type EnqueuedTask, type Index } from "meilisearch";
import { EngineAway } from "../local/engine.ts";
import type { MeilisearchSettings } from "./settings.ts";

/** A question that takes longer is no help. */
const ANSWER_MS = 10_000;
/** A batch is some 15 MB, and the server may be busy with those before. */
const WRITE_MS = 120_000;
/** A batch may wait for others, and for the building of the vector index. */
const TASK_MS = 30 * 60_000;
const POLL_MS = 50;

/** What is stored of a document. The primary key is its row in the store: letters of ids are not allowed in keys. */
export interface MeilisearchDocument {
  row: number;
  month: number;
  kind: string;
  terms: string;
  _vectors?: Record<string, number[] | null>;
}

export const EMBEDDER = "default";

export class MeilisearchServer {
  readonly #client: Meilisearch;
  readonly #url: string;

  constructor({ url, key }: MeilisearchSettings, use: "asking" | "writing" = "asking") {
    this.#url = url;
    const timeout = use === "asking" ? ANSWER_MS : WRITE_MS;
    this.#client = new Meilisearch({ host: url, timeout, ...(key ? { apiKey: key } : {}) });
  }

  index(name: string): Index<MeilisearchDocument> {
    return this.#client.index<MeilisearchDocument>(name);
  }

  /** @throws EngineAway where the server cannot be asked; Error with its reason where it refuses */
  async ask<T>(work: (client: Meilisearch) => Promise<T>): Promise<T> {
    try {
      return await work(this.#client);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Hands work over and waits until it is done. @throws Error with the server's reason where it failed */
  async run(work: (client: Meilisearch) => Promise<EnqueuedTask>): Promise<void> {
    await this.finished([(await this.ask(work)).taskUid]);
  }

  /** @throws Error with the server's reason where one of the tasks failed */
  async finished(tasks: readonly number[]): Promise<void> {
    for (const uid of tasks) {
      const { error, type, status } = await this.ask((client) =>
        client.tasks.waitForTask(uid, { timeout: TASK_MS, interval: POLL_MS }),
      );
      if (error) throw new Error(`Meilisearch could not do ${type}: ${error.message} (${error.code})`);
      if (status !== "succeeded") throw new Error(`Meilisearch did not do ${type}: it was ${status}`);
    }
  }

  #explained(error: unknown): unknown {
    if (!(error instanceof MeilisearchError)) return error;
    const where = `Meilisearch at ${this.#url}`;
    const away = (what: string, todo: string) => new EngineAway(`${where} ${what}: ${todo}`, { cause: error });
    if (error instanceof MeilisearchApiError) {
      const { status } = error.response;
      const refused = status === 401 || status === 403;
      if (refused)
        return away("refuses the key", "set MEILISEARCH_KEY to a key of the server that may search and write");
      if (status < 500) return new Error(`${where} refused: ${error.message}`, { cause: error });
      return away(`failed (${error.message})`, "look into its log, or unset MEILISEARCH_URL to search without it");
    }
    const cause = (error.cause as Error | undefined)?.message ?? error.message;
    const start = "start it (docker compose -f docker/compose.yaml up -d meilisearch)";
    return away(`does not answer (${cause})`, `${start}, or unset MEILISEARCH_URL to search without it`);
  }
}

/** Whether the server says that there is no such index. */
export function isMissingIndex(error: unknown): boolean {
  const { cause } = error as { cause?: unknown };
  return cause instanceof MeilisearchApiError && cause.cause?.code === "index_not_found";
}
