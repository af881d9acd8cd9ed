/**
 * Addresses that nothing may be read from: a benchmark's own pages, where its answers lie in the open, and what the user
 * does not want. `MEDRESEARCHER_BLOCKED` names the beginnings of addresses without their scheme (`host/path`, by comma);
 * `blocked.txt` under `MEDRESEARCHER_HOME` one a line, `#` before a remark. A host counts with all hosts below it.
 */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { dataHome } from "../home.ts";
import { HttpError, redact } from "./errors.ts";

/** Services that hand out other people's pages under addresses of their own. */
const DASHED = ".translate.goog";

const IN_PATH = /(?<=\/)(?:https?:\/{1,2})?(?:www\.)?([\w-]+(?:\.[\w-]+)+(?::\d+)?)(?=([^\s?&#]*))/g;
const IN_QUERY = /https?:\/{1,2}(?:www\.)?([\w-]+(?:\.[\w-]+)+(?::\d+)?)(?=([^\s?&#]*))/g;

/** The entry that blocks this address, as it was written; undefined where none does. */
export function blockedBy(url: URL): string | undefined {
  const entries = [...ofRun(), ...ofUser()];
  if (entries.length === 0) return undefined;
  const { host, path } = plainAddress(url);
  // A page inside the address of another: `web.archive.org/web/2020/https://host/path`, `reader.example/host/path`.
  const inside = [...path.matchAll(IN_PATH), ...decoded(url.search).toLowerCase().matchAll(IN_QUERY)];
  const places = [{ host, path }, ...inside.map(([, h, p]) => ({ host: h!, path: p || "/" }))];
  return entries.find((entry) => places.some((place) => lies(place, entry)));
}

/** @throws HttpError `refused` */
export function refuseBlocked(url: URL): void {
  const entry = blockedBy(url);
  if (entry === undefined) return;
  const isOfRun = ofRun().includes(entry);
  throw new HttpError({
    reason: "refused",
    message: isOfRun
      ? `${redact(url)} is blocked in this run: answers to its questions are published there`
      : `${redact(url)} is on the user's block list (${entry} in blocked.txt)`,
    recovery: "use another source",
    retryable: false,
  });
}

function lies({ host, path }: { host: string; path: string }, entry: string): boolean {
  const [blockedHost, ...rest] = entry.split("/");
  const named = blockedHost!.includes(":") ? host : host.replace(/:\d+$/, "");
  if (named !== blockedHost && !named.endsWith(`.${blockedHost}`)) return false;
  return path.startsWith(`/${rest.join("/")}`);
}

/** As one spelling: `%63` and `c`, `//` and `/`, capitals, a final dot, a translated page. */
function plainAddress(url: URL): { host: string; path: string } {
  const bare = url.host
    .toLowerCase()
    .replace(/\.(?=:|$)/, "")
    .replace(/^www\./, "");
  const host = bare.endsWith(DASHED) ? undashed(bare.slice(0, -DASHED.length)) : bare;
  return {
    host,
    path: decoded(url.pathname)
      .replace(/\/{2,}/g, "/")
      .toLowerCase(),
  };
}

/** `en-m-wikipedia-org`, with `--` for a dash. */
function undashed(name: string): string {
  return name.replaceAll("--", "\0").replaceAll("-", ".").replaceAll("\0", "-");
}

/** What is no valid escape stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function ofRun(): string[] {
  return entriesIn((process.env["MEDRESEARCHER_BLOCKED"] ?? "").split(","));
}

let read: { file: string; changed: number; entries: string[] } | undefined;

/** Read anew when the file has changed. */
function ofUser(): string[] {
  const file = join(dataHome(), "blocked.txt");
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  if (changed === undefined) return [];
  if (read?.file !== file || read.changed !== changed) {
    const lines = readFileSync(file, "utf8").split(/\r?\n/);
    read = { file, changed, entries: entriesIn(lines.map((line) => line.replace(/(?:^|\s)#.*$/, ""))) };
  }
  return read.entries;
}

function entriesIn(texts: readonly string[]): string[] {
  const plain = texts.map((text) =>
    text
      .trim()
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/^(?:\*\.|www\.)/, ""),
  );
  return plain.filter(Boolean);
}
