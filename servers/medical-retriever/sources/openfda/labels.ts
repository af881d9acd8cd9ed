/** Labels: the few that say what is asked, rather than what ten repackagers copied. */
import type { Document } from "../../../../schemas/index.ts";
import { ToolError } from "../../../kit/index.ts";
import { text, texts } from "../../../knowledge/sources/json/loose.ts";
import { labelDocument } from "../../../knowledge/sources/labels/label.ts";
import type { DateRange } from "../date-range.ts";
import type { Named } from "../named-things.ts";
import type { SourceCall } from "../source.ts";
import { askOpenfda, type OpenfdaAnswer } from "./ask.ts";
import { allOf, anyOf, during, hasAny, phrase } from "./lucene.ts";
import { askedNames, bearsAskedName, isAbout, naming } from "./names.ts";
import { dated, type Found } from "./found.ts";

/** Labels are long (130 KB): so many are asked for, so many of one drug are kept. */
const ASKED = 8;
const KEPT = 3;
const FEWER = 2;
/** Established class, mechanism, chemistry. */
const CLASS_FIELDS = ["openfda.pharm_class_epc", "openfda.pharm_class_moa", "openfda.pharm_class_cs"];

/**
 * @param fields sections that the question asks for, today's and older ones: labels that have one come first
 */
export async function labelsOf(
  drug: Named,
  fields: readonly string[],
  range: DateRange,
  call: () => SourceCall,
): Promise<Found> {
  const dates = during("effective_time", range);
  const named = naming(drug);
  const ask = (search: string) => askLabels(allOf(search, ...dates), call);
  // For a word that may be anything one request must do.
  if (!drug.known) return chosen(await ask(named), drug);
  let answer = fields.length > 0 ? await ask(allOf(named, hasAny(fields))) : await ask(named);
  if (answer.total === 0 && fields.length > 0) answer = await ask(named);
  // Labels without the harmonised block are found by what they list as contents.
  if (answer.total === 0)
    answer = await ask(anyOf(["spl_product_data_elements", "active_ingredient"], askedNames(drug)));
  return chosen(answer, drug);
}

/** Labels of drugs that are indicated for a condition. */
export async function labelsFor(condition: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  const search = allOf(
    anyOf(["indications_and_usage"], condition.names.slice(0, 3)),
    ...during("effective_time", range),
  );
  return chosen(await askLabels(search, call));
}

/** Labels of the drugs of a class. */
export async function labelsOfClass(drugClass: Named, range: DateRange, call: () => SourceCall): Promise<Found> {
  const names = askedNames(drugClass).flatMap((name) => [name, name.replace(/s$/, "")]);
  const search = allOf(anyOf(CLASS_FIELDS, [...new Set(names)]), ...during("effective_time", range));
  return chosen(await askLabels(search, call));
}

/** The label of a set id, or of the id of one version. @throws ToolError */
export async function labelOf(
  by: "set_id" | "id",
  value: string,
  call: () => SourceCall,
): Promise<Document | undefined> {
  const answer = await askOpenfda("label", { search: `${by}:${phrase(value)}`, limit: 2 }, call());
  const label = answer.results.find((one) => text(one, by).toLowerCase() === value.toLowerCase());
  return label && documentOf(label, answer)[0];
}

/** Where some labels are so long that together they are too much, fewer of them. */
async function askLabels(search: string, call: () => SourceCall): Promise<OpenfdaAnswer> {
  try {
    return await askOpenfda("label", { search, limit: ASKED }, call());
  } catch (error) {
    if (!(error instanceof ToolError && error.reason === "too_large")) throw error;
    return askOpenfda("label", { search, limit: FEWER }, call());
  }
}

/** Of labels of the same product (application, or ingredients and kind) the newest; brand names before generics. */
function chosen(answer: OpenfdaAnswer, drug?: Named): Found {
  const about = drug ? answer.results.filter((label) => isAbout(label, drug)) : answer.results;
  const newest = about.toSorted((a, b) => (text(a, "effective_time") < text(b, "effective_time") ? 1 : -1));
  const seen = new Set<string>();
  const products = newest.filter((label) => {
    const key = productOf(label);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  const documents = products
    .toSorted((a, b) => rank(a, drug) - rank(b, drug))
    .flatMap((label) => documentOf(label, answer))
    .slice(0, drug ? KEPT : ASKED);
  const left = answer.total - documents.length;
  const what = drug ? `labels of ${drug.names[0]}` : "labels";
  return {
    documents,
    total: answer.total,
    stale: answer.stale,
    notes:
      documents.length > 0 && left > 0
        ? [
            `of ${answer.total} ${what} ${answer.results.length} were read and ${documents.length} kept, one of each product`,
          ]
        : [],
  };
}

function productOf(label: unknown): string {
  const application = texts(label, "openfda", "application_number").join(",");
  const content = texts(label, "openfda", "substance_name").toSorted().join(",");
  const kind = [text(label, "openfda", "product_type"), text(label, "openfda", "route")].join();
  // A monograph ("part341") is common to all that are sold under it.
  if (/^(?:NDA|BLA)/.test(application)) return application;
  return content ? `${content}/${kind}` : text(label, "set_id");
}

/** What bears the asked name before the same drug under another; then the drug alone before combinations; then the original application, generics, neither. */
function rank(label: unknown, drug: Named | undefined): number {
  const application = text(label, "openfda", "application_number");
  const otherName = drug && !bearsAskedName(label, drug) ? 6 : 0;
  const combination = texts(label, "openfda", "substance_name").length > 1 ? 3 : 0;
  return otherName + combination + (/^(?:NDA|BLA)/.test(application) ? 0 : application.startsWith("ANDA") ? 1 : 2);
}

function documentOf(label: unknown, answer: OpenfdaAnswer): Document[] {
  const document = labelDocument(label);
  return typeof document === "string" ? [] : [dated(document, answer)];
}
