/** Reads bytes as the parsing process does, in this one: for tests of what a parser makes of a file. */
import type { Parsed } from "../formats/index.ts";
import { readBytes } from "../formats/read-bytes.ts";

export async function readFile(name: string, bytes: Uint8Array | string, member?: string): Promise<Parsed> {
  const found = await readBytes({
    name,
    bytes: typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes,
    member,
  });
  if ("media" in found) throw new Error(`${name} is ${found.media.type}`);
  return found.parsed;
}

/** Label and text of each section, as `label: text`. */
export function told({ sections }: Parsed): string[] {
  return sections.map(({ label, text }) => (label ? `${label}: ${text}` : text));
}
