/** What a reader's `source` names: a web page, a file of this machine, or a document of record by its id. */
import { invalidArguments } from "../kit/failure.ts";

export type Source = { kind: "web"; url: string } | { kind: "file"; path: string } | { kind: "record"; id: string };

/** An id may be written with a small prefix (`pmid:123`); `www.` without a scheme is https; `URL:` and `FILE:` ids name what they were made from. */
export function readSource(source: string): Source {
  const text = source.trim().replace(/^["'<]|["'>]$/g, "");
  if (!text || text.includes("\0")) {
    throw invalidArguments("source is empty", "give a document id (PMID:…, NOTE:…), a web address or a file path");
  }
  const [, prefix = "", rest = ""] = /^(url|file):(?!\/\/\/)(.*)$/is.exec(text) ?? [];
  if (prefix.toLowerCase() === "url") return { kind: "web", url: rest };
  if (prefix.toLowerCase() === "file") return { kind: "file", path: rest };
  if (/^www\./i.test(text)) return { kind: "web", url: `https://${text}` };
  if (/^file:\/\/\//i.test(text)) return { kind: "file", path: decodeURIComponent(text.slice("file://".length)) };
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return { kind: "web", url: text };
  if (/^(?:[/~\\]|\.{1,2}[/\\]|[a-z]:[\\/])/i.test(text)) return { kind: "file", path: text };
  return { kind: "record", id: text.replace(/^([a-z]+)\s*:\s*/i, (_, p: string) => `${p.toUpperCase()}:`) };
}
