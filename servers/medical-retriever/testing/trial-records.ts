/** Fictional studies in the shape of ClinicalTrials.gov's API v2. */

interface StudyParts {
  nct: string;
  title: string;
  conditions?: readonly string[];
  interventions?: readonly string[];
  more?: Record<string, unknown>;
}

export function study({ nct, title, conditions = [], interventions = [], more = {} }: StudyParts) {
  return {
    protocolSection: {
      identificationModule: { nctId: nct, briefTitle: title },
      statusModule: { overallStatus: "COMPLETED", lastUpdatePostDateStruct: { date: "2024-05-06" } },
      conditionsModule: { conditions },
      designModule: { studyType: "INTERVENTIONAL", phases: ["PHASE3"], enrollmentInfo: { count: 99999999 } },
      armsInterventionsModule: { interventions: interventions.map((name) => ({ type: "DRUG", name })) },
      ...more,
    },
  };
}

/** A page of a search: the total stands on the first only. */
export function page(studies: readonly unknown[], { total, next }: { total?: number; next?: string } = {}) {
  return {
    studies,
    ...(total === undefined ? {} : { totalCount: total }),
    ...(next === undefined ? {} : { nextPageToken: next }),
  };
}
