/** Whether the providers that are set up answer: each is asked a real question, which paid ones count. */
import type { HttpClient } from "../kit/http/index.ts";
import { providersInOrder } from "./providers/index.ts";
import type { Provider } from "./providers/provider.ts";
import { understand } from "./question/question.ts";
import { budgetOf } from "./spending/budgets.ts";
import { Ledger } from "./spending/ledger.ts";

export interface ProviderProbe {
  name: string;
  /** Set up by the operator; the others need nothing. */
  isOwn: boolean;
  /** @returns what came, in a few words @throws ToolError */
  ask(call: { http: HttpClient; signal: AbortSignal; deadlineMs: number }): Promise<string>;
}

/** Needs no setting, and so may be out of reach without anything being wrong. */
const KEYLESS = "wikipedia";

/** @throws ToolError where the setting of providers names what is none */
export function providerProbes(): ProviderProbe[] {
  return providersInOrder()
    .filter((provider) => provider.missing() === undefined)
    .map((provider) => ({
      name: provider.name,
      isOwn: provider.name !== KEYLESS || Boolean(process.env["WIKIPEDIA_URL"]),
      ask: (call) => askOnce(provider, call),
    }));
}

async function askOnce(provider: Provider, call: Parameters<ProviderProbe["ask"]>[0]): Promise<string> {
  const ledger = new Ledger();
  try {
    const budget = budgetOf(provider.name, provider.isPaid);
    const spend = () => budget && ledger.spend(provider.name, budget);
    const { hits, degraded } = await provider.search({
      ...understand({ query: "imatinib", limit: 1 }),
      ...call,
      spend,
    });
    return `${hits.length > 0 ? "finds pages" : "answers, with nothing about imatinib"}${degraded ? `; ${degraded}` : ""}`;
  } finally {
    ledger.close();
  }
}
