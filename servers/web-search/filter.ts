/** What was asked for is held against what came back: sites, dates, and the block list, with the count of what was left out. */
import { checkUrl } from "../kit/addresses.ts";
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

/** Results on blocked pages are never shown, nor such as nothing here would fetch: an answer must lead nobody inside. */
export function withoutBlocked<Hit extends Pick<MergedHit, "url">>(
  hits: readonly Hit[],
): { hits: Hit[]; notes: string[] } {
  const open = hits.filter(({ url }) => !blockedBy(new URL(url)));
  const kept = open.filter(({ url }) => mayBeFetched(url));
  return {
    hits: kept,
    notes: [
      ...leftOut(hits.length - open.length, "on blocked pages"),
      ...leftOut(open.length - kept.length, "at addresses that are not fetched (private networks, unusual ports)"),
    ],
  };
}

function mayBeFetched(url: string): boolean {
  try {
    checkUrl(url);
    return true;
  } catch {
    return false;
  }
}

function leftOut(n: number, which: string): string[] {
  return n > 0 ? [`${results(n)} ${which} ${n === 1 ? "was" : "were"} left out`] : [];
}

function left(n: number, provider: string, what: string): string[] {
  return n > 0 ? [`${results(n)} of ${provider} ${what} ${n === 1 ? "was" : "were"} left out`] : [];
}

function results(n: number): string {
  return `${n} result${n === 1 ? "" : "s"}`;
}
