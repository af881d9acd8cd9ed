/** A document inside an archive, or inside an archive in an archive, by its path; or a part of a long table. */
import { invalidArguments } from "../../../kit/failure.ts";
import { unreadable } from "../failures.ts";
import type { Piece } from "../read-bytes.ts";
import { sniffFormat } from "../sniff.ts";
import { findMember, type Archive } from "./archive.ts";

/** Archives within archives. */
const MAX_NESTED = 3;
/** By what they hold: Excel's workbooks, and spreadsheets of OpenDocument (whose texts have parts of that name, too). */
const WORKBOOK = /^(?:xl\/.*\.xml|content\.xml)$/i;

/** @param path `folder/file.pdf`, or `inner.zip!/file.pdf` @throws ToolError */
export async function openMember(outer: Piece, path: string): Promise<Piece> {
  const steps = path.split("!/");
  if (steps.length > MAX_NESTED) {
    throw unreadable(
      `archives are opened ${MAX_NESTED} deep, not ${steps.length}`,
      "unpack the outer archives, and give the inner one as a file",
    );
  }
  let piece = outer;
  for (const [i, step] of steps.entries()) {
    if (i === steps.length - 1 && (await isPartOf(piece, step))) return { ...piece, part: step };
    const archive = await openArchive(piece);
    const member = findMember(archive, step);
    piece = { bytes: await archive.read(member), name: member.path.split("/").at(-1)! };
  }
  if (piece.bytes.length === 0) throw unreadable(`${path} in the archive is empty`, "choose another member");
  return piece;
}

/** Whether a step into a file names rows or a sheet of it, and no member of an archive. */
async function isPartOf(piece: Piece, step: string): Promise<boolean> {
  const { name, bytes } = await unpacked(piece);
  const format = sniffFormat(bytes, piece.contentType, name);
  if (format === "csv") return true;
  if (format !== "zip") return false;
  const { members } = await (await import("./zip.ts")).openZip(bytes);
  const isWorkbook = members.some(({ path }) => WORKBOOK.test(path));
  return isWorkbook && !members.some(({ path }) => path === step);
}

async function unpacked(piece: Piece): Promise<{ name: string; bytes: Uint8Array }> {
  if (sniffFormat(piece.bytes, piece.contentType, piece.name) !== "gzip") return piece;
  return (await import("./gzip.ts")).unpackGzip(piece);
}

/** @throws ToolError where the bytes are no archive */
export async function openArchive(piece: Piece): Promise<Archive> {
  const { name, bytes } = await unpacked(piece);
  const format = sniffFormat(bytes, bytes === piece.bytes ? piece.contentType : undefined, name);
  if (format === "zip") return (await import("./zip.ts")).openZip(bytes);
  if (format === "tar") return (await import("./tar.ts")).openTar(bytes);
  throw invalidArguments(`${piece.name} is no archive with members`, "give it without `!/` and what follows");
}
