/** Kinds of files that are told apart only to say what they are and what would help. */

interface Foreign {
  what: string;
  recovery?: string;
}

const UNPACK = "unpack it, or pack it as ZIP or tar.gz, and give that";
const BEGINNINGS: readonly [start: string, what: string, recovery?: string][] = [
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK],
  ["Rar!\x1a\x07", "a RAR archive", UNPACK],
  ["BZh", "a bzip2 file", UNPACK],
  ["\xfd7zXZ\0", "an xz file", UNPACK],
  ["\x28\xb5\x2f\xfd", "a zstd file", UNPACK],
  ["\x04\x22\x4d\x18", "an lz4 file", UNPACK],
  ["\x7fELF", "a program (ELF)"],
  ["MZ", "a program (Windows)"],
  ["\xca\xfe\xba\xbe", "a program (Java or macOS)"],
  ["\xcf\xfa\xed\xfe", "a program (macOS)"],
  ["\0asm", "a program (WebAssembly)"],
  ["SQLite format 3\0", "an SQLite database", "export the tables that matter as CSV"],
  ["PAR1", "a Parquet file", "export the rows that matter as CSV"],
  ["\x89HDF\r\n\x1a\n", "an HDF5 file", "export what matters as CSV"],
  ["AT&TFORM", "a DjVu file", "convert it to PDF"],
  ["wOFF", "a font"],
  ["wOF2", "a font"],
  ["ITSF", "a Windows help file (CHM)", "convert it to HTML or PDF"],
  ["%!PS", "a PostScript file", "convert it to PDF"],
];

/** @param head the file's first bytes as Latin-1 */
export function foreignKind(head: string): Foreign | undefined {
  if (head.slice(128, 132) === "DICM") {
    return { what: "a DICOM image", recovery: "export the report as text or the picture as PNG" };
  }
  const found = BEGINNINGS.find(([start]) => head.startsWith(start));
  // Two letters begin texts, too.
  if (!found || (found[0] === "MZ" && !head.includes("\0"))) return undefined;
  const [, what, recovery] = found;
  return { what, ...(recovery ? { recovery } : {}) };
}
