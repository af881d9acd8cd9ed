/** Small valid PDF files, written by hand for tests. */

export interface PdfOptions {
  title?: string;
  encrypted?: boolean;
  /** Of the first page, as the format writes them: `<< /Subtype /FreeText … >>`. */
  annotations?: string[];
  /** Degrees by which each page is turned. */
  rotate?: number;
}

/** One page for each text; a line break starts a new line, `# ` one in large letters. An empty text gives a page without any, like a scan. */
export function makePdf(pages: string[], options: PdfOptions = {}): Uint8Array {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  add("<< /Type /Catalog /Pages 2 0 R >>");
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (const [i, text] of pages.entries()) {
    const notes = i === 0 && options.annotations ? `/Annots [${options.annotations.join(" ")}]` : "";
    add(
      `<< /Type /Page /Parent 2 0 R /Rotate ${options.rotate ?? 0} ${notes} /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * i} 0 R >>`,
    );
    const stream = text ? `BT /F1 12 Tf 14 TL 72 770 Td ${text.split("\n").map(showLine).join(" T* ")} ET` : "";
    add(`<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`);
  }
  add(`<< ${options.title ? `/Title (${options.title})` : ""} >>`);
  const info = objects.length;
  // A password that nobody knows: the hashes are of nothing.
  if (options.encrypted) {
    const hash = `<${"5a".repeat(32)}>`;
    add(`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O ${hash} /U ${hash} >>`);
  }
  let file = "%PDF-1.4\n";
  const offsets = objects.map((body, i) => {
    const at = file.length;
    file += `${i + 1} 0 obj\n${body}\nendobj\n`;
    return at;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) file += `${String(offset).padStart(10, "0")} 00000 n \n`;
  const id = `<${"01".repeat(16)}>`;
  const lock = options.encrypted ? ` /Encrypt ${objects.length} 0 R` : "";
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Info ${info} 0 R /ID [${id} ${id}]${lock} >>\nstartxref\n${start}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

function showLine(line: string): string {
  if (line.startsWith("# ")) return `/F1 20 Tf ${showLine(line.slice(2))} /F1 12 Tf`;
  return `(${line.replace(/[\\()]/g, "\\$&")}) Tj`;
}
