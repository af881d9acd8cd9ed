/**
 * Which document tells which facts. Every document is about one entity and tells facts of that entity only: no two
 * steps of a chain beyond that entity ever stand together, so that no single document holds a chain of three.
 */
import type { Errors } from "./errors.ts";
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
  kind: KindName;
  about: Ref;
  /** Of the documents of this kind about this entity, which one it is, from 1. */
  part: number;
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
  /** All but the empty ones. */
  readonly documents: PlannedDocument[] = [];
  /** For each fact, where it is told. */
  readonly tellings: Telling[][] = [];
  readonly #world: World;
  readonly #random: Random;
  /** Documents of a kind about an entity, by both. */
  readonly #parts = new Map<number, number>();

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
    // The document of a kind about an entity that is being filled.
    const open = new Map<number, number>();
    world.facts.forEach((fact, place) => this.#place(fact, place, open));
    this.documents.forEach((document) => this.#finish(document));
  }

  /** The first words of names differ, so they are enough. */
  idOf({ kind, about, part }: PlannedDocument): string {
    const [first] = this.#world.entities[about]!.name.toLowerCase().split(/[ -]/);
    return `GYM:${KINDS[kind].slug}-${first}${part > 1 ? `-${part}` : ""}`;
  }

  /** Adds the documents that are wrong: older ones that later work refuted, and retracted ones. */
  addWrong(errors: Errors, random: Random): void {
    for (const error of errors.refuted) {
      this.#addWrong(error, random.chance(0.5) ? { integrity: "concern" } : {});
    }
    for (const error of errors.retracted) this.#addWrong(error, { integrity: "retracted" });
  }

  #addWrong(error: Fact, integrity: Pick<PlannedDocument, "integrity">): void {
    const isDrug = this.#world.entities[error.subject]!.category === "Drug";
    const [kind, about] = isDrug ? (["safety", error.subject] as const) : (["review", error.object] as const);
    const fields = { kind, about, part: this.#nextPart(kind, about), year: error.year, ...integrity };
    this.documents.push({ ...fields, facts: [], errors: [error], mentions: [] });
  }

  /** Documents that name things close to one another in the world, and say nothing of what joins them. */
  *empty(random: Random): Generator<PlannedDocument> {
    const { facts, entities } = this.#world;
    for (let n = Math.ceil(EMPTY * this.documents.length); n > 0; n--) {
      const { subject, object } = random.pick(facts);
      const [about, other] = random.chance(0.5) ? [subject, object] : [object, subject];
      const kind = random.pick(EMPTY_KINDS[entities[about]!.category]!);
      const mentions = [other, random.below(entities.length)];
      const year = random.between(1990, PRESENT);
      yield { kind, about, part: this.#nextPart(kind, about), facts: [], mentions, year };
    }
  }

  #place(fact: Fact, place: number, open: Map<number, number>): void {
    const [first, ...others] = placesFor(fact, this.#world.entities[fact.subject]!.category);
    const chosen = [first!, ...others.filter((_, i) => this.#random.chance(i === 0 ? SECOND : THIRD))];
    this.tellings.push(
      chosen.map(([kind, end]) => {
        const document = this.#documentFor(kind, fact[end], open);
        this.documents[document]!.facts.push(place);
        return { document, way: this.#random.below(60) };
      }),
    );
  }

  #documentFor(kind: KindName, about: Ref, open: Map<number, number>): number {
    const key = keyOf(kind, about);
    const known = open.get(key);
    if (known !== undefined && this.documents[known]!.facts.length < KINDS[kind].facts) return known;
    open.set(key, this.documents.length);
    this.documents.push({ kind, about, part: this.#nextPart(kind, about), facts: [], mentions: [], year: 0 });
    return this.documents.length - 1;
  }

  #nextPart(kind: KindName, about: Ref): number {
    const part = (this.#parts.get(keyOf(kind, about)) ?? 0) + 1;
    this.#parts.set(keyOf(kind, about), part);
    return part;
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

function keyOf(kind: KindName, about: Ref): number {
  return about * KIND_NAMES.length + KIND_NAMES.indexOf(kind);
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
