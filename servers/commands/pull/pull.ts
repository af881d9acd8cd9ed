/**
 * A pull: every file that the publisher offers and the caller chose, fetched, checked and noted in `pulled.json` beside
 * them, so that the next pull takes only what is new or changed, and a killed one goes on inside the file where it was.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { download, type Validators } from "../../kit/http/index.ts";
import { lockFolder } from "../../knowledge/lock.ts";
import type { PullContext, PullKind, RemoteFile } from "./kind.ts";

const LEDGER = "pulled.json";

interface Entry extends Validators {
  url: string;
  bytes: number;
  md5: string;
  /** ISO 8601. */
  pulledAt: string;
}

export interface PullRequest extends Omit<PullContext, "folder"> {
  kind: PullKind;
  /** The folder for all files of this kind. */
  to: string;
  /** Only names that contain this. */
  only?: string;
  /** Only so many, from the end of the list. */
  newest?: number;
  onProgress?: (state: PullProgress) => void;
}

export interface PullProgress {
  /** Undefined while another pull has the folder, or the list is read. */
  name?: string;
  bytes: number;
  total?: number;
  waiting?: boolean;
}

export interface Pulled {
  folder: string;
  /** Names in the order of import. */
  files: string[];
  fetched: number;
  unchanged: number;
  bytes: number;
}

/** @throws ToolError; the signal's reason. What was fetched until then stays and is not fetched again */
export async function pull(request: PullRequest): Promise<Pulled> {
  const { kind, signal, onProgress } = request;
  const folder = join(request.to, (await kind.subfolder?.(request)) ?? "");
  mkdirSync(folder, { recursive: true });
  using _lock = await lockFolder(folder, { signal, onWait: () => onProgress?.({ bytes: 0, waiting: true }) });
  signal.throwIfAborted();
  const ledger = readLedger(folder);
  const pulled: Pulled = { folder, files: [], fetched: 0, unchanged: 0, bytes: 0 };
  for await (const file of chosen(request, folder)) {
    const entry = await fetchOne(file, folder, ledger[file.name], request);
    if (entry) {
      ledger[file.name] = entry;
      writeLedger(folder, ledger);
      pulled.fetched++;
      pulled.bytes += entry.bytes;
    } else pulled.unchanged++;
    pulled.files.push(file.name);
  }
  return pulled;
}

/** What would be pulled, without fetching it; kinds that are asked page by page tell their first page only. */
export async function listed(request: PullRequest): Promise<RemoteFile[]> {
  const files: RemoteFile[] = [];
  for await (const file of chosen(request, request.to)) {
    files.push(file);
    if (request.kind.subfolder) break;
  }
  return files;
}

/** The end of a list is known only when all of it was read: a walk that reads on from its files has no newest ones. */
async function* chosen(request: PullRequest, folder: string): AsyncIterable<RemoteFile> {
  const { kind, only = "", newest } = request;
  const fitting = async function* () {
    for await (const file of kind.files({ ...request, folder })) if (file.url.href.includes(only)) yield file;
  };
  const all: RemoteFile[] = [];
  for await (const file of fitting()) {
    if (newest === undefined || kind.subfolder) yield file;
    else all.push(file);
  }
  if (newest !== undefined) yield* all.slice(-newest);
}

/** @returns undefined where the copy that is there is the newest */
async function fetchOne(
  { name, url, md5, fixed }: RemoteFile,
  folder: string,
  known: Entry | undefined,
  { signal, onProgress }: PullRequest,
): Promise<Entry | undefined> {
  const path = join(folder, name);
  const there = known !== undefined && statSync(path, { throwIfNoEntry: false })?.size === known.bytes;
  if (there && fixed) return undefined;
  const wanted = await md5?.();
  if (there && wanted === known.md5) return undefined;
  const { unchanged, ...found } = await download({
    url,
    path,
    signal,
    ...(wanted === undefined ? {} : { md5: wanted }),
    // A hash that is listed says more than the server's name for the version.
    ...(there && wanted === undefined ? { known } : {}),
    onProgress: (bytes, total) => onProgress?.({ name, bytes, ...(total === undefined ? {} : { total }) }),
  });
  return unchanged ? undefined : { url: url.href, ...found, pulledAt: new Date().toISOString() };
}

function readLedger(folder: string): Record<string, Entry> {
  try {
    return JSON.parse(readFileSync(join(folder, LEDGER), "utf8")) as Record<string, Entry>;
  } catch {
    return {};
  }
}

/** Whole or not at all. */
function writeLedger(folder: string, ledger: Record<string, Entry>): void {
  const path = join(folder, LEDGER);
  writeFileSync(`${path}.new`, JSON.stringify(ledger, null, 1));
  renameSync(`${path}.new`, path);
}
