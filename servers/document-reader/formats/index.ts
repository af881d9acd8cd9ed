/** Bytes of any supported format to a title and sections. Each parser is loaded when a document needs it. */
import type { Document, Section } from "../../../schemas/index.ts";
import { charsetOf, decodeText } from "./charset.ts";
import { sniffFormat } from "./sniff.ts";

/** What a parser finds; everything but the sections may be missing. */
export interface Parsed extends Partial<
  Pick<Document, "title" | "published" | "authors" | "publisher" | "journal" | "identifiers">
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
  signal: AbortSignal;
}

/** @throws ToolError `unsupported` or `unreadable` */
export async function parseDocument({ bytes, contentType, name, signal }: Material): Promise<Parsed> {
  const format = sniffFormat(bytes, contentType, name);
  const charset = charsetOf(contentType);
  if (format === "html" || format === "pdf") {
    const { parseAside } = await import("./thread.ts");
    return parseAside({ format, bytes, charset }, signal);
  }
  const { parseJson, parseMarkdown, parsePlain } = await import("./plain.ts");
  return { json: parseJson, markdown: parseMarkdown, text: parsePlain }[format](decodeText(bytes, charset));
}
