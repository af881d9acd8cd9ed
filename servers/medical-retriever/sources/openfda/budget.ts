/**
 * Requests to openFDA on this day: 1,000 without a key, 120,000 with one, for everything that runs on this machine.
 * The day's file holds a byte for each, so that processes count together without waiting for one another.
 */
import { appendFileSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../../kit/index.ts";
import { dataHome } from "../../../kit/home.ts";

export const DAILY = { withoutKey: 1000, withKey: 120_000 };

/** @throws ToolError rate_limited once the day's requests are spent */
export function refuseSpent(now = new Date()): void {
  const most = process.env["OPENFDA_API_KEY"] ? DAILY.withKey : DAILY.withoutKey;
  if (spentOn(dayOf(now)) < most) return;
  const key = process.env["OPENFDA_API_KEY"] ? "" : `, or set OPENFDA_API_KEY (free) for ${DAILY.withKey} a day`;
  throw new ToolError({
    reason: "rate_limited",
    message: `the ${most} requests to openFDA of this day are spent`,
    recovery: `ask again after 00:00 UTC${key}; DailyMed has the same labels`,
    retryable: false,
  });
}

/** Counts one request that openFDA answered. */
export function countRequest(now = new Date()): void {
  const day = dayOf(now);
  const file = fileOf(day);
  if (counted.file !== file) counted = { file, requests: 0 };
  counted.requests++;
  try {
    const folder = join(dataHome(), "cache");
    mkdirSync(folder, { recursive: true });
    appendFileSync(file, ".");
    if (counted.requests === 1) forgetOtherDays(folder, day);
  } catch {
    // Where nothing can be written, what this process asked for counts.
  }
}

/** What this process asked for; counts where the file cannot be kept. */
let counted = { file: "", requests: 0 };

function spentOn(day: string): number {
  const file = fileOf(day);
  const own = counted.file === file ? counted.requests : 0;
  try {
    return Math.max(own, statSync(file).size);
  } catch {
    return own;
  }
}

function fileOf(day: string): string {
  return join(dataHome(), "cache", `openfda-${day}`);
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}

function forgetOtherDays(folder: string, day: string): void {
  for (const name of readdirSync(folder)) {
    if (/^openfda-\d{4}-\d{2}-\d{2}$/.test(name) && !name.endsWith(day)) rmSync(join(folder, name), { force: true });
  }
}
