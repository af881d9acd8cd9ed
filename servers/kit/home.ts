/** Where all data lives. */
import { homedir } from "node:os";
import { join } from "node:path";

/** `MEDRESEARCHER_HOME`, else `~/.medresearcher`. */
export function dataHome(): string {
  return process.env["MEDRESEARCHER_HOME"] || join(homedir(), ".medresearcher");
}
