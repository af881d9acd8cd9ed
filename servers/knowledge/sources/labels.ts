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
  if (get(result, "safetyreportid") !== undefined) {
    return `report ${text(result, "safetyreportid")} of an adverse event: reports are no evidence of what a drug does, and are not imported`;
  }
  if (text(result, "application_number") && !text(result, "set_id")) return applicationDocument(result);
  return labelDocument(result);
}

function lastSubmission(application: unknown): string | undefined {
  const dates = objects(application, "submissions").map((one) => isoDate(text(one, "submission_status_date")) ?? "");
  return dates.toSorted().at(-1) || undefined;
}
