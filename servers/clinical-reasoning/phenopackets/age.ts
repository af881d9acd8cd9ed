/**
 * The age at the last encounter from any of the forms that a phenopacket's TimeElement has, as an ISO 8601 duration.
 * Of a range the later end counts: the model only ever argues that a patient is too young for a disease.
 */
import { onsetYears } from "../model/context.ts";

type Json = Record<string, unknown>;

const YEAR_MS = 365.25 * 24 * 3600 * 1000;

/** @param subject of a phenopacket; undefined where it gives no age that can be read */
export function ageOf(subject: Json): string | undefined {
  const time = objectAt(subject, "timeAtLastEncounter");
  // Version 1 has the same forms directly at the subject.
  return (time && fromElement(time, subject)) ?? fromElement(objectAt(subject, "ageAtCollection") ?? {}, subject);
}

function fromElement(time: Json, subject: Json): string | undefined {
  const range = objectAt(time, "ageRange");
  const end = range && (objectAt(range, "end") ?? objectAt(range, "start"));
  return (
    duration(objectAt(time, "age")) ??
    duration(end) ??
    ofClass(objectAt(time, "ontologyClass")) ??
    (objectAt(time, "gestationalAge") ? "P0D" : undefined) ??
    sinceBirth(time["timestamp"] ?? objectAt(time, "interval")?.["end"], subject["dateOfBirth"])
  );
}

function duration(age: Json | undefined): string | undefined {
  const text = age?.["iso8601duration"] ?? age?.["age"];
  return typeof text === "string" && /^P.*\d/u.test(text) ? text : undefined;
}

/** "Infantile onset": before the end of the first year. */
function ofClass(term: Json | undefined): string | undefined {
  const id = term?.["id"];
  const years = typeof id === "string" ? onsetYears(id) : undefined;
  return years && inYears(Math.max(0, years[1]));
}

function sinceBirth(then: unknown, birth: unknown): string | undefined {
  if (typeof then !== "string" || typeof birth !== "string") return undefined;
  const years = (Date.parse(then) - Date.parse(birth)) / YEAR_MS;
  return years >= 0 && years < 130 ? inYears(years) : undefined;
}

function inYears(years: number): string {
  const days = Math.round((years % 1) * 365.25);
  return `P${Math.floor(years)}Y${days > 0 ? `${days}D` : ""}`;
}

function objectAt(object: Json, key: string): Json | undefined {
  const value = object[key];
  return typeof value === "object" && value !== null ? (value as Json) : undefined;
}
