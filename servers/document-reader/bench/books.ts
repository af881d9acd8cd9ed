/** Books of any length as PDF, each of other words. */
import { typeset, type Piece } from "../testing/typeset.ts";
import { Prose } from "./pages/prose.ts";

/** Two columns, running headers, broken words, bookmarks, a table and a footnote a chapter. @returns the file and its pages */
export function book(pages: number, seed: number): { bytes: Uint8Array; pages: number } {
  const prose = new Prose(seed);
  const pieces: Piece[] = [];
  // A page holds some 4,560 letters.
  for (let chapter = 1, letters = 0; letters < pages * 4_560; chapter++) {
    pieces.push({ kind: "heading", level: 1, text: `${chapter} ${prose.heading()}` });
    for (let section = 1; section <= 3; section++) {
      pieces.push({ kind: "heading", level: 2, text: `${chapter}.${section} ${prose.heading()}` });
      for (let i = 0; i < 6; i++) {
        const text = prose.paragraph(4, 9);
        letters += text.length;
        pieces.push({ kind: "paragraph", text });
      }
    }
    pieces.push({
      kind: "table",
      rows: [
        ["Drug", "Dose", "Weeks"],
        ...[1, 2, 3].map(() => [prose.drug(), `${prose.int(5, 500)} mg`, `${prose.int(4, 52)}`]),
      ],
    });
    pieces.push({ kind: "note", text: `1 ${prose.sentence().slice(0, 90)}` });
  }
  return typeset(pieces, {
    title: `A handbook, volume ${seed}`,
    columns: 2,
    running: "Handbook of medicine",
    hyphens: true,
    bookmarks: true,
  });
}
