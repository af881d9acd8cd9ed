/** What a file that is made to do harm looks like to the tests: its bytes, and what must become of it. */

export interface Attack {
  /** What it tries, as part of a sentence. */
  what: string;
  /** Its file name: `a.docx`. */
  name: string;
  bytes: () => Uint8Array;
  contentType?: string;
  /** Path inside it that is asked for. */
  member?: string;
  /** Refused, and why; or read in bounds: these words are in the text. */
  refused?: RegExp;
  reads?: RegExp;
  /** Where it is read: what must not be in the text. */
  never?: RegExp;
  /** Where it is read: what is said to be missing. */
  missing?: RegExp;
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");
export const bytesOf = (...parts: (string | Uint8Array | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part))));

/** Ten entities, each ten times the one before. */
export const LAUGHS = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i || ""};`.repeat(10)}">`).join("")}]>`;
/** What must never be in any text: the file that external entities ask for. */
export const SECRET = /root:|daemon:|localhost/;
/** A document type that asks for a file of this machine. */
export const doctypeWith = (entity: string): string => `<!DOCTYPE r [<!ENTITY ${entity}>]>`;
