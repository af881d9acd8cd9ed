/** What every answer about a document carries: the document, its standing, passages by ids that last. */
import type { Document, DocumentHit, Passage } from "../../schemas/index.ts";
import type { Loaded } from "./library.ts";
import { citable } from "./versions.ts";

/** JSON bytes of passages in one answer: with outline and metadata it stays inside the result's budget. */
const PAGE_BYTES = 16 * 1024;
const AUTHORS_SHOWN = 3;

export function envelope({ document, outcome }: Loaded, passages: readonly Passage[], notes: string[]) {
  const { sections: _, incomplete: __, mesh: ___, authors, ...head } = document;
  const shown = authors && authors.length > AUTHORS_SHOWN ? [...authors.slice(0, AUTHORS_SHOWN), "et al."] : authors;
  const hit: DocumentHit = { ...head, ...(shown ? { authors: shown } : {}) };
  const all = [...standing(document), ...notes];
  return {
    documents: [hit],
    passages: citable(passages, document).map(withShortScore),
    outcomes: [outcome],
    ...(all.length > 0 ? { notes: all } : {}),
  };
}

/** As many as fit, at least one. */
export function takePage(passages: readonly Passage[], most: number): Passage[] {
  const page: Passage[] = [];
  let bytes = 0;
  for (const passage of passages) {
    bytes += Buffer.byteLength(JSON.stringify(passage));
    if (page.length >= most || (bytes > PAGE_BYTES && page.length > 0)) break;
    page.push(passage);
  }
  return page;
}

function withShortScore(passage: Passage): Passage {
  return passage.score === undefined ? passage : { ...passage, score: Math.round(passage.score * 100) / 100 };
}

/** What the reader of any passage of this document must know. */
function standing({ id, integrity, stale, fetchedAt }: Document): string[] {
  return [
    ...(integrity === "retracted" ? ["RETRACTED: this document was retracted; it must not be used as evidence"] : []),
    ...(integrity === "concern" ? ["an expression of concern was published about this document"] : []),
    ...(integrity === "corrected" ? ["a correction to this document was published"] : []),
    ...(stale ? [`this is an older copy (${fetchedAt}); the source could not be asked`] : []),
    ...(id.includes("@sha256:")
      ? [`this is the text as it was cited; what stands there now: ${id.slice(0, id.indexOf("@sha256:"))}`]
      : []),
  ];
}
