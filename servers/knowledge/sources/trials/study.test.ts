/** What a registered study says beside its design: names and numbers, what was not reached, not measured, not posted. */
import { describe, expect, it } from "vitest";
import type { Document } from "../../../../schemas/index.ts";
import { studyDocument } from "./study.ts";

const identification = { nctId: "NCT09000001", briefTitle: "Testagliflozin in heart failure" };
const study = (protocol: object, rest: object = {}) =>
  studyDocument({ protocolSection: { identificationModule: identification, ...protocol }, ...rest }) as Document;
const section = (document: Document, label: string) => document.sections.find((one) => one.label === label)?.text;

describe("a study", () => {
  it("is known by its acronym and by all of its numbers", () => {
    const document = study({
      identificationModule: {
        ...identification,
        acronym: "Testa-HF",
        orgStudyIdInfo: { id: "D1699C00001" },
        secondaryIdInfos: [
          { id: "2016-003897-41", type: "EUDRACT_NUMBER" },
          { id: "U1111-1111", type: "REGISTRY", domain: "WHO" },
        ],
      },
    });
    expect(document.title).toBe("Testagliflozin in heart failure (Testa-HF)");
    expect(section(document, "Other names and numbers")).toBe(
      "Acronym: Testa-HF\nNumber of the sponsor: D1699C00001\nOther numbers: 2016-003897-41 (EudraCT number); U1111-1111 (WHO, registry)",
    );
    const said = { ...identification, briefTitle: "The TESTA-HF study", acronym: "Testa-HF" };
    expect(study({ identificationModule: said }).title).toBe("The TESTA-HF study");
  });

  it("says which publication is retracted, and that results lie unposted", () => {
    const references = [{ pmid: "3", type: "DERIVED", citation: "Poe J.", retractions: [{ pmid: "4" }] }];
    const unpostedEvents = [{ type: "RELEASE", date: "2023-01-02" }];
    const document = study(
      { referencesModule: { references }, statusModule: { overallStatus: "COMPLETED" } },
      { annotationSection: { annotationModule: { unpostedAnnotation: { unpostedEvents } } } },
    );
    expect(section(document, "References")).toBe("RETRACTED. Poe J. PMID:3. (derived)");
    expect(section(document, "Status")).toBe("Status: completed\nResults submitted, not posted: release 2023-01-02");
  });
});

describe("results", () => {
  const groups = [
    { id: "OG0", title: "Drug" },
    { id: "OG1", title: "Placebo" },
  ];
  const results = (measure: object) =>
    section(
      study(
        {},
        {
          resultsSection: {
            outcomeMeasuresModule: { outcomeMeasures: [{ type: "PRIMARY", title: "T", groups, ...measure }] },
          },
        },
      ),
      "Result, primary",
    )!;
  const median = (unitOfMeasure: string, comment: string) =>
    results({
      paramType: "MEDIAN",
      unitOfMeasure,
      classes: [{ categories: [{ measurements: [{ groupId: "OG0", value: "NA", comment }] }] }],
    });

  it.each([
    ["Months", "Too few events", "not reached"],
    ["ng/mL", "", "not available"],
    ["hours", "Below the limit of quantification", "not available"],
    ["weeks", "Not collected", "not available"],
  ])("a median of NA in %s (%s) is %s", (unit, comment, said) => {
    expect(median(unit, comment)).toContain(`Drug ${said}`);
  });

  it("a median age that nobody took was not 'not reached'", () => {
    const measure = { title: "Age", paramType: "MEDIAN", unitOfMeasure: "years" };
    const classes = [{ categories: [{ measurements: [{ groupId: "BG0", value: "NA" }] }] }];
    const baselineCharacteristicsModule = {
      groups: [{ id: "BG0", title: "Drug" }],
      measures: [{ ...measure, classes }],
    };
    expect(section(study({}, { resultsSection: { baselineCharacteristicsModule } }), "Baseline")).toBe(
      "Age\nmedian, years: Drug not available",
    );
  });

  it.each([
    [{ ciUpperLimit: "0.85" }, "up to 0.85"],
    [{ ciLowerLimit: "0.85" }, "from 0.85"],
    [{ ciLowerLimit: "-2", ciUpperLimit: "NA" }, "-2 to not available"],
  ])("an interval with one side says which: %j", (limits, said) => {
    const analysis = { groupIds: ["OG0", "OG1"], paramType: "HR", paramValue: "0.7", ciPctValue: "95", ...limits };
    expect(results({ analyses: [analysis] })).toBe(
      `T\nAnalysis (Drug against Placebo): HR: 0.7; 95 % confidence interval: ${said}`,
    );
  });

  it("say what was tested, with which spread, and what the authors remark", () => {
    const analysis = {
      groupIds: ["OG0"],
      paramValue: "-1.2",
      dispersionType: "STANDARD_ERROR_OF_MEAN",
      dispersionValue: "0.4",
      nonInferiorityType: "NON_INFERIORITY",
      nonInferiorityComment: "margin 2 mmHg",
      estimateComment: "stratified by site",
    };
    expect(results({ analyses: [analysis] })).toBe(
      "T\nAnalysis (Drug): Estimate: -1.2; standard error of mean: 0.4; Tested for: non inferiority (margin 2 mmHg); stratified by site",
    );
  });

  it("of a row say how many were counted in it; an outcome that is not posted says so", () => {
    const denoms = [{ units: "Participants", counts: [{ groupId: "OG0", value: "90" }] }];
    const categories = [{ measurements: [{ groupId: "OG0", value: "3" }] }];
    expect(results({ paramType: "NUMBER", classes: [{ title: "Week 4", denoms, categories }] })).toBe(
      "T\nWeek 4, Participants: Drug 90\nWeek 4, number: Drug 3",
    );
    expect(results({ reportingStatus: "NOT_POSTED", anticipatedPostingDate: "2027-01" })).toBe(
      "T\nResults are not posted (expected: 2027-01)",
    );
  });

  it("say which adverse events are too rare to be listed", () => {
    const adverseEventsModule = { frequencyThreshold: "5", timeFrame: "1 year", description: "By visit." };
    expect(section(study({}, { resultsSection: { adverseEventsModule } }), "Adverse events")).toBe(
      "Time frame: 1 year\nBy visit.\nOther events are those of more than 5 % of a group",
    );
  });
});
