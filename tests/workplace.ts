/** A data folder of its own for a test file, and no network: what the servers find is the starter alone. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Workplace {
  home: string;
  env: Record<string, string>;
  remove(): void;
}

/** Sets the environment of this process, too, for servers that run in it. */
export function workplace(): Workplace {
  const home = mkdtempSync(join(tmpdir(), "medresearcher-test-"));
  Object.assign(process.env, { MEDRESEARCHER_HOME: home, MEDRESEARCHER_OFFLINE: "1" });
  const env = Object.fromEntries(Object.entries(process.env).filter((pair): pair is [string, string] => !!pair[1]));
  // A process that is just ending may still write there.
  return { home, env, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }) };
}
