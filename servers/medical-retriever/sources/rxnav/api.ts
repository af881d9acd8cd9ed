/** The calls of RxNav (RxNorm and RxClass) as values: names, concepts, what is related to them, codes and classes. */
import { get, objects, text, texts } from "../../../knowledge/sources/json/loose.ts";
import { askJson, type Service } from "../json-answers.ts";
import type { SourceCall } from "../source.ts";

export const RXNAV: Service = {
  name: "RxNav",
  variable: "RXNAV_URL",
  base: "https://rxnav.nlm.nih.gov/REST",
  // 20 a second, with a margin for what arrives unevenly.
  limit: { spacingMs: 60, concurrency: 6 },
};

/** RxNorm is released once a month. */
const TTL_SECONDS = 7 * 86_400;

export interface Concept {
  rxcui: string;
  name: string;
  /** Kind of concept: IN ingredient, PIN salt, MIN several, BN brand name, SCD and SBD products, DF dose form. */
  tty: string;
}

export interface Suggestion extends Concept {
  /** As RxNav counts; only comparable within one answer. */
  score: number;
}

export interface DrugClassEntry {
  id: string;
  name: string;
  /** `ATC1-4`, `EPC`, `MOA`, `DISEASE` … */
  type: string;
  /** How the drug belongs to it: `has_moa`, `may_treat`, `ci_with` … */
  relation: string;
  source: string;
}

export interface Moment {
  fetchedAt: string;
  stale: boolean;
}

async function ask(
  path: string,
  parameters: Record<string, string>,
  member: string,
  call: SourceCall,
  { isSearch = false } = {},
) {
  // An unknown concept is answered with an empty object, a name that nothing resembles is not.
  const isAnswer = (value: unknown) =>
    typeof value === "object" &&
    value !== null &&
    (get(value, member) !== undefined || (!isSearch && Object.keys(value).length === 0));
  return askJson(RXNAV, { path, parameters, ttlSeconds: TTL_SECONDS, isAnswer }, call);
}

/** Concepts whose names resemble the term, best first. Scores come as strings; a concept comes once for each of its names. */
export async function approximate(term: string, call: SourceCall): Promise<Suggestion[]> {
  const parameters = { term, maxEntries: "12" };
  const { value } = await ask("/approximateTerm.json", parameters, "approximateGroup", call, { isSearch: true });
  const best = new Map<string, Suggestion>();
  for (const one of objects(value, "approximateGroup", "candidate")) {
    const [rxcui, name, score] = [text(one, "rxcui"), text(one, "name"), Number(text(one, "score")) || 0];
    if (!rxcui) continue;
    const known = best.get(rxcui);
    best.set(rxcui, {
      rxcui,
      name: known?.name || name,
      tty: known?.tty || text(one, "tty"),
      score: Math.max(known?.score ?? 0, score),
    });
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score);
}

/** Products that are sold under a name of an ingredient or a brand; none where it is no such name. */
export async function productsNamed(name: string, call: SourceCall): Promise<Concept[]> {
  const { value } = await ask("/drugs.json", { name }, "drugGroup", call, { isSearch: true });
  return objects(value, "drugGroup", "conceptGroup").flatMap((group) =>
    objects(group, "conceptProperties").map(conceptOf),
  );
}

/** Undefined for a number that RxNorm does not have or has retired. */
export async function properties(rxcui: string, call: SourceCall): Promise<(Concept & Moment) | undefined> {
  const { value, fetchedAt, stale } = await ask(`/rxcui/${rxcui}/properties.json`, {}, "properties", call);
  const concept = conceptOf(get(value, "properties"));
  return concept.rxcui && concept.name ? { ...concept, fetchedAt, stale } : undefined;
}

export async function allRelated(rxcui: string, call: SourceCall): Promise<Concept[]> {
  const { value } = await ask(`/rxcui/${rxcui}/allrelated.json`, {}, "allRelatedGroup", call);
  return objects(value, "allRelatedGroup", "conceptGroup").flatMap((group) =>
    objects(group, "conceptProperties").map((one) => ({
      ...conceptOf(one),
      tty: text(one, "tty") || text(group, "tty"),
    })),
  );
}

export async function ndcsOf(rxcui: string, call: SourceCall): Promise<string[]> {
  const { value } = await ask(`/rxcui/${rxcui}/allndcs.json`, {}, "ndcConcept", call);
  const times = objects(value, "ndcConcept", "ndcTime");
  return [...new Set([...times.flatMap((time) => texts(time, "ndc")), ...texts(value, "ndcGroup", "ndcList", "ndc")])];
}

export async function classesOf(rxcui: string, call: SourceCall): Promise<DrugClassEntry[]> {
  const { value } = await ask("/rxclass/class/byRxcui.json", { rxcui }, "rxclassDrugInfoList", call);
  const entries = objects(value, "rxclassDrugInfoList", "rxclassDrugInfo").map((one) => ({
    id: text(one, "rxclassMinConceptItem", "classId"),
    name: text(one, "rxclassMinConceptItem", "className"),
    type: text(one, "rxclassMinConceptItem", "classType"),
    relation: text(one, "rela"),
    source: text(one, "relaSource"),
  }));
  const key = ({ id, relation }: DrugClassEntry) => `${id} ${relation}`;
  return [...new Map(entries.filter(({ name }) => name).map((entry) => [key(entry), entry])).values()];
}

function conceptOf(value: unknown): Concept {
  return { rxcui: text(value, "rxcui"), name: text(value, "name"), tty: text(value, "tty") };
}
