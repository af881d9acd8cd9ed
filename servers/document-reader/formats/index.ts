/** Bytes of any supported format to a title and sections. */
import type { Document, Section } from "../../../schemas/index.ts";
import { parseAside } from "./aside.ts";
import { boundedText } from "./bounded.ts";

/** What a parser finds; everything but the sections may be missing. */
export interface Parsed extends Partial<
  Pick<
    Document,
    | "title"
    | "published"
    | "authors"
    | "publisher"
    | "journal"
    | "identifiers"
    | "publicationTypes"
    | "licence"
    | "language"
    | "integrity"
    | "mesh"
  >
> {
  sections: Section[];
  /** Where the text is not the whole document: why. */
  incomplete?: string;
}

export interface Material {
  bytes: Uint8Array;
  /** The `Content-Type` header, where there was one. */
  contentType?: string;
  /** Last part of the address or path. */
  name: string;
  /** Path inside the archive that the bytes are; archives within archives are parted by `!/`. */
  member?: string;
  signal: AbortSignal;
}

/** Bounded and well-formed, whatever the format. @throws ToolError `unsupported`, `unreadable` or `not_found` (a member) */
export async function parseDocument({ signal, ...task }: Material): Promise<Parsed> {
  const answer = await parseAside(task, signal);
  if ("parsed" in answer) return answer.parsed;
  const { readMedia } = await import("./media/read.ts");
  return boundedText(await readMedia(answer.media, signal));
}
