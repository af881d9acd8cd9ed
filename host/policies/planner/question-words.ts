/** Question words: where they ask, and what they ask for where no noun says it ("what causes …", "how does it work"). */
import { MECHANISM } from "./relation-phrases.ts";
import type { Term, Variable } from "./query.ts";
import { introduces, type Item, type Span } from "./spans.ts";

const ASKS = /\b(?:which|what|whose|who|how|when|name|list|identify|give|find)\b/gi;

const RELATIVE = /(?:^|[,;.?!]|\band|\bor|\bbut|\balso)\s*(?:by |in |for |to |of |with |from )?$/i;

export function askPositions(question: string): Span[] {
  return [...question.matchAll(ASKS)]
    .map((m) => ({ start: m.index, end: m.index + m[0].length }))
    .filter(({ start }) => start === 0 || isQuestionWord(question, start));
}

/** "patients who", "the drug which": a relative pronoun asks nothing. */
function isQuestionWord(question: string, start: number): boolean {
  return (
    RELATIVE.test(question.slice(0, start)) ||
    /\b(?:tell me|in|by|from|of|with|for|to)\s+$/i.test(question.slice(0, start))
  );
}

/** "how does it work", "how is it treated", "how is it inherited": the unknown has no noun. */
export function addHow(question: string, asks: Span[], items: Item[], terms: Map<string, Term>, taken: Span[]): void {
  const readings = [
    {
      pattern: /^how\b[^,;?]*?\b(works?|acts?|functions?)\b/i,
      label: "mechanism",
      categories: ["Protein", "BiologicalProcess"],
      predicates: MECHANISM,
      role: "object",
    },
    {
      pattern: /^how\b[^,;?]*?\b(treated|managed)\b/i,
      label: "treatment",
      categories: ["Drug", "DrugClass"],
      predicates: ["treats"],
      role: "subject",
    },
    {
      pattern: /^how\b[^,;?]*?\b(inherited|transmitted|passed on)\b/i,
      label: "inheritance",
      categories: ["InheritanceMode"],
      predicates: ["has_mode_of_inheritance"],
      role: "object",
    },
    {
      pattern: /^(?:when|how (?:early|late))\b[^,;?]*?\b(begins?|starts?|appears?|manifests?)\b/i,
      label: "onset",
      categories: ["ClinicalModifier"],
      predicates: ["has_onset"],
      role: "object",
    },
  ] as const;
  for (const ask of asks) {
    for (const { pattern, label, categories, predicates, role } of readings) {
      const match = pattern.exec(question.slice(ask.start));
      if (!match) continue;
      const verb = { start: ask.start + match[0].length - match[1]!.length, end: ask.start + match[0].length };
      // The verb may have been read as a phrase already: here it only names what is asked.
      const known = items.findIndex((i) => i.kind === "phrase" && i.start < verb.end && verb.start < i.end);
      if (known >= 0) items.splice(known, 1);
      const variable: Variable = {
        kind: "variable",
        id: `v${ask.start}`,
        label,
        categories,
        asked: true,
        other: false,
      };
      terms.set(variable.id, variable);
      items.push({ kind: "term", candidates: [variable], ...ask });
      items.push({ kind: "phrase", predicates, left: role, bound: { term: variable, role }, ...verb });
      taken.push(verb, ask);
    }
  }
}

/** "What causes X?", "Who makes Y?": the question word is itself the unknown. */
export function addUntyped(question: string, asks: Span[], items: Item[], terms: Map<string, Term>): void {
  for (const [index, ask] of asks.entries()) {
    const word = question.slice(ask.start, ask.end).toLowerCase();
    if (!["what", "which", "who", "whose"].includes(word)) continue;
    const until = asks[index + 1]?.start ?? question.length;
    const within = items.filter((i) => i.start >= ask.end && i.start < until).toSorted((a, b) => a.start - b.start);
    const phrase = within.find((i) => i.kind === "phrase");
    const hasAsked = within.some((i) => i.kind === "term" && introduces(i)?.asked);
    if (hasAsked || !phrase) continue;
    const categories = word === "who" ? (["Organization"] as const) : [];
    const label = word === "who" ? "company" : "answer";
    const variable: Variable = {
      kind: "variable",
      id: `v${ask.start}`,
      label,
      categories,
      asked: true,
      other: /^\s*else\b/i.test(question.slice(ask.end)),
    };
    terms.set(variable.id, variable);
    items.push({ kind: "term", candidates: [variable], ...ask });
  }
}
