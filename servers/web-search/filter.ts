/** What was asked for is held against what came back: sites, dates, and the block list, with the count of what was left out. */
import { blockedBy } from "../kit/http/blocked.ts";
import { unwrapped } from "./identity/unwrap.ts";
import { isWithin } from "./question/freshness.ts";
import type { Question } from "./question/question.ts";
import { isWanted } from "./question/sites.ts";
import type { MergedHit } from "./merge.ts";
import type { ProviderAnswer, WebHit } from "./providers/provider.ts";

/** The hits of one provider that are of the sites and days that were asked for, and notes on the others. */
export function keepAsked(
  provider: string,
  { hits, keepsSpan = false }: ProviderAnswer,
  { sites, span }: Question,
): { hits: WebHit[]; notes: string[] } {
  const onSites = hits.filter(({ url }) => isWanted(unwrapped(url)?.href, sites));
  const judged = onSites.map((hit) => ({ hit, within: span ? isWithin(span, hit.published) : true }));
  const kept = judged.filter(({ within }) => within ?? keepsSpan);
  const undated = judged.filter(({ within }) => within === undefined).length;
  return {
    hits: kept.map(({ hit }) => hit),
    notes: [
      ...left(hits.length - onSites.length, provider, "of other sites"),
      ...left(judged.filter(({ within }) => within === false).length, provider, "of other dates"),
      ...(keepsSpan ? [] : left(undated, provider, "without a date")),
    ],
  };
}

/** Results on blocked pages are never shown. */
export function withoutBlocked<Hit extends Pick<MergedHit, "url">>(
  hits: readonly Hit[],
): { hits: Hit[]; notes: string[] } {
  const kept = hits.filter(({ url }) => !blockedBy(new URL(url)));
  const n = hits.length - kept.length;
  return { hits: kept, notes: n > 0 ? [`${results(n)} on blocked pages ${n === 1 ? "was" : "were"} left out`] : [] };
}

function left(n: number, provider: string, what: string): string[] {
  return n > 0 ? [`${results(n)} of ${provider} ${what} ${n === 1 ? "was" : "were"} left out`] : [];
}

function results(n: number): string {
  return `${n} result${n === 1 ? "" : "s"}`;
}
