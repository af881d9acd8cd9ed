/** What PubMed knows around a paper or a trial: who cites it, whom it cites, what is similar, what corrects it, what a trial led to. */
import { invalidArguments } from "../../../kit/index.ts";
import { running } from "../json-answers.ts";
import { pubmedRecords } from "../pubmed.ts";
import type { SourceAnswer, SourceCall } from "../source.ts";
import { PubMed, type PubmedLink } from "./client.ts";

export type PubmedRelation = PubmedLink | "corrections" | "publications";

/**
 * @param id `PMID:…`; for `publications` a trial, `NCT:NCT…`
 * @param limit records at most; `count` says how many there are
 * @throws ToolError where PubMed could not be asked: no documents mean that it knows of none
 */
export async function pubmedRelated(
  relation: PubmedRelation,
  id: string,
  limit: number,
  call: SourceCall,
): Promise<SourceAnswer> {
  const left = running(call);
  if (relation === "publications") return publicationsOf(trialNumber(id), limit, left);
  const pmid = /^PMID:(\d{1,9})$/.exec(id)?.[1];
  if (!pmid) throw invalidArguments(`${id} is no PubMed record`, "give a PMID:…");
  if (relation === "corrections") return correctionsOf(pmid, limit, left);
  const { pmids, stale } = await new PubMed(call.http).links(pmid, relation, left());
  // The newest of those that cite it; elsewhere PubMed's own order.
  const ordered = relation === "citing" ? pmids.toSorted((a, b) => Number(b) - Number(a)) : pmids;
  return withCount(await pubmedRecords(ordered.slice(0, limit), left()), pmids.length, stale);
}

/** Papers that name the trial as the one they report; where none does, those that mention it. */
async function publicationsOf(trial: string, limit: number, left: () => SourceCall): Promise<SourceAnswer> {
  const client = new PubMed(left().http);
  let found = await client.search(`${trial}[si]`, limit, {}, left());
  const notes: string[] = [];
  if (found.pmids.length === 0) {
    found = await client.search(`${trial}[tiab]`, limit, {}, left());
    if (found.pmids.length > 0) notes.push(`no paper is registered as a report of ${trial}: these mention it`);
  }
  const answer = withCount(await pubmedRecords(found.pmids, left()), found.count, found.stale);
  return { ...answer, notes: [...notes, ...answer.notes] };
}

/** Retractions, errata, expressions of concern, updates: what the record itself names, in both directions. */
async function correctionsOf(pmid: string, limit: number, left: () => SourceCall): Promise<SourceAnswer> {
  const { documents, stale } = await new PubMed(left().http).fetch([pmid], left());
  const { trial: _, ...notices } = documents[0]?.related ?? {};
  const pmids = Object.values(notices).flatMap((ids) => ids.flatMap((id) => /^PMID:(\d+)$/.exec(id)?.[1] ?? []));
  const distinct = [...new Set(pmids)];
  return withCount(await pubmedRecords(distinct.slice(0, limit), left()), distinct.length, stale);
}

function withCount(answer: SourceAnswer, count: number, stale: boolean): SourceAnswer {
  const degraded = answer.degraded ?? (stale ? "an older list of records, since PubMed could not be asked" : undefined);
  return { ...answer, count, ...(degraded ? { degraded } : {}) };
}

function trialNumber(id: string): string {
  const number = /^(?:NCT:)?(NCT\d{8})$/i.exec(id)?.[1];
  if (!number) throw invalidArguments(`${id} is no trial`, "give the number of a trial: NCT:NCT01234567");
  return number.toUpperCase();
}
