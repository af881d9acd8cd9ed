/** A study of ClinicalTrials.gov as a document: protocol, results and references, each module as text that a person can read. */
import type { Document, Section } from "../../../../schemas/index.ts";
import { get, isoDate, objects, text, texts, words } from "../json/loose.ts";
import { bracketed, joined, said, section } from "./lines.ts";
import { resultSections } from "./results.ts";

/** @param study as the API gives it. @returns why it is none where it has no NCT number */
export function studyDocument(study: unknown): Document | string {
  const protocol = get(study, "protocolSection");
  const nct = text(protocol, "identificationModule", "nctId").toUpperCase();
  if (!/^NCT\d{8}$/.test(nct)) return nct ? `${nct.slice(0, 40)} is no NCT number` : "a study without an NCT number";
  const title = text(protocol, "identificationModule", "briefTitle");
  const status = get(protocol, "statusModule");
  const day = ["lastUpdatePostDateStruct", "resultsFirstPostDateStruct", "studyFirstPostDateStruct"]
    .map((name) => isoDate(text(status, name, "date")))
    .find((date) => date !== undefined);
  const sponsor = text(protocol, "sponsorCollaboratorsModule", "leadSponsor", "name");
  const mesh = ["conditionBrowseModule", "interventionBrowseModule"].flatMap((module) =>
    objects(study, "derivedSection", module, "meshes").map((term) => text(term, "term")),
  );
  const related = publicationsOf(protocol);
  return {
    id: `NCT:${nct}`,
    title: withAcronym(title || text(protocol, "identificationModule", "officialTitle") || nct, protocol),
    sections: [
      ...protocolSections(protocol, get(study, "annotationSection", "annotationModule")),
      ...resultSections(get(study, "resultsSection")),
      ...references(protocol),
    ],
    ...(day ? { published: day } : {}),
    ...(sponsor ? { publisher: sponsor } : {}),
    publicationTypes: ["Clinical Trial Registration"],
    ...(mesh.some(Boolean) ? { mesh: mesh.filter(Boolean) } : {}),
    // Numbers under which it was registered before lead to it, too.
    identifiers: { nct: [nct, ...earlierNumbers(protocol).filter((number) => number !== nct)].join(", ") },
    ...(Object.keys(related).length > 0 ? { related } : {}),
  };
}

function earlierNumbers(protocol: unknown): string[] {
  const aliases = texts(protocol, "identificationModule", "nctIdAliases").map((alias) => alias.toUpperCase());
  return [...new Set(aliases)].filter((alias) => /^NCT\d{8}$/.test(alias));
}

/** Everybody knows a trial by its acronym: DAPA-HF. */
function withAcronym(title: string, protocol: unknown): string {
  const acronym = text(protocol, "identificationModule", "acronym");
  return title.toLowerCase().includes(acronym.toLowerCase()) ? title : `${title} (${acronym})`;
}

/** @param annotation what the registry itself says of the record */
function protocolSections(protocol: unknown, annotation: unknown): Section[] {
  const description = get(protocol, "descriptionModule");
  return [
    section("Official title", [text(protocol, "identificationModule", "officialTitle")]),
    section("Other names and numbers", numberLines(get(protocol, "identificationModule"))),
    section("Summary", [text(description, "briefSummary")]),
    section("Description", [text(description, "detailedDescription")]),
    section("Conditions", conditionLines(get(protocol, "conditionsModule"))),
    section("Design", designLines(get(protocol, "designModule"))),
    section("Arms", objects(protocol, "armsInterventionsModule", "armGroups").map(armLine)),
    section("Interventions", objects(protocol, "armsInterventionsModule", "interventions").map(interventionLine)),
    section("Outcomes", outcomeLines(get(protocol, "outcomesModule"))),
    section("Eligibility", eligibilityLines(get(protocol, "eligibilityModule"))),
    section("Status", [...statusLines(get(protocol, "statusModule")), ...unpostedLines(annotation)]),
    section("Sponsor", sponsorLines(get(protocol, "sponsorCollaboratorsModule"))),
    section("Locations", objects(protocol, "contactsLocationsModule", "locations").map(locationLine)),
  ].flat();
}

function numberLines(module: unknown): string[] {
  const others = objects(module, "secondaryIdInfos").map((one) => {
    const kind = [text(one, "domain"), words(text(one, "type")).replace("eudract", "EudraCT")].filter(Boolean);
    return `${text(one, "id")}${bracketed(kind.join(", "))}`;
  });
  return [
    said("Acronym", text(module, "acronym")),
    said("Number of the sponsor", text(module, "orgStudyIdInfo", "id")),
    said("Other numbers", others.join("; ")),
  ];
}

function conditionLines(module: unknown): string[] {
  return [texts(module, "conditions").join("; "), said("Keywords", texts(module, "keywords").join("; "))];
}

/** The API writes this where nobody knows how many. */
const UNKNOWN_ENROLMENT = "99999999";

function designLines(module: unknown): string[] {
  const info = get(module, "designInfo");
  const count = text(module, "enrollmentInfo", "count");
  const kind = words(text(module, "enrollmentInfo", "type"));
  const masked = texts(info, "maskingInfo", "whoMasked").map(words).join(", ");
  return [
    said("Study type", words(text(module, "studyType"))),
    said("Phase", texts(module, "phases").map(phaseName).join(" and ")),
    said("Allocation", words(text(info, "allocation"))),
    said("Intervention model", words(text(info, "interventionModel")), text(info, "interventionModelDescription")),
    said("Observational model", words(text(info, "observationalModel"))),
    said("Time perspective", words(text(info, "timePerspective"))),
    said("Primary purpose", words(text(info, "primaryPurpose"))),
    said("Masking", words(text(info, "maskingInfo", "masking")), masked),
    said("Enrolment", count === UNKNOWN_ENROLMENT ? "not known" : count, count === UNKNOWN_ENROLMENT ? "" : kind),
  ];
}

/** `PHASE2` is phase 2, `EARLY_PHASE1` early phase 1, `NA` not applicable. */
function phaseName(code: string): string {
  if (code === "NA") return "not applicable";
  return words(code).replace(/phase(\d)/, "phase $1");
}

function armLine(arm: unknown): string {
  const given = texts(arm, "interventionNames").join("; ");
  return joined(
    `${text(arm, "label")}${bracketed(words(text(arm, "type")))}`,
    text(arm, "description"),
    said("Given", given),
  );
}

function interventionLine(intervention: unknown): string {
  const kind = words(text(intervention, "type"));
  const others = texts(intervention, "otherNames").join("; ");
  const name = `${kind ? `${kind}: ` : ""}${text(intervention, "name")}${others ? ` (also ${others})` : ""}`;
  return joined(
    name,
    text(intervention, "description"),
    said("Arms", texts(intervention, "armGroupLabels").join("; ")),
  );
}

function outcomeLines(module: unknown): string[] {
  return (["primary", "secondary", "other"] as const).flatMap((rank) =>
    objects(module, `${rank}Outcomes`).map((outcome) =>
      joined(
        `${rank}: ${text(outcome, "measure")}${bracketed(text(outcome, "timeFrame"))}`,
        text(outcome, "description"),
      ),
    ),
  );
}

function eligibilityLines(module: unknown): string[] {
  const volunteers = text(module, "healthyVolunteers");
  return [
    text(module, "eligibilityCriteria"),
    said("Sex", words(text(module, "sex"))),
    said("Minimum age", text(module, "minimumAge")),
    said("Maximum age", text(module, "maximumAge")),
    said("Healthy volunteers", volunteers === "true" ? "yes" : volunteers === "false" ? "no" : volunteers),
    said("Population", text(module, "studyPopulation")),
  ];
}

function statusLines(module: unknown): string[] {
  const date = (label: string, name: string) =>
    said(label, text(module, name, "date"), words(text(module, name, "type")));
  return [
    said("Status", words(text(module, "overallStatus"))),
    said("Why stopped", text(module, "whyStopped")),
    date("Start", "startDateStruct"),
    date("Primary completion", "primaryCompletionDateStruct"),
    date("Completion", "completionDateStruct"),
    date("Results first posted", "resultsFirstPostDateStruct"),
    date("Last update", "lastUpdatePostDateStruct"),
  ];
}

/** Results that exist and that the registry has not posted. */
function unpostedLines(annotation: unknown): string[] {
  const events = objects(annotation, "unpostedAnnotation", "unpostedEvents").map(
    (event) => `${words(text(event, "type"))} ${text(event, "date") || "on an unknown date"}`,
  );
  return [said("Results submitted, not posted", events.join("; "))];
}

function sponsorLines(module: unknown): string[] {
  const collaborators = objects(module, "collaborators").map((one) => text(one, "name"));
  return [
    said("Lead sponsor", text(module, "leadSponsor", "name")),
    said("Collaborators", collaborators.filter(Boolean).join("; ")),
  ];
}

function locationLine(location: unknown): string {
  return ["facility", "city", "state", "country"]
    .map((name) => text(location, name))
    .filter(Boolean)
    .join(", ");
}

function references(protocol: unknown): Section[] {
  const lines = objects(protocol, "referencesModule", "references").map((reference) => {
    const pmid = text(reference, "pmid");
    const retracted = objects(reference, "retractions").length > 0;
    return joined(
      retracted ? "RETRACTED" : "",
      text(reference, "citation"),
      pmid ? `PMID:${pmid}` : "",
      bracketed(words(text(reference, "type"))).trim(),
    );
  });
  return section("References", lines);
}

/** Publications of the trial's results (as given, or found by its number), and those it builds on. */
function publicationsOf(protocol: unknown): Record<string, string[]> {
  const related: Record<string, string[]> = {};
  for (const reference of objects(protocol, "referencesModule", "references")) {
    const pmid = text(reference, "pmid");
    if (!/^\d+$/.test(pmid)) continue;
    const kind = text(reference, "type") === "BACKGROUND" ? "background" : "publication";
    (related[kind] ??= []).push(`PMID:${pmid}`);
  }
  return related;
}
