/** Which texts the answers of recorded sessions cite: those must stay readable, whatever else makes room. */
import { createReadStream } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { dataHome } from "../kit/home.ts";

const CITED = /@sha256:([0-9a-f]{16})/g;

/** The digits that older texts are named with, of every citation in the sessions under this home. */
export async function citedTexts(home = dataHome()): Promise<Set<string>> {
  const folder = join(home, "sessions");
  const digits = new Set<string>();
  for (const session of await readdir(folder).catch(() => [])) {
    await addCited(join(folder, session, "events.jsonl"), digits);
  }
  return digits;
}

/** A log that cannot be read names nothing. */
async function addCited(log: string, digits: Set<string>): Promise<void> {
  const lines = createInterface({ input: createReadStream(log), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      // What was merely read stands in other events.
      if (!line.includes('"answer.proposed"')) continue;
      for (const [, found] of line.matchAll(CITED)) digits.add(found!);
    }
  } catch {
    lines.close();
  }
}
