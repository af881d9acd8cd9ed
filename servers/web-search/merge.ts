/** Several rankings as one: reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009), the same page counted once. */
import { canonicalUrl } from "../kit/addresses.ts";
import type { WebHit } from "./providers/index.ts";
import { plainSnippet } from "./snippets.ts";

/** The constant of the paper: how little the very first ranks matter more than the next. */
const K = 60;

export interface MergedHit extends WebHit {
  providers: string[];
  score: number;
}

/** Best first; ties by the order of providers. Addresses that are not http or https are left out. */
export function mergeRankings(rankings: { provider: string; hits: WebHit[] }[]): MergedHit[] {
  const merged = new Map<string, MergedHit>();
  for (const { provider, hits } of rankings) {
    const seen = new Set<string>();
    for (const hit of hits) {
      const url = webAddress(hit.url);
      if (!url) continue;
      const key = sameness(url);
      if (seen.has(key)) continue;
      seen.add(key);
      const score = 1 / (K + seen.size);
      const clean = { ...hit, url, title: plainSnippet(hit.title) || url, snippet: plainSnippet(hit.snippet) };
      const known = merged.get(key);
      if (!known) merged.set(key, { ...clean, providers: [provider], score });
      else {
        known.score += score;
        known.providers.push(provider);
        known.published ??= clean.published;
        if (clean.snippet.length > known.snippet.length) known.snippet = clean.snippet;
      }
    }
  }
  return [...merged.values()].toSorted((a, b) => b.score - a.score);
}

function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol } = new URL(address);
  return protocol === "http:" || protocol === "https:" ? canonicalUrl(address) : undefined;
}

/** Addresses that lead to the same page as a rule: scheme, `www.`, the mobile site, and a final slash do not count. */
function sameness(address: string): string {
  const url = new URL(address);
  url.searchParams.sort();
  const host = url.host.replace(/^(?:www|m)\./, "").replace(/\.m\.(wikipedia\.org)$/, ".$1");
  return `${host}${url.pathname.replace(/\/+$/, "")}${url.search}`;
}
