/** The compiled command line, and servers over HTTP in processes of their own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServerName } from "../../servers/commands/registry.ts";

export const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));
/** Programs of others that only these suites need. */
export const CACHE = fileURLToPath(new URL("../../node_modules/.cache/clients", import.meta.url));

export interface RunningServer {
  name: ServerName;
  url: string;
  /** Resolves when it is gone, and writes nothing any more. */
  stop(): Promise<unknown>;
}

/** Starts a server on a free port; resolves with its address. */
export function startHttp(name: ServerName, env: Record<string, string>): Promise<RunningServer> {
  const child = spawn(process.execPath, [CLI, "mcp", name, "--http", "0", "--knowledge", "starter"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = once(child, "exit");
  const stop = () => {
    child.kill();
    return gone;
  };
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const url = /serves (http\S+)/.exec(said)?.[1];
      if (url) resolve({ name, url, stop });
    });
    child.once("exit", () => reject(new Error(`${name} did not start: ${said}`)));
  });
}
