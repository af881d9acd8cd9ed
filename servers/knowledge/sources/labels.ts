/** openFDA: drug labels and applications of Drugs@FDA, as answers of the service or as its bulk files. */
import type { Document } from "../../../schemas/index.ts";
import { get, isoDate, objects, text } from "./json/loose.ts";
import { readJsonDocuments, type JsonDocuments } from "./json/read.ts";
import { applicationDocument } from "./labels/application.ts";
import { labelDocument } from "./labels/label.ts";
import { labelRevision } from "./labels/revision.ts";
import type { Source } from "./source.ts";

const RESULTS: JsonDocuments = {
  list: "results",
  wanted: "openFDA labels or applications",
  documentOf: resultDocument,
  revisedOf: (result) =>
    labelRevision(text(result, "effective_time"), text(result, "version")) ?? lastSubmission(result),
  single: (value) => text(value, "set_id") !== "" || text(value, "application_number") !== "",
  about(value, context) {
    const [version, licence] = [isoDate(text(value, "meta", "last_updated")), text(value, "meta", "license")];
    if (version || licence) context.about({ ...(version ? { version } : {}), ...(licence ? { licence } : {}) });
  },
};

export const labels: Source = {
  kind: "labels",
  describe:
    "openFDA JSON: drug labels (label) and applications (drugsfda), a file or a folder of such; .gz and .zip too",
  read: (path, context) => readJsonDocuments(path, RESULTS, context),
};

function resultDocument(result: unknown): Document | string {
  if (typeof result !== "object" || result === null) return "a result that is no object";
  const other = otherRecord(result);
  if (other) return other;
  if (text(result, "application_number") && !text(result, "set_id")) return applicationDocument(result);
  return labelDocument(result);
}

/** Of openFDA's other lists; most name the set ids of labels, which must not be taken for theirs: they would replace them. */
function otherRecord(result: unknown): string | undefined {
  if (get(result, "safetyreportid") !== undefined) {
    return `report ${text(result, "safetyreportid")} of an adverse event: reports are no evidence of what a drug does, and are not imported`;
  }
  if (text(result, "set_id")) return undefined;
  const recall = text(result, "recall_number");
  if (recall) return `recall ${recall} is no label: recalls are asked of openFDA itself`;
  const ndc = text(result, "package_ndc");
  if (ndc) return `the shortage of ${ndc} is no label: shortages are asked of openFDA itself`;
  const product = text(result, "product_ndc");
  return product ? `product ${product} of the NDC directory is no label` : undefined;
}

function lastSubmission(application: unknown): string | undefined {
  const dates = objects(application, "submissions").map((one) => isoDate(text(one, "submission_status_date")) ?? "");
  return dates.toSorted().at(-1) || undefined;
}
