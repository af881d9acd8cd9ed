/** A document inside an archive, or inside an archive in an archive, by its path. */
import { invalidArguments } from "../../../kit/failure.ts";
import { unreadable } from "../failures.ts";
import type { Piece } from "../read-bytes.ts";
import { sniffFormat } from "../sniff.ts";
import { findMember, type Archive } from "./archive.ts";

/** Archives within archives. */
const MAX_NESTED = 3;

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
  for (const step of steps) {
    const archive = await openArchive(piece);
    const member = findMember(archive, step);
    piece = { bytes: await archive.read(member), name: member.path.split("/").at(-1)! };
  }
  if (piece.bytes.length === 0) throw unreadable(`${path} in the archive is empty`, "choose another member");
  return piece;
}

/** @throws ToolError where the bytes are no archive */
export async function openArchive(piece: Piece): Promise<Archive> {
  let { bytes } = piece;
  let format = sniffFormat(bytes, piece.contentType, piece.name);
  if (format === "gzip") {
    const inner = await (await import("./gzip.ts")).unpackGzip(piece);
    bytes = inner.bytes;
    format = sniffFormat(bytes, undefined, inner.name);
  }
  if (format === "zip") return (await import("./zip.ts")).openZip(bytes);
  if (format === "tar") return (await import("./tar.ts")).openTar(bytes);
  throw invalidArguments(`${piece.name} is no archive with members`, "give it without `!/` and what follows");
}
