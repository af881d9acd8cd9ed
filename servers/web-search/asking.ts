/**
 * Who is asked, and in which order: free providers all at once; paid ones one at a time, the next only where the one
 * before could not be asked, and none at all where a free one that searches the whole web has found something.
 */
import type { Outcome } from "../../schemas/index.ts";
import { asFailure } from "../kit/failure.ts";
import { httpClient, type HttpClient } from "../kit/http/index.ts";
import { isOffline } from "../kit/offline.ts";
import { keepAsked } from "./filter.ts";
import type { Provider, WebHit } from "./providers/index.ts";
import type { Question } from "./question/question.ts";
import { budgetOf } from "./spending/budgets.ts";
import { Ledger } from "./spending/ledger.ts";

/** A wrong key, or a plan that is used up, is not tried again for so long. */
const REST_MS: Record<string, number> = { bad_key: 10 * 60_000, quota_spent: 60 * 60_000 };
/** With less time left than this a provider is not asked at all. */
const LEAST_MS = 300;

export interface Ranking {
  provider: string;
  hits: WebHit[];
  outcome: Outcome;
  notes: string[];
  /** The operator has not set it up. */
  isMissing?: boolean;
}

export interface Times {
  /** For each provider. */
  eachMs: number;
  /** For all together, one after the other. */
  allMs: number;
}

export class Asking {
  readonly #times: Times;
  readonly #ledger = new Ledger();
  readonly #resting = new Map<string, { until: number; message: string }>();
  #http: HttpClient | undefined;

  constructor(times: Times) {
    this.#times = times;
  }

  /** The rankings in the order of the providers, with an outcome for each that was asked or is not set up. */
  async askAll(providers: readonly Provider[], question: Question, signal: AbortSignal): Promise<Ranking[]> {
    const deadline = Date.now() + this.#times.allMs;
    const ask = (provider: Provider) => this.#ask(provider, question, signal, deadline);
    const free = providers.filter((p) => !p.isPaid).map((provider) => ({ provider, ranking: ask(provider) }));
    const paid = providers.filter((p) => p.isPaid);
    // Nobody waits for a free provider that does not search the whole web, or cannot be asked now.
    const wide = free.filter(({ provider }) => provider.isWide && this.#whyNot(provider) === undefined);
    const afterWide = Promise.all(wide.map(({ ranking }) => ranking)).then((found) =>
      found.some(({ hits }) => hits.length > 0) ? [] : this.#inTurn(paid, ask, reasonFrom(found)),
    );
    const [rankings, more] = await Promise.all([Promise.all(free.map(({ ranking }) => ranking)), afterWide]);
    signal.throwIfAborted();
    return [...rankings, ...more].toSorted((a, b) => place(providers, a) - place(providers, b));
  }

  close(): void {
    this.#http?.close();
    this.#ledger.close();
  }

  async #inTurn(paid: readonly Provider[], ask: (p: Provider) => Promise<Ranking>, why?: string): Promise<Ranking[]> {
    const rankings: Ranking[] = [];
    let reason = why;
    for (const provider of paid) {
      // oxlint-disable-next-line no-await-in-loop -- one at a time, since each costs
      const ranking = await ask(provider);
      if (reason && !ranking.isMissing) ranking.notes.unshift(`${provider.name} was asked because ${reason}`);
      rankings.push(ranking);
      if (ranking.isMissing) continue;
      if (ranking.outcome.outcome !== "unavailable") break;
      reason = `${provider.name} could not be asked`;
    }
    return rankings;
  }

  async #ask(provider: Provider, question: Question, signal: AbortSignal, deadline: number): Promise<Ranking> {
    const { name } = provider;
    const missing = provider.missing();
    if (missing) return { ...unavailable(name, missing), isMissing: true };
    const inapplicable = provider.inapplicable?.(question);
    if (inapplicable)
      return { ...unavailable(name, inapplicable), outcome: outcome(name, "inapplicable", inapplicable) };
    const deadlineMs = Math.min(this.#times.eachMs, deadline - Date.now());
    const why = this.#whyNot(provider) ?? (deadlineMs < LEAST_MS ? "no time was left to ask it" : undefined);
    if (why) return unavailable(name, why);
    try {
      const http = (this.#http ??= httpClient());
      const budget = budgetOf(name, provider.isPaid);
      const spend = () => budget && this.#ledger.spend(name, budget);
      const answer = await provider.search({ ...question, http, signal, deadlineMs, spend });
      const { hits, notes } = keepAsked(name, answer, question);
      const { degraded } = answer;
      const kind = degraded ? "degraded" : hits.length > 0 ? "found" : "empty";
      return {
        provider: name,
        hits,
        notes: [...(answer.notes ?? []), ...notes],
        outcome: outcome(name, kind, degraded),
      };
    } catch (error) {
      signal.throwIfAborted();
      const { reason, message, recovery } = asFailure(error);
      const rest = REST_MS[reason];
      if (rest) this.#resting.set(name, { until: Date.now() + rest, message });
      return unavailable(name, `${message}; ${recovery}`);
    }
  }

  /** Why this provider is not asked now; undefined where it is. */
  #whyNot(provider: Provider): string | undefined {
    if (provider.missing()) return provider.missing();
    if (isOffline()) return "MEDRESEARCHER_OFFLINE is set";
    const rest = this.#resting.get(provider.name);
    if (!rest || rest.until <= Date.now()) return undefined;
    return `${rest.message}; tried again in ${Math.ceil((rest.until - Date.now()) / 60_000)} min`;
  }
}

function reasonFrom(wide: readonly Ranking[]): string | undefined {
  const said = wide.map(({ provider, outcome }) =>
    outcome.outcome === "unavailable" ? `${provider} could not be asked` : `${provider} found nothing`,
  );
  return said.length > 0 ? said.join(" and ") : undefined;
}

function place(providers: readonly Provider[], { provider }: Ranking): number {
  return providers.findIndex((p) => p.name === provider);
}

function outcome(source: string, kind: Outcome["outcome"], message?: string): Outcome {
  return { source, outcome: kind, ...(message ? { message } : {}) };
}

function unavailable(provider: string, message: string): Ranking {
  return { provider, hits: [], notes: [], outcome: outcome(provider, "unavailable", message) };
}
