/** From a name or identifier to the entities that it may mean: of the stored vocabularies, else a drug by RxNorm. */
import type { EntityMatch, Outcome } from "../../../schemas/index.ts";
import { invalidArguments } from "../../kit/index.ts";
import { isOffline } from "../../kit/offline.ts";
import { categoryNames, linkName, type GraphStore } from "../../knowledge/index.ts";
import { fanOut } from "../fan-out/fan-out.ts";
import type { CallContext, Retriever } from "../retriever.ts";
import { running } from "../sources/json-answers.ts";
import { drugOf, resolveDrug, type ResolvedDrug } from "../sources/rxnav/resolve.ts";
import type { LiveSource, SourceCall } from "../sources/source.ts";
import { saltOf } from "../salts.ts";
import { identifierSpellings } from "./identifiers.ts";

export interface Resolved {
  /** Best first. */
  entities: EntityMatch[];
  outcomes: Outcome[];
  notes: string[];
}

const LIMIT = 10;
const LONGEST_SHOWN = 100;

/** @throws ToolError for a category that the vocabulary does not have */
export async function resolveEntity(
  retriever: Retriever,
  { name, category: wanted }: { name: string; category?: string | undefined },
  context: CallContext,
): Promise<Resolved> {
  const { graph } = retriever.knowledge;
  const category = wanted === undefined ? undefined : knownCategory(graph, wanted);
  const spellings = identifierSpellings(name);
  const entities = inVocabulary(graph, name, spellings, category);
  const mayBeDrug = category === undefined || category === "Drug";
  const base = mayBeDrug && entities.length === 0 ? drugOfSalt(graph, name) : [];
  if (base.length > 0) {
    const note = `${name.slice(0, LONGEST_SHOWN)} is taken as a salt of ${base[0]!.name}`;
    return { entities: base, outcomes: [{ source: "vocabulary", outcome: "found" }], notes: [note] };
  }
  const here = vocabularyOutcome(name, category, entities);
  const isCertain = entities.some(({ match }) => match === "exact" || match === "identifier");
  if (!mayBeDrug || isCertain || (entities.length > 0 && category === undefined)) {
    return { entities, outcomes: [here], notes: notesOn(name, entities) };
  }
  const live = await fromRxNav(retriever, name, spellings, category !== undefined, context);
  const all = [...live.entities, ...entities];
  return {
    entities: all,
    outcomes: [here, ...live.outcomes],
    notes: [...live.notes, ...(live.entities.length > 0 ? [] : notesOn(name, entities))],
  };
}

function inVocabulary(
  graph: GraphStore,
  name: string,
  spellings: readonly string[],
  category: string | undefined,
): EntityMatch[] {
  const options = { ...(category ? { category } : {}), limit: LIMIT };
  for (const spelling of spellings) {
    const found = linkName(graph, spelling, { ...options, upTo: "exact" });
    if (found.length > 0) return found;
  }
  return spellings.length > 0 ? [] : linkName(graph, name, options);
}

/** Vocabularies have the drug, seldom its salts. */
function drugOfSalt(graph: GraphStore, name: string): EntityMatch[] {
  const base = saltOf(name);
  return base ? linkName(graph, base, { category: "Drug", limit: LIMIT, upTo: "exact" }) : [];
}

/** How people call some of the categories. */
const ALSO: Record<string, string> = {
  finding: "PhenotypicFeature",
  symptom: "PhenotypicFeature",
  sign: "PhenotypicFeature",
  phenotype: "PhenotypicFeature",
  condition: "Disease",
  disorder: "Disease",
  syndrome: "Disease",
  medication: "Drug",
  medicine: "Drug",
  chemical: "Drug",
  company: "Organization",
  trial: "ClinicalTrial",
};

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]/g, "");
}

/** In any case and with spaces; Drug always, since RxNorm has them. @throws ToolError that names the categories */
function knownCategory(graph: GraphStore, wanted: string): string {
  const known = [...new Set([...categoryNames(graph), "Drug"])];
  const asked = plain(wanted).replace(/^biolink/, "");
  const found = known.find((name) => [asked, asked.replace(/s$/, "")].includes(plain(name)));
  const other = ALSO[asked] ?? ALSO[asked.replace(/s$/, "")];
  if (found ?? other) return found ?? other!;
  throw invalidArguments(
    `${wanted.slice(0, LONGEST_SHOWN)} is no category`,
    `categories are: ${known.join(", ")}; or leave it out`,
  );
}

async function fromRxNav(
  { sources, http }: Retriever,
  name: string,
  spellings: readonly string[],
  takesNearest: boolean,
  context: CallContext,
): Promise<Resolved> {
  const rxcui = spellings.map((spelling) => /^RXCUI:(\d{1,9})$/.exec(spelling)?.[1]).find(Boolean);
  // Another vocabulary's identifier is no name.
  if (spellings.length > 0 && !rxcui) return { entities: [], outcomes: [], notes: [] };
  const rxnav = sources.filter((source) => source.name === "rxnav");
  const offline = {
    source: "rxnav",
    outcome: "unavailable",
    message: "live sources are switched off (MEDRESEARCHER_OFFLINE)",
  } as const;
  if (rxnav.length > 0 && isOffline()) return { entities: [], outcomes: [offline], notes: [] };
  const found: ResolvedDrug[] = [];
  const ask = async (_: LiveSource, call: SourceCall) => {
    const drug = rxcui ? await drugOf(rxcui, running(call)) : await resolveDrug(name, running(call));
    if (drug && (takesNearest || drug.match !== "nearest")) found.push(drug);
    return {
      documents: [],
      notes: [],
      ...(drug && drug.missing.length > 0 ? { degraded: drug.missing.join("; ") } : {}),
    };
  };
  const [report] = await fanOut(rxnav, ask, { ...context, http });
  if (!report) return { entities: [], outcomes: [], notes: [] };
  const outcome = found.length > 0 && report.outcome === "empty" ? "found" : report.outcome;
  const message = outcome === "empty" ? `RxNorm has no drug called ${name.slice(0, LONGEST_SHOWN)}` : report.message;
  return {
    entities: found.flatMap((drug) => asEntities(drug, rxcui !== undefined)),
    outcomes: [{ source: "rxnav", outcome, ...(message ? { message } : {}) }],
    notes: found.flatMap(doubts),
  };
}

/** The concept, and where the name may mean others, those. */
function asEntities(drug: ResolvedDrug, byNumber: boolean): EntityMatch[] {
  const { rxcui, name, match, brands, ingredients, ambiguous, suggestions, asked } = drug;
  const synonyms = [...new Set([...brands, ...ingredients].map((one) => one.name))].filter((one) => one !== name);
  const how = byNumber ? "identifier" : match === "exact" ? "exact" : "fuzzy";
  const first: EntityMatch = {
    id: `RXCUI:${rxcui}`,
    name,
    category: "Drug",
    synonyms,
    score: how === "fuzzy" ? 0.7 : 1,
    match: how,
    matchedName: byNumber ? name : asked,
  };
  const others = ambiguous ? suggestions : [];
  return [
    first,
    ...others.map((one) => ({
      id: `RXCUI:${one.rxcui}`,
      name: one.name,
      category: "Drug",
      score: 0.6,
      match: "fuzzy" as const,
      matchedName: one.name,
    })),
  ];
}

function doubts({ asked, name, match, ambiguous }: ResolvedDrug): string[] {
  return [
    `${name} is from RxNorm, asked live: it is not in the stored vocabulary`,
    ...(ambiguous ? [`${asked} may mean several drugs: choose by name`] : []),
    ...(match === "typo" ? [`nothing is called ${asked}: taken as a misspelling`] : []),
    ...(match === "nearest" ? [`RxNorm has no drug called ${asked}: this is the nearest name`] : []),
  ];
}

function vocabularyOutcome(name: string, category: string | undefined, entities: readonly EntityMatch[]): Outcome {
  if (entities.length > 0) return { source: "vocabulary", outcome: "found" };
  const wanted = `${category ?? "entity"} called ${name.slice(0, LONGEST_SHOWN)}`;
  const message = `the vocabulary has no ${wanted}; try a synonym, the full name${category ? ", or without category" : ""}`;
  return { source: "vocabulary", outcome: "empty", message };
}

function notesOn(name: string, entities: readonly EntityMatch[]): string[] {
  const [first] = entities;
  const none = `nothing is called ${name.slice(0, LONGEST_SHOWN)}`;
  if (first?.match === "fuzzy") return [`${none}: taken as a misspelling`];
  if (first?.match === "prefix") return [`${none}: these names contain it`];
  const bearers = entities.filter(({ match }) => match === "exact");
  if (bearers.length < 2) return [];
  const named = bearers.map((entity) => `${entity.name} (${entity.category})`).join(", ");
  return [`several entities bear this name: ${named.slice(0, 500)}; choose by category`];
}
