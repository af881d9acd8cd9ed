/** OpenDocument files (ODT, ODS, ODP): headings, lists, tables, notes, sheets and slides from the one text that they keep. */
import type { Parsed } from "../index.ts";
import { noSuchTable, refuseEmpty } from "../table-part.ts";
import { OpenDocumentWriter } from "./opendocument-writer.ts";
import type { OfficePackage } from "./package.ts";

/** @param part of a spreadsheet: a sheet, or rows of one @throws ToolError where there are none */
export async function parseOpenDocument(parts: OfficePackage, part?: string): Promise<Parsed> {
  const writer = new OpenDocumentWriter(part);
  const { isWhole, problem } = await parts.stream("content.xml", writer.events(), () => writer.isFull);
  const { sections, tables } = writer.finish();
  if (part !== undefined) {
    if (!tables.part) throw noSuchTable(part, tables.sheets);
    refuseEmpty(part, tables.part.taken, tables.part.last);
  }
  const macros = parts.paths(/^(?:Basic|Scripts)\//).length > 0 ? ["its macros are not read"] : [];
  const incomplete = [
    ...tables.missing,
    ...(isWhole || tables.isDone
      ? []
      : [problem ? `what follows is damaged (${problem})` : "only its beginning was read"]),
    ...macros,
  ].join("; ");
  return { ...(await metadataOf(parts)), sections, ...(incomplete ? { incomplete } : {}) };
}

async function metadataOf(parts: OfficePackage): Promise<Pick<Parsed, "title" | "authors">> {
  const said: Record<string, string> = {};
  let inside = "";
  if (!parts.has("meta.xml")) return {};
  await parts
    .read("meta.xml", {
      open: (name) => (inside = name),
      close: () => (inside = ""),
      text: (value) => {
        if (inside) said[inside] = (said[inside] ?? "") + value;
      },
    })
    .catch(() => {});
  const author = (said["creator"] ?? said["initial-creator"])?.trim();
  return {
    ...(said["title"]?.trim() ? { title: said["title"].trim() } : {}),
    ...(author ? { authors: [author] } : {}),
  };
}
