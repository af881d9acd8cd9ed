/** What a reader's `source` names: a web page, a file of this machine, or a document of record by its id. */
import { invalidArguments } from "../kit/failure.ts";

export interface WebSource {
  kind: "web";
  url: string;
  /** Path of a file in the archive that is there. */
  member?: string;
}

export interface FileSource {
  kind: "file";
  path: string;
  member?: string;
}

export type Source = WebSource | FileSource | { kind: "record"; id: string };

/** Addresses may be long; paths and ids are shorter. */
const MAX_LENGTH = 10_000;
/** Files whose name is followed by `!/` and a path inside them, or rows of a table; Office files and e-books are archives, too. */
const ARCHIVE =
  /^(.*?\.(?:zip|jar|tar|tgz|tar\.gz|gz|csv|tsv|tab|docx|docm|xlsx|xlsm|pptx|pptm|odt|ods|odp|epub))!\/(.+)$/is;
/** Addresses need no such ending; `#!/` is how some sites name their pages. */
const ARCHIVE_ON_WEB = /^(.*?[^#/])!\/(.+)$/s;

/**
 * An id may be written with a small prefix (`pmid:123`); `www.` without a scheme is https; `URL:` and `FILE:` ids name what
 * they were made from. `…/files.zip!/folder/report.pdf` is a file inside an archive.
 * @throws ToolError `invalid_arguments`
 */
export function readSource(source: string): Source {
  if (source.length > MAX_LENGTH) {
    throw invalidArguments(`source has ${source.length} characters`, "give the id, address or path of one document");
  }
  const text = source.trim().replace(/^["'<]|["'>]$/g, "");
  if (!text || text.includes("\0")) {
    throw invalidArguments("source is empty", "give a document id (PMID:…, NOTE:…), a web address or a file path");
  }
  const [, prefix = "", rest = ""] = /^(url|file):(?!\/\/)(.*)$/is.exec(text) ?? [];
  if (prefix.toLowerCase() === "url") return page(rest);
  if (prefix.toLowerCase() === "file") return file(rest);
  if (/^www\./i.test(text)) return page(`https://${text}`);
  if (/^file:\/\//i.test(text)) return file(pathOf(text));
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) return page(text);
  if (/^(?:[/~\\]|\.{1,2}[/\\]|[a-z]:[\\/])/i.test(text)) return file(text);
  return { kind: "record", id: text.replace(/^([a-z]+)\s*:\s*/i, (_, p: string) => `${p.toUpperCase()}:`) };
}

function page(text: string): Source {
  const [, url = text, member] = ARCHIVE_ON_WEB.exec(text) ?? [];
  return { kind: "web", url, ...(member ? { member } : {}) };
}

function file(text: string): Source {
  const [, path = text, member] = ARCHIVE.exec(text) ?? [];
  return { kind: "file", path, ...(member ? { member } : {}) };
}

/** @param url `file:///data/a%20b.pdf`; other machines' files are not reached this way */
function pathOf(url: string): string {
  const [, host = "", rest = ""] = /^file:\/\/([^/]*)(.*)$/is.exec(url) ?? [];
  const path = decoded(rest);
  if (
    (host && host.toLowerCase() !== "localhost") ||
    path === undefined ||
    !path.startsWith("/") ||
    path.includes("\0")
  ) {
    throw invalidArguments(
      `${JSON.stringify(url)} names no file of this machine`,
      "give the file's path, as /folder/report.pdf",
    );
  }
  return path;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
