/** PMC as a live source: open full texts for a question and by id. */
import { ToolError } from "../../kit/index.ts";
import { running } from "./json-answers.ts";
import { pmcArticles } from "./pmc/full-text.ts";
import { pmcTerms } from "./pmc/query.ts";
import { noSuchKind } from "./publication-types.ts";
import { hasFieldTags } from "./question-parts.ts";
import { searchIds, type IdSearch } from "./pubmed/searching.ts";
import type { LiveSource, SourceCall, SourceQuestion } from "./source.ts";

/** Full texts have 100 to 500 KB each. */
const MOST_TEXTS = 4;

export const pmc: LiveSource = {
  name: "pmc",
  prefixes: ["PMC"],

  inapplicable: ({ query, kinds }) =>
    hasFieldTags(query) ? "the question is written in PubMed's field tags" : noSuchKind(kinds),

  async search(question, call) {
    const left = running(call);
    const found = await findArticles(question, left);
    const ids = found.ids.map((id) => `PMC${id}`);
    const { articles, broken } = await pmcArticles(ids, left);
    const texts = ids.flatMap((id) => articles.get(id) ?? []);
    const documents = texts.flatMap((article) => ("document" in article ? [article.document] : []));
    const old = found.stale || documents.some(({ stale }) => stale);
    const missing = texts.flatMap((article) => ("missing" in article ? [article.missing] : []));
    const degraded = [...(old ? ["older copies, since PMC could not be asked"] : []), ...missing, ...broken].join("; ");
    return { documents, count: found.count, ...(degraded ? { degraded } : {}), notes: [] };
  },

  async fetch(id, call) {
    const pmcid = /^PMC:(PMC\d{1,9})$/.exec(id)?.[1];
    const article = pmcid ? (await pmcArticles([pmcid], running(call))).articles.get(pmcid) : undefined;
    if (!article || "document" in article) return article?.document;
    const pmid = article.front.identifiers?.["pmid"];
    throw new ToolError({
      reason: "no_full_text",
      message: article.missing,
      recovery: pmid ? `read its abstract as PMID:${pmid}` : "search for its abstract by its title",
      retryable: false,
    });
  },
};

/** By the strictest form of the question that finds some, among the articles whose text may be read. */
async function findArticles(question: SourceQuestion, left: () => SourceCall): Promise<IdSearch> {
  const { from, to, limit } = question;
  let found: IdSearch = { ids: [], count: 0, warnings: [], stale: false };
  for (const term of pmcTerms(question)) {
    found = await searchIds(left().http, "pmc", term, Math.min(limit, MOST_TEXTS), { from, to }, left());
    if (found.ids.length > 0) break;
  }
  return found;
}
