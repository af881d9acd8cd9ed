/** Applications of Drugs@FDA: what was approved, when, and with which documents. Original ones before copies. */
import type { Document } from "../../../../schemas/index.ts";
import { text } from "../../../knowledge/sources/json/loose.ts";
import { applicationDocument } from "../../../knowledge/sources/labels/application.ts";
import { isWithin, type DateRange } from "../date-range.ts";
import type { Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda } from "./ask.ts";
import { dated, type Found } from "./found.ts";
import { phrase } from "./lucene.ts";
import { bearsAskedName, isAbout, naming } from "./names.ts";

/** Old drugs have hundreds of generics: the originals are among so many. */
const ASKED = 50;
const KEPT = 3;

const OWN = ["products.brand_name", "products.active_ingredients.name"];

export async function applicationsOf(drug: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  const answer = await askOpenfda("drugsfda", { search: naming(drug, OWN), limit: ASKED }, call());
  const documents = answer.results
    .filter((record) => isAbout(record, drug))
    .toSorted((a, b) => rank(a, drug) - rank(b, drug))
    .flatMap((record) => {
      const document = applicationDocument(record);
      return typeof document === "string" ? [] : [dated(document, answer)];
    })
    .filter(({ published }) => isWithin(published, range))
    .slice(0, KEPT);
  const left = answer.total - documents.length;
  const notes = documents.length > 0 && left > 0 ? [`openFDA has ${left} more applications with ${drug.names[0]}`] : [];
  return { documents, total: answer.total, stale: answer.stale, notes };
}

/** @param number `NDA021588` @throws ToolError */
export async function applicationOf(number: string, call: () => SourceCall): Promise<Document | undefined> {
  const answer = await askOpenfda("drugsfda", { search: `application_number:${phrase(number)}`, limit: 2 }, call());
  const record = answer.results.find((one) => text(one, "application_number").toUpperCase() === number);
  const document = record && applicationDocument(record);
  return document === undefined || typeof document === "string" ? undefined : dated(document, answer);
}

function rank(record: unknown, drug: Named): number {
  const copy = /^(?:NDA|BLA)/i.test(text(record, "application_number")) ? 0 : 1;
  return copy + (bearsAskedName(record, drug) ? 0 : 2);
}
