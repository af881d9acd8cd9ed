/** What kind of document some bytes are: by their content first, by the declared type where the content leaves it open. */
import { ToolError } from "../../kit/failure.ts";

export type Format = "html" | "pdf" | "markdown" | "json" | "text";

const FOREIGN: readonly [name: string, ...signature: number[]][] = [
  ["ZIP or Office (DOCX, XLSX, PPTX)", 0x50, 0x4b, 0x03, 0x04],
  ["gzip", 0x1f, 0x8b],
  ["PNG image", 0x89, 0x50, 0x4e, 0x47],
  ["JPEG image", 0xff, 0xd8, 0xff],
  ["GIF image", 0x47, 0x49, 0x46, 0x38],
  ["older Office (DOC, XLS, PPT)", 0xd0, 0xcf, 0x11, 0xe0],
  ["RIFF (WebP, WAV)", 0x52, 0x49, 0x46, 0x46],
  ["MP3 audio", 0x49, 0x44, 0x33],
];

/**
 * @param contentType the `Content-Type` header, if there was one
 * @param name the last part of the address or path: its extension is the weakest hint
 * @throws ToolError `unsupported` for what holds no text that can be read here
 */
export function sniffFormat(bytes: Uint8Array, contentType: string | undefined, name: string): Format {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  if (head.includes("%PDF-")) return "pdf";
  const foreign = FOREIGN.find(([, ...signature]) => signature.every((byte, i) => bytes[i] === byte));
  if (foreign) throw unsupported(`${foreign[0]} file`);
  const type = (contentType ?? "").split(";")[0]!.trim().toLowerCase();
  const wide = /^(?:\xff\xfe|\xfe\xff)/.test(head) || /charset\s*=\s*"?utf-?16/i.test(contentType ?? "");
  if (head.includes("\0") && !wide) throw unsupported("binary file");
  const start = head
    .replaceAll("\0", "")
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]*>|<!--[^]*?-->|\s)*/i, "");
  if (/^<(?:!doctype\s+html|html|head|body)\b/i.test(start)) return "html";
  if (/^(?:application\/xhtml\+xml|text\/html)$/.test(type))
    return /^[{[]/.test(start) && isJson(bytes) ? "json" : "html";
  if (/[/+]json$/.test(type) || (/^[{[]/.test(start) && isJson(bytes))) return "json";
  if (type === "text/markdown" || /\.(?:md|markdown)$/i.test(name)) return "markdown";
  if (/\.x?html?$/i.test(name) && start.startsWith("<")) return "html";
  return "text";
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function unsupported(what: string): ToolError {
  return new ToolError({
    reason: "unsupported",
    message: `this is a ${what}; HTML, PDF, plain text, Markdown and JSON are read`,
    recovery: "look for the same document as a web page, PDF or text",
    retryable: false,
  });
}
