/** Who cites a paper and whom it cites, as Europe PMC knows it; preprints among them. */
import { invalidArguments } from "../../../kit/index.ts";
import { text } from "../../../knowledge/sources/json/loose.ts";
import { running } from "../json-answers.ts";
import type { SourceAnswer, SourceCall } from "../source.ts";
import { europePmcLinks, searchEuropePmc } from "./client.ts";
import { documentsOf } from "./records.ts";

/**
 * @param id `PMID:…`
 * @param limit records at most; `count` says how many there are
 * @throws ToolError where Europe PMC could not be asked: no documents mean that it knows of none
 */
export async function europePmcRelated(
  relation: "citing" | "cited",
  id: string,
  limit: number,
  call: SourceCall,
): Promise<SourceAnswer> {
  const pmid = /^PMID:(\d{1,9})$/.exec(id)?.[1];
  if (!pmid) throw invalidArguments(`${id} is no PubMed record`, "give a PMID:…");
  const left = running(call);
  const kind = relation === "citing" ? "citations" : "references";
  const { linked, count, unmatched, stale } = await europePmcLinks(pmid, kind, limit, left());
  const notes = unmatched > 0 ? [`${unmatched} of the ${kind} of ${id} have no record in Europe PMC`] : [];
  if (linked.length === 0) return { documents: [], count, notes };
  const query = linked.map(({ id: other, source }) => `(EXT_ID:${other} AND SRC:${source})`).join(" OR ");
  const found = await searchEuropePmc(query, { limit: linked.length }, left);
  const old = stale || found.stale;
  const place = new Map(linked.map(({ id: other }, i) => [other, i]));
  const inOrder = found.records.toSorted((a, b) => (place.get(text(a, "id")) ?? 0) - (place.get(text(b, "id")) ?? 0));
  return {
    documents: documentsOf({ ...found, records: inOrder }),
    count,
    ...(old ? { degraded: "older copies, since Europe PMC could not be asked" } : {}),
    notes,
  };
}
