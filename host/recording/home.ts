/** Where sessions lie: the same rule as everywhere in the project, restated here since the host imports no server. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** `MEDRESEARCHER_HOME`, else `~/.medresearcher`. */
export function hostHome(env: NodeJS.ProcessEnv = process.env): string {
  const given = env["MEDRESEARCHER_HOME"];
  return given ? resolve(given) : join(homedir(), ".medresearcher");
}
