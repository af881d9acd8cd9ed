/** A run of the tests has a temporary folder of its own, which goes with it: killed processes leave theirs behind. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "medresearcher-tests-"));
  process.env.TMPDIR = folder;
  // What a process still writes meanwhile is no failure of the run.
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
