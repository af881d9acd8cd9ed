/** An archive as a document: what it holds, with sizes, and why some of it is not read. */
import type { Parsed } from "../index.ts";
import type { Piece } from "../read-bytes.ts";
import { printable, type Archive } from "./archive.ts";
import { openTar } from "./tar.ts";

const LINES_A_SECTION = 200;

export function listTar({ bytes, name }: Piece): Parsed {
  return listing(openTar(bytes), name);
}

export function listing(archive: Archive, name: string): Parsed {
  const files = archive.members.filter(({ isFolder }) => !isFolder);
  const lines = files.map(
    ({ path, size, problem }) => `${printable(path)} | ${size} bytes${problem ? ` | not read: ${problem}` : ""}`,
  );
  const about = `${archive.kind} with ${files.length} file${files.length === 1 ? "" : "s"}. To read one, put !/ and its path after the archive's own address or path.`;
  const sections = [{ label: "", text: about }];
  for (let at = 0; at < lines.length; at += LINES_A_SECTION) {
    const part = lines.slice(at, at + LINES_A_SECTION);
    const label = lines.length > LINES_A_SECTION ? `Files ${at + 1}–${at + part.length}` : "Files";
    sections.push({ label, text: part.join("\n") });
  }
  return {
    title: name,
    sections,
    publicationTypes: ["Archive"],
    ...(archive.incomplete ? { incomplete: archive.incomplete } : {}),
  };
}
