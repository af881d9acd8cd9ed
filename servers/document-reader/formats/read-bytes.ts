/** Inside the parsing process: which parser reads which bytes, and archives opened down to the member that was asked for. */
import { charsetOf, decodeText } from "./charset.ts";
import type { Parsed } from "./index.ts";
import { boundedText } from "./bounded.ts";
import { unreadable } from "./failures.ts";
import { mediaType, type Media } from "./media/kinds.ts";
import { sniffFormat, type Format } from "./sniff.ts";
import type { ParsingTask } from "./aside.ts";

/** Honest files are packed once. */
const MAX_PACKED = 2;

/** Bytes of one document, wherever they came from. */
export interface Piece {
  bytes: Uint8Array;
  contentType?: string | undefined;
  name: string;
  /** Of a long table: which part of it, as `rows 20001-40000`. */
  part?: string;
}

export type Found = { parsed: Parsed } | { media: Media };
type Parser = (piece: Piece) => Promise<Parsed> | Parsed;

const textOf = ({ bytes, contentType }: Piece) => decodeText(bytes, charsetOf(contentType));

/** Each parser is loaded when a document needs it. */
const PARSERS: Readonly<Record<Exclude<Format, "media" | "gzip">, Parser>> = {
  html: async (piece) => (await import("./html.ts")).parseHtml(textOf(piece)),
  pdf: async ({ bytes }) => (await import("./pdf.ts")).parsePdf(bytes),
  markdown: async (piece) => (await import("./plain.ts")).parseMarkdown(textOf(piece)),
  text: async (piece) => (await import("./plain.ts")).parsePlain(textOf(piece)),
  code: async (piece) => (await import("./code.ts")).parseCode(textOf(piece), piece.name),
  json: async (piece) => (await import("./data/json.ts")).parseJson(textOf(piece)),
  "json-lines": async (piece) => (await import("./data/json.ts")).parseJsonLines(textOf(piece)),
  csv: async (piece) => (await import("./data/csv.ts")).parseCsv(textOf(piece), piece.part),
  xml: async (piece) => (await import("./xml/index.ts")).parseXmlDocument(textOf(piece)),
  pdb: async (piece) => (await import("./data/pdb.ts")).parsePdb(textOf(piece)),
  mmcif: async (piece) => (await import("./data/mmcif.ts")).parseMmcif(textOf(piece)),
  rtf: async ({ bytes }) => (await import("./office/rtf.ts")).parseRtf(bytes),
  ole: async ({ bytes }) => (await import("./office/ole.ts")).refuseOle(bytes),
  zip: async (piece) => (await import("./office/packages.ts")).parsePackage(piece),
  tar: async (piece) => (await import("./archive/listing.ts")).listTar(piece),
};

/**
 * @throws ToolError with what to do next; whatever else a parser throws
 */
export async function readBytes({ member, ...given }: ParsingTask): Promise<Found> {
  if (given.bytes.length === 0) {
    throw unreadable("the file is empty", "check that it was written or downloaded completely");
  }
  const piece = member ? await (await import("./archive/member.ts")).openMember(given, member) : given;
  // Some parsers take no Buffer, which is a kind of Uint8Array.
  return readPiece({ ...piece, bytes: plainBytes(piece.bytes) });
}

/** A part of a table is no other document, but not the whole of this one either. */
function titled(parsed: Parsed, { name, part }: Piece): Parsed {
  return part === undefined ? parsed : { ...parsed, title: `${parsed.title || name}, ${part}` };
}

function plainBytes({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** @param packed how many times over it was packed so far */
async function readPiece(piece: Piece, packed = 0): Promise<Found> {
  const format = sniffFormat(piece.bytes, piece.contentType, piece.name);
  if (format === "media") {
    return { media: { bytes: piece.bytes, type: mediaType(piece.bytes)!, name: piece.name } };
  }
  if (format !== "gzip") return { parsed: boundedText(titled(await PARSERS[format](piece), piece)) };
  if (packed >= MAX_PACKED) {
    throw unreadable(`it is packed more than ${MAX_PACKED} times over`, "unpack it, and give what is inside");
  }
  const { unpackGzip } = await import("./archive/gzip.ts");
  const { incomplete, ...inner } = await unpackGzip(piece);
  const unpacked = { ...inner, bytes: plainBytes(inner.bytes), ...(piece.part ? { part: piece.part } : {}) };
  const found = await readPiece(unpacked, packed + 1);
  if (!incomplete || "media" in found) return found;
  return { parsed: { ...found.parsed, incomplete: [found.parsed.incomplete, incomplete].filter(Boolean).join("; ") } };
}
