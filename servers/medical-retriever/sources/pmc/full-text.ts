/** Full texts by PMC id: from E-utilities, and where publishers do not allow it there, from the bucket of open articles. */
import type { Document } from "../../../../schemas/index.ts";
import { asFailure } from "../../../kit/index.ts";
import type { SourceCall } from "../source.ts";
import { openArticle, type OpenArticle } from "./bucket.ts";
import { fetchArticles, readJats } from "./efetch.ts";

/** An article of PMC: with its text, or what there is without it and why. */
export type PmcArticle = { document: Document } | { front: Document; missing: string };

export interface PmcArticles {
  /** By PMC id. */
  articles: Map<string, PmcArticle>;
  /** Why others, which PMC has, could not be read. */
  broken: string[];
}

/** @param pmcids `PMC3040717` @returns those that PMC has @throws ToolError where PMC could not be asked */
export async function pmcArticles(pmcids: readonly string[], call: () => SourceCall): Promise<PmcArticles> {
  if (pmcids.length === 0) return { articles: new Map(), broken: [] };
  const fetched = await fetchArticles(pmcids, call());
  const articles = await Promise.all(
    Array.from(fetched.articles, async ([pmcid, { document, hasBody }]): Promise<[string, PmcArticle]> => {
      return [pmcid, hasBody ? { document } : await fromBucket(pmcid, document, call)];
    }),
  );
  return { articles: new Map(articles), broken: fetched.broken };
}

async function fromBucket(pmcid: string, front: Document, call: () => SourceCall): Promise<PmcArticle> {
  try {
    const open = await openArticle(pmcid, call);
    const text = open && readJats(open.xml, front.id);
    if (text?.hasBody) return { document: withFacts(text.document, open!) };
  } catch (error) {
    call().signal.throwIfAborted();
    return { front, missing: `PMC gives ${pmcid} without its text, and ${asFailure(error).message}` };
  }
  return { front, missing: `${pmcid} has no text that programs may read: its publisher does not allow it` };
}

function withFacts(document: Document, { licence, retracted, fetchedAt, stale }: OpenArticle): Document {
  return {
    ...document,
    fetchedAt,
    ...(licence ? { licence } : {}),
    ...(retracted ? { integrity: "retracted" as const } : {}),
    ...(stale ? { stale } : {}),
  };
}
