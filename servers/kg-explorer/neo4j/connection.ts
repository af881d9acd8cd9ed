/**
 * One Neo4j as the explorer uses it: parameterised statements only, reads in read transactions, a time-out on every
 * transaction, faults as failures to act on. The driver is loaded with the first call.
 */
import type { Driver, ManagedTransaction } from "neo4j-driver";
import { neo4jFault, tooSlow } from "./faults.ts";
import { checkAddress, type Neo4jSettings } from "./settings.ts";

export type Row = Record<string, unknown>;
/** Runs one statement and gives all its rows; whole numbers come as numbers. */
export type Run = (statement: string, parameters?: Record<string, unknown>) => Promise<Row[]>;

const READ_MS = 15_000;
const WRITE_MS = 120_000;
/** What the driver may add to a server's own time-out before it is taken for hung. */
const GRACE_MS = 5000;
const CONNECT_MS = 5000;
/** For how long a transaction that met a passing fault is tried again. */
const RETRY_MS = 3000;

export class Neo4jConnection {
  readonly url: string;
  readonly #settings: Neo4jSettings;
  #driver: Promise<Driver> | undefined;

  constructor(settings: Neo4jSettings) {
    this.url = settings.url;
    this.#settings = settings;
  }

  /** @throws ToolError retryable where the server cannot be reached or is too slow, else not */
  read(statement: string, parameters: Record<string, unknown> = {}, timeout = READ_MS): Promise<Row[]> {
    return this.#within("READ", timeout, (run) => run(statement, parameters));
  }

  /** All of `work` in one read transaction: its answers are of one state. */
  readAll<T>(work: (run: Run) => Promise<T>, timeout = READ_MS): Promise<T> {
    return this.#within("READ", timeout, work);
  }

  /** All of `work` in one write transaction, which may be tried again from the beginning. */
  write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.#within("WRITE", WRITE_MS, work);
  }

  /** One statement in a transaction of its own: for indexes and constraints. */
  async change(statement: string): Promise<void> {
    await this.#within("WRITE", WRITE_MS, (run) => run(statement));
  }

  async close(): Promise<void> {
    const driver = this.#driver;
    this.#driver = undefined;
    await (await driver?.catch(() => undefined))?.close();
  }

  async #within<T>(mode: "READ" | "WRITE", timeout: number, work: (run: Run) => Promise<T>): Promise<T> {
    const limit = new AbortController();
    try {
      checkAddress(this.#settings);
      const driver = await (this.#driver ??= connect(this.#settings));
      const session = driver.session({ defaultAccessMode: mode });
      const whole = (transaction: ManagedTransaction) =>
        work(async (statement, parameters) => {
          const { records } = await transaction.run(statement, parameters);
          return records.map((record) => record.toObject());
        });
      const answer =
        mode === "READ" ? session.executeRead(whole, { timeout }) : session.executeWrite(whole, { timeout });
      // A server that holds the connection and says nothing ends the call, too.
      const hung = rejectAfter(timeout + GRACE_MS + RETRY_MS, limit.signal, () => tooSlow(this.url));
      try {
        return await Promise.race([answer, hung]);
      } finally {
        // Not waited for: over a dead connection it takes as long as the call did.
        void session.close().catch(() => {});
        void answer.catch(() => {});
      }
    } catch (error) {
      throw neo4jFault(error, this.url);
    } finally {
      limit.abort();
    }
  }
}

async function connect({ url, user, password }: Neo4jSettings): Promise<Driver> {
  const { auth, driver } = await import("neo4j-driver");
  return driver(url, password ? auth.basic(user, password) : undefined, {
    disableLosslessIntegers: true,
    maxConnectionPoolSize: 20,
    connectionTimeout: CONNECT_MS,
    connectionAcquisitionTimeout: 2 * CONNECT_MS,
    maxTransactionRetryTime: RETRY_MS,
    // An idle connection may be one to a server that is gone.
    connectionLivenessCheckTimeout: 2000,
    telemetryDisabled: true,
  });
}

function rejectAfter(ms: number, signal: AbortSignal, reason: () => Error): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(reason()), ms);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}
