/** `data pull`: progress to stderr, what was fetched and how to import it to stdout; Ctrl-C keeps what is there. */
import { join } from "node:path";
import { ToolError } from "../kit/failure.ts";
import { dataHome } from "../kit/home.ts";
import { httpClient } from "../kit/http/index.ts";
import { isOffline } from "../kit/offline.ts";
import { progressLine } from "../kit/progress-line.ts";
import type { PullKind } from "./pull/kind.ts";
import { listed, pull, type Pulled, type PullProgress } from "./pull/pull.ts";

export interface PullOptions {
  to?: string;
  only?: string;
  newest?: number;
  query?: string;
  list?: boolean;
  json?: boolean;
}

/** @returns the exit code: 0 done, 1 stopped by the user. @throws ToolError where a source cannot be asked */
export async function pullCommand(kind: PullKind, options: PullOptions): Promise<number> {
  const { to = join(dataHome(), "downloads", kind.kind), json = false, list, ...choice } = options;
  if (isOffline()) {
    throw new ToolError({
      reason: "unavailable",
      message: "nothing is pulled while MEDRESEARCHER_OFFLINE is set",
      recovery: "unset it, or import files that are here with `medresearcher data import`",
      retryable: false,
    });
  }
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const progress = progressLine(process.stderr);
  const http = httpClient({ cacheFile: false });
  const request = { kind, to, http, signal: stop.signal, ...choice };
  try {
    if (list) {
      const files = (await listed(request)).map(({ name, url, bytes }) => ({ name, url: url.href, bytes }));
      process.stdout.write(json ? `${JSON.stringify(files, null, 2)}\n` : files.map(({ url }) => `${url}\n`).join(""));
      return 0;
    }
    const result = await pull({ ...request, onProgress: (state) => progress.show(describe(kind.kind, state)) });
    progress.clear();
    process.stdout.write(
      json ? `${JSON.stringify({ kind: kind.kind, ...result }, null, 2)}\n` : text(kind.kind, result),
    );
    return 0;
  } catch (error) {
    progress.clear();
    if (!stop.signal.aborted) throw error;
    process.stderr.write("stopped; the same command goes on from here\n");
    return 1;
  } finally {
    http.close();
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function describe(kind: string, { name, bytes, total, waiting }: PullProgress): string {
  if (waiting) return "waiting for another pull into the same folder";
  const share = total ? ` of ${megabytes(total)}` : "";
  return `pulling ${kind}: ${name ?? ""} ${megabytes(bytes)}${share}`;
}

function text(kind: string, { folder, files, fetched, unchanged, bytes }: Pulled): string {
  if (files.length === 0) return `${kind}: no file fits; \`--list\` shows what there is\n`;
  return (
    `${kind}: ${fetched} fetched (${megabytes(bytes)}), ${unchanged} unchanged, in ${folder}\n` +
    `next: medresearcher data import ${kind} --from ${JSON.stringify(folder)}\n`
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
