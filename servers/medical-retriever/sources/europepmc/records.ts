/** What Europe PMC sends as documents, abstracts and full texts. */
import type { Document } from "../../../../schemas/index.ts";
import { parseJatsArticle } from "../../../knowledge/sources/jats.ts";
import { unavailable } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";
import { europePmcFullText, type EuropePmcSearch } from "./client.ts";
import { documentOf, hasFullText } from "./record.ts";

export function documentsOf({ records, fetchedAt, stale }: EuropePmcSearch): Document[] {
  return records.flatMap((record) => {
    const document = documentOf(record, fetchedAt);
    return document ? [stale ? { ...document, stale } : document] : [];
  });
}

/** The open full text of a record, with what the record knows beside; undefined where there is none. @throws ToolError */
export async function fullTextOf(record: unknown, abstract: Document, call: SourceCall): Promise<Document | undefined> {
  const pmcid = abstract.identifiers?.["pmcid"];
  if (!pmcid || !hasFullText(record)) return undefined;
  const answer = await europePmcFullText(pmcid, call);
  if (!answer) return undefined;
  const { document, hasBody } = parsed(answer.xml, answer.fetchedAt, `PMC:${pmcid}`);
  if (!hasBody) return undefined;
  const { integrity = document.integrity, impact, mesh, licence = document.licence } = abstract;
  return {
    ...document,
    identifiers: { ...document.identifiers, ...abstract.identifiers },
    related: { ...document.related, ...abstract.related },
    ...(integrity ? { integrity } : {}),
    ...(impact ? { impact } : {}),
    ...(mesh ? { mesh } : {}),
    ...(licence ? { licence } : {}),
    ...(answer.stale ? { stale: true } : {}),
  };
}

function parsed(xml: string, fetchedAt: string, id: string): ReturnType<typeof parseJatsArticle> {
  try {
    return parseJatsArticle(xml, fetchedAt, id);
  } catch (error) {
    throw unavailable(`the full text of ${id} from Europe PMC could not be read (${(error as Error).message})`);
  }
}
