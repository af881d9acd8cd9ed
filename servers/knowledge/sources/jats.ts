/** Full-text articles in JATS: files of PMC, Europe PMC and publishers, one or many in each. */
import type { Document, KnowledgeRecord } from "../../../schemas/index.ts";
import { filesOf } from "./files.ts";
import { articleOf, type JatsArticle } from "./jats/article.ts";
import { readArticles } from "./jats/records.ts";
import { RowProblems, type Source, type SourceContext } from "./source.ts";
import { parseXmlRecord } from "./xml-record.ts";

export type { JatsArticle } from "./jats/article.ts";

export const jats: Source = {
  kind: "jats",
  describe: "full-text articles in JATS XML (PMC, Europe PMC): a file, or a folder of .xml or .nxml; .gz too",
  read: readJats,
};

/**
 * The first article of a text.
 * @param fetchedAt ISO 8601, where it comes from a live source
 * @param id of the document where the article names no identifier of its own
 * @throws Error on text that holds no article, or a broken one
 */
export function parseJats(xml: string, fetchedAt?: string, id?: string): Document {
  return parseJatsArticle(xml, fetchedAt, id).document;
}

/** As `parseJats`, and whether there is a text at all beside title and abstract. */
export function parseJatsArticle(xml: string, fetchedAt?: string, id?: string): JatsArticle {
  const article = articleOf(firstArticle(xml), id);
  return fetchedAt ? { ...article, document: { ...article.document, fetchedAt } } : article;
}

function firstArticle(xml: string) {
  const start = /<article(?=[\s>])/.exec(xml)?.index ?? -1;
  const prolog = start < 0 ? xml : xml.slice(0, start);
  if (/<!ENTITY/i.test(prolog)) throw new Error("it declares entities of its own, which are never read");
  if (start < 0)
    throw new Error(`is no JATS: it holds no <article> (it begins with ${JSON.stringify(xml.slice(0, 60))})`);
  const end = xml.indexOf("</article>", start);
  if (end < 0) throw new Error("the article is not closed; fetch it again");
  return parseXmlRecord(xml.slice(start, end + "</article>".length));
}

/** @throws Error where the file that is named, or every file of a folder, holds no article */
async function* readJats(path: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const files = await filesOf(path, /\.n?xml(\.gz)?$/i, "JATS articles as .xml, .nxml or .xml.gz");
  const failures: Error[] = [];
  for (const file of files) {
    try {
      yield* readFile(file, context);
    } catch (error) {
      failures.push(error as Error);
      if (failures.length === files.length) throw failures[0];
      context.problem({ file, reason: (error as Error).message });
    }
  }
}

async function* readFile(file: string, context: SourceContext): AsyncGenerator<KnowledgeRecord[]> {
  const problems = new RowProblems(file, context);
  for await (const part of readArticles(file)) {
    const tell = (reason: string) => problems.broken(`byte ${part.offset}: ${reason}`);
    if ("reason" in part) {
      problems[part.torn ? "torn" : "broken"](`byte ${part.offset}: ${part.reason}`);
      continue;
    }
    try {
      const { document, hasBody, revised, notices } = articleOf(parseXmlRecord(part.text));
      if (!hasBody) tell(`${document.id} has no full text (no body); stored without it`);
      yield [
        { type: "document", document, ...(revised ? { revised } : {}) },
        ...notices.map((notice): KnowledgeRecord => ({ type: "notice", ...notice })),
      ];
    } catch (error) {
      tell(`${pmcidIn(part.text)}${(error as Error).message}`);
    }
  }
}

/** For a person who looks for it. */
function pmcidIn(text: string): string {
  const id = /pub-id-type="pmc(?:id)?"[^>]*>\s*((?:PMC)?\d+)/.exec(text)?.[1];
  return id ? `PMC:PMC${id.replace("PMC", "")}: ` : "";
}
