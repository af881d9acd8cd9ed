/** Title and author that an Office file says of itself, and what of it is left out. */
import type { Parsed } from "../index.ts";
import type { OfficePackage } from "./package.ts";

/** From `docProps/core.xml`; empty where there is none. */
export async function propertiesOf(parts: OfficePackage): Promise<Pick<Parsed, "title" | "authors">> {
  const said: Record<string, string> = {};
  let inside = "";
  if (!parts.has("docProps/core.xml")) return {};
  await parts
    .read("docProps/core.xml", {
      open: (name) => (inside = name),
      close: () => (inside = ""),
      text: (value) => {
        if (inside) said[inside] = (said[inside] ?? "") + value;
      },
    })
    .catch(() => {});
  const title = said["title"]?.replace(/\s+/g, " ").trim();
  const author = said["creator"]?.trim();
  // What the programs write where nobody has said anything.
  const isEmpty =
    !title || /^(?:powerpoint presentation|untitled|presentation|document\d*|word document)$/i.test(title);
  return {
    ...(isEmpty ? {} : { title }),
    ...(author ? { authors: author.split(/\s*;\s*/) } : {}),
  };
}

/** Macros, embedded files and links to elsewhere: said, never run, opened or fetched. */
export async function leftOut(parts: OfficePackage, main: string): Promise<string | undefined> {
  const embedded = parts.paths(/(?:^|\/)(?:embeddings|activeX)\/[^/]+$/i).length;
  const relations = await parts.relations(main).catch(() => []);
  const external = relations.filter(({ isExternal, type }) => isExternal && type !== "hyperlink").length;
  const notes = [
    parts.paths(/(?:^|\/)vbaProject\.bin$|macrosheets\//i).length > 0 ? "its macros are not read" : "",
    embedded > 0 ? `${embedded} embedded file${embedded === 1 ? " is" : "s are"} not read` : "",
    external > 0
      ? `${external} part${external === 1 ? "" : "s"} linked from elsewhere ${external === 1 ? "is" : "are"} not fetched`
      : "",
  ].filter(Boolean);
  return notes.length > 0 ? notes.join("; ") : undefined;
}
