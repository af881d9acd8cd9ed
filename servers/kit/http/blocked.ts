/** Addresses that nothing may be read from in this run: a benchmark's own pages, where its answers lie in the open. */
import { HttpError, redact } from "./errors.ts";

/** `MEDRESEARCHER_BLOCKED`: beginnings of addresses without their scheme (`host/path`), comma-separated. @throws HttpError */
export function refuseBlocked(url: URL): void {
  const address = `${url.host.replace(/^www\./, "")}${decoded(url.pathname)}`.toLowerCase();
  const blocked = (process.env["MEDRESEARCHER_BLOCKED"] ?? "").toLowerCase().split(",").filter(Boolean);
  if (!blocked.some((beginning) => address.startsWith(beginning))) return;
  throw new HttpError({
    reason: "refused",
    message: `${redact(url)} is blocked in this run: answers to its questions are published there`,
    recovery: "use another source",
    retryable: false,
  });
}

/** `%63` and `c` are one address; what is no valid escape stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
