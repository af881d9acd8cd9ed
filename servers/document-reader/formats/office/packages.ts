/** ZIP files: Office and OpenDocument files and e-books by what they hold, any other as a listing. */
import type { Parsed } from "../index.ts";
import type { Piece } from "../read-bytes.ts";
import { findMember } from "../archive/archive.ts";
import { listing } from "../archive/listing.ts";
import { openZip, type ZipArchive } from "../archive/zip.ts";
import { unreadable, unsupported } from "../failures.ts";
import { OfficePackage } from "./package.ts";

const MAIN_PART = /^(?:word\/document\d*|xl\/workbook\d*|ppt\/presentation\d*)\.(?:xml|bin)$/i;

export async function parsePackage(piece: Piece): Promise<Parsed> {
  const zip = await openZip(piece.bytes);
  const parts = new OfficePackage(zip);
  const kind = await kindOf(zip, parts);
  if (kind && zip.isEncrypted) {
    throw unreadable(
      "the document is protected by a password",
      "save it without the password, or look for an open copy",
    );
  }
  const { part } = piece;
  if (part !== undefined && kind !== "xl" && kind !== "opendocument") findMember(zip, part);
  switch (kind) {
    case "word":
      return (await import("./docx.ts")).parseDocx(parts);
    case "xl":
      return (await import("./xlsx.ts")).parseXlsx(parts, part);
    case "ppt":
      return (await import("./pptx.ts")).parsePptx(parts);
    case "epub":
      return (await import("./epub.ts")).parseEpub(parts);
    case "opendocument":
      return (await import("./opendocument.ts")).parseOpenDocument(parts, part);
    default:
      return listing(zip, piece.name);
  }
}

async function kindOf(zip: ZipArchive, parts: OfficePackage): Promise<string | undefined> {
  const mimetype = (await parts.textOf("mimetype").catch(() => undefined))?.trim() ?? "";
  if (mimetype.startsWith("application/vnd.oasis.opendocument")) return "opendocument";
  if (mimetype === "application/epub+zip" || parts.has("META-INF/container.xml")) return "epub";
  if (!parts.has("[Content_Types].xml")) return undefined;
  const main =
    (await parts.mainPart().catch(() => undefined)) ?? zip.members.find(({ path }) => MAIN_PART.test(path))?.path ?? "";
  if (/\.bin$/i.test(main)) throw unsupported("a binary Excel workbook (XLSB)", "save it as XLSX or CSV");
  return /^\/?(word|xl|ppt)\//i.exec(main)?.[1]?.toLowerCase();
}
