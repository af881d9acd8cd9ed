/** A drug by any of its names: which concept of RxNorm it is, what it contains, who sells it, and what else it may have meant. */
import { asFailure } from "../../../kit/index.ts";
import { allowedTypos, editDistance, normaliseName } from "../../../knowledge/names.ts";
import type { SourceCall } from "../source.ts";
import {
  allRelated,
  approximate,
  classesOf,
  ndcsOf,
  productsNamed,
  properties,
  type Concept,
  type DrugClassEntry,
  type Moment,
  type Suggestion,
} from "./api.ts";

export interface ResolvedDrug extends Concept, Moment {
  /** The name that was asked for. */
  asked: string;
  /** By that very name; one with typing errors; one that holds the other ("insulin"); or only the nearest: another drug. */
  match: "exact" | "typo" | "part" | "nearest";
  /** True where another concept is as near: the caller should ask which is meant. */
  ambiguous: boolean;
  /** Other concepts that the name may mean, nearest first. */
  suggestions: Suggestion[];
  ingredients: Concept[];
  brands: Concept[];
  doseForms: Concept[];
  /** What is sold: strengths and forms. */
  products: Concept[];
  classes: DrugClassEntry[];
  /** Product codes; only where the concept is a product. */
  ndcs: string[];
  /** What could not be asked. */
  missing: string[];
}

/** Scores within this share of the best are no difference. */
const AS_NEAR = 0.98;
const NAMED_BY_LOOKUP = 3;
const SUGGESTED = 5;
const TRIED = 3;
const INGREDIENTS_ASKED = 3;
/** Products carry codes; ingredients and brands have too many to mean anything. */
const PRODUCTS = new Set(["SCD", "SBD", "GPCK", "BPCK"]);

/** @returns undefined where RxNorm has nothing like it. @throws ToolError */
export async function resolveDrug(name: string, call: () => SourceCall): Promise<ResolvedDrug | undefined> {
  const [near, sold] = await Promise.all([approximate(name, call()), productsNamed(name, call())]);
  const candidates = await withNames(near, call);
  const [best] = candidates;
  if (!best) return undefined;
  const wanted = normaliseName(name);
  const exact = candidates.filter((one) => normaliseName(one.name) === wanted);
  const first = exact.find(({ tty }) => tty === "IN" || tty === "MIN") ?? exact[0] ?? best;
  const rivals = candidates.filter(({ rxcui, score }) => rxcui !== first.rxcui && score >= first.score * AS_NEAR);
  const ordered = [first, ...candidates.filter(({ rxcui }) => rxcui !== first.rxcui)];
  const drug = await firstOf(ordered, call);
  if (!drug) return undefined;
  // Those before it were retired.
  const others = ordered.slice(ordered.findIndex(({ rxcui }) => rxcui === drug.rxcui) + 1);
  return {
    ...drug,
    asked: name,
    // What products are sold under is a name, though the concept may bear another: `paracetamol`.
    match: sold.length > 0 || exact.some(({ rxcui }) => rxcui === drug.rxcui) ? "exact" : nearness(name, drug.name),
    // One name that several concepts bear (an ingredient and its brand) is not ambiguous; several names as near are.
    ambiguous: exact.length === 0 && rivals.some((one) => normaliseName(one.name) !== normaliseName(first.name)),
    suggestions: others.slice(0, SUGGESTED),
    products: drug.products.length > 0 ? drug.products : sold,
  };
}

/** The first that is still in RxNorm: a name may lead to a number that was retired. */
async function firstOf(candidates: readonly Suggestion[], call: () => SourceCall): Promise<ResolvedDrug | undefined> {
  for (const { rxcui } of candidates.slice(0, TRIED)) {
    const drug = await drugOf(rxcui, call);
    if (drug) return drug;
  }
  return undefined;
}

/** The drug of a number. @returns undefined for an unknown or retired one. @throws ToolError */
export async function drugOf(rxcui: string, call: () => SourceCall): Promise<ResolvedDrug | undefined> {
  const missing: string[] = [];
  const optional = async <T>(what: string, asked: Promise<T[]>): Promise<T[]> => {
    try {
      return await asked;
    } catch (error) {
      call().signal.throwIfAborted();
      missing.push(`${what}: ${asFailure(error).message}`);
      return [];
    }
  };
  const [concept, related, own] = await Promise.all([
    properties(rxcui, call()),
    optional("ingredients and brands", allRelated(rxcui, call())),
    optional("classes", classesOf(rxcui, call())),
  ]);
  if (!concept) return undefined;
  // Brands and products belong to classes by what they contain.
  const contained = own.length > 0 ? [] : related.filter(({ tty, rxcui: id }) => tty === "IN" && id !== rxcui);
  const inherited = contained
    .slice(0, INGREDIENTS_ASKED)
    .map((one) => optional("classes", classesOf(one.rxcui, call())));
  const classes = [...own, ...(await Promise.all(inherited)).flat()];
  const ndcs = PRODUCTS.has(concept.tty) ? await optional("product codes", ndcsOf(rxcui, call())) : [];
  const of = (...kinds: string[]) => related.filter(({ tty }) => kinds.includes(tty));
  const ingredients = of("IN", "MIN", "PIN");
  return {
    ...concept,
    asked: concept.name,
    match: "exact",
    ambiguous: false,
    suggestions: [],
    ingredients: ingredients.length > 0 ? ingredients : concept.tty === "IN" ? [pick(concept)] : [],
    brands: of("BN"),
    doseForms: of("DF"),
    products: of("SCD", "SBD", "GPCK", "BPCK"),
    classes,
    ndcs,
    missing,
  };
}

/** Candidates of other vocabularies come without a name: that of the concept. */
async function withNames(near: readonly Suggestion[], call: () => SourceCall): Promise<Suggestion[]> {
  const nameless = near.filter(({ name }) => !name).slice(0, NAMED_BY_LOOKUP);
  const found = await Promise.all(nameless.map(({ rxcui }) => properties(rxcui, call())));
  const byId = new Map(found.flatMap((one) => (one ? [[one.rxcui, one] as const] : [])));
  return near.flatMap((one) => {
    const name = one.name || byId.get(one.rxcui)?.name;
    return name ? [{ ...one, name, tty: one.tty || (byId.get(one.rxcui)?.tty ?? "") }] : [];
  });
}

function nearness(asked: string, name: string): ResolvedDrug["match"] {
  const [a, b] = [normaliseName(asked), normaliseName(name)];
  const [some, others] = [new Set(a.split(" ")), new Set(b.split(" "))];
  const [isIn, holds] = [some.isSubsetOf(others), others.isSubsetOf(some)];
  if (isIn && holds) return "exact";
  if (isIn || holds) return "part";
  const most = allowedTypos(a.length);
  return editDistance(a, b, most) <= most ? "typo" : "nearest";
}

function pick({ rxcui, name, tty }: Concept): Concept {
  return { rxcui, name, tty };
}
