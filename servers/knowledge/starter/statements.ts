/** A note's statements as relations, each with the sentence of the note that says so. */
import { PREDICATES, type Entity, type Predicate, type Relation } from "../../../schemas/index.ts";
import type { Entities } from "./entities.ts";
import type { SourceNote, SourceStatement } from "./format.ts";
import { sentences, type Mentions } from "./mentions.ts";

/**
 * @param text the note's `documentText`: quotes must be verbatim in it
 * @param problem called with what is wrong, beginning with its place in the note
 */
export function relationsOf(
  note: SourceNote,
  text: string,
  entities: Entities,
  mentions: Mentions,
  problem: (message: string) => void,
): Relation[] {
  const named = sentences(note.text).map((sentence) => ({ sentence, ids: mentions.of(sentence) }));
  const seen = new Set<string>();
  return note.states.flatMap((statement, index) => {
    const complain = (message: string) => problem(`, statement ${index + 1}: ${message}`);
    if (!Object.hasOwn(PREDICATES, statement.p)) {
      complain(`there is no predicate "${statement.p}"; take one of schemas/vocabulary.ts`);
      return [];
    }
    if (statement.quote && !text.includes(statement.quote)) {
      complain(`the quote "${statement.quote}" does not stand in the note word for word; copy it from the text`);
      return [];
    }
    const predicate: Predicate = PREDICATES[statement.p as keyof typeof PREDICATES];
    const subjects = ends(statement.s, predicate.subject);
    const objects = ends(statement.o, predicate.object);
    return subjects.flatMap((subject) => objects.flatMap((object) => relation(statement, subject, object) ?? []));

    function ends(references: string | string[], allowed: Predicate["subject"]): Entity[] {
      return [references].flat().flatMap((reference) => {
        const found = entities.find(reference, allowed);
        if ("entity" in found) return [found.entity];
        complain(found.problem);
        return [];
      });
    }

    function relation({ p, quote, qualifiers, negated }: SourceStatement, subject: Entity, object: Entity) {
      const key = JSON.stringify([subject.id, p, object.id, qualifiers, negated]);
      if (seen.has(key)) complain(`"${subject.name} ${p} ${object.name}" is stated twice in this note; remove one`);
      seen.add(key);
      const said = quote ?? onlySentence(subject, object);
      if (!said) return undefined;
      const made: Relation = {
        subject: subject.id,
        predicate: p,
        object: object.id,
        evidence: [{ document: note.id, quote: said, knowledgeLevel: "knowledge_assertion", agent: "manual_agent" }],
      };
      if (negated) made.negated = true;
      if (qualifiers) made.qualifiers = qualifiers;
      return made;
    }

    function onlySentence(subject: Entity, object: Entity): string | undefined {
      const both = named.filter(({ ids }) => ids.has(subject.id) && ids.has(object.id));
      if (both.length === 1) return both[0]!.sentence;
      const ends = `"${subject.name}" and "${object.name}"`;
      complain(
        both.length === 0
          ? `no sentence of the text names both ${ends} (by name or synonym); write one that does, or give a quote`
          : `${both.length} sentences name both ${ends}; say in quote which of them states it`,
      );
      return undefined;
    }
  });
}
