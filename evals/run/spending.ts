/** The ceiling on what a run may cost: refused before it begins where it could not be kept, watched while it goes on. */
import type { Budget } from "../../schemas/index.ts";
import { DEFAULT_BUDGET, type PolicySettings } from "../../host/index.ts";

/** The run would not keep to its ceiling. */
export class OverBudget extends Error {
  override readonly name = "OverBudget";
}

export interface Ceiling {
  /** US dollars for the whole run. */
  total?: number;
  /** US dollars for one task. */
  perTask?: number;
  /** Cells that are still to be bought. */
  cells: number;
  /** US dollars that this folder's cells have cost already. */
  spent: number;
}

/**
 * The budget of one task's session.
 * @throws OverBudget where the cells that are left could cost more than the ceiling leaves, or where cost cannot be counted
 */
export function budgetWithin(
  settings: PolicySettings,
  budget: Partial<Budget>,
  { total, perTask, cells, spent }: Ceiling,
): Partial<Budget> {
  const capped = perTask === undefined ? budget : { ...budget, cost: perTask };
  // Only a model costs anything.
  if (settings.name !== "llm" || (total === undefined && perTask === undefined)) return capped;
  if (!settings.prices)
    throw new OverBudget(
      "a ceiling on cost needs the model's prices: give --prices IN,OUT (US dollars per million tokens)",
    );
  if (total === undefined) return capped;
  const tokens = budget.tokens ?? DEFAULT_BUDGET.tokens;
  const worst = Math.min(perTask ?? Infinity, (tokens * Math.max(...settings.prices)) / 1e6);
  const needed = cells * worst;
  if (spent + needed > total * (1 + 1e-9)) {
    throw new OverBudget(
      `${cells} cells at up to ${dollars(worst)} each come to ${dollars(needed)}${spent > 0 ? `, and ${dollars(spent)} are spent` : ""}; ` +
        `--max-cost is ${dollars(total)}. Lower --limit or --repeats, or give --max-cost-per-task ${cells > 0 ? Math.max(0, (total - spent) / cells).toPrecision(2) : ""}`,
    );
  }
  return capped;
}

export function dollars(value: number): string {
  return `$${value < 1 ? value.toPrecision(2) : value.toFixed(2)}`;
}
