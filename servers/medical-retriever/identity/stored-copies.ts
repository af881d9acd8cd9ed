/**
 * Papers that are stored twice, as an abstract and as a full text: the copy that ranks higher is shown, with what the
 * other one knows, and neither stands better than the worse of them.
 */
import type { Document } from "../../../schemas/index.ts";
import { prefixOf } from "../../knowledge/document-ids.ts";
import type { StoredTexts } from "../stored-texts.ts";
import { mergedInto } from "./merge.ts";

/** Of a ranked list so many are looked at: further down nobody sees both. */
const LOOKED_AT = 60;
const PAPERS: ReadonlySet<string> = new Set(["PMID", "PMC", "DOI"]);

export interface StoredCopies {
  /** The copies that others stand for. */
  hidden: Set<string>;
  /** Of each that stands for others, what all of them know. */
  united: Map<string, Document>;
}

/** @param ranked ids, best first @param known what live sources added to stored documents */
export function storedCopies(
  store: StoredTexts,
  ranked: readonly string[],
  known: ReadonlyMap<string, Document>,
): StoredCopies {
  const looked = new Set(ranked.slice(0, LOOKED_AT));
  const copies: StoredCopies = { hidden: new Set(), united: new Map() };
  const others = store.othersWith([...looked].filter(isPaper));
  for (const [id, carrying] of others) {
    if (copies.hidden.has(id)) continue;
    const shown = carrying.filter((other) => isPaper(other) && looked.has(other) && !copies.united.has(other));
    if (shown.length === 0) continue;
    const texts = [id, ...shown].flatMap((one) => known.get(one) ?? store.get(one) ?? []);
    if (texts[0]?.id !== id) continue;
    shown.forEach((other) => copies.hidden.add(other));
    copies.united.set(id, mergedInto(texts[0], texts));
  }
  return copies;
}

/** Papers alone: a label may carry the DOI of what it cites. */
function isPaper(id: string): boolean {
  return PAPERS.has(prefixOf(id));
}
