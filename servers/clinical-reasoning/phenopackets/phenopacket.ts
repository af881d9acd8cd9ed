/**
 * One GA4GH phenopacket (schema version 2, JSON) as a patient: findings, sex, age. What it says about diagnoses
 * (`interpretations`, `diseases`) is the answer, not the question: it is never read here.
 */
import type { PatientRequest } from "../engine.ts";
import { ageOf } from "./age.ts";

/** A case of a batch: the patient, and what its file held that is not used. */
export interface PatientCase {
  id: string;
  request: PatientRequest;
  notes: string[];
}

/** The reason is for people: it names what is wrong with the file. */
export class NotACase extends Error {}

type Json = Record<string, unknown>;

/** @param name stands in for a missing id. @throws NotACase with the reason */
export function readPhenopacket(text: string, name: string): PatientCase {
  const packet = parsed(text);
  refuseOthers(packet);
  const notes: string[] = [];
  const observed: string[] = [];
  const excluded: string[] = [];
  for (const feature of featuresOf(packet)) {
    const id = isObject(feature) && isObject(feature["type"]) ? feature["type"]["id"] : undefined;
    if (typeof id !== "string" || !id) {
      notes.push("a phenotypic feature without type.id was left out");
      continue;
    }
    // `negated` is what version 1 called it: to take it for an observed finding would be worse than to read it.
    const { excluded: absent, negated } = feature as Json;
    (absent === true || negated === true ? excluded : observed).push(id);
  }
  const subject = isObject(packet["subject"]) ? packet["subject"] : {};
  const age = ageOf(subject);
  const sex = sexOf(subject);
  if (Array.isArray(packet["measurements"]) && packet["measurements"].length > 0)
    notes.push("measurements are not used; send what they mean as findings");
  const id = packet["id"];
  return {
    id: typeof id === "string" && id ? id : name,
    request: {
      observed,
      excluded,
      ...(age ? { age } : {}),
      ...(sex ? { sex } : {}),
      ...(isPublished(packet) ? { published: true } : {}),
    },
    notes: [...new Set(notes)],
  };
}

function parsed(text: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new NotACase(text.trim() ? `no JSON: ${(error as Error).message}` : "the file is empty");
  }
  if (!isObject(value)) throw new NotACase("no phenopacket: the JSON is not an object");
  return value;
}

/** Relatives' findings must not be taken for one patient's. */
function refuseOthers(packet: Json): void {
  if ("proband" in packet || "pedigree" in packet || "relatives" in packet)
    throw new NotACase("a family with a pedigree, not one patient; send the proband's phenopacket alone");
  if (Array.isArray(packet["members"]))
    throw new NotACase("a cohort, not one patient; send its members' phenopackets one by one");
  if (!("phenotypicFeatures" in packet) && !("subject" in packet))
    throw new NotACase("no phenopacket: it has neither subject nor phenotypicFeatures");
}

function featuresOf({ phenotypicFeatures: features }: Json): unknown[] {
  if (features === undefined || features === null) return [];
  if (!Array.isArray(features)) throw new NotACase("phenotypicFeatures is not a list");
  return features;
}

/** Its metadata cite a publication: then its authors chose which absent findings to name (see Settings.lookedFor). */
function isPublished({ metaData }: Json): boolean {
  const references = isObject(metaData) ? metaData["externalReferences"] : undefined;
  return (
    Array.isArray(references) &&
    references.some((r) => isObject(r) && typeof r["id"] === "string" && /^(?:PMID|PMC|DOI):?\S/iu.test(r["id"]))
  );
}

/** `UNKNOWN_SEX` and `OTHER_SEX` say nothing that the annotations could be held against. */
function sexOf({ sex }: Json): string | undefined {
  if (sex === "MALE" || sex === 2) return "male";
  return sex === "FEMALE" || sex === 1 ? "female" : undefined;
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
