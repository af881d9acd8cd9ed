/** ClinicalTrials.gov, API v2: one study, a page of a search (`studies`), a list, or one study a line. */
import { readJsonDocuments, type JsonDocuments } from "./json/read.ts";
import { get, isoDate, text } from "./json/loose.ts";
import type { Source } from "./source.ts";
import { studyDocument } from "./trials/study.ts";

const STUDIES: JsonDocuments = {
  list: "studies",
  wanted: "ClinicalTrials.gov studies",
  documentOf: studyDocument,
  revisedOf: (study) => {
    const status = get(study, "protocolSection", "statusModule");
    return isoDate(text(status, "lastUpdateSubmitDate") || text(status, "lastUpdatePostDateStruct", "date"));
  },
  single: (value) => get(value, "protocolSection") !== undefined,
};

export const trials: Source = {
  kind: "trials",
  describe: "ClinicalTrials.gov JSON (API v2): a study, a page of a search, or a folder of such; .gz too",
  read: (path, context) => readJsonDocuments(path, STUDIES, context),
};
