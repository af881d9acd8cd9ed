/** What kind of document some bytes are: by their content first, then by the declared type, last by the name. */
import { byteString, wideTextIn } from "./charset.ts";
import { unsupported } from "./failures.ts";
import { mediaType } from "./media/kinds.ts";
import { languageOf } from "./languages.ts";
import { foreignKind } from "./foreign.ts";

export type Format =
  | "html"
  | "pdf"
  | "markdown"
  | "json"
  | "json-lines"
  | "text"
  | "code"
  | "csv"
  | "xml"
  | "pdb"
  | "mmcif"
  | "rtf"
  | "zip"
  | "gzip"
  | "tar"
  | "ole"
  | "media";

const HEAD_BYTES = 4096;
/** HTML is often sent without a page around it. */
const HTML_START = /^<(?:!doctype\s+html|html|head|body)\b/i;
const HTML_TYPE = /^(?:application\/xhtml\+xml|text\/html)$/;
const JSON_LINES = /\.(?:jsonl|ndjson)$/i;

/**
 * @param contentType the `Content-Type` header, if there was one
 * @param name the last part of the address or path: its extension is the weakest hint
 * @throws ToolError `unsupported` for what holds no text that can be read here
 */
export function sniffFormat(bytes: Uint8Array, contentType: string | undefined, name: string): Format {
  const head = byteString(bytes, HEAD_BYTES);
  return byContent(bytes, head) ?? byText(bytes, head, contentType ?? "", name);
}

/** Kinds that begin with bytes of their own. */
function byContent(bytes: Uint8Array, head: string): Format | undefined {
  if (isPdf(bytes, head)) return "pdf";
  if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06")) return "zip";
  if (head.startsWith("\x1f\x8b")) return "gzip";
  if (head.startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return "ole";
  if (head.slice(257, 262) === "ustar") return "tar";
  if (head.startsWith("{\\rtf")) return "rtf";
  if (mediaType(bytes)) return "media";
  const foreign = foreignKind(head);
  if (foreign) throw unsupported(foreign.what, foreign.recovery);
  return undefined;
}

function byText(bytes: Uint8Array, head: string, contentType: string, name: string): Format {
  const type = contentType.split(";")[0]!.trim().toLowerCase();
  const isWide = wideTextIn(bytes) !== undefined || /charset\s*=\s*"?utf-?16/i.test(contentType);
  if (head.includes("\0") && !isWide) throw unsupported("a binary file of an unknown kind");
  const plain = head.replaceAll("\0", "").replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, "");
  const start = plain.replace(/^(?:<\?xml[^>]*>|<!--[^]*?-->|\s)*/i, "");
  if (HTML_START.test(start)) return "html";
  if (/^(?:<\?xml\b|<!doctype\b)/i.test(plain) && /^<[!?a-z_]/i.test(start)) return "xml";
  // Servers call many things pages; without a single tag it is none.
  if (HTML_TYPE.test(type) && /<[a-z!/?]/i.test(plain) && !(/^[{[]/.test(start) && isJson(bytes))) return "html";
  if (/^(?:HEADER {4}|REMARK {3}\d|CRYST1 |ATOM {2,}\d)/.test(plain) && isPdb(plain, type, name)) return "pdb";
  if (/^(?:#.*\s+)*data_\S+\s/.test(plain) && /(?:^|\s)_\w+\.\w+/.test(plain)) return "mmcif";
  if (
    type === "application/x-ndjson" ||
    type === "application/jsonl" ||
    (JSON_LINES.test(name) && start.startsWith("{"))
  )
    return "json-lines";
  const isCalledJson = /[/+]json$/.test(type) || (/\.(?:geo)?json(?:ld)?$/i.test(name) && /^[{[]/.test(start));
  if (isCalledJson || (/^[{[]/.test(start) && isJson(bytes))) return "json";
  if (/[/+]xml$/.test(type) && start.startsWith("<")) return "xml";
  return byName(start, type, name);
}

function byName(start: string, type: string, name: string): Format {
  if (/^text\/(?:csv|tab-separated-values)$/.test(type) || /\.(?:csv|tsv|tab)$/i.test(name)) return "csv";
  if (type === "text/markdown" || /\.(?:md|markdown)$/i.test(name)) return "markdown";
  if (/\.x?html?$/i.test(name) && start.startsWith("<")) return "html";
  if (/\.(?:xml|nxml|svg|rdf|owl|rss|atom)$/i.test(name) && start.startsWith("<")) return "xml";
  return languageOf(name) ? "code" : "text";
}

/** At its beginning, as the standard says, or after what a sloppy program put before it: then its end must fit, too. */
function isPdf(bytes: Uint8Array, head: string): boolean {
  const at = head.slice(0, 1024).indexOf("%PDF-");
  return at >= 0 && (!head.slice(0, at).trim() || byteString(bytes.subarray(-2048), 2048).includes("startxref"));
}

function isPdb(head: string, type: string, name: string): boolean {
  return (
    /\.(?:pdb|ent)$/i.test(name) ||
    type === "chemical/x-pdb" ||
    /^(?:HEADER {4}.{40}\d\d-[A-Z]{3}-\d\d|(?:ATOM|SEQRES|TITLE {4}|CRYST1) )/m.test(head)
  );
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}
