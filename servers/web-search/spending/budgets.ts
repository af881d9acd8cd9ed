/** How many requests each provider may get: `MEDRESEARCHER_WEB_BUDGET=brave=2000/month,serper=50/day,searxng=unlimited`. */
import { ToolError } from "../../kit/failure.ts";

export interface Budget {
  requests: number;
  per: "day" | "month";
}

/**
 * About what the free allowances of Brave and Tavily hold (2026): who wants to spend more says so. What is free in
 * itself has no budget.
 */
const PAID: Budget = { requests: 1000, per: "month" };

/** Undefined where nothing is counted. @throws ToolError where the setting is not understood */
export function budgetOf(provider: string, isPaid: boolean): Budget | undefined {
  const entries = (process.env["MEDRESEARCHER_WEB_BUDGET"] ?? "").toLowerCase().split(/[\s,;]+/);
  const entry = entries.filter((e) => e.startsWith(`${provider}=`)).at(-1);
  if (entry === undefined) return isPaid ? PAID : undefined;
  const said = entry.slice(provider.length + 1);
  if (said === "unlimited") return undefined;
  const parts = /^(\d+)(?:\/(day|month))?$/.exec(said);
  if (parts) return { requests: Number(parts[1]), per: parts[2] === "day" ? "day" : "month" };
  throw new ToolError({
    reason: "unavailable",
    message: `MEDRESEARCHER_WEB_BUDGET says ${JSON.stringify(entry)}, which is not understood; ${provider} was not asked`,
    recovery: `the operator should write ${provider}=1000/month, ${provider}=50/day or ${provider}=unlimited`,
    retryable: false,
  });
}

/** `2026-11` or `2026-11-23`, in UTC. */
export function periodOf({ per }: Budget, now: number): string {
  return new Date(now).toISOString().slice(0, per === "day" ? 10 : 7);
}

/** The first day of the next period. */
export function renewalOf({ per }: Budget, now: number): string {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  return new Date(per === "day" ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1))
    .toISOString()
    .slice(0, 10);
}
