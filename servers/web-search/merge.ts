/** Several rankings as one: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009), the same page or paper counted once. */
import { canonicalUrl } from "../kit/addresses.ts";
import { identifiersIn, type Identifiers } from "./identity/paper.ts";
import { detours, sameness } from "./identity/sameness.ts";
import { unwrapped } from "./identity/unwrap.ts";
import { kindOfSite } from "./kinds/kind.ts";
import type { WebHit } from "./providers/index.ts";
import { plainSnippet } from "./snippets.ts";

/** The constant of the paper: how little the very first ranks matter more than the next. */
const K = 60;
/** Of one provider: none gives as many. */
const MOST_HITS = 200;
/** A title so long is that of one paper; "Heart failure" is that of many. */
const TELLING_TITLE = 40;

export interface MergedHit extends WebHit {
  providers: string[];
  score: number;
  identifiers: Identifiers;
}

interface CleanHit extends WebHit {
  identifiers: Identifiers;
  /** Any of them in common makes two hits one. */
  keys: string[];
}

/** Best first; ties by the order of providers. Addresses that are not http or https are left out. */
export function mergeRankings(rankings: { provider: string; hits: readonly WebHit[] }[]): MergedHit[] {
  const byKey = new Map<string, MergedHit>();
  const merged: MergedHit[] = [];
  for (const { provider, hits } of rankings) {
    const seen = new Set<MergedHit>();
    for (const hit of hits.slice(0, MOST_HITS).flatMap(cleaned)) {
      let known = hit.keys.map((key) => byKey.get(key)).find((other) => other && !contradict(other, hit));
      if (!known) merged.push((known = { ...hitOf(hit), providers: [], score: 0 }));
      else absorb(known, hit);
      for (const key of hit.keys) if (!byKey.has(key)) byKey.set(key, known);
      if (seen.has(known)) continue;
      seen.add(known);
      known.score += 1 / (K + seen.size);
      known.providers.push(provider);
    }
  }
  return merged.toSorted((a, b) => b.score - a.score);
}

function cleaned(hit: WebHit): CleanHit[] {
  const inner = unwrapped(hit.url);
  if (!inner) return [];
  const url = new URL(canonicalUrl(inner));
  const identifiers = identifiersIn(url);
  const title = plainSnippet(hit.title) || url.href;
  const keys = [sameness(url), ...Object.entries(identifiers).map(([kind, id]) => `${kind}:${id}`)];
  const paper = paperTitle(title, url, identifiers);
  if (paper) keys.push(`title:${paper}`);
  return [{ ...hit, url: url.href, title, snippet: plainSnippet(hit.snippet), identifiers, keys }];
}

function hitOf({ title, url, snippet, published, identifiers }: CleanHit): Omit<MergedHit, "providers" | "score"> {
  return { title, url, snippet, identifiers, ...(published ? { published } : {}) };
}

/** Each part from the hit that has it best. */
function absorb(known: MergedHit, hit: CleanHit): void {
  if (detours(new URL(hit.url)) < detours(new URL(known.url))) known.url = hit.url;
  if (hit.snippet.length > known.snippet.length) known.snippet = hit.snippet;
  // The finer date of the same day, month or year; of two others the first.
  if (hit.published && (!known.published || hit.published.startsWith(known.published))) known.published = hit.published;
  known.identifiers = { ...hit.identifiers, ...known.identifiers };
}

/** Two papers may have one title: their identifiers tell them apart. */
function contradict(a: { identifiers: Identifiers }, b: { identifiers: Identifiers }): boolean {
  return Object.entries(a.identifiers).some(([kind, id]) => {
    const other = b.identifiers[kind as keyof Identifiers];
    return other !== undefined && other !== id;
  });
}

/** A paper's title as all who list it write it; undefined for pages that are no papers, and titles that many have. */
function paperTitle(title: string, url: URL, identifiers: Identifiers): string | undefined {
  const isPaper = identifiers.doi ?? identifiers.pmid ?? identifiers.pmcid;
  if (!isPaper && kindOfSite(url.href).type !== "journal") return undefined;
  const plain = title
    .replace(/\s+(?:[-–—|]|::)\s+[^-–—|]{2,60}$/, "")
    .toLowerCase()
    .replace(/[^\p{L}\d]+/gu, " ")
    .trim();
  return plain.length >= TELLING_TITLE && !/…|\.\.\.$/.test(title) ? plain : undefined;
}
