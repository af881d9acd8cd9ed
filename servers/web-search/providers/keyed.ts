/** What the providers that need a key have in common: where they are, and what their refusals mean. */
import { HttpError } from "../../kit/http/index.ts";
import { ToolError } from "../../kit/failure.ts";

export interface Keyed {
  name: string;
  /** Names of the variables with the key and, for tests and gateways, another address. */
  key: string;
  address: string;
  usualAddress: string;
  /** Statuses, besides 402, by which it says that the plan's allowance is used up. */
  spentStatuses?: readonly number[];
}

export function keyOf({ key }: Keyed): string {
  return process.env[key]?.trim() ?? "";
}

export function missingKey(provider: Keyed): string | undefined {
  return keyOf(provider) ? undefined : `${provider.key} is not set`;
}

/** What the provider meant by its status; any other failure as it is. The key is never in it. */
export function refusalOf(provider: Keyed, error: unknown): unknown {
  if (!(error instanceof HttpError) || error.status === undefined || error.status >= 500) return error;
  const { name, key } = provider;
  const { status, body = "" } = error;
  const said = saidIn(body, keyOf(provider));
  const detail = `status ${status}${said ? `: ${said}` : ""}`;
  const isSpent = status === 402 || provider.spentStatuses?.includes(status) || SPENT.test(said) || isQuota(body);
  if (isSpent) {
    return new ToolError({
      reason: "quota_spent",
      message: `the allowance of ${name}'s plan is used up (${detail})`,
      recovery: `wait until the plan renews, raise it, or set the key of another provider beside ${key}`,
      retryable: false,
    });
  }
  if (status === 401 || status === 403 || BAD_KEY.test(said)) {
    return new ToolError({
      reason: "bad_key",
      message: `${name} did not accept the key (${detail})`,
      recovery: `check ${key}`,
      retryable: false,
    });
  }
  if (status === 429) {
    const { reason, recovery, retryable } = error;
    return new ToolError({ reason, message: `${name} is limiting requests (${detail})`, recovery, retryable });
  }
  return new ToolError({
    reason: "bad_status",
    message: `${name} did not accept the query (${detail})`,
    recovery: "ask in other words, or with fewer filters",
    retryable: false,
  });
}

const SPENT = /not enough credits|usage limit|quota (?:exceeded|limit)|out of credits/i;
const BAD_KEY = /(?:api key|subscription token|unauthori[sz]ed)/i;

/** Brave says in figures that the month's requests are used up, and not only those of the second. */
function isQuota(body: string): boolean {
  const figure = (name: string) => Number(new RegExp(`"${name}"\\s*:\\s*(\\d+)`).exec(body)?.[1] ?? Number.NaN);
  return figure("quota_current") >= figure("quota_limit") && figure("quota_limit") > 0;
}

/** The words of an error, in any of the usual shapes. */
function saidIn(body: string, key: string): string {
  const words = /"(?:detail|message|error|msg)"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? "";
  const plain = words.replace(/\\u[\da-f]{4}|\\./gi, " ").replace(/\s+/g, " ");
  return (key ? plain.replaceAll(key, "…") : plain).trim().slice(0, 200);
}
