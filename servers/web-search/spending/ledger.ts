/** What was spent, on disk: all processes of the user count in one place, and none can spend what another did. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { dataHome } from "../../kit/home.ts";
import { HttpError } from "../../kit/http/index.ts";
import { writeAhead } from "../../kit/wal.ts";
import { periodOf, renewalOf, type Budget } from "./budgets.ts";

const SCHEMA = `CREATE TABLE IF NOT EXISTS requests (provider TEXT, period TEXT, n INTEGER NOT NULL, PRIMARY KEY (provider, period)) WITHOUT ROWID`;
const PATIENCE_MS = 5000;

export class Ledger {
  readonly #file: string;
  #db: DatabaseSync | undefined;

  constructor(file = join(dataHome(), "web-requests.db")) {
    this.#file = file;
  }

  /**
   * Counts one request before it is sent.
   * @throws HttpError `rate_limited` where the budget is spent, or where it cannot be counted
   */
  spend(provider: string, budget: Budget, now = Date.now()): void {
    if (!this.#take(provider, periodOf(budget, now), budget.requests)) throw spent(provider, budget, now);
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  /** One statement, so that two processes cannot both take the last one. */
  #take(provider: string, period: string, most: number): boolean {
    if (most <= 0) return false;
    try {
      const { changes } = this.#open()
        .prepare("INSERT INTO requests VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1 WHERE n < ?")
        .run(provider, period, most);
      return changes > 0;
    } catch (error) {
      throw uncountable(provider, this.#file, error);
    }
  }

  #open(): DatabaseSync {
    if (this.#db) return this.#db;
    mkdirSync(dirname(this.#file), { recursive: true });
    const db = new DatabaseSync(this.#file);
    try {
      writeAhead(db, PATIENCE_MS);
      db.exec(SCHEMA);
    } catch (error) {
      db.close();
      throw error;
    }
    return (this.#db = db);
  }
}

function spent(provider: string, budget: Budget, now: number): HttpError {
  const { requests, per } = budget;
  return new HttpError({
    reason: "rate_limited",
    message: `the budget of ${requests} requests a ${per} for ${provider} is spent; it renews on ${renewalOf(budget, now)} (UTC)`,
    recovery: `wait until then, or the operator raises it: MEDRESEARCHER_WEB_BUDGET=${provider}=${Math.max(2 * requests, 100)}/${per}`,
    retryable: false,
  });
}

/** What cannot be counted is not spent. */
function uncountable(provider: string, file: string, cause: unknown): HttpError {
  return new HttpError(
    {
      reason: "rate_limited",
      message: `requests to ${provider} cannot be counted (${file}: ${(cause as Error).message}), so none was sent`,
      recovery: `make the file writable, or set MEDRESEARCHER_WEB_BUDGET=${provider}=unlimited`,
      retryable: false,
    },
    { cause },
  );
}
