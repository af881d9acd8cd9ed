/** Planned documents as text, and facts as relations with their evidence: the same sentence on both sides. */
import type { Document, Entity, Relation } from "../../../schemas/index.ts";
import { HEADINGS, KINDS, type Kind, type KindName } from "./kinds.ts";
import type { DocumentPlan, PlannedDocument, Telling } from "./plan-documents.ts";
import { fill, MENTIONS, sentencesFor } from "./wording.ts";
import type { Fact, World } from "./world.ts";

const MONTHS = 12;
const SECTIONED: ReadonlySet<KindName> = new Set(["label", "gene", "disease", "review"]);

/** Sentences of a document that tells nothing. */
const MOST_NOTES = 3;

interface Line {
  label: string;
  sentence: string;
}

export class Teller {
  readonly #world: World;
  readonly #plan: DocumentPlan;

  constructor(world: World, plan: DocumentPlan) {
    this.#world = world;
    this.#plan = plan;
  }

  /** @param empty documents that tell no fact, after those that do */
  *documents(empty: Iterable<PlannedDocument>): Generator<Document> {
    let place = 0;
    for (const planned of this.#plan.documents) yield this.#document(planned, place++);
    for (const planned of empty) yield this.#document(planned, place++);
  }

  *relations(): Generator<Relation> {
    for (const [place, fact] of this.#world.facts.entries()) yield this.#relation(fact, this.#plan.tellings[place]!);
  }

  #relation(fact: Fact, tellings: readonly Telling[]): Relation {
    const { subject, predicate, object, negated, qualifiers } = fact;
    return {
      subject: this.#world.entities[subject]!.id,
      predicate,
      object: this.#world.entities[object]!.id,
      ...(negated ? { negated } : {}),
      ...(qualifiers ? { qualifiers } : {}),
      evidence: tellings.map((telling) => ({
        document: this.#plan.idOf(this.#plan.documents[telling.document]!),
        quote: this.#sentence(fact, telling),
        knowledgeLevel: "knowledge_assertion",
        agent: "manual_agent",
      })),
    };
  }

  #document(planned: PlannedDocument, place: number): Document {
    const { about, integrity, year } = planned;
    const kind: Kind = KINDS[planned.kind];
    const entity = this.#world.entities[about]!;
    const title = fill(kind.titles[place % kind.titles.length]!, { name: entity.name });
    const publisher = kind.publisher || this.#issuer(planned, entity);
    const month = String((place % MONTHS) + 1).padStart(2, "0");
    return {
      id: this.#plan.idOf(planned),
      title,
      sections: this.#sections(planned, place),
      published: `${year}-${month}`,
      ...(kind.journal ? { journal: publisher } : {}),
      publisher,
      publicationTypes: integrity === "retracted" ? [...kind.types, "Retracted Publication"] : [...kind.types],
      ...(integrity ? { integrity } : {}),
      licence: "CC0-1.0",
    };
  }

  /** A company speaks for itself; a guideline is its society's. */
  #issuer(planned: PlannedDocument, entity: Entity): string {
    const issued = planned.facts
      .map((place) => this.#world.facts[place]!)
      .find((fact) => fact.predicate === "published_by");
    return issued ? this.#world.entities[issued.object]!.name : entity.name;
  }

  #sections(planned: PlannedDocument, place: number): Document["sections"] {
    const texts = new Map<string, string[]>();
    for (const { label, sentence } of [...this.#statements(planned, place), ...this.#notes(planned, place)]) {
      const known = texts.get(label);
      if (known) known.push(sentence);
      else texts.set(label, [sentence]);
    }
    return [...texts].map(([label, sentences]) => ({ label, text: sentences.join(" ") }));
  }

  /** What it says of its entity, and of what that has to do with others. */
  *#statements({ kind, about, facts, errors = [] }: PlannedDocument, place: number): Generator<Line> {
    const opening = facts.length + errors.length > 0 ? introduction(this.#world.entities[about]!) : [];
    for (const sentence of opening) yield { label: "", sentence };
    for (const each of facts) {
      const fact = this.#world.facts[each]!;
      const telling = this.#plan.tellings[each]!.find((t) => t.document === place)!;
      const label = SECTIONED.has(kind) ? (HEADINGS[fact.predicate] ?? "") : "";
      yield { label, sentence: this.#sentence(fact, telling) };
    }
    for (const error of errors) yield { label: "", sentence: this.#sentence(error, { document: place, way: place }) };
  }

  /** What it names and says nothing of. */
  *#notes({ about, facts, errors = [], mentions }: PlannedDocument, place: number): Generator<Line> {
    const named = [about, ...mentions].map((ref) => this.#world.entities[ref]!);
    const wanted = facts.length + errors.length > 0 ? mentions.length : MOST_NOTES;
    for (let n = 0; n < wanted; n++) {
      const [a, b] = [named[(n + 1) % named.length]!, named[(n + 2) % named.length]!];
      // Two names that are one make no sentence about two.
      const template = a === b ? MENTIONS[0]! : MENTIONS[(place + 4 * n) % MENTIONS.length]!;
      yield { label: "Notes", sentence: fill(template, { a: a.name, b: b.name }) };
    }
  }

  #sentence(fact: Fact, telling: Telling): string {
    const [subject, object] = [this.#world.entities[fact.subject]!, this.#world.entities[fact.object]!];
    const { kind } = this.#plan.documents[telling.document]!;
    const ways = sentencesFor(fact, subject, kind === "disease" || kind === "case");
    const [n, m] = fact.qualifiers?.clinical?.frequency?.split("/") ?? [];
    return fill(ways[telling.way % ways.length]!, {
      s: subject.name,
      o: object.name,
      n,
      m,
      year: fact.qualifiers?.temporal?.date,
      partner: fact.partner === undefined ? undefined : this.#world.entities[fact.partner]!.name,
    });
  }
}

/** What a document says of the entity itself, first of all. */
function introduction({ name, category, synonyms, attributes = {} }: Entity): string[] {
  const values = { name, brand: synonyms?.[0], ...attributes } as Record<string, string | number | undefined>;
  const sentences: Partial<Record<string, string[]>> = {
    Disease: ["{name} was first described in {described}.", "Its prevalence is {prevalence}, its usual onset {onset}."],
    Gene: ["{name} lies on chromosome {chromosome}."],
    Drug: [
      ...(values["brand"] ? ["{name} is known under the brand name {brand}."] : []),
      "{name} was approved in {approved} and is given by the {route} route.",
    ],
    Organization: ["{name} was founded in {founded} and has its seat in {country}."],
    ClinicalTrial: ["{name} was reported in {published} as a phase {phase} study of {enrolment} people."],
    Guideline: ["The {name} dates from {published}."],
  };
  return (sentences[category] ?? []).map((sentence) => fill(sentence, values));
}
