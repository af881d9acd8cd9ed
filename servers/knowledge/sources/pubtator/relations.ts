/** What a text says of the entities that PubTator marked in it: named relations, and who stands in one sentence with whom. */
import { documentText, type Document, type Entity, type Relation } from "../../../../schemas/index.ts";
import { sentencesOf, type Span } from "../../sentences.ts";
import { entitiesOf, type Infons } from "./annotations.ts";
import type { BiocDocument, BiocRelation } from "./bioc.ts";

/** An entity where the text names it: places in `documentText`. */
export interface Mention {
  annotation: string;
  entity: Entity;
  start: number;
  end: number;
}

/** PubTator's relation types as Biolink predicates; others keep their own name. */
const PREDICATES: Readonly<Record<string, string>> = {
  association: "associated_with",
  positive_correlation: "positively_correlated_with",
  negative_correlation: "negatively_correlated_with",
  bind: "binds",
  cause: "causes",
  treat: "treats",
  inhibit: "inhibits",
  stimulate: "stimulates",
  prevent: "prevents",
  cotreatment: "co_administered_with",
  comparison: "compared_with",
  conversion: "converted_to",
  drug_interaction: "interacts_with",
  interact: "interacts_with",
};
const TOGETHER = "occurs_together_in_literature_with";
/** Entities of one sentence beyond which it is a list, and says nothing of any two. */
const MOST_IN_SENTENCE = 12;
/** A quote is a sentence or a few, no page. */
const LONGEST_QUOTE = 2000;

const BY_MACHINE = { agent: "text_mining_agent" } as const;

/** The relations that the export names, each with the words of the text that mention both ends. */
export function namedRelations(
  { relations }: BiocDocument,
  document: Document,
  mentions: readonly Mention[],
  onProblem: (reason: string) => void,
): Relation[] {
  const text = documentText(document);
  const sentences = sentencesOf(text);
  return relations.flatMap((relation) => {
    const ends = endsOf(relation);
    if (ends.length !== 2) {
      onProblem(`${document.id}, relation ${relation.id}: its ends are not two known things`);
      return [];
    }
    const [subject, object] = ends as [Entity, Entity];
    const quote = quoteFor(text, sentences, mentions, relation, subject.id, object.id);
    if (!quote) {
      onProblem(`${document.id}, relation ${relation.id}: no passage names both ${subject.id} and ${object.id}`);
      return [];
    }
    return [
      {
        subject: subject.id,
        predicate: predicateOf(relation.infons["type"]),
        object: object.id,
        evidence: [{ document: document.id, quote, knowledgeLevel: "prediction", ...BY_MACHINE }],
      },
    ];
  });
}

/** Every two entities of one sentence, once: the sentence that names them first is the quote. */
export function coMentions(document: Document, mentions: readonly Mention[]): Relation[] {
  const text = documentText(document);
  const found = new Map<string, Relation>();
  for (const span of sentencesOf(text)) {
    const ids = [...new Set(within(mentions, span).map(({ entity }) => entity.id))].toSorted();
    if (ids.length > MOST_IN_SENTENCE || span.end - span.start > LONGEST_QUOTE) continue;
    for (const [place, subject] of ids.entries()) {
      for (const object of ids.slice(place + 1)) {
        const key = `${subject} ${object}`;
        if (found.has(key)) continue;
        const quote = text.slice(span.start, span.end);
        const evidence = [{ document: document.id, quote, knowledgeLevel: "observation" as const, ...BY_MACHINE }];
        found.set(key, { subject, predicate: TOGETHER, object, evidence });
      }
    }
  }
  return [...found.values()];
}

function predicateOf(type: unknown): string {
  const name = (typeof type === "string" ? type : "related_to")
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_");
  return PREDICATES[name] ?? (name || "related_to");
}

export function endsOf({ infons }: BiocRelation): Entity[] {
  return [infons["role1"], infons["role2"]].flatMap((role) => {
    const end = role as Infons | undefined;
    return end && typeof end === "object" ? entitiesOf(end, String(end.name ?? end.identifier ?? "")).slice(0, 1) : [];
  });
}

/** The sentence that names both; else the sentences from one to the other where they are near. The marks that the relation points at come first. */
function quoteFor(
  text: string,
  sentences: readonly Span[],
  mentions: readonly Mention[],
  relation: BiocRelation,
  subject: string,
  object: string,
): string | undefined {
  const marked = new Set(relation.nodes.flatMap(({ role }) => role.split(",")));
  const of = (id: string) =>
    mentions
      .filter(({ entity }) => entity.id === id)
      .toSorted((a, b) => Number(marked.has(b.annotation)) - Number(marked.has(a.annotation)));
  const [subjects, objects] = [of(subject), of(object)];
  let nearest: Span | undefined;
  for (const one of subjects) {
    for (const other of objects) {
      const start = sentences.find(({ end }) => end > Math.min(one.start, other.start))?.start;
      const end = sentences.find((span) => span.end >= Math.max(one.end, other.end))?.end;
      if (start === undefined || end === undefined || end - start > LONGEST_QUOTE) continue;
      if (sentences.some((span) => span.start === start && span.end === end)) return text.slice(start, end);
      if (!nearest || end - start < nearest.end - nearest.start) nearest = { start, end };
    }
  }
  return nearest && text.slice(nearest.start, nearest.end);
}

function within(mentions: readonly Mention[], { start, end }: Span): Mention[] {
  return mentions.filter((mention) => mention.start >= start && mention.end <= end);
}
