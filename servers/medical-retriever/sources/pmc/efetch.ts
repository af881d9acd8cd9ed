/** Articles of PMC through E-utilities: several in one request, each with or without its text. */
import { parseJatsArticle, type JatsArticle } from "../../../knowledge/sources/jats.ts";
import { refusePage } from "../answer-checks.ts";
import { unavailable } from "../json-answers.ts";
import { ASK_LATER, askEutils, ncbiFailure } from "../pubmed/eutils.ts";
import type { SourceCall } from "../source.ts";

const WEEK = 7 * 86_400;
const MAX_BYTES = 48 << 20;

export interface FetchedArticles {
  /** By PMC id. */
  articles: Map<string, JatsArticle>;
  /** Why others, which PMC sent, could not be read. */
  broken: string[];
}

/** @param pmcids `PMC3040717` @returns those that PMC has @throws ToolError where it could not be asked */
export async function fetchArticles(pmcids: readonly string[], call: SourceCall): Promise<FetchedArticles> {
  const id = pmcids.map((pmcid) => pmcid.replace("PMC", "")).join(",");
  const parameters = { db: "pmc", rettype: "xml", retmode: "xml", id };
  // What was judged here need not be parsed again.
  let judged: FetchedArticles | undefined;
  const verify = (answer: { text: string; status: number }) => void (judged = readArticles(pmcids, answer));
  const question = { utility: "efetch", parameters, ttlSeconds: WEEK, verify, maxBytes: MAX_BYTES } as const;
  const { text, status, fetchedAt, stale } = await askEutils(call.http, question, call);
  const { articles, broken } = judged ?? readArticles(pmcids, { text, status });
  for (const [pmcid, article] of articles) {
    const document = { ...article.document, fetchedAt, ...(stale ? { stale } : {}) };
    articles.set(pmcid, { ...article, document });
  }
  return { articles, broken };
}

/** @throws ToolError where status 200 hides a failure, or nothing that was sent can be read */
function readArticles(pmcids: readonly string[], { text, status }: { text: string; status: number }): FetchedArticles {
  refusePage("PMC", text, ASK_LATER);
  const found = text.match(/<article[\s>].*?<\/article>/gs) ?? [];
  if (found.length === 0) refuseFailure(text, status);
  const isWhole = /(?:<\/(?:pmc-articleset|article)|<pmc-articleset\s*\/)>\s*$/.test(text);
  if (/<(?:pmc-articleset|article)[\s>/]/.test(text) && !isWhole) throw unavailable("PMC's answer was cut off");
  const articles = new Map<string, JatsArticle>();
  const broken: string[] = [];
  for (const xml of found) {
    try {
      const article = readJats(xml, pmcids.length === 1 ? `PMC:${pmcids[0]}` : undefined);
      articles.set(article.document.id.replace(/^PMC:/, ""), article);
    } catch (error) {
      broken.push((error as Error).message);
    }
  }
  if (found.length > 0 && articles.size === 0) throw unavailable(broken[0]!);
  return { articles, broken };
}

/** An empty set says that PMC has none of them; a prolog alone says nothing. */
function refuseFailure(text: string, status: number): void {
  const error = /<ERROR>([^<]*)</i.exec(text)?.[1] ?? /"error"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  if (error && /not available|not found|no such|cannot get|obsolete|invalid u?id/i.test(error)) return;
  if (error) throw ncbiFailure("PMC", error);
  if (status >= 400) throw ncbiFailure("PMC", text.slice(0, 200));
  if (!/<pmc-articleset[\s>/]/.test(text)) throw unavailable("PMC answered without articles");
}

/** @throws ToolError retryable, where the text is broken */
export function readJats(xml: string, id?: string): JatsArticle {
  try {
    return parseJatsArticle(xml, undefined, id);
  } catch (error) {
    throw unavailable(`a text from PMC could not be read (${(error as Error).message})`);
  }
}
