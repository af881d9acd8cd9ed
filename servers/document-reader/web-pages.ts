/** Web pages and files on the web as documents: fetched through the guard, parsed, ready to be stored. */
import type { Document } from "../../schemas/index.ts";
import { canonicalUrl, checkUrl, publicWebOnly } from "../kit/addresses.ts";
import { ToolError } from "../kit/failure.ts";
import type { HttpClient } from "../kit/http/index.ts";
import { isOffline } from "../kit/offline.ts";
import { asDocument, type ReadableDocument } from "./readable.ts";
import type { WebSource } from "./source.ts";
import { parseDocument } from "./formats/index.ts";

const MAX_BYTES = 20 * 1024 * 1024;
const DEADLINE_MS = 20_000;
/** A host that just could not be reached is not tried again within this. */
const FAIL_FAST_SECONDS = 60;

/** The address under which a page is stored. @throws ToolError where it must not be fetched */
export function pageAddress(address: string): string {
  return idOf(checkUrl(address));
}

/** No page's own address may look like the id of an older text of another. */
function idOf(url: string | URL): string {
  return canonicalUrl(url).replaceAll("@sha256:", "%40sha256:");
}

/** The id under which a page, or a file in an archive on the web, is stored. @throws ToolError where it must not be fetched */
export function pageId({ url, member }: WebSource): string {
  return `URL:${pageAddress(url)}${member ? `!/${member}` : ""}`;
}

/** What came from an address in the end. */
export type PageAnswer = Pick<Awaited<ReturnType<HttpClient["fetchBytes"]>>, "url" | "headers" | "bytes" | "fetchedAt">;

/** @throws ToolError or HttpError with what to do next */
export type AskPage = (address: string, signal: AbortSignal) => Promise<PageAnswer>;

/** Through the guard: only what is public, at every step of the way. @throws HttpError or ToolError */
export async function askPage(http: HttpClient, address: string, signal: AbortSignal): Promise<PageAnswer> {
  const { url, headers, bytes, fetchedAt } = await http.fetchBytes(address, {
    ...(await publicWebOnly()),
    redirect: "check",
    headers: { accept: "text/html,application/xhtml+xml,application/pdf,text/*;q=0.8,*/*;q=0.5" },
    maxBytes: MAX_BYTES,
    deadlineMs: DEADLINE_MS,
    failFastSeconds: FAIL_FAST_SECONDS,
    retries: 1,
    signal,
  });
  return { url, headers, bytes, fetchedAt };
}

/**
 * @param member path of a file in the archive that the address leads to
 * @throws ToolError or HttpError with what to do next
 */
export async function fetchPage(
  ask: AskPage,
  address: string,
  signal: AbortSignal,
  progress: (done: number, total: number, message: string) => void,
  member?: string,
): Promise<ReadableDocument> {
  if (isOffline()) throw offline(address);
  progress(0, 2, `asking ${new URL(address).host}`);
  const answer = await ask(address, signal);
  const url = idOf(answer.url);
  const { hostname, pathname } = new URL(url);
  const name = decodeURIComponentSafely(pathname.split("/").findLast(Boolean) ?? "");
  const contentType = answer.headers["content-type"];
  progress(1, 2, `reading ${answer.bytes.length} bytes`);
  const parsed = await parseDocument({
    bytes: answer.bytes,
    ...(contentType ? { contentType } : {}),
    name,
    ...(member ? { member } : {}),
    signal,
  });
  const inside = member ? `!/${member}` : "";
  const origin: Partial<Document> = {
    fetchedAt: answer.fetchedAt,
    publicationTypes: ["Web Page"],
    publisher: parsed.publisher ?? hostname,
    // The address that was asked for leads to this document, too.
    identifiers: { ...parsed.identifiers, url: address + inside },
  };
  const title = member?.split("/").at(-1) ?? name;
  return asDocument(`URL:${url}${inside}`, title ? `${hostname}: ${title}` : hostname, parsed, origin);
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function offline(address: string): ToolError {
  return new ToolError({
    reason: "unavailable",
    message: `${new URL(address).host} was not asked: MEDRESEARCHER_OFFLINE is set`,
    recovery: "use documents that are stored here, or unset MEDRESEARCHER_OFFLINE",
    retryable: false,
  });
}
