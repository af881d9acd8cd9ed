/**
 * Which document tells which facts. Every document is about one entity and tells facts of that entity only: no two
 * steps of a chain beyond that entity ever stand together, so that no single document holds a chain of three.
 */
import { KINDS, placesFor, type KindName } from "./kinds.ts";
import type { Random } from "./random.ts";
import { PRESENT, type Fact, type Ref, type World } from "./world.ts";

/** Second and third places tell a fact, too, this often. */
const SECOND = 0.45;
const THIRD = 0.3;
const CORRECTED = 0.02;
/** Documents that tell nothing, for each that tells something. */
const EMPTY = 0.5;

export interface PlannedDocument {
  id: string;
  kind: KindName;
  about: Ref;
  /** Places in `World.facts`. */
  facts: number[];
  /** False statements; the document is then the older or the retracted one. */
  errors?: readonly Fact[];
  integrity?: "corrected" | "concern" | "retracted";
  /** Entities that are named without a statement. */
  mentions: Ref[];
  year: number;
}

/** A piece of evidence: which document says it, and in which of its ways. */
export interface Telling {
  document: number;
  way: number;
}

export class DocumentPlan {
  readonly documents: PlannedDocument[] = [];
  /** For each fact, where it is told. */
  readonly tellings: Telling[][] = [];
  readonly #world: World;
  readonly #random: Random;
  /** The document of this kind and entity that is being filled, and how many there are. */
  readonly #open = new Map<number, number>();
  readonly #parts = new Map<string, number>();

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
    world.facts.forEach((fact, place) => this.#place(fact, place));
    this.documents.forEach((document) => this.#finish(document));
  }

  #place(fact: Fact, place: number): void {
    const [first, ...others] = placesFor(fact, this.#world.entities[fact.subject]!.category);
    const chosen = [first!, ...others.filter((_, i) => this.#random.chance(i === 0 ? SECOND : THIRD))];
    this.tellings.push(
      chosen.map(([kind, end]) => {
        const document = this.#documentFor(kind, fact[end]);
        this.documents[document]!.facts.push(place);
        return { document, way: this.#random.below(60) };
      }),
    );
  }

  #documentFor(kind: KindName, about: Ref): number {
    const key = about * KIND_NAMES.length + KIND_NAMES.indexOf(kind);
    const open = this.#open.get(key);
    if (open !== undefined && this.documents[open]!.facts.length < KINDS[kind].facts) return open;
    const added = this.add({ kind, about, facts: [], mentions: [], year: 0 });
    this.#open.set(key, added);
    return added;
  }

  /** @returns its place */
  add(document: Omit<PlannedDocument, "id">): number {
    const { kind, about } = document;
    const slug = `${KINDS[kind].slug}-${slugOf(this.#world.entities[about]!.name)}`;
    const part = (this.#parts.get(slug) ?? 0) + 1;
    this.#parts.set(slug, part);
    this.documents.push({ id: `GYM:${slug}${part > 1 ? `-${part}` : ""}`, ...document });
    return this.documents.length - 1;
  }

  /** Its date, and what it names beside. */
  #finish(document: PlannedDocument): void {
    const newest = Math.max(...document.facts.map((place) => this.#world.facts[place]!.year));
    document.year = Math.min(PRESENT, newest + this.#random.between(0, KINDS[document.kind].delay));
    if (this.#random.chance(0.3)) document.mentions.push(this.#random.below(this.#world.entities.length));
    if (this.#random.chance(CORRECTED)) document.integrity = "corrected";
  }
}

const KIND_NAMES = Object.keys(KINDS) as KindName[];

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** Which kinds may be about an entity of a category without telling anything. */
const EMPTY_KINDS: Record<string, readonly KindName[]> = {
  Disease: ["case", "news", "review"],
  Drug: ["news", "safety", "review"],
  Gene: ["review", "news"],
  Protein: ["protein", "news"],
  PhenotypicFeature: ["case", "review"],
  Organization: ["statement", "news"],
  ClinicalTrial: ["news"],
  Guideline: ["news"],
  DrugClass: ["review", "news"],
  InheritanceMode: ["review"],
};

/** Adds documents that name things close to one another in the world, and say nothing of what joins them. */
export function addEmptyDocuments(plan: DocumentPlan, world: World, random: Random): void {
  const wanted = Math.ceil(EMPTY * plan.documents.length);
  for (let n = 0; n < wanted; n++) {
    const { subject, object } = random.pick(world.facts);
    const [about, other] = random.chance(0.5) ? [subject, object] : [object, subject];
    const mentions = [other, random.below(world.entities.length)];
    const kind = random.pick(EMPTY_KINDS[world.entities[about]!.category]!);
    plan.add({ kind, about, facts: [], mentions, year: random.between(1990, PRESENT) });
  }
}

/** Adds the documents that are wrong: older ones that later work refuted, and retracted ones. */
export function addWrongDocuments(
  plan: DocumentPlan,
  errors: { refuted: readonly Fact[]; retracted: readonly Fact[] },
  world: World,
  random: Random,
): void {
  const kindFor = (fact: Fact): [KindName, Ref] =>
    world.entities[fact.subject]!.category === "Drug" ? ["safety", fact.subject] : ["review", fact.object];
  for (const error of errors.refuted) {
    const [kind, about] = kindFor(error);
    const integrity = random.chance(0.5) ? ({ integrity: "concern" } as const) : {};
    plan.add({ kind, about, facts: [], errors: [error], mentions: [], year: error.year, ...integrity });
  }
  for (const error of errors.retracted) {
    const [kind, about] = kindFor(error);
    plan.add({ kind, about, facts: [], errors: [error], mentions: [], year: error.year, integrity: "retracted" });
  }
}
