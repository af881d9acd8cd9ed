/** A note's statements as relations, each with the sentence of the note that says so. */
import { PREDICATES, type Category, type Entity, type Predicate, type Relation } from "../../../schemas/index.ts";
import { sentencesOf } from "../sentences.ts";
import type { Entities } from "./entities.ts";
import type { SourceNote, SourceStatement } from "./format.ts";
import type { Mentions } from "./mentions.ts";

/** Called with what is wrong, beginning with its place in the note. */
type Complain = (problem: string) => void;

export class Statements {
  readonly #entities: Entities;
  readonly #mentions: Mentions;

  constructor(entities: Entities, mentions: Mentions) {
    this.#entities = entities;
    this.#mentions = mentions;
  }

  /** @param text the note's `documentText`: quotes must be verbatim in it */
  of(note: SourceNote, text: string, complain: Complain): Relation[] {
    const sentences = this.#sentences(note.text);
    const seen = new Set<string>();
    return note.states.flatMap((statement, index) => {
      const complainHere = (message: string) => complain(`, statement ${index + 1}: ${message}`);
      return this.#ends(statement, complainHere).flatMap(([subject, object]) => {
        const key = JSON.stringify([subject.id, statement.p, object.id, statement.qualifiers, statement.negated]);
        if (seen.has(key)) complainHere(`"${subject.name} ${statement.p} ${object.name}" is stated twice; remove one`);
        seen.add(key);
        const quote = statement.quote
          ? verbatim(statement.quote, text, complainHere)
          : onlySentence(sentences, subject, object, complainHere);
        return quote ? [toRelation(statement, subject, object, note.id, quote)] : [];
      });
    });
  }

  #sentences(text: string): { sentence: string; names: Set<string> }[] {
    return sentencesOf(text).map(({ start, end }) => {
      const sentence = text.slice(start, end);
      return { sentence, names: this.#mentions.of(sentence) };
    });
  }

  /** Every pair of subject and object that the statement holds of. */
  #ends({ s, p, o }: SourceStatement, complain: Complain): [Entity, Entity][] {
    if (!Object.hasOwn(PREDICATES, p)) {
      complain(`there is no predicate "${p}"; take one of schemas/vocabulary.ts`);
      return [];
    }
    const predicate: Predicate = PREDICATES[p as keyof typeof PREDICATES];
    const subjects = this.#find(s, predicate.subject, complain);
    const objects = this.#find(o, predicate.object, complain);
    return subjects.flatMap((subject) => objects.map((object): [Entity, Entity] => [subject, object]));
  }

  #find(references: string | string[], allowed: readonly Category[], complain: Complain): Entity[] {
    return [references].flat().flatMap((reference) => {
      const found = this.#entities.find(reference, allowed);
      if ("entity" in found) return [found.entity];
      complain(found.problem);
      return [];
    });
  }
}

function verbatim(quote: string, text: string, complain: Complain): string | undefined {
  if (text.includes(quote)) return quote;
  complain(`the quote "${quote}" does not stand in the note word for word; copy it from the text`);
  return undefined;
}

function onlySentence(
  sentences: readonly { sentence: string; names: Set<string> }[],
  subject: Entity,
  object: Entity,
  complain: Complain,
): string | undefined {
  const both = sentences.filter(({ names }) => names.has(subject.id) && names.has(object.id));
  if (both.length === 1) return both[0]!.sentence;
  const ends = `"${subject.name}" and "${object.name}"`;
  complain(
    both.length === 0
      ? `no sentence of the text names both ${ends} (by name or synonym); write one that does, or give a quote`
      : `${both.length} sentences name both ${ends}; say in quote which of them states it`,
  );
  return undefined;
}

function toRelation(
  { p, qualifiers, negated }: SourceStatement,
  subject: Entity,
  object: Entity,
  document: string,
  quote: string,
): Relation {
  return {
    subject: subject.id,
    predicate: p,
    object: object.id,
    ...(negated ? { negated } : {}),
    ...(qualifiers ? { qualifiers } : {}),
    evidence: [{ document, quote, knowledgeLevel: "knowledge_assertion", agent: "manual_agent" }],
  };
}
