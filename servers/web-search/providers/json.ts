/** A provider's JSON answer, checked: what is not of the expected shape is a failure of the provider, not an empty answer. */
import type { z } from "zod";
import { ToolError } from "../../kit/failure.ts";
import type { ProviderRequest } from "./provider.ts";

/** The same question within six hours is answered from the cache; older answers only where the provider cannot be asked. */
const TTL_SECONDS = 6 * 60 * 60;
const FAIL_FAST_SECONDS = 60;

/** @throws ToolError */
export async function getJson<Schema extends z.ZodType>(
  url: URL,
  schema: Schema,
  { http, signal, deadlineMs }: ProviderRequest,
): Promise<{ body: z.infer<Schema>; degraded?: string }> {
  const check = (text: string) => schema.parse(JSON.parse(text));
  const answer = await http.fetchText(url, {
    headers: { accept: "application/json" },
    cache: { ttlSeconds: TTL_SECONDS },
    deadlineMs,
    retries: 1,
    failFastSeconds: FAIL_FAST_SECONDS,
    signal,
    verify: ({ text }) => {
      try {
        check(text);
      } catch {
        throw notUnderstood(url, text);
      }
    },
  });
  const body = check(answer.text);
  return answer.stale ? { body, degraded: `could not be asked; these results are from ${answer.fetchedAt}` } : { body };
}

function notUnderstood(url: URL, text: string): ToolError {
  const html = /^\s*</.test(text);
  return new ToolError({
    reason: "unavailable",
    message: `${url.host} answered with ${html ? "a web page" : "something"} that is no search result`,
    recovery: "check the address of the provider",
    retryable: false,
  });
}
