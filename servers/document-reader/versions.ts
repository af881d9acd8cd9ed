/**
 * Pages and files change; what was cited must not. The newest text of `URL:…` and `FILE:…` is stored under that id,
 * older ones under `<id>@sha256:<16 digits>`, and passage ids name the text that they point into.
 */
import { createHash } from "node:crypto";
import { documentText, passageId, type Document, type Passage } from "../../schemas/index.ts";
import type { DocumentStore } from "../knowledge/documents.ts";

const DIGITS = 16;
const CITED = /^(?<id>[a-z]+:.*?)(?:@sha256:(?<version>[0-9a-f]{8,64}))?(?:#(?<start>\d+)-(?<end>\d+))?$/is;
/** An address is no id: what follows `#` in it is its own business. */
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i;

export interface CitedPlace {
  /** Id, address or path without version and offsets. */
  source: string;
  /** Hexadecimal digits that the text's hash begins with. */
  version?: string;
  start?: number;
  end?: number;
}

/** What a document's id, an id of an older text, or a passage's id names. */
export function readPlace(source: string): CitedPlace {
  const text = source.trim();
  const { id, version, start, end } = (!ADDRESS.test(text) && CITED.exec(text)?.groups) || {};
  if (!id) return { source: text };
  return {
    source: id,
    ...(version ? { version: version.toLowerCase() } : {}),
    ...(start && end ? { start: Number(start), end: Number(end) } : {}),
  };
}

export function withHash<D extends Document>(document: D): D {
  const hash = createHash("sha256").update(documentText(document)).digest("hex");
  return { ...document, contentHash: `sha256:${hash}` };
}

/** The id under which this text stays when a newer one takes its place. */
export function versionId({ id, contentHash }: Document): string {
  return contentHash && !id.includes("@sha256:") ? `${id}@${contentHash.slice(0, "sha256:".length + DIGITS)}` : id;
}

/** True where the document is the text that a citation meant. */
export function isVersion({ contentHash }: Document, version: string): boolean {
  return contentHash?.slice("sha256:".length).startsWith(version) === true;
}

/** Stores what was read. @returns the text that it replaces, which is kept under an id of its own */
export function storeNewest(store: DocumentStore, document: Document): Document[] {
  const before = store.has(document.id) ? store.get(document.id) : undefined;
  const hashed = before && (before.contentHash ? before : withHash(before));
  if (before?.contentHash === document.contentHash && before?.fetchedAt === document.fetchedAt) return [];
  // Its identifiers lead to the newest text.
  const { identifiers: _, ...older } = hashed ?? {};
  const kept =
    hashed && hashed.contentHash !== document.contentHash ? [{ ...(older as Document), id: versionId(hashed) }] : [];
  store.put([...kept, document]);
  return kept;
}

/** Passages by ids that go on naming their text when the document has changed. */
export function citable(passages: readonly Passage[], document: Document): Passage[] {
  if (!document.contentHash) return [...passages];
  const text = versionId(document);
  return passages.map((passage) => ({ ...passage, id: passageId(text, passage.start, passage.end) }));
}
