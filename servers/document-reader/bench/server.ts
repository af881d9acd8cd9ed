/** The document-reader server as a process of its own, as a client has it, and what the system tells of it. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { ReadDocumentResult } from "../../../schemas/index.ts";

const PATIENCE_MS = 600_000;
const CLI = fileURLToPath(new URL("../../../cli.ts", import.meta.url));

export interface Served {
  client: Client;
  pid: number;
}

/** @param folder of its knowledge, and of the files that it may read */
export async function serve(folder: string): Promise<Served> {
  const env = {
    PATH: process.env["PATH"] ?? "",
    MEDRESEARCHER_HOME: folder,
    MEDRESEARCHER_READ_DIRS: folder,
    MEDRESEARCHER_OFFLINE: "1",
  };
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [CLI, "mcp", "document-reader"],
    env,
    stderr: "inherit",
  });
  const client = new Client({ name: "bench", version: "1" });
  await client.connect(transport);
  return { client, pid: transport.pid! };
}

export async function read(client: Client, source: string, goal?: string): Promise<ReadDocumentResult> {
  const args = { source, ...(goal ? { goal } : {}) };
  const { structuredContent, content } = await client.callTool(
    { name: "read_document", arguments: args },
    { timeout: PATIENCE_MS },
  );
  if (!structuredContent) throw new Error(`${source} was not read: ${JSON.stringify(content)}`);
  return ReadDocumentResult.parse(structuredContent);
}

/** A figure of the server and of the processes that parse for it, added, where the system tells (Linux); else NaN. */
export function sumOf(pid: number, figure: (pid: number) => number): number {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
    return children.reduce((sum, child) => sum + sumOf(child, figure), figure(pid));
  } catch {
    return Number.NaN;
  }
}

/** The most memory that a process ever held. */
export function peakMegabytes(pid: number): number {
  return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
}

/** Of its start, too. The kernel counts in hundredths. */
export function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** For how long a process's main thread could have run so far, but another had the processor (Linux); else 0. */
export function waitedMs(pid: number | "self"): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e6;
  } catch {
    return 0;
  }
}

export function at(ascending: readonly number[], quantile: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(quantile * ascending.length))]!;
}
