/** Tables, JSON, structures and plain text that never end, nest or lie about their letters. */
import { utf8, bytesOf, type Attack } from "./attack.ts";

// oxlint-disable-next-line no-control-regex -- they are what must be gone
const CONTROL = /[\u001b\u0007\u0008]/;

const text = (what: string, name: string, body: string | (() => string), rest: Partial<Attack>): Attack => ({
  what,
  name,
  bytes: () => utf8(typeof body === "string" ? body : body()),
  ...rest,
});

export const texts: Attack[] = [
  text("a quote that is never closed, and 20 MB", "a.csv", () => `a,b\nkept,"${"x,y\n".repeat(5_000_000)}`, {
    reads: /kept/,
    missing: /no well-formed table|rows are given/,
  }),
  text("a quote after every letter", "a.csv", () => `kept\n${'"a"b"c,'.repeat(200_000)}`, { reads: /kept/ }),
  text("a hundred thousand columns", "a.csv", () => `kept${",x".repeat(100_000)}\n1,2`, { reads: /kept/ }),
  text("a million rows", "a.csv", () => `kept,n\n${Array.from({ length: 1_000_000 }, (_, i) => `${i},1`).join("\n")}`, {
    reads: /kept/,
    missing: /of about 1000001/,
  }),
  text("formulas, which stay text", "a.csv", 'kept,=HYPERLINK("http://127.0.0.1")\n+cmd|1,@SUM(1)', {
    reads: /=HYPERLINK/,
  }),
  text("nothing but commas", "a.csv", () => ",".repeat(1_000_000), { refused: /holds no text/ }),
  text("arrays without bottom", "a.json", () => "[".repeat(1_000_000) + "]".repeat(1_000_000), {
    reads: /\[\[\[/,
    missing: /deep|valid/,
  }),
  text("objects without bottom", "a.json", () => `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`, {
    reads: /"a"/,
    missing: /deep|valid/,
  }),
  text(
    "a name that changes all objects",
    "a.json",
    '{"__proto__": {"polluted": "kept"}, "constructor": {"prototype": {"x": 1}}}',
    { reads: /kept/ },
  ),
  text("an array of a million numbers", "a.json", () => `[${"1,".repeat(1_000_000)}1]`, {
    reads: /1/,
    missing: /only its beginning/,
  }),
  text("a text of 10 MB in JSON", "a.json", () => JSON.stringify({ kept: "x".repeat(10_000_000) }), {
    reads: /kept/,
    missing: /only the first/,
  }),
  text(
    "an article that names itself its author",
    "a.json",
    '{"@context":"https://schema.org","@type":"Article","headline":"kept","description":"d","author":{"name":{"name":{"name":["x"]}}}}',
    { reads: /kept/ },
  ),
  text(
    "a graph that nests its author without bottom",
    "a.json",
    () =>
      `{"@context":"https://schema.org","@type":"Article","headline":"kept","description":"d","author":${'{"name":'.repeat(5000)}"x"${"}".repeat(5000)}}`,
    { reads: /kept/ },
  ),
  text("a line of 10 MB", "a.txt", () => `kept${"x".repeat(10_000_000)}`, { reads: /kept/, missing: /only the first/ }),
  text("a million empty lines", "a.txt", () => `kept${"\n".repeat(1_000_000)}end`, { reads: /kept/ }),
  text("a hundred thousand headings", "a.md", () => "# kept\n".repeat(100_000), { reads: /kept/ }),
  text("letters that are commands to a terminal", "a.txt", "kept \u001b]0;owned\u0007\u001b[2J\u0008", {
    reads: /kept/,
    never: CONTROL,
  }),
  text("halves of letters", "a.txt", "kept", { reads: /kept/ }),
  {
    what: "bytes that are no letters in any set",
    name: "a.txt",
    bytes: () => bytesOf("kept ", [0xc3, 0x28, 0xff, 0xfe, 0x80]),
    reads: /kept/,
  },
  {
    what: "UTF-16 of half letters",
    name: "a.txt",
    bytes: () =>
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("kept ", "utf16le"), Buffer.from([0x00, 0xd8, 0x41])]),
    reads: /kept/,
  },
  {
    what: "UTF-8 longer than it should be",
    name: "a.txt",
    bytes: () => bytesOf("kept ", [0xc0, 0xae, 0xc0, 0xae, 0xc0, 0xaf]),
    reads: /kept/,
    never: /\.\.\//,
  },
  { what: "nothing", name: "a.txt", bytes: () => new Uint8Array(), refused: /empty/ },
  { what: "nothing but zeros", name: "a.txt", bytes: () => new Uint8Array(1_000_000), refused: /binary/ },
  {
    what: "a program",
    name: "report.pdf",
    bytes: () => bytesOf("\x7fELF", new Uint8Array(1000)),
    contentType: "application/pdf",
    refused: /program/,
  },
  {
    what: "a page that is a program, too",
    name: "a.html",
    bytes: () => bytesOf("MZ\0\0", "<!doctype html><p>kept"),
    contentType: "text/html",
    refused: /program/,
  },
  {
    what: "a database",
    name: "a.txt",
    bytes: () => bytesOf("SQLite format 3\0", new Uint8Array(100)),
    refused: /SQLite/,
  },
  text(
    "a structure that claims a billion atoms",
    "a.cif",
    () => `data_X\n_entry.id X\nloop_\n_atom_site.id\n_atom_site.x\n${"1 2\n".repeat(500_000)}`,
    { reads: /500000/ },
  ),
  text(
    "a text in a structure that is never closed",
    "a.cif",
    () => `data_X\n_entry.id X\n_struct.title\n;kept ${"x\n".repeat(1_000_000)}`,
    { reads: /kept/ },
  ),
  text("loops without rows", "a.cif", () => `data_X\n_entry.id kept\n${"loop_\n_a.b\n".repeat(100_000)}`, {
    reads: /kept/,
  }),
  text(
    "quotes made to backtrack in a structure",
    "a.cif",
    () => `data_X\n_entry.id kept\n_struct.title ${"'a".repeat(500_000)}`,
    { reads: /'a'a/ },
  ),
  text(
    "chains without end",
    "a.pdb",
    () =>
      `HEADER    KEPT                                    01-JAN-20   1ABC\n${"SEQRES   1 A  999  ALA ALA ALA\n".repeat(100_000)}`,
    { reads: /KEPT/ },
  ),
  text(
    "a hundred thousand atoms of no chain",
    "a.pdb",
    () => `HEADER    KEPT                                    01-JAN-20   1ABC\n${"ATOM\n".repeat(100_000)}`,
    { reads: /100000/ },
  ),
];
