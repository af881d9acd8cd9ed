/** Attacks by address: what each of them is must be seen, and each must be refused with a reason, in bounded time. */
import { ToolError } from "../failure.ts";
import { checkUrl, publicWebOnly } from "../addresses.ts";
import { httpClient, type RequestOptions } from "../http/index.ts";

/** As the reader asks for a page that a model has named. */
export interface Asking {
  deadlineMs?: number;
  maxBytes?: number;
  /** What stands in for name resolution. */
  guard?: Pick<RequestOptions, "check" | "checkHead" | "dispatcher">;
}

/** The refusal of an address; an error where it was not refused, or with no words to act on. */
export async function refusalOf(address: string, { deadlineMs = 5000, maxBytes, guard }: Asking = {}): Promise<string> {
  const http = httpClient({ cacheFile: false });
  const { signal } = new AbortController();
  try {
    const { status, bytes } = await http.fetchBytes(checkUrl(address), {
      ...(guard ?? (await publicWebOnly())),
      redirect: "check",
      retries: 0,
      deadlineMs,
      ...(maxBytes ? { maxBytes } : {}),
      signal,
    });
    return `NOT REFUSED: status ${status}, ${bytes.length} bytes`;
  } catch (error) {
    if (!(error instanceof ToolError)) return `NO REASON: ${String(error)}`;
    if (!error.recovery) return `NO RECOVERY: ${error.message}`;
    return `${error.reason}: ${error.message}`;
  } finally {
    http.close();
  }
}
